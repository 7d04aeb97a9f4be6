"""Taking what was forgotten out of what a batch has fetched, and the bodies that name it."""

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
from dateline.contracts.rejects import REJECTS
from dateline.edges.lake import Lake
from dateline.edges.lake.files import FileFacts
from dateline.edges.lake.receipts import Receipt
from dateline.edges.lake.spool import Spool
from dateline.errors import BatchMoved
from dateline.sources.naming import LEADING, is_named
from dateline.steps.fetch import refused_record
from dateline.text.forgotten import TOLD, Forgotten

REASON = "forgotten"
CALLED = ["article_id", "url", "canonical_url"]
"""Columns by which a document is known to be of what was forgotten."""
PLACE = ["source", "archive", "url", "final_url", "known_as", "path", "index"]
"""Columns by which a capture is."""

_TRIES = 3
_EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
_NAMED = ["capture_id", "input_kind", "url", "final_url", "content_type", "body"]


def among(column: pa.Array, values: Iterable[str]) -> pa.Array:
    """Which values of a column are some of these."""
    return pc.is_in(column, value_set=pa.array(sorted(values), pa.string()))


def of_documents(rows: pa.RecordBatch, forgotten: Forgotten) -> pa.Array:
    """Which documents or articles are of what was forgotten: by id, URL, or what their pages call themselves.

    Args:
        rows: with the columns CALLED.
    """
    return pa.array([forgotten.has_document(row) for row in rows.select(CALLED).to_pylist()], pa.bool_())


def strike(lake: Lake, batch: str, forgotten: Forgotten, guard: Callable[[], None]) -> dict[str, int]:
    """Take what was forgotten out of what a batch has fetched; the caller cleans it then.

    The attempts stay, as the record of what was asked for: their outcome is `forgotten` now.

    Args:
        batch: B, see `edges.lake.receipts.batch_key`.
        guard: called before the receipt is switched.

    Returns:
        Counts of captures struck, bodies emptied and leads struck; nothing was done where all are 0.

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
    ids, emptied = pa.array(sorted(gone), pa.string()), pa.array(sorted(named), pa.string())
    rejects = [row for row in records if row["archive"]]
    changes: dict[str, Callable[[pa.RecordBatch], pa.RecordBatch]] = {
        "captures": lambda rows: _without(rows, ids, emptied),
        "attempts": lambda rows: _told(rows, ids, emptied, pa.array(sorted(led), pa.int64())),
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
        for rows in lake.read_facts(file, ["capture_id", *CALLED]):
            called.update(rows.filter(of_documents(rows, forgotten)).column("capture_id").to_pylist())
    for file in cleaned.of("rejects") if cleaned else ():
        for rows in lake.read_facts(file, ["input_key", "reason"]):
            called.update(rows.filter(among(rows.column("reason"), {REASON})).column(0).to_pylist())
    found = [
        row
        for file in fetched.of("captures")
        for rows in lake.read_facts(file, ["capture_id", "input_kind", "captured", *PLACE])
        for row in rows.to_pylist()
        if row["capture_id"] in called or forgotten.has(row)
    ]
    return {row["capture_id"] for row in found}, found


def _naming(lake: Lake, fetched: Receipt, forgotten: Forgotten, gone: set[str]) -> set[str]:
    """Ids of the feeds, sitemaps and section pages whose body names what was forgotten."""
    return {
        row["capture_id"]
        for file in fetched.of("captures")
        for rows in leading_bodies(lake, file, forgotten)
        for row in rows.to_pylist()
        if row["capture_id"] not in gone and is_named(row, forgotten)
    }


def leading_bodies(lake: Lake, file: FileFacts, forgotten: Forgotten) -> Iterator[pa.RecordBatch]:
    """The feeds, sitemaps and section pages of a file of captures; none where no name can be looked for.

    Bodies are nearly all that a file of captures weighs: they are read only where one may have to go.
    """
    if forgotten.needles and any(
        pc.any(among(rows.column(0), LEADING)).as_py() for rows in lake.read_facts(file, ["input_kind"])
    ):
        for rows in lake.read_facts(file, _NAMED):
            yield rows.filter(among(rows.column("input_kind"), LEADING))


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


def _told(rows: pa.RecordBatch, gone: pa.Array, named: pa.Array, led: pa.Array) -> pa.RecordBatch:
    """Attempts that say what became of their captures, without the leads that they keep to what is gone.

    What has lost its body loses its validators: a 304 to them would leave the other pages that it names
    unknown to a run which has not asked for them yet.
    """
    told, emptied = (pc.is_in(rows.column("capture_id"), value_set=ids) for ids in (gone, named))
    changes = (
        (told, {"outcome": REASON, "detail": TOLD, "bytes": 0, "capture_id": None}),
        (emptied, {"etag": None, "last_modified": None}),
        (pc.is_in(rows.column("seq"), value_set=led), {"lead": None}),
    )
    for which, values in changes:
        for name, value in values.items():
            kind = rows.schema.field(name).type
            rows = _with(rows, name, pc.if_else(which, pa.scalar(value, kind), rows.column(name)))
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
