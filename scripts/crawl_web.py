"""A large plain web on loopback, in a process of its own: it answers at once, and counts what it is asked."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from memory import fictional

from dateline.politeness.papers import RSS, Paper, feed


@dataclass(frozen=True)
class Shape:
    """How large the web is: pages, sources, hosts, and the bytes of a page."""

    pages: int
    sources: int
    hosts: int
    page_bytes: int

    def host(self, source: int) -> str:
        """The host that a source lies on."""
        return f"h{source % self.hosts:03}.test"

    def feed(self, source: int) -> str:
        """The path of a source's feed."""
        return f"/feed/{source}.xml"

    def named(self, source: int) -> range:
        """The pages that a source's feed names."""
        return range(source, self.pages, self.sources)

    def papers(self) -> list[Paper]:
        """The sources."""
        return [
            Paper(f"source-{source:04}", (f"http://{self.host(source)}{self.feed(source)}",))
            for source in range(self.sources)
        ]

    def urls(self) -> list[str]:
        """Everything that one poll asks for."""
        robots = [f"http://h{host:03}.test/robots.txt" for host in range(min(self.hosts, self.sources))]
        feeds = [f"http://{self.host(source)}{self.feed(source)}" for source in range(self.sources)]
        pages = [
            f"http://{self.host(source)}/page/{page}"
            for source in range(self.sources)
            for page in self.named(source)
        ]
        return robots + feeds + pages


class _Serve(asyncio.Protocol):
    """Answers whatever is asked with as little work as can be."""

    def __init__(self, shape: Shape, tail: bytes, asked: Counter[str]) -> None:
        self._shape, self._asked, self._tail, self._held = shape, asked, tail, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport

    def data_received(self, data: bytes) -> None:
        *heads, self._held = (self._held + data).split(b"\r\n\r\n")
        for head in heads:
            path = head.split(b" ", 2)[1].decode()
            host = head.lower().partition(b"\r\nhost: ")[2].partition(b"\r\n")[0].decode()
            self._asked[f"{host}{path}"] += 1
            self._transport.write(self._answer(path))

    def _answer(self, path: str) -> bytes:
        if path.startswith("/feed/"):
            source = int(path[6:-4])
            host = self._shape.host(source)
            links = [f"http://{host}/page/{page}" for page in self._shape.named(source)]
            return _reply(RSS, feed(links, f"Source {source}").encode())
        if path.startswith("/page/"):
            title = f"<!doctype html><title>Page {path[6:]}</title>".encode()
            return _reply("text/html; charset=utf-8", title + self._tail)
        if path == "/robots.txt":
            return _reply("text/plain", b"User-agent: *\nDisallow: /private/\n")
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def _reply(kind: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def _text(size: int) -> bytes:
    """Paragraphs of fiction, always the same."""
    chance = random.Random(2026)  # noqa: S311 - the same ones always
    text = b""
    while len(text) < size:
        text += "".join(f"<p>{part}</p>" for part in fictional(chance)[1]).encode()
    return text[:size]


def serve(shape: Shape, pipe: Connection) -> None:
    """Serve until the pipe is closed; each word that comes by it is answered with the counts so far."""
    asyncio.run(_serve(shape, pipe))


async def _serve(shape: Shape, pipe: Connection) -> None:
    asked: Counter[str] = Counter()
    loop = asyncio.get_running_loop()
    tail = _text(shape.page_bytes)
    server = await loop.create_server(lambda: _Serve(shape, tail, asked), "127.0.0.1", 0)
    pipe.send(server.sockets[0].getsockname()[1])
    over = asyncio.Event()

    def told() -> None:
        try:
            pipe.recv()
        except EOFError:
            over.set()
            return
        pipe.send(dict(asked))

    loop.add_reader(pipe.fileno(), told)
    await over.wait()
    server.close()


class Server:
    """The server's process, to be used with `with`."""

    def __init__(self, shape: Shape) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(shape, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self.port: int = self._pipe.recv()
        self._before: Counter[str] = Counter()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self._pipe.close()
        self._process.join(10)

    def asked(self) -> Counter[str]:
        """What was asked since the last `forget`."""
        self._pipe.send("tell")
        return Counter(self._pipe.recv()) - self._before

    def forget(self) -> None:
        """Count from here."""
        self._before += self.asked()
