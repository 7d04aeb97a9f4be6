"""The words of many texts at once, as flat arrays of hashes: what signatures are made of.

The words are those of `text.normalise.words`, character for character; here they are found by looking up
each character in a table, for all texts together, as a loop over texts or words would cost more than all
else that is done to sign a text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import blake2b
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt

from dateline.text.normalise import MARK, WORD, cased_words, is_dropped, words

Wide = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.uint32]

LONGEST = 1_000_000
"""Characters that are read of a text: its start stands for what is longer than any article."""

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)
_ODD = 0x100000001B3
_SPACE, _BREAK = 32, 10
_NEAR = 64
"""Characters between two stretches of a text that are read as one."""

_IN_WORD, _ALONE, _DIGIT, _CAPITAL, _HARD = (np.uint8(1 << bit) for bit in range(5))
"""What a character is: part of a word; a word by itself (scripts without spaces); a decimal digit; a letter
in upper case; one whose form depends on its neighbours or is of several characters."""


@dataclass(frozen=True)
class Words:
    """The words of some texts.

    Args:
        hashes: one for each word, in the order of the texts and within them.
        numeric: whether the word begins with a decimal digit.
        capital: whether it began with a letter in upper case; False where that can't be told.
        starts: word i of text t is at `starts[t] + i`; one more than there are texts.
    """

    hashes: Wide
    numeric: Flags
    capital: Flags
    starts: Places

    def __len__(self) -> int:
        return len(self.starts) - 1

    def first(self, count: int) -> Words:
        """The words of the first texts."""
        end = int(self.starts[count])
        return Words(self.hashes[:end], self.numeric[:end], self.capital[:end], self.starts[: count + 1])

    @cached_property
    def texts(self) -> Places:
        """The text of each word."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))


def mix(values: Wide) -> Wide:
    """A bijection of 64 bits in which every input bit moves every output bit."""
    values = (values ^ (values >> _HALF)) * _MIX
    values = (values ^ (values >> _HALF)) * _MIX
    return values ^ (values >> _HALF)


def read_words(texts: Sequence[str]) -> Words:
    """The words of each text; memory is some 40 bytes for each character of them all."""
    # The one letter of several that is common: whole languages would have to go the slow way.
    given = [text[:LONGEST].replace("ß", "ss") for text in texts]
    codes, offsets = _codes(given), _offsets(given)
    flags, hard = _flagged(codes)
    if not len(hard):
        return _words(codes, flags, np.take(_folds(), codes, mode="clip"), offsets)
    of_both = [text for text in set(_texts(hard, offsets).tolist()) if "ß" in texts[text]]
    if of_both:
        # An accent may stand behind it, which belongs to it, not to an s.
        for text in of_both:
            given[text] = texts[text][:LONGEST]
        codes, offsets = _codes(given), _offsets(given)
        _, hard = _flagged(codes)
    return _partly_slow(codes, offsets, *_stretches(codes, offsets, hard))


def _flagged(codes: Codes) -> tuple[npt.NDArray[np.uint8], Places]:
    """What each character is, and where hard ones are."""
    flags = np.take(_flags(), codes, mode="clip")
    return flags, np.flatnonzero((flags & _HARD) != 0)


def _texts(places: Places, offsets: Places) -> Places:
    """The text that each place lies in."""
    return np.searchsorted(offsets, places, "right") - 1


def _stretches(codes: Codes, offsets: Places, hard: Places) -> tuple[Places, Places]:
    """First place of each stretch between spaces that holds a hard character, and the place behind it.

    No rule of Unicode reaches over a space, so all else can be read the quick way.
    """
    spaces = np.flatnonzero((codes == _SPACE) | (codes == _BREAK))
    behind = np.searchsorted(spaces, hard)
    firsts, ends = np.where(behind > 0, spaces[behind - 1] + 1, 0), spaces[behind]
    texts = _texts(hard, offsets)
    apart = np.flatnonzero((firsts[1:] > ends[:-1] + _NEAR) | (texts[1:] > texts[:-1]))
    return firsts[np.append(0, apart + 1)], ends[np.append(apart, len(ends) - 1)]


def _partly_slow(codes: Codes, offsets: Places, firsts: Places, ends: Places) -> Words:
    """The words where some stretches need the slow way: they are put in as the words that it gives, divided
    by spaces."""
    parts, slow, read = [], [], 0
    for first, end in zip(firsts.tolist(), ends.tolist(), strict=True):
        text = codes[first:end].tobytes().decode("utf-32-le", "surrogatepass")
        found, is_capital = _slowly(text)
        parts += [codes[read:first], np.frombuffer(found.encode("utf-32-le", "surrogatepass"), codes.dtype)]
        slow.append(is_capital)
        read = end
    lengths = np.array([len(part) for part in parts])
    moved = np.concatenate(([0], np.cumsum(lengths[1::2] - (ends - firsts))))
    offsets = offsets + moved[np.searchsorted(ends, offsets, "right")]
    codes = np.concatenate((*parts, codes[read:]))
    flags, folds = np.take(_flags(), codes, mode="clip"), np.take(_folds(), codes, mode="clip")
    for end, length, is_capital in zip(np.cumsum(lengths)[1::2], lengths[1::2], slow, strict=True):
        part = slice(end - length, end)
        is_word = codes[part] != _SPACE
        flags[part] = np.where(is_word, _IN_WORD | (flags[part] & _DIGIT), 0)
        folds[part] = np.where(is_word, codes[part] + _GOLDEN, 0)
        begins = np.flatnonzero(is_word & ~np.concatenate(([False], is_word[:-1])))
        flags[part][begins[is_capital]] |= _CAPITAL
    return _words(codes, flags, folds, offsets)


