"""When each entry of a live blog was posted: its own word, or its time of day and the days of the blog."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone, tzinfo
from itertools import pairwise

from dateline.text.dates import parse
from dateline.text.html.date_voices import page_usage
from dateline.text.html.evidence import Evidence
from dateline.text.html.fact import Fact
from dateline.text.html.live_markup import Update
from dateline.text.html.times import Limits
from dateline.text.when import When

_DATED = ("instant", "minute", "day")
_ANY_DAY = date(2000, 1, 3)
_DAY = timedelta(days=1)
_LONGEST_BLOG = 30
"""Days over which times of day alone are told apart."""


def times_of(
    updates: Sequence[Update],
    since: Fact[When | None],
    until: When | None,
    limits: Limits,
    page: Evidence,
) -> list[Fact[When | None]]:
    """The time of each entry.

    Args:
        updates: in the order of the page.
        since: when the blog was published.
        until: when it was last changed.
        limits: what a time may be.
        page: what it says: its country or language may tell where its clocks hang.

    Where none can be read, it is the day of the blog with little trust, so that the entry keeps its row on
    one day whenever the page is seen; nothing where that is not known either.
    """
    zone = _zone(since.value, limits, page)
    own = [_own(each, zone, limits) for each in updates]
    days = _days([each.clock for each in updates], since.value, until, zone)
    found = zip(updates, own, days, strict=True)
    return [_fact(each, when, day, zone, limits) or _day_of(since) for each, when, day in found]


def _fact(
    update: Update, when: When | None, day: date | None, zone: tzinfo | None, limits: Limits
) -> Fact[When | None] | None:
    """The time of an entry by its own word, exact where its time of day is known; None where it has none."""
    if update.clock and (when is None or when.precision == "day"):
        given = when.instant.date() if when else day
        exact = parse(f"{given.isoformat()} {update.clock}", zone=zone) if given else None
        if exact and limits.holds(exact):
            return Fact(exact, "html", 0.85 if when else 0.7)
    if update.source == "json-ld":
        return Fact(when, "json-ld", 0.95) if when else None
    return Fact(when, "html", 0.85) if when else None


def changed(update: Update, posted: When | None, limits: Limits) -> When | None:
    """When an entry was changed; None where that would lie before it was posted."""
    when = parse(update.modified, zone=limits.zone)
    if when is None or not limits.holds(when) or when.precision not in _DATED:
        return None
    return when if posted is None or when.instant >= posted.instant else None


def _zone(since: When | None, limits: Limits, page: Evidence) -> tzinfo | None:
    """Where a clock without a zone hangs: as its source says, else with the blog's own, else in its country.

    A blog's UTC is often only how its system writes.
    """
    if limits.zone is None and since is not None and since.offset:
        return timezone(timedelta(minutes=since.offset))
    return limits.zone or page_usage(page).zone


def _own(update: Update, zone: tzinfo | None, limits: Limits) -> When | None:
    for value in update.published:
        when = parse(value, zone=zone)
        if when is not None and when.precision in _DATED and limits.holds(when):
            return when
    return None


def _day_of(since: Fact[When | None]) -> Fact[When | None]:
    """The day of the blog, as its source printed it."""
    when = since.value
    if when is None or when.precision not in _DATED:
        return Fact(None)
    return Fact(When.day(_local(when, None)), since.source, 0.3)


def _local(when: When, zone: tzinfo | None) -> date:
    if zone is not None and when.precision != "day":
        return when.instant.astimezone(zone).date()
    return (when.instant + timedelta(minutes=when.offset or 0)).date()


def _days(
    clocks: list[str], since: When | None, until: When | None, zone: tzinfo | None
) -> list[date | None]:
    """The day of each time of day in a blog's order.

    Of a blog of one day it is that day. Of a longer one each step against the order is a night, and the
    nights must fit between its first and its last day: else nothing is known.
    """
    unknown: list[date | None] = [None] * len(clocks)
    if since is None or since.precision not in _DATED or not any(clocks):
        return unknown
    first = _local(since, zone)
    last = _local(until, zone) if until is not None and until.precision in _DATED else first
    if not 0 <= (last - first).days <= _LONGEST_BLOG:
        return unknown
    if first == last:
        return [first if clock else None for clock in clocks]
    read = [parse(f"{_ANY_DAY.isoformat()} {clock}") if clock else None for clock in clocks]
    minutes = [(when.instant if when else None) for when in read]
    known = [at for at in minutes if at is not None]
    rises = sum(one < other for one, other in pairwise(known))
    falls = sum(one > other for one, other in pairwise(known))
    step = -1 if falls >= rises else 1
    made = _walked(minutes, last if step < 0 else first, step)
    return made if all(day is None or first <= day <= last for day in made) else unknown


def _walked(minutes: list[datetime | None], start: date, step: int) -> list[date | None]:
    """Days along a page that goes back (-1) or on (1) in time."""
    day, before = start, None
    made: list[date | None] = []
    for at in minutes:
        if at is not None and before is not None and (at > before if step < 0 else at < before):
            day += step * _DAY
        made.append(day if at is not None else None)
        before = at if at is not None else before
    return made
