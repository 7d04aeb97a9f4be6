"""Which sitemaps of an index are asked for in one run, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from dateline.sources.sitemaps import Child
from dateline.text.crawl_state import State
from dateline.text.when import When

MOST = 10
"""Sitemaps of indexes that are asked for in one run, for one source. An index of years of months has two or
three that change."""

WAITED_LONGEST = 2
"""So many of them are those that were not asked for longest, whatever the others promise: none waits for
ever."""

_NEWS = "news"
_LENGTH = {"minute": timedelta(minutes=1), "day": timedelta(days=1), "month": timedelta(days=31)}
_LAST_ZONE = timedelta(hours=12)
"""How long after UTC a day ends on the last place on earth."""


class Due(NamedTuple):
    """A sitemap of an index that may be asked for; the least comes first.

    Args:
        is_old: whether its address does not speak of news.
        day: of its last change, counted backwards: many an index is made anew with a time of its own for
            each of its sitemaps, which tells no order. 0 where it is not told, after all others.
        tried: when it was last tried, `crawl_past.NEVER` if it never was.
        age: as `day`, in seconds.
    """

    is_old: bool
    day: int
    tried: datetime
    age: float
    url: str


def due(children: Iterable[Child], state: State, now: datetime, force: bool) -> Iterator[Due]:
    """The sitemaps of an index that are due and may have changed since they were seen.

    Args:
        force: also those that are not due.
    """
    for child in children:
        seen = state.last_success(child.url, "sitemap") if child.lastmod else None
        same = seen is not None and child.lastmod is not None and ends(child.lastmod) <= seen
        if not same and (force or state.due(child.url, "sitemap", now)):
            changed = min(child.lastmod.instant, now) if child.lastmod else None
            yield Due(
                _NEWS not in child.url.lower(),
                -changed.toordinal() if changed else 0,
                state.last_try(child.url, "sitemap"),
                -changed.timestamp() if changed else 0.0,
                child.url,
            )


def chosen(found: Iterable[Due], most: int) -> list[Due]:
    """As many as may be asked for, in their order."""
    line = sorted(found)
    if len(line) <= most:
        return line
    first = line[: max(most - WAITED_LONGEST, 0)]
    rest = sorted(line[len(first) :], key=lambda one: (one.tried, one))
    return first + rest[: most - len(first)]


def ends(when: When) -> datetime:
    """The last instant that a time may mean: "25 March" ends with that day, wherever its zone is not told."""
    zone = _LAST_ZONE if when.offset is None else timedelta(0)
    return when.instant + _LENGTH.get(when.precision, timedelta(0)) + zone
