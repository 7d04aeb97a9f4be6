"""Which pairs of texts are worth comparing: found set-wise, by sorted keys, never pair by pair."""

from __future__ import annotations

from collections.abc import Iterator

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

FLASH = 50
"""Fewer shingles than this can be a flash: a headline's worth of news before its full story."""
LEAST = 8
"""Fewer (a text of under 12 words) say too little: "Watch the video" stands before many a story."""

# What is worked on at a time: this bounds the memory, and changes no result.
_TEXTS = 2048
_SHINGLES = 250_000
_PAIRS = 500_000

Places = npt.NDArray[np.int64]
_SHIFT = np.int64(32)
_LOWER = np.int64(0xFFFFFFFF)
_NONE = np.empty(0, np.int64)


def candidates(own: Texts, earlier: Texts) -> tuple[Places, Places]:
    """Pairs (place in `own`, place in `earlier`) that may be alike, sorted, each once.

    Only the earliest text of each content takes part; a text is never paired with itself. The bands of
    the MinHash find likeness; a text inside a much longer one has another MinHash, and is found by its
    smallest shingles, of which the longer one must have at least half. A text of a sentence or two is found
    where a longer one begins as it does.
    """
    inside = _by_keys(own, earlier)
    around = _swap(inside if own is earlier else _by_keys(earlier, own))
    flashes = _by_openings(own, earlier)
    full = _swap(flashes if own is earlier else _by_openings(earlier, own))
    pairs = _union(_by_bands(own, earlier), inside, around, flashes, full)
    first, second = pairs >> _SHIFT, pairs & np.int64(0xFFFFFFFF)
    if own is earlier:
        apart = first != second
        first, second = first[apart], second[apart]
    return first, second


def _by_bands(own: Texts, earlier: Texts) -> Places:
    if not (len(own.signed) and len(earlier.signed)):
        return _NONE
    mine = _bands(own)
    theirs = mine if own is earlier else _bands(earlier)
    found = [_NONE]
    for bands in _pieces(np.full(BANDS, max(len(mine), len(theirs))), _SHINGLES):
        # Keys of different bands differ: several can be looked up as one.
        count = bands.stop - bands.start
        known = _Keys(theirs[:, bands].ravel(), np.repeat(earlier.signed, count))
        found.append(_union(_NONE, *known.met(mine[:, bands].ravel(), np.repeat(own.signed, count))))
    return _union(*found)


def _bands(texts: Texts) -> Wide:
    """The band keys (signed texts × 32)."""
    pieces = np.split(texts.signed, range(_TEXTS, len(texts.signed), _TEXTS))
    return np.concatenate([band_keys(texts.minhashes_of(piece)) for piece in pieces])


def _by_keys(parts: Texts, wholes: Texts) -> Places:
    """Pairs (part, whole) in which the whole has half or more of the part's smallest shingles."""
    keys, places = _smallest(parts)
    order = np.argsort(keys, kind="stable")
    low = np.searchsorted(keys[order], keys, "left")
    usable = np.searchsorted(keys[order], keys, "right") - low <= HOT
    keys, places = keys[usable], places[usable]
    if not len(keys):
        return _NONE
    wanted = np.bincount(places, minlength=len(parts))
    known = _Keys(keys, places)
    found = []
    for piece in _pieces(wholes.shingles.counts[wholes.signed], _SHINGLES):
        # A whole's hits all lie in one of these.
        for met in known.met(*_below(wholes, wholes.signed[piece])):
            pairs, hits = np.unique(_swap(met), return_counts=True)
            found.append(pairs[2 * hits >= wanted[pairs >> _SHIFT]])
    return _union(_NONE, *found)


