"""Surnames of two words with "and" between them, as Spanish, Catalan and Portuguese have them."""

from __future__ import annotations

import re

from dateline.text.html.author_credits import is_agency_name
from dateline.text.html.author_words import BODY, UPPER

_WORD = rf"{UPPER}[\w.'’-]{{0,30}}"
_DOUBLE = re.compile(
    # A name of two words or more: `Ana y Bo` are two people, and so are `Ana Muelle y Bo Moor`.
    rf"(?<![\w.'’-])({_WORD}(?: (?:de|del|la|da|do|dos|{_WORD})){{0,3}} {_WORD}) "
    rf"([yei]) ({UPPER}[\w'’-]{{2,30}})"
    r"(?=\s*(?:$|[,;|¦/(•·]|[-–—]\s|(?:y|e|i|and|with|con|com|para|per)\s))"
)
_JOINED = re.compile(r"_([yei])_")


def joined(text: str) -> str:
    """An author string in which the "and" of a surname is no joint: `José Muelle y Puerto` is one person.

    Where somebody's first name alone follows a colleague's whole name, this errs: bylines do not do so.
    """
    return _DOUBLE.sub(_as_one, text)


def parted(name: str) -> str:
    """A piece of such a string as it was."""
    return _JOINED.sub(r" \1 ", name)


def _as_one(found: re.Match[str]) -> str:
    is_body = BODY.search(found[3]) or is_agency_name(found[3])
    return found[0] if is_body else f"{found[1]}_{found[2]}_{found[3]}"
