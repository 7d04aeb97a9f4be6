"""What a text begins with, and the places where another notice of its kind has other names or days.

All functions take the words of many texts at once (`text.words.read_words`) and give lists of different
lengths in one array, with the place where each text's list starts.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dateline.text.day_words import DAY_MARK, MONTHS, NUMERALS, WEEKDAYS
from dateline.text.shingles import SIZE
from dateline.text.words import Wide, Words, mix, read_words

Places = npt.NDArray[np.int64]

OPENING = 16
"""Shingles of a text's opening: a flash stands there whole, behind a dateline of some words too."""

MOST = 64
"""Slots kept of a text: those of a notice all, of a long article a sample."""
_LONGEST_RUN = 6
"""Words of a slot; what is longer is a headline in capitals."""

_DIGITS, _LISTED, _NAME = (np.uint8(1 << bit) for bit in range(3))
_KIND, _WHOLE, _TAIL = np.uint64(29), np.uint64(50), np.uint64(15)
_TAIL_BITS, _WHOLE_BITS = np.uint64((1 << 15) - 1), np.uint64(((1 << 14) - 1) << 15)
_FILTER = np.uint64(0xFFFF)
_LOWER = np.uint64(0xFFFFFFFF)
_EDGE = np.zeros(1, np.uint64)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)
_POWERS = np.cumprod(np.full(SIZE, _GOLDEN))


class Lists(NamedTuple):
    """Lists of many texts.

    Args:
        values: all lists, one after the other.
        starts: where each begins; one more than there are texts.
    """

    values: npt.NDArray[np.generic]
    starts: Places


def openings(words: Words) -> Lists:
    """Hashes (uint32) of the first 16 shingles of each text, in its order; none for fewer than five words.

    Short texts are found by them: a flash of one sentence has too few shingles for a MinHash.
    """
    counts = np.clip(np.diff(words.starts) - (SIZE - 1), 0, OPENING)
    starts = np.concatenate(([0], np.cumsum(counts)))
    firsts = np.arange(starts[-1]) + np.repeat(words.starts[:-1] - starts[:-1], counts)
    total = np.zeros(len(firsts), np.uint64)
    for place in range(SIZE):
        total += words.hashes[firsts + place] * _POWERS[place]
    return Lists((mix(total) >> _HALF).astype(np.uint32), starts)


def slots(words: Words) -> Lists:
    """The places of each text that hold a name, a day or a numeral, as 64 bits each, sorted, at most 64.

    A slot is a run of up to six words with a capital, in digits, of weekdays, months or Chinese numerals;
    runs of digits alone are left to `numbers`. The upper 32 bits tell the words around it, the lower what
    stands in it (`exchanged`). Of more than 64 those with the least upper half count, so that two texts
    keep the same ones.
    """
    kinds = _kinds(words)
    firsts, lasts = _runs(kinds > 0, words.starts)
    if not len(firsts):
        return Lists(np.empty(0, np.uint64), np.zeros(len(words) + 1, np.int64))
    offsets = np.concatenate(([0], np.cumsum(lasts - firsts + 1)[:-1]))
    kind = np.bitwise_or.reduceat(kinds[kinds > 0], offsets)
    kept = (kind != _DIGITS) & (lasts - firsts < _LONGEST_RUN)
    firsts, lasts, kind = firsts[kept], lasts[kept], kind[kept]
    values = (_frames(words, firsts, lasts) >> _HALF << _HALF) | _contents(words, firsts, lasts, kind)
    return _sorted_lists(values, words.texts[firsts], len(words))


def _sorted_lists(values: Wide, texts: Places, count: int) -> Lists:
    """The distinct values of each text, sorted, at most MOST."""
    order = np.lexsort((values, texts))
    values, texts = values[order], texts[order]
    new = np.ones(len(values), np.bool_)
    new[1:] = (values[1:] != values[:-1]) | (texts[1:] != texts[:-1])
    values, texts = values[new], texts[new]
    firsts = np.searchsorted(texts, np.arange(count + 1))
    kept = np.arange(len(values)) - firsts[texts] < MOST
    counts = np.minimum(np.diff(firsts), MOST)
    return Lists(values[kept], np.concatenate(([0], np.cumsum(counts))))


