"""Days as partitions: `date=2024-03-25`, or Hive's null partition for an unknown day."""

from __future__ import annotations

import re
from datetime import date

from dateline.errors import UsageError
from dateline.pipeline import NULL_PARTITION

Day = date | None
"""A publication or capture day in UTC; None is the null partition."""

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def day_name(day: Day) -> str:
    """The value behind `date=` in a path."""
    return NULL_PARTITION if day is None else day.isoformat()


def parse_day(text: str) -> Day:
    """The day that a name or a person's parameter means.

    Raises:
        UsageError: it is no real day written as YYYY-MM-DD (nor the null partition's name).
    """
    if text == NULL_PARTITION:
        return None
    if _ISO_DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise UsageError(f"no day: {text[:40]!r}; a real day as YYYY-MM-DD is wanted")


def real_day(text: str | None) -> date | None:
    """The day that a person or a partition key names; None where there is none.

    Raises:
        UsageError: it is no real day as YYYY-MM-DD, or the null partition.
    """
    if text is None:
        return None
    day = parse_day(text)
    if day is None:
        raise UsageError("a real day as YYYY-MM-DD is wanted, not the null partition")
    return day


def is_day(text: str) -> bool:
    """Whether a name in a path is that of a real day or of the null partition, as `day_name` writes it."""
    try:
        return day_name(parse_day(text)) == text
    except UsageError:
        return False


def sort_key(day: Day) -> tuple[bool, date]:
    """Days in order, the null partition last."""
    return (day is None, day or date.min)
