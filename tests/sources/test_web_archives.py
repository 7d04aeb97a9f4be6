"""Web archives: the exchanges that they become, whole, cut and damaged."""

from __future__ import annotations

import gzip
from io import BytesIO

import brotli
import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dateline.sources import warc
from exchanges import PAGE, WHEN, checked


def chunked(body: bytes) -> bytes:
    return b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"


ZSTD = zstd.compress(PAGE)
MARKUP, PACKED = ("Content-Type", "text/html"), ("Content-Encoding", "gzip")
ANSWERS: list[tuple[str, list[tuple[str, str]], bytes]] = [
    ("200 OK", [("Content-Type", "text/html; charset=utf-8")], PAGE),
    ("404 Not Found", [MARKUP, PACKED], gzip.compress(PAGE)),
    (
        "200 OK",
        [MARKUP, ("Transfer-Encoding", "chunked")],
        chunked(PAGE),
    ),
    ("200 OK", [("Content-Type", "image/png")], b"\x89PNG"),
    ("200 OK", [MARKUP, ("Content-Encoding", "br")], b"\x8b\x02"),
    ("200 OK", [MARKUP], b""),
    ("200 OK", [MARKUP], PAGE * 9),
    ("200 OK", [MARKUP, PACKED], gzip.compress(b" " * 1_000_000)),
    ("200 OK", [MARKUP, ("Content-Encoding", "br")], brotli.compress(PAGE)),
    ("200 OK", [MARKUP, ("Content-Encoding", "zstd"), ("Transfer-Encoding", "chunked")], chunked(ZSTD)),
    ("200 OK", [MARKUP, ("Content-Encoding", "br")], PAGE),
    ("200 OK", [MARKUP, ("Content-Encoding", "br")], brotli.compress(b" " * 1_000_000)),
    ("200 OK", [MARKUP, ("Content-Encoding", "compress")], PAGE),
]


def web_archive(gzipped: bool = False) -> bytes:
    stream = BytesIO()
    writer = WARCWriter(stream, gzip=gzipped)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "by hand"}))
    for number, (status, headers, body) in enumerate(ANSWERS, 1):
        http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        dated = {"WARC-Date": "2024-03-25T09:00:00Z"}
        writer.write_record(
            writer.create_warc_record(
                f"https://ness.example/{number}",
                "response",
                payload=BytesIO(body),
                http_headers=http,
                warc_headers_dict=dated,
            )
        )
    writer.write_record(
        writer.create_warc_record(
            "https://ness.example/resource",
            "resource",
            payload=BytesIO(PAGE),
            warc_content_type="text/html",
            warc_headers_dict={"WARC-Date": "2024-03-25T09:00:00Z"},
        )
    )
    return stream.getvalue()


@pytest.mark.parametrize(
    "body",
    [web_archive(), web_archive(gzipped=True), gzip.compress(web_archive())],
    # One gzip member for the whole file is against the standard, and people make it.
    ids=["plain", "gzip", "one member"],
)
def test_a_web_archive(body: bytes) -> None:
    rows = checked(warc.read(BytesIO(body), "a.warc", "crawl", None, limit=400))
    assert [(row["index"], row["status"], row["failure"]) for row in rows] == [
        (1, 200, None),
        (2, 404, None),
        (3, 200, None),
        (4, 200, "bad_record"),
        (5, 200, "bad_encoding"),
        (6, 200, "empty"),
        (7, 200, "too_large"),
        (8, 200, "too_large"),
        (9, 200, None),
        (10, 200, None),
        (11, 200, None),
        (12, 200, "too_large"),
        (13, 200, None),
        (14, None, None),
    ]
    assert {row["body"] for row in rows if not row["failure"]} == {PAGE}
    assert {row["captured"] for row in rows} == {WHEN}
    assert rows[0]["url"] == "https://ness.example/1"
    assert rows[0]["content_type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("gzipped", [False, True])
def test_a_web_archive_cut_anywhere_keeps_its_whole_records_and_says_so(gzipped: bool) -> None:
    body = web_archive(gzipped)
    whole = list(warc.read(BytesIO(body), "a", "crawl", None, limit=400))
    for cut in range(1, len(body) - 4, 97):
        rows = checked(warc.read(BytesIO(body[:cut]), "a", "crawl", None, limit=400))
        kept = [row for row in rows if row in whole]
        assert kept == whole[: len(kept)]
        assert len(rows) - len(kept) <= 1
        if len(rows) > len(kept):
            assert rows[-1]["failure"] == "bad_record"
            assert "byte " in rows[-1]["detail"]
        else:
            # Cut between two records, as far as anybody can tell.
            assert body[cut:].startswith((b"\r\n", b"\n", b"WARC/"))


@pytest.mark.parametrize(
    "body",
    [b"", b"not a web archive", b"\x1f\x8b\x08", b"WARC/1.0\r\n", bytes(9000), gzip.compress(b"x" * 99)],
)
def test_what_is_no_web_archive_is_one_failure(body: bytes) -> None:
    (row,) = checked(warc.read(BytesIO(body), "a", "crawl", None))
    assert row["failure"] == "bad_record"


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 4000), st.binary(min_size=1, max_size=8))
def test_a_damaged_web_archive_raises_nothing(at: int, put: bytes) -> None:
    body = web_archive()
    rows = checked(warc.read(BytesIO(body[:at] + put + body[at + len(put) :]), "a", "crawl", None, limit=400))
    assert rows
