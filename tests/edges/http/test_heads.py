"""Hosts that talk before they are asked, and after they have answered, hurt nobody."""

from __future__ import annotations

import asyncio
import tracemalloc
from dataclasses import replace

import pytest

from dateline.edges.http import Client, Request
from dateline.settings import Settings
from scripted_client import NOON, PAGE, QUICK, get
from scripted_web import Play, Web, answer

ROOMY = replace(QUICK, head=128 * 1024, header=64 * 1024, headers=256)


@pytest.mark.parametrize(("lines", "failure"), [(7, None), (9, "bad_response")])
def test_all_header_lines_together_are_bounded(lines: int, failure: str | None) -> None:
    script = answer("<p>Tide.", **{f"x_{number}": "y" * 1_000 for number in range(lines)})
    [page], _, _ = get({"www.paper.test/a": script}, PAGE)
    assert page["failure"] == failure


def test_an_early_hint_is_no_answer() -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" * 3
    [page], web, _ = get({"www.paper.test/a": hints + answer("<p>Tide.")}, PAGE)
    assert page["body"] == b"<p>Tide."
    assert len(web.urls()) == 1


def test_an_answer_that_nobody_asked_for_is_nobody_s() -> None:
    scripts = {
        "www.paper.test/a": answer("<p>Tide.") + answer("<p>Not asked for."),
        "www.paper.test/b": answer("<p>Ebb."),
    }
    [_, well], _, _ = get(scripts, PAGE, "http://www.paper.test/b")
    assert well["body"] == b"<p>Ebb."


def talking(after: bytes) -> Play:
    """A page, and then these bytes again and again, while nobody asks."""

    async def play(writer: asyncio.StreamWriter) -> None:
        writer.write(answer("<p>Tide."))
        await asyncio.sleep(0.1)
        for _ in range(400):
            writer.write(after * (64 * 1024 // len(after)))
            await writer.drain()

    return play


UNASKED = {"rubbish": b"x", "answers": answer("y" * 1000), "hints": b"HTTP/1.1 103 Early\r\n\r\n"}


@pytest.mark.parametrize("after", UNASKED.values(), ids=UNASKED)
def test_what_a_host_says_unasked_is_not_hoarded(after: bytes) -> None:
    async def run() -> int:
        web = Web({"www.paper.test/a": talking(after)})
        async with web, Client(Settings(connect_to=web.connect_to), NOON, ROOMY) as client:
            await client.get(Request(PAGE, "paper", "feed"))
            tracemalloc.start()
            await asyncio.sleep(0.5)
            return tracemalloc.get_traced_memory()[1]

    most = asyncio.run(run())
    tracemalloc.stop()
    assert most < 6_000_000


CHUNKED = answer(content_length="", transfer_encoding="chunked")
FRAMES = {
    "one extension": (CHUNKED + b"3;x=", b"q" * 50_000),
    "many extensions": (CHUNKED, b"1;" + b"x" * 30_000 + b"\r\na\r\n"),
    "tiny chunks": (CHUNKED, b"1\r\na\r\n" * 10_000),
}


@pytest.mark.parametrize("name", FRAMES)
def test_what_stands_around_a_body_is_bounded(name: str) -> None:
    sent = 0
    head, piece = FRAMES[name]

    async def play(writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(head)
        while True:
            writer.write(piece)
            sent += len(piece)
            await writer.drain()

    roomy = replace(QUICK, body=64 * 1024 * 1024, total=20.0, retries=1)
    [page], web, _ = get({"www.paper.test/a": play}, PAGE, limits=roomy)
    assert page["failure"] == "bad_response"
    assert len(web.urls()) == 1  # a repeat would bring the same
    assert sent < 16_000_000  # of which most lies in the buffers of the system


def test_a_body_in_tiny_chunks_is_read() -> None:
    body = b"".join(b"1;x=y\r\na\r\n" for _ in range(20_000)) + b"0\r\nX-Sum: 1\r\n\r\n"
    [page], _, _ = get({"www.paper.test/a": CHUNKED + body}, PAGE)
    assert page["body"] == b"a" * 20_000
