"""Names in capitals, written as names are: small words small, and by the letters of their language."""

from __future__ import annotations

import re

_SMALL = "von|van|vom|der|den|zu|zur|ter|ten|het|de|del|da|do|dos|das|des|du|y|e|i|bin|bint|ibn|af|av"
_PARTICLE = re.compile(rf"(?<=\S )(?:{_SMALL})(?= \S)", re.IGNORECASE)
_OF_MANY = re.compile(r"(?<=\b[Dd]e )(?:La|Las|Los|Le)(?= \S)")
_SCOT = re.compile(r"(?<=\bMc)[a-z]")

_TURKISH = re.compile(r"[İĞ]|Ş.*[ÜÖÇY]|[ÜÖÇY].*Ş")
"""Letters of Turkish and Azerbaijani; a Romanian Ş stands beside none of these."""


def cased(name: str) -> str:
    """A name that is in capitals, in small letters but for the first of each word.

    In Turkish I and İ are two letters (Unicode, SpecialCasing); which a plain I is is told by the other
    letters of the name alone, so that a Turkish name without any of its own comes out with the wrong one.
    """
    if _TURKISH.search(name):
        # Behind the first letter of a word alone, which stays as it is.
        name = re.sub(r"(?<=\w)I", "ı", name)
        name = re.sub(r"(?<=\w)İ", "i", name)
        made = re.sub(r"[^\W\d_]+", lambda found: found[0][0] + found[0][1:].lower(), name)
    else:
        made = name.title()
    made = _SCOT.sub(lambda found: found[0].upper(), made)
    made = _OF_MANY.sub(lambda found: found[0].lower(), made)
    return _PARTICLE.sub(lambda found: _small(found[0], name), made)


def _small(word: str, name: str) -> str:
    """A small word; in a name without other letters than English ones, a single one is an initial."""
    return word if len(word) == 1 and name.isascii() else word.lower()
