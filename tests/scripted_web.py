"""A web on loopback that does what a script says, byte by byte, and writes down what it was asked."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

SITE_FILES = ("/robots.txt", "/.well-known/tdmrep.json", "/ai.txt")
"""What is asked of a site before its first page is."""

Play = Callable[[asyncio.StreamWriter], Awaitable[None]]
Script = bytes | Play


@dataclass
class Asked:
    """One request as it came in."""

    at: float
    host: str
    path: str
    headers: dict[str, str]

    @property
    def url(self) -> str:
        return f"{self.host}{self.path}"


def answer(body: bytes | str = b"", status: int = 200, **headers: str) -> bytes:
    """A proper answer; header names are written with `_` for `-`."""
    data = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} Word"]
    named = {"content_type": "text/html; charset=utf-8", "content_length": str(len(data)), **headers}
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in named.items() if value]
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + data


def redirect(to: str, status: int = 302) -> bytes:
    return answer(b"moved", status, location=to)


@dataclass
class Web:
    """Serves scripts by `host/path`; several scripts of one address are played in turn, the last for ever.

    What has no script is 404, so each host allows robots unless the script says otherwise.
    """

    scripts: dict[str, Script | list[Script]]
    asked: list[Asked] = field(default_factory=list)
    port: int = 0
    connections: int = 0
    address: str = "127.0.0.1"
    tls: ssl.SSLContext | None = None

    async def __aenter__(self) -> Web:
        self._server = await asyncio.start_server(self._serve, self.address, 0, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    @property
    def connect_to(self) -> str:
        return f".test=127.0.0.1:{self.port}"

    def urls(self, robots: bool = False) -> list[str]:
        """What was asked for, in order; the files that speak of whole sites only if wanted."""
        return [seen.url for seen in self.asked if robots or seen.path not in SITE_FILES]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while not writer.is_closing():
                head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
                headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
                path = head[0].split(" ")[1]
                seen = Asked(asyncio.get_running_loop().time(), headers["host"], path, headers)
                self.asked.append(seen)
                await self._play(self._script(seen.url), writer)
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass  # the client left, or the test is over
        finally:
            writer.close()

    def _script(self, url: str) -> Script:
        scripts = self.scripts.get(url, answer(b"not here", 404))
        if isinstance(scripts, list):
            return scripts.pop(0) if len(scripts) > 1 else scripts[0]
        return scripts

    async def _play(self, script: Script, writer: asyncio.StreamWriter) -> None:
        if isinstance(script, bytes):
            writer.write(script)
            await writer.drain()
        else:
            await script(writer)


def cut(raw: bytes) -> Play:
    """These bytes, then the connection is closed."""

    async def play(writer: asyncio.StreamWriter) -> None:
        writer.write(raw)
        await writer.drain()
        writer.close()

    return play


def endless(head: bytes, chunk: bytes, pause: float = 0.0) -> Play:
    """A head, then the chunk again and again."""

    async def play(writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            writer.write(chunk)
            await writer.drain()
            await asyncio.sleep(pause)

    return play


def late(raw: bytes, seconds: float = 0.1) -> Play:
    """These bytes after a pause."""

    async def play(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(seconds)
        writer.write(raw)
        await writer.drain()

    return play
