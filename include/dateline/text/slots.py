"""What a text begins with, and what stands in the places that a template leaves open."""

from __future__ import annotations

import numpy as np

from dateline.text.ragged import Ragged
from dateline.text.shingles import SIZE
from dateline.text.words import Flags, Places, Wide, Words, mix

_HALF = np.uint64(32)
_LOWER = np.uint64(0xFFFFFFFF)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_BEFORE, _AFTER = _GOLDEN, np.uint64(pow(0x9E3779B97F4A7C15, 2, 1 << 64))
_POWERS = np.cumprod(np.full(SIZE, _GOLDEN))
OPENING = 16
"""Shingles of a text's opening: a flash stands there whole, behind a dateline of some words too."""


def openings(words: Words) -> Ragged:
    """Hashes (uint32) of the first 16 shingles of each text, in its order; none for fewer than five words.

    Short texts are found by them: a flash of one sentence has too few shingles for a MinHash.
    """
    counts = np.clip(np.diff(words.starts) - (SIZE - 1), 0, OPENING)
    starts = np.concatenate(([0], np.cumsum(counts)))
    firsts = np.arange(starts[-1]) + np.repeat(words.starts[:-1] - starts[:-1], counts)
    total = np.zeros(len(firsts), np.uint64)
    for place in range(SIZE):
        total += words.hashes[firsts + place] * _POWERS[place]
    return Ragged((mix(total) >> _HALF).astype(np.uint32), starts)


def numbers(words: Words) -> Ragged:
    """The distinct numbers of each text, each with its place among words, sorted.

    A number is a run of words that begin with digits (2.5 and 6-3/16 are two and three words, a row of a
    table is one number). The upper 32 bits tell the words before and after it, the lower which it is:
    where two texts agree in the upper half only, one number was put for another.
    """
    return _slots(words, words.numeric)


def _slots(words: Words, filled: Flags) -> Ragged:
    """The runs of words that are `filled`, as for numbers."""
    if not filled.any():
        return Ragged(np.empty(0, np.uint64), np.zeros(len(words) + 1, np.int64))
    # An edge before and after each text keeps its runs to itself.
    places = np.arange(len(filled)) + words.texts + 1
    framed = np.zeros(len(filled) + len(words) + 1, np.uint64)
    framed[places] = words.hashes
    is_filled = np.zeros(len(framed) + 1, np.int8)
    is_filled[places] = filled
    edges = np.diff(is_filled)
    starts, ends = np.flatnonzero(edges == 1) + 1, np.flatnonzero(edges == -1) + 1
    frames = mix(framed[starts - 1] * _BEFORE + framed[ends] * _AFTER)
    lengths = ends - starts
    firsts = np.cumsum(lengths) - lengths
    within = np.arange(int(lengths.sum())) - np.repeat(firsts, lengths)
    parts = mix(words.hashes[filled] + within.astype(np.uint64) * _GOLDEN)
    values = mix(np.asarray(np.add.reduceat(parts, firsts), np.uint64))
    found = (frames >> _HALF << _HALF) | (values >> _HALF)
    return distinct(words.texts[filled][firsts], found, len(words))


def distinct(texts: Places, values: Wide, count: int) -> Ragged:
    """The distinct values of each of `count` texts, sorted."""
    order = np.lexsort((values, texts))
    texts, values = texts[order], values[order]
    kept = np.ones(len(values), np.bool_)
    kept[1:] = (values[1:] != values[:-1]) | (texts[1:] != texts[:-1])
    return Ragged(values[kept], np.searchsorted(texts[kept], np.arange(count + 1)))


def exchanged(some: Wide, others: Wide) -> tuple[int, int]:
    """How many numbers were put for others between two texts, and how many places they share."""
    both = np.intersect1d(some, others, assume_unique=True) >> _HALF
    common = np.intersect1d(some >> _HALF, others >> _HALF)
    return len(common) - len(np.unique(both)), len(common)


def same_numbers(some: Wide, others: Wide) -> bool:
    """Whether two texts have the same numbers, wherever those stand."""
    return np.array_equal(np.unique(some & _LOWER), np.unique(others & _LOWER))
