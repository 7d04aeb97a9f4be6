"""Dates as machines write them: they need none of the care that the forms of people do."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache

from dateline.text.clocks import ImpossibleError, read_zone
from dateline.text.when import When

YEARS = range(1600, 2101)
"""Years that a date of the news or of an archive can have."""

_PLAIN = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2}):([0-9]{2}):([0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2}))?"
)


def read_plain(text: str) -> When | None:
    """A time like 2024-03-25T10:30:00+01:00 or a day like 2024-03-25; None for all that is written otherwise,
    and for what may be impossible."""
    found = _PLAIN.fullmatch(text)
    if not found or (found[4] and not found[7]):
        return None  # a time without a zone is where its source is
    offset = _offset(found[7]) if found[7] else 0
    if int(found[1]) not in YEARS or offset is None:
        return None
    try:
        instant = datetime.fromisoformat(text[: len("2024-03-25T10:30:00")]).replace(tzinfo=UTC)
    except ValueError:
        return None
    if not found[7]:
        return When(instant, "day")
    return When(instant - timedelta(minutes=offset) if offset else instant, "instant", offset)


@cache
def _offset(written: str) -> int | None:
    """Minutes east of UTC of Z or +02:00; None for what no clock shows."""
    try:
        return read_zone(written.lower())[0]
    except ImpossibleError:
        return None


_NUMBER = re.compile(r"\d{9,10}|\d{13}|-\d{9,}")


def read_epoch(digits: str) -> When | None:
    """Epoch seconds or milliseconds: up to eleven digits are seconds since 1970, more are milliseconds.

    Without a sign only nine, ten and thirteen digits count: others are days or ids.

    Raises:
        ImpossibleError: the instant lies outside YEARS.
    """
    if not _NUMBER.fullmatch(digits):
        return None
    milliseconds = int(digits) * (1 if len(digits.lstrip("-")) > 11 else 1000)
    try:
        instant = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    except OverflowError as error:
        raise ImpossibleError from error
    if instant.year not in YEARS:
        raise ImpossibleError
    return When(instant, "instant", 0)
