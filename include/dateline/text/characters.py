"""What each character is to the words of a text: a table, as a look at each by itself would take too long."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from dateline.text.normalise import MARK, WORD, is_dropped

Kinds = npt.NDArray[np.uint8]
Folds = npt.NDArray[np.uint64]

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
IN_WORD, ALONE, DIGIT, CAPITAL, HARD, STOP, MINUS = (np.uint8(1 << bit) for bit in range(7))
"""What a character is: part of a word; a word by itself (scripts without spaces); a decimal digit; a letter
in upper case; one whose form depends on its neighbours or is of several characters; outside of words, one
that ends a sentence or a line; a sign that makes a number less than nothing."""
STOPS = ".!?:;|…\n\r\x0b\x0c\x85\u2028\u2029。।॥؟؛۔։።•"
MINUSES = "-\u2010\u2011\u2012\u2013\u2212"
BRACKETS = "([{"


def flags() -> Kinds:
    """What each character is, by its code; what lies beyond counts as the last."""
    return _table()[0]


def folds() -> Folds:
    """The form of each character within words plus a constant, 0 for one outside of words."""
    return _table()[1]


@cache
def _table() -> tuple[Kinds, Folds]:
    """Flags of each character, and its folded form plus a constant (0 outside of words)."""
    kinds, forms = np.full(_KNOWN, HARD, np.uint8), np.zeros(_KNOWN, np.uint64)
    for code in chain(*_LOOKED_AT):
        kinds[code], folded = _character(chr(code))
        forms[code] = folded + int(GOLDEN) if kinds[code] & IN_WORD else 0
    for codes, what in _ALIKE:
        kinds[codes.start : codes.stop] = what
        if what:
            forms[codes.start : codes.stop] = np.arange(codes.start, codes.stop, dtype=np.uint64) + GOLDEN
    return kinds, forms


_KNOWN = 0x1FB01
"""Characters in the table; what lies beyond is taken for the last, which is hard."""
_LOOKED_AT = (range(0x3400), range(0xFE00, 0xFE70), range(0xFF00, 0xFF66), range(0xFFE0, 0xFFFE))
"""Scripts with spaces and kana; variation selectors, small and full-width forms, marks."""
_ALIKE = (
    (range(0x3400, 0x4DC0), IN_WORD | ALONE),  # Han
    (range(0x4E00, 0xA000), IN_WORD | ALONE),
    (range(0xAC00, 0xD7A4), IN_WORD),  # Hangul
    (range(0xE000, 0xF900), np.uint8(0)),  # private use
    (range(0x1F300, 0x1FB00), np.uint8(0)),  # pictures
)
"""Characters of one kind, too many to look at one by one."""


def _character(char: str) -> tuple[np.uint8, int]:
    """What a character is, whatever stands beside it; and its form in words."""
    folded = unicodedata.normalize("NFKC", char).casefold()
    if is_dropped(char) or not _stands_alone(char, folded):
        return HARD, 0
    found = WORD.findall(folded)
    if not found:
        return _mark(char, folded), 0
    if len(folded) > 1:
        return HARD, 0
    what = IN_WORD
    if not WORD.fullmatch(folded + folded):
        what |= ALONE
    if folded.isdecimal():
        what |= DIGIT
    if char.isupper():
        what |= CAPITAL
    return what, ord(folded)


def _mark(char: str, folded: str) -> np.uint8:
    """What a character outside of words is."""
    if char in STOPS or folded in [*STOPS]:
        return STOP
    return MINUS if folded in [*MINUSES] else np.uint8(0)


def _stands_alone(char: str, folded: str) -> bool:
    """Whether no neighbour changes the character: it composes with nothing that comes after or before it."""
    return not (unicodedata.combining(char) or MARK.search(char) or MARK.search(folded) or _JAMO.match(char))


_JAMO = re.compile("[\u1100-\u11ff]")
"""Parts of syllables that NFKC puts together."""
