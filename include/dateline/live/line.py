"""Whose turn is next: pages that were put off before those that are new, one of each source in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import zip_longest
from typing import NamedTuple

from dateline.live.pages import Page
from dateline.text.crawl_past import LAST, NEVER, Past

_NONE: Mapping[str, datetime] = {}


class Place(NamedTuple):
    """A page in the line.

    Args:
        within: whether its source's `max_articles` leaves room for it.
    """

    page: Page
    within: bool


def last_turns(pasts: Iterable[Past]) -> dict[str, datetime]:
    """Source → when a page of it was last tried, of these pages."""
    last: dict[str, datetime] = {}
    for past in pasts:
        slug = past.first[1]
        last[slug] = max(last.get(slug, NEVER), past.tried[0])
    return last


def in_line(
    pages: Iterable[Page], past_of: Callable[[str], Past | None], served: Mapping[str, datetime] = _NONE
) -> Iterator[Place]:
    """The pages in the order in which they are asked for.

    All that were put off before come first, those of a source that wait longest before its others; then what
    is new, as what names it has it. Sources take turns: a site may be that of several, and the pages of the
    first must not use up the time of all. The turns begin with the source whose last turn is longest ago,
    then with that whose page waits longest: where there is no time for one page of each, the first by name
    would be first in every run.

    Args:
        past_of: URL → what is known of it.
        served: source → when a page of it was last tried.
    """
    waiting: dict[str, list[tuple[datetime, Page]]] = {}
    fresh: dict[str, list[Page]] = {}
    for page in sorted(pages, key=lambda page: (page.rank.origin, page.rank.place[2], page.key)):
        past = past_of(page.url)
        if past and (since := past.put_off_since):
            waiting.setdefault(page.source.slug, []).append((since, page))
        else:
            fresh.setdefault(page.source.slug, []).append(page)
    for mine in waiting.values():
        mine.sort(key=_since)

    def turn(slug: str) -> tuple[datetime, datetime, str]:
        return served.get(slug, NEVER), waiting[slug][0][0] if slug in waiting else LAST, slug

    early = {slug: [page for _, page in waiting[slug]] for slug in sorted(waiting, key=turn)}
    later = {slug: fresh[slug] for slug in sorted(fresh, key=turn)}
    taken: dict[str, int] = {}
    for page in (*_dealt(early), *_dealt(later)):
        source = page.source
        taken[source.slug] = taken.get(source.slug, 0) + 1
        yield Place(page, source.max_articles is None or taken[source.slug] <= source.max_articles)


def _since(waits: tuple[datetime, Page]) -> datetime:
    return waits[0]


def _dealt(parts: dict[str, list[Page]]) -> Iterator[Page]:
    for row in zip_longest(*parts.values()):
        yield from (page for page in row if page is not None)
