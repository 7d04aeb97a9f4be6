"""Taking down: what was forgotten is refused at the door, and goes from the batches that have it.

The order that makes it safe to be killed anywhere: mark, tombstone, new files of a batch, its fetch receipt,
its clean receipt, the old files, and, when no batch is left, the mark. As long as there is a mark, the next
settle begins again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dateline import kept_leads
from dateline.contract import Contract
from dateline.contracts import contract
from dateline.contracts.captures import CAPTURES
from dateline.contracts.documents import DOCUMENTS
from dateline.contracts.rejects import REJECTS
from dateline.contracts.shared import LEAD_TYPE
from dateline.edges.lake import Lake, tombstones
from dateline.edges.lake.files import FileFacts
from dateline.edges.lake.receipts import Receipt
from dateline.edges.lake.spool import Spool
from dateline.errors import BatchMoved
from dateline.pipeline import INTAKE_DATASETS
from dateline.report import Summary
from dateline.step import Made
from dateline.steps.fetch import refused_record
from dateline.text.forgotten import TOLD, Forgotten

REASON = "forgotten"
_TRIES = 3
LEADING = ("feed", "sitemap", "section")
"""Kinds of input that name articles: their bodies go, as they may quote one; their rows stay."""

_EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
_PLACE = ("capture_id", "source", "archive", "url", "final_url", "path", "index", "input_kind", "captured")


# At the door


def refuse(rows: Iterable[dict[str, Any]], forgotten: Forgotten) -> Iterator[dict[str, Any]]:
    """Exchanges without what was forgotten: a body of it becomes a failure, one that names it is emptied.

    Failures stay what they are, without what led there: a host that asks to be left alone is.
    """
    for row in rows:
        if not forgotten:
            yield row
        elif row["failure"] not in (None, "not_modified"):
            yield {**row, "lead": None} if row["lead"] and forgotten.has(row) else row
        elif forgotten.has(row):
            yield {**row, "failure": REASON, "detail": TOLD, "body": None}
        elif row["body"] and row["input_kind"] in LEADING and forgotten.is_named_in(row["body"]):
            yield {**row, "body": b""}
        else:
            yield row


def refuse_documents(made: Made, forgotten: Forgotten, found: set[str]) -> Made:
    """Documents whose page calls itself by a forgotten URL become rejects; `found` takes their captures."""
    for kept, batch in made:
        if kept is not DOCUMENTS or not forgotten.articles:
            yield kept, batch
            continue
        is_gone = _among(batch.column("article_id"), forgotten.articles)
        left, gone = batch.filter(pc.invert(is_gone)), batch.filter(is_gone)
        if left.num_rows:
            yield kept, left
        if gone.num_rows:
            rows = gone.select(["capture_id", "source", "url", "path", "captured"]).to_pylist()
            found.update(row["capture_id"] for row in rows)
            yield REJECTS, REJECTS.batch([_reject(row) for row in rows])


def _reject(row: dict[str, Any]) -> dict[str, Any]:
    told = {"step": "clean", "input_key": row["capture_id"], "reason": REASON, "detail": TOLD}
    return told | {name: row[name] for name in ("source", "url", "path", "captured")}


# From a batch


def strike(lake: Lake, batch: str, forgotten: Forgotten, guard: Callable[[], None]) -> dict[str, int]:
    """Take what was forgotten out of what a batch has fetched; the caller cleans it then.

    The attempts stay, as the record of what was asked for: their outcome is `forgotten` now.

    Args:
        batch: B, see `edges.lake.receipts.batch_key`.
        guard: called before the receipt is switched.

    Returns:
        Counts of captures struck, bodies emptied and leads struck; nothing where nothing was done.

    Raises:
        BatchMoved: another run has taken the batch in meanwhile, three times.
    """
    for _ in range(_TRIES - 1):
        with suppress(BatchMoved):
            return _strike(lake, batch, forgotten, guard)
    return _strike(lake, batch, forgotten, guard)


def _strike(lake: Lake, batch: str, forgotten: Forgotten, guard: Callable[[], None]) -> dict[str, int]:
    fetched = lake.receipt("fetch", batch)
    if fetched is None:
        return {}
    gone, records = _captures_of(lake, fetched, forgotten)
    named = _naming(lake, fetched, forgotten, gone)
    led = kept_leads.seqs_of(lake, fetched, forgotten)
    if not gone and not named and not led:
        return {}
    ids = pa.array(sorted(gone), pa.string())
    rejects = [row for row in records if row["archive"]]
    changes: dict[str, Callable[[pa.RecordBatch], pa.RecordBatch]] = {
        "captures": lambda rows: _without(rows, ids, pa.array(sorted(named), pa.string())),
        "attempts": lambda rows: _told(rows, ids, pa.array(sorted(led), pa.int64())),
    }
    files: list[FileFacts] = []
    for file in fetched.files:
        touched = file.dataset in changes and (
            _touches(lake, file, gone | named) or (file.dataset == "attempts" and bool(led))
        )
        files += _rewritten(lake, fetched, file, changes[file.dataset]) if touched else [file]
    if rejects:
        refused = REJECTS.batch(
            [refused_record({**row, "failure": REASON, "detail": TOLD}) for row in rejects]
        )
        files += _written(lake, fetched, REJECTS, [refused])
    sums = {
        name: sum(file.rows for file in files if file.dataset == name) for name in ("captures", "rejects")
    }
    guard()
    lake.write_receipt(replace(fetched, files=tuple(files), sums={**fetched.sums, **sums}), fetched)
    return {"captures": len(gone), "bodies_of_feeds": len(named), "leads": len(led)}


def _captures_of(lake: Lake, fetched: Receipt, forgotten: Forgotten) -> tuple[set[str], list[dict[str, Any]]]:
    """Ids of the captures that go, with what places them: by what they are, and by what was made of them."""
    called = set()
    cleaned = lake.receipt("clean", fetched.batch)
    for file in cleaned.of("documents") if cleaned and forgotten.articles else ():
        for rows in lake.read_facts(file, ["capture_id", "article_id"]):
            called.update(
                rows.filter(_among(rows.column("article_id"), forgotten.articles)).column(0).to_pylist()
            )
    for file in cleaned.of("rejects") if cleaned else ():
        for rows in lake.read_facts(file, ["input_key", "reason"]):
            called.update(rows.filter(_among(rows.column("reason"), {REASON})).column(0).to_pylist())
    found = [
        row
        for file in fetched.of("captures")
        for rows in lake.read_facts(file, list(_PLACE))
        for row in rows.to_pylist()
        if row["capture_id"] in called or forgotten.has(row)
    ]
    return {row["capture_id"] for row in found}, found


def _naming(lake: Lake, fetched: Receipt, forgotten: Forgotten, gone: set[str]) -> set[str]:
    """Ids of the feeds, sitemaps and section pages whose body names what was forgotten."""
    named: set[str] = set()
    for file in fetched.of("captures") if forgotten.urls else ():
        for rows in lake.read_facts(file, ["capture_id", "input_kind", "body"]):
            leading = rows.filter(_among(rows.column("input_kind"), LEADING))
            for row in leading.to_pylist():
                if row["capture_id"] not in gone and forgotten.is_named_in(row["body"] or b""):
                    named.add(row["capture_id"])
    return named


def _touches(lake: Lake, file: FileFacts, ids: set[str]) -> bool:
    return any(
        not ids.isdisjoint(rows.column(0).to_pylist()) for rows in lake.read_facts(file, ["capture_id"])
    )


def _without(rows: pa.RecordBatch, gone: pa.Array, named: pa.Array) -> pa.RecordBatch:
    left = rows.filter(pc.invert(pc.is_in(rows.column("capture_id"), value_set=gone)))
    emptied = pc.is_in(left.column("capture_id"), value_set=named)
    for name, value in (("body", b""), ("body_sha256", _EMPTY_SHA256)):
        kind = CAPTURES.schema.field(name).type
        left = _with(left, name, pc.if_else(emptied, pa.scalar(value, kind), left.column(name)))
    return left


def _told(rows: pa.RecordBatch, gone: pa.Array, led: pa.Array) -> pa.RecordBatch:
    kept = pc.is_in(rows.column("seq"), value_set=led)
    rows = _with(rows, "lead", pc.if_else(kept, pa.scalar(None, LEAD_TYPE), rows.column("lead")))
    told = pc.is_in(rows.column("capture_id"), value_set=gone)
    for name, value in (("outcome", REASON), ("detail", TOLD), ("bytes", 0), ("capture_id", None)):
        kind = rows.schema.field(name).type
        rows = _with(rows, name, pc.if_else(told, pa.scalar(value, kind), rows.column(name)))
    return rows


def _with(rows: pa.RecordBatch, name: str, column: pa.Array) -> pa.RecordBatch:
    place = rows.schema.get_field_index(name)
    return rows.set_column(place, rows.schema.field(place), column)


def _rewritten(
    lake: Lake, fetched: Receipt, file: FileFacts, change: Callable[[pa.RecordBatch], pa.RecordBatch]
) -> list[FileFacts]:
    made = contract(file.dataset)
    return _written(lake, fetched, made, map(change, lake.read_facts(file)))


def _written(
    lake: Lake, fetched: Receipt, made: Contract, batches: Iterable[pa.RecordBatch]
) -> list[FileFacts]:
    with ExitStack() as stack:
        spool = Spool(made)
        stack.callback(spool.close)
        for rows in batches:
            spool.add(rows)
        return lake.write_batch(spool, made, fetched.batch, fetched.versions)


def _among(column: pa.Array, values: Iterable[str]) -> pa.Array:
    return pc.is_in(column, value_set=pa.array(sorted(values), pa.string()))


# From the lake


def complete(lake: Lake, clean: Callable[[str], Summary], guard: Callable[[], None]) -> Iterator[Summary]:
    """Finish every taking down that has begun; the caller holds the lease.

    Args:
        clean: makes the documents of a batch, by its id, again.
        guard: called before anything is put in place.
    """
    begun = tombstones.marks(lake.store)
    if not begun:
        return
    forgotten = tombstones.known(lake.store)
    for receipt in list(lake.receipts("fetch")):
        before = listed(lake, receipt.batch)
        counts = strike(lake, receipt.batch, forgotten, guard)
        if counts or _is_behind(lake, receipt.batch):
            yield clean(receipt.id)
            drop(lake, before, receipt.batch)
        if counts:
            yield Summary("forget", receipt.id, counts)
    _drop_left(lake, max(begun.values()).timestamp())
    for key in begun:
        tombstones.unmark(lake.store, key)


def drop(lake: Lake, before: set[str], batch: str) -> None:
    """Remove the files that a batch had before and has no more: they hold what was forgotten."""
    for path in sorted(before - listed(lake, batch)):
        lake.store.delete(path)


def _is_behind(lake: Lake, batch: str) -> bool:
    """Whether the documents of a batch are those of other captures than it has."""
    fetched, cleaned = lake.receipt("fetch", batch), lake.receipt("clean", batch)
    captures = {file.path: file.row_digest for file in fetched.of("captures")} if fetched else {}
    return cleaned is not None and cleaned.inputs != captures


def listed(lake: Lake, batch: str) -> set[str]:
    """Paths of all files that a batch has."""
    found = (lake.receipt(step, batch) for step in ("fetch", "clean"))
    return {file.path for receipt in found if receipt for file in receipt.files}


def _drop_left(lake: Lake, before: float) -> None:
    """Remove what a killed run has left of the batches that it had switched: files that no receipt lists and
    that are older than its mark. A file of a batch under way is younger, or is taken in again."""
    receipts = [*lake.receipts("fetch"), *lake.receipts("clean")]
    kept = {file.path for receipt in receipts for file in receipt.files}
    known = {receipt.batch for receipt in receipts}
    for dataset in INTAKE_DATASETS:
        for path in lake.store.list(dataset):
            batch = path.rpartition("/")[2].partition("-")[0]
            if path not in kept and batch in known and lake.store.changed(path) <= before:
                lake.store.delete(path)
