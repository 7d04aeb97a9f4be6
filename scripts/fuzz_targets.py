"""What is fed with made-up bytes, what these are made of, and what must hold whatever they are."""

from __future__ import annotations

import asyncio
import gzip
import math
import random
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import brotli
import pyarrow as pa
from backports import zstd
from fuzz_words import (
    ATOM,
    FILES,
    HEADERS,
    JSON_FEED,
    REPEATED_LINES,
    REPEATED_MARKUP,
    REPEATED_VALUES,
    ROBOTS,
    SITEMAP,
    TEXT,
    URLS,
    XML,
)

from dateline.contracts.exchanges import EXCHANGES
from dateline.contracts.shared import LEAD_TYPE, SIGNAL_TYPE
from dateline.edges.clock import Clock
from dateline.edges.http import Client, Limits, Request
from dateline.edges.http.guard import AddressRefusedError, Guard
from dateline.edges.http.headers import clean, exact, fresh_for, retry_after
from dateline.politeness.papers import feed, story
from dateline.politeness.scripts import answer, cut
from dateline.politeness.site import Site
from dateline.settings import Settings
from dateline.sources import feeds, sections, sitemaps
from dateline.text import rights, robots, urls
from dateline.text.decoding import CODINGS, BrokenCodingError, Decoder
from dateline.text.html.charset import decode

NOW = datetime(2026, 3, 25, 6, tzinfo=UTC)
HOME = "http://fuzz.test/"
MOST = 5_000
"""Bytes that a decoder is asked for."""


@dataclass(frozen=True)
class Target:
    """Something that reads bytes from outside.

    Args:
        seeds: proper inputs, to be spoilt.
        words: what proper inputs are made of, to be mixed.
        check: reads an input; raises AssertionError, or anything else, where a promise is broken.
        repeated: what may stand in an input very often, with a number for `%d`, besides the words.
        largest: bytes of an input that one word makes large.
        ways: to spoil an input, besides taking out, doubling and putting in bytes.
        longest: CPU seconds that an input may take; they are short.
    """

    seeds: tuple[bytes, ...]
    words: tuple[bytes, ...]
    check: Callable[[bytes], None]
    repeated: tuple[bytes, ...] = ()
    largest: int = 200_000
    ways: tuple[Callable[[bytes, random.Random], bytes], ...] = ()
    longest: float = 1.0


def _split(data: bytes) -> tuple[str | None, bytes]:
    """A Content-Type, from the first line where that looks like one, and the rest."""
    first, line, rest = data.partition(b"\n")
    return (first.decode("latin-1"), rest) if line and b"charset" in first else (None, data)


def _feed(data: bytes) -> None:
    kind, body = _split(data)
    read = feeds.read(body, content_type=kind)
    assert read.entries or read.warnings or read.title, "nothing read, and no word of it"
    assert read.fresh_for is None or 0 <= read.fresh_for < math.inf
    _leads([feeds.lead(entry, HOME) for entry in read.entries])
    assert read == feeds.read(body, content_type=kind)


def _sitemap(data: bytes) -> None:
    kind, body = _split(data)
    read = sitemaps.read(body, url=HOME, content_type=kind)
    assert read.entries or read.children or read.warnings, "nothing read, and no word of it"
    for url in [*(entry.url for entry in read.entries), *(child.url for child in read.children)]:
        assert url.startswith(("http://", "https://")), url
    _leads([sitemaps.lead(entry, HOME) for entry in read.entries])


def _section(data: bytes) -> None:
    kind, body = _split(data)
    for url in sections.read(body, url=HOME, content_type=kind):
        assert url.startswith(("http://", "https://")), url
        url.encode()


def _leads(leads: list[dict[str, Any]]) -> None:
    """They can be stored, and told as JSON: no lone surrogates, nothing of another type."""
    pa.array(leads, LEAD_TYPE)


def _robots(data: bytes) -> None:
    body, _, path = data.rpartition(b"\n")
    read = robots.parse(body, "dateline", 100.0)
    assert 0 <= read.delay <= 100
    for url in (HOME, f"{HOME}{path.decode('latin-1')}", path.decode("utf-8", "replace")):
        verdict = read.judge(url)
        assert verdict.line is None or len(verdict.line.encode()) < 10_000
    "".join(read.sitemaps).encode()
    _signals(rights.from_robots(rights.read_robots(body), HOME))
    _signals(rights.from_robots(rights.read_robots(body), path.decode("latin-1")))


def _files(data: bytes) -> None:
    for url in (HOME, f"{HOME}{data[:20].decode('latin-1')}"):
        _signals(rights.from_tdmrep(rights.read_tdmrep(data), url))
        _signals(rights.from_ai_txt(rights.read_ai_txt(data), url))


def _signals(signals: list[Any]) -> None:
    pa.array(signals, pa.list_(SIGNAL_TYPE).value_type)
    assert len(signals) < 1_000
    rights.judge(signals)


