"""Which pairs of texts are worth comparing: found set-wise, by sorted keys, never pair by pair."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dateline.text.shingles import BANDS, Wide, band_keys
from dateline.text.texts import Texts

HOT = 1000
"""A key that more texts than this share is boilerplate, or a flood of one notice."""
HOT_TARGETS = 32
"""… of which only the earliest this many are compared: work stays linear, and the first of a flood is
still found, whatever order the texts came in."""
KEYS = 8
"""Smallest shingles of a text by which its containment in others is found."""
CEILING = 1 << 30
"""Only shingles below (a quarter of all) are looked up: a text of 32 shingles has eight of them."""

Places = npt.NDArray[np.int64]
_SHIFT = np.int64(32)
_NONE = np.empty(0, np.int64)


def candidates(own: Texts, earlier: Texts) -> tuple[Places, Places]:
    """Pairs (place in `own`, place in `earlier`) that may be alike, sorted, each once.

    Only the earliest text of each content takes part; a text is never paired with itself. The bands of
    the MinHash find likeness; a text inside a much longer one has another MinHash, and is found by its
    smallest shingles, of which the longer one must have at least half.
    """
    inside = _by_keys(own, earlier)
    around = _swap(inside if own is earlier else _by_keys(earlier, own))
    pairs = _union(_by_bands(own, earlier), inside, around)
    first, second = pairs >> _SHIFT, pairs & np.int64(0xFFFFFFFF)
    if own is earlier:
        apart = first != second
        first, second = first[apart], second[apart]
    return first, second


def _by_bands(own: Texts, earlier: Texts) -> Places:
    if not (len(own.signed) and len(earlier.signed)):
        return _NONE
    mine = band_keys(own.minhashes_of(own.signed))
    theirs = mine if own is earlier else band_keys(earlier.minhashes_of(earlier.signed))
    found = _NONE
    for band in range(BANDS):
        met = _meet(mine[:, band], own.signed, theirs[:, band], earlier.signed)
        found = _union(found, met)
    return found


def _by_keys(parts: Texts, wholes: Texts) -> Places:
    """Pairs (part, whole) in which the whole has half or more of the part's smallest shingles."""
    part_keys, part_places = _prefixes(parts, KEYS)
    whole_keys, whole_places = _prefixes(wholes, None)
    order = np.lexsort((part_places, part_keys))
    part_keys, part_places = part_keys[order], part_places[order]
    low = np.searchsorted(part_keys, part_keys, "left")
    usable = np.searchsorted(part_keys, part_keys, "right") - low <= HOT
    part_keys, part_places = part_keys[usable], part_places[usable]
    if not len(part_keys):
        return _NONE
    wanted = np.bincount(part_places, minlength=len(parts))
    known = np.isin(whole_keys, part_keys)
    met = _meet(whole_keys[known], whole_places[known], part_keys, part_places)
    pairs, hits = np.unique(_swap(met), return_counts=True)
    return pairs[2 * hits >= wanted[pairs >> _SHIFT]]


def _prefixes(texts: Texts, most: int | None) -> tuple[Wide, Places]:
    """The shingles below the ceiling of each signed text, at most the smallest `most`, with its place."""
    places = texts.signed
    starts = texts.shingles.starts
    below = np.concatenate(([0], np.cumsum(texts.shingles.values < CEILING)))
    counts = below[starts[places + 1]] - below[starts[places]]
    if most is not None:
        counts = np.minimum(counts, most)
    indices = _ranges(starts[places], counts)
    return texts.shingles.values[indices].astype(np.uint64), np.repeat(places, counts)


def _meet(mine: Wide, my_places: Places, theirs: Wide, their_places: Places) -> Places:
    """Pairs of places with equal keys, mine in the upper 32 bits; not each once where keys repeat."""
    order = np.lexsort((their_places, theirs))
    theirs, their_places = theirs[order], their_places[order]
    low = np.searchsorted(theirs, mine, "left")
    counts = np.searchsorted(theirs, mine, "right") - low
    counts = np.where(counts > HOT, HOT_TARGETS, counts)
    return (np.repeat(my_places, counts) << _SHIFT) | their_places[_ranges(low, counts)]


def _ranges(starts: Places, counts: Places) -> Places:
    """starts[0], starts[0] + 1, … (counts[0] of them), starts[1], …"""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total) + np.repeat(starts - (ends - counts), counts)


def _swap(pairs: Places) -> Places:
    return ((pairs & np.int64(0xFFFFFFFF)) << _SHIFT) | (pairs >> _SHIFT)


def _union(*pairs: Places) -> Places:
    return np.unique(np.concatenate(pairs))
