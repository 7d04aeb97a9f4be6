"""What a time expression means: TIMEX3 values from the day of publication and the days named before."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.text.numbers import ORDINALS
from dateline.text.timex import (
    DAY_PARTS,
    FUTURE,
    SEASONS,
    UNITS,
    WEEKDAYS,
    count,
    day,
    modifier,
    month_number,
    period,
    quarter,
    shift_month,
    week,
)

_SENTENCE = re.compile(r"[.!?][\"”]?\s")
_SAID = re.compile(r"\b(?:said|told|reported|announced|wrote|added)(?: \w+)?(?: on| in)?\s+$", re.IGNORECASE)
_DAYS_A_UNIT = {"D": 1, "W": 7}


@dataclass(frozen=True, slots=True)
class Reading:
    """Type and value (TIMEX3) of an expression; `span` where it is not the whole match."""

    type: str
    value: str
    mod: str | None = None
    span: tuple[int, int] | None = None


class Anchor:
    """Reads the expressions of one text in their order; remembers the last day that was named.

    Args:
        published: day of publication; None if unknown: then what is relative to it has no value but
            `XXXX` for the year.
    """

    def __init__(self, published: date | None) -> None:
        self._published = published
        self._named = published
        self._ahead = False

    def read(self, kind: str, match: re.Match[str], before: str) -> Reading | None:
        """The meaning of a match of that kind, None if it turns out to be no time expression.

        Args:
            before: text before it, for words that tell past from future.
        """
        cut = list(_SENTENCE.finditer(before))
        clause = before[cut[-1].end() :] if cut else before
        self._ahead = bool(FUTURE.search(clause)) and not _SAID.search(clause)
        handler: Callable[[re.Match[str]], Reading | None] = getattr(self, f"_{kind}")
        try:
            return handler(match)
        except OverflowError:
            return None  # before year 1 or after 9999

    # --- calendar dates

    def _iso(self, match: re.Match[str]) -> Reading | None:
        return self._full(day(int(match["y"]), int(match["m"]), int(match["d"])))

    def _slashed(self, match: re.Match[str]) -> Reading | None:
        year, month, number = int(match["y"]), int(match["m"]), int(match["d"])
        if len(match["y"]) == 2:
            year += 1900 if year > 50 else 2000
        return self._full(day(year, month, number) or day(year, number, month))

    def _full(self, one: date | None) -> Reading | None:
        if one is None:
            return None
        self._named = one
        return Reading("DATE", one.isoformat())

    def _day(self, match: re.Match[str]) -> Reading | None:
        month, number = month_number(match["month"]), int(match["d"])
        if match["y"]:
            return self._full(day(int(match["y"]), month, number))
        if self._published is None:
            valid = day(2000, month, number)
            return Reading("DATE", f"XXXX-{month:02d}-{number:02d}") if valid else None
        base = self._published
        near = [day(base.year + i, month, number) for i in (-1, 0, 1)]
        days = [one for one in near if one is not None]
        return self._full(min(days, key=lambda one: abs(one - base))) if days else None

    def _month(self, match: re.Match[str]) -> Reading | None:
        month, mod = month_number(match["month"]), modifier(match["edge"])
        if match["y"]:
            return Reading("DATE", f"{match['y']}-{month:02d}", mod)
        if self._published is None:
            return Reading("DATE", f"XXXX-{month:02d}", mod)
        base, word = self._published, (match["last"] or "").strip().lower()
        apart = month - base.month
        if word in ("last", "past"):
            year = base.year if apart < 0 else base.year - 1
        elif word == "next" or (self._ahead and not word):
            year = base.year if apart > 0 or (apart == 0 and not word) else base.year + 1
        elif word == "this":
            year = base.year
        else:
            year = base.year + (1 if apart < -7 else -1 if apart > 4 else 0)
        return Reading("DATE", f"{year:04d}-{month:02d}", mod)

    def _year(self, match: re.Match[str]) -> Reading | None:
        return Reading("DATE", match["y"], modifier(match["edge"]))

    def _fiscal(self, match: re.Match[str]) -> Reading | None:
        return Reading("DATE", match["y"])

    def _decade(self, match: re.Match[str]) -> Reading | None:
        century = match["c"]
        if century is None and match["t"] in "01":
            return None  # "in his 10s" is nobody's decade
        return Reading("DATE", f"{century or '19'}{match['t']}", modifier(match["edge"]))

    def _quarter(self, match: re.Match[str]) -> Reading | None:
        number = ORDINALS[match["q"].lower()]
        if match["y"]:
            return Reading("DATE", f"{match['y']}-Q{number}")
        if self._published is None:
            return Reading("DATE", f"XXXX-Q{number}")
        year, now = quarter(self._published)
        return Reading("DATE", f"{year if number <= now or self._ahead else year - 1:04d}-Q{number}")

    def _season(self, match: re.Match[str]) -> Reading | None:
        code = SEASONS[match["season"].lower()]
        word = (match["dir"] or "").lower()
        start = match.start("season") if not word else match.start()
        if not word and not match["y"] and code == "FA" and match["season"].lower() == "fall":
            return None  # "in the fall" may be one
        year = match["y"] or self._season_year(word, code)
        return Reading("DATE", f"{year}-{code}", None, (start, match.end()))

    def _season_year(self, word: str, code: str) -> str:
        if self._published is None:
            return "XXXX"
        base = self._published
        first = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
        if word in ("last", "past"):
            return f"{base.year if base.month > first + 2 else base.year - 1:04d}"
        return f"{base.year + (word == 'next' and base.month >= first):04d}"

    # --- relative to the day of publication

    def _weekday(self, match: re.Match[str]) -> Reading | None:
        number, word = WEEKDAYS.index(match["weekday"].lower()), (match["last"] or "").strip().lower()
        part = match["part"]
        if self._published is None:
            return Reading("DATE", f"XXXX-WXX-{number + 1}")
        back = (self._published.weekday() - number) % 7
        if word in ("next", "this coming") or (self._ahead and word in ("", "this") and back):
            one = self._published + timedelta((7 - back) if back else 7 if word else 0)
        else:
            one = self._published - timedelta(back or (7 if word in ("last", "this past") else 0))
        self._named = one
        value = one.isoformat()
        return Reading("TIME", f"{value}T{DAY_PARTS[part]}") if part else Reading("DATE", value)

    def _following(self, match: re.Match[str]) -> Reading | None:
        word = (match["dir"] or match["dir2"]).lower()
        if self._named is None:
            return Reading("DATE", "XXXX-XX-XX")
        by = {"following": 1, "next": 1, "after": 1, "same": 0}.get(word, -1)
        self._named += timedelta(by)
        return Reading("DATE", self._named.isoformat())

    def _relative(self, match: re.Match[str]) -> Reading | None:
        word, unit = match["dir"].lower(), match["unit"].lower()
        if self._published is None:
            return Reading("DATE", "XXXX", modifier(match["edge"]))
        by = {"this": 0, "current": 0, "next": 1, "coming": 1, "following": 1}.get(word, -1)
        value = self._moved(UNITS[unit], by)
        return Reading("DATE", value, modifier(match["edge"])) if value else None

    def _moved(self, unit: str, by: float) -> str | None:
        """TIMEX3 value so many units from publication, as exact as the unit."""
        base = self._published
        if base is None or unit in ("C",) or by != int(by):
            return None
        steps = int(by)
        if unit in ("D", "W", "WE"):
            one = base + timedelta(steps * _DAYS_A_UNIT.get(unit, 7))
            return {"D": one.isoformat(), "W": week(one), "WE": f"{week(one)}-WE"}[unit]
        if unit == "M":
            return "{:04d}-{:02d}".format(*shift_month(base.year, base.month, steps))
        if unit == "Q":
            year, month = shift_month(base.year, base.month, 3 * steps)
            return f"{year:04d}-Q{(month - 1) // 3 + 1}"
        if unit == "E":
            return f"{base.year + 10 * steps:04d}"[:3]
        year = base.year + steps
        return f"{year:04d}" if unit == "Y" and 0 < year < 10000 else None

    def _part(self, match: re.Match[str]) -> Reading | None:
        if self._published is None:
            return Reading("TIME", "XXXX-XX-XX")
        word = (match["dir"] or match[0].split()[0]).lower()
        by = {"yesterday": -1, "last": -1, "tomorrow": 1}.get(word, 0)
        part = DAY_PARTS[(match["part"] or "night").lower()]
        return Reading("TIME", f"{(self._published + timedelta(by)).isoformat()}T{part}")

    def _word(self, match: re.Match[str]) -> Reading | None:
        if self._published is None:
            return Reading("DATE", "XXXX-XX-XX")
        words = match[0].lower()
        by = {"yesterday": -1, "today": 0, "tomorrow": 1}.get(words)
        by = (-2 if "before" in words else 2) if by is None else by
        return Reading("DATE", (self._published + timedelta(by)).isoformat())

    def _reference(self, match: re.Match[str]) -> Reading | None:
        words = match[0].lower()
        if words in ("recently", "lately"):
            return Reading("DATE", "PAST_REF")
        return Reading("DATE", "FUTURE_REF" if words == "soon" else "PRESENT_REF")

    def _ago(self, match: re.Match[str]) -> Reading | None:
        number, mod = count(match["n"])
        unit, word = UNITS[match["unit"].lower()], match["dir"].lower()
        if word in ("before", "after") and match["n"].lower() not in ("a", "an"):
            return Reading("DURATION", period(number, unit), mod, (match.start(), match.end("unit") + 1))
        if isinstance(number, str) or self._published is None:
            back = word in ("ago", "earlier", "before")
            return Reading("DATE", "PAST_REF" if back else "FUTURE_REF", mod)
        by = number if word in ("later", "from now", "hence", "after") else -number
        value = self._moved(unit, by)
        if value is None:
            return Reading("DURATION", period(number, unit), mod)
        return Reading("DATE", value, mod)

    def _weekend(self, match: re.Match[str]) -> Reading | None:
        value = "XXXX-WXX-WE"
        if self._published is not None:
            back = 0 if self._published.weekday() >= 5 or self._ahead else -7
            value = f"{week(self._published + timedelta(back))}-WE"
        return Reading("DATE", value, None, match.span("body"))

    # --- durations, sets, clock times

    def _span(self, match: re.Match[str]) -> Reading | None:
        if not match["n"] and match["dir"].lower() in ("first", "final", "previous"):
            return None
        number, mod = count(match["n"] or "several")
        return Reading("DURATION", period(number, UNITS[match["unit"].lower()]), mod)

    def _duration(self, match: re.Match[str]) -> Reading | None:
        number, mod = count(match["n"])
        unit = UNITS[match["unit"].lower()]
        if match["n"].lower() in ("a", "an") and unit in ("TS", "TM", "D", "Q"):
            return None  # "a day", "a minute", "a second" mostly are manners of speaking or rates
        return Reading("DURATION", period(number, unit), mod)

    def _vague(self, match: re.Match[str]) -> Reading | None:
        unit = match["unit"].lower()
        return Reading("DURATION", period("X", UNITS[unit.removesuffix("s")]))

    def _set(self, match: re.Match[str]) -> Reading | None:
        if match["weekday"]:
            return Reading("SET", f"XXXX-WXX-{WEEKDAYS.index(match['weekday'].lower()) + 1}")
        unit = UNITS[(match["unit"] or "year").lower()]
        return Reading("SET", period(1.0, unit))

    def _clock(self, match: re.Match[str]) -> Reading | None:
        base = self._named.isoformat() if self._named else "XXXX-XX-XX"
        if match["noon"]:
            return Reading("TIME", f"{base}T{'12' if match['noon'].lower() == 'noon' else '24'}:00")
        if match["h24"]:
            return Reading("TIME", f"{base}T{int(match['h24']):02d}:{match['m24']}")
        hour, minute = int(match["h"]), int(match["min"] or 0)
        if not 1 <= hour <= 12 or minute > 59:
            return None
        hour = hour % 12 + (12 if match["ampm"].lower().startswith("p") else 0)
        return Reading("TIME", f"{base}T{hour:02d}:{minute:02d}")
