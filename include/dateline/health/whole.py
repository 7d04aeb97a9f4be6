"""Looking a whole lake over, in an order in which nothing is blamed for another's fault."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from dateline.days import Days
from dateline.edges.lake.partitions import Day, day_name, sort_key
from dateline.edges.lake.receipts import batches
from dateline.errors import DatelineError, OtherSchema, UsageError
from dateline.health.batches import of_batches
from dateline.health.derived import Ids, of_day
from dateline.health.finding import BROKEN, DIRTY, Finding, Looked
from dateline.health.forgotten import of_forgotten
from dateline.health.rest import of_changes, of_lease, of_receipts, of_strays
from dateline.pipeline import DATASETS, DERIVED_DATASETS
from dateline.settings import Settings
from dateline.settle import days_of


def inspect(settings: Settings, looked: Looked | None = None) -> Iterator[Finding]:
    """Everything that is not as it should be, as it is found; reads every row of the lake.

    In memory at a time: a batch of rows, the capture ids of one intake batch, and the article ids of one
    window of days.

    Args:
        looked: counts what was read.

    Raises:
        UsageError: there is no lake.
        LakeError: a folder of it can't be listed.
    """
    days = days_of(settings, create=False)
    looked = looked if looked is not None else Looked()
    lost = _without_receipts(days)
    yield from of_lease(days)
    if lost:
        # Whatever else could be said would follow from that, and its advice would be wrong.
        yield Finding(BROKEN, lost)
        return
    yield from of_batches(days, looked)
    yield from of_receipts(days)
    try:
        documents = set(days.documents)
        strays = list(of_strays(days, looked))
    except OtherSchema:
        yield Finding(
            BROKEN,
            "the published days were not looked at, as what they are made from is of another schema; first "
            "do what is told of it, then check again",
        )
        return
    except DatelineError:
        # Told above: what is listed can't be read, so nothing can be compared with it.
        yield Finding(
            BROKEN,
            "the published days were not looked at, as the receipts can't be trusted; first do what is told "
            "of them, then check again",
        )
        return
    yield from strays
    yield from _of_days(days, documents, looked)
    yield from of_changes(days, looked)
    yield from of_forgotten(days)


def _without_receipts(days: Days) -> str:
    """What to say of a lake that has files and not one receipt; empty where it has some, or nothing to list.

    Raises:
        UsageError: there is nothing of a lake.
    """
    store = days.lake.store
    if any(batches(store, step) for step in ("fetch", "clean")):
        return ""
    full = [name for name in DATASETS if any(store.list(name))]
    if not full:
        raise UsageError(f"{store.uri} is no lake: it has no receipt and no dataset")
    if full == ["changes"]:
        return ""
    told = (
        f"there is no receipt, and there are files of {', '.join(full)}; restore receipts/ from a copy "
        "before anything else; do not settle"
    )
    # Documents are made after the first receipt: what was cut off before that has none.
    first = not {*full} & {"documents", *DERIVED_DATASETS}
    return told + (", or take the first batch in again if it was cut off" if first else "")


def _of_days(days: Days, documents: set[Day], looked: Looked) -> Iterator[Finding]:
    known = {day for dataset in DERIVED_DATASETS for day in days.lake.days(dataset)} | documents
    ids: Ids = {}
    for day in sorted(known, key=sort_key):
        looked.days += 1
        if day not in documents:
            yield Finding(DIRTY, f"{day_name(day)} has lost its documents; run `dateline settle`")
            continue
        if day in looked.unsure:
            continue
        missing = [dataset for dataset in DERIVED_DATASETS if not _has(days, dataset, day)]
        if missing:
            told = ", ".join(missing)
            yield Finding(DIRTY, f"{day_name(day)} has documents and no {told}; run `dateline settle`")
            continue
        yield from of_day(days, day, ids, looked)
        _forget(ids, day, days.resources.window_days)


def _has(days: Days, dataset: str, day: Day) -> bool:
    try:
        return days.lake.footer(dataset, day) is not None
    except DatelineError:
        # It is there; what is wrong with it is told where it is read.
        return True


def _forget(ids: Ids, day: Day, window: int) -> None:
    """Drop the days that no later day looks back on."""
    if day is not None:
        for old in [other for other in ids if other is not None and other < day - timedelta(days=window)]:
            del ids[old]
