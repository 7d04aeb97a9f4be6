"""Dates as the world writes them, read into a `When`; what names no real day is never bent into one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from dateline.text.clocks import BRACKETS, CLOCKS, Clock, ImpossibleError, read_clock, read_zone
from dateline.text.date_usage import Usage
from dateline.text.date_words import CROATIAN_OCTOBER, FILLER, LETTER, MONTHS, american_offset, western
from dateline.text.machine_dates import YEARS, read_epoch, read_plain
from dateline.text.when import When

LONGEST = 100
"""Characters; no date is longer, so a longer text is not read at all."""


_ANYWHERE = Usage()


@dataclass(frozen=True, slots=True)
class _Day:
    year: int
    month: int
    day: int | None


def parse(text: str | None, *, zone: tzinfo | None = None, usage: Usage = _ANYWHERE) -> When | None:
    """The time that a text names, None where it names none or an impossible one.

    Args:
        text: a date alone, with at most a word before and after it; ISO 8601, RFC 822 and their broken
            kin, epoch seconds or milliseconds, and spelt-out dates of many languages.
        zone: where a time without a zone was; UTC if None. The offset then stays None.
        usage: how its country and language write dates; its zone is not looked at.

    A numeric date that could be read as two days (03/04/2024, 25.03.24) is None rather than a guess where
    the usage does not tell the order; dots always mean day.month.year before a year of four digits, and am
    or pm means month/day/year.
    """
    try:
        return _read(text, zone, usage)
    except ImpossibleError:
        return None


def is_impossible(text: str | None) -> bool:
    """Whether a text is written as a date but names no real time, or none from 1600 to 2100.

    So are what databases write for a missing date (0000-00-00, 0001-01-01): an archive that says so of
    an article is told of it.
    """
    try:
        _read(text, None, _ANYWHERE)
    except ImpossibleError:
        return True
    return False


def parse_day(text: str) -> date | None:
    """The day of a strict ISO date (2024-03-25), None for anything else."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _read(text: str | None, zone: tzinfo | None, usage: Usage) -> When | None:
    if not text or len(text) > LONGEST or (text.isascii() and not _DIGIT.search(text)):
        return None
    if (plain := read_plain(text)) is not None:
        return plain
    words = _BLANKS.sub(_joined, " ".join(western(text).split()))
    if (counted := read_epoch(words)) is not None:
        return counted
    day, clock = _compact(words, usage) or _spelt(words, usage)
    return _when(day, clock, zone) if day else None


_DIGIT = re.compile(r"\d")
_BLANKS = re.compile(
    r"(?<![\d/.:-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)"
    r"|(?<![\d/.:-])(\d{4})\s?([/-])\s?(\d{1,2})\s?\6\s?(\d{1,2})(?!\d)"
)
"""A day in numbers; blanks stand in it by the rules of Czech, Slovak and Slovene."""


def _joined(found: re.Match[str]) -> str:
    return "".join(found[0].split())


_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:\s?t?\s?(\d\d)(\d\d)(\d\d)?(?:[.,]\d{1,9})?)?(?!\d)")


def _compact(words: str, usage: Usage) -> tuple[_Day | None, Clock | None] | None:
    """20240325, 20240325T103000Z and 202403251030; None where the text has another form."""
    found = _COMPACT.match(words)
    if not found or found[2] > "12" or found[3] > "31":
        return None
    day = _Day(int(found[1]), int(found[2]), int(found[3]))
    rest = words[found.end() :]
    if not found[4]:
        return (day, None) if not rest else None
    offset, american, rest = read_zone(rest, usage.zones)
    if rest.strip():
        return None
    return day, read_clock({"hour": found[4], "minute": found[5], "second": found[6]}, offset, american)


def _spelt(words: str, usage: Usage) -> tuple[_Day | None, Clock | None]:
    """A date with at most one time of day before, in or after it."""
    for pattern in CLOCKS:
        if found := pattern.search(words):
            offset, american, after = read_zone(words[found.end() :], usage.zones)
            clock = read_clock(found.groupdict(), offset, american)
            order = usage.order
            if clock.is_half and order in (None, "dots"):
                order = "mdy"
            # "25 Mar 2024 GMT" has no time of day: without its year no day is left.
            if day := _day(f"{words[: found.start()]} {after}", order):
                return day, clock
    return _day(re.sub(r"(?<=\d)(?:z|[+-]\d\d:\d\d)$", "", words), usage.order), None


_TOKEN = re.compile(rf"\d+(?:[-/.]\d+)+|\d+|{LETTER}+")


