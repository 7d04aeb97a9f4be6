"""When each entry of a live blog was posted: its own word, or its time of day and the days of the blog."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta, timezone, tzinfo

from dateline.text.dates import parse
from dateline.text.html.date_voices import page_usage
from dateline.text.html.evidence import Evidence
from dateline.text.html.fact import Fact
from dateline.text.html.live_blocks import is_ago
from dateline.text.html.live_days import DATED, days, local
from dateline.text.html.live_markup import Update
from dateline.text.html.relative_times import relative
from dateline.text.html.times import Limits
from dateline.text.when import When


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
    told = days([each.clock for each in updates], since.value, until, zone)
    found = zip(updates, own, told, strict=True)
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
    # Pages come out of caches: an age may be told near midnight.
    return Fact(when, "html", 0.7 if age_of(update) else 0.85) if when else None


def age_of(update: Update) -> str:
    """The age that an entry shows, empty without one."""
    return next(filter(is_ago, update.published), "")


def changed(update: Update, posted: When | None, limits: Limits) -> When | None:
    """When an entry was changed; None where that would lie before it was posted."""
    when = parse(update.modified, zone=limits.zone)
    if when is None or not limits.holds(when) or when.precision not in DATED:
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
        if when is None and is_ago(value):
            when = relative(value, limits.captured, zone)
        if when is not None and when.precision in DATED and limits.holds(when):
            return when
    return None


def _day_of(since: Fact[When | None]) -> Fact[When | None]:
    """The day of the blog, as its source printed it."""
    when = since.value
    if when is None or when.precision not in DATED:
        return Fact(None)
    return Fact(When.day(local(when, None)), since.source, 0.3)
