"""Entries of later texts are joined with earlier ones of the same key, and what is hot is capped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dateline.text import hits
from dateline.text.hits import Beyond, Packed, is_marked, key_of, packed, pieces, place_of, ranges, runs
from dateline.text.sketches import KEYS, Places

_PAIRS, _ENTRIES = 100_000, 200_000
"""Pairs and entries worked on at a time: this bounds the memory, and changes no result."""
SHIFT = np.int64(32)
LOWER = np.int64(0xFFFFFFFF)
_NONE = np.empty(0, np.int64)
_NO_PLACES = np.empty(0, np.int32)
_Small = npt.NDArray[np.int32]
_Some = Places | _Small
"""Places and counts of which there are many at a time."""


class Hot(NamedTuple):
    """Keys that were hot for a text of the own set, and how many of its texts have one."""

    keys: int
    texts: int


class _Way(NamedTuple):
    """Places of later texts, each with `counts` of the places `sooner` from `low` on; whether it is hot."""

    sooner: _Small
    later: _Small
    low: _Small
    counts: _Small
    hot: npt.NDArray[np.bool_]


def _way(sooner: _Small, later: _Small, low: Places, counts: Places, hot: npt.NDArray[np.bool_]) -> _Way:
    return _Way(sooner, later, low.astype(np.int32), counts.astype(np.int32), hot)


_NO_WAY = _way(_NO_PLACES, _NO_PLACES, _NONE, _NONE, np.empty(0, np.bool_))


def _by_key(entries: Packed) -> Iterator[Packed]:
    """Sorted entries in pieces, all of a key in one."""
    first = 0
    while first < len(entries):
        last = min(first + _ENTRIES, len(entries)) - 1
        end = int(np.searchsorted(entries, entries[last] | np.uint64(LOWER), "right"))
        yield entries[first:end]
        first = end


class Meeting:
    """Joins entries of own texts with earlier entries of the same key; remembers what was hot.

    Args:
        base: own places begin here.
        since: as in `Search`.
        size: own places are fewer.
    """

    def __init__(self, base: np.int64, since: Places | None, size: int) -> None:
        self._base, self._since, self._size = base, since, size
        self._hot_texts = np.zeros(size, np.bool_)
        self._hot_keys = 0

    def hot(self) -> Hot:
        """What was hot so far."""
        return Hot(self._hot_keys, int(np.count_nonzero(self._hot_texts)))

    def by_bands(self, entries: Packed, beyond: Beyond) -> Places:
        """Pairs of places among all sets (later above, sooner below) with a band in common."""
        asked, low = self._asked(entries)
        counts, _ = self._capped(entries[asked], asked - low, beyond.of(key_of(entries[asked]))[0])
        later, places = place_of(entries[asked]), place_of(entries)
        return unique_pairs(np.concatenate([_NONE, *_expanded(places, later, low, counts)]))

    def by_parts(
        self, entries: Packed, beyond: Beyond, key_counts: Callable[[Places], Places]
    ) -> Iterator[Places]:
        """Pairs of which one has about half of the other's smallest shingles."""
        mine, all_of_them = self._both_ways(entries, beyond)
        wanted = self._wanted(mine.later, mine.hot, key_counts)
        for pairs, counts in _counted(mine):
            yield pairs[counts >= _enough(wanted[(pairs >> SHIFT) - self._base])]
        for pairs, counts in _counted(all_of_them):
            yield pairs[counts >= _enough(key_counts(pairs & LOWER))]

    def by_beginnings(self, entries: Packed, beyond: Beyond) -> Iterator[Places]:
        """Pairs of a text and a flash that have one of their first shingles in common."""
        for way in self._both_ways(entries, beyond):
            for pairs, _ in _counted(way):
                yield pairs

    def _both_ways(self, entries: Packed, beyond: Beyond) -> tuple[_Way, _Way]:
        """Marked keys of later texts among all of sooner ones, and all keys among marked ones."""
        ways: tuple[list[_Way], list[_Way]] = ([_NO_WAY], [_NO_WAY])
        first, marked = 0, 0
        for piece in _by_key(entries):
            for way, found, moved in zip(
                ways, self._both_ways_of(piece, beyond), (first, marked), strict=True
            ):
                way.append(found._replace(low=found.low + np.int32(moved)))
            first, marked = first + len(piece), marked + len(ways[1][-1].sooner)
        one, other = (_Way(*map(np.concatenate, zip(*way, strict=True))) for way in ways)
        return one, other

    def _both_ways_of(self, entries: Packed, beyond: Beyond) -> tuple[_Way, _Way]:
        asked, low = self._asked(entries)
        places, marked = place_of(entries).astype(np.int32), is_marked(entries)
        others, marked_others = beyond.of(key_of(entries[asked]))
        mine = marked[asked]
        rows, first = asked[mine], low[mine]
        counts, hot = self._capped(entries[rows], rows - first, others[mine])
        one = _way(places, places[rows], first, counts, hot)
        before = np.concatenate(([0], np.cumsum(marked)))
        counts, hot = self._capped(entries[asked], before[asked] - before[low], marked_others)
        return one, _way(places[marked], places[asked], before[low], counts, hot)

    def _asked(self, entries: Packed) -> tuple[Places, Places]:
        """Entries of own texts, and for each the first entry of its key that it may look back to."""
        starts, lengths = runs(entries)
        low = np.repeat(starts, lengths)
        asked = np.flatnonzero((place_of(entries) >= self._base) & (np.arange(len(entries)) > low))
        low = low[asked]
        if self._since is not None and len(asked):
            since = self._base + self._since[place_of(entries[asked]) - self._base]
            low = np.maximum(low, np.searchsorted(entries, packed(key_of(entries[asked]), since)))
        return asked, low

    def _capped(
        self, entries: Packed, counts: Places, beyond: Places
    ) -> tuple[Places, npt.NDArray[np.bool_]]:
        """How many of so many earlier entries are looked at, and whether the key is hot."""
        hot = counts + beyond > hits.HOT
        if hot.any():
            self._hot_keys += len(np.unique(key_of(entries[hot])))
            self._hot_texts[place_of(entries[hot]) - self._base] = True
        return np.where(hot, np.minimum(counts, hits.HOT_TARGETS), counts), hot

    def _wanted(
        self, places: _Small, hot: npt.NDArray[np.bool_], key_counts: Callable[[Places], Places]
    ) -> Places:
        """For each own text how many keys count: those that are not hot, or all where all are."""
        wanted = np.zeros(self._size, np.int64)
        own = places.astype(np.int64) - self._base
        wanted[own] = key_counts(own + self._base)
        cool = wanted - np.bincount(own[hot], minlength=self._size)
        return np.where(cool > 0, cool, wanted)


