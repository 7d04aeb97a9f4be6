"""Intake: a batch of the outer world becomes captures, then documents; each with its receipt."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dateline.contract import Contract
from dateline.contracts import contract
from dateline.edges.clock import Clock
from dateline.edges.lake import Lake, tombstones
from dateline.edges.lake.files import FileFacts
from dateline.edges.lake.receipts import Receipt, batch_key
from dateline.edges.lake.spool import Spool
from dateline.errors import BatchMoved
from dateline.report import Summary
from dateline.step import Made, batches
from dateline.steps.clean import CleanRules, clean
from dateline.steps.fetch import FetchRules, fetch
from dateline.strike import strike
from dateline.sums import check_clean, equal
from dateline.takedown import Met, drop, listed, refuse, refuse_documents
from dateline.text.forgotten import Forgotten

NO_PAGES = ("feed", "sitemap", "section", "robots")
"""Kinds of input that lead to articles and are none."""

_CLEANED = ("documents", "rejects")

Read = Callable[[list[str], int], Iterable[dict[str, Any]]]
"""Given the inputs to read and the first free `seq`, the exchange rows."""


def fetch_batch(lake: Lake, batch_id: str, inputs: dict[str, str], read: Read) -> Summary:
    """Fetch what a batch has and its receipt does not list yet, and put the receipt in place.

    A batch is only added to: captures that were made of an input which has changed or gone since stay.

    Args:
        batch_id: in words.
        inputs: name of each input → fingerprint.
        read: gives the exchanges of the named inputs.

    Raises:
        SumsDoNotAdd: an exchange has no attempt, or a body no capture.
    """
    return _until_alone(lambda: fetch_once(lake, batch_id, inputs, read))


def fetch_once(lake: Lake, batch_id: str, inputs: dict[str, str], read: Read) -> Summary:
    """As `fetch_batch`, of what can be read only once.

    Raises:
        SumsDoNotAdd: an exchange has no attempt, or a body no capture.
        BatchMoved: another run has taken the same batch in meanwhile, or something was forgotten.
    """
    batch, began = batch_key(batch_id), time.monotonic()
    found = lake.receipt("fetch", batch)
    before = _intact(lake, found)
    wanted = sorted(name for name in inputs if before is None or before.inputs.get(name) != inputs[name])
    if before is not None and not wanted:
        return Summary("fetch", batch_id, skipped="fetched before and unchanged", changed=False)
    start = sum(file.rows for file in before.of("attempts")) if before else 0
    rules = FetchRules(batch=batch)
    asked = _Count()
    forgotten = tombstones.known(lake.store)
    met: Met = set()
    rows = refuse(read(wanted, start), forgotten, met)
    exchanges = asked.over(made for _, made in batches(contract("exchanges"), rows, 64, _size))
    known = {"captures": 0, "rejects": 0}
    made = _unknown(lake, before, fetch(exchanges, rules), known)
    files, counts = _apply(lake, batch, rules.declare, made, ("captures", "attempts", "rejects"))
    equal("fetch", batch_id, {"exchanges": asked.rows}, {"attempts": counts["attempts"]})
    captured = {"captures": counts["captures"], "captures known before": known["captures"]}
    equal("fetch", batch_id, {"exchanges to keep": asked.kept}, captured)
    old = before.files if before else ()
    receipt = Receipt(
        step="fetch",
        batch=batch,
        id=batch_id,
        versions=rules.declare(),
        inputs={**(before.inputs if before else {}), **inputs},
        files=_together(old, files),
        sums=_add(before.sums if before else {}, {"tried": asked.rows, **counts}),
    )
    if tombstones.known(lake.store) != forgotten:
        for file in set(files) - set(old):
            lake.store.delete(file.path)
        raise BatchMoved(f"something was forgotten while {batch_id} was taken in; run it again")
    if met:
        tombstones.mark(lake.store, batch, Clock().now(), met)
    _switch(lake, receipt, found, forgotten)
    told = {"tried": asked.rows, "captured": counts["captures"], "rejected": counts["rejects"]}
    return Summary("fetch", batch_id, told, time.monotonic() - began)


def clean_batch(lake: Lake, batch_id: str, rules: CleanRules, *, again: bool = False) -> Summary:
    """Make the documents of a fetched batch and put the clean receipt in place.

    Args:
        again: also where captures and declared versions are as they were.

    Raises:
        SumsDoNotAdd: records + expanded entries ≠ documents + rejects + captures that are no pages.
    """
    return _until_alone(lambda: _clean(lake, batch_id, rules, again))


def _clean(lake: Lake, batch_id: str, rules: CleanRules, again: bool) -> Summary:
    batch, began = batch_key(batch_id), time.monotonic()
    fetched = lake.receipt("fetch", batch)
    if fetched is None:
        return Summary("clean", batch_id, skipped="it has not been fetched", changed=False)
    captures = fetched.of("captures")
    inputs = {file.path: file.row_digest for file in captures}
    before = lake.receipt("clean", batch)
    same = before is not None and before.inputs == inputs and rules.made(before.versions)
    if before is not None and any(not lake.has(file) for file in before.files):
        same = False
    if same and not again:
        return Summary("clean", batch_id, skipped="its captures are unchanged", changed=False)
    read = _Pages()
    found: set[str] = set()
    forgotten = tombstones.known(lake.store)
    met: Met = set()
    cleaned = clean(read.over(lake.merged(captures, read.double)), rules)
    made = refuse_documents(cleaned, forgotten, found, met)
    files, counts = _apply(lake, batch, lambda: rules.declare_for(read.sources), made, _CLEANED)
    sums = {
        "captures": read.captures,
        "doubled": read.doubled,
        "no_pages": read.no_pages,
        "entries": counts.pop("entries"),
        **counts,
    }
    check_clean(batch_id, sums, listed=sum(file.rows for file in captures))
    # Before the receipt, which would pass for all that is to be done.
    name = tombstones.mark(lake.store, batch, Clock().now(), met) if found else ""
    receipt = Receipt("clean", batch, batch_id, rules.declare_for(read.sources), inputs, tuple(files), sums)
    _switch(lake, receipt, before, forgotten)
    if found:
        done = _without_forgotten(lake, batch_id, rules)
        if not met:
            tombstones.unmark(lake.store, name)
        return done
    told = {name: sums[name] for name in ("captures", "documents", "rejects", "no_pages")}
    return Summary("clean", batch_id, told, time.monotonic() - began)


def _without_forgotten(lake: Lake, batch_id: str, rules: CleanRules) -> Summary:
    """Take down the captures of which only their page told that they were forgotten; clean what is left."""
    batch = batch_key(batch_id)
    before = listed(lake, batch)
    strike(lake, batch, tombstones.known(lake.store), lambda: None)
    done = _clean(lake, batch_id, rules, again=False)
    drop(lake, before, batch)
    return done


def _switch(lake: Lake, receipt: Receipt, before: Receipt | None, forgotten: Forgotten) -> None:
    """Put a receipt in place, and a mark where something was forgotten meanwhile: whoever forgot it may have
    looked through the lake before this batch was there."""
    lake.write_receipt(receipt, before)
    if tombstones.known(lake.store) != forgotten:
        tombstones.mark(lake.store, receipt.batch, Clock().now())


def _size(exchange: dict[str, Any]) -> int:
    return len(exchange["body"] or b"")


def _until_alone(work: Callable[[], Summary]) -> Summary:
    """Do it again where another run has taken the same batch in meanwhile; what that one has is then known.

    Raises:
        BatchMoved: three times; the batch is as the others left it.
    """
    for _ in range(2):
        with suppress(BatchMoved):
            return work()
    return work()


def _intact(lake: Lake, receipt: Receipt | None) -> Receipt | None:
    """The receipt itself; where files have vanished, what is left of it, with all inputs to be read again."""
    if receipt is None or all(lake.has(file) for file in receipt.files):
        return receipt
    left = tuple(file for file in receipt.files if lake.has(file))
    rows: Counter[str] = Counter()
    for file in left:
        rows[file.dataset] += file.rows
    sums = {"tried": rows["attempts"], **{name: rows[name] for name in ("captures", "attempts", "rejects")}}
    return replace(receipt, inputs={}, files=left, sums=sums)


def _unknown(lake: Lake, before: Receipt | None, made: Made, told: dict[str, int]) -> Made:
    """Without the captures and rejects that the receipt lists already: a file that has grown is read again
    from its start, and what was known of it must not count twice. `told` counts what was left out."""
    known: dict[str, set[tuple[str, ...]]] = {}
    for dataset in ("captures", "rejects") if before is not None else ():
        key = contract(dataset).key
        rows = (row for file in before.of(dataset) for row in lake.read_facts(file, list(key)))  # type: ignore[union-attr]
        known[dataset] = {found for batch in rows for found in zip(*batch.to_pydict().values(), strict=True)}
    for kept, batch in made:
        seen = known.get(kept.name)
        if seen:
            keys = zip(*batch.select(list(kept.key)).to_pydict().values(), strict=True)
            fresh = pa.array([key not in seen for key in keys], pa.bool_())
            told[kept.name] += len(fresh) - fresh.true_count
            batch = batch.filter(fresh)
        if batch.num_rows:
            yield kept, batch


def _apply(
    lake: Lake, batch: str, versions: Callable[[], dict[str, Any]], made: Made, datasets: tuple[str, ...]
) -> tuple[list[FileFacts], dict[str, int]]:
    """Spool what a step makes, write it, and count it; `entries` are documents beyond a capture's first.

    `versions` is asked when all is made, as it may depend on what the step has read.
    """
    with ExitStack() as stack:
        spools: dict[str, tuple[Contract, Spool]] = {}
        for name in datasets:
            spool = Spool(contract(name))
            stack.callback(spool.close)
            spools[name] = (contract(name), spool)
        entries = 0
        for kept, rows in made:
            spools[kept.name][1].add(rows)
            if kept.name == "documents":
                entries += pc.greater(rows.column("entry"), pa.scalar(0, pa.int32())).true_count
        files: list[FileFacts] = []
        counts = {"entries": entries} if "documents" in spools else {}
        for name, (kept, spool) in spools.items():
            files += lake.write_batch(spool, kept, batch, versions())
            counts[name] = spool.rows
    return files, counts


def _together(old: Iterable[FileFacts], new: Iterable[FileFacts]) -> tuple[FileFacts, ...]:
    """Files of both, once each: equal rows give an equal name."""
    return tuple({file.path: file for file in (*old, *new)}.values())


def _add(old: dict[str, int], new: dict[str, int]) -> dict[str, int]:
    return {name: old.get(name, 0) + new.get(name, 0) for name in {**old, **new}}


class _Count:
    """Counts exchanges, and those that must become captures, independently of the step that reads them."""

    rows = 0
    kept = 0

    def over(self, stream: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in stream:
            self.rows += batch.num_rows
            for failure, status in zip(
                *batch.select(["failure", "status"]).to_pydict().values(), strict=True
            ):
                self.kept += failure is None or (failure == "not_modified" and status == 304)
            yield batch


class _Pages:
    """Counts captures, and those that are no pages, independently of the step that reads them; `sources` are
    those of the pages."""

    captures = 0
    no_pages = 0
    doubled = 0

    def __init__(self) -> None:
        self.sources: set[str] = set()

    def over(self, stream: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in stream:
            leads = pc.is_in(batch.column("input_kind"), value_set=pa.array(NO_PAGES))
            without = pc.or_(leads, pc.is_null(batch.column("body")))
            self.captures += batch.num_rows
            self.no_pages += without.true_count
            pages = batch.column("source").filter(pc.invert(without))
            self.sources.update(map(str, pages.unique().to_pylist()))
            yield batch

    def double(self, rows: int) -> None:
        self.doubled += rows
