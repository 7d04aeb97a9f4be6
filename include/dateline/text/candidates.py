"""Which pairs of texts are worth comparing: found set-wise, by sorted keys, never pair by pair.

The bands of the MinHash find likeness. A text inside a much longer one has another MinHash: it is found by
its smallest shingles, of which the longer one must have about half. A text of a sentence or two is found
where a longer one begins as it does.

A key is hot for a text where more than HOT earlier texts of its window share it: boilerplate, or a flood of
one notice. Only the earliest HOT_TARGETS of them are compared then: work stays linear, and the first of a
flood is still found. What is hot for a text depends on what is earlier than it in its window, on nothing
else: not on batches, not on the order in which sets come, not on what came later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from dateline.errors import ContractBroken
from dateline.text.hits import Filter, Held, Packed, distinct, is_marked, key_of, packed
from dateline.text.meeting import LOWER, SHIFT, Hot, Meeting, unique_pairs
from dateline.text.shingles import BANDS, SHORT
from dateline.text.sketches import BAND_SHIFT, FLASH, Entries, Places, Sketches

PLACE_BITS = 31
"""Of a place among all sets: the upper ones tell the set, the lower ones the place in it."""
_ENTRIES = 400_000
"""Entries sorted at a time: this bounds the memory, and changes no result."""
_NO_KEYS = np.empty(0, np.uint32)


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


class Search:
    """Finds what the texts of one set may be like, among themselves and in earlier sets.

    Held in memory: the sketches of the own set, and filters of 16 to 32 bytes a key of it; of earlier sets
    the entries that pass those filters, at most HOT of a key (HOT_TARGETS where there are more).

    Args:
        own: the texts for which candidates are wanted.
        earlier: most sets that will be added.
        since: for each place in the own set the first that it may look back to; None for all.
    """

    def __init__(self, own: Sketches, earlier: int = 0, since: Places | None = None) -> None:
        self._own, self._last, self._since = own, earlier, since
        self._bits = PLACE_BITS - earlier.bit_length()
        self._sets: dict[int, Sketches] = {}
        self._bands = Held()
        self._kinds = [_Kind(Sketches.parts), _Kind(Sketches.beginnings)]
        self._know(earlier, own)
        if earlier:
            self._wanted = Filter(own.bands.ravel())
            for kind in self._kinds:
                kind.want(own)

    def _know(self, number: int, texts: Sketches) -> np.int64:
        if len(texts.texts) and texts.texts[-1] >> self._bits:
            raise ContractBroken(f"a set of {texts.texts[-1] + 1} texts is more than can be searched at once")
        self._sets[number] = texts
        return np.int64(number) << np.int64(self._bits)

    def add(self, number: int, texts: Sketches) -> None:
        """Look through an earlier set; sets may come in any order, each once.

        Args:
            number: its number, from 0: a set with a lower number is earlier.
            texts: its sketches.
        """
        if not 0 <= number < self._last or number in self._sets:
            raise ValueError(f"there is no room for a set {number}")
        base = self._know(number, texts)
        bands = texts.bands.ravel()
        found = np.flatnonzero(self._wanted.may_have(bands))
        self._bands.add(packed(bands[found], base + texts.signed[found // BANDS]))
        for kind in self._kinds:
            kind.add(texts, base)
        self._sets[number] = replace(texts, bands=_NO_KEYS, samples=_NO_KEYS, openings=_NO_KEYS)

    def pairs(self) -> tuple[Pairs, Hot]:
        """All candidates, and what was hot."""
        base = np.int64(self._last) << np.int64(self._bits)
        size = int(self._own.texts[-1]) + 1 if len(self._own.texts) else 0
        meeting = Meeting(base, self._since, size)
        found = [meeting.by_bands(entries, self._bands.beyond) for entries in self._band_entries(base)]
        parts, beginnings = self._kinds
        found += meeting.by_parts(parts.entries(self._own, base), parts.held.beyond, self._key_counts)
        for pairs in meeting.by_beginnings(beginnings.entries(self._own, base), beginnings.held.beyond):
            lengths = np.sort([self._lengths(pairs >> SHIFT), self._lengths(pairs & LOWER)], axis=0)
            found.append(pairs[(lengths[0] < np.minimum(lengths[1], FLASH)) & (lengths[1] >= SHORT)])
        pairs = unique_pairs(np.concatenate(found))
        later, sooner = (pairs >> SHIFT) - base, pairs & LOWER
        number = sooner >> np.int64(self._bits)
        return Pairs(later, number, sooner - (number << np.int64(self._bits))), meeting.hot()

    def _band_entries(self, base: np.int64) -> Iterator[Packed]:
        """The entries of all sets, sorted, some bands at a time."""
        held = self._bands.all()
        signed = self._own.signed
        most = max(1, _ENTRIES // max(1, len(signed)))
        for first in range(0, BANDS, most):
            bands = self._own.bands[:, first : first + most]
            own = packed(bands.ravel(), base + np.repeat(signed, bands.shape[1]))
            here = (key_of(held) >> BAND_SHIFT) // np.uint32(most) == first // most
            yield np.sort(np.concatenate((own, held[here])))

    def _lengths(self, places: Places) -> Places:
        """Shingles of the texts at some places among all sets."""
        return self._of_sets(places, lambda texts: texts.length_at)

    def _key_counts(self, places: Places) -> Places:
        """How many smallest shingles the texts at some places among all sets have."""
        return self._of_sets(places, lambda texts: texts.key_count_at)

    def _of_sets(self, places: Places, told: Callable[[Sketches], Places]) -> Places:
        """What each set tells of its places, for some places among all sets."""
        if len(self._sets) == 1:
            ((number, texts),) = self._sets.items()
            return told(texts)[places - (np.int64(number) << np.int64(self._bits))]
        made = np.zeros(len(places), np.int64)
        numbers = places >> np.int64(self._bits)
        for number, texts in self._sets.items():
            here = np.flatnonzero(numbers == number)
            made[here] = told(texts)[places[here] - (np.int64(number) << np.int64(self._bits))]
        return made


class _Kind:
    """Keys of which those of one text that are marked are looked for among all keys of another.

    Args:
        entries: the keys of some texts.
    """

    def __init__(self, entries: Callable[[Sketches], Iterator[Entries]]) -> None:
        self._entries, self.held = entries, Held()

    def want(self, own: Sketches) -> None:
        """Prepare for earlier sets."""
        pieces = list(self._entries(own))
        self._all = Filter(np.concatenate([_NO_KEYS, *(some.keys for some in pieces)]))
        self._marked = Filter(np.concatenate([_NO_KEYS, *(some.keys[some.marked] for some in pieces)]))

    def add(self, texts: Sketches, base: np.int64) -> None:
        """Hold what an earlier set has in common with the own one."""
        for keys, places, marked in self._entries(texts):
            hit = self._marked.may_have(keys)
            hit[marked] |= self._all.may_have(keys[marked])
            self.held.add(packed(keys[hit], base + places[hit], marked[hit]))

    def entries(self, own: Sketches, base: np.int64) -> Packed:
        """The entries of all sets, sorted, as far as more than one text may have them."""
        held = self.held.all()
        marked = [some.keys[some.marked] for some in self._entries(own)]
        shared = Filter(np.concatenate([*marked, key_of(held[is_marked(held)])]))
        found = [held]
        for keys, places, mine in self._entries(own):
            hit = shared.may_have(keys)
            found.append(packed(keys[hit], base + places[hit], mine[hit]))
        entries = distinct(np.concatenate(found))
        keys = key_of(entries)
        again = keys[1:] == keys[:-1]
        is_shared = np.zeros(len(entries), np.bool_)
        is_shared[1:] = again
        is_shared[:-1] |= again
        return entries[is_shared]
