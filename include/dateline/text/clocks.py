"""Times of day and time zones as the world writes them, in folded text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dateline.text.date_words import AMERICAN, FILLER, MONTHS, OFFSETS


class ImpossibleError(Exception):
    """The form is understood, but it names no instant (31 February, +99:00) or none in YEARS."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; `offset` in minutes if given, `american` the standard offset of a seasonless name."""

    hour: int
    minute: int
    second: int | None = None
    micro: int = 0
    offset: int | None = None
    american: int | None = None
    is_half: bool = False


_HALF = r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?)"
_ZONE_AHEAD = rf"(?=\s?(?:{'|'.join(sorted({*OFFSETS, *AMERICAN} - {'z'}, key=len, reverse=True))})\b)"
CLOCKS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![\d:+-])(?P<hour>\d{1,2}):(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})"
        r"(?:[.,:](?P<fraction>\d{1,9}))?)?(?!\d)" + _HALF + "?",
        r"(?<![\d.])(?P<hour>\d{1,2})\.(?P<minute>\d\d)" + _HALF,
        r"(?<!\d)(?P<hour>\d{1,2})\.(?P<minute>\d\d)\s?(?:uhr|uur|hod|h|hrs|klo|น)\b",
        r"\b(?:kl|klo|kello|klockan|klokken|um|om|ore|alle|godz|o|ob|u|v|ve)\.?\s(?P<hour>\d{1,2})\.(?P<minute>\d\d)\b(?!\.)",
        r"(?<![\d.])(?P<hour>\d{1,2})\.(?P<minute>\d\d)" + _ZONE_AHEAD,
        # 2024-03-25 17.30, 25 March 2024, 17.30: behind a whole day.
        r"(?:(?<=\d{4} )|(?<=\d{4}, )|(?<=-\d\d ))(?P<hour>[01]\d|2[0-3])\.(?P<minute>[0-5]\d)(?![\d.])",
        # 0930 GMT, 1430 hrs: four digits alone are a year, so hours of 20 need minutes that no year has.
        r"(?<![\d.:/-])(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s?(?:hrs\b|" + _ZONE_AHEAD + ")",
        r"(?<![\d.])(?P<hour>\d{1,2})\s?[hu]\s?(?P<minute>\d\d)?(?:\s?(?:min|m))?\b",
        r"(?<![\d./-])(?P<hour>\d{1,2})" + _HALF,
        r"(?<![\d./-])(?P<hour>\d{1,2})\s(?:uhr|uur|hod)\b",
    )
)
"""Times of day: 17:30[:05[.123]] [pm], 5.30 pm, 17.30 Uhr, kl. 17.30, 17.30 GMT, 1730 GMT, 17h30, 5 p.m.,
17 Uhr."""


def read_clock(part: dict[str, str | None], offset: int | None, american: int | None) -> Clock:
    hour, minute = int(part["hour"] or 0), int(part.get("minute") or 0)
    second = int(part["second"] or 0) if part.get("second") else None
    half = part.get("half")
    # "17:30 pm" is common: an hour that needs no half keeps its value.
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 24 or minute > 59 or (second or 0) > 60 or (hour == 24 and (minute or second)):
        raise ImpossibleError
    # A leap second has no place in a timestamp: it is the second before it.
    second = min(second, 59) if second is not None else None
    micro = int((part.get("fraction") or "0").ljust(6, "0")[:6])
    return Clock(hour, minute, second, micro, offset, american, half is not None)


_NUMERIC_ZONE = re.compile(
    r"\s?\(?(?:(?:utc|gmt|ut|z)\s?(?P<named>[+-]\s?\d{1,2}(?::?\d\d)?)(?!\d)"
    r"|(?P<bare>[+-](?:\d\d:?\d\d|\d:\d\d|\d\d))(?![\d:]|\s?[^\W\d_]{3}))"
)
_NAMED_ZONE = re.compile(
    r"\s?[,(]?\s?(?:по |بتوقيت )?([^\W\d_]{1,11})\b(?:(?: standard| daylight| summer)? time| времени)?"
)
_NOWHERE: Mapping[str, int] = MappingProxyType({})
_FARTHEST = 15 * 60 + 59
"""Minutes; clocks now keep within -12:00 and +14:00, local mean times of old went up to -15:56."""
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[()\[\]]")


def read_zone(after: str, local: Mapping[str, int] = _NOWHERE) -> tuple[int | None, int | None, str]:
    """Offset, or standard offset of a seasonless American name, at the start of what follows a time.

    `local` has the offsets of names that mean another zone where the text was written.

    A short unknown word there is taken for a zone that nobody knows, and dropped.
    """
    offset = american = None
    if found := _NUMERIC_ZONE.match(after):
        offset = _minutes((found["named"] or found["bare"]).replace(" ", ""))
        after = after[found.end() :]
    elif found := _NAMED_ZONE.match(after):
        name = found[1]
        offset, american = local.get(name, OFFSETS.get(name)), AMERICAN.get(name)
        unknown = name.isascii() and len(name) <= 5 and name not in MONTHS and name not in FILLER
        if offset is not None or american is not None or unknown:
            after = after[found.end() :]
    return offset, american, BRACKETS.sub(" ", after)


def _minutes(text: str) -> int:
    """Minutes of `+02:00`, `-0530`, `+2`.

    Raises:
        ImpossibleError: no place on Earth ever had that offset: taking the time as UTC would move it.
    """
    hours, minutes = text[1:].split(":") if ":" in text else (text[1:3], text[3:] or "0")
    total = int(hours) * 60 + int(minutes)
    if total > _FARTHEST or int(minutes) > 59:
        raise ImpossibleError
    return -total if text[0] == "-" else total