def _by_openings(flashes: Texts, wholes: Texts) -> Places:
    """Pairs (flash, longer text) with a shingle in common among the first of both."""
    places = flashes.first_of_contents
    counts = flashes.shingles.counts[places]
    keys = _opening_keys(flashes, places[(counts >= LEAST) & (counts < FLASH)])
    if not len(keys[0]):
        return _NONE
    known = _Keys(*_opening_keys(wholes, wholes.signed))
    found = [_NONE]
    for pairs in known.met(*keys):
        longer = flashes.shingles.counts[pairs >> _SHIFT] < wholes.shingles.counts[pairs & _LOWER]
        found.append(np.unique(pairs[longer]))
    return _union(*found)


def _opening_keys(texts: Texts, places: Places) -> tuple[Wide, Places]:
    """The first shingles of some texts, each with its text; a key is there once for each text."""
    counts = texts.openings.counts[places]
    values = texts.openings.values[_ranges(texts.openings.starts[places], counts)]
    pairs = np.unique((np.repeat(places, counts) << _SHIFT) | values.astype(np.int64))
    return (pairs & _LOWER).astype(np.uint64), pairs >> _SHIFT


def _smallest(texts: Texts) -> tuple[Wide, Places]:
    """The smallest shingles of each signed text, of those below the ceiling, with its place."""
    firsts = texts.shingles.starts[texts.signed][:, None] + np.arange(KEYS)
    values = texts.shingles.values[firsts]
    below = values < CEILING
    return values[below].astype(np.uint64), np.repeat(texts.signed, below.sum(axis=1))


def _below(texts: Texts, places: Places) -> tuple[Wide, Places]:
    """All shingles below the ceiling of some signed texts, in rising order, each with its text."""
    starts = texts.shingles.starts
    first = starts[places[0]]
    below = np.concatenate(([0], np.cumsum(texts.shingles.values[first : starts[places[-1] + 1]] < CEILING)))
    counts = below[starts[places + 1] - first] - below[starts[places] - first]
    indices = _ranges(starts[places], counts)
    return texts.shingles.values[indices].astype(np.uint64), np.repeat(places, counts)


class _Keys:
    """Keys of texts, ready to be looked up; a key may belong to several texts."""

    def __init__(self, keys: Wide, places: Places) -> None:
        order = np.lexsort((places, keys))
        self._keys, self._places = keys[order], places[order]

    def met(self, keys: Wide, places: Places) -> Iterator[Places]:
        """Pairs of places with equal keys, the given ones in the upper 32 bits; not each once where keys
        repeat. All pairs of a text come together, where it is given in one run."""
        low = np.searchsorted(self._keys, keys, "left")
        counts = np.searchsorted(self._keys, keys, "right") - low
        counts = np.where(counts > HOT, HOT_TARGETS, counts)
        runs = np.flatnonzero(np.diff(places, prepend=-1))
        for piece in _pieces(np.add.reduceat(counts, runs) if len(runs) else runs, _PAIRS):
            here = slice(runs[piece][0], runs[piece.stop] if piece.stop < len(runs) else len(keys))
            theirs = self._places[_ranges(low[here], counts[here])]
            yield (np.repeat(places[here], counts[here]) << _SHIFT) | theirs


def _pieces(sizes: Places, most: int) -> Iterator[slice]:
    """Runs of items whose sizes add up to about `most`; an item that is larger makes one by itself."""
    ends = np.cumsum(sizes)
    first = 0
    while first < len(sizes):
        before = ends[first] - sizes[first]
        stop = max(first + 1, int(np.searchsorted(ends, before + most, "right")))
        yield slice(first, stop)
        first = stop


def _ranges(starts: Places, counts: Places) -> Places:
    """starts[0], starts[0] + 1, … (counts[0] of them), starts[1], …"""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total) + np.repeat(starts - (ends - counts), counts)


def _swap(pairs: Places) -> Places:
    return ((pairs & np.int64(0xFFFFFFFF)) << _SHIFT) | (pairs >> _SHIFT)


def _union(*pairs: Places) -> Places:
    return np.unique(np.concatenate(pairs))
