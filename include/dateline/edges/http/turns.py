"""Whose turn it is: one request to a host at a time, with a pause between two.

A host is a name, whatever the port and protocol: it is one owner's machines that have to bear it. The longest
pause that anything asks for a host counts for every request to it, whoever makes it and whatever it is for.
Tasks that share holds share the turns too: the pause counts from the last request of any of them, it is the
longest that any of them knows, and what a host asked one of them for holds for all.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol

LOOK_AGAIN = 0.1
"""Seconds until a host that another task is asking is looked at again."""


class NotNowError(Exception):
    """The host's turn comes too late.

    Args:
        why: one sentence, with the name of the host.
        rest: for how many seconds more the host asked to be left alone; None if only time ran out.
    """

    def __init__(self, why: str, rest: float | None = None) -> None:
        super().__init__(why)
        self.rest = rest

    @classmethod
    def at(cls, host: str, rest: float | None = None) -> NotNowError:
        """The error of a host that is not asked now."""
        if rest is None:
            return cls(f"time ran out before the turn at {host}")
        return cls(f"{host} asked to be left alone for {math.ceil(rest)} s more", rest)


class Hold(Protocol):
    """A host that this task has to itself; see `edges.lake.holds.Hold`."""

    idle: float
    rest: float
    gap: float

    def begin(self) -> None: ...
    def free(self) -> None: ...


class Holds(Protocol):
    """The holds on hosts of all tasks that share a lake."""

    def take(self, name: str) -> Hold | None: ...
    def leave_alone(self, name: str, seconds: float) -> None: ...
    def slow_down(self, name: str, gap: float) -> None: ...


@dataclass(slots=True)
class _Host:
    """A host; `gap` is the longest pause that anything asked for it, `least` the one that it has anyway."""

    least: float
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    ended: float = -math.inf
    rests_until: float = -math.inf
    gap: float = 0.0


class Turns:
    """The turns of all hosts. Times are those of the event loop, in seconds.

    Args:
        patience: the longest wait for a turn, beyond the pauses that are due anyway.
        least: the pause that a host has in any case.
        holds: keep other tasks off a host meanwhile; None where there are none.
    """

    def __init__(
        self, patience: float, least: Callable[[str], float] = lambda _: 0.0, holds: Holds | None = None
    ) -> None:
        self._patience = patience
        self._least = least
        self._holds = holds
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str, gap: float, deadline: float, pause: float = 0.0) -> AsyncIterator[float]:
        """The turn at a host: waits for those before, then for a pause since the last end; gives that pause.

        Args:
            gap: the pause that is asked for the host from now on; the longest that ever was counts.
            pause: a longer one, this once.

        Raises:
            NotNowError: the turn comes after the deadline, or the host asked to be left alone for longer
                than patience lasts.
        """
        self.slow_down(host, gap)
        mine = self._at(host)
        async with mine.lock:
            hold = await self._hold(host, mine, deadline)
            try:
                await self._wait(host, mine, pause, deadline)
                if hold is not None:
                    hold.begin()
                try:
                    yield max(mine.least, mine.gap)
                finally:
                    # From end to start: a host that answers slowly is not asked faster for it.
                    mine.ended = asyncio.get_running_loop().time()
            finally:
                if hold is not None:
                    hold.free()

    async def _wait(self, host: str, mine: _Host, pause: float, deadline: float) -> None:
        while True:
            # Looked at again after the wait: a longer pause may have become known meanwhile.
            now = asyncio.get_running_loop().time()
            rest = mine.rests_until - now
            wait = max(mine.ended + max(mine.least, mine.gap, pause) - now, rest)
            if rest > self._patience or now + max(wait, 0) > deadline:
                raise NotNowError.at(host, rest if rest > 0 else None)
            if wait <= 0:
                return
            await asyncio.sleep(wait)

    async def _hold(self, host: str, mine: _Host, deadline: float) -> Hold | None:
        """The host for this task alone, with what the task before it left behind."""
        if self._holds is None:
            return None
        while (hold := self._holds.take(host)) is None:
            if asyncio.get_running_loop().time() > deadline:
                raise NotNowError.at(host)
            await asyncio.sleep(LOOK_AGAIN)
        now = asyncio.get_running_loop().time()
        mine.ended = max(mine.ended, now - hold.idle)
        mine.rests_until = max(mine.rests_until, now + hold.rest)
        mine.gap = max(mine.gap, hold.gap)
        return hold

    def left(self, host: str) -> float:
        """For how many seconds a turn at a host would be waited for, as far as this task knows."""
        mine = self._hosts.get(host)
        if mine is None:
            return 0.0
        now = asyncio.get_running_loop().time()
        rest = mine.rests_until - now
        return max(mine.ended + max(mine.least, mine.gap) - now, rest if rest <= self._patience else 0.0, 0.0)

    def slow_down(self, host: str, gap: float) -> None:
        """Keep a pause of so many seconds at a host from now on, if none so long is known."""
        mine = self._at(host)
        if gap > mine.gap:
            mine.gap = gap
            if self._holds is not None:
                self._holds.slow_down(host, gap)

    def _at(self, host: str) -> _Host:
        if host not in self._hosts:
            self._hosts[host] = _Host(self._least(host))
        return self._hosts[host]

    def rest(self, host: str, seconds: float) -> None:
        """Leave a host alone for so long, as it asked."""
        mine = self._at(host)
        mine.rests_until = max(mine.rests_until, asyncio.get_running_loop().time() + seconds)
        if self._holds is not None:
            self._holds.leave_alone(host, seconds)
