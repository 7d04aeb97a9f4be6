"""Looking a publisher over: which feeds and sitemaps a site has, and which of them can be polled.

It asks as politely as a poll does, and for as little as will do: what the site names first, and the usual
places only where it names nothing that can be read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from dateline.edges.clock import Clock
from dateline.edges.http import Client, Request
from dateline.errors import DatelineError
from dateline.settings import Settings
from dateline.sources import discovery, feeds, sections, sitemaps
from dateline.text.languages import UNKNOWN, detect
from dateline.text.urls import absolute, site_of, url_key
from dateline.text.when import When

MOST_FEEDS = 5
"""Feeds of a site that are asked for; the first that it names are its main ones."""

MOST_SITEMAPS = 5
"""Sitemaps, those that an index names included."""

_FEWEST_LINKS = 5
"""Article links that make a page worth polling."""

_MOST_TITLES = 20
_SURE = 0.8


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that was asked for.

    Args:
        kind: feed, sitemap or section.
        url: where it lies, after redirects.
        entries: how many articles it names.
        fault: why it can't be polled; None if it can.
        is_news: whether a sitemap tells when its articles were published.
        newest: of its articles; None where it does not tell.
        lacks_zone: whether its times come without one.
        title: its own.
        language: BCP 47 tag: as declared, else as its headlines are surely written in.
        is_guess: whether nothing named it.
    """

    kind: str
    url: str
    entries: int = 0
    fault: str | None = None
    is_news: bool = False
    newest: When | None = None
    lacks_zone: bool = False
    title: str | None = None
    language: str | None = None
    is_guess: bool = False


