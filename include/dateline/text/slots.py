"""What a text begins with, and the places where another notice of its kind has other names or days.

All functions take the words of many texts at once (`text.words.read_words`) and give lists of different
lengths in one array, with the place where each text's list starts.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dateline.text.shingles import SIZE
from dateline.text.words import Words, mix

Places = npt.NDArray[np.int64]

OPENING = 16
"""Shingles of a text's opening: a flash stands there whole, behind a dateline of some words too."""

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
