"""Shingles of a text and what likeness is measured by: sketches whose bytes are under our control.

The algorithm is named `mh1`. Its constants are part of the promise of `signatures`: whoever changes one
changes every signature, and gives it a new name.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint32]
Wide = npt.NDArray[np.uint64]

ALGORITHM = "mh1"
SIZE = 5
"""Words in a shingle. Pairs of real news articles leave a valley at a Jaccard similarity of .4 to .5 with
5-grams: above it the same text, below it other stories that share their background."""
PERMUTATIONS = 128
BANDS = 32
ROWS = PERMUTATIONS // BANDS
"""32 bands of 4 rows meet nearly all pairs of similarity .5 and above; 14 x 8 meets 5 % of them."""
SHORT = 16
"""Fewer shingles than this (a text of under 20 words) are no evidence of likeness: no MinHash."""
LONGEST = 1_000_000
"""Characters that are read of a text: its start stands for what is longer than any article."""

_ODD = np.uint64(0x100000001B3)
_ODD_INVERSE = np.uint64(pow(0x100000001B3, -1, 1 << 64))
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)
_PIECE = 4096
"""Shingles hashed at a time: bounds the memory of a long text to 2 MB."""
_SPACE = 32
_ZEROS = (0x30, 0x660, 0x6F0, 0x966, 0x9E6)
"""The digit nought in Latin, Arabic, Persian, Devanagari and Bengali script."""
_LOWER = np.uint64(0xFFFFFFFF)
_EDGE = np.zeros(1, np.uint64)
"""What stands before the first word and after the last."""


def _mix(values: Wide) -> Wide:
    """A bijection of 64 bits in which every input bit moves every output bit."""
    values = (values ^ (values >> _HALF)) * _MIX
    values = (values ^ (values >> _HALF)) * _MIX
    return values ^ (values >> _HALF)


_CONSTANTS = _mix(np.arange(1, 2 * PERMUTATIONS + 1, dtype=np.uint64) * _GOLDEN) >> _HALF
_FACTORS = (_CONSTANTS[:PERMUTATIONS].astype(np.uint32) | np.uint32(1))[:, None]
_ADDENDS = _CONSTANTS[PERMUTATIONS:].astype(np.uint32)[:, None]
_PLACES = np.cumprod(np.full(max(SIZE, ROWS), _GOLDEN))
_BAND_SALT = _mix(np.arange(1, BANDS + 1, dtype=np.uint64))
EMPTY = np.empty(0, np.uint32)


class Tokens(NamedTuple):
    """The words of a text as hashes.

    Args:
        hashes: one for each word, in the order of the text.
        numeric: whether the word begins with a digit.
    """

    hashes: Wide
    numeric: npt.NDArray[np.bool_]


def tokens(words: list[str]) -> Tokens:
    """The words of a text, in their comparable form (`text.normalise.words`, without spaces), hashed.

    All words are hashed together as one array of code points: a polynomial over each word, mixed.
    """
    joined = " ".join(words)[:LONGEST].rstrip(" ")
    if not joined:
        return Tokens(np.empty(0, np.uint64), np.empty(0, np.bool_))
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))
    gaps = codes == _SPACE
    starts = np.concatenate(([0], np.flatnonzero(gaps) + 1))
    # Powers by place in the text, divided by the power at the word's start: no loop over words.
    powers = np.cumprod(np.full(len(codes), _ODD))
    terms = np.where(gaps, np.uint64(0), codes + _GOLDEN) * powers
    shifts = np.cumprod(np.full(len(codes), _ODD_INVERSE))[starts]
    sums: Wide = np.asarray(np.add.reduceat(terms, starts) * shifts, np.uint64)
    return Tokens(_mix(sums), _are_digits(codes[starts]))


def _are_digits(codes: Hashes) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(codes), np.bool_)
    for zero in _ZEROS:
        found |= (codes >= zero) & (codes <= zero + 9)
    return found


def shingles(text: Tokens) -> Hashes:
    """Hashes of the distinct word 5-grams, sorted; one for a text of 1 to 4 words, none for no words.

    The upper 32 bits of a polynomial over each run of five hashes of words, mixed.
    """
    size = min(SIZE, len(text.hashes))
    if not size:
        return EMPTY
    count = len(text.hashes) - size + 1
    total = np.zeros(count, np.uint64)
    for place in range(size):
        total += text.hashes[place : place + count] * _PLACES[place]
    return np.unique((_mix(total) >> _HALF).astype(np.uint32))


def numbers(text: Tokens) -> Wide:
    """The distinct numbers of a text, each with its place among words, sorted.

    A number is a run of words that begin with digits (2.5 and 6-3/16 are two and three words, a row of a
    table is one number). The upper 32 bits tell the words before and after it, the lower which it is:
    where two texts agree in the upper half only, one number was put for another.
    """
    hashes, numeric = text
    if not numeric.any():
        return np.empty(0, np.uint64)
    edges = np.diff(np.concatenate(([False], numeric, [False])).astype(np.int8))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    framed = np.concatenate((_EDGE, hashes, _EDGE))
    frames = _mix(framed[starts] * _PLACES[0] + framed[ends + 1] * _PLACES[1])
    firsts = np.concatenate(([0], np.cumsum(ends - starts)[:-1]))
    places = np.arange(int((ends - starts).sum())) - np.repeat(firsts, ends - starts)
    parts = _mix(hashes[numeric] + places.astype(np.uint64) * _GOLDEN)
    values = _mix(np.asarray(np.add.reduceat(parts, firsts), np.uint64))
    return np.unique((frames >> _HALF << _HALF) | (values >> _HALF))


def exchanged(some: Wide, others: Wide) -> tuple[int, int]:
    """How many numbers were put for others between two texts, and how many places they share."""
    both = np.intersect1d(some, others, assume_unique=True) >> _HALF
    common = np.intersect1d(some >> _HALF, others >> _HALF)
    return len(common) - len(np.unique(both)), len(common)


def same_numbers(some: Wide, others: Wide) -> bool:
    """Whether two texts have the same numbers, wherever those stand."""
    return np.array_equal(np.unique(some & _LOWER), np.unique(others & _LOWER))


def minhash(shingles: Hashes) -> Hashes:
    """128 minima over fixed permutations of 32 bits; empty for fewer than SHORT shingles.

    The share of equal places of two texts estimates their Jaccard similarity, with a standard deviation
    of at most .044.
    """
    if len(shingles) < SHORT:
        return EMPTY
    found = np.full(PERMUTATIONS, np.iinfo(np.uint32).max, np.uint32)
    for start in range(0, len(shingles), _PIECE):
        seen = _FACTORS * shingles[start : start + _PIECE]
        seen += _ADDENDS
        np.minimum(found, seen.min(axis=1), out=found)
    return found


def band_keys(minhashes: Hashes) -> Wide:
    """Keys (texts × 32) under which similar texts meet, from MinHashes (texts × 128).

    Texts that agree in a band share its key; keys of different bands differ.
    """
    rows = minhashes.reshape(len(minhashes), BANDS, ROWS).astype(np.uint64)
    return _mix((rows * _PLACES[:ROWS]).sum(axis=2, dtype=np.uint64) ^ _BAND_SALT)


def shared(some: Hashes, others: Hashes) -> int:
    """How many values two sorted arrays of distinct values have in common."""
    both = np.concatenate((some, others))
    both.sort()
    return int(np.count_nonzero(both[1:] == both[:-1]))


def jaccard(some: Hashes, others: Hashes) -> float:
    """Shared values as a share of all, 0 to 1; 0 where there are none."""
    common = shared(some, others)
    total = len(some) + len(others) - common
    return common / total if total else 0.0


def containment(part: Hashes, whole: Hashes) -> float:
    """The share of `part` that lies in `whole`, 0 to 1; 0 for an empty part."""
    return shared(part, whole) / len(part) if len(part) else 0.0