def _headers(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape")
    value, _, other = text.partition("\n")
    for given in (value, text):
        for wait in (retry_after(given, other, NOW), retry_after(given, None, NOW)):
            assert wait is None or 0 <= wait < math.inf
        for headers in ({"Expires": given, "Age": other}, {"Expires": other, "Date": given, "Age": given}):
            fresh = fresh_for(headers, [value, other], NOW)
            assert fresh is None or 0 <= fresh < math.inf
        for kept in (exact(given), clean(given)):
            assert kept is None or (kept.encode() is not None and "\0" not in kept)
        decode(b"quay \xe9\xff", clean(given))
    named = [(name, value) for name in ("X-Robots-Tag", "TDM-Reservation", "TDM-Policy", "Content-Signal")]
    _signals(rights.from_headers([*named, ("x-robots-tag", other)]))


def _urls(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape")
    key = urls.url_key(text)
    assert key is None or key.encode()
    bare = text.partition("#")[0].strip()  # blanks at an end are no part of it, inside they are
    assert key is None or urls.url_key(f"{bare}#quay") == urls.url_key(bare)
    for made in (urls.web_url(text), urls.absolute(text, HOME), urls.absolute("/quay", text)):
        assert made is None or made.encode()
    urls.site_of(text)
    urls.is_home(text)
    urls.article_id(text, "a", "b", 0)
    try:
        fit = Guard.of("").url(text)
    except AddressRefusedError:
        return
    assert fit.scheme in ("http", "https")
    assert fit.user is None
    assert str(fit).isascii()
    assert robots.parse(b"User-agent: *\nDisallow: /", "dateline").judge(str(fit)).allowed is False


def _decoding(data: bytes) -> None:
    coding = CODINGS[data[0] % len(CODINGS)] if data else ""
    step = data[1] + 1 if len(data) > 1 else 1
    decoder, out = Decoder(coding), 0
    try:
        for start in range(2, len(data), step):
            out += len(decoder.feed(data[start : start + step], MOST - out))
            assert out <= MOST
            if out == MOST:
                return
        decoder.finish()
    except BrokenCodingError:
        return


LIMITS = Limits(total=2.0, connect=1.0, silence=1.0, retries=0, gap=0.0, patience=0.0, body=20_000)


class Answers:
    """The client itself, which asks a site on loopback that answers with the bytes; with `with`."""

    def __enter__(self) -> Answers:
        self._site = Site({}).__enter__()
        self._settings = Settings(connect_to=f".test=127.0.0.1:{self._site.port}")
        return self

    def __exit__(self, *_: object) -> None:
        self._site.__exit__()

    def check(self, data: bytes) -> None:
        """An answer, whatever it is, makes a proper exchange."""
        kind = ("page", "feed", "robots", "sitemap")[len(data) % 4]
        self._site.scripts = {"fuzz.test/quay": cut(data)}
        exchange = asyncio.run(self._ask(Request(f"{HOME}quay", "fuzz", kind, etag='"1"')))
        EXCHANGES.batch([{"seq": 0, **exchange}])
        assert (exchange["body"] is None) == (exchange["failure"] is not None)

    async def _ask(self, request: Request) -> dict[str, Any]:
        async with Client(self._settings, Clock(NOW), LIMITS) as client:
            return await client.get(request, asyncio.get_running_loop().time() + 5)


def _packed() -> tuple[bytes, ...]:
    """A text in each coding, behind the two bytes that choose coding and step."""
    ways: dict[str, Callable[[bytes], bytes]] = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": brotli.compress,
        "zstd": zstd.compress,
    }
    return tuple(bytes((CODINGS.index(name), 50)) + pack(TEXT) for name, pack in ways.items())


def targets(answers: Answers) -> dict[str, Target]:
    """Name → target."""
    feed_seeds = (feed([f"{HOME}a", f"{HOME}b"]).encode(), ATOM, JSON_FEED)
    replies = (
        answer(story("quay")), answer(b"no", 429, retry_after="60"), answer(b"", 301, location="/a"),
        answer(gzip.compress(TEXT), content_encoding="gzip"), answer(b"", 304, etag='"2"'),
        answer(b"4\r\nquay\r\n0\r\n\r\n", content_length="", transfer_encoding="chunked"),
    )  # fmt: skip
    head = (
        b"HTTP/1.1 ",
        b"200",
        b"\r\n",
        b"\r\n\r\n",
        b"Content-Length: ",
        b"Location: ",
        b"Transfer-Encoding: chunked",
    )
    return {
        "feed": Target(feed_seeds, XML, _feed, REPEATED_MARKUP),
        "sitemap": Target(
            (SITEMAP, gzip.compress(SITEMAP), b"http://fuzz.test/a\n"), XML, _sitemap, REPEATED_MARKUP
        ),
        "section": Target(
            (story("quay").encode(), b"<a href=/2026/quay-of-a-town>Q</a>"),
            XML + URLS,
            _section,
            REPEATED_MARKUP,
        ),
        "robots": Target((b"".join(ROBOTS[:8]),), ROBOTS, _robots, REPEATED_LINES),
        "rights files": Target((FILES[0],), FILES, _files),
        "headers": Target(HEADERS[:2], HEADERS, _headers, REPEATED_VALUES, Limits().header),
        "URL": Target((b"http://www.fuzz.test/a/b?c=d&utm_source=e#f",), URLS, _urls),
        "decoding": Target(
            _packed(), (b"\0", b"\xff" * 9, b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\x50\x2a\x4d\x18"), _decoding
        ),
        "answer": Target(replies, head + HEADERS + URLS, answers.check),
    }
