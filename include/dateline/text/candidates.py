"""Which pairs of texts are worth comparing: found set-wise, by sorted keys, never pair by pair.

The bands of the MinHash find likeness. A text inside a much longer one has another MinHash: it is found by
its smallest shingles, of which the longer one must have about half.

A key is hot for a text where more than HOT earlier texts of its window share it: boilerplate, or a flood of
one notice. Only the earliest HOT_TARGETS of them are compared then: work stays linear, and the first of a
flood is still found. What is hot for a text depends on what is earlier than it in its window, on nothing
else: not on batches, not on the order in which sets come, not on what came later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dateline.errors import ContractBroken
from dateline.text import hits
from dateline.text.hits import (
    Beyond, Filter, Held, Packed, is_small, key_of, packed, pieces, place_of, ranges, runs,
)  # fmt: skip
from dateline.text.shingles import BANDS, Hashes
from dateline.text.sketches import BAND_SHIFT, KEYS, Places, Sketches

PLACE_BITS = 31
"""Of a place among all sets: the upper ones tell the set, the lower ones the place in it."""
# What is worked on at a time: this bounds the memory, and changes no result.
_ENTRIES = 4_000_000
_SAMPLES = 1_000_000
_PAIRS = 500_000

_SHIFT = np.int64(32)
_LOWER = np.int64(0xFFFFFFFF)
_NONE = np.empty(0, np.int64)


class Pairs(NamedTuple):
    """Pairs of texts that may be alike, by the later text and then by the sooner one, each once.

    Args:
        later: places in the own set.
        sets: numbers of the sets that the sooner texts are in.
        sooner: places in those.
    """

    later: Places
    sets: Places
    sooner: Places


class Hot(NamedTuple):
    """Keys that were hot for a text of the own set, and how many of its texts have one."""

    keys: int
    texts: int


class Search:
    """Finds what the texts of one set may be like, among themselves and in earlier sets.

    Held in memory: the sketches of the own set; 20 to 40 bytes a key of it as filters; of earlier sets the
    entries that pass those filters, at most HOT (and HOT_TARGETS where there are more) of a key.

    Args:
        own: the texts for which candidates are wanted.
        earlier: most sets that will be added.
        since: for each place in the own set the first that it may look back to; None for all.
    """

    def __init__(self, own: Sketches, earlier: int = 0, since: Places | None = None) -> None:
        self._own, self._last, self._since = own, earlier, since
        self._bits = PLACE_BITS - earlier.bit_length()
        self._sets: dict[int, tuple[Places, Places]] = {}
        self._bands, self._samples = Held(), Held()
        self._know(earlier, own)
        self._wanted = _Wanted(own) if earlier else None

    def _know(self, number: int, texts: Sketches) -> np.int64:
        if len(texts.texts) and texts.texts[-1] >> self._bits:
            raise ContractBroken(f"a set of {texts.texts[-1] + 1} texts is more than can be searched at once")
        self._sets[number] = texts.texts, np.minimum(texts.counts, KEYS)
        return np.int64(number) << np.int64(self._bits)

    def add(self, number: int, texts: Sketches) -> None:
        """Look through an earlier set; sets may come in any order, each once.

        Args:
            number: its number, from 0: a set with a lower number is earlier.
            texts: its sketches.
        """
        if self._wanted is None or not 0 <= number < self._last or number in self._sets:
            raise ValueError(f"there is no room for a set {number}")
        base = self._know(number, texts)
        flat = texts.bands.ravel()
        found = np.flatnonzero(self._wanted.bands.may_have(flat))
        self._bands.add(packed(flat[found], base + texts.texts[found // BANDS]))
        for keys, places, small in _samples(texts):
            hit = self._wanted.smallest.may_have(keys)
            hit[small] |= self._wanted.samples.may_have(keys[small])
            self._samples.add(packed(keys[hit], base + places[hit], small[hit]))

    def pairs(self) -> tuple[Pairs, Hot]:
        """All candidates, and what was hot."""
        base = np.int64(self._last) << np.int64(self._bits)
        size = int(self._own.texts[-1]) + 1 if len(self._own.texts) else 0
        meeting = _Meeting(base, self._since, size)
        found = [meeting.by_bands(entries, self._bands.beyond) for entries in self._band_entries(base)]
        found.append(meeting.by_samples(self._sample_entries(base), self._samples.beyond, self._key_counts))
        pairs = _distinct(np.concatenate(found))
        later, sooner = (pairs >> _SHIFT) - base, pairs & _LOWER
        number = sooner >> np.int64(self._bits)
        return Pairs(later, number, sooner - (number << np.int64(self._bits))), meeting.hot()

    def _band_entries(self, base: np.int64) -> Iterator[Packed]:
        """The entries of all sets, sorted, some bands at a time."""
        held = self._bands.all()
        most = max(1, _ENTRIES // max(1, len(self._own.texts)))
        for first in range(0, BANDS, most):
            bands = self._own.bands[:, first : first + most]
            own = packed(bands.ravel(), base + np.repeat(self._own.texts, bands.shape[1]))
            here = (key_of(held) >> BAND_SHIFT) // np.uint32(most) == first // most
            yield np.sort(np.concatenate((own, held[here])))

    def _sample_entries(self, base: np.int64) -> Packed:
        """The samples of all sets, sorted, as far as more than one text may have them."""
        held = self._samples.all()
        smallest = [keys[small] for keys, _, small in _samples(self._own)]
        shared = Filter(np.concatenate([*smallest, key_of(held[is_small(held)])]))
        found = [held]
        for keys, places, small in _samples(self._own):
            hit = shared.may_have(keys)
            found.append(packed(keys[hit], base + places[hit], small[hit]))
        entries = np.sort(np.concatenate(found))
        starts, lengths = runs(entries)
        return entries[np.repeat(lengths > 1, lengths)] if len(starts) else entries

    def _key_counts(self, places: Places) -> Places:
        """How many smallest shingles the texts at some places among all sets have."""
        made = np.zeros(len(places), np.int64)
        numbers = places >> np.int64(self._bits)
        for number, sketches in self._sets.items():
            here = np.flatnonzero(numbers == number) if len(self._sets) > 1 else slice(None)
            texts, counts = sketches
            within = places[here] - (np.int64(number) << np.int64(self._bits))
            made[here] = counts[np.searchsorted(texts, within)]
        return made


class _Meeting:
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
        return _distinct(np.concatenate([_NONE, *_expanded(places, later, low, counts)]))

    def by_samples(self, entries: Packed, beyond: Beyond, key_counts: Callable[[Places], Places]) -> Places:
        """Pairs of which one has about half of the other's smallest shingles."""
        asked, low = self._asked(entries)
        places, small = place_of(entries), is_small(entries)
        wholes, parts = beyond.of(key_of(entries[asked]))
        found = [_NONE]
        # The later text lies in the sooner one; hot keys are not asked for where it has others.
        mine = small[asked]
        rows, first = asked[mine], low[mine]
        counts, hot = self._capped(entries[rows], rows - first, wholes[mine])
        wanted = self._wanted(places[rows], hot, key_counts)
        for pairs, hits in _counted(places, places[rows], first, counts):
            found.append(pairs[hits >= _enough(wanted[(pairs >> _SHIFT) - self._base])])
        # The sooner text lies in the later one.
        before = np.concatenate(([0], np.cumsum(small)))
        counts, _ = self._capped(entries[asked], before[asked] - before[low], parts)
        for pairs, hits in _counted(places[small], places[asked], before[low], counts):
            found.append(pairs[hits >= _enough(key_counts(pairs & _LOWER))])
        return np.concatenate(found)

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

    def _capped(self, entries: Packed, counts: Places, beyond: Places) -> tuple[Places, npt.NDArray[np.bool_]]:
        """How many of so many earlier entries are looked at, and whether the key is hot."""
        hot = counts + beyond > hits.HOT
        if hot.any():
            self._hot_keys += len(np.unique(key_of(entries[hot])))
            self._hot_texts[place_of(entries[hot]) - self._base] = True
        return np.where(hot, np.minimum(counts, hits.HOT_TARGETS), counts), hot

    def _wanted(
        self, places: Places, hot: npt.NDArray[np.bool_], key_counts: Callable[[Places], Places]
    ) -> Places:
        """For each own text how many keys count: those that are not hot, or all where all are."""
        wanted = np.zeros(self._size, np.int64)
        wanted[places - self._base] = key_counts(places)
        cool = wanted - np.bincount(places[hot] - self._base, minlength=self._size)
        return np.where(cool > 0, cool, wanted)


