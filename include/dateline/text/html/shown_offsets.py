"""The local time of a story: its offset where one voice has the instant and another the clock or the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, timedelta, tzinfo

from dateline.text.html.date_voices import PRECISE, Voice, clock_of
from dateline.text.when import When

_OFFSETS = frozenset({
    *range(-11 * 60, 14 * 60, 60), -570, -210, -150, 210, 270, 330, 345, 390, 570, 630,
})  # fmt: skip
"""Minutes east of UTC that clocks keep or kept of late."""


def localised(best: Voice, agreeing: Sequence[Voice], zone: tzinfo | None) -> When:
    """The time of the best voice, put where its page is, with the offset that the page shows.

    Args:
        agreeing: voices of about the same day.
        zone: of the page's country or language, None if that has several.

    A clock without a zone is one of that zone; its offset stays None, as nobody said it. An instant in UTC
    stays; its offset is taken from a clock that shows the same minute elsewhere on the page, or from the zone
    where the page shows that zone's day. Else midnight there is a day that was written as an instant.
    """
    when = best.when
    if when.precision not in PRECISE or when.offset not in (None, 0):
        return when
    if when.offset is None:
        return _in_zone(when, zone) if zone else when
    offset = _by_clock(when, agreeing, zone)
    if offset is None and zone is not None:
        return _by_day(when, agreeing, zone)
    return when if offset is None else When(when.instant, when.precision, offset)


def placed(when: When, known: When | None, zone: tzinfo | None) -> When:
    """A clock without a zone, put where another time of the page has been, else into a zone.

    Its offset stays None.
    """
    if when.precision not in PRECISE or when.offset is not None:
        return when
    if known is not None and known.offset is not None:
        return When(when.instant - timedelta(minutes=known.offset), when.precision)
    return _in_zone(when, zone) if zone else when


def _in_zone(when: When, zone: tzinfo) -> When:
    return When(when.instant.replace(tzinfo=zone).astimezone(UTC), when.precision)


def _by_clock(when: When, agreeing: Sequence[Voice], zone: tzinfo | None) -> int | None:
    for voice in agreeing:
        if voice.when.offset is not None or voice.when.precision not in PRECISE:
            continue
        told = when.instant
        if "minute" in (when.precision, voice.when.precision):
            told = told.replace(second=0, microsecond=0)
        minutes, rest = divmod((clock_of(voice.when) - told).total_seconds(), 60)
        is_offset = rest < 1 and minutes in _OFFSETS and minutes != 0
        if is_offset and (zone is None or minutes == _offset_at(when, zone)):
            return int(minutes)
    return None


def _by_day(when: When, agreeing: Sequence[Voice], zone: tzinfo) -> When:
    offset = _offset_at(when, zone)
    local = when.instant + timedelta(minutes=offset)
    days = {voice.when.instant.date() for voice in agreeing if voice.when.precision == "day"}
    if local.date() == when.instant.date():
        return when
    if local.date() in days and when.instant.date() not in days:
        return When(when.instant, when.precision, offset)
    # A page that shows the other day puts its own midnights into UTC again.
    is_midnight = (local.hour, local.minute, local.second) == (0, 0, 0)
    return When.day(local.date()) if is_midnight else when


def _offset_at(when: When, zone: tzinfo) -> int:
    shift = when.instant.astimezone(zone).utcoffset() or timedelta()
    return int(shift.total_seconds() // 60)
