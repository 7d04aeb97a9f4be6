"""What all parts of a poll share: the client, the way out for exchanges, and whose turn it is at a host."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from dateline.edges.clock import Clock
from dateline.edges.http import Client, Request
from dateline.text.crawl_state import State
from dateline.text.urls import site_of

HOSTS_AT_ONCE = 24
"""Sites asked at the same time. With the queue, this bounds how many bodies are held."""

Exchange = dict[str, Any]


class Job(NamedTuple):
    """A URL to ask for, and what asks for it."""

    url: str
    run: Callable[[], Awaitable[None]]


@dataclass(slots=True)
class Turns:
    """One poll under way, as its parts see it.

    Args:
        deadline: time of the event loop after which no request is begun.
        queue: where exchanges go; when it is full, the hosts wait too.
    """

    state: State
    client: Client
    clock: Clock
    deadline: float
    queue: asyncio.Queue[Any]
    _lanes: dict[str, asyncio.Lock] = field(default_factory=dict)
    _slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(HOSTS_AT_ONCE))

    async def get(self, request: Request, deadline: float | None = None) -> Exchange:
        """Ask for one URL, as `Client.get`; while it has to wait, others are asked, of its site too.

        Args:
            deadline: where it is another than the poll's.
        """
        until = self.deadline if deadline is None else deadline
        return await self.client.get(request, until, partial(self._stand_aside, _site(request.url)))

    async def _stand_aside(self, site: str, seconds: float) -> None:
        lane = self._lanes[site]
        self._slots.release()
        lane.release()
        try:
            await asyncio.sleep(seconds)
        finally:
            await lane.acquire()
            await self._slots.acquire()

    async def put(self, exchange: Exchange) -> None:
        """Hand an exchange on, after those that were needed beside it."""
        for beside in self.client.drain():
            await self.queue.put(beside)
        await self.queue.put(exchange)

    async def by_site(self, jobs: Iterable[Job], until: float | None = None) -> None:
        """Run the jobs: those of one site one after the other, some sites at the same time.

        A job asks for URLs of its own site alone. Sites that wait come in order, those of the first jobs
        first, and after each job its site waits again behind the others: a long list keeps none of them off.

        Args:
            until: time of the event loop after which no request of theirs is begun, where it is another
                than the poll's.
        """
        sites: dict[str, list[Job]] = {}
        for job in jobs:
            sites.setdefault(_site(job.url), []).append(job)
        until = self.deadline if until is None else until
        async with asyncio.TaskGroup() as group:
            for site, mine in sites.items():
                group.create_task(self._one_site(site, mine, until))

    async def _one_site(self, site: str, jobs: Iterable[Job], until: float) -> None:
        lane = self._lanes.setdefault(site, asyncio.Lock())

        async def run(job: Job) -> None:
            try:
                await job.run()
            finally:
                self._slots.release()
                lane.release()

        async with asyncio.TaskGroup() as group:
            for job in jobs:
                # Both are given back at its end, or while it stands aside.
                await lane.acquire()
                await self._until_its_turn(job.url, until)
                await self._slots.acquire()
                group.create_task(run(job))

    async def _until_its_turn(self, url: str, until: float) -> None:
        """Wait for the pause of a URL's host before a slot is taken: others are asked meanwhile."""
        pause = self.client.pause(url)
        # What comes too late is told so by the client at once.
        if 0.0 < pause <= until - asyncio.get_running_loop().time():
            await asyncio.sleep(pause)


def _site(url: str) -> str:
    return site_of(url) or ""
