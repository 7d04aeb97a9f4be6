"""Merging sorted streams of batches into one, in bounded memory."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa

Key = tuple[Any, ...]


class _Head:
    """The rows of one stream that were read and not yet given out."""

    def __init__(self, stream: Iterator[pa.RecordBatch], group: tuple[str, ...]) -> None:
        self._stream = stream
        self._group = group
        self._parts: list[pa.RecordBatch] = []
        self._keys: list[Key] = []
        self.ended = False
        self.more()

    @property
    def last(self) -> Key:
        return self._keys[-1]

    def __bool__(self) -> bool:
        return bool(self._keys)

    def more(self) -> None:
        """Read on, past empty batches."""
        for batch in self._stream:
            if batch.num_rows:
                self._parts.append(batch)
                columns = [batch.column(name).to_pylist() for name in self._group]
                self._keys.extend(zip(*columns, strict=True))
                return
        self.ended = True

    def below(self, bound: Key | None) -> list[pa.RecordBatch]:
        """Give out the rows whose group sorts before the bound (all rows without one)."""
        count = len(self._keys) if bound is None else bisect_left(self._keys, bound)
        self._keys = self._keys[count:]
        taken = []
        while count:
            part = self._parts[0]
            if part.num_rows <= count:
                taken.append(self._parts.pop(0))
                count -= part.num_rows
            else:
                taken.append(part.slice(0, count))
                self._parts[0] = part.slice(count)
                count = 0
        return taken


def merge(
    streams: list[Iterator[pa.RecordBatch]],
    key: tuple[str, ...],
    group: int = 1,
    doubled: Callable[[int], None] | None = None,
) -> Iterator[pa.RecordBatch]:
    """One stream sorted by key out of streams sorted by key.

    Args:
        streams: each sorted by `key`; where a key stands in several, the first stream's row is kept.
        key: names of the key columns.
        group: rows that agree in so many leading key columns come in one batch.
        doubled: told how many rows were dropped because their key had been seen.
    """
    names = key[:group]
    heads = [head for head in (_Head(stream, names) for stream in streams) if head]
    while heads:
        open_ends = [head.last for head in heads if not head.ended]
        bound = min(open_ends, default=None)
        parts = [(number, part) for number, head in enumerate(heads) for part in head.below(bound)]
        if parts:
            yield _sorted(parts, key, doubled)
        # What is left of a head sorts at the bound or after it; those that end at it must read on.
        for head in heads:
            if not head.ended and (not head or head.last == bound):
                head.more()
        heads = [head for head in heads if head]


def _sorted(
    parts: list[tuple[int, pa.RecordBatch]], key: tuple[str, ...], doubled: Callable[[int], None] | None
) -> pa.RecordBatch:
    table = pa.Table.from_batches([part for _, part in parts])
    if len(parts) > 1:
        # Stable: equal keys keep the order of the streams.
        table = table.sort_by([(name, "ascending") for name in key])
    keys = list(zip(*(table.column(name).to_pylist() for name in key), strict=True))
    keep = [row for row in range(len(keys)) if row == 0 or keys[row] != keys[row - 1]]
    if len(keep) < len(keys):
        if doubled is not None:
            doubled(len(keys) - len(keep))
        table = table.take(pa.array(keep, pa.int64()))
    return one_batch(table)


def one_batch(table: pa.Table) -> pa.RecordBatch:
    """All rows of a table as one batch."""
    batches = table.combine_chunks().to_batches()
    return batches[0] if batches else pa.RecordBatch.from_pylist([], schema=table.schema)
