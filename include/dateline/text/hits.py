"""Entries (key, place) of many texts in sorted arrays, and what is kept of those that are too many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from dateline.text.shingles import Hashes
from dateline.text.sketches import Places
from dateline.text.words import Wide

HOT = 1000
"""A key that more texts than this share is boilerplate, or a flood of one notice."""
HOT_TARGETS = 32
"""… of which only the earliest this many are compared."""
HELD = 4_000_000
"""Entries that are held before those of hot keys are thinned out; more only where fewer won't do."""

Packed = Wide
"""Entries, each as 32 bits of key, 31 bits of place, and one bit: whether it is marked.
Sorted, those of a key come together, earliest first."""

_SHIFT = np.uint64(32)
_ONE = np.uint64(1)
_PLACE = np.uint64(0x7FFFFFFF)


def packed(keys: Hashes, places: Places, marked: npt.NDArray[np.bool_] | None = None) -> Packed:
    """Entries of keys and places."""
    made: Packed = (keys.astype(np.uint64) << _SHIFT) | (places.astype(np.uint64) << _ONE)
    return made if marked is None else made | marked.astype(np.uint64)


def key_of(entries: Packed) -> Hashes:
    """The key of each entry."""
    return (entries >> _SHIFT).astype(np.uint32)


def place_of(entries: Packed) -> Places:
    """The place of each entry."""
    return ((entries >> _ONE) & _PLACE).astype(np.int64)


def is_marked(entries: Packed) -> npt.NDArray[np.bool_]:
    """Whether each is marked."""
    return (entries & _ONE) > 0


def distinct(entries: Packed) -> Packed:
    """The entries sorted, each once: a text may begin with the same words twice."""
    entries = np.sort(entries)
    kept = np.ones(len(entries), np.bool_)
    kept[1:] = entries[1:] != entries[:-1]
    return entries[kept]


def runs(entries: Packed) -> tuple[Places, Places]:
    """Where the runs of equal keys begin in sorted entries, and how long each is."""
    keys = entries >> _SHIFT
    starts = np.flatnonzero(np.concatenate((np.ones(min(1, len(keys)), np.bool_), keys[1:] != keys[:-1])))
    return starts, np.diff(starts, append=len(keys))


def ranges(starts: Places, counts: Places) -> Places:
    """starts[0], starts[0] + 1, … (counts[0] of them), starts[1], …"""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total) + np.repeat(starts - (ends - counts), counts)


def pieces(sizes: Places, most: int) -> Iterator[slice]:
    """Runs of items whose sizes add up to about `most`; an item that is larger makes one by itself."""
    ends = np.cumsum(sizes)
    first = 0
    while first < len(sizes):
        before = ends[first] - sizes[first]
        stop = max(first + 1, int(np.searchsorted(ends, before + most, "right")))
        yield slice(first, stop)
        first = stop


class Filter:
    """Tells of keys whether they may be among some: never wrongly no, one time in sixteen wrongly yes.

    16 to 32 bytes a key, and at most 64 MB.
    """

    def __init__(self, keys: Hashes) -> None:
        bits = min(26, max(8, int(16 * len(keys)).bit_length()))
        self._shift = np.uint32(32 - bits)
        self._table = np.zeros(1 << bits, np.bool_)
        self._table[_spread(keys) >> self._shift] = True

    def may_have(self, keys: Hashes) -> npt.NDArray[np.bool_]:
        """Whether each key may be among them."""
        return self._table[_spread(keys) >> self._shift]


def _spread(keys: Hashes) -> Hashes:
    """Keys of one band, and those below a ceiling, have upper bits in common: spread them."""
    return keys * np.uint32(0x9E3779B1)


class Beyond:
    """How many entries of a key were found beyond those that are kept."""

    def __init__(self) -> None:
        self._keys = np.empty(0, np.uint32)
        self._counts = np.empty((0, 2), np.int64)

    def add(self, keys: Hashes, counts: Any) -> None:
        """Add to the counts (keys × 2: all entries, those that are marked)."""
        self._keys, places = np.unique(np.concatenate((self._keys, keys)), return_inverse=True)
        summed = np.zeros((len(self._keys), 2), np.int64)
        np.add.at(summed, places, np.concatenate((self._counts, counts)))
        self._counts = summed

    def of(self, keys: Hashes) -> tuple[Places, Places]:
        """For each key the entries beyond, and those that are marked."""
        if not len(self._keys):
            nothing = np.zeros(len(keys), np.int64)
            return nothing, nothing
        places = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        found = np.where((self._keys[places] == keys)[:, None], self._counts[places], 0)
        return found[:, 0], found[:, 1]


class Held:
    """Entries of earlier sets: all of a key up to HOT, of a hot key the earliest HOT_TARGETS.

    What is kept depends on the entries alone, not on the order in which they came.
    """

    def __init__(self) -> None:
        self.beyond = Beyond()
        self._held: list[Packed] = []
        self._count, self._most = 0, HELD

    def add(self, entries: Packed) -> None:
        """Take entries in, in any order."""
        self._held.append(self._thinned(distinct(entries)))
        self._count += len(self._held[-1])
        if self._count > self._most:
            self._held = [self.all()]
            self._count = len(self._held[0])
            self._most = max(HELD, 2 * self._count)

    def all(self) -> Packed:
        """What is kept, sorted."""
        entries = np.concatenate([np.empty(0, np.uint64), *self._held])
        entries.sort()
        return self._thinned(entries)

    def _thinned(self, entries: Packed) -> Packed:
        starts, lengths = runs(entries)
        if not len(starts):
            return entries
        marked = is_marked(entries)
        before = np.concatenate(([0], np.cumsum(marked)))
        parts = before[starts + lengths] - before[starts]
        keys = key_of(entries[starts])
        gone, gone_parts = self.beyond.of(keys)
        hot, hot_parts = lengths + gone > HOT, parts + gone_parts > HOT
        if not hot.any():
            return entries
        place = np.arange(len(entries)) - np.repeat(starts, lengths)
        part = before[:-1] - np.repeat(before[starts], lengths)
        kept = ~np.repeat(hot, lengths) | (place < HOT_TARGETS)
        kept |= marked & (~np.repeat(hot_parts, lengths) | (part < HOT_TARGETS))
        lost = np.stack([np.add.reduceat(~kept, starts), np.add.reduceat(~kept & marked, starts)], axis=1)
        thinned = lost[:, 0] > 0
        self.beyond.add(keys[thinned], lost[thinned])
        return entries[kept]