def _enough(keys: Places) -> Places:
    """How many of a text's smallest shingles another must have: half of a few, more than half of all KEYS.

    A text of which .8 lie in another is missed in one of a hundred cases by the first rule, for four keys, and
    by the second; one of which .4 do is kept in one of seven.
    """
    return (keys + 1) // 2 + (keys == KEYS)


def _expanded(places: Places, later: Places, low: Places, counts: Places) -> Iterator[Places]:
    """Pairs of each of `later` with `counts` of `places` from `low` on: all of a text in one piece, sorted."""
    some = np.flatnonzero(counts)
    order = some[np.sort((later[some] << _SHIFT) | np.arange(len(some))) & _LOWER]
    firsts = np.flatnonzero(np.diff(later[order], prepend=-1))
    if not len(firsts):
        return
    ends = np.append(firsts[1:], len(order))
    for piece in pieces(np.add.reduceat(counts[order], firsts), _PAIRS):
        rows = order[firsts[piece][0] : ends[piece][-1]]
        sooner = places[ranges(low[rows], counts[rows])]
        yield np.sort((np.repeat(later[rows], counts[rows]) << _SHIFT) | sooner)


def _counted(
    places: Places, later: Places, low: Places, counts: Places
) -> Iterator[tuple[Places, Places]]:
    """As `_expanded`, each pair once, with how often it was there."""
    for pairs in _expanded(places, later, low, counts):
        firsts = np.flatnonzero(np.diff(pairs, prepend=-1))
        yield pairs[firsts], np.diff(firsts, append=len(pairs))


def _samples(texts: Sketches) -> Iterator[tuple[Hashes, Places, npt.NDArray[np.bool_]]]:
    """Keys, the place of the text of each, and whether it is one of the smallest, some texts at a time."""
    ends = np.cumsum(texts.counts)
    for piece in pieces(texts.counts, _SAMPLES):
        counts = texts.counts[piece]
        first = ends[piece][0] - counts[0]
        rank = np.arange(counts.sum()) - np.repeat(ends[piece] - counts - first, counts)
        yield texts.samples[first : ends[piece][-1]], np.repeat(texts.texts[piece], counts), rank < KEYS


def _distinct(values: Places) -> Places:
    values = np.sort(values)
    return values[np.diff(values, prepend=-1) > 0]
