"""What a person says of one publisher's pages: where its facts stand, and when that held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Selectors:
    """Where the facts stand on the pages of one publisher that were captured on some days.

    Args:
        start: first UTC day of capture; None for ever.
        end: the day after the last; None for ever.
        title, authors, published: selectors of these facts; None where the general rules do.
        body: selector of the elements that hold the text; None where the general rules find it.
        drop: selectors of what is no text.
    """

    start: date | None = None
    end: date | None = None
    title: str | None = None
    authors: str | None = None
    published: str | None = None
    body: str | None = None
    drop: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """What they say, for a digest."""
        days = [day.isoformat() if day else None for day in (self.start, self.end)]
        return {
            "days": days, "title": self.title, "authors": self.authors, "published": self.published,
            "body": self.body, "drop": list(self.drop),
        }  # fmt: skip


def valid_on(ranges: tuple[Selectors, ...], day: date | None) -> Selectors | None:
    """The selectors for a page captured on a UTC day, None if there are none.

    Where the day is not known they are the newest: those that are wrong for a page mostly find nothing on
    it, and then the general rules go on.

    Args:
        ranges: not overlapping, oldest first.
    """
    if day is None:
        return ranges[-1] if ranges else None
    fits = (one for one in ranges if (one.start or date.min) <= day and (one.end is None or day < one.end))
    return next(fits, None)
