"""A lake: datasets by name and day, batches by receipt, derived days by footer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds

from dateline.contract import Contract
from dateline.contracts import contract
from dateline.edges.lake import receipts
from dateline.edges.lake.digests import RowDigest
from dateline.edges.lake.files import FileFacts, read_file, read_rows, read_upgraded, write_file
from dateline.edges.lake.footers import Footer, read_footer, require_version
from dateline.edges.lake.merge import merge
from dateline.edges.lake.partitions import Day, day_name, is_day, parse_day, sort_key
from dateline.edges.lake.receipts import Receipt
from dateline.edges.lake.spool import Spool
from dateline.edges.lake.store import Store, open_store
from dateline.errors import BatchMoved, Damaged
from dateline.pipeline import DERIVED_DATASETS, INTAKE_DATASETS, NULL_PARTITION

PART = "part.parquet"
MERGED_ROWS = 2048
"""Rows that are read ahead of all the files of a day together, however many they are."""
_DERIVED = re.compile(rf"[a-z]+/date=(\d{{4}}-\d\d-\d\d|{NULL_PARTITION})/part\.parquet")


@dataclass(frozen=True)
class Staged:
    """A derived day, written and not yet in place."""

    file: Path
    path: str
    footer: Footer


class Lake:
    """The only reader and writer of Parquet.

    Args:
        store: where the bytes lie.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    @classmethod
    def open(cls, uri: str, *, create: bool = True) -> Lake:
        """The lake at a folder or URI.

        Raises:
            UsageError: the URI is not understood.
            LakeError: it can't be written.
        """
        return cls(open_store(uri, create=create))

    # Batches of intake

    def write_batch(
        self, spool: Spool, made: Contract, batch: str, versions: dict[str, Any]
    ) -> list[FileFacts]:
        """Write a spool as one file a day, `DATASET/date=D/B-DIGEST.parquet`."""
        facts = []
        for day, batches in spool.days():
            folder = f"{made.name}/date={day_name(day)}"
            staged, footer, sha256 = write_file(
                self.store, made, folder, batches, versions=versions, inputs={}
            )
            path = f"{folder}/{batch}-{sha256[:16]}.parquet"
            self.store.publish(staged, path)
            rows = RowDigest.parse(footer.row_digest).rows
            facts.append(
                FileFacts(made.name, day_name(day), path, rows, sha256, footer.row_digest, made.version)
            )
        return facts

    def receipt(self, step: str, batch: str) -> Receipt | None:
        """The receipt of a batch, None if the step has not been done."""
        return receipts.read_receipt(self.store, step, batch)

    def receipts(self, step: str) -> Iterator[Receipt]:
        """All receipts of an intake step, by B."""
        return receipts.read_receipts(self.store, step)

    def has(self, file: FileFacts) -> bool:
        """Whether a file that a receipt lists is there."""
        return self.store.exists(file.path)

    def write_receipt(self, receipt: Receipt, before: Receipt | None) -> None:
        """Switch a batch to what the receipt lists, in one move.

        Args:
            before: the receipt that it takes the place of, as it was read before the work; None for none.

        Raises:
            BatchMoved: another run has written a receipt since: what it lists must not be lost. Or a file
                that this one lists is not there.
        """
        for file in receipt.files:
            if not self.has(file):
                # Another run has taken it for an orphan: its clock is far ahead of ours, or something was
                # forgotten since.
                raise BatchMoved(f"{file.path} has vanished while its batch was taken in; take it in again")
        if self.receipt(receipt.step, receipt.batch) != before:
            raise BatchMoved(f"{receipt.id} was taken in meanwhile by another run; run it again")
        receipts.write_receipt(self.store, receipt)

    def read_facts(
        self,
        file: FileFacts,
        columns: list[str] | None = None,
        rows: int | None = None,
        key: str | None = None,
    ) -> Iterator[pa.RecordBatch]:
        """The rows of a file that a receipt lists, in batches of at most `rows`; with a `key` (of its first
        column), those that lie near it.

        Raises:
            LakeError: the file is gone.
        """
        return read_file(self._local(file.path), contract(file.dataset), columns, rows, key)

    def day_files(self, dataset: str) -> dict[Day, list[FileFacts]]:
        """The files of an intake dataset by day, in the order of their batches.

        Raises:
            OtherSchema: one was written under another version of its contract.
        """
        found: dict[Day, list[FileFacts]] = {}
        steps = ("fetch", "clean") if dataset == "rejects" else _STEP_OF[dataset]
        for step in steps:
            for receipt in self.receipts(step):
                for file in receipt.of(dataset):
                    require_version(contract(dataset), file.schema_version, file.path)
                    found.setdefault(parse_day(file.day), []).append(file)
        return found

    def merged(
        self, files: list[FileFacts], doubled: Callable[[int], None] | None = None
    ) -> Iterator[pa.RecordBatch]:
        """Rows of some files of one dataset, sorted by key; a key's rows of one article come together."""
        if not files:
            return iter(())
        made = contract(files[0].dataset)
        ahead = max(16, MERGED_ROWS // len(files))
        return merge([self.read_facts(file, rows=ahead) for file in files], made.key, 1, doubled)

    # Derived days

    def stage_day(
        self,
        made: Contract,
        day: Day,
        batches: Iterable[pa.RecordBatch],
        *,
        versions: dict[str, Any],
        inputs: dict[str, dict[str, str]],
        each_row: Callable[[pa.RecordBatch, list[bytes]], None] | None = None,
    ) -> Staged:
        """Write a derived day beside its place; `publish` puts it in."""
        folder = f"{made.name}/date={day_name(day)}"
        file, footer, _ = write_file(
            self.store, made, folder, batches, versions=versions, inputs=inputs, each_row=each_row
        )
        return Staged(file, f"{folder}/{PART}", footer)

    def publish(self, staged: Staged) -> None:
        """Put a staged day in place: readers see the old day or the new one, never a part."""
        self.store.publish(staged.file, staged.path)

    def footer(self, dataset: str, day: Day) -> Footer | None:
        """What a derived day says of itself; None if it does not exist."""
        try:
            return read_footer(self.store.local(self._part(dataset, day)))
        except FileNotFoundError:
            return None

    def days(self, dataset: str) -> list[Day]:
        """The days a derived dataset has, the null partition last."""
        matches = map(_DERIVED.fullmatch, self.store.list(dataset))
        # A name that is no real day (`date=2026-13-45`) is a stray, as any other strange name is.
        found = {match[1] for match in matches if match and is_day(match[1])}
        return sorted(map(parse_day, found), key=sort_key)

    def has_receipts(self) -> bool:
        """Whether anything was ever taken in."""
        return any(True for _ in receipts.batches(self.store, "fetch"))

    def read_day(self, dataset: str, day: Day, columns: list[str] | None = None) -> Iterator[pa.RecordBatch]:
        """The rows of a derived day, sorted by key; none if it does not exist."""
        try:
            path = self.store.local(self._part(dataset, day))
        except FileNotFoundError:
            return iter(())
        return read_file(path, contract(dataset), columns)

    def read_rows(self, dataset: str, day: Day, columns: list[str], rows: list[int]) -> pa.Table:
        """Some rows of a derived day, by their numbers from 0, which rise."""
        return read_rows(self._local(self._part(dataset, day)), contract(dataset), columns, rows)

    def read_upgraded(self, dataset: str, day: Day) -> Iterator[pa.RecordBatch]:
        """As `read_day`, but a day of an older version comes as it would be in the present one."""
        try:
            path = self.store.local(self._part(dataset, day))
        except FileNotFoundError:
            return iter(())
        return read_upgraded(path, contract(dataset))

    def require_current(self, *, derived: bool = True) -> None:
        """Nothing, if every file that is listed keeps the present version of its contract.

        Args:
            derived: look at derived days as well; not where they are about to be made again.

        Raises:
            OtherSchema: one does not; names the file and says what to do.
        """
        for step in ("fetch", "clean"):
            for receipt in self.receipts(step):
                for file in receipt.files:
                    require_version(contract(file.dataset), file.schema_version, file.path)
        for dataset in (*(DERIVED_DATASETS if derived else ()), "changes"):
            for path in self._paths(dataset):
                found = read_footer(self.store.local(path))
                require_version(contract(dataset), found.schema_version, path)

    def remove_day(self, dataset: str, day: Day) -> None:
        """Take a derived day away."""
        self.store.delete(self._part(dataset, day))

    # For readers

    def dataset(
        self,
        name: str,
        columns: list[str] | None = None,
        start: date | None = None,
        end: date | None = None,
    ) -> pa.Table:
        """A table of a dataset's days from `start` to `end`, both included, with a column `date`.

        Args:
            name: a dataset of the pipeline.
            columns: the columns wanted; all where not given. `date` is always there, null for the
                null partition (which only an unbounded read has).
        """
        made = contract(name)
        paths = [path for path in self._paths(name) if _within(path, start, end)]
        wanted = [*(columns or made.names), "date"]
        schema = pa.schema([*made.schema, pa.field("date", pa.date32())])
        if not paths:
            return schema.empty_table().select(wanted)
        hive = ds.partitioning(pa.schema([("date", pa.date32())]), flavor="hive")
        files = [str(self.store.local(path)) for path in paths]
        found = ds.dataset(
            files, schema=schema, format="parquet", partitioning=hive,
            partition_base_dir=str(self.store.local(paths[0]).parents[1]),
        )  # fmt: skip
        return found.to_table(columns=wanted)

    def _paths(self, name: str) -> list[str]:
        if name in DERIVED_DATASETS:
            return [self._part(name, day) for day in self.days(name)]
        if name in INTAKE_DATASETS:
            days = self.day_files(name)
            return [file.path for day in sorted(days, key=sort_key) for file in days[day]]
        return [path for path in self.store.list(name) if path.endswith(".parquet")]

    def _part(self, dataset: str, day: Day) -> str:
        return f"{dataset}/date={day_name(day)}/{PART}"

    def _local(self, path: str) -> Path:
        try:
            return self.store.local(path)
        except FileNotFoundError as error:
            raise Damaged(
                f"the file {path} is listed by a receipt and is gone from {self.store.uri}"
            ) from error


_STEP_OF = {"captures": ("fetch",), "attempts": ("fetch",), "documents": ("clean",)}


def _within(path: str, start: date | None, end: date | None) -> bool:
    day = parse_day(path.split("/")[1].removeprefix("date="))
    if day is None:
        return start is None and end is None
    return (start is None or day >= start) and (end is None or day <= end)
