"""Trials of answers that are meant to hurt: bombs, bodies and heads without end, loops, slow drips, and
markup that costs a reader far more than it weighs."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from functools import cache
from typing import Any

from dateline.politeness.evidence import Row, Seen, Trial, host_of
from dateline.politeness.papers import RSS, feeds, paper
from dateline.politeness.polls import TOTAL
from dateline.politeness.scripts import answer, endless, say, to
from dateline.politeness.site import Script

MOST_BYTES = 1024 * 1024
"""The largest body that these polls keep."""

MOST_HELD = 64 * 1024 * 1024
"""Memory that a poll may need for all of this at once."""

_SWOLLEN = 128 * 1024 * 1024
_SLACK = 12 * 1024 * 1024
"""Bytes that may lie in buffers of the two systems when the client leaves."""

_HOPS = 5
_WANTED = {
    "endless-body": "too_large", "endless-chunks": "too_large", "endless-head": "bad_response",
    "long-line": "bad_response", "many-lines": "bad_response", "dripping-body": "timeout",
    "dripping-head": "timeout", "loop": "too_many_redirects", "chain": "too_many_redirects",
    "bomb-gzip": "too_large", "bomb-deflate": "too_large", "bomb-br": "too_large", "bomb-zstd": "too_large",
    "bomb-gzip-gzip": "bad_response", "endless-extensions": "bad_response", "empty-frames": "bad_response",
}  # fmt: skip
"""Host → what has to come of its page: not just nothing, which might have any reason."""
_EMPTY_FRAME = b"\x50\x2a\x4d\x18\x00\x00\x00\x00"
"""To be left out (RFC 8878 §3.1.2): eight bytes that cost nothing to send."""
_ENTITIES = "".join(f'<!ENTITY q{n} "{f"&q{n - 1};" * 10}">' for n in range(1, 10))
_XML = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY q0 "quay"><!ENTITY file SYSTEM "file:///etc/passwd">'
    '{entities}]><rss version="2.0"><channel><title>{word}</title><item><title>{word}</title>'
    "<link>http://entities.test/a</link></item></channel></rss>"
)
_ITEM = "<item><title>quay</title><link>http://rough.test/q</link></item>"
_MARKUP = {
    "crowded.test": (
        80_000,
        " a{0}='q'",
        "<rss{0}><channel>{1}</channel></rss>",
        "attributes of one element",
    ),
    "deep.test": (300_000, "<a>", "<rss><channel>{1}{0}", "levels of elements"),
}
"""Host → what its feed has how many of, where it has them, and what they are; it is read but for those."""


def trial() -> Trial:
    """Hosts with one page each that never ends, or turns out to be far larger than it looks."""
    scripts = {**_bombs(), **_floods(), **_loops()}
    hosts = sorted({path.partition("/")[0] for path in scripts})
    scripts["rough.test/feed.xml"] = feeds([f"http://{host}/a" for host in hosts])
    scripts |= {
        "entities.test/feed.xml": _feed(_XML.format(entities=_ENTITIES, word="&q9;")),
        "outside.test/feed.xml": _feed(_XML.format(entities="", word="&file;")),
        "swollen.test/feed.xml": say(
            answer(_zipped(), content_type=RSS, content_encoding="gzip", content_length="")
        ),
    }
    scripts |= {f"{host}/feed.xml": _heavy(*markup) for host, markup in _MARKUP.items()}
    papers = [paper(name) for name in ("rough", "entities", "outside", "swollen", "crowded", "deep")]
    return Trial(tuple(papers), scripts, judge)


def _feed(body: str) -> Script:
    return say(answer(body, content_type=RSS))


def _heavy(count: int, piece: str, around: str, _: str) -> Script:
    """A feed that many pieces of markup make heavy; packed it is a few kilobytes."""
    body = around.format("".join(piece.format(number) for number in range(count)), _ITEM)
    packed = gzip.compress(body.encode(), 1, mtime=0)
    return say(answer(packed, content_type=RSS, content_encoding="gzip"))


def _bombs() -> dict[str, Script]:
    """A few hundred kilobytes, or far fewer, that are a quarter of a gigabyte, in each coding."""
    import brotli
    from backports import zstd

    bombs = {
        "gzip": _zipped(),
        "deflate": _squeezed(zlib.compressobj(1)),
        "gzip, gzip": gzip.compress(_zipped()),
        "br": _squeezed(brotli.Compressor(quality=1), "process", "finish"),
        "zstd": _squeezed(zstd.ZstdCompressor(level=1)),
    }
    return {
        f"bomb-{coding.replace(', ', '-')}.test/a": say(answer(body, content_encoding=coding))
        for coding, body in bombs.items()
    }


@cache
def _zipped() -> bytes:
    return _squeezed(zlib.compressobj(1, zlib.DEFLATED, 16 + zlib.MAX_WBITS))


def _squeezed(press: Any, feed: str = "compress", end: str = "flush") -> bytes:
    piece, out = b"\0" * (1 << 20), bytearray()
    for _ in range(_SWOLLEN // len(piece)):
        out += getattr(press, feed)(piece)
    return bytes(out + getattr(press, end)())


def _floods() -> dict[str, Script]:
    chunked = answer(content_length="", transfer_encoding="chunked")
    plain = answer(content_length="")
    line = b"X-Quay: " + b"q" * 4000 + b"\r\n"
    return {
        "endless-body.test/a": endless(plain, b"<p>quay" * 9000),
        "endless-chunks.test/a": endless(chunked, b"8000\r\n" + b"q" * 0x8000 + b"\r\n"),
        "endless-extensions.test/a": endless(chunked, b"1;" + b"q" * 30_000 + b"\r\nq\r\n"),
        "empty-frames.test/a": say(answer(_EMPTY_FRAME * 120_000, content_encoding="zstd")),
        "endless-head.test/a": endless(b"HTTP/1.1 200 OK\r\n", line),
        "long-line.test/a": say(b"HTTP/1.1 200 OK\r\nX-Quay: " + b"q" * (4 << 20) + b"\r\n\r\n"),
        "many-lines.test/a": say(b"HTTP/1.1 200 OK\r\n" + b"X-Quay: q\r\n" * 20_000 + b"\r\n"),
        "dripping-body.test/a": endless(answer(content_length="1000000"), b"q", 0.2),
        "dripping-head.test/a": endless(b"HTTP/1.1 200 OK\r\nX-Quay: ", b"q", 0.2),
    }


def _loops() -> dict[str, Script]:
    chain = {f"chain.test/{n}": to(f"/{n + 1}") for n in range(1, 12)}
    return {
        "loop.test/a": to("/a"),
        "chain.test/a": to("/1"),
        **chain,
        "elsewhere.test/a": to("file:///etc/passwd"),
        "strange.test/a": to("javascript:alert(1)"),
    }


def judge(seen: Seen) -> Iterator[Row]:
    """Rows for size, time and hops."""
    outcomes = {host_of(row["url"]): row["outcome"] for row in seen.attempts() if row["input_kind"] == "page"}
    bombs = [host for host in outcomes if host.startswith("bomb-")]
    refused = [host for host in bombs if _is_refused(host, outcomes)]
    codings = ", ".join(sorted(host[5:-5] for host in bombs))
    yield Row(
        f"bombs of {_SWOLLEN >> 20} MiB are not unpacked: {codings}",
        f"{len(refused)} of {len(bombs)} refused",
        len(bombs) == 5 == len(refused),
    )
    held = max(poll.held for poll in seen.polls)
    yield Row(
        f"all of this at once in {MOST_HELD >> 20} MiB", f"{held / (1 << 20):.0f} MiB more", held < MOST_HELD
    )
    for host in (
        "endless-body.test",
        "endless-chunks.test",
        "endless-extensions.test",
        "endless-head.test",
        "long-line.test",
    ):
        yield _taken(seen, host, outcomes)
    for host, what in (
        ("many-lines.test", "20,000 header lines"),
        ("empty-frames.test", "120,000 empty frames"),
    ):
        yield Row(f"{what} are refused", str(outcomes.get(host)), _is_refused(host, outcomes))
    for host in ("dripping-body.test", "dripping-head.test"):
        yield _dripped(seen, host, outcomes)
    yield from _hops(seen, outcomes)
    yield _entities(seen)
    yield from _markup(seen)


def _is_refused(host: str, outcomes: dict[str, str]) -> bool:
    return outcomes.get(host) == _WANTED[host.removesuffix(".test")]


def _taken(seen: Seen, host: str, outcomes: dict[str, str]) -> Row:
    sent = max((one.sent for one in seen.of([host]) if one.path == "/a"), default=0)
    most = MOST_BYTES + _SLACK
    told = f"{sent / (1 << 20):.1f} MiB sent, {outcomes.get(host)}"
    kept = 0 < sent <= most and _is_refused(host, outcomes)
    return Row(f"{host[:-5]}: left after {most >> 20} MiB", told, kept)


def _dripped(seen: Seen, host: str, outcomes: dict[str, str]) -> Row:
    """How long one answer of a byte now and then was listened to."""
    lasted = max((one.ended - one.at for one in seen.of([host]) if one.path == "/a"), default=0.0)
    # Half a second for the site to see that nobody listens any more.
    most = TOTAL + 0.5
    told = f"{lasted:.2f} s at most, {outcomes.get(host)}"
    kept = 0 < lasted <= most and _is_refused(host, outcomes)
    return Row(f"{host[:-5]}: left after {TOTAL:g} s", told, kept)


def _hops(seen: Seen, outcomes: dict[str, Any]) -> Iterator[Row]:
    for host in ("loop.test", "chain.test"):
        asked = [one for one in seen.of([host], 0) if one.path == "/a" or one.path[1:].isdecimal()]
        yield Row(
            f"{host[:-5]}: at most {_HOPS} redirects are followed",
            f"{len(asked) - 1} followed, {outcomes.get(host)}",
            0 < len(asked) <= _HOPS + 1 and _is_refused(host, outcomes),
        )
    refused = [outcomes.get(host) for host in ("elsewhere.test", "strange.test")]
    told = ", ".join(map(str, refused))
    yield Row("redirects to anything but http(s) are refused", told, refused == ["address_refused"] * 2)


def _entities(seen: Seen) -> Row:
    """What came of feeds that swell, in XML or in gzip, or that want a file: an answer, in time."""
    hosts = ("entities.test", "outside.test", "swollen.test")
    feeds_of = {host_of(row["url"]): row for row in seen.attempts(hosts) if row["input_kind"] == "feed"}
    told = ", ".join(f"{host[:-5]} {feeds_of[host]['outcome']}" for host in hosts if host in feeds_of)
    leaked = any("passwd" in str(row) for row in feeds_of.values())
    return Row("feeds with entity bombs and outside entities end", told, len(feeds_of) == 3 and not leaked)


def _markup(seen: Seen) -> Iterator[Row]:
    """Whether feeds of far too much markup were refused; one that was read would be captured."""
    outcomes = {
        host_of(row["url"]): row["outcome"] for row in seen.attempts(_MARKUP) if row["input_kind"] == "feed"
    }
    for host, (count, _, _, what) in _MARKUP.items():
        told = outcomes.get(host)
        yield Row(f"a feed of {count:,} {what} is refused", str(told), told == "unreadable")
