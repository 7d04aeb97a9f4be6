"""Looking a publisher over: which feeds and sitemaps a site has, and which of them can be polled.

It asks as politely as a poll does, and for as little as will do: what the site names first, and the usual
places only where it names nothing that can be read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from dateline.edges.clock import Clock
from dateline.edges.http import Client, Remembered, Request
from dateline.edges.http.turns import Holds
from dateline.edges.lake import Lake
from dateline.errors import DatelineError, UsageError
from dateline.recalled import SiteFiles
from dateline.remembered import crawl_state
from dateline.settings import Settings
from dateline.sources import discovery, offers, sitemaps
from dateline.sources.offers import Offer
from dateline.text.urls import absolute, site_of, url_key

MOST_FEEDS = 5
"""Feeds of a site that are asked for; the first that it names are its main ones."""

MOST_SITEMAPS = 5
"""Sitemaps, those that an index names included."""


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


Tell = Callable[[str, int | None], None]
"""Takes the address and the HTTP status (None without one) of each request that was made."""


def look_over(url: str, settings: Settings, clock: Clock, tell: Tell) -> Site:
    """Ask a site for its feeds and sitemaps.

    Where there is a lake, it is asked in turn with the tasks that poll into it: with their pauses, not while
    it wants to be left alone, and by the rules that it told them. Nothing is written down there of what was
    asked: whoever looks at a site may never poll it.

    Args:
        url: its front page; a feed or sitemap will do too.
        settings: contact, gaps, and `run_seconds` as budget.
        clock: for the client.
        tell: is told of every request.

    Raises:
        UsageError: the site is on the live web and no contact is set, or a setting can't be used.
        DatelineError: it can't be asked at all.
    """
    holds, remembered = _shared(settings.lake, clock)

    async def ask() -> Site:
        async with Client(settings, clock, remembered=remembered, holds=holds) as client:
            until = asyncio.get_running_loop().time() + settings.run_seconds
            return await look(url, client, until, tell)

    return asyncio.run(ask())


def _shared(uri: str, clock: Clock) -> tuple[Holds | None, Remembered | None]:
    """What the tasks of a lake share; nothing where there is no lake yet."""
    try:
        lake = Lake.open(uri, create=False)
    except UsageError:
        return None, None
    return lake.store.holds(clock), SiteFiles(lake, crawl_state(lake, clock.now()))


async def look(url: str, client: Client, deadline: float, tell: Tell) -> Site:
    """As `look_over`, with an open client; after `deadline` (of the event loop) nothing more is asked."""
    client.require_contact([url])
    return await _Look(client, deadline, tell).over(url)


class _Look:
    """One look under way."""

    def __init__(self, client: Client, deadline: float, tell: Tell) -> None:
        self._client = client
        self._deadline = deadline
        self._tell = tell
        self._asked: set[str] = set()

    async def over(self, url: str) -> Site:
        first = await self._ask(url, "page")
        if first["status"] is None:
            raise DatelineError(f"{url} can't be asked: {first['failure']} ({first['detail']})")
        if named := [offers.of_feed(first)] if offers.is_feed(first) else await self._named_by(first):
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
        await self._all(site, "sitemap", [*self._of_robots(url, site.home), *said.sitemaps][:MOST_SITEMAPS])
        if not _good(site, "sitemap"):
            await self._first(site, "sitemap", discovery.usual(discovery.SITEMAP_PATHS, site.home))
        if not site.chosen() and first["failure"] is None:
            site.offers.append(offers.of_section(first))
        return site

    def _of_robots(self, *urls: str) -> tuple[str, ...]:
        """The sitemaps of the first robots.txt on the way to the front page that has any."""
        files = [self._client.robots_of(url) for url in urls]
        return next(filter(None, (discovery.from_robots(body, url=url) for url, body in files if body)), ())

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
            return [offers.of_feed(exchange)]
        return await self._sitemaps(exchange, offers.read_sitemap(exchange))

    async def _named_by(self, first: dict[str, Any]) -> list[Offer]:
        """What a URL offers that is itself a sitemap; nothing where it is none."""
        if first["body"] is None:
            return []
        read = offers.read_sitemap(first)
        return await self._sitemaps(first, read) if read.entries or read.children else []

    async def _sitemaps(self, exchange: dict[str, Any], read: sitemaps.Sitemap) -> list[Offer]:
        """A sitemap; of an index its news sitemaps, else the index itself, which polling follows."""
        if not read.children:
            return [offers.of_sitemap(exchange, read)]
        urls = [child.url for child in read.children]
        news = await self._children([url for url in urls if "news" in url.lower()][:2])
        if good := [offer for offer in news if offer.is_news]:
            return good
        others = await self._children(offers.newest(read.children))
        return [offers.of_index(exchange["final_url"] or exchange["url"], len(urls), [*news, *others])]

    async def _children(self, urls: list[str]) -> list[Offer]:
        """Sitemaps that an index names, each asked for once."""
        found = []
        for url in filter(self._is_new, urls):
            exchange = await self._ask(url, "sitemap")
            if exchange["failure"] is not None:
                found.append(Offer("sitemap", url, fault=exchange["detail"] or exchange["failure"]))
            elif not (inner := offers.read_sitemap(exchange)).children:
                found.append(offers.of_sitemap(exchange, inner))
        return found

    def _is_new(self, url: str) -> bool:
        """Whether it was not asked for yet; it counts as asked from now on."""
        key = url_key(url) or url
        known = key in self._asked
        self._asked.add(key)
        return not known

    async def _ask(self, url: str, kind: str) -> dict[str, Any]:
        exchange = await self._client.get(Request(url, site_of(url) or "", kind), self._deadline)
        for each in (*self._client.drain(), exchange):
            for hop in each["hops"]:
                self._tell(hop["url"], hop["status"])
        return exchange


def _good(site: Site, kind: str) -> bool:
    return any(offer.kind == kind and offer.fault is None for offer in site.offers)
