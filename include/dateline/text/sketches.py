"""What of a text is enough to find the texts that may be like it: a twentieth of its signature.

The constants are part of the promise of `signatures`, as those of the shingles are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dateline.text.ragged import Ragged
from dateline.text.shingles import BANDS, PERMUTATIONS, SHORT, Hashes, band_keys

KEYS = 16
"""Smallest shingles of a text by which its containment in others is found."""
CEILING = 1 << 30
"""Only shingles below (a quarter of all) are looked up: a text of 64 shingles has sixteen of them."""

FLASH = 50
"""Fewer shingles than this can be a flash: a headline's worth of news before its full story."""
LEAST = 8
"""Fewer (a text of under 12 words) say too little: "Watch the video" stands before many a story."""

Places = npt.NDArray[np.int64]
_BAND_BITS = BANDS.bit_length() - 1
BAND_SHIFT = np.uint32(32 - _BAND_BITS)
"""Bits of a band key above which stands the number of the band."""
_BAND = np.arange(BANDS, dtype=np.uint32) << BAND_SHIFT
_SOME = 8192
_TEXTS = 2048
"""Texts whose bands are made at a time: bounds the memory, changes no result."""


@dataclass(frozen=True)
class Sketches:
    """The sketches of some texts of one set; the keys of a text come in one run, texts in their order.

    Args:
        texts: place of each text in the total order of its set, rising; below 2 ** 31.
        lengths: shingles of each, LEAST or more.
        bands: band keys (texts of SHORT shingles or more × BANDS); the upper bits tell the band.
        samples: shingles below CEILING of the texts of SHORT shingles or more, rising within a text.
        sample_counts: how many each of those texts has.
        openings: the first shingles of each text.
        opening_counts: how many each text has.
    """

    texts: Places
    lengths: Places
    bands: Hashes
    samples: Hashes
    sample_counts: Places
    openings: Hashes
    opening_counts: Places

    @cached_property
    def signed(self) -> Places:
        """Places of the texts that have a MinHash."""
        return self.texts[self.lengths >= SHORT]

    @cached_property
    def length_at(self) -> Places:
        """Shingles of the text at each place, 0 where there is none."""
        return self._at(self.texts, self.lengths)

    @cached_property
    def key_count_at(self) -> Places:
        """How many smallest shingles the text at each place has, 0 where there is none."""
        return self._at(self.signed, np.minimum(self.sample_counts, KEYS))

    def _at(self, places: Places, values: Places) -> Places:
        made = np.zeros(int(self.texts[-1]) + 1 if len(self.texts) else 0, np.int64)
        made[places] = values
        return made

    def parts(self) -> Iterator[Entries]:
        """The samples, some texts at a time; marked are the smallest shingles of a text."""
        for texts, keys, counts in _pieces(self.signed, self.samples, self.sample_counts):
            ends = np.cumsum(counts)
            rank = np.arange(len(keys)) - np.repeat(ends - counts, counts)
            yield Entries(keys, np.repeat(texts, counts), rank < KEYS)

    def beginnings(self) -> Iterator[Entries]:
        """The first shingles, some texts at a time; marked are those of a flash."""
        for texts, keys, counts in _pieces(self.texts, self.openings, self.opening_counts):
            short = self.length_at[texts] < FLASH
            yield Entries(keys, np.repeat(texts, counts), np.repeat(short, counts))


class Entries(NamedTuple):
    """Keys, the place of the text of each, and whether it is marked."""

    keys: Hashes
    places: Places
    marked: npt.NDArray[np.bool_]


def _pieces(texts: Places, keys: Hashes, counts: Places) -> Iterator[tuple[Places, Hashes, Places]]:
    ends = np.concatenate(([0], np.cumsum(counts)))
    for first in range(0, len(texts), _SOME):
        last = min(first + _SOME, len(texts))
        yield texts[first:last], keys[ends[first] : ends[last]], counts[first:last]


def bands_of(minhashes: Hashes) -> Hashes:
    """Band keys (texts × 32) of MinHashes (texts × 128): five bits tell the band, 27 what is in it."""
    pieces = [minhashes[first : first + _TEXTS] for first in range(0, len(minhashes), _TEXTS)]
    shift = np.uint64(32 + _BAND_BITS)
    made = [(band_keys(piece) >> shift).astype(np.uint32) | _BAND for piece in pieces]
    return np.concatenate([np.empty((0, BANDS), np.uint32), *made])


def banded(minhash: Ragged) -> Ragged:
    """The band keys of MinHashes."""
    keys = bands_of(minhash.values.reshape(-1, PERMUTATIONS))
    return Ragged(keys.ravel(), minhash.starts // PERMUTATIONS * BANDS)


def columns_of(minhash: Any, shingles: Any) -> tuple[Any, Any]:
    """The columns `bands` and `sample` of signatures, as Arrow arrays, from two others."""
    bands = banded(Ragged.of(minhash)).to_arrow()
    values, counts = sampled(flat(shingles), np.diff(shingles.offsets.to_numpy()).astype(np.int64))
    ends: Any = pa.array(np.concatenate(([0], np.cumsum(counts))).astype(np.int32))
    return bands, pa.ListArray.from_arrays(ends, pa.array(values))


def sampled(shingles: Hashes, counts: Places) -> tuple[Hashes, Places]:
    """Of the shingles of many texts (`counts` of each) those below CEILING, and how many each text has."""
    ends = np.concatenate(([0], np.cumsum(counts)))
    samples, sizes = [np.empty(0, np.uint32)], [np.empty(0, np.int64)]
    for first in range(0, len(counts), _TEXTS):
        bounds = ends[first : first + _TEXTS + 1]
        here = shingles[bounds[0] : bounds[-1]]
        below = here < CEILING
        samples.append(here[below])
        sizes.append(np.diff(np.concatenate(([0], np.cumsum(below)))[bounds - bounds[0]]))
    return np.concatenate(samples), np.concatenate(sizes)


def flat(lists: Any) -> Hashes:
    """The values of a list array, also where it is a part of a larger one."""
    offsets = lists.offsets.to_numpy()
    values: Hashes = lists.values.to_numpy()[offsets[0] : offsets[-1]]
    return values
