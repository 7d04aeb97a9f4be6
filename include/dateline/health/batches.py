"""Intake: every receipt, every file that it lists, and the sums between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dateline.contract import KeyOrder
from dateline.contracts import contract
from dateline.days import Days
from dateline.edges.lake.digests import RowDigest
from dateline.edges.lake.files import FileFacts, sha256_of
from dateline.edges.lake.footers import read_footer, require_version
from dateline.edges.lake.partitions import day_name, parse_day
from dateline.edges.lake.receipts import Receipt, batches
from dateline.errors import DatelineError, NewerSchema, OtherSchema, SumsDoNotAdd
from dateline.health import advice
from dateline.health.finding import BROKEN, DIRTY, STALE, Finding, Looked
from dateline.sums import check_clean, equal

Watch = Callable[[pa.RecordBatch], None]


def of_batches(days: Days, looked: Looked) -> Iterator[Finding]:
    """What is not as it should be in the batches of intake; reads every row of theirs."""
    store = days.lake.store
    listed = {batch for step in ("fetch", "clean") for batch in batches(store, step)}
    for batch in sorted(listed):
        receipts: dict[str, Receipt | None] = {}
        damaged: dict[str, DatelineError] = {}
        for step in ("fetch", "clean"):
            try:
                receipts[step] = days.lake.receipt(step, batch)
            except DatelineError as error:
                damaged[step] = error
        known = next((one.id for one in receipts.values() if one), None)
        for step, damage in damaged.items():
            yield Finding(BROKEN, f"{damage}; {advice.of_receipt(step, known)}")
        if len(receipts) == 2:
            yield from _Batch(days, looked, receipts["fetch"], receipts["clean"]).findings()
    for (dataset, version), files in sorted(looked.older.items()):
        yield Finding(
            STALE,
            f"{files} files of {dataset} in {store.uri} were written under version {version}, this dateline "
            f"keeps {contract(dataset).version}: run `dateline migrate`",
        )


def _strings(column: pa.Array) -> list[str]:
    found: list[Any] = column.to_pylist()
    return found


class _Batch:
    """One batch: what was fetched of it and what was made of that."""

    def __init__(self, days: Days, looked: Looked, fetched: Receipt | None, cleaned: Receipt | None) -> None:
        self._days = days
        self._looked = looked
        self._fetched = fetched
        self._cleaned = cleaned
        self._captures: set[str] = set()
        self._unseen: set[str] = set()
        self._strangers: dict[str, str] = {}

    def findings(self) -> Iterator[Finding]:
        whole = True
        for receipt in filter(None, (self._fetched, self._cleaned)):
            for file in receipt.files:
                for finding in self._file(receipt, file):
                    whole = False
                    yield finding
        # Sums over files that are damaged would only say the same again.
        if self._fetched and whole:
            yield from self._fetch_sums(self._fetched)
        if self._cleaned and whole:
            yield from self._clean_sums(self._cleaned)
            yield from self._links()
        yield from self._versions()

    def _file(self, receipt: Receipt, file: FileFacts) -> Iterator[Finding]:
        """A file that a receipt lists: there, whole, in order, with the digests that were written down."""
        self._looked.files += 1
        made = contract(file.dataset)
        if not self._days.lake.has(file):
            told = advice.of_file(receipt, file, gone=True)
            where = self._days.lake.store.uri
            yield self._broken(file, f"{file.path} is listed by a receipt and is gone from {where}; {told}")
            return
        told = advice.of_file(receipt, file, gone=False)
        try:
            require_version(made, file.schema_version, file.path)
            for fault in self._faults(file):
                yield self._broken(file, f"{file.path} {fault}; {told}")
        except NewerSchema as error:
            yield self._broken(file, str(error))
        except OtherSchema:
            self._looked.older[file.dataset, file.schema_version] += 1
        except DatelineError as error:
            yield self._broken(file, f"{error}; {told}")

    def _broken(self, file: FileFacts, what: str) -> Finding:
        if file.dataset == "documents":
            self._looked.unsure.add(parse_day(file.day))
        return Finding(BROKEN, what)

    def _faults(self, file: FileFacts) -> Iterator[str]:
        made, watch = contract(file.dataset), self._watch(file.dataset)
        order, digest, astray = KeyOrder(made), RowDigest(), False
        for batch in self._days.lake.read_facts(file):
            digest += RowDigest.of([order.check(batch)])
            self._looked.rows += batch.num_rows
            if made.day is not None:
                astray = astray or any(
                    day_name(day) != file.day for day in pc.unique(made.day(batch)).to_pylist()
                )
            watch(batch)
        local = self._days.lake.store.local(file.path)
        footer = read_footer(local)
        if str(digest) != file.row_digest or digest.rows != file.rows:
            yield "has other rows than its receipt says"
        elif footer.dataset != file.dataset or footer.row_digest != file.row_digest:
            yield "has a footer that tells of other rows than its receipt"
        elif sha256_of(local) != file.sha256:
            yield "has its rows, and other bytes than its receipt says"
        if astray or f"{file.dataset}/date={file.day}/" not in file.path:
            yield "lies in a day that is not that of its rows"

    # What leads from one dataset to another inside a batch

    def _watch(self, dataset: str) -> Watch:
        seen: dict[str, Watch] = {
            "captures": self._see_captures,
            "attempts": self._see_attempts,
            "documents": self._see_documents,
        }
        return seen.get(dataset, lambda _: None)

    def _see_captures(self, batch: pa.RecordBatch) -> None:
        self._captures.update(_strings(batch.column("capture_id")))

    def _see_attempts(self, batch: pa.RecordBatch) -> None:
        self._unseen.update(_strings(batch.column("capture_id").drop_null()))

    def _see_documents(self, batch: pa.RecordBatch) -> None:
        pairs = zip(*(_strings(batch.column(name)) for name in ("capture_id", "article_id")), strict=True)
        for capture, article in pairs:
            if capture not in self._captures and not self._strangers:
                self._strangers[capture] = article

    def _fetch_sums(self, fetched: Receipt) -> Iterator[Finding]:
        attempts = sum(file.rows for file in fetched.of("attempts"))
        try:
            equal("fetch", fetched.id, {"tried": fetched.sums.get("tried", 0)}, {"attempts": attempts})
        except SumsDoNotAdd as error:
            yield Finding(BROKEN, f"{error}; {advice.of_batch(fetched.id)}")
        lost, made_up = self._unseen - self._captures, self._captures - self._unseen
        if lost:
            yield Finding(
                BROKEN,
                f"fetch {fetched.id}: {len(lost)} attempts name captures that are not there ({min(lost)}); "
                f"{advice.of_batch(fetched.id)}",
            )
        if made_up:
            yield Finding(
                BROKEN,
                f"fetch {fetched.id}: {len(made_up)} captures have no attempt ({min(made_up)}); "
                f"{advice.of_batch(fetched.id)}",
            )

    def _clean_sums(self, cleaned: Receipt) -> Iterator[Finding]:
        """The sums of the clean step, against the rows that both receipts list."""
        if self._is_moved(cleaned):
            return
        captures = self._fetched.of("captures") if self._fetched else []
        sums = dict(cleaned.sums)
        for dataset in ("documents", "rejects"):
            sums[dataset] = sum(file.rows for file in cleaned.of(dataset))
        try:
            check_clean(cleaned.id, sums, sum(file.rows for file in captures))
        except (SumsDoNotAdd, KeyError) as error:
            yield Finding(BROKEN, f"{error}; {_clean_again(cleaned)}")

    def _links(self) -> Iterator[Finding]:
        if self._cleaned and self._fetched and not self._is_moved(self._cleaned):
            for capture, article in self._strangers.items():
                yield Finding(
                    BROKEN,
                    f"{self._cleaned.id}: the document {article} names the capture {capture}, which its "
                    f"batch does not have; {_clean_again(self._cleaned)}",
                )

    def _is_moved(self, cleaned: Receipt) -> bool:
        captures = self._fetched.of("captures") if self._fetched else []
        return cleaned.inputs != {file.path: file.row_digest for file in captures}

    def _versions(self) -> Iterator[Finding]:
        cleaned, fetched = self._cleaned, self._fetched
        if fetched is None and cleaned is not None:
            again = "" if advice.is_live(cleaned.id) else ", or take the batch in again"
            yield Finding(
                BROKEN,
                f"{cleaned.id} was cleaned and has no fetch receipt; restore "
                f"receipts/fetch/{cleaned.batch}.json from a copy{again}",
            )
        elif fetched is not None and (cleaned is None or self._is_moved(cleaned)):
            yield Finding(DIRTY, f"{fetched.id} has captures that were not cleaned; run `dateline settle`")
        elif cleaned is not None and not self._days.resources.clean.made(cleaned.versions):
            yield Finding(STALE, f"{cleaned.id} was cleaned by older versions; run `dateline reprocess`")


def _clean_again(cleaned: Receipt) -> str:
    return (
        f"restore its files from a copy, or remove receipts/clean/{cleaned.batch}.json and run "
        "`dateline settle`, which cleans it again"
    )
