"""What a site may do with a request, good and bad: each function makes a script."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import chain, repeat

from dateline.politeness.site import Asked, Out, Script

COOKIE = "reader=1; Path=/; Max-Age=31536000"
"""Every answer wants it back."""


def answer(body: bytes | str = b"", status: int = 200, **headers: str | None) -> bytes:
    """A proper answer; names of headers are written with `_` for `-`, and those without a value left out."""
    data = body.encode() if isinstance(body, str) else body
    named = {
        "content_type": "text/html; charset=utf-8",
        "content_length": str(len(data)),
        "set_cookie": COOKIE,
        **headers,
    }
    lines = [f"HTTP/1.1 {status} Word"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in named.items() if value]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data


def say(raw: bytes) -> Script:
    """These bytes."""

    async def script(_: Asked, out: Out) -> None:
        await out.write(raw)

    return script


def page(body: bytes | str) -> Script:
    """A page."""
    return say(answer(body))


def to(url: str, status: int = 302) -> Script:
    """A redirect."""
    return say(answer(b"moved", status, location=url))


def in_turn(*scripts: Script) -> Script:
    """One after the other, the last for ever."""
    left = chain(scripts[:-1], repeat(scripts[-1]))

    async def script(asked: Asked, out: Out) -> None:
        await next(left)(asked, out)

    return script


def validated(
    body: bytes | str, content_type: str, etag: str | None = None, modified: str | None = None, **more: str
) -> Script:
    """An answer with validators, which is 304 where the request has one of them."""

    async def script(asked: Asked, out: Out) -> None:
        known = etag and asked.headers.get("if-none-match") == etag
        known = known or (modified and asked.headers.get("if-modified-since") == modified)
        asked.etag, asked.modified = etag, modified
        if known:
            facts = {"content_type": "", "content_length": ""}
            await out.write(answer(b"", 304, etag=etag, last_modified=modified, **facts, **more))
        else:
            facts = {"content_type": content_type, **more}
            await out.write(answer(body, 200, etag=etag, last_modified=modified, **facts))

    return script


def renamed(body: bytes, content_type: str, etags: tuple[str, ...], modified: str) -> Script:
    """An answer whose ETag is another each time, also with a 304, and whose Last-Modified comes only once."""
    left = chain(etags, repeat(etags[-1]))

    async def script(asked: Asked, out: Out) -> None:
        asked.etag = next(left)
        if "if-none-match" in asked.headers or "if-modified-since" in asked.headers:
            await out.write(answer(b"", 304, content_type="", content_length="", etag=asked.etag))
        else:
            asked.modified = modified
            await out.write(answer(body, content_type=content_type, etag=asked.etag, last_modified=modified))

    return script


def busy(status: int, seconds: int, *, dated: bool = False) -> Script:
    """429 or 503 with a Retry-After: a number, or a date counted from the answer's own Date."""

    async def script(asked: Asked, out: Out) -> None:
        asked.rest = float(seconds)
        now = datetime.now(UTC).replace(microsecond=0)
        until = format_datetime(now + timedelta(seconds=seconds), usegmt=True)
        wait = until if dated else str(seconds)
        date = format_datetime(now, usegmt=True)
        await out.write(answer(b"later", status, retry_after=wait, date=date))

    return script


async def hang(_: Asked, out: Out) -> None:
    """Nothing, until the client goes."""
    while out.is_open:
        await asyncio.sleep(0.1)


def cut(raw: bytes = b"") -> Script:
    """These bytes, then the connection is closed."""

    async def script(_: Asked, out: Out) -> None:
        if raw:
            await out.write(raw)
        out.cut()

    return script


def stalled(raw: bytes) -> Script:
    """These bytes, then nothing, until the client goes."""

    async def script(asked: Asked, out: Out) -> None:
        await out.write(raw)
        await hang(asked, out)

    return script


async def reset(_: Asked, out: Out) -> None:
    """The connection is dropped."""
    out.reset()


def endless(head: bytes, piece: bytes, pause: float = 0.0) -> Script:
    """A head, then the piece again and again, as long as it is taken."""

    async def script(_: Asked, out: Out) -> None:
        await out.write(head)
        while out.is_open:
            await out.write(piece)
            await asyncio.sleep(pause)

    return script
