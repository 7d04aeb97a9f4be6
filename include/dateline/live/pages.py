"""Pages that leads point to: whose, under which key, and which of several leads to one page is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol

from dateline.sources import feeds, sections, sitemaps
from dateline.text.dates import parse
from dateline.text.leads import entry_key, lead_digest
from dateline.text.urls import absolute, site_of, url_key

FROM_FEED, FROM_NEWS_SITEMAP, FROM_SITEMAP, FROM_SECTION, FROM_NOWHERE = range(5)
"""Where a lead comes from. Of several to one page the one counts that tells the day, then the title: no page
is sure to. Where both do or none, a feed says most of an article (summary, authors, an id); a news sitemap
its title, day and keywords; a sitemap when it changed; a section page nothing. The best is kept whole and
the others are left: a lead names one place that it came from, and facts of two places under the name of one
would be provenance that is not true."""

_ORIGINS = {"feed": FROM_FEED, "sitemap": FROM_SITEMAP, "section": FROM_SECTION}
_TELLING = ("title", "published", "updated", "summary")

RECENT = timedelta(days=3)
"""How old a page in a sitemap may be that was never asked for. Sitemaps list whole archives: what is older
is for an import, not for a poll."""


class Source(Protocol):
    """What polling needs to know of a publisher; see `edges.sources.Source`."""

    @property
    def slug(self) -> str: ...
    @property
    def home(self) -> str: ...
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


class Rank(NamedTuple):
    """The least of several leads wins.

    Args:
        silence: 0 where it tells day and title, 1 without the title, 2 without the day, 3 without either.
        origin: where it comes from.
        place: address of what names the page, entry id, position.
    """

    silence: int
    origin: int
    place: tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Page:
    """A page that something names, or that is owed from earlier.

    Args:
        key: its URL key; two URLs with one key are one page.
        rank: of its lead.
        changed: when it last changed, where only a sitemap tells of it.
        before: another page that the same entry led to; it may have moved here.
        words: rank and digest of what a feed says of it; None where that is nothing that could be news.
        digest: of the words that ask for it, where its lead holds others.
    """

    key: str
    rank: Rank
    source: Source
    url: str
    lead: dict[str, Any] | None = None
    changed: datetime | None = None
    before: str | None = None
    words: tuple[Rank, str] | None = None
    digest: str | None = None

    @property
    def could_tell_more(self) -> bool:
        """Whether an earlier lead may be better than the one that it has."""
        return self.rank.silence > 0 or self.rank.origin != FROM_FEED

    def under(self, earlier: dict[str, Any]) -> Page:
        """The page with an earlier lead to it in place of its own, if that tells more."""
        silence = _silence(parse(earlier["published"]) is not None, earlier["title"])
        rank = Rank(silence, _ORIGINS.get(earlier["origin"], FROM_NOWHERE), self.rank.place)
        if rank[:2] >= self.rank[:2]:
            return self
        # Its own words have been heard by this: or they would ask for the page each time.
        told = self.words[1] if self.words else lead_digest(self.lead) if self.lead else None
        return replace(self, lead=earlier, digest=told)

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
        other = found.setdefault(page.key, page)
        if other is not page:
            best, rest = (page, other) if page.rank < other.rank else (other, page)
            if rest.words and (best.words is None or rest.words < best.words):
                best = replace(best, words=rest.words, digest=rest.words[1])
            found[page.key] = best


def of_feed(source: Source, url: str, feed: feeds.Feed, lies_at: str) -> Iterator[Page]:
    """The pages of a feed. Times without a zone stay so in the leads: `clean` knows the source's zone.

    Args:
        lies_at: the address that answered: links that the feed leaves relative are meant from there.
    """
    for place, entry in enumerate(feed.entries):
        link = entry.url or ""
        if not link.startswith(("http://", "https://")):
            link = (absolute(link, lies_at) if link else None) or ""
        if link:
            silence = _silence(entry.published is not None, entry.title)
            rank = Rank(silence, FROM_FEED, (url, entry.entry_id or "", place))
            lead = feeds.lead(entry, url)
            words = (rank, lead_digest(lead)) if any(lead[name] for name in _TELLING) else None
            yield Page(_key(link), rank, source, link, lead, words=words)


class Own:
    """Which addresses a sitemap may send to: those of its own site, and of its publisher's home.

    sitemaps.org lets robots.txt of one site point to a sitemap on another ("cross-submits"): such a sitemap
    counts where it is configured, for pages of the home's site. What it names beside these is left out: a
    page too few of a publisher with several sites, rather than the pages of somebody else under its name.
    """

    def __init__(self, source: Source, *sitemap: str) -> None:
        places = {*sitemap, source.home}
        self._sites = {site_of(place) for place in places} - {None}
        self._starts = tuple(place[: place.find("/", 8) + 1] for place in places if place.count("/") > 2)

    def __contains__(self, url: str) -> bool:
        # Nearly all lie on the very host, and a sitemap has up to 50,000.
        return url.startswith(self._starts) or site_of(url) in self._sites


def of_sitemap(
    source: Source, url: str, entries: Iterable[sitemaps.SitemapEntry], now: datetime
) -> Iterator[Page]:
    """The pages of a sitemap that may be news: dated, and not long ago.

    An entry without a date can't be told from the thousands beside it that are years old.
    """
    for place, entry in enumerate(entries):
        dates = [when.instant for when in (entry.published, entry.lastmod) if when is not None]
        if dates and now - RECENT <= max(dates) <= now + RECENT:
            is_news = entry.published is not None or entry.title is not None
            silence = _silence(entry.published is not None, entry.title)
            rank = Rank(silence, FROM_NEWS_SITEMAP if is_news else FROM_SITEMAP, (url, "", place))
            changed = entry.lastmod.instant if entry.lastmod else None
            yield Page(_key(entry.url), rank, source, entry.url, sitemaps.lead(entry, url), changed)


def of_section(source: Source, url: str, links: Iterable[str]) -> Iterator[Page]:
    """The articles that a section page links to."""
    for place, link in enumerate(links):
        rank = Rank(_silence(False, None), FROM_SECTION, (url, "", place))
        yield Page(_key(link), rank, source, link, sections.lead(url))


def bare(source: Source, url: str) -> Page:
    """A page that nothing names any more."""
    return Page(_key(url), Rank(_silence(False, None), FROM_NOWHERE, ("", "", 0)), source, url)


def _silence(is_dated: bool, title: str | None) -> int:
    return 3 - 2 * is_dated - bool(title)


def _key(url: str) -> str:
    return url_key(url) or url
