"""When a feed wants to be asked again: RSS's ttl, skipHours and skipDays, and the syndication module."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dateline.sources.feed_guard import ENTRY
from dateline.sources.markup import events

_MOST_BYTES = 64 * 1024
"""Bytes before and after the entries in which hints are looked for."""

_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBER = re.compile(r"\d{1,6}")


@dataclass(frozen=True, slots=True)
class Hints:
    """What a feed says of itself.

    Args:
        fresh_for: for how many seconds nothing new is to be expected; None if it does not say.
        skip_hours: hours (0 to 23, UTC) in which it need not be asked.
        skip_days: days (0 is Monday, UTC) on which it need not be asked.
    """

    fresh_for: float | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


def hints(body: bytes) -> Hints:
    """The hints of a feed in UTF-8 XML; what makes no sense is no hint.

    Of ttl and the syndication module's pace the longer counts: so neither is broken. A feed that would
    skip every hour or every day could never be asked, and skips none.
    """
    words = _words(body)
    said = [seconds for seconds in (_ttl(words), _pace(words)) if seconds]
    hours = frozenset(_hours(words.get("hour", ())))
    days = frozenset(_DAYS.index(day.lower()) for day in words.get("day", ()) if day.lower() in _DAYS)
    return Hints(
        max(said, default=None),
        hours if len(hours) < 24 else frozenset(),
        days if len(days) < len(_DAYS) else frozenset(),
    )


def _words(body: bytes) -> dict[str, list[str]]:
    """The texts of the elements that hold hints, by name, outside the entries."""
    found: dict[str, list[str]] = {}
    name = ""
    for event in events(_outside_entries(body)):
        if event.kind == "start":
            name = "" if event.is_empty else event.name
            # `image:ttl` and such are no words of the feed itself.
            if event.prefix and event.name in ("ttl", "hour", "day"):
                name = ""
        elif event.kind == "end":
            name = ""
        elif name in ("ttl", "hour", "day", "updateperiod", "updatefrequency") and (
            text := event.text.strip()
        ):
            found.setdefault(name, []).append(text[:40])
    return found


def _outside_entries(body: bytes) -> str:
    starts = [found.start() for found in ENTRY.finditer(body)]
    head = body[: min(starts[0] if starts else len(body), _MOST_BYTES)]
    tail = b""
    if starts:
        # RSS 2.0 lets the channel's own elements follow its items.
        end = max(body.rfind(b"</item>"), body.rfind(b"</entry>"), starts[-1])
        tail = body[max(end, len(body) - _MOST_BYTES) :]
        tail = tail if tail.startswith(b"</") else b""
    return (head + tail).decode("utf-8", "replace")


def _ttl(words: dict[str, list[str]]) -> float | None:
    """Seconds of `ttl`, which is in minutes."""
    minutes = _number(words.get("ttl", ()))
    return minutes * 60.0 if minutes else None


def _pace(words: dict[str, list[str]]) -> float | None:
    """Seconds between two updates: a period, and how many updates come in it (one if it does not say)."""
    period = _PERIODS.get(next(iter(words.get("updateperiod", ())), "").lower())
    if period is None:
        return None
    frequency = _number(words.get("updatefrequency", ())) if "updatefrequency" in words else 1
    return period / frequency if frequency else None


def _hours(words: Iterable[str]) -> Iterable[int]:
    """Hours from 0 to 23; the 24 of RSS 0.91 is midnight."""
    for word in words:
        if _NUMBER.fullmatch(word) and int(word) <= 24:
            yield int(word) % 24


def _number(words: Iterable[str]) -> int | None:
    word = next(iter(words), "")
    return int(word) if _NUMBER.fullmatch(word) else None
