"""The connections of one client: direct ones, which go to public addresses, and those to a proxy.

A direct connection has no way to a proxy's address, which is often a private one; a connection through a
proxy goes nowhere else. So a proxy opens no door for those who are asked directly.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any, cast

import aiohttp
from aiohttp import http_exceptions
from aiohttp.abc import AbstractResolver
from aiohttp.client_proto import ResponseHandler
from aiohttp.http import RawResponseMessage
from aiohttp.streams import StreamReader
from yarl import URL

from dateline.edges.http.guard import Guard, Resolver
from dateline.edges.http.limits import Limits
from dateline.edges.http.proxies import Proxies
from dateline.edges.http.wire import Answer, ask, failed
from dateline.text.decoding import ACCEPTED


class Connections:
    """Opened within a running event loop, and to be closed.

    Args:
        trust: whose certificates are believed; True: the system's.
        agent: the User-Agent.
        inner: resolves hosts; the system's resolver if None.
    """

    def __init__(
        self,
        limits: Limits,
        guard: Guard,
        proxies: Proxies,
        trust: ssl.SSLContext | bool,
        agent: str,
        inner: AbstractResolver | None,
    ) -> None:
        self._limits = limits
        self._guard = guard
        self._proxies = proxies
        self._resolver = Resolver(guard, inner)
        self._direct = self._session(
            agent,
            aiohttp.TCPConnector(
                resolver=self._resolver, socket_factory=guard.socket, ssl=trust, keepalive_timeout=30.0
            ),
        )
        self._through = self._session(agent, aiohttp.TCPConnector(ssl=trust, keepalive_timeout=30.0))

    async def close(self) -> None:
        """Close all."""
        await self._direct.close()
        await self._through.close()

    async def ask(self, url: URL, headers: Mapping[str, str], now: datetime, kind: str) -> Answer:
        """Ask once (`wire.ask`), directly or through the proxy that is set for this URL.

        A proxy resolves names for itself, so a name is resolved and judged here first. That errs towards
        refusing: what has no address here, or one that is not public, is not handed on. What the proxy
        itself finds a moment later is beyond our sight. What is judged is the encoded name that the proxy
        is given: getaddrinfo encodes by IDNA 2003, and takes a sharp s for `ss`, which is another host.
        """
        proxy = None if self._guard.target(url.raw_host or "") else self._proxies.of_url(url)
        if proxy is None:
            return await ask(self._direct, url, headers, self._limits, now, kind)
        try:
            async with asyncio.timeout(self._limits.connect):
                await self._resolver.judge(url.raw_host or "", url.port or 0)
        except OSError as error:
            answer = failed(error)
            if answer.failure != "connection_failed":
                return answer
            return Answer("connection_failed", "the host's name can't be resolved here", passing=True)
        return await ask(self._through, url, headers, self._limits, now, kind, proxy)

    def _session(self, agent: str, connector: aiohttp.TCPConnector) -> aiohttp.ClientSession:
        limits = self._limits
        # The library bounds each header line and their number, not all of them together, and no body's frame.
        cast(Any, connector)._factory = partial(
            _Bounded, asyncio.get_running_loop(), limits.head, limits.framing
        )
        session = aiohttp.ClientSession(
            connector=connector,
            headers={"User-Agent": agent, "Accept-Encoding": ACCEPTED},
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
        session._retry_connection = False
        return session


class _Bounded(ResponseHandler):
    """Reads answers, and gives up on a host that sends too much before it comes to a body, too much that is
    no body, or more answers than it was asked for, which would pile up unread.

    Heads of the kind 1xx count together with the one that follows: a host may send them for ever. So it may
    with what stands around the chunks of a body and after the last (RFC 9112 §7.1.1 asks for a limit).
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, head: int, framing: int) -> None:
        super().__init__(loop)
        self._head = head
        self._framing = framing
        self._seen = 0
        self._is_answered = False

    def set_response_params(self, **params: Any) -> None:
        self._seen, self._is_answered = 0, False
        super().set_response_params(**params)

    def feed_data(self, data: tuple[RawResponseMessage, StreamReader], size: int = 0) -> None:
        if self._is_answered:
            self._give_up("an answer that nobody asked for")
            return
        self._is_answered = not 100 <= data[0].code <= 199
        super().feed_data(data, size)

    def data_received(self, data: bytes) -> None:
        self._seen += len(data)
        super().data_received(data)
        if self._seen <= self._head:
            return
        if not self._is_answered:
            self._give_up("the headers are too large")
        # As much again as the body has is allowed: some servers send a few letters at a time.
        elif (
            self._payload is not None
            and self._seen - 2 * self._payload.total_bytes > self._head + self._framing
        ):
            self._give_up("there is more around the body than in it")

    def _give_up(self, why: str) -> None:
        self.force_close()
        if self.transport is not None:
            error = http_exceptions.HttpProcessingError(message=why)
            self.set_exception(error)
            if self._payload is not None:
                self._payload.set_exception(error)
                self._payload = None  # so that the end of the connection is not told as the reason
            self.transport.abort()