def _kinds(words: Words) -> npt.NDArray[np.uint8]:
    """What each word is, as a bit; 0 for any other word."""
    known = np.flatnonzero(_filter()[words.hashes & _FILTER])
    listed = np.zeros(len(words.hashes), np.bool_)
    listed[known] = np.isin(words.hashes[known], _listed())
    marks = known[words.hashes[known] == _day_mark()]
    listed[marks] = False
    listed[marks[marks > 0] - 1] = True
    kinds = np.where(words.capital & ~listed, _NAME, np.uint8(0))
    kinds |= np.where(words.numeric, _DIGITS, np.uint8(0))
    kinds |= np.where(listed, _LISTED, np.uint8(0))
    return kinds


def _runs(chosen: npt.NDArray[np.bool_], starts: Places) -> tuple[Places, Places]:
    """First and last place of each run of chosen words; none spans two texts."""
    inner = starts[(starts > 0) & (starts < len(chosen))]
    goes_on = np.zeros(len(chosen) + 1, np.bool_)
    goes_on[1:-1] = chosen[1:] & chosen[:-1]
    goes_on[inner] = False
    return np.flatnonzero(chosen & ~goes_on[:-1]), np.flatnonzero(chosen & ~goes_on[1:])


def _frames(words: Words, firsts: Places, lasts: Places) -> Wide:
    """The words before and after each run, 0 for the edge of the text, in one hash."""
    framed = np.concatenate((_EDGE, words.hashes, _EDGE))
    is_start = np.zeros(len(framed), np.bool_)
    is_start[words.starts] = True
    before = np.where(is_start[firsts], _EDGE, framed[firsts])
    after = np.where(is_start[lasts + 1], _EDGE, framed[lasts + 2])
    return mix(before * _POWERS[0] + after * _POWERS[1])


def _contents(words: Words, firsts: Places, lasts: Places, kind: npt.NDArray[np.uint8]) -> Wide:
    """3 bits for the kinds of words, 14 for all the words of a run, 15 for its last (a surname) or, of days
    and numerals, again for all."""
    sums = np.concatenate((_EDGE, np.cumsum(words.hashes)))
    whole = mix(sums[lasts + 1] - sums[firsts])
    last = np.where((kind & _LISTED) != 0, whole, words.hashes[lasts])
    return (kind.astype(np.uint64) << _KIND) | (whole >> _WHOLE << _TAIL & _WHOLE_BITS) | (last & _TAIL_BITS)


class Exchange(NamedTuple):
    """What stands in the slots that two texts share.

    Args:
        places: slots in which something else stands.
        contents: how many different things were exchanged; one for a name that was put right throughout.
        common: slots that both texts have.
    """

    places: int
    contents: int
    common: int


def exchanged(some: Wide, others: Wide) -> Exchange:
    """How many slots of one text hold something else in the other, of the same kind.

    A surname with another first name or title counts as the same, and a weekday is not exchanged for a date.
    """
    mine, theirs = (np.setdiff1d(*pair, assume_unique=True) for pair in ((some, others), (others, some)))
    # A place may hold several things ("one euro is … crowns"): the first is put for the first, and so on.
    _, first, second = np.intersect1d(_numbered(mine), _numbered(theirs), return_indices=True)
    one, other = mine[first] & _LOWER, theirs[second] & _LOWER
    counted = (one >> _KIND == other >> _KIND) & ((one ^ other) & _TAIL_BITS != 0)
    one, other = one[counted] & _TAIL_BITS, other[counted] & _TAIL_BITS
    common = len(np.intersect1d(some >> _HALF, others >> _HALF))
    return Exchange(len(one), len(np.unique(one << _HALF | other)), common)


def _numbered(values: Wide) -> Wide:
    """The upper half of sorted values, with the number of each among those that share it."""
    places = values >> _HALF
    return (places << _HALF) | (np.arange(len(places)) - np.searchsorted(places, places)).astype(np.uint64)


@cache
def _listed() -> Wide:
    """Hashes of the listed words, sorted."""
    listed = f"{WEEKDAYS} {MONTHS} {' '.join(NUMERALS)} {DAY_MARK}"
    return np.unique(read_words([listed]).hashes)


@cache
def _day_mark() -> np.uint64:
    return np.uint64(read_words([DAY_MARK]).hashes[0])


@cache
def _filter() -> npt.NDArray[np.bool_]:
    """Which lower 16 bits a listed word has: a look-up that rules out nearly all words."""
    found = np.zeros(int(_FILTER) + 1, np.bool_)
    found[_listed() & _FILTER] = True
    return found
