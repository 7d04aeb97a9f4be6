"""What whole sites say: their rules for robots, their files on rights; each asked for once a day."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from yarl import URL

from dateline.edges.clock import Clock
from dateline.edges.http.limits import Limits
from dateline.edges.http.request import Request, Trail
from dateline.edges.http.robots import Rules
from dateline.edges.http.turns import NotNowError
from dateline.text import rights

AI_TXT = "/ai.txt"
TDMREP = "/.well-known/tdmrep.json"

MOST_READ = 256
"""Files on rights of each kind that are held as they were read, for as many sites asked in turn. Read, one
takes two megabytes at most; those of more sites are read again, from bytes that are here."""

Remembered = Mapping[str, tuple[bytes | None, datetime]]
"""What earlier runs were told: origin (`https://HOST`, a port only if it is not the usual one) → its
robots.txt and when it came; origin with `AI_TXT` or `TDMREP` behind it → that file. None: there is none."""

Ask = Callable[[Request, float], Awaitable[dict[str, Any]]]
"""Makes the exchange of a request, begun before a time of the event loop."""


@dataclass(slots=True)
class _Site:
    """What is known of one origin."""

    rules: Rules | None = None
    rules_of: datetime | None = None
    files: dict[str, tuple[bytes | None, datetime]] = field(default_factory=dict)
    rules_lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    files_lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Sites:
    """All sites that were met.

    Args:
        ask: how to ask for a file.
        clock: tells how old a file is.
        limits: for how long a file counts, and what Crawl-delay is believed.
        remembered: files that came before.
    """

    def __init__(self, ask: Ask, clock: Clock, limits: Limits, remembered: Remembered | None = None) -> None:
        self._ask = ask
        self._clock = clock
        self._limits = limits
        self._remembered: Remembered = {} if remembered is None else remembered
        self._sites: dict[str, _Site] = {}
        self._beside: list[dict[str, Any]] = []
        self._put_off: dict[str, tuple[float, dict[str, Any]]] = {}
        self._reading = asyncio.Lock()
        self._read_robots = lru_cache(MOST_READ)(rights.read_robots)
        self._read_tdmrep = lru_cache(MOST_READ)(rights.read_tdmrep)
        self._read_ai_txt = lru_cache(MOST_READ)(rights.read_ai_txt)

    def drain(self) -> list[dict[str, Any]]:
        """The exchanges that were made since the last time, once each."""
        drained, self._beside = self._beside, []
        return drained

    async def rules(self, url: URL, trail: Trail) -> Rules:
        """The rules of the URL's host; asked for where they are not known or a day old.

        Raises:
            NotNowError: the host can't be asked in time.
        """
        origin, site = self._site(url)
        async with site.rules_lock:
            if site.rules is None or not self._is_young(site.rules_of):
                if known := await self._known(origin):
                    site.rules = Rules.parse(known[0] or b"", self._limits.crawl_delay)
                    site.rules_of = known[1]
                else:
                    exchange = await self._exchange(f"{origin}/robots.txt", trail)
                    site.rules = Rules.of(exchange, self._limits.crawl_delay)
                    site.rules_of = exchange["captured"]
            return site.rules

    async def look_up_rights(self, url: URL, trail: Trail) -> None:
        """Make sure that the site's files on rights are known, before the first page of it is asked for.

        A file that can't be had says nothing, and is asked for again in the next run: unlike robots.txt, no
        standard makes its absence a ban. That errs towards what the page itself and robots.txt say.

        Raises:
            NotNowError: the host can't be asked in time.
        """
        origin, site = self._site(url)
        async with site.files_lock:
            for path in (TDMREP, AI_TXT):
                if path in site.files and self._is_young(site.files[path][1]):
                    continue
                known = await self._known(origin + path)
                if known is None:
                    exchange = await self._exchange(origin + path, trail)
                    known = (_file(exchange), exchange["captured"])
                site.files[path] = known

    def robots_of(self, url: URL) -> tuple[str, bytes]:
        """Address and content of the robots.txt of a URL's site; empty where none is known."""
        origin, site = self._site(url)
        return f"{origin}/robots.txt", site.rules.body if site.rules else b""

    def signals(self, url: URL) -> list[dict[str, str]]:
        """The statements on rights that the site's files make of a URL."""
        _, site = self._site(url)
        text = str(url)
        robots = site.rules.body if site.rules else b""
        found = rights.from_robots(self._read_robots(robots), text) if robots else []
        tdmrep, _ = site.files.get(TDMREP, (None, None))
        ai_txt, _ = site.files.get(AI_TXT, (None, None))
        found = found + (rights.from_tdmrep(self._read_tdmrep(tdmrep), text) if tdmrep else [])
        return found + (rights.from_ai_txt(self._read_ai_txt(ai_txt), text) if ai_txt else [])

    def _site(self, url: URL) -> tuple[str, _Site]:
        origin = str(url.origin())
        return origin, self._sites.setdefault(origin, _Site())

    def _is_young(self, when: datetime | None) -> bool:
        # What comes from the future is not believed either: some clock was wrong.
        return when is not None and timedelta(0) <= self._clock.now() - when < timedelta(
            seconds=self._limits.memory
        )

    async def _known(self, name: str) -> tuple[bytes | None, datetime] | None:
        """What is remembered, once for each file and run; read in a thread, as it may lie on a slow disk, and
        one after another: others wait for threads too, to have names resolved."""
        async with self._reading:
            known = await asyncio.to_thread(self._remembered.get, name)
        return known if known and self._is_young(known[1]) else None

    def _require_due(self, file: str) -> None:
        until, exchange = self._put_off.get(file, (-math.inf, {}))
        left = until - asyncio.get_running_loop().time()
        if left > 0:
            raise NotNowError(exchange["detail"], None if exchange["retry_after"] is None else left)

    async def _exchange(self, file: str, trail: Trail) -> dict[str, Any]:
        request = Request(file, trail.request.source, "robots", gap=trail.request.gap)
        self._require_due(file)
        exchange = await self._ask(request, trail.deadline)
        is_put_off = exchange["failure"] == "deferred"
        if exchange["hops"] or not is_put_off:
            self._beside.append(exchange)
        if is_put_off:
            rest = exchange["retry_after"]
            if exchange["hops"]:
                # It led to a host that can't be asked now: that is not found out again for each page.
                until = trail.deadline if rest is None else asyncio.get_running_loop().time() + rest
                self._put_off[file] = until, exchange
            raise NotNowError(exchange["detail"], rest)
        return exchange


def _file(exchange: dict[str, Any]) -> bytes | None:
    """The file that was asked for; many hosts answer any address with a page, which need not be kept."""
    body = exchange["body"]
    return None if body is None or body[:1_000].lstrip()[:1] == b"<" else body
