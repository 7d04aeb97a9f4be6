"""Merging sorted streams: nothing lost, nothing split, nothing kept twice."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.edges.lake.merge import merge

ROWS = st.lists(st.tuples(st.sampled_from("abcdé"), st.integers(0, 6)), max_size=30)


def batches(rows: list[tuple[str, int]], size: int, mark: int) -> list[pa.RecordBatch]:
    """Sorted unique rows in batches of some size; `mark` tells the stream."""
    ordered = sorted(set(rows))
    return [
        pa.RecordBatch.from_pydict(
            {
                "a": pa.array([row[0] for row in part], pa.string()),
                "b": pa.array([row[1] for row in part], pa.int64()),
                "mark": pa.array([mark] * len(part), pa.int64()),
            }
        )
        for part in (ordered[at : at + size] for at in range(0, max(len(ordered), 1), size))
    ]


@given(st.lists(ROWS, max_size=4), st.integers(1, 5))
@settings(max_examples=150, deadline=None)
def test_merge_is_the_sorted_union_and_counts_what_it_drops(streams, size):
    dropped: list[int] = []
    made = list(
        merge([iter(batches(rows, size, n)) for n, rows in enumerate(streams)], ("a", "b"), 1, dropped.append)
    )
    keys = [(row["a"], row["b"]) for batch in made for row in batch.to_pylist()]
    assert keys == sorted(set().union(*map(set, streams)) if streams else set())
    assert sum(dropped) == sum(len(set(rows)) for rows in streams) - len(keys)


@given(st.lists(ROWS, max_size=4), st.integers(1, 5))
@settings(max_examples=100, deadline=None)
def test_a_group_is_never_split_over_batches(streams, size):
    made = merge([iter(batches(rows, size, n)) for n, rows in enumerate(streams)], ("a", "b"), 1)
    groups = [group for batch in made for group in set(batch.column("a").to_pylist())]
    assert len(groups) == len(set(groups))


def test_where_a_key_stands_twice_the_first_stream_wins():
    rows = [("a", 1)]
    (batch,) = merge([iter(batches(rows, 1, 7)), iter(batches(rows, 1, 8))], ("a", "b"))
    assert batch.column("mark").to_pylist() == [7]