def _enough(keys: Places) -> Places:
    """How many smallest shingles of a text another must have: half of a few, more than half of all KEYS.

    A text of which .8 lie in another is missed in three of a hundred cases where it has four keys, in one
    where it has all; one of which .4 do is kept in one of seven.
    """
    return (keys + 1) // 2 + (keys == KEYS)


def _expanded(places: _Some, later: _Some, low: _Some, counts: _Some) -> Iterator[Places]:
    """Pairs of each of `later` with `counts` of `places` from `low` on; sorted, all of a text in a piece."""
    some = np.flatnonzero(counts)
    order = np.sort((later[some].astype(np.int64) << SHIFT) | some) & LOWER
    firsts = np.flatnonzero(np.diff(later[order], prepend=-1))
    if not len(firsts):
        return
    ends = np.append(firsts[1:], len(order))
    for piece in pieces(np.add.reduceat(counts[order], firsts, dtype=np.int64), _PAIRS):
        rows = order[firsts[piece][0] : ends[piece][-1]]
        sooner = places[ranges(low[rows].astype(np.int64), counts[rows])]
        yield np.sort((np.repeat(later[rows].astype(np.int64), counts[rows]) << SHIFT) | sooner)


def _counted(way: _Way) -> Iterator[tuple[Places, Places]]:
    """The pairs of one way, each once, with how often it was there."""
    for pairs in _expanded(way.sooner, way.later, way.low, way.counts):
        firsts = np.flatnonzero(np.diff(pairs, prepend=-1))
        yield pairs[firsts], np.diff(firsts, append=len(pairs))


def unique_pairs(values: Places) -> Places:
    """Each value once, sorted."""
    values = np.sort(values)
    return values[np.diff(values, prepend=-1) > 0]
