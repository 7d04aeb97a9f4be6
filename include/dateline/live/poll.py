"""One poll: what names pages first, then the pages, each host at its own pace."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Callable,
    Generator,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import Any

from dateline.edges.clock import Clock
from dateline.edges.http import Client, Request
from dateline.edges.http.sites import Remembered
from dateline.edges.http.turns import Holds
from dateline.live.leading import Index, Leading
from dateline.live.line import in_line
from dateline.live.pages import Page, Source, bare, starts
from dateline.live.turns import Exchange, Job, Turns
from dateline.settings import Settings
from dateline.text.crawl_past import Capture, Known, Moment
from dateline.text.crawl_state import State
from dateline.text.forgotten import NOTHING, Forgotten
from dateline.text.urls import url_key

LEADS_SHARE = 0.5
"""Part of a run's time that feeds, sitemaps and section pages may take, so that some is left for pages: what
is not asked for by then comes first in the next run."""

QUEUE = 8
"""Exchanges that may wait for the reader; when it is full, the hosts wait too."""


Recall = Callable[[Sequence[Capture]], Mapping[str, Known]]
"""Capture id → what is known of it, as far as the lake still has it."""


Led = Callable[[Sequence[Moment]], Mapping[Moment, dict[str, Any]]]
"""Rows of `attempts` → what led there, as far as the lake still has it."""


def _nothing(_: Sequence[Any]) -> Mapping[Any, Any]:
    return {}


def _no_index(_: Capture) -> None:
    return None


def _none() -> Iterable[Exchange]:
    return ()


@dataclass(frozen=True, slots=True)
class Plan:
    """How a poll goes, beside its sources.

    Args:
        state: what earlier attempts left behind.
        recall: looks earlier captures up; without it no page is looked at again.
        holds: keep other tasks off a host while this one asks it; None where there are none.
        sites: what sites said of themselves to earlier polls (`edges.http.sites.Remembered`).
        force: asks every feed, sitemap and section page, due or not.
        forgotten: what was taken down, and is not asked for.
        left: what named pages in runs that did not come to their end (`remembered.leading`).
        led: looks up what led to pages that were asked for in vain.
        index: looks up what an index of sitemaps held (`remembered.index`).
    """

    state: State
    recall: Recall = _nothing
    holds: Holds | None = None
    sites: Remembered | None = None
    force: bool = False
    forgotten: Forgotten = NOTHING
    left: Callable[[], Iterable[Exchange]] = _none
    led: Led = _nothing
    index: Index = _no_index


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
        wanted = list(self._led([page for page in found.values() if self._wants(page)]))
        line = in_line(wanted, self._state.past)
        jobs = [Job(place.page.url, self._page_job(place.page, place.within)) for place in line]
        taken = {page.key for page in wanted}
        await self._turns.by_site([*jobs, *self._revisit_jobs(by_slug, taken)])

    def _wants(self, page: Page) -> bool:
        now = self._turns.clock.now()
        if self._plan.forgotten.has_url(page.url):
            return False
        if self._state.wants(page.url, page.words[1] if page.words else None, now):
            return True
        return page.changed is not None and self._state.wants_since(page.url, page.changed, now)

    def _led(self, pages: list[Page]) -> Iterator[Page]:
        """The pages, each under the best lead that it ever had: what names a page now may say less of it than
        what named it first, and a version that knows less would take the place of the one before."""
        pasts = [self._state.past(page.url) if page.could_tell_more else None for page in pages]
        rows = self._plan.led([past.led for past in pasts if past and past.led])
        captures = [past.last_capture for past in pasts if past and past.led not in rows]
        known = self._plan.recall([capture for capture in captures if capture])
        for page, past in zip(pages, pasts, strict=True):
            earlier = rows.get(past.led) if past and past.led else None
            if earlier is None and past and (last := known.get(past.capture_id or "")):
                earlier = last.lead
            yield page.under(earlier) if earlier else page

    def _page_job(self, page: Page, within: bool) -> Callable[[], Any]:
        request = Request(page.url, page.source.slug, "page", page.lead, gap=page.source.gap_seconds or 0.0)
        turns, digest = self._turns, page.digest

        async def run() -> None:
            rest = self._state.rest(page.url, turns.clock.now())
            if not within:
                exchange = turns.client.put_off(request, "more pages than the source's max_articles")
            elif rest:
                exchange = turns.client.put_off(request, "the host asked to be left alone", rest)
            else:
                exchange = await turns.client.get(request, turns.deadline)
            exchange["lead_digest"] = digest
            await turns.put(exchange)

        return run

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
        return [
            Job(capture.url, self._revisit_job(sources[capture.source], capture, known[capture.capture_id]))
            for capture in due
            # Without what led to it, the new version would know less than the one before.
            if capture.capture_id in known
        ]

    def _revisit_job(self, source: Source, capture: Capture, known: Known) -> Callable[[], Any]:
        turns = self._turns

        async def run() -> None:
            now = turns.clock.now()
            if self._state.rest(capture.url, now) or asyncio.get_running_loop().time() >= turns.deadline:
                return
            etag, modified = self._state.conditional(capture.url, now, "page")
            request = Request(
                capture.url, source.slug, "page", known.lead, etag, modified, source.gap_seconds or 0.0
            )
            exchange = await turns.client.get(request, turns.deadline)
            if exchange["failure"] is None and _sha256(exchange["body"]) == known.sha256:
                # A host without validators: the same bytes need not be kept again.
                detail = "the body is byte for byte the one before"
                exchange |= {"failure": "not_modified", "detail": detail, "body": None}
            await turns.put(exchange)

        return run


def _key(url: str) -> str:
    return url_key(url) or url


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


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
