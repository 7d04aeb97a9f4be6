"""Whose turn it is: one request to a host at a time, with a pause between two."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


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


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    ended: float = -math.inf
    rests_until: float = -math.inf


class Turns:
    """The turns of all hosts. Times are those of the event loop, in seconds.

    Args:
        patience: the longest wait for a turn, beyond the pauses that are due anyway.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
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
            now = asyncio.get_running_loop().time()
            rest = mine.rests_until - now
            wait = max(mine.ended + gap - now, rest)
            if rest > self._patience or now + max(wait, 0) > deadline:
                raise NotNowError(host, rest if rest > 0 else None)
            if wait > 0:
                await asyncio.sleep(wait)
            try:
                yield
            finally:
                # From end to start: a host that answers slowly is not asked faster for it.
                mine.ended = asyncio.get_running_loop().time()

    def rest(self, host: str, seconds: float) -> None:
        """Leave a host alone for so long, as it asked."""
        mine = self._hosts.setdefault(host, _Host())
        mine.rests_until = max(mine.rests_until, asyncio.get_running_loop().time() + seconds)
