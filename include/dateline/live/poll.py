"""One poll: what names pages first, then the pages, each host at its own pace."""

from __future__ import annotations

import asyncio
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Callable,
    Generator,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import aclosing, suppress
from dataclasses import replace
from functools import partial
from typing import Any

from dateline.edges.clock import Clock
from dateline.edges.http import Client, Request
from dateline.live.leading import Leading
from dateline.live.line import in_line, last_turns
from dateline.live.looks import Looks
from dateline.live.moves import Moves
from dateline.live.pages import Page, Source, bare, starts
from dateline.live.plan import Plan
from dateline.live.turns import Exchange, Job, Turns
from dateline.settings import Settings
from dateline.text.crawl_past import Capture, Known
from dateline.text.leads import lead_digest
from dateline.text.urls import url_key

LEADS_SHARE = 0.5
"""Part of a run's time that feeds, sitemaps and section pages may take, so that some is left for pages: what
is not asked for by then comes first in the next run."""

QUEUE = 8
"""Exchanges that may wait for the reader; when it is full, the hosts wait too."""


def exchanges(
    sources: Sequence[Source], plan: Plan, settings: Settings, clock: Clock
) -> Generator[Exchange, None, None]:
    """The rows of one poll (`contracts/exchanges.py`), without `seq`, as they come in.

    The reader sets the pace: between two rows nothing is read from the network.

    Raises:
        UsageError: a setting can't be used, or a source is on the live web and no contact is set.
    """
    with asyncio.Runner() as runner:
        stream = _stream(sources, plan, settings, clock)
        try:
            # As many as there are: each step into the loop sets signal handlers, at a third of a millisecond.
            while found := runner.run(_next(stream)):
                yield from found
        finally:
            runner.run(stream.aclose())


async def poll(
    sources: Sequence[Source], plan: Plan, client: Client, clock: Clock, settings: Settings
) -> AsyncGenerator[list[Exchange], None]:
    """The exchanges of one poll, without `seq`, as they come in: all that wait, at least one.

    Args:
        sources: whom to ask.
        client: an open client.
        clock: tells how old what the state knows is.
        settings: `run_seconds` is the budget; what is left then is `deferred`.

    Raises:
        UsageError: a source is on the live web, and no contact address is set.
    """
    client.require_contact([url for source in sources for _, url in starts(source)])
    queue: asyncio.Queue[Exchange | Exception | None] = asyncio.Queue(QUEUE)
    deadline = asyncio.get_running_loop().time() + settings.run_seconds
    turns = Turns(plan.state, client, clock, deadline, queue)

    async def work() -> None:
        try:
            await _Poll(plan, turns).all(sources)
        except Exception as error:
            # Goes to the reader, who raises it: in this task nobody would see it.
            await queue.put(error)
        else:
            await queue.put(None)

    worker = asyncio.create_task(work())
    try:
        ended = False
        while not ended:
            found = [await queue.get()]
            while not queue.empty():
                found.append(queue.get_nowait())
            ended = found[-1] is None
            exchanges = [one for one in found if isinstance(one, dict)]
            if exchanges:
                yield exchanges
            if isinstance(found[-1], Exception):
                raise found[-1]
    finally:
        worker.cancel()
        with suppress(asyncio.CancelledError):
            await worker


