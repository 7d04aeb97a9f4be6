"""Taking down: what was forgotten is refused at the door, and goes from the batches that have it.

The order that makes it safe to be killed anywhere: mark, tombstone, all names in the tombstone, new files of
a batch, its fetch receipt, its clean receipt, the old files, and, when no batch is left, the mark. As long as
there is a mark, the next settle begins again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dateline.contracts import contract
from dateline.contracts.documents import DOCUMENTS
from dateline.contracts.rejects import REJECTS
from dateline.edges.lake import Lake, tombstones
from dateline.edges.lake.files import read_file
from dateline.edges.lake.tombstones import Tombstone
from dateline.errors import DatelineError
from dateline.pipeline import INTAKE_DATASETS
from dateline.report import Summary
from dateline.sightings import Sought, names
from dateline.sources.naming import is_named
from dateline.step import Made
from dateline.strike import CALLED, PLACE, REASON, of_documents, strike
from dateline.text.forgotten import TOLD, Forgotten

Met = set[tuple[str, str]]
"""(address, where it led or what it calls itself) of what was refused by where it led alone."""

MOST_MET = 10_000
"""Addresses that one batch may add; what is beyond is still refused, each time that it is met."""


# At the door


def refuse(
    rows: Iterable[dict[str, Any]], forgotten: Forgotten, met: Met | None = None
) -> Iterator[dict[str, Any]]:
    """Exchanges without what was forgotten: a body of it becomes a failure, one that names it is emptied.

    Failures stay what they are, without what led there: a host that asks to be left alone is.
    """
    for row in rows:
        if not forgotten:
            yield row
        elif row["failure"] not in (None, "not_modified"):
            yield {**row, "lead": None} if row["lead"] and forgotten.has(row) else row
        elif forgotten.has(row):
            _meet(met, forgotten, row["url"], row["final_url"])
            yield {**row, "failure": REASON, "detail": TOLD, "body": None}
        elif is_named(row, forgotten):
            # Without its validators, as `strike` leaves it; its digest still tells when it changes.
            came = hashlib.sha256(row["body"]).hexdigest()[:16]
            yield {**row, "body": b"", "body_digest": came, "etag": None, "last_modified": None}
        else:
            yield row


def refuse_documents(made: Made, forgotten: Forgotten, found: set[str], met: Met | None = None) -> Made:
    """Documents whose page calls itself by a forgotten URL become rejects; `found` takes their captures.

    What was forgotten of a page's documents takes all of them with it, as the page holds it: one reject.
    """
    for kept, batch in made:
        if kept is not DOCUMENTS or not forgotten.articles:
            yield kept, batch
            continue
        captures = batch.column("capture_id")
        is_gone = pc.is_in(captures, value_set=captures.filter(of_documents(batch, forgotten)))
        left, gone = batch.filter(pc.invert(is_gone)), batch.filter(is_gone)
        if left.num_rows:
            yield kept, left
        if gone.num_rows:
            # The page before its entries: its own row tells best what it was.
            pages = gone.filter(pc.equal(gone.column("entry"), pa.scalar(0, pa.int32())))
            rows = pages.select(["capture_id", "source", "path", "captured", *CALLED]).to_pylist()
            found.update(row["capture_id"] for row in rows)
            for row in filter(forgotten.has_document, rows):
                _meet(met, forgotten, row["url"], row["canonical_url"])
            yield REJECTS, REJECTS.batch([_reject(row) for row in rows])


def _meet(met: Met | None, forgotten: Forgotten, url: str | None, other: str | None) -> None:
    """Note an address by which nobody knew yet that what was forgotten is met."""
    if met is not None and url and other and len(met) < MOST_MET and not forgotten.has_url(url):
        met.add((url, other))


def _reject(row: dict[str, Any]) -> dict[str, Any]:
    told = {"step": "clean", "input_key": row["capture_id"], "reason": REASON, "detail": TOLD}
    return told | {name: row[name] for name in ("source", "url", "path", "captured")}


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
    learn(lake, {pair for mark in begun.values() for pair in mark.met}, guard)
    forgotten = tombstones.known(lake.store)
    for receipt in list(lake.receipts("fetch")):
        before = listed(lake, receipt.batch)
        counts = strike(lake, receipt.batch, forgotten, guard)
        if counts or _is_behind(lake, receipt.batch):
            yield clean(receipt.id)
            drop(lake, before, receipt.batch)
        if counts:
            yield Summary("forget", receipt.id, counts)
    _drop_left(lake, max(mark.at for mark in begun.values()).timestamp())
    for name in begun:
        tombstones.unmark(lake.store, name)


def learn(lake: Lake, met: Met, guard: Callable[[], None]) -> None:
    """Put into each tombstone every name that the lake has met its article under.

    The caller holds the lease.
    """
    for tombstone, grown in grown_tombstones(lake, met):
        if grown != tombstone:
            guard()
            tombstones.extend(lake.store, grown)


def grown_tombstones(
    lake: Lake, met: AbstractSet[tuple[str, str]] = frozenset()
) -> list[tuple[Tombstone, Tombstone]]:
    """(as it is, as it would be with all names that the lake knows) of each tombstone of an article."""
    found = [one for one in tombstones.tombstones(lake.store) if one.kind == "article"]
    known = names(lake, [Sought(frozenset({one.value}), one.ids, one.addresses) for one in found], met)
    return [(one, one.known_as(more.ids, more.urls.values())) for one, more in zip(found, known, strict=True)]


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


def holds(lake: Lake, dataset: str, path: str, forgotten: Forgotten) -> bool:
    """Whether a file that no receipt lists has rows of what was forgotten; not one that can't be read."""
    try:
        for rows in read_file(lake.store.local(path), contract(dataset)):
            if count(rows, dataset, forgotten):
                return True
    except (DatelineError, FileNotFoundError):
        # Nobody can read it out of there; it is told of, and swept, as what belongs to nothing.
        return False
    return False


def count(rows: pa.RecordBatch, dataset: str, forgotten: Forgotten) -> int:
    """How many captures or documents are of what was forgotten, or name it in their bodies."""
    if dataset == "documents":
        sources = [forgotten.sources.isdisjoint(pair) for pair in _pairs(rows)]
        mine = of_documents(rows, forgotten).to_pylist()
        return sum(one or not other for one, other in zip(mine, sources, strict=True))
    if dataset != "captures":
        return 0
    names = [*PLACE, "input_kind", "content_type", "body"]
    return sum(forgotten.has(row) or is_named(row, forgotten) for row in rows.select(names).to_pylist())


def _pairs(rows: pa.RecordBatch) -> Iterator[tuple[str | None, str | None]]:
    return zip(rows.column("source").to_pylist(), rows.column("archive").to_pylist(), strict=True)
