"""What is neither batch nor derived day: the history of publications, strays and the lease."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from dateline.contract import KeyOrder
from dateline.contracts import contract
from dateline.days import Days
from dateline.edges.clock import Clock
from dateline.edges.lake import lease, open_runs, tombstones
from dateline.edges.lake.digests import RowDigest
from dateline.edges.lake.files import read_file
from dateline.edges.lake.footers import read_footer
from dateline.edges.lake.partitions import day_name, sort_key
from dateline.edges.lake.receipts import batches, is_receipt
from dateline.errors import DatelineError, NewerSchema, OtherSchema
from dateline.health.finding import BROKEN, DIRTY, NOTE, STALE, Finding, Looked
from dateline.news import ANNOUNCED
from dateline.pipeline import DERIVED_DATASETS, INTAKE_DATASETS
from dateline.settle import ORPHAN_SECONDS

_BATCH = re.compile(r"[0-9a-f]{16}")


def of_changes(days: Days, looked: Looked) -> Iterator[Finding]:
    """Files of `changes` that can't be read, and days whose history does not lead to what is published."""
    whole = True
    for path in days.lake.store.list("changes"):
        for finding in _of_change(days, path, looked):
            whole = False
            yield finding
    if not whole:
        return
    published = set(days.lake.days("articles"))
    for day in sorted({*days.history.of, *published} - (set(days.documents) - published), key=sort_key):
        try:
            present = days.digest("articles", day) or ""
        except DatelineError:
            # Told where the day is looked at.
            continue
        if not days.history.leads(day, present):
            yield Finding(
                DIRTY,
                f"changes: its rows do not lead to the articles of {day_name(day)} as they are; run "
                "`dateline settle`",
            )


def _of_change(days: Days, path: str, looked: Looked) -> Iterator[Finding]:
    looked.files += 1
    local, order, digest = days.lake.store.local(path), KeyOrder(contract("changes")), RowDigest()
    try:
        for batch in read_file(local, contract("changes")):
            digest += RowDigest.of([order.check(batch)])
        looked.rows += digest.rows
        if str(digest) != read_footer(local).row_digest:
            yield Finding(
                BROKEN, f"{path}: its rows are not what its footer says; remove it and run `dateline settle`"
            )
    except NewerSchema as error:
        yield Finding(BROKEN, str(error))
    except OtherSchema as error:
        yield Finding(STALE, str(error))
    except DatelineError as error:
        yield Finding(BROKEN, f"{error}; remove it and run `dateline settle`")


def of_strays(days: Days, looked: Looked) -> Iterator[Finding]:
    """Files that belong to nothing.

    A young one may belong to a run that still lives, or have been replaced just now: it is only counted.
    """
    lake, now = days.lake, Clock().now().timestamp()
    listed = {file.path for step in ("fetch", "clean") for one in lake.receipts(step) for file in one.files}
    fetched = set(batches(lake.store, "fetch"))
    for dataset in INTAKE_DATASETS:
        swept: list[float] = []
        kept: Counter[str] = Counter()
        for path in lake.store.list(dataset):
            if path in listed:
                continue
            age, batch = now - lake.store.changed(path), path.rpartition("/")[2].partition("-")[0]
            if age < ORPHAN_SECONDS:
                looked.young += 1
            elif dataset in ("captures", "attempts") and batch not in fetched:
                kept[batch if _BATCH.fullmatch(batch) else path] += 1
            else:
                swept.append(age)
        yield from _unlisted(dataset, swept, kept)
    for dataset in DERIVED_DATASETS:
        known = {f"{dataset}/date={day_name(day)}/part.parquet" for day in lake.days(dataset)}
        for path in lake.store.list(dataset):
            if path not in known:
                yield Finding(
                    NOTE, f"{path} is no file of the lake, and readers may take it for one; remove it"
                )


def _unlisted(dataset: str, swept: list[float], kept: Counter[str]) -> Iterator[Finding]:
    """Files of intake that no receipt lists.

    Args:
        swept: ages of those that settle removes, seconds.
        kept: B, or a path that is of no batch → how many files settle leaves, lest a record be lost with a
            receipt.
    """
    if swept:
        yield Finding(
            NOTE,
            f"{dataset}: {len(swept)} files that no receipt lists, the oldest {_span(max(swept))} old; "
            "`dateline settle` removes them",
        )
    for name, files in sorted(kept.items()):
        if "/" in name:
            yield Finding(NOTE, f"{name} is no file of the lake; remove it")
        else:
            yield Finding(
                NOTE,
                f"{dataset}: {files} files that no receipt lists, of a batch without a fetch receipt: "
                f"restore receipts/fetch/{name}.json, or import the archive again, or remove them if the "
                "batch was taken back",
            )


def of_receipts(days: Days) -> Iterator[Finding]:
    """Files among the receipts that are none: copies and notes of a person."""
    for path in days.lake.store.list("receipts"):
        known = path == ANNOUNCED or is_receipt(path) or tombstones.is_ours(path) or open_runs.is_ours(path)
        if not known:
            yield Finding(NOTE, f"{path} is no receipt; remove it")


def of_lease(days: Days) -> Iterator[Finding]:
    """Who holds the lease, and whether that run is gone."""
    store, now = days.lake.store, Clock().now()
    held = lease.read(store)
    if held is None:
        if store.exists(lease.PATH):
            yield Finding(NOTE, f"{lease.PATH} can't be read; the next run takes the lease over")
    elif held.ended(now):
        yield Finding(NOTE, f"the lease is held by {held.owner}, which is gone; the next run takes it over")
    elif held.until > now + lease.LASTS + lease.SLACK:
        yield Finding(
            NOTE,
            f"the lease is held by {held.owner} until {held.until:%Y-%m-%d %H:%M:%S} UTC, longer than a "
            f"lease lasts: a clock has jumped; if that run is gone, remove {lease.PATH}",
        )
    else:
        yield Finding(NOTE, f"{held.owner} is settling this lake: what is dirty may be on its way")


def _span(seconds: float) -> str:
    """An age in words of one unit."""
    whole = timedelta(seconds=max(0, int(seconds)))
    if whole.days:
        return f"{whole.days} days"
    hours, rest = divmod(whole.seconds, 3600)
    return f"{hours} hours" if hours else f"{rest // 60} minutes"
