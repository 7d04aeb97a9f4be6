"""Pages that leads point to: whose, under which key, and which of several leads to one page is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from dateline.sources import feeds, sections, sitemaps
from dateline.text.leads import entry_key, lead_digest
from dateline.text.urls import url_key

FROM_FEED, FROM_NEWS_SITEMAP, FROM_SITEMAP, FROM_SECTION, FROM_NOWHERE = range(5)
"""Where a lead comes from, best first. A feed says most of an article (summary, authors, an id); a news
sitemap its title, day and keywords; a sitemap when it changed; a section page nothing. The best lead is kept
whole and the others are left: a lead names one place that it came from, and facts of two places under the
name of one would be provenance that is not true."""

RECENT = timedelta(days=3)
"""How old a page in a sitemap may be that was never asked for. Sitemaps list whole archives: what is older
is for an import, not for a poll."""


class Source(Protocol):
    """What polling needs to know of a publisher; see `edges.sources.Source`."""

    @property
    def slug(self) -> str: ...
    @property
    def feeds(self) -> tuple[str, ...]: ...
    @property
    def sitemaps(self) -> tuple[str, ...]: ...
    @property
    def sections(self) -> tuple[str, ...]: ...
    @property
    def gap_seconds(self) -> float | None: ...
    @property
    def max_articles(self) -> int | None: ...
    @property
    def revisit(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Page:
    """A page that something names, or that is owed from earlier.

    Args:
        key: its URL key; two URLs with one key are one page.
        rank: origin, address of what names it, entry id, position: the least of several leads wins.
        changed: when it last changed, where only a sitemap tells of it.
        before: another page that the same entry led to; it may have moved here.
    """

    key: str
    rank: tuple[int, str, str, int]
    source: Source
    url: str
    lead: dict[str, Any] | None = None
    changed: datetime | None = None
    before: str | None = None

    @property
    def digest(self) -> str | None:
        """Of what its lead says; None where that is nothing that could be news."""
        return lead_digest(self.lead) if self.lead and self.rank[0] == FROM_FEED else None

    @property
    def entry(self) -> str | None:
        """The entry of a feed that it is, wherever that points."""
        return entry_key(self.source.slug, self.lead)


def starts(source: Source) -> list[tuple[str, str]]:
    """(kind, address) of everything that a source is polled at; never empty."""
    found = [("feed", url) for url in source.feeds]
    found += [("sitemap", url) for url in source.sitemaps]
    return found + [("section", url) for url in source.sections]


def join(found: dict[str, Page], pages: Iterable[Page]) -> None:
    """Add pages to those found, by key; of several leads to one page the one of least rank stays."""
    for page in pages:
        best = found.setdefault(page.key, page)
        if page.rank < best.rank:
            found[page.key] = page


def of_feed(source: Source, url: str, feed: feeds.Feed) -> Iterator[Page]:
    """The pages of a feed. Times without a zone stay so in the leads: `clean` knows the source's zone."""
    for place, entry in enumerate(feed.entries):
        if entry.url:
            rank = (FROM_FEED, url, entry.entry_id or "", place)
            yield Page(_key(entry.url), rank, source, entry.url, feeds.lead(entry, url))


def of_sitemap(source: Source, url: str, sitemap: sitemaps.Sitemap, now: datetime) -> Iterator[Page]:
    """The pages of a sitemap that may be news: dated, and not long ago.

    An entry without a date can't be told from the thousands beside it that are years old.
    """
    for place, entry in enumerate(sitemap.entries):
        dates = [when.instant for when in (entry.published, entry.lastmod) if when is not None]
        if dates and now - RECENT <= max(dates) <= now + RECENT:
            is_news = entry.published is not None or entry.title is not None
            rank = (FROM_NEWS_SITEMAP if is_news else FROM_SITEMAP, url, "", place)
            changed = entry.lastmod.instant if entry.lastmod else None
            yield Page(_key(entry.url), rank, source, entry.url, sitemaps.lead(entry, url), changed)


def of_section(source: Source, url: str, links: Iterable[str]) -> Iterator[Page]:
    """The articles that a section page links to."""
    for place, link in enumerate(links):
        yield Page(_key(link), (FROM_SECTION, url, "", place), source, link, sections.lead(url))


def bare(source: Source, url: str, lead: dict[str, Any] | None = None) -> Page:
    """A page that nothing names any more, with the lead of an earlier look if there was one."""
    return Page(_key(url), (FROM_NOWHERE, "", "", 0), source, url, lead)


def _key(url: str) -> str:
    return url_key(url) or url
