"""The HTTP client: asks politely, goes nowhere private, reads no more than it must, loses nothing.

Whatever a host does, `Client.get` gives one exchange (a row of `contracts/exchanges.py` but for `seq`):
a body, or the reason why there is none.
"""

from __future__ import annotations

import asyncio
import math
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from dateline import __version__
from dateline.edges.clock import Clock
from dateline.edges.http.decoding import ACCEPTED
from dateline.edges.http.guard import AddressRefusedError, Guard, Resolver
from dateline.edges.http.limits import Limits
from dateline.edges.http.robots import Rules
from dateline.edges.http.turns import NotNowError, Turns
from dateline.edges.http.wire import Answer, ask
from dateline.errors import UsageError
from dateline.settings import Settings
from dateline.sources.exchange import UNANSWERED

_REDIRECTS = (301, 302, 303, 307, 308)
_ACCEPT = {
    "page": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
    "feed": "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5",
}


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to ask for.

    Args:
        url: what to ask for.
        source: slug of the publisher.
        input_kind: page, feed, sitemap or robots.
        lead: what led here (`contracts.shared.LEAD_TYPE`), kept with the answer.
        etag: validator of an earlier answer, for a conditional request.
        last_modified: the same.
        gap: least pause at this host, in seconds, where the source has its own.
    """

    url: str
    source: str
    input_kind: str = "page"
    lead: dict[str, Any] | None = None
    etag: str | None = None
    last_modified: str | None = None
    gap: float = 0.0


@dataclass(slots=True)
class _Trail:
    """How far a request came."""

    request: Request
    deadline: float
    started: float
    redirects: list[str] = field(default_factory=list)
    final: str | None = None


class Client:
    """An asynchronous client, to be used with `async with`.

    Args:
        settings: contact, gaps, sizes, and where connections may go instead.
        clock: tells `captured`.
        limits: other bounds than the settings'.
        resolver: resolves hosts; the system's if None.

    Raises:
        UsageError: `settings.contact` or `settings.connect_to` can't be used.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        limits: Limits | None = None,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._contact = settings.contact.strip()
        if not (self._contact.isascii() and self._contact.isprintable()):
            raise UsageError("DATELINE_CONTACT must be an address in plain ASCII")
        self._clock = clock
        self._limits = limits or Limits.of(settings)
        self._guard = Guard.of(settings.connect_to)
        self._inner_resolver = resolver
        self._turns = Turns(self._limits.patience)
        self._rules: dict[str, Rules] = {}
        self._rules_locks: dict[str, asyncio.Lock] = {}
        self._beside: list[dict[str, Any]] = []
        self._session: aiohttp.ClientSession

    async def __aenter__(self) -> Client:
        limits = self._limits
        contact = f" (+{self._contact})" if self._contact else ""
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=Resolver(self._guard, self._inner_resolver),
                socket_factory=self._guard.socket,
                keepalive_timeout=30.0,
            ),
            headers={"User-Agent": f"dateline/{__version__}{contact}", "Accept-Encoding": ACCEPTED},
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(
                total=limits.total, sock_connect=limits.connect, sock_read=limits.silence
            ),
            max_line_size=limits.header,
            max_field_size=limits.header,
            max_headers=limits.headers,
        )
        # The library repeats a request at once where a kept connection broke: unseen, and without a pause.
        self._session._retry_connection = False
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    def require_contact(self, urls: list[str]) -> None:
        """Make sure that the hosts of these URLs may be asked.

        Raises:
            UsageError: one is on the live web, and no contact address is set.
        """
        for url in urls:
            host = URL(url).host or ""
            if not self._is_known(host):
                raise UsageError(
                    f"DATELINE_CONTACT must be set before {host} is asked: a mail or web address that its "
                    "owner can complain to"
                )

    async def get(self, request: Request, deadline: float = math.inf) -> dict[str, Any]:
        """One exchange: a body, or why there is none. Never raises for what a host does.

        Args:
            request: what to ask for.
            deadline: time of the event loop after which no request is begun; then `deferred`.
        """
        trail = _Trail(request, deadline, asyncio.get_running_loop().time())
        try:
            url = self._guard.url(request.url)
            answer = await self._follow(url, trail)
        except AddressRefusedError as error:
            answer = Answer("address_refused", str(error))
        except NotNowError as error:
            answer = Answer("deferred", str(error), retry_after=error.rest)
        return self._exchange(trail, answer)

    def put_off(self, request: Request, detail: str, rest: float | None = None) -> dict[str, Any]:
        """The exchange of a request that is not made now; `rest`: for how many seconds at least."""
        trail = _Trail(request, math.inf, asyncio.get_running_loop().time())
        return self._exchange(trail, Answer("deferred", detail, retry_after=rest))

    def drain(self) -> list[dict[str, Any]]:
        """The exchanges that were needed beside those asked for (robots.txt), once each."""
        drained, self._beside = self._beside, []
        return drained

    async def _follow(self, url: URL, trail: _Trail) -> Answer:
        """Ask, and follow redirects; each hop is judged like a first request."""
        judged = trail.request.input_kind != "robots"
        while True:
            if not self._is_known(url.host or ""):
                raise AddressRefusedError("no contact address is set, so the live web is not asked")
            delay = 0.0
            if judged:
                rules = await self._rules_of(url, trail)
                if rules.failure:
                    return Answer(rules.failure, rules.detail)
                if not rules.allows(str(url)):
                    return Answer("robots_disallowed", "robots.txt does not allow it")
                delay = rules.delay
            answer = await self._ask(url, trail, delay)
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

    def _target(self, url: URL, location: str) -> URL:
        try:
            joined = str(url.join(URL(location)))
        except (ValueError, TypeError) as error:
            raise AddressRefusedError("the redirect's target can't be read") from error
        return self._guard.url(joined)

    async def _ask(self, url: URL, trail: _Trail, delay: float) -> Answer:
        """Ask in turn, and again after a passing failure, a few times."""
        limits, request = self._limits, trail.request
        gap = max(limits.gap, request.gap, delay)
        host = url.host or ""
        answer = await self._ask_in_turn(url, trail, gap)
        for repeat in range(limits.retries):
            if not answer.passing:
                break
            pause = max(gap, limits.backoff * 2**repeat)
            try:
                answer = await self._ask_in_turn(url, trail, pause)
            except NotNowError:
                break
        if answer.status == 429:
            # 429 speaks for the host, 503 for this URL alone.
            self._turns.rest(host, limits.rest if answer.retry_after is None else answer.retry_after)
        if answer.status == 304 and not (request.etag or request.last_modified):
            return replace(answer, failure="bad_response", detail="304 to a request without conditions")
        return answer

    async def _ask_in_turn(self, url: URL, trail: _Trail, gap: float) -> Answer:
        request = trail.request
        async with self._turns.turn(url.host or "", gap, trail.deadline):
            now = self._clock.now()
            return await ask(self._session, url, _headers(request), self._limits, now, request.input_kind)

    async def _rules_of(self, url: URL, trail: _Trail) -> Rules:
        """The rules of the URL's host, asked for once; `NotNowError` if it can't be asked in time."""
        origin = str(url.origin())
        async with self._rules_locks.setdefault(origin, asyncio.Lock()):
            if origin not in self._rules:
                request = Request(
                    url=f"{origin}/robots.txt",
                    source=trail.request.source,
                    input_kind="robots",
                    gap=trail.request.gap,
                )
                exchange = await self.get(request, trail.deadline)
                if exchange["failure"] == "deferred":
                    raise NotNowError(url.host or "", exchange["retry_after"])
                self._beside.append(exchange)
                self._rules[origin] = self._judge(exchange)
        return self._rules[origin]

    def _judge(self, exchange: dict[str, Any]) -> Rules:
        """RFC 9309 §2.3.1: what a robots.txt's answer means for the rest of its host."""
        failure, status = exchange["failure"], exchange["status"]
        if failure is None:
            return Rules.parse(exchange["body"], self._limits.crawl_delay)
        if failure == "address_refused" and not exchange["redirects"]:
            return Rules(failure, exchange["detail"])
        if failure in ("empty", "too_many_redirects") or (status and 400 <= status <= 499 and status != 429):
            # "Unavailable": there are no rules. 429 is no such answer, but a host under strain.
            return Rules()
        return Rules("robots_unreachable", f"robots.txt: {exchange['detail']}")

    def _is_known(self, host: str) -> bool:
        return bool(self._contact) or self._guard.target(host) is not None

    def _exchange(self, trail: _Trail, answer: Answer) -> dict[str, Any]:
        request = trail.request
        return {
            "source": request.source,
            "input_kind": request.input_kind,
            "url": request.url,
            "final_url": trail.final,
            "archive": None,
            "path": None,
            "index": None,
            "captured": self._clock.now(),
            "status": answer.status,
            "failure": answer.failure,
            "detail": answer.detail,
            "content_type": answer.content_type,
            "etag": answer.etag,
            "last_modified": answer.last_modified,
            "retry_after": answer.retry_after,
            "seconds": asyncio.get_running_loop().time() - trail.started,
            **UNANSWERED,
            "redirects": trail.redirects,
            "body": answer.body,
            "lead": request.lead,
        }


def _headers(request: Request) -> dict[str, str]:
    headers = {"Accept": _ACCEPT.get(request.input_kind, "*/*")}
    if request.etag:
        headers["If-None-Match"] = request.etag
    if request.last_modified:
        headers["If-Modified-Since"] = request.last_modified
    return headers