class _Poll:
    """One poll under way."""

    def __init__(self, plan: Plan, turns: Turns) -> None:
        self._plan = plan
        self._turns = turns
        self._state = plan.state
        self._moves = Moves(plan.state, plan.reread)
        self._looks = Looks(turns, self._moves)

    async def all(self, sources: Sequence[Source]) -> None:
        """What names pages, then pages."""
        sources = sorted(sources, key=lambda source: source.slug)
        by_slug = {source.slug: source for source in sources}
        now = asyncio.get_running_loop().time()
        until = now + LEADS_SHARE * (self._turns.deadline - now)
        leading = Leading(self._turns, self._plan.force, until, self._plan.index)
        found = await leading.all(sources, self._plan.left())
        for owed in self._state.owed():
            # Owed from earlier, and not named any more: not lost.
            if owed.source in by_slug:
                found.setdefault(_key(owed.url), bare(by_slug[owed.source], owed.url))
        named = self._moves.at_their_addresses(found.values(), self._turns.clock.now())
        wanted = list(self._led([page for page in named if self._wants(page)]))
        self._moves.asked = {page.key for page in wanted} | {
            _key(page.before) for page in wanted if page.before
        }
        served = last_turns(past for _, past in self._state.pages())
        line = in_line(wanted, partial(self._state.past, "page"), served)
        jobs = [Job(place.page.url, self._page_job(place.page, place.within)) for place in line]
        await self._turns.by_site([*jobs, *self._revisit_jobs(by_slug, self._moves.asked)])

    def _wants(self, page: Page) -> bool:
        now = self._turns.clock.now()
        if self._plan.forgotten.has_url(page.url):
            return False
        if self._state.wants(page.url, page.words[1] if page.words else None, now):
            return True
        told = lead_digest(page.lead) if page.lead else None
        return page.changed is not None and self._state.wants_since(page.url, page.changed, now, told)

    def _led(self, pages: list[Page]) -> Iterator[Page]:
        """The pages, each under the best lead that it ever had: what names a page now may say less of it than
        what named it first, and a version that knows less would take the place of the one before."""
        pasts = [self._state.past("page", page.url) for page in pages]
        rows = self._plan.led(
            [
                past.led
                for page, past in zip(pages, pasts, strict=True)
                if page.could_tell_more and past and past.led
            ]
        )
        before = [self._state.past("page", page.before) for page in pages if page.before]
        captures = [past.last_capture for past in (*pasts, *before) if past]
        known = self._plan.recall([capture for capture in captures if capture])
        self._looks.known |= known
        for page, past in zip(pages, pasts, strict=True):
            if past is None or not page.could_tell_more:
                yield page
                continue
            earlier = rows.get(past.led) if past.led else None
            if earlier is None and (last := known.get(past.capture_id or "")):
                earlier = last.lead
            yield page.under(earlier) if earlier else page

    def _page_job(self, page: Page, within: bool) -> Callable[[], Any]:
        request = Request(page.url, page.source.slug, "page", page.lead, gap=page.source.gap_seconds or 0.0)
        client, told = self._turns.client, {"lead_digest": page.digest}

        async def run() -> None:
            rest = self._state.rest(page.url, self._turns.clock.now())
            if not within:
                await self._put(client.put_off(request, "more pages than the source's max_articles") | told)
            elif rest:
                await self._put(client.put_off(request, "the host asked to be left alone", rest) | told)
            else:
                await self._ask(page, request)

        return run

    async def _put(self, exchange: Exchange) -> None:
        """Hand the exchange of a page on; one that was put off only where attempts do not tell it already:
        the ledger must not grow by what waits."""
        lead, digest = exchange["lead"], exchange["lead_digest"]
        digest = digest or (lead_digest(lead) if lead else None)
        if (
            exchange["failure"] == "deferred"
            and not exchange["hops"]
            and self._state.is_told(exchange["url"], exchange["detail"], digest)
        ):
            for beside in self._turns.client.drain():
                await self._turns.queue.put(beside)
        else:
            await self._turns.put(exchange)

    async def _ask(self, page: Page, request: Request) -> None:
        """Ask for a page, and first where its entry led before: it may have moved from there."""
        rests = page.before and self._state.rest(page.before, self._turns.clock.now())
        if page.before and not rests and not self._plan.forgotten.has_url(page.before):
            old = await self._looks.look(replace(request, url=page.before), page.digest, page.key)
            await self._put(old)
            if old["known_as"] is not None and _key(old["final_url"]) == page.key:
                return
        await self._put(await self._looks.look(request, page.digest))

    def _revisit_jobs(self, sources: Mapping[str, Source], taken: set[str]) -> list[Job]:
        """Jobs for another look at young pages, with the lead of the last one: they come after what is new,
        and what there is no time for stays due."""
        due = [
            capture
            for capture in self._state.revisits(self._turns.clock.now())
            if capture.source in sources
            and sources[capture.source].revisit
            and _key(capture.url) not in taken
            and not self._plan.forgotten.has_url(capture.url)
        ]
        known = self._plan.recall(due) if due else {}
        self._looks.known |= known
        return [
            Job(capture.url, self._revisit_job(sources[capture.source], capture, known[capture.capture_id]))
            for capture in due
            # Without what led to it, the new version would know less than the one before.
            if capture.capture_id in known
        ]

    def _revisit_job(self, source: Source, capture: Capture, known: Known) -> Callable[[], Any]:
        turns = self._turns

        async def run() -> None:
            rest = self._state.rest(capture.url, turns.clock.now())
            if rest or asyncio.get_running_loop().time() >= turns.deadline:
                return
            gap = source.gap_seconds or 0.0
            request = Request(capture.url, source.slug, "page", known.lead, gap=gap)
            await turns.put(await self._looks.look(request))

        return run


def _key(url: str) -> str:
    return url_key(url) or url


async def _stream(
    sources: Sequence[Source], plan: Plan, settings: Settings, clock: Clock
) -> AsyncGenerator[list[Exchange], None]:
    async with (
        Client(settings, clock, remembered=plan.sites, holds=plan.holds) as client,
        aclosing(poll(sources, plan, client, clock, settings)) as polled,
    ):
        async for found in polled:
            yield found


async def _next(stream: AsyncIterator[list[Exchange]]) -> list[Exchange]:
    return await anext(stream, [])
