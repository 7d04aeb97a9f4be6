"""Collects the rows that an intake step makes, sorted by day and key, in bounded memory."""

from __future__ import annotations

import ctypes
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dateline.contract import Contract
from dateline.edges.lake.merge import merge, one_batch
from dateline.edges.lake.partitions import Day
from dateline.errors import LakeError

HELD_BYTES = 32 * 1024 * 1024
"""Rows held in memory before a sorted run is spilled to disk; sorting takes twice that beside them."""
_PREFIX = "dateline-spool-"
_DAY = "__day"
_UNKNOWN = -(2**31)


class Spool:
    """Takes batches in any order; gives, for each day, its rows sorted by key.

    A key that was added twice is kept once (an archive may hold one file under two names).
    """

    def __init__(self, contract: Contract, held_bytes: int = HELD_BYTES) -> None:
        self._contract = contract
        self._limit = held_bytes
        self._held: list[pa.RecordBatch] = []
        self._bytes = 0
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._runs: list[Path] = []
        self.rows = 0
        self.doubled = 0
        self.spilled = 0

    def add(self, batch: pa.RecordBatch) -> None:
        """Take rows that keep the contract; types are checked here, values when they are written.

        Raises:
            LakeError: there is no room to sort them.
        """
        if self._contract.day is None:
            raise ValueError(f"{self._contract.name} has no rule for its day")
        checked = self._contract.check_types(batch)
        day: Any = self._contract.day(checked)
        number: Any = pc.fill_null(day.cast(pa.int32()), _UNKNOWN)
        self._held.append(
            pa.RecordBatch.from_arrays([number, *checked.columns], names=[_DAY, *self._contract.names])
        )
        self.rows += batch.num_rows
        self._bytes += batch.nbytes
        if self._bytes > self._limit:
            self._spill()

    def days(self) -> Iterator[tuple[Day, Iterator[pa.RecordBatch]]]:
        """Each day with its sorted batches; read them before going on to the next day."""
        streams = [_read_run(path) for path in self._runs]
        if self._held:
            streams.append(iter([self._sorted()]))
        key = (_DAY, *self._contract.key)
        merged = merge(streams, key, group=len(key), doubled=self._count)
        pieces = (piece for batch in merged for piece in self._by_day(batch))
        for number, group in groupby(pieces, key=lambda piece: piece[0]):
            day = None if number == _UNKNOWN else pa.scalar(number, pa.int32()).cast(pa.date32()).as_py()
            yield day, (batch for _, batch in group)

    def _written(self, run: pa.RecordBatch) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix=_PREFIX)
        path = Path(self._folder.name) / f"{len(self._runs)}.arrow"
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, run.schema) as writer:
            for start in range(0, run.num_rows, 64):
                writer.write_batch(run.slice(start, 64))
        return path

    def close(self) -> None:
        """Remove what was spilled."""
        if self._folder is not None:
            self._folder.cleanup()

    def _count(self, rows: int) -> None:
        self.doubled += rows

    def _by_day(self, batch: pa.RecordBatch) -> Iterator[tuple[int, pa.RecordBatch]]:
        numbers: Any = batch.column(0)
        rows = batch.select(self._contract.names).cast(self._contract.schema)
        for number in pc.unique(numbers).to_pylist():
            first = pc.index(numbers, number).as_py()
            count = pc.equal(numbers, number).true_count
            yield number, rows.slice(first, count)

    def _sorted(self) -> pa.RecordBatch:
        keys: list[Any] = [(name, "ascending") for name in (_DAY, *self._contract.key)]
        return one_batch(pa.Table.from_batches(self._held).sort_by(keys))

    def _spill(self) -> None:
        run = self._sorted()
        try:
            self._runs.append(self._written(run))
        except OSError as error:
            raise LakeError(
                f"{tempfile.gettempdir()}, where rows are sorted, can't be written: {error}; "
                "make room there, or set TMPDIR"
            ) from error
        self.spilled += run.num_rows
        self._held, self._bytes = [], 0
        del run
        _give_back()


def _give_back() -> None:
    """Give freed memory back to the system, where the C library can do so (glibc).

    Bodies come in between small things that live longer, so that what they leave behind is not given back by
    itself: a poll of 20,000 pages would hold twice the memory of one of 5,000.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def sweep_spools(older_than: float) -> None:
    """Remove what killed runs have spilled on this machine; `older_than` in seconds since 1970."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            newest = max(entry.stat().st_mtime for entry in (folder, *folder.iterdir()))
            if newest < older_than:
                shutil.rmtree(folder)


def _read_run(path: Path) -> Iterator[pa.RecordBatch]:
    # Not mapped: pages of a map count as memory until the whole file has been read.
    with pa.OSFile(str(path), "rb") as source, pa.ipc.open_file(source) as reader:
        for number in range(reader.num_record_batches):
            yield reader.get_batch(number)
