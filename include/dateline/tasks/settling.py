"""Tasks of settling: find what is not as it should be, make it again in groups, tell who listens."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.errors import UsageError
from dateline.settings import from_environment
from dateline.tasks import Plain, log, tell

if TYPE_CHECKING:
    from dateline.days import Days
    from dateline.edges.lake import Lake
    from dateline.edges.lake.partitions import Day
    from dateline.settle import Span

# `asked`, in what follows: what the person asked for who started the run; the form's defaults otherwise.
#   stale: also make days again that older code, models or rules made.
#   from, to: the days that may be touched, YYYY-MM-DD or None.
#   note: why, for `changes`; or None.


def find_dirty(owner: str, asked: Plain) -> list[list[str]]:
    """Take the lease of the lake, clear up after runs that died, find the days to sign.

    Args:
        owner: who holds the lease from here on; not if this fails.

    Returns:
        Groups of day names.

    Raises:
        LeaseHeld: another run is settling the lake.
        UsageError: what was asked for can't be.
    """
    from dateline import outdated, settle
    from dateline.edges.clock import Clock
    from dateline.edges.lake import lease

    span, days = span_of(asked), _days(owner, asked)
    lease.take(days.lake.store, owner, Clock().now())
    try:
        with lease.kept(days.lake.store, owner, Clock().now):
            tell(settle.prepare(days, span, versions=asked["stale"]))
        days = replace(days)  # forgets what was cached
        found = {*outdated.dirty(days, span)}
        if asked["stale"]:
            found |= {day for day in days.documents if day in span and days.is_stale("signatures", day)}
        return _grouped(days, found, "to sign")
    except BaseException:
        free(owner)
        raise


def find_affected(owner: str, asked: Plain) -> list[list[str]]:
    """The days whose links, annotations or articles are not made from their inputs as they are, and by the
    present versions if that was asked for; in groups of day names."""
    from dateline import outdated

    span, days = span_of(asked), _days(owner, asked)
    days.guard()
    found = {*outdated.affected(days, span)}
    if asked["stale"]:
        found |= {day for stale in outdated.stale(days, span).values() for day in stale}
    return _grouped(days, found, "to publish")


def work(verb: str, names: list[str], owner: str, asked: Plain) -> None:
    """Run a step over some days, renewing the lease before each.

    Raises:
        LeaseHeld: it expired, and another run has taken it over.
    """
    from dateline import settle
    from dateline.edges.clock import Clock
    from dateline.edges.lake import lease
    from dateline.edges.lake.partitions import parse_day
    from dateline.pipeline import SETTLE

    dataset = {step.verb: step.writes for step in SETTLE}[verb]
    days = _days(owner, asked)
    forced = replace(days, force=True)
    with lease.kept(days.lake.store, owner, Clock().now):
        for name in names:
            days.guard()
            day = parse_day(name)
            # A stale day is made again by its own step, inputs moved or not; if that changes its rows, the
            # steps after it see that their inputs have moved.
            again = asked["stale"] and days.is_stale(dataset, day)
            tell(settle.work(forced if again else days, verb, [day]))


def cluster(owner: str, asked: Plain) -> None:
    """Follow the links to clusters, day by day in their order, renewing the lease before each.

    Raises:
        LeaseHeld: it expired, and another run has taken it over.
    """
    from dateline import outdated, settle
    from dateline.edges.clock import Clock
    from dateline.edges.lake import lease

    span, days = span_of(asked), _days(owner, asked)
    days.guard()
    with lease.kept(days.lake.store, owner, Clock().now):
        for day in outdated.chained(days, span, versions=asked["stale"]):
            days.guard()
            tell(settle.work(days, "cluster", [day]))


def unannounced(owner: str) -> dict[str, str]:
    """Day name → row digest of the published days that nobody was told of yet.

    Raises:
        LeaseHeld: another run has the lease, and will tell.
    """
    from dateline import news

    days = _days(owner, None)
    days.guard()
    return news.unannounced(days)


def mark_announced(owner: str, told: dict[str, str]) -> None:
    """Remember what consumers were told.

    Raises:
        LeaseHeld: another run has the lease; it tells again, and remembers.
    """
    from dateline import news

    days = _days(owner, None)
    days.guard()
    news.mark_announced(days.lake, told)


def free(owner: str) -> None:
    """Give the lease of the lake back, if `owner` has it."""
    from dateline.edges.lake import lease

    lease.free(_lake().store, owner)


def span_of(asked: Plain) -> Span:
    """The days that were asked for.

    Raises:
        UsageError: one is no day, or the last comes before the first.
    """
    from dateline.edges.lake.partitions import real_day
    from dateline.settle import Span

    span = Span(real_day(asked["from"]), real_day(asked["to"]))
    if span.start and span.end and span.start > span.end:
        raise UsageError(f"from {span.start} lies after to {span.end}")
    return span


def _days(owner: str, asked: Plain | None) -> Days:
    from dateline import settle

    how = {"versions": asked["stale"], "note": asked["note"]} if asked else {}
    return settle.days_of(from_environment(), owner=owner, **how)


def _lake() -> Lake:
    from dateline.edges.lake import Lake

    return Lake.open(from_environment().lake)


def _grouped(days: Days, found: set[Day], what: str) -> list[list[str]]:
    from dateline import settle
    from dateline.edges.lake.partitions import sort_key

    names = settle.names(sorted(found, key=sort_key))
    log.info("%s days %s: %s", len(names), what, ", ".join(names[:20]) or "nothing to do")
    return [settle.names(group) for group in settle.groups(days, list(found))]