@dataclass(slots=True)
class Site:
    """What was found.

    Args:
        home: its front page, after redirects.
        name: of the publisher, as far as the site tells.
        language: BCP 47 tag, as far as the site tells.
        offers: everything that was asked for, in order.
    """

    home: str
    name: str | None = None
    language: str | None = None
    offers: list[Offer] = field(default_factory=list)

    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The best way to poll it, as keys of a source file; nothing where there is none.

        Feeds and news sitemaps go together. A sitemap of everything is for want of both, as it may list
        the articles of many years; and a section page for want of that.
        """
        good = [offer for offer in self.offers if offer.fault is None]
        feed = tuple(offer.url for offer in good if offer.kind == "feed")
        news = tuple(offer.url for offer in good if offer.kind == "sitemap" and offer.is_news)
        if feed or news:
            return {key: urls for key, urls in (("feeds", feed), ("sitemaps", news)) if urls}
        if others := tuple(offer.url for offer in good if offer.kind == "sitemap"):
            return {"sitemaps": others[:1]}
        pages = tuple(offer.url for offer in good if offer.kind == "section")
        return {"sections": pages} if pages else {}


def look_over(url: str, settings: Settings, clock: Clock) -> Site:
    """Ask a site for its feeds and sitemaps.

    Args:
        url: its front page; a feed or sitemap will do too.
        settings: contact, gaps, and `run_seconds` as budget.
        clock: for the client.

    Raises:
        UsageError: the site is on the live web and no contact is set, or a setting can't be used.
        DatelineError: it can't be asked at all.
    """
    return asyncio.run(_look_over(url, settings, clock))


async def _look_over(url: str, settings: Settings, clock: Clock) -> Site:
    async with Client(settings, clock) as client:
        return await look(url, client, asyncio.get_running_loop().time() + settings.run_seconds)


async def look(url: str, client: Client, deadline: float) -> Site:
    """As `look_over`, with an open client; after `deadline` (of the event loop) nothing more is asked."""
    client.require_contact([url])
    return await _Look(client, deadline).over(url)


class _Look:
    """One look under way."""

    def __init__(self, client: Client, deadline: float) -> None:
        self._client = client
        self._deadline = deadline
        self._asked: set[str] = set()
        self._of_robots: tuple[str, ...] = ()

    async def over(self, url: str) -> Site:
        first = await self._ask(url, "page")
        if first["status"] is None:
            raise DatelineError(f"{url} can't be asked: {first['failure']} ({first['detail']})")
        if named := [_feed(first)] if _is_feed(first) else await self._named_by(first):
            home = absolute("/", first["final_url"] or url) or url
            return Site(home, named[0].title, named[0].language, named)
        site = Site(first["final_url"] or url)
        said = discovery.Home()
        if first["failure"] is None:
            said = discovery.from_home(first["body"], url=site.home, content_type=first["content_type"])
            site.name, site.language = said.name, said.language
        await self._all(site, "feed", said.feeds[:MOST_FEEDS])
        if not _good(site, "feed"):
            await self._first(site, "feed", discovery.usual(discovery.FEED_PATHS, site.home))
        await self._all(site, "sitemap", [*self._of_robots, *said.sitemaps][:MOST_SITEMAPS])
        if not _good(site, "sitemap"):
            await self._first(site, "sitemap", discovery.usual(discovery.SITEMAP_PATHS, site.home))
        if not site.chosen() and first["failure"] is None:
            site.offers.append(_section(first))
        return site

    async def _all(self, site: Site, kind: str, urls: Iterable[str]) -> None:
        for url in urls:
            if self._is_new(url):
                site.offers += await self._offers(url, kind)

    async def _first(self, site: Site, kind: str, urls: Iterable[str]) -> None:
        """Ask until one will do."""
        for url in urls:
            if _good(site, kind):
                return
            if self._is_new(url):
                site.offers += [replace(each, is_guess=True) for each in await self._offers(url, kind)]

    async def _offers(self, url: str, kind: str) -> list[Offer]:
        exchange = await self._ask(url, kind)
        if exchange["failure"] is not None:
            detail = exchange["detail"] or exchange["failure"]
            return [Offer(kind, url, fault=detail)]
        if kind == "feed":
            return [_feed(exchange)]
        return await self._sitemaps(exchange, _sitemap_of(exchange))

    async def _named_by(self, first: dict[str, Any]) -> list[Offer]:
        """What a URL offers that is itself a sitemap; nothing where it is none."""
        if first["body"] is None:
            return []
        read = _sitemap_of(first)
        return await self._sitemaps(first, read) if read.entries or read.children else []

    async def _sitemaps(self, exchange: dict[str, Any], read: sitemaps.Sitemap) -> list[Offer]:
        """A sitemap; of an index its news sitemaps, else the index itself, which polling follows."""
        if not read.children:
            return [_sitemap(exchange, read)]
        urls = [child.url for child in read.children]
        news = await self._children([url for url in urls if "news" in url.lower()][:2])
        if good := [offer for offer in news if offer.is_news]:
            return good
        others = await self._children(_newest(read.children))
        return [_index(exchange["final_url"] or exchange["url"], len(urls), [*news, *others])]

    async def _children(self, urls: list[str]) -> list[Offer]:
        """Sitemaps that an index names, each asked for once."""
        found = []
        for url in filter(self._is_new, urls):
            exchange = await self._ask(url, "sitemap")
            if exchange["failure"] is not None:
                found.append(Offer("sitemap", url, fault=exchange["detail"] or exchange["failure"]))
            elif not (inner := _sitemap_of(exchange)).children:
                found.append(_sitemap(exchange, inner))
        return found

    def _is_new(self, url: str) -> bool:
        """Whether it was not asked for yet; it counts as asked from now on."""
        key = url_key(url) or url
        known = key in self._asked
        self._asked.add(key)
        return not known

    async def _ask(self, url: str, kind: str) -> dict[str, Any]:
        exchange = await self._client.get(Request(url, site_of(url) or "", kind), self._deadline)
        for beside in self._client.drain():
            if beside["input_kind"] == "robots" and beside["body"] and not self._of_robots:
                self._of_robots = discovery.from_robots(beside["body"], url=beside["url"])
        return exchange


def _good(site: Site, kind: str) -> bool:
    return any(offer.kind == kind and offer.fault is None for offer in site.offers)


def _is_feed(exchange: dict[str, Any]) -> bool:
    body = exchange["body"]
    return body is not None and bool(feeds.read(body, content_type=exchange["content_type"]).entries)


def _feed(exchange: dict[str, Any]) -> Offer:
    found = feeds.read(exchange["body"], content_type=exchange["content_type"])
    times = [when for entry in found.entries if (when := entry.published or entry.updated)]
    return Offer(
        kind="feed",
        url=exchange["final_url"] or exchange["url"],
        entries=len(found.entries),
        fault=None if found.entries else next(iter(found.warnings), "it has no entries"),
        newest=max(times, default=None, key=lambda when: when.instant),
        lacks_zone=any(when.offset is None and when.precision in ("instant", "minute") for when in times),
        title=found.title,
        language=found.language or _written(entry.title for entry in found.entries),
    )


def _sitemap_of(exchange: dict[str, Any]) -> sitemaps.Sitemap:
    place = exchange["final_url"] or exchange["url"]
    return sitemaps.read(exchange["body"], url=place, content_type=exchange["content_type"])


def _sitemap(exchange: dict[str, Any], read: sitemaps.Sitemap) -> Offer:
    published = [entry.published for entry in read.entries if entry.published]
    times = published or [entry.lastmod for entry in read.entries if entry.lastmod]
    first = next((entry for entry in read.entries if entry.publication), None)
    fault = None
    if not times:
        fault = next(iter(read.warnings), "its entries have no dates: nothing tells what is new")
    return Offer(
        kind="sitemap",
        url=exchange["final_url"] or exchange["url"],
        entries=len(read.entries),
        fault=fault,
        is_news=bool(published),
        newest=max(times, default=None, key=lambda when: when.instant),
        lacks_zone=any(when.offset is None and when.precision in ("instant", "minute") for when in times),
        title=first.publication if first else None,
        language=first.language if first else _written(entry.title for entry in read.entries),
    )


def _newest(children: Iterable[sitemaps.Child]) -> list[str]:
    """The child of an index that changed last; where none tells, the first and the last: either may be it."""
    if dated := [(child.lastmod.instant, child.url) for child in children if child.lastmod]:
        return [max(dated)[1]]
    urls = [child.url for child in children]
    return list(dict.fromkeys([urls[-1], urls[0]]))


def _index(url: str, size: int, children: list[Offer]) -> Offer:
    """An index, by what those of its children tell that were asked for."""
    good = [(child.newest.instant, child.url, child) for child in children if child.newest]
    if good:
        return replace(max(good, key=lambda each: each[:2])[2], url=url, entries=size)
    why = next((child.fault for child in children), "an index, or asked for already")
    return Offer("sitemap", url, size, fault=f"of its newest part: {why}")


def _written(titles: Iterable[str | None]) -> str | None:
    """The language that headlines are written in, where that is sure."""
    found, trust = detect(". ".join(islice(filter(None, titles), _MOST_TITLES)))
    return found if found != UNKNOWN and trust >= _SURE else None


def _section(exchange: dict[str, Any]) -> Offer:
    place = exchange["final_url"] or exchange["url"]
    links = sections.read(exchange["body"], url=place, content_type=exchange["content_type"])
    fault = None if len(links) >= _FEWEST_LINKS else "it links to hardly any articles"
    return Offer("section", place, len(links), fault)
