"""What all parts of a poll share: the client, the way out for exchanges, and whose turn it is at a host."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from dateline.edges.clock import Clock
from dateline.edges.http import Client
from dateline.text.crawl_state import State
from dateline.text.urls import site_of

HOSTS_AT_ONCE = 24
"""Hosts asked at the same time. With the queue, this bounds how many bodies are held."""

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

    async def put(self, exchange: Exchange) -> None:
        """Hand an exchange on, after those that were needed beside it."""
        for beside in self.client.drain():
            await self.queue.put(beside)
        await self.queue.put(exchange)

    async def by_site(self, jobs: Iterable[Job]) -> None:
        """Run the jobs: those of one site one after the other, some sites at the same time."""
        sites: dict[str, list[Job]] = {}
        for job in jobs:
            sites.setdefault(site_of(job.url) or "", []).append(job)
        slots = asyncio.Semaphore(HOSTS_AT_ONCE)

        async def site(mine: list[Job]) -> None:
            async with slots:
                for job in mine:
                    await job.run()

        async with asyncio.TaskGroup() as group:
            for mine in sites.values():
                group.create_task(site(mine))