def word_hashes(words: Words) -> list[str]:
    """32 hex digits over the words of each text: equal hash, equal words."""
    hashes, ends = words.hashes.tobytes(), (words.starts * 8).tolist()
    texts = (hashes[start:end] for start, end in pairwise(ends))
    return [blake2b(text, digest_size=16).hexdigest() for text in texts]


def _codes(texts: list[str]) -> Codes:
    """The characters of the texts, a space behind each text."""
    joined = " ".join((*texts, ""))
    return np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))


def _offsets(texts: list[str]) -> Places:
    """Where each text begins among the characters of them all, and where the next one would."""
    return np.cumsum([0, *(len(text) + 1 for text in texts)])


def _slowly(text: str) -> tuple[str, list[bool]]:
    """The words of a text between spaces, and whether each began with a capital."""
    folded = words(text)
    cased = cased_words(text)
    if len(cased) != len(folded):
        return " ".join(folded), [False] * len(folded)
    return " ".join(folded), [word[0].isupper() for word in cased]


def _words(codes: Codes, flags: npt.NDArray[np.uint8], folds: Wide, offsets: Places) -> Words:
    """A polynomial over the characters of each word, mixed."""
    in_word, alone = (flags & _IN_WORD).view(np.bool_), (flags & _ALONE) != 0
    begins = in_word.copy()
    begins[1:] &= ~in_word[:-1]
    if alone.any():
        begins |= alone
        begins[1:] |= in_word[1:] & alone[:-1]
    firsts = np.flatnonzero(begins)
    starts = np.searchsorted(firsts, offsets)
    if not len(firsts):
        return Words(np.empty(0, np.uint64), np.empty(0, np.bool_), np.empty(0, np.bool_), starts)
    powers, inverses = _powers(len(codes).bit_length())
    # Powers by place among all characters, divided by that at the word's start, and summed from the first
    # character on, as only differences count: no loop over words.
    folds *= powers[: len(codes)]
    sums = np.cumsum(folds)
    totals = np.diff(sums[np.append(firsts[1:], len(codes)) - 1], prepend=np.uint64(0))
    hashes = mix(totals * inverses[firsts])
    first = flags[firsts]
    return Words(hashes, (first & _DIGIT) != 0, (first & _CAPITAL) != 0, starts)


@cache
def _powers(bits: int) -> tuple[Wide, Wide]:
    """The powers of an odd number and of its inverse, from the 0th on."""
    made = []
    for base in (_ODD, pow(_ODD, -1, 1 << 64)):
        powers = np.full(1 << bits, np.uint64(base))
        powers[0] = 1
        made.append(np.cumprod(powers))
    return made[0], made[1]


@cache
def _table() -> tuple[npt.NDArray[np.uint8], Wide]:
    """Flags of each character, and its folded form plus a constant (0 outside of words)."""
    flags = np.full(_KNOWN, _HARD, np.uint8)
    folds = np.zeros(_KNOWN, np.uint64)
    for code in chain(*_LOOKED_AT):
        flags[code], folded = _character(chr(code))
        folds[code] = folded + int(_GOLDEN) if flags[code] & _IN_WORD else 0
    for codes, what in _ALIKE:
        flags[codes.start : codes.stop] = what
        if what:
            folds[codes.start : codes.stop] = np.arange(codes.start, codes.stop, dtype=np.uint64) + _GOLDEN
    return flags, folds


_KNOWN = 0x1FB01
"""Characters in the table; what lies beyond is taken for the last, which is hard."""
_LOOKED_AT = (range(0x3400), range(0xFE00, 0xFE70), range(0xFF00, 0xFF66), range(0xFFE0, 0xFFFE))
"""Scripts with spaces and kana; variation selectors, small and full-width forms, marks."""
_ALIKE = (
    (range(0x3400, 0x4DC0), _IN_WORD | _ALONE),  # Han
    (range(0x4E00, 0xA000), _IN_WORD | _ALONE),
    (range(0xAC00, 0xD7A4), _IN_WORD),  # Hangul
    (range(0xE000, 0xF900), np.uint8(0)),  # private use
    (range(0x1F300, 0x1FB00), np.uint8(0)),  # pictures
)
"""Characters of one kind, too many to look at one by one."""


def _flags() -> npt.NDArray[np.uint8]:
    return _table()[0]


def _folds() -> Wide:
    return _table()[1]


def _character(char: str) -> tuple[np.uint8, int]:
    """What a character is, whatever stands beside it; and its form in words."""
    folded = unicodedata.normalize("NFKC", char).casefold()
    if is_dropped(char) or not _stands_alone(char, folded):
        return _HARD, 0
    found = WORD.findall(folded)
    if not found:
        return np.uint8(0), 0
    if len(folded) > 1:
        return _HARD, 0
    what = _IN_WORD
    if not WORD.fullmatch(folded + folded):
        what |= _ALONE
    if folded.isdecimal():
        what |= _DIGIT
    if char.isupper():
        what |= _CAPITAL
    return what, ord(folded)


def _stands_alone(char: str, folded: str) -> bool:
    """Whether no neighbour changes the character: it composes with nothing that comes after or before it."""
    return not (unicodedata.combining(char) or MARK.search(char) or MARK.search(folded) or _JAMO.match(char))


_JAMO = re.compile("[\u1100-\u11ff]")
"""Parts of syllables that NFKC puts together."""
