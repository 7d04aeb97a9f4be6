"""What is neither batch nor derived day: the history of publications, strays and the lease."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from dateline.contract import KeyOrder
from dateline.contracts import contract
from dateline.days import Days
from dateline.edges.clock import Clock
from dateline.edges.lake import lease
from dateline.edges.lake.digests import RowDigest
from dateline.edges.lake.files import read_file
from dateline.edges.lake.footers import read_footer
from dateline.edges.lake.partitions import day_name, sort_key
from dateline.errors import DatelineError, NewerSchema, OtherSchema
from dateline.health.finding import BROKEN, DIRTY, NOTE, STALE, Finding, Looked
from dateline.pipeline import DERIVED_DATASETS, INTAKE_DATASETS
from dateline.settle import ORPHAN_SECONDS


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
    for dataset in INTAKE_DATASETS:
        ages = [now - lake.store.changed(path) for path in lake.store.list(dataset) if path not in listed]
        old = [age for age in ages if age >= ORPHAN_SECONDS]
        looked.young += len(ages) - len(old)
        if old:
            yield Finding(
                NOTE,
                f"{dataset}: {len(old)} files that no receipt lists, the oldest {_span(max(old))} old; "
                "`dateline settle` removes them",
            )
    for dataset in DERIVED_DATASETS:
        known = {f"{dataset}/date={day_name(day)}/part.parquet" for day in lake.days(dataset)}
        for path in lake.store.list(dataset):
            if path not in known:
                yield Finding(
                    NOTE, f"{path} is no file of the lake, and readers may take it for one; remove it"
                )


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
