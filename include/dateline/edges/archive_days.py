"""How an archive is organised by day: which day a file belongs to, by the path that it has inside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dateline.errors import UsageError

BY_DATE = "{date}"
"""The default: a file, or the folder it lies in, begins with its day, as 2026-03-20 does."""

_PLACES = {
    "date": r"(?P<{name}>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?![0-9])",
    "year": r"(?P<{name}>[0-9]{{4}})",
    "month": r"(?P<{name}>[0-9]{{2}})",
    "day": r"(?P<{name}>[0-9]{{2}})",
}
_PART = re.compile(r"\{([^{}]{0,20})\}|(\*+)|([^{}*]+)|[{}]")
_LONGEST = 300
_MOST_STARS = 3
"""A star may take time as long as a path to the power of their number."""


@dataclass(frozen=True)
class DayNames:
    """A rule that tells the day of a file from its path inside the archive.

    Args:
        pattern: what the path begins with: `{date}` (2026-03-20), `{year}`, `{month}` and `{day}` (2026, 03,
            20) stand for the day, `*` for anything inside one folder; all else stands for itself. What
            follows is free.

    Raises:
        UsageError: it is no such pattern, or names no whole day.
    """

    pattern: str = BY_DATE

    def __post_init__(self) -> None:
        named = {place for place, _, _ in _PART.findall(self.pattern) if place}
        if len(self.pattern) > _LONGEST or self.pattern.count("*") > _MOST_STARS or "\0" in self.pattern:
            raise UsageError(
                f"a pattern of days has at most {_LONGEST} characters and {_MOST_STARS} stars: "
                f"{self.pattern[:80]!r}"
            )
        if self.pattern.startswith("/") or ".." in self.pattern.split("/"):
            raise UsageError(f"a pattern of days stays inside the archive: {self.pattern!r}")
        odd = any(part in ("{", "}", "{}") for part in (found[0] for found in _PART.finditer(self.pattern)))
        if odd or named - _PLACES.keys():
            raise UsageError(
                f"a pattern of days knows {', '.join(f'{{{place}}}' for place in _PLACES)}: {self.pattern!r}"
            )
        if "date" not in named and not {"year", "month", "day"} <= named:
            raise UsageError(f"the pattern {self.pattern!r} names no whole day")

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        made, seen = "", set[str]()
        for place, stars, plain in _PART.findall(self.pattern):
            if not place:
                made += "[^/]*" if stars else re.escape(plain)
            else:
                made += f"(?P={place})" if place in seen else _PLACES[place].format(name=place)
                seen.add(place)
        return re.compile(made)

    def day_of(self, path: str) -> date | None:
        """The day of a file; None where its path names none, or no real one."""
        found = self._whole.match(path)
        if found is None:
            return None
        named = found.groupdict()
        whole = named.get("date") or "-".join(named[place] for place in ("year", "month", "day"))
        try:
            day = date.fromisoformat(whole)
        except ValueError:
            return None
        parts = {"year": f"{day.year:04d}", "month": f"{day.month:02d}", "day": f"{day.day:02d}"}
        return day if all(named.get(place) in (None, value) for place, value in parts.items()) else None

    def may_hold(self, folder: str, day: date) -> bool:
        """Whether files of a day may lie in a folder, by its path: so that the others need not be listed."""
        segments = self._of(day).split("/")
        for depth, name in enumerate(folder.split("/")[: len(segments)]):
            glob = "[^/]*".join(map(re.escape, segments[depth].split("*")))
            last = depth == len(segments) - 1
            if re.match(glob if last else rf"{glob}\Z", name) is None:
                return False
        return True

    def _of(self, day: date) -> str:
        named = {"date": day.isoformat(), "year": f"{day.year:04d}", "month": f"{day.month:02d}"}
        return self.pattern.format(**named, day=f"{day.day:02d}")
