"""What making a derived day needs besides the step: its documents, the hashes of its rows, what is done about
a day that readers see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pyarrow as pa

from dateline.edges.lake import Lake
from dateline.edges.lake.files import FileFacts
from dateline.edges.lake.lake import Staged


class Publication(NamedTuple):
    """What is done about a day that readers see: its sums, the row of `changes`, counts for the log."""

    check: Callable[[], None]
    tell: Callable[[Staged, dict[str, bytes]], None]
    told: Callable[[], dict[str, int]]


class DocumentReader:
    """Reads the documents of a day, counting those that overlapping batches hold twice."""

    def __init__(self, lake: Lake, files: list[FileFacts]) -> None:
        self._lake = lake
        self._files = files
        self.doubled = 0

    def documents(self) -> Iterator[pa.RecordBatch]:
        self.doubled = 0
        return self._lake.merged(self._files, self._count)

    def _count(self, rows: int) -> None:
        self.doubled += rows


class RowHashes:
    """Remembers the hash of each row by article, where a publication must tell what changed."""

    def __init__(self, wanted: bool) -> None:
        self._wanted = wanted
        self.of: dict[str, bytes] = {}

    def add(self, batch: pa.RecordBatch, hashes: list[bytes]) -> None:
        if self._wanted:
            articles: list[Any] = batch.column("article_id").to_pylist()
            self.of.update(zip(articles, hashes, strict=True))
