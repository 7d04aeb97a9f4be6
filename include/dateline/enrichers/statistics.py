"""Counts over the text, and what an editor would mark."""

from __future__ import annotations

import re
from typing import Any

from dateline.text.story import PARSED, Story

_WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction (Brysbaert 2019)."""

_WORD = re.compile(r"\S+")
_DOUBLED = re.compile(r"\b([^\W\d_]{2,40})(?:[ \t]+\1\b)+")
_SENTENCE_END = re.compile(r"[.!?…。！？]+[\"”’»)]*(?=\s|$)")
_CUT = re.compile(r"(?:…|\.\.\.|\[\+\d+ chars\])[\"”’)\]]*\s*\Z")
_NOT_DOUBLED = frozenset({"had", "that", "bye", "very", "no", "ha", "so", "blah", "many", "knock", "long"})
"""Words that sense or emphasis may double: "all that that implies", "very very"."""


def statistics(story: Story, found: dict[str, Any]) -> dict[str, Any]:
    """Columns: stats (words are runs without white space), flags in the order of their start."""
    text = story.text
    words = sum(1 for _ in _WORD.finditer(text))
    quoted = sum(end - start for start, end in found["quoted"])
    stats = {
        "chars": len(text),
        "words": words,
        "sentences": _sentences(story),
        "paragraphs": len(story.paragraphs),
        "reading_seconds": round(words * 60 / _WORDS_A_MINUTE),
        "quoted_share": round(quoted / len(text), 4) if text else 0.0,
    }
    flags = [*_doubled(text[:PARSED]), *_unbalanced(story)]
    if len(text) > PARSED:
        flags.append({"flag": "truncated", "start": PARSED, "end": len(text)})
    elif match := _CUT.search(text, max(0, len(text) - 60)):
        flags.append({"flag": "truncated", "start": match.start(), "end": match.end()})
    flags.sort(key=lambda flag: (flag["start"], flag["flag"]))
    return {"stats": stats, "flags": flags}


def _sentences(story: Story) -> int:
    """By the parse where there is one, else by closing punctuation (at least one a paragraph)."""
    if story.parsed:
        return sum(sum(1 for _ in paragraph.doc.sents) for paragraph in story.paragraphs)
    return sum(len(_SENTENCE_END.findall(paragraph.text)) or 1 for paragraph in story.paragraphs)


def _doubled(text: str) -> list[dict[str, Any]]:
    """A word twice or more in a row, in small letters: names (`Duran Duran`) are not meant."""
    return [
        {"flag": "doubled_word", "start": match.start(), "end": match.end()}
        for match in _DOUBLED.finditer(text)
        if match[1].islower() and match[1] not in _NOT_DOUBLED
    ]


def _unbalanced(story: Story) -> list[dict[str, Any]]:
    """Paragraphs with an odd number of quotation marks, unless the next one opens with another.

    A quotation over several paragraphs opens each of them and closes the last.
    """
    flags = []
    for index, paragraph in enumerate(story.paragraphs):
        following = story.paragraphs[index + 1].text if index + 1 < len(story.paragraphs) else ""
        straight = paragraph.text.count('"') % 2
        curly = paragraph.text.count("“") - paragraph.text.count("”")
        if (straight or curly) and not following.lstrip().startswith(('"', "“")):
            flags.append({"flag": "unbalanced_quotes", "start": paragraph.start, "end": paragraph.end})
    return flags
