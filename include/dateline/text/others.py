"""Which texts a text is like by its shingles, counted for many pairs at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from dateline.text.compare import Limits, may_be_alike
from dateline.text.hits import pieces
from dateline.text.ragged import Lists
from dateline.text.shingles import PERMUTATIONS
from dateline.text.sketches import FLASH, Places
from dateline.text.texts import Texts

Flags = npt.NDArray[np.bool_]

_HALF = np.int64(32)
_PIECE = 65_536
"""Pairs whose MinHashes are compared at a time: bounds the memory, changes no result."""
_VALUES = 65_536
"""Values of lists that are compared at a time: what lies in a processor's cache is quicker."""
DOUBT = 3
"""Standard deviations of the estimate that are left to doubt: one pair in 700 is missed of those that are
just like enough, one in tens of thousands of all that are."""


class Others:
    """Which texts a text is like, by the shingles that both have.

    Args:
        pairs: (later << 32) | sooner of each pair, sorted.
        common: shingles that both have.
        count: how many texts there are.
    """

    def __init__(self, pairs: Places, common: Places, count: int) -> None:
        self._sooner, self._common = pairs & np.int64(0xFFFFFFFF), common
        self._starts = np.searchsorted(pairs, np.arange(count + 1) << _HALF)
        self.has_any: Flags = np.diff(self._starts) > 0

    @classmethod
    def of(cls, texts: Texts, later: Places, sooner: Places, limits: Limits) -> Others:
        """From all pairs of first texts of a content that may be alike."""
        found = [_alike(texts, *some, limits) for some in _split(later, sooner)]
        none = np.zeros(0, np.int64), np.zeros(0, np.int64)
        pairs, common = (np.concatenate(parts) for parts in zip(none, *found, strict=True))
        order = np.argsort(pairs)
        return cls(pairs[order], common[order], len(texts))

    def __getitem__(self, place: int) -> Iterator[tuple[int, int]]:
        """Each text that the one at `place` is like, and how many shingles both have; earliest first.

        Texts are told by the first of their content on its day.
        """
        here = slice(self._starts[place], self._starts[place + 1])
        return zip(self._sooner[here].tolist(), self._common[here].tolist(), strict=True)


def _split(later: Places, sooner: Places) -> list[tuple[Places, Places]]:
    bounds = range(0, len(later), _PIECE)
    return [(later[start : start + _PIECE], sooner[start : start + _PIECE]) for start in bounds]


def _alike(texts: Texts, later: Places, sooner: Places, limits: Limits) -> tuple[Places, Places]:
    """The arguments of `Others`, for some pairs of which those are kept that are alike by their shingles."""
    kept = _may_be_alike(texts, later, sooner, limits)
    later, sooner = later[kept], sooner[kept]
    common, counts = _common(texts, later, sooner), texts.shingles.counts
    kept = np.asarray(may_be_alike(common, counts[later], counts[sooner], limits), np.bool_)
    later, sooner, common = later[kept], sooner[kept], common[kept]
    # Words that came first may come again that day after the other text had them.
    again = (texts.days[later] == texts.days[sooner]) & (texts.contents_of.following[sooner] >= 0)
    pairs = np.concatenate(((later << _HALF) | sooner, (sooner[again] << _HALF) | later[again]))
    return pairs, np.append(common, common[again])


def _common(texts: Texts, later: Places, sooner: Places) -> Places:
    """How many shingles pairs of texts have in common; of equal texts one speaks for all."""
    contents = texts.contents_of.codes
    some, others = contents[later], contents[sooner]
    pairs = (np.minimum(some, others) << _HALF) | np.maximum(some, others)
    _, firsts, numbers = np.unique(pairs, return_index=True, return_inverse=True)
    made: Places = shared_counts(texts.shingles, later[firsts], sooner[firsts])[numbers]
    return made


def _may_be_alike(texts: Texts, later: Places, sooner: Places, limits: Limits) -> Flags:
    """Whether pairs of texts may be alike, by the estimate of their MinHashes.

    Errs towards yes: what is told apart lies DOUBT standard deviations below what counts.
    A flash is never told apart: its likeness is not measured by shingles alone.
    """
    some, others = texts.shingles.counts[later], texts.shingles.counts[sooner]
    least = np.minimum(some, others)
    made = least < FLASH
    long = np.flatnonzero(~made)
    some, others, least = some[long], others[long], least[long]
    part = limits.contained * least
    wanted = np.minimum(limits.near, part / (some + others - part))
    deviation = np.sqrt(wanted * (1 - wanted) / np.minimum(least, PERMUTATIONS))
    found = (texts.prints_of(later[long]) == texts.prints_of(sooner[long])).sum(axis=1) / PERMUTATIONS
    made[long] = found >= wanted - DOUBT * deviation
    return made


def shared_counts(lists: Lists, some: Places, others: Places) -> Places:
    """How many values pairs of lists of distinct values have in common."""
    lengths = lists.counts[some] + lists.counts[others]
    order = np.argsort(lengths)
    made = np.zeros(len(some), np.int64)
    # Rows are as wide as the longest of them: those of one piece are less than twice as long as each other.
    doubled = np.flatnonzero(np.diff(np.frexp(lengths[order])[1])) + 1
    for alike in np.split(order, doubled):
        for piece in pieces(lengths[alike], _VALUES):
            chosen = alike[piece]
            made[chosen] = _repeats(lists, some[chosen], others[chosen], lengths[chosen])
    return made


def _repeats(lists: Lists, some: Places, others: Places, lengths: Places) -> Places:
    """How many values stand twice in two lists together, for pairs of about the same lengths, the longest
    last: each pair is a row that is sorted, and what is behind its end does not count."""
    width = int(lengths[-1])
    if not width:
        return np.zeros(len(some), np.int64)
    kind: Any = lists[int(some[-1])].dtype
    greatest = np.iinfo(kind).max
    rows = np.full((len(some), width), greatest, kind)
    counts = zip(lists.counts[some].tolist(), lengths.tolist(), strict=True)
    both = zip(rows, counts, lists.each(some), lists.each(others), strict=True)
    for row, (middle, end), mine, theirs in both:
        row[:middle] = mine
        row[middle:end] = theirs
    rows.sort(axis=1)
    found = (rows[:, 1:] == rows[:, :-1]).sum(axis=1, dtype=np.int32)
    # What fills a row up equals itself, and a last value that is the greatest there is.
    last = rows[np.arange(len(rows)), np.maximum(lengths, 1) - 1]
    is_greatest = (last == greatest) & (lengths > 0)
    return np.where(lengths < width, found - (width - lengths - 1) - is_greatest, found)
