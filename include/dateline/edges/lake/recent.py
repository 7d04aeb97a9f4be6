"""Days that were read lately: whoever goes through days in order looks back at the same ones again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pyarrow as pa

from dateline.edges.lake.lake import Lake
from dateline.edges.lake.partitions import Day

HELD_BYTES = 64 * 1024 * 1024
"""Rows that are held at most; a day that is larger than a quarter of this is read each time."""


class RecentDays:
    """Reads a derived dataset by day, and holds what it has read while there is room.

    Args:
        lake: read.
        dataset: one that nobody writes meanwhile, but a day that was put in place anew is seen.
        columns: those wanted; all where not given.
        held_bytes: the room.
    """

    def __init__(
        self, lake: Lake, dataset: str, columns: list[str] | None = None, held_bytes: int = HELD_BYTES
    ) -> None:
        self._lake = lake
        self._columns = columns
        self._dataset = dataset
        self._limit = held_bytes
        self._held: dict[Day, tuple[str, list[pa.RecordBatch]]] = {}
        self.bytes = 0

    def read(self, day: Day) -> Iterator[pa.RecordBatch]:
        """The rows of a day, as `Lake.read_day` gives them."""
        footer = self._lake.footer(self._dataset, day)
        digest = footer.row_digest if footer else ""
        known = self._held.get(day)
        if known is not None and known[0] == digest:
            yield from known[1]
            return
        self._drop(day)
        kept: list[pa.RecordBatch] | None = []
        for batch in self._lake.read_day(self._dataset, day, self._columns):
            yield batch
            if kept is not None:
                kept.append(batch)
                if _bytes(kept) > self._limit // 4:
                    kept = None
        if kept is not None:
            self._held[day] = digest, kept
            self.bytes += _bytes(kept)
            while self.bytes > self._limit:
                # The earliest day is the first to fall out of the window.
                self._drop(min(self._held, key=lambda held: held or date.min))

    def _drop(self, day: Day) -> None:
        _, batches = self._held.pop(day, ("", []))
        self.bytes -= _bytes(batches)


def _bytes(batches: list[pa.RecordBatch]) -> int:
    return sum(batch.nbytes for batch in batches)