def _day(words: str, order: str | None) -> _Day | None:
    """The one day that is left when the time of day is taken out."""
    tokens = _TOKEN.findall(BRACKETS.sub(" ", words))
    months = [at for at, token in enumerate(tokens) if token in MONTHS]
    if len(months) == 2 and months[0] == 0:
        # "Mar 26 mars 2024": in the Romance languages `mar` is also Tuesday.
        months = months[1:]
    last = len(tokens) - 1
    for at, token in enumerate(tokens):
        # Weekdays and lead-ins of any language stand first or last; anything else must be known.
        if not token[0].isdecimal() and at not in (0, last) and at not in months and token not in FILLER:
            return None
    numbers = [token for token in tokens if token[0].isdecimal()]
    if not months:
        return _numeric(numbers[0], order) if len(numbers) == 1 else None
    if len(months) > 1 or any(not number.isdecimal() for number in numbers):
        return None
    month = MONTHS[tokens[months[0]]]
    if tokens[months[0]] == CROATIAN_OCTOBER and re.search(r"\d\. " + CROATIAN_OCTOBER, words):
        month = 10
    return _worded(month, numbers)


def _worded(month: int, numbers: list[str]) -> _Day | None:
    """Day and year around a month's name; a year of two digits stands last, as in RFC 822."""
    if len(numbers) == 1 and len(numbers[0]) == 4:
        return _Day(int(numbers[0]), month, None)
    if len(numbers) != 2:
        return None
    first, second = numbers
    if len(first) == 4:
        first, second = second, first
    if len(first) > 2 or len(second) not in (2, 4):
        return None
    return _Day(_full_year(second), month, int(first))


def _full_year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 50 else 1900)


def _numeric(token: str, order: str | None) -> _Day | None:
    """2024-03-25, 25.03.2024, 3/25/2024, 2024-03, 03/2024, 2024-085."""
    separators = set(re.findall(r"[-/.]", token))
    parts = re.split(r"[-/.]", token)
    if len(separators) != 1 or any(len(part) > 4 for part in parts):
        return None
    if len(parts) == 2:
        return _month_or_ordinal(parts, separators == {"."})
    if len(parts) != 3:
        return None
    if len(parts[0]) == 4:
        return _Day(*map(int, parts)) if len(parts[1]) <= 2 and len(parts[2]) <= 2 else None
    if len(parts[0]) > 2 or len(parts[1]) > 2 or len(parts[2]) not in (2, 4):
        return None
    return _ordered(parts, separators.pop(), order)


def _ordered(parts: list[str], separator: str, order: str | None) -> _Day | None:
    """Which number is the day: the only reading that is a day, or the one that signs and usage tell."""
    first, second, year = int(parts[0]), int(parts[1]), _full_year(parts[2])
    readings = {"dmy": _Day(year, second, first), "mdy": _Day(year, first, second)}
    if len(parts[2]) == 2:
        readings["ymd"] = _Day(_full_year(parts[0].zfill(2)), second, int(parts[2]))
    real = {name: reading for name, reading in readings.items() if _is_day(reading)}
    if not real:
        raise ImpossibleError
    if len(set(real.values())) == 1:
        return next(iter(real.values()))
    # Nobody writes month.day.year.
    if separator == "." and (len(parts[2]) == 4 or order in ("mdy", "dots")):
        return real.get("dmy")
    return real.get(order or "")


def _month_or_ordinal(parts: list[str], is_dotted: bool) -> _Day | None:
    first, second = parts
    if is_dotted:
        return None
    if len(first) == 4 and len(second) == 3:
        try:
            found = date(int(first), 1, 1) + timedelta(days=int(second) - 1)
        except (ValueError, OverflowError) as error:
            raise ImpossibleError from error
        if found.year != int(first):
            raise ImpossibleError
        return _Day(found.year, found.month, found.day)
    year, month = (first, second) if len(first) == 4 else (second, first)
    return _Day(int(year), int(month), None) if len(year) == 4 and len(month) <= 2 else None


def _is_day(day: _Day) -> bool:
    try:
        date(day.year, day.month, 1 if day.day is None else day.day)
    except ValueError:
        return False
    return day.year in YEARS


def _when(day: _Day, clock: Clock | None, zone: tzinfo | None) -> When | None:
    if not _is_day(day):
        raise ImpossibleError
    if day.day is None:
        # A time of day without a day is no time.
        return When(datetime(day.year, day.month, 1, tzinfo=UTC), "month") if clock is None else None
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    if clock is None:
        return When(midnight, "day")
    span = timedelta(
        hours=clock.hour, minutes=clock.minute, seconds=clock.second or 0, microseconds=clock.micro
    )
    local = midnight + span
    precision = "minute" if clock.second is None else "instant"
    offset = clock.offset
    if clock.american is not None:
        offset = american_offset(local, clock.american)
    if offset is not None:
        return When(local - timedelta(minutes=offset), precision, offset)
    if zone is not None:
        local = local.replace(tzinfo=zone).astimezone(UTC)
    return When(local, precision)
