"""Shared values of many pairs of lists at once: against sets, pair by pair."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.others import shared_counts
from dateline.text.ragged import Lists, Ragged

GREATEST = 2**32 - 1
VALUES = st.sets(st.integers(0, 12) | st.just(GREATEST), max_size=10)


def lists_of(values: list[set[int]], parts: int) -> Lists:
    """The lists in several arrays, told in their reverse order."""
    split = np.array_split(np.arange(len(values)), parts)
    made = []
    for some in split:
        rows = [np.array(sorted(values[row]), np.uint32) for row in some]
        starts = np.cumsum([0, *map(len, rows)])
        made.append(Ragged(np.concatenate([np.empty(0, np.uint32), *rows]), starts))
    return Lists(made, np.arange(len(values))[::-1])


@given(values=st.lists(VALUES, min_size=1, max_size=9), parts=st.integers(1, 3), piece=st.integers(1, 40))
def test_shared_values_are_those_of_sets(values: list[set[int]], parts: int, piece: int) -> None:
    lists, told = lists_of(values, parts), values[::-1]
    some, others = (places.ravel() for places in np.meshgrid(range(len(values)), range(len(values))))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dateline.text.others._VALUES", piece)
        found = shared_counts(lists, some, others)
    assert found.tolist() == [
        len(told[one] & told[other]) for one, other in zip(some.tolist(), others.tolist(), strict=True)
    ]
    assert [set(lists[place].tolist()) for place in range(len(values))] == told


def test_no_pairs_share_nothing() -> None:
    none = np.zeros(0, np.int64)
    assert shared_counts(lists_of([{1}], 1), none, none).tolist() == []
