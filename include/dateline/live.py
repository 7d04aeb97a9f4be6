"""Polling live sources: their feeds first, then the pages that these name and the crawl state wants.

Gives one exchange for each thing asked for or put off. What is neither new nor owed is not asked for.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from itertools import count
from typing import Any, Protocol, TypeVar

from dateline.edges.clock import Clock
from dateline.edges.http import Client, Request
from dateline.settings import Settings
from dateline.sources import feeds
from dateline.text.crawl_state import State
from dateline.text.urls import site_of, url_key

HOSTS_AT_ONCE = 24
"""Hosts asked at the same time. With the queue, this bounds how many bodies are held."""

QUEUE = 8
"""Exchanges that may wait for the reader; when it is full, the hosts wait too."""

Exchange = dict[str, Any]
Job = tuple[str, Callable[[], Awaitable[None]]]
"""A URL to ask for, and what asks for it."""


class Source(Protocol):
    """What polling needs to know of a publisher; see `edges.sources.Source`."""

    @property
    def slug(self) -> str: ...
    @property
    def feeds(self) -> tuple[str, ...]: ...
    @property
    def gap_seconds(self) -> float | None: ...
    @property
    def max_articles(self) -> int | None: ...


AnySource = TypeVar("AnySource", bound=Source)


@dataclass(frozen=True, slots=True)
class Page:
    """A page that a feed names, or that is owed from earlier.

    Args:
        key: its URL key; two URLs with one key are one page.
        rank: feed, entry id, position: the least of several leads to one page wins.
    """

    key: str
    rank: tuple[str, str, int]
    source: Source
    url: str
    lead: dict[str, Any] | None = None


def shard_of(host_or_url: str, shards: int) -> int:
    """The shard that a host belongs to: one for all hosts of a site, the same in every process."""
    url = host_or_url if "://" in host_or_url else f"http://{host_or_url}/"
    site = site_of(url) or host_or_url
    return int.from_bytes(hashlib.sha256(site.encode("utf-8", "replace")).digest()[:8], "big") % shards


def of_shard(sources: Iterable[AnySource], shard: int, shards: int) -> list[AnySource]:
    """The sources of one shard: a source lies whole where its first feed lies."""
    return [source for source in sources if shard_of(source.feeds[0], shards) == shard]


def exchanges(
    sources: Sequence[Source], state: State, settings: Settings, clock: Clock
) -> Iterator[Exchange]:
    """The rows of one poll (`contracts/exchanges.py`), as they come in.

    The reader sets the pace: between two rows nothing is read from the network.

    Raises:
        UsageError: a setting can't be used, or a source is on the live web and no contact is set.
    """
    with asyncio.Runner() as runner:
        stream = _stream(sources, state, settings, clock)
        try:
            for seq in count():
                exchange = runner.run(_next(stream))
                if exchange is None:
                    return
                yield {"seq": seq, **exchange}
        finally:
            runner.run(stream.aclose())


async def poll(
    sources: Sequence[Source], state: State, client: Client, clock: Clock, settings: Settings
) -> AsyncGenerator[Exchange, None]:
    """The exchanges of one poll, without `seq`, as they come in.

    Args:
        sources: whom to ask; no other task asks their hosts meanwhile.
        state: what earlier attempts left behind.
        client: an open client.
        clock: tells how old what the state knows is.
        settings: `run_seconds` is the budget; what is left then is `deferred`.

    Raises:
        UsageError: a source is on the live web, and no contact address is set.
    """
    client.require_contact([feed for source in sources for feed in source.feeds])
    queue: asyncio.Queue[Exchange | Exception | None] = asyncio.Queue(QUEUE)
    run = _Poll(state, client, clock, settings, queue)

    async def work() -> None:
        try:
            await run.all(sources)
        except Exception as error:
            # Goes to the reader, who raises it: in this task nobody would see it.
            await queue.put(error)
        else:
            await queue.put(None)

    worker = asyncio.create_task(work())
    try:
        while (found := await queue.get()) is not None:
            if isinstance(found, Exception):
                raise found
            yield found
    finally:
        worker.cancel()
        with suppress(asyncio.CancelledError):
            await worker


class _Poll:
    """One poll under way."""

    def __init__(
        self, state: State, client: Client, clock: Clock, settings: Settings, queue: asyncio.Queue
    ) -> None:
        self._state = state
        self._client = client
        self._clock = clock
        self._queue = queue
        self._deadline = asyncio.get_running_loop().time() + settings.run_seconds
        self._slots = asyncio.Semaphore(HOSTS_AT_ONCE)

    async def all(self, sources: Sequence[Source]) -> None:
        """Feeds, then pages."""
        found: dict[str, Page] = {}
        sources = sorted(sources, key=lambda source: source.slug)
        owing = {owed.source for owed in self._state.owed()}
        # A feed of two publishers is asked for once, for the first of them.
        asked = {feed: source for source in reversed(sources) for feed in source.feeds}
        await self._by_host(
            [
                (feed, self._feed_job(asked[feed], feed, asked[feed].slug in owing, found))
                for feed in sorted(asked)
            ]
        )
        self._add_owed(sources, found)
        jobs = []
        for source in sources:
            mine = [page for page in found.values() if page.source.slug == source.slug]
            jobs += self._page_jobs(source, mine)
        await self._by_host(jobs)

    def _feed_job(
        self, source: Source, feed: str, owing: bool, found: dict[str, Page]
    ) -> Callable[[], Awaitable[None]]:
        async def job() -> None:
            for page in await self._feed(source, feed, owing):
                best = found.setdefault(page.key, page)
                if page.rank < best.rank:
                    found[page.key] = page

        return job

    async def _feed(self, source: Source, url: str, owing: bool) -> list[Page]:
        """Ask for a feed, and give the pages that it names."""
        now = self._clock.now()
        # Where pages are owed, their leads are needed: a feed that answers 304 would not tell them.
        etag, modified = (None, None) if owing else self._state.conditional(url, now)
        request = Request(url, source.slug, "feed", None, etag, modified, source.gap_seconds or 0.0)
        rest = self._state.rest(url, now, "feed")
        if rest:
            await self._put(self._client.put_off(request, "asked to be left alone", rest))
            return []
        exchange = await self._client.get(request, self._deadline)
        pages: list[Page] = []
        if exchange["failure"] is None:
            # Times without a zone stay so in the leads: `clean` knows the source's zone.
            read = await asyncio.to_thread(
                feeds.read, exchange["body"], content_type=exchange["content_type"]
            )
            pages = list(_pages(source, url, read))
            if read.warnings and not read.entries and not read.title:
                # Kept as captured, it would look like a publisher that has nothing to say.
                exchange |= {"failure": "unreadable", "detail": read.warnings[0], "body": None}
        await self._put(exchange)
        return pages

    def _add_owed(self, sources: Sequence[Source], found: dict[str, Page]) -> None:
        """Pages owed from earlier that no feed names any more: without a lead, but not lost."""
        by_slug = {source.slug: source for source in sources}
        for owed in self._state.owed():
            key = url_key(owed.url) or owed.url
            if owed.source in by_slug and key not in found:
                found[key] = Page(key, ("", "", 0), by_slug[owed.source], owed.url)

    def _page_jobs(self, source: Source, pages: list[Page]) -> list[Job]:
        """Jobs for the pages that are wanted: those put off before first, then as the feeds have them."""
        now = self._clock.now()
        pages.sort(key=lambda page: (not self._state.was_deferred(page.url), page.rank[2], page.key))
        wanted = [page for page in pages if self._state.wants(page.url, _digest(page), now)]
        most = len(wanted) if source.max_articles is None else source.max_articles
        return [(page.url, self._page_job(page, place < most)) for place, page in enumerate(wanted)]

    def _page_job(self, page: Page, within: bool) -> Callable[[], Awaitable[None]]:
        request = Request(page.url, page.source.slug, "page", page.lead, gap=page.source.gap_seconds or 0.0)

        async def job() -> None:
            rest = self._state.rest(page.url, self._clock.now())
            if not within:
                await self._put(self._client.put_off(request, "more pages than the source's max_articles"))
            elif rest:
                await self._put(self._client.put_off(request, "the host asked to be left alone", rest))
            else:
                await self._put(await self._client.get(request, self._deadline))

        return job

    async def _by_host(self, jobs: list[Job]) -> None:
        """Run the jobs: those of one host one after the other, some hosts at the same time."""
        hosts: dict[str, list[Job]] = {}
        for url, job in jobs:
            hosts.setdefault(site_of(url) or "", []).append((url, job))

        async def host(mine: list[Job]) -> None:
            async with self._slots:
                for _, job in mine:
                    await job()

        async with asyncio.TaskGroup() as group:
            for mine in hosts.values():
                group.create_task(host(mine))

    async def _put(self, exchange: Exchange) -> None:
        for beside in self._client.drain():
            await self._queue.put(beside)
        await self._queue.put(exchange)


def _pages(source: Source, url: str, read: feeds.Feed) -> Iterator[Page]:
    for place, entry in enumerate(read.entries):
        if entry.url:
            lead = feeds.lead(entry, url)
            yield Page(
                url_key(entry.url) or entry.url, (url, entry.entry_id or "", place), source, entry.url, lead
            )


def _digest(page: Page) -> str | None:
    return feeds.lead_digest(page.lead) if page.lead else None


async def _stream(
    sources: Sequence[Source], state: State, settings: Settings, clock: Clock
) -> AsyncGenerator[Exchange, None]:
    async with (
        Client(settings, clock) as client,
        aclosing(poll(sources, state, client, clock, settings)) as polled,
    ):
        async for exchange in polled:
            yield exchange


async def _next(stream: AsyncIterator[Exchange]) -> Exchange | None:
    return await anext(stream, None)
