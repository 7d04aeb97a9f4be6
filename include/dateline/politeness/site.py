"""A hostile site on loopback: it does what its scripts say, and writes down what it was asked, and when.

Times are those of the system's monotonic clock, which all processes of a machine share.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field


@dataclass
class Asked:
    """One request as it came in, and what was answered.

    Args:
        at: when its head had been read.
        connection: number of the connection that it came by.
        ended: when the last bytes of the answer were handed over; `at` while there are none. Taken before
            they are, so a pause measured from here is never longer than what the client kept.
        sent: bytes handed over.
        status: of the answer; 0 if none was given.
        rest: what the answer's Retry-After asks for, in seconds.
        etag: validator that the answer gave.
        modified: the same.
    """

    at: float
    host: str
    path: str
    headers: dict[str, str]
    connection: int
    ended: float = 0.0
    sent: int = 0
    status: int = 0
    rest: float | None = None
    etag: str | None = None
    modified: str | None = None

    @property
    def url(self) -> str:
        """Host and path."""
        return f"{self.host}{self.path}"


class Out:
    """The way back to the client, which counts."""

    def __init__(self, writer: asyncio.StreamWriter, asked: Asked) -> None:
        self._writer = writer
        self._asked = asked

    async def write(self, data: bytes) -> None:
        """Hand bytes over."""
        asked = self._asked
        if not asked.status and data.startswith(b"HTTP/1.1 "):
            asked.status = int(data[9:12])
        asked.ended = time.monotonic()
        self._writer.write(data)
        asked.sent += len(data)
        await self._writer.drain()

    def cut(self) -> None:
        """Close the connection."""
        self._writer.close()

    def reset(self) -> None:
        """Drop the connection without a word."""
        self._writer.transport.abort()

    @property
    def is_open(self) -> bool:
        """Whether the client can still be reached."""
        return not self._writer.is_closing()


Script = Callable[[Asked, Out], Awaitable[None]]
"""What is done with a request."""


@dataclass
class Site:
    """Serves scripts by `host/path`, to be used with `with`. What has no script is answered 404.

    Args:
        scripts: host and path → what is done with a request for it.
    """

    scripts: dict[str, Script]
    asked: list[Asked] = field(default_factory=list)
    trapped: list[str] = field(default_factory=list)
    """One for each connection to the trap: a port beside, which nobody has any business with."""
    port: int = 0
    trap: int = 0
    _connections: int = 0

    def __enter__(self) -> Site:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="hostile-site", daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._open(), self._loop).result(10)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _open(self) -> None:
        self._servers = [await asyncio.start_server(self._serve, "127.0.0.1", 0)]
        self.port = self._servers[0].sockets[0].getsockname()[1]
        self._servers.append(await asyncio.start_server(self._spring, "127.0.0.1", 0))
        self.trap = self._servers[1].sockets[0].getsockname()[1]
        with suppress(OSError):  # a machine without IPv6 can't be reached that way either
            self._servers.append(await asyncio.start_server(self._spring, "::1", self.trap))

    async def _close(self) -> None:
        for server in self._servers:
            server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _spring(self, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = writer.get_extra_info("peername")
        self.trapped.append(str(peer[0]) if peer else "")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret")
        writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections += 1
        number = self._connections
        # The client left, sent what is no request, or the site closes: what it asked is written down.
        with suppress(EOFError, asyncio.LimitOverrunError, OSError, ValueError, asyncio.CancelledError):
            while not writer.is_closing():
                head = await reader.readuntil(b"\r\n\r\n")
                asked = _read(head.decode("latin-1"), number)
                self.asked.append(asked)
                await self.scripts.get(asked.url, _missing)(asked, Out(writer, asked))
        writer.close()


def _read(head: str, connection: int) -> Asked:
    """The request that a head tells of.

    Raises:
        ValueError: it is none.
    """
    first, *lines = head.split("\r\n")
    _, path, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    host = headers.get("host", "").partition(":")[0]
    at = time.monotonic()
    return Asked(at, host, path, headers, connection, ended=at)


async def _missing(_: Asked, out: Out) -> None:
    await out.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
