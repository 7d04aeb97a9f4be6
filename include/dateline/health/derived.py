"""Derived days: contract, digest, footers, sums; then what only rows can show."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from dateline.contract import KeyOrder
from dateline.contracts import contract
from dateline.days import Days
from dateline.edges.lake.digests import RowDigest
from dateline.edges.lake.partitions import Day, day_name
from dateline.errors import DatelineError, NewerSchema, OtherSchema
from dateline.health.annotated import annotation_faults
from dateline.health.clustered import cluster_faults
from dateline.health.finding import BROKEN, DIRTY, STALE, Finding, Looked
from dateline.health.links import link_faults
from dateline.pipeline import DERIVED_DATASETS

Ids = dict[Day, pa.Array]
"""Day → its article ids, of those days whose rows can be trusted."""


def of_day(days: Days, day: Day, ids: Ids, looked: Looked) -> Iterator[Finding]:
    """What is not as it should be in a day that has all derived files.

    Args:
        ids: of the days before; the day's own are put in where its rows can be trusted.
    """
    sound = True
    for dataset in DERIVED_DATASETS:
        for finding in _of_file(days, dataset, day, looked):
            sound = sound and finding.level == STALE and "migrate" not in finding.what
            yield finding
    if not sound:
        # Rows that do not belong together would be blamed for it one by one.
        return
    try:
        days.check_publication(day)
        columns = ["article_id"]
        found = [batch.column(0) for batch in days.lake.read_day("articles", day, columns)]
        ids[day] = pa.concat_arrays(found) if found else pa.array([], pa.string())
        faults = [*annotation_faults(days, day, ids[day]), *link_faults(days, day, ids)]
        for datasets, fault in faults or cluster_faults(days, day):
            yield _broken(datasets, day, f"{datasets[0]} of {day_name(day)}: {fault}")
    except DatelineError as error:
        yield _broken(("articles",), day, str(error))


def _of_file(days: Days, dataset: str, day: Day, looked: Looked) -> Iterator[Finding]:
    where = f"{dataset} of {day_name(day)}"
    looked.files += 1
    try:
        footer = days.lake.footer(dataset, day)
        order, digest = KeyOrder(contract(dataset)), RowDigest()
        for batch in days.lake.read_day(dataset, day):
            digest += RowDigest.of([order.check(batch)])
        looked.rows += digest.rows
    except NewerSchema as error:
        yield Finding(BROKEN, str(error))
    except OtherSchema as error:
        yield Finding(STALE, str(error))
    except DatelineError as error:
        yield _broken((dataset,), day, str(error))
    else:
        if footer is None or footer.dataset != dataset or str(digest) != footer.row_digest:
            yield _broken((dataset,), day, f"{where}: its rows are not what its footer says")
        elif not days.is_current(dataset, day):
            yield Finding(DIRTY, f"{where}: its inputs have moved; run `dateline settle`")
        elif days.is_stale(dataset, day):
            yield Finding(STALE, f"{where}: older versions made it; run `dateline settle --stale`")


def _broken(datasets: tuple[str, ...], day: Day, what: str) -> Finding:
    paths = " and ".join(f"{dataset}/date={day_name(day)}/part.parquet" for dataset in datasets)
    return Finding(BROKEN, f"{what}; remove {paths} and run `dateline settle`")
