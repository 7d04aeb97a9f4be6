"""Whose turn it is: one request to a host at a time, with a pause between two.

Tasks that share holds share the turns too: the pause counts from the last request of any of them, and what a
host asked one of them for holds for all.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol

LOOK_AGAIN = 0.1
"""Seconds until a host that another task is asking is looked at again."""


class NotNowError(Exception):
    """The host's turn comes too late.

    Args:
        rest: for how many seconds more the host asked to be left alone; None if only time ran out.
    """

    def __init__(self, host: str, rest: float | None = None) -> None:
        super().__init__(
            f"time ran out before the turn at {host}"
            if rest is None
            else f"{host} asked to be left alone for {math.ceil(rest)} s more"
        )
        self.rest = rest


class Hold(Protocol):
    """A host that this task has to itself; see `edges.lake.holds.Hold`."""

    idle: float
    rest: float

    def free(self) -> None: ...


class Holds(Protocol):
    """The holds on hosts of all tasks that share a lake."""

    def take(self, name: str) -> Hold | None: ...
    def leave_alone(self, name: str, seconds: float) -> None: ...


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    ended: float = -math.inf
    rests_until: float = -math.inf


class Turns:
    """The turns of all hosts. Times are those of the event loop, in seconds.

    Args:
        patience: the longest wait for a turn, beyond the pauses that are due anyway.
        holds: keep other tasks off a host meanwhile; None where there are none.
    """

    def __init__(self, patience: float, holds: Holds | None = None) -> None:
        self._patience = patience
        self._holds = holds
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str, gap: float, deadline: float) -> AsyncIterator[None]:
        """The turn at a host: waits for those before, then for the pause of `gap` since the last end.

        Raises:
            NotNowError: the turn comes after the deadline, or the host asked to be left alone for longer
                than patience lasts.
        """
        mine = self._hosts.setdefault(host, _Host())
        async with mine.lock:
            hold = await self._hold(host, mine, deadline)
            try:
                await self._wait(host, mine, gap, deadline)
                try:
                    yield
                finally:
                    # From end to start: a host that answers slowly is not asked faster for it.
                    mine.ended = asyncio.get_running_loop().time()
            finally:
                if hold is not None:
                    hold.free()

    async def _wait(self, host: str, mine: _Host, gap: float, deadline: float) -> None:
        now = asyncio.get_running_loop().time()
        rest = mine.rests_until - now
        wait = max(mine.ended + gap - now, rest)
        if rest > self._patience or now + max(wait, 0) > deadline:
            raise NotNowError(host, rest if rest > 0 else None)
        if wait > 0:
            await asyncio.sleep(wait)

    async def _hold(self, host: str, mine: _Host, deadline: float) -> Hold | None:
        """The host for this task alone, with what the task before it left behind."""
        if self._holds is None:
            return None
        while (hold := self._holds.take(host)) is None:
            if asyncio.get_running_loop().time() > deadline:
                raise NotNowError(host)
            await asyncio.sleep(LOOK_AGAIN)
        now = asyncio.get_running_loop().time()
        mine.ended = max(mine.ended, now - hold.idle)
        mine.rests_until = max(mine.rests_until, now + hold.rest)
        return hold

    def rest(self, host: str, seconds: float) -> None:
        """Leave a host alone for so long, as it asked."""
        mine = self._hosts.setdefault(host, _Host())
        mine.rests_until = max(mine.rests_until, asyncio.get_running_loop().time() + seconds)
        if self._holds is not None:
            self._holds.leave_alone(host, seconds)
