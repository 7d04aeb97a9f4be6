"""Shingles of texts and what likeness is measured by: sketches whose bytes are under our control.

The algorithm is named `mh3`. Its constants are part of the promise of `signatures`: whoever changes one
changes every signature, and gives it a new name.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from dateline.text.ragged import Ragged
from dateline.text.words import Places, Wide, Words, mix

Hashes = npt.NDArray[np.uint32]

ALGORITHM = "mh3"
SIZE = 5
"""Words in a shingle. Pairs of real news articles leave a valley at a Jaccard similarity of .4 to .5 with
5-grams: above it the same text, below it other stories that share their background."""
PERMUTATIONS = 128
BANDS = 32
ROWS = PERMUTATIONS // BANDS
"""32 bands of 4 rows meet nearly all pairs of similarity .5 and above; 14 x 8 meets 5 % of them."""
SHORT = 16
"""Fewer shingles than this (a text of under 20 words) are no evidence of likeness: no MinHash."""
HEADLINE = 2

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)
_LOWER = np.uint64(0xFFFFFFFF)
_NONE = np.uint32(0xFFFFFFFF)
"""What no value of a bin is: the bin is empty."""
_BIN = np.uint32(32 - (BANDS - 1).bit_length())
_SHIFTS = np.uint32(15), np.uint32(13), np.uint32(16)

_CONSTANTS = mix(np.arange(1, 2 * ROWS + 1, dtype=np.uint64) * _GOLDEN).astype(np.uint32) | np.uint32(1)
_PLACES = np.cumprod(np.full(max(SIZE, ROWS), _GOLDEN))
_BAND_SALT = mix(np.arange(1, BANDS + 1, dtype=np.uint64))
_PROBES = np.argsort(
    mix(np.arange(1, BANDS * BANDS + 1, dtype=np.uint64)).reshape(BANDS, BANDS), axis=1, kind="stable"
)
"""In which order an empty bin looks at the others for a value: an order of its own for each bin."""


def shingles(words: Words) -> Ragged:
    """Hashes of the distinct word 5-grams of each text, sorted; one for a text of 1 to 4 words, none for no
    words.

    The upper 32 bits of a polynomial over each run of five hashes of words, mixed.
    """
    lengths = np.diff(words.starts)
    count = len(words.hashes) - SIZE + 1
    total = np.zeros(max(count, 0), np.uint64)
    for place in range(SIZE if count > 0 else 0):
        total += words.hashes[place : place + count] * _PLACES[place]
    texts = words.texts
    inside = texts[: len(total)] == texts[SIZE - 1 :]
    keys = _keys(texts[: len(total)][inside], total[inside])
    few = np.flatnonzero((lengths > 0) & (lengths < SIZE))
    if len(few):
        runs = [words.hashes[words.starts[text] : words.starts[text + 1]] for text in few]
        whole = np.array([(run * _PLACES[: len(run)]).sum(dtype=np.uint64) for run in runs], np.uint64)
        keys = np.concatenate((keys, _keys(few, whole)))
    keys.sort()
    if len(keys):
        keys = keys[np.concatenate(([True], keys[1:] != keys[:-1]))]
    starts = np.searchsorted(keys, np.arange(len(words) + 1, dtype=np.uint64) << _HALF)
    return Ragged((keys & _LOWER).astype(np.uint32), starts)


def _keys(texts: Places, totals: Wide) -> Wide:
    """The text above, its shingle below."""
    return (texts.astype(np.uint64) << _HALF) | (mix(totals) >> _HALF)


def minhashes(shingles: Ragged) -> Ragged:
    """128 minima for each text; none for fewer than SHORT shingles.

    Each of four fixed permutations of 32 bits deals the shingles into 32 bins and keeps the least of each: a
    few steps a shingle instead of 128. Four values of a bin are a band. An empty bin takes the value of
    another, which one being fixed beforehand by its number (P. Li, A. Owen, C.-H. Zhang, One Permutation
    Hashing, NIPS 2012; A. Shrivastava, Optimal Densification for Fast and Accurate Minwise Hashing, ICML
    2017). The share of equal places of two texts estimates their Jaccard similarity.
    """
    signed = shingles.counts >= SHORT
    starts = np.concatenate(([0], np.cumsum(signed * PERMUTATIONS)))
    count = int(signed.sum())
    chosen = np.repeat(signed, shingles.counts)
    values = shingles.values[chosen]
    texts = np.repeat(np.arange(count), shingles.counts[signed]) * BANDS
    found = np.empty((count, BANDS, ROWS), np.uint32)
    for row in range(ROWS):
        moved = _permuted(values, row)
        least = np.full(count * BANDS, _NONE)
        np.minimum.at(least, texts + (moved >> _BIN), moved)
        found[:, :, row] = _filled(least.reshape(count, BANDS))
    return Ragged(found.ravel(), starts)


def _permuted(values: Hashes, row: int) -> Hashes:
    """A permutation of 32 bits, another for each row."""
    moved = values + _CONSTANTS[row]
    moved = (moved ^ (moved >> _SHIFTS[0])) * _CONSTANTS[row]
    moved = (moved ^ (moved >> _SHIFTS[1])) * _CONSTANTS[ROWS + row]
    return moved ^ (moved >> _SHIFTS[2])


def _filled(least: Hashes) -> Hashes:
    """The bins (texts × 32), an empty one with the value of the first bin in its order that has one."""
    made = least.copy()
    texts, bins = np.nonzero(least == _NONE)
    for turn in range(BANDS):
        if not len(texts):
            break
        values = least[texts, _PROBES[bins, turn]]
        made[texts, bins] = values
        empty = values == _NONE
        texts, bins = texts[empty], bins[empty]
    return made


def is_headline(counts: Any) -> Any:
    """Whether texts of so many shingles may be but the headline of a story: six words or more, that tell of
    one event, and under 20. "Fire at cannery" under the same title as another text is a rubric."""
    return (counts >= HEADLINE) & (counts < SHORT)


def band_keys(minhashes: Hashes) -> Wide:
    """Keys (texts × 32) under which similar texts meet, from MinHashes (texts × 128).

    Texts that agree in a band share its key; keys of different bands differ.
    """
    rows = minhashes.reshape(len(minhashes), BANDS, ROWS).astype(np.uint64)
    return mix((rows * _PLACES[:ROWS]).sum(axis=2, dtype=np.uint64) ^ _BAND_SALT)


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
