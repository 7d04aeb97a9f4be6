"""What all parts of a poll share: the client, the way out for exchanges, and whose turn it is at a host."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from dateline.edges.clock import Clock
from dateline.edges.http import Client
from dateline.text.crawl_state import State
from dateline.text.urls import site_of

HOSTS_AT_ONCE = 24
"""Hosts asked at the same time. With the queue, this bounds how many bodies are held."""

LOOK_AGAIN = 0.5
"""Seconds until a host that another task is asking is looked at again."""

Exchange = dict[str, Any]


class Job(NamedTuple):
    """A URL to ask for, and what asks for it."""

    url: str
    run: Callable[[], Awaitable[None]]


class Hold(Protocol):
    """A site that is this task's own until it is let go, or the process ends."""

    def pause(self, gap: float, /) -> float: ...
    def touch(self) -> None: ...
    def free(self) -> None: ...


class Sites(Protocol):
    """Holds on sites, over all tasks and processes that share a lake."""

    def take(self, site: str, /) -> Hold | None: ...


class _Alone:
    """The holds of a poll that shares its hosts with nobody."""

    def take(self, _: str) -> Hold | None:
        return self

    def pause(self, _: float) -> float:
        return 0.0

    def touch(self) -> None:
        pass

    def free(self) -> None:
        pass


ALONE: Sites = _Alone()


@dataclass(slots=True)
class Turns:
    """One poll under way, as its parts see it.

    Args:
        deadline: time of the event loop after which no request is begun.
        gap: least pause between two requests to one host, in seconds, also between those of two tasks.
        queue: where exchanges go; when it is full, the hosts wait too.
    """

    state: State
    client: Client
    clock: Clock
    deadline: float
    gap: float
    queue: asyncio.Queue[Any]
    sites: Sites

    async def put(self, exchange: Exchange) -> None:
        """Hand an exchange on, after those that were needed beside it."""
        for beside in self.client.drain():
            await self.queue.put(beside)
        await self.queue.put(exchange)

    async def by_site(self, jobs: Iterable[Job]) -> None:
        """Run the jobs: those of one site one after the other, some sites at the same time.

        A site that another task is asking is waited for until the time is up; what is asked for then is put
        off by the client, without a request.
        """
        sites: dict[str, list[Job]] = {}
        for job in jobs:
            sites.setdefault(site_of(job.url) or "", []).append(job)
        slots = asyncio.Semaphore(HOSTS_AT_ONCE)
        async with asyncio.TaskGroup() as group:
            for site, mine in sites.items():
                group.create_task(self._site(site, mine, slots))

    async def _site(self, site: str, jobs: list[Job], slots: asyncio.Semaphore) -> None:
        while True:
            async with slots:
                hold = self.sites.take(site)
                late = asyncio.get_running_loop().time() >= self.deadline
                if hold is not None or late:
                    return await self._all(hold or _Alone(), jobs)
            await asyncio.sleep(LOOK_AGAIN)

    async def _all(self, hold: Hold, jobs: list[Job]) -> None:
        try:
            # The task that was here before may have ended a moment ago.
            await asyncio.sleep(hold.pause(self.gap))
            for job in jobs:
                await job.run()
                hold.touch()
        finally:
            hold.free()
