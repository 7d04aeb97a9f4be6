"""What of a text is enough to find the texts that may be like it: a twentieth of its signature.

The constants are part of the promise of `signatures`, as those of the shingles are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dateline.text.shingles import BANDS, PERMUTATIONS, Hashes, band_keys

KEYS = 16
"""Smallest shingles of a text by which its containment in others is found."""
CEILING = 1 << 30
"""Only shingles below (a quarter of all) are looked up: a text of 64 shingles has sixteen of them."""

Places = npt.NDArray[np.int64]
_BAND_BITS = BANDS.bit_length() - 1
BAND_SHIFT = np.uint32(32 - _BAND_BITS)
"""Bits of a band key above which stands the number of the band."""
_BAND = np.arange(BANDS, dtype=np.uint32) << BAND_SHIFT
_TEXTS = 2048
"""Texts whose bands are made at a time: bounds the memory, changes no result."""


@dataclass(frozen=True)
class Sketches:
    """The sketches of some texts of one set, one for each, all keys of a text in one run.

    Args:
        texts: place of each text in the total order of its set, rising; below 2 ** 31.
        bands: band keys, BANDS of each text; the upper bits tell the band.
        samples: shingles below CEILING, rising within a text.
        counts: how many of those each text has.
    """

    texts: Places
    bands: Hashes
    samples: Hashes
    counts: Places

    @classmethod
    def of(cls, texts: Places, bands: Any, samples: Any, order: Places) -> Sketches:
        """From the columns `bands` and `sample` of signatures.

        Args:
            texts: places, rising.
            bands: an Arrow list column without nulls.
            samples: another.
            order: the row of each of `texts`; rows that have no bands must not be among them.
        """
        found = samples.take(order)
        counts = np.diff(found.offsets.to_numpy()).astype(np.int64)
        return cls(texts, _flat(bands.take(order)), _flat(found), counts)


def bands_of(minhashes: Hashes) -> Hashes:
    """Band keys (texts × 32) of MinHashes (texts × 128): five bits tell the band, 27 what is in it."""
    pieces = [minhashes[first : first + _TEXTS] for first in range(0, len(minhashes), _TEXTS)]
    shift = np.uint64(32 + _BAND_BITS)
    made = [(band_keys(piece) >> shift).astype(np.uint32) | _BAND for piece in pieces]
    return np.concatenate([np.empty((0, BANDS), np.uint32), *made])


def columns_of(minhash: Any, shingles: Any) -> tuple[Any, Any]:
    """The columns `bands` and `sample` of signatures, as Arrow arrays, from two others."""
    offsets = minhash.offsets.to_numpy()
    flat = _flat(minhash).reshape(-1, PERMUTATIONS)
    starts: Any = pa.array(((offsets - offsets[0]) // PERMUTATIONS * BANDS).astype(np.int32))
    bands = pa.ListArray.from_arrays(starts, pa.array(bands_of(flat).ravel()))
    values, counts = sampled(_flat(shingles), np.diff(shingles.offsets.to_numpy()).astype(np.int64))
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


def _flat(lists: Any) -> Hashes:
    """The values of a list array, also where it is a part of a larger one."""
    offsets = lists.offsets.to_numpy()
    values: Hashes = lists.values.to_numpy()[offsets[0] : offsets[-1]]
    return values
