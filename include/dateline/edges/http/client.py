"""The HTTP client: asks politely, goes nowhere private, reads no more than it must, loses nothing.

Whatever a host does, `Client.get` gives one exchange (a row of `contracts/exchanges.py` but for `seq`):
a body, or the reason why there is none.
"""

from __future__ import annotations

import asyncio
import math
import os
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import count
from types import TracebackType
from typing import Any

from aiohttp.abc import AbstractResolver
from yarl import URL

from dateline import __version__
from dateline.edges.clock import Clock
from dateline.edges.http.connections import Connections
from dateline.edges.http.guard import AddressRefusedError, Guard
from dateline.edges.http.limits import Limits
from dateline.edges.http.proxies import Proxies, trust
from dateline.edges.http.request import Request, Sleep, Trail
from dateline.edges.http.sites import Remembered, Sites
from dateline.edges.http.spelling import joined
from dateline.edges.http.turns import Holds, NotNowError, Turns
from dateline.edges.http.wire import Answer
from dateline.errors import UsageError
from dateline.settings import Settings, contact_of

_REDIRECTS = (301, 302, 303, 307, 308)


class Client:
    """An asynchronous client, to be used with `async with`.

    Args:
        settings: contact, gaps, sizes, proxy, trust, and where connections may go instead.
        clock: tells `captured`.
        limits: other bounds than the settings'.
        resolver: resolves hosts; the system's if None.
        remembered: what sites said to earlier runs, which is not asked for again within a day.
        chance: a number from 0 to 1, by which pauses before repeats are longer.
        environment: where HTTP_PROXY and its kin are looked up; that of the process if None.
        holds: keep other tasks off a host while this one asks it; None where there are no others.

    Raises:
        UsageError: contact, `connect_to`, a proxy or the certificates can't be used.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        limits: Limits | None = None,
        resolver: AbstractResolver | None = None,
        remembered: Remembered | None = None,
        chance: Callable[[], float] = random.random,
        environment: Mapping[str, str] | None = None,
        holds: Holds | None = None,
    ) -> None:
        self._contact = contact_of(settings)
        self._clock = clock
        self._limits = limits or Limits.of(settings)
        self._guard = Guard.of(settings.connect_to)
        self._proxies = Proxies.of(settings, os.environ if environment is None else environment)
        self._trust = trust(settings)
        self._inner_resolver = resolver
        self._chance = chance
        self._turns = Turns(self._limits.patience, self._least, holds)
        self._sites = Sites(self.get, clock, self._limits, remembered)
        self._one = asyncio.Lock()
        self._connections: Connections

    async def __aenter__(self) -> Client:
        contact = f" (+{self._contact})" if self._contact else ""
        agent = f"dateline/{__version__}{contact}"
        self._connections = Connections(
            self._limits, self._guard, self._proxies, self._trust, agent, self._inner_resolver
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._connections.close()

    def require_contact(self, urls: list[str]) -> None:
        """Make sure that the hosts of these URLs may be asked.

        Raises:
            UsageError: one is on the live web, and no contact address is set.
        """
        for url in urls:
            host = URL(url).raw_host or ""
            if not self._is_known(host):
                raise UsageError(
                    f"DATELINE_CONTACT must be set before {host} is asked: a mail or web address that its "
                    "owner can complain to"
                )

    async def get(
        self, request: Request, deadline: float = math.inf, aside: Sleep = asyncio.sleep
    ) -> dict[str, Any]:
        """One exchange: a body, or why there is none. Never raises for what a host does.

        Args:
            request: what to ask for.
            deadline: time of the event loop after which no request is begun; then `deferred`.
            aside: waits so many seconds because this one URL asked for it; meanwhile others have their turns.
        """
        trail = Trail(request, deadline, _now(), aside)
        try:
            answer = await self._follow(self._guard.url(request.url), trail)
        except AddressRefusedError as error:
            answer = Answer("address_refused", str(error))
        except NotNowError as error:
            answer = Answer("deferred", str(error), retry_after=error.rest)
        return await self._seen_through(self._exchange(trail, answer))

    def pause(self, url: str) -> float:
        """For how many seconds `get` would wait for the turn of a URL's host, as far as is known."""
        try:
            return self._turns.left(_host(self._guard.url(url)))
        except AddressRefusedError:
            return 0.0

    def put_off(self, request: Request, detail: str, rest: float | None = None) -> dict[str, Any]:
        """The exchange of a request that is not made now; `rest`: for how many seconds at least."""
        return self._exchange(Trail(request, math.inf, _now()), Answer("deferred", detail, retry_after=rest))

    def drain(self) -> list[dict[str, Any]]:
        """The exchanges that were needed beside those asked for (robots.txt, files on rights), once each."""
        return self._sites.drain()

    def robots_of(self, url: str) -> tuple[str, bytes]:
        """Address and content of the robots.txt by which a URL was asked for; empty if there is none."""
        return self._sites.robots_of(URL(url))

    async def _follow(self, url: URL, trail: Trail) -> Answer:
        """Ask, and follow redirects; each hop is judged like a first request."""
        while True:
            if not self._is_known(url.raw_host or ""):
                raise AddressRefusedError("no contact address is set, so the live web is not asked")
            if refusal := await self._judge(url, trail):
                return refusal
            answer = await self._ask(url, trail)
            trail.final = str(url)
            if answer.status not in _REDIRECTS:
                return answer
            if not answer.location:
                return replace(answer, failure="bad_response", detail="a redirect without a target")
            if len(trail.redirects) >= self._limits.redirects:
                return replace(
                    answer, failure="too_many_redirects", detail=f"more than {self._limits.redirects}"
                )
            trail.redirects.append(str(url))
            url = self._target(url, answer.location)
            trail.go_on(str(url), answer.status)

    async def _judge(self, url: URL, trail: Trail) -> Answer | None:
        """What stands against asking for a URL, if anything does; its Crawl-delay holds from now on."""
        if trail.request.is_rules:
            return None
        begun = _now()
        try:
            rules = await self._sites.rules(url, trail)
            if rules.failure:
                return Answer(rules.failure, rules.detail)
            self._turns.slow_down(_host(url), rules.delay)
            allowed, trail.rule = rules.judge(str(url))
            if not allowed:
                return Answer("robots_disallowed", "robots.txt does not allow it")
            if trail.request.input_kind == "page":
                await self._sites.look_up_rights(url, trail)
            return None
        finally:
            trail.waited += _now() - begun

    def _target(self, url: URL, location: str) -> URL:
        return self._guard.url(joined(str(url), location))

    async def _ask(self, url: URL, trail: Trail) -> Answer:
        """Ask in turn, and again a few times where the failure may pass, or the host says when."""
        request = trail.request
        answer = await self._ask_in_turn(url, trail)
        for repeat in count():
            pause = self._pause(answer, repeat)
            if pause is None or _now() + pause > trail.deadline:
                break
            try:
                if answer.status == 503 and answer.retry_after is not None:
                    # Of this URL alone: meanwhile others of the host have their turns.
                    begun = _now()
                    await trail.aside(pause)
                    trail.waited += _now() - begun
                    pause = 0.0
                answer = await self._ask_in_turn(url, trail, pause)
            except NotNowError:
                break
        if answer.status == 304 and not request.is_conditional:
            return replace(answer, failure="bad_response", detail="304 to a request without conditions")
        return answer

    def _pause(self, answer: Answer, repeat: int) -> float | None:
        """How long to wait before the request is repeated, in seconds; None if it is not."""
        limits = self._limits
        if repeat >= limits.retries:
            return None
        backoff = limits.backoff * 2**repeat * (1 + self._chance())
        if answer.failure == "too_many_requests":
            rest = self._rest(answer)
            return None if rest > limits.patience else max(rest, backoff)
        return backoff if answer.passing else None

    def _rest(self, answer: Answer) -> float:
        """For how long a host or URL asked to be left alone."""
        return self._limits.rest if answer.retry_after is None else answer.retry_after

    def _least(self, host: str) -> float:
        """The pause that a host has in any case: at those of the live web no setting makes it shorter."""
        return max(self._limits.gap, 0.0 if self._guard.target(host) else self._limits.least_gap)

    async def _ask_in_turn(self, url: URL, trail: Trail, pause: float = 0.0) -> Answer:
        request, begun, host = trail.request, _now(), _host(url)
        async with self._turns.turn(host, request.gap, trail.deadline, pause) as gap:
            trail.waited += _now() - begun
            began = self._clock.now()
            answer = await self._connections.ask(url, request.headers, began, request.input_kind)
            if answer.failure != "address_refused":
                trail.note(str(url), began, self._clock.now(), gap, answer)
            if answer.status == 429:
                # 429 speaks for the host, 503 for this URL alone.
                self._turns.rest(host, self._rest(answer))
            return answer

    def _is_known(self, host: str) -> bool:
        return bool(self._contact) or self._guard.target(host) is not None

    def _exchange(self, trail: Trail, answer: Answer) -> dict[str, Any]:
        signals = answer.signals
        if trail.final and trail.request.input_kind != "robots":
            signals = signals + self._sites.signals(URL(trail.final))
        return trail.row(answer, self._clock.now(), _now(), signals)

    async def _seen_through(self, exchange: dict[str, Any]) -> dict[str, Any]:
        """An exchange; of a page that stands before the one asked for, why it is not kept.

        Such a page is asked for again, like one that could not be had: kept, it would be the newest version
        of the article that it hides.
        """
        url, there, body = exchange["url"], exchange["final_url"], exchange["body"]
        if exchange["input_kind"] != "page" or exchange["failure"] or not body or not there:
            return exchange
        from dateline.text.html.walls import may_be_wall, wall

        if not may_be_wall(body, url, there):
            return exchange
        # Beside the loop, so that other hosts go on; one at a time, so that other work finds threads.
        async with self._one:
            found = await asyncio.to_thread(wall, body, exchange["content_type"], url, there)
        if found is None:
            return exchange
        nothing = {"body": None, "etag": None, "last_modified": None}
        return {**exchange, "failure": "interstitial", "detail": found, **nothing}


def _host(url: URL) -> str:
    """The name that turns are kept for: that of all ports and protocols, as it goes over the wire."""
    return (url.raw_host or "").rstrip(".")


def _now() -> float:
    """Time of the event loop, in seconds."""
    return asyncio.get_running_loop().time()
