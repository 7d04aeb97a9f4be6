"""The days of a live blog's times of day: where its nights lie."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta, tzinfo
from itertools import pairwise

from dateline.text.dates import parse
from dateline.text.when import When

DATED = ("instant", "minute", "day")
_TIMED = ("instant", "minute")
_ANY_DAY = date(2000, 1, 3)
_LONGEST_BLOG = 30
"""Days over which times of day alone are told apart."""
_DAY, _HALF = 1_440, 720
"""Minutes."""
_SLIP = 180
"""Minutes by which an entry may stand out of order on its own day: two changed places, one came late."""
_LATER = 360
"""Minutes after the last change of a blog at which an entry can't be of that day any more; fewer are for
systems that don't count an entry as a change."""


def days(
    clocks: Sequence[str], since: When | None, until: When | None, zone: tzinfo | None
) -> list[date | None]:
    """The day of each time of day in a blog's order; None for those that are empty.

    Args:
        clocks: times of day in the order of the page.
        since: when the blog was published.
        until: when it was last changed; None if unknown.
        zone: where the clocks hang; None for that of `since`.

    The page goes on or back in time, whichever more of its steps do. A step into the small hours is a night,
    and so is a time half a day before the blog began. The nights must fit between its first and its last day,
    as far as that is known: else nothing is.
    """
    unknown: list[date | None] = [None] * len(clocks)
    if since is None or since.precision not in DATED or not any(clocks):
        return unknown
    if until is not None and until.precision not in DATED:
        until = None
    first = local(since, zone)
    room = (local(until, zone) - first).days if until is not None else None
    if room is not None and not 0 <= room <= _LONGEST_BLOG:
        return unknown
    minutes = [_minute_of(clock) for clock in clocks]
    began, ended = _time_of(since, zone), _time_of(until, zone)
    found = _all_on_one(minutes, began) if room == 0 else _over_nights(minutes, began, ended, room)
    if found is None:
        return unknown
    return [first + timedelta(days=day) if day is not None else None for day in found]


def local(when: When, zone: tzinfo | None) -> date:
    """The day on the clocks of a zone; on its own if None."""
    if zone is not None and when.precision != "day":
        return when.instant.astimezone(zone).date()
    return (when.instant + timedelta(minutes=when.offset or 0)).date()


def _time_of(when: When | None, zone: tzinfo | None) -> int | None:
    if when is None or when.precision not in _TIMED:
        return None
    at = when.instant.astimezone(zone) if zone else when.instant + timedelta(minutes=when.offset or 0)
    return 60 * at.hour + at.minute


def _minute_of(clock: str) -> int | None:
    """The minute of the day, as the clock has it, whatever zone it names."""
    when = parse(f"{_ANY_DAY.isoformat()} {clock}") if clock else None
    if when is None or when.precision not in _TIMED:
        return None
    at = when.instant + timedelta(minutes=when.offset or 0)
    return 60 * at.hour + at.minute


def _all_on_one(minutes: list[int | None], began: int | None) -> list[int | None] | None:
    """All on the only day of a blog, in whatever order; None where one lies too far before its beginning."""
    if any(began is not None and at is not None and began - at > _HALF for at in minutes):
        return None
    return [0 if at is not None else None for at in minutes]


def _over_nights(
    minutes: list[int | None], began: int | None, ended: int | None, room: int | None
) -> list[int | None] | None:
    """Days after the first for each minute; None where the nights don't fit.

    Args:
        minutes: of the day, in the order of the page.
        began: minute of the day at which the blog began, None if unknown.
        ended: that of its last change.
        room: days from its first to its last; None if unknown.
    """
    known = [at for at in minutes if at is not None]
    if not known:
        return None
    is_back = _goes_back(known)
    walked = _walked(known[::-1] if is_back else known, is_sure=room is not None)
    if walked is None:
        return None
    start = 1 if began is not None and began - known[-1 if is_back else 0] > _HALF else 0
    if is_back and room is not None:
        # What is shown first is the newest: the oldest entries may be on another page.
        start = room - walked[-1] - (1 if ended is not None and known[0] - ended > _LATER else 0)
    placed = [start + day for day in walked]
    if min(placed) < 0 or max(placed) > (_LONGEST_BLOG if room is None else room):
        return None
    in_order = iter(placed[::-1] if is_back else placed)
    return [next(in_order) if at is not None else None for at in minutes]


def _goes_back(known: list[int]) -> bool:
    """Whether the newest stands first; the shorter way round the clock is the way a step goes."""
    ways = [(later - one) % _DAY for one, later in pairwise(known)]
    return sum(way > _HALF for way in ways) >= sum(0 < way <= _HALF for way in ways)


def _walked(known: list[int], *, is_sure: bool) -> list[int] | None:
    """Days along minutes from the oldest on; None where a step may be a night or not.

    Args:
        known: minutes of the day.
        is_sure: whether the day of the end is known, so that a night too many is seen.
    """
    day = 0
    made = [0]
    for before, at in pairwise(known):
        if at < before:
            back = before - at
            if _SLIP < back < _HALF and not is_sure:
                return None
            day += 1 if back > _SLIP else 0
        elif at - before > _DAY - _SLIP:
            day -= 1
        made.append(day)
    return made
