"""Whose turn is next: pages that were put off before those that are new, one of each source in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import zip_longest
from typing import NamedTuple

from dateline.live.pages import Page
from dateline.text.crawl_past import Past


class Place(NamedTuple):
    """A page in the line.

    Args:
        within: whether its source's `max_articles` leaves room for it.
    """

    page: Page
    within: bool


def in_line(pages: Iterable[Page], past_of: Callable[[str], Past | None]) -> Iterator[Place]:
    """The pages in the order in which they are asked for.

    All that were put off before come first, those of a source that wait longest before its others; then what
    is new, as what names it has it. Sources take turns: a site may be that of several, and the pages of the
    first must not use up the time of all.

    Args:
        past_of: URL → what is known of it.
    """
    waiting: dict[str, list[tuple[datetime, Page]]] = {}
    fresh: dict[str, list[Page]] = {}
    for page in sorted(pages, key=lambda page: (page.rank.origin, page.rank.place[2], page.key)):
        past = past_of(page.url)
        if past and (since := past.put_off_since):
            waiting.setdefault(page.source.slug, []).append((since, page))
        else:
            fresh.setdefault(page.source.slug, []).append(page)
    early = {slug: [page for _, page in sorted(mine, key=_since)] for slug, mine in waiting.items()}
    taken: dict[str, int] = {}
    for page in (*_dealt(early), *_dealt(fresh)):
        source = page.source
        taken[source.slug] = taken.get(source.slug, 0) + 1
        yield Place(page, source.max_articles is None or taken[source.slug] <= source.max_articles)


def _since(waits: tuple[datetime, Page]) -> datetime:
    return waits[0]


def _dealt(parts: dict[str, list[Page]]) -> Iterator[Page]:
    for row in zip_longest(*(parts[slug] for slug in sorted(parts))):
        yield from (page for page in row if page is not None)
