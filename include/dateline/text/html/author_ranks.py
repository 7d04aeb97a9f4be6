"""What somebody is, beside the name: roles and degrees."""

from __future__ import annotations

import re

from dateline.text.html.byline_words import DEGREE, ROLE, SUBJECT

_EDGES = " -–—|,:;·•\"'“”„»«*~/¦→›>"
_DESK_WORD = re.compile(
    r"\b(?:staff|team|teams|desk|contributors|redaktion|newsroom|editors|editorial|board)\b", re.IGNORECASE
)


def without_rank(name: str) -> str:
    """Without the roles and degrees around a name; empty if nothing else is there."""
    words = name.split()
    if any(ROLE.fullmatch(word.strip(",.")) for word in words):
        if _DESK_WORD.search(name):
            return name
        while words and _is_rank(words[0]):
            words.pop(0)
        while words and _is_rank(words[-1]):
            words.pop()
        # What is left of "Science Editor of the Courier" or "City reporter" is no name.
        if len(words) < 2 or any(ROLE.fullmatch(word) for word in words) or " of " in f" {' '.join(words)} ":
            return ""
    while len(words) > 1 and DEGREE.match(words[-1].strip(",")):
        words.pop()
    while len(words) > 1 and _is_degree(words[0]):
        # `Dr. med.`: what follows is the subject.
        words.pop(0)
        while len(words) > 1 and SUBJECT.fullmatch(words[0]):
            words.pop(0)
    return " ".join(words).strip(_EDGES)


def _is_degree(word: str) -> bool:
    return DEGREE.match(word) is not None and word.endswith((".", "r", "f"))


def is_rank(text: str) -> bool:
    """Whether a text tells nothing but what somebody is: "Senior Reporter", "Correspondent in Athens"."""
    words = text.split()
    return len(words) < 8 and any(ROLE.fullmatch(word.strip(",.")) for word in words)


def _is_rank(word: str) -> bool:
    return ROLE.fullmatch(word.strip(",.")) is not None or word.casefold() in ("of", "the", "at", "in")
