"""Saved pages, JSON lines and web archives: the exchanges that they become."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dateline.contracts import contract
from dateline.errors import Refused
from dateline.sources import detect, html, jsonl, warc

WHEN = datetime(2024, 3, 25, 9, tzinfo=UTC)
PAGE = b"<!DOCTYPE html><title>Ferry</title><p>The ferry left."


def checked(rows: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows, after the contract has taken them."""
    made = list(rows)
    contract("exchanges").batch([{"seq": seq, **row} for seq, row in enumerate(made)])
    return made


# Saved pages


@pytest.mark.parametrize(
    "body",
    [PAGE, gzip.compress(PAGE), gzip.compress(PAGE[:20]) + gzip.compress(PAGE[20:])],
    ids=["plain", "gzip", "two members"],
)
def test_a_saved_page_with_its_manifest(body: bytes) -> None:
    entry = {
        "url": "https://ness.example/ferry",
        "captured_at": "2024-03-25T10:00:00+01:00",
        "published": "March 25, 2024",
        "title": "Ferry",
    }
    (row,) = checked(html.read(BytesIO(body), "1.html", "pages", entry, None))
    assert (row["body"], row["url"], row["captured"], row["input_kind"]) == (PAGE, entry["url"], WHEN, "page")
    assert (row["lead"]["origin"], row["lead"]["published"], row["lead"]["title"]) == (
        "manifest",
        "2024-03-25",
        "Ferry",
    )


def test_a_saved_page_without_manifest_keeps_what_the_caller_knows() -> None:
    (row,) = checked(html.read(BytesIO(PAGE), "1.html", "pages", None, WHEN))
    assert (row["url"], row["captured"], row["lead"]) == (None, WHEN, None)


@pytest.mark.parametrize(
    ("body", "entry", "failure"),
    [
        (b"", {}, "empty"),
        (PAGE * 9, {}, "too_large"),
        (gzip.compress(PAGE * 9), {}, "too_large"),
        (gzip.compress(PAGE)[:30], {}, "unreadable"),
        (b"\x1f\x8b not gzip", {}, "unreadable"),
        (PAGE, {"captured_at": "2024-02-31"}, "bad_date"),
        (PAGE, {"url": 7, "title": ["x"], "published": None, "captured_at": True}, None),
    ],
)
def test_saved_pages_that_can_not_be_used(body: bytes, entry: dict[str, Any], failure: str | None) -> None:
    (row,) = checked(html.read(BytesIO(body), "1.html", "pages", entry, None, limit=200))
    assert row["failure"] == failure
    assert (row["body"] is None) == bool(failure)


# JSON lines


LINES = b"""\
{"headline": "Ferry", "Body": "The ferry left.", "pub_date": "2024-03-25", "link": "https://ness.example/1"}

{"headline": "cut
[1, 2]
{"text": "Text.", "crawled_at": 1711357200, "author": "Ana Lux, Tom Reed", "tags": ["sea", {"name": "sky"}]}
"""


@pytest.mark.parametrize("body", [LINES, gzip.compress(LINES)], ids=["plain", "gzip"])
def test_each_line_is_an_exchange_and_a_bad_one_does_not_stop_the_rest(body: bytes) -> None:
    rows = checked(jsonl.read(BytesIO(body), "a.jsonl", "dump", {}, None))
    assert [(row["index"], row["failure"]) for row in rows] == [
        (0, None),
        (2, "bad_json"),
        (3, "bad_json"),
        (4, None),
    ]
    assert rows[1]["detail"].startswith("line 3: ")
    assert (rows[0]["url"], rows[0]["input_kind"]) == ("https://ness.example/1", "record")
    assert (rows[0]["lead"]["title"], rows[0]["lead"]["published"]) == ("Ferry", "2024-03-25")
    assert rows[0]["body"] == LINES.splitlines()[0]
    assert rows[3]["captured"] == WHEN
    record = jsonl.parse(rows[3]["body"], rows[3]["content_type"])
    assert (record.text, record.authors, record.tags) == (
        "Text.",
        ("Ana Lux", "Tom Reed"),
        ("sea", "sky"),
    )


def test_a_line_can_be_read_again_by_its_own_row_alone() -> None:
    line = json.dumps(
        {'a, "b"=c;é': "The text.", "meta": {"when": "25.03.2024", "who": [{"name": "Ana Lux"}]}}
    )
    mapping = {"text": 'a, "b"=c;é', "published": "meta.when", "authors": "meta.who"}
    (row,) = checked(jsonl.read(BytesIO(line.encode()), "a", "dump", mapping, None))
    record = jsonl.parse(row["body"], row["content_type"])
    assert (record.text, record.authors) == ("The text.", ("Ana Lux",))
    assert record.published is not None
    assert record.published.iso == "2024-03-25"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"title": "No text"}', "no_text"),
        ('{"text": "  "}', "no_text"),
        ('{"text": 7}', "no_text"),
        ('{"text": "x", "date": "2024-02-31"}', "bad_date"),
        ('{"text": "x", "date": "1500-03-25"}', "bad_date"),
        ('{"text": "x", "date": "0001-01-01"}', "bad_date"),
        ('{"text": "x", "date": "2024-03-25T10:00:00+99:00"}', "bad_date"),
        ('{"text": "x", "timestamp": -62135596800}', "bad_date"),
        ("[" * 100_000, "bad_json"),
        ('{"text": ' + "9" * 5000 + "}", "bad_json"),
        ('"text"', "bad_json"),
        ("\xff", "bad_json"),
    ],
)
def test_records_that_can_not_be_used(line: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        jsonl.parse(line.encode("latin-1"), None)
    assert refused.value.reason == reason


def test_text_with_markup_is_html_and_surrogates_do_not_pass() -> None:
    record = jsonl.parse(b'{"content": "<p>The ferry</p>\\ud800", "title": "\\udfff"}', None)
    assert (record.text, record.html) == ("", "<p>The ferry</p>?")
    assert record.title == "\ufffd"


def test_an_overlong_line_is_passed_over() -> None:
    body = b'{"text": "one"}\n' + b"x" * 5000 + b'\n{"text": "two"}\n' + b"y" * 5000
    rows = checked(jsonl.read(BytesIO(body), "a", "dump", {}, None, limit=100))
    assert [row["failure"] for row in rows] == [None, "too_large", None, "too_large"]


def test_cut_gzip_lines_end_with_a_failure() -> None:
    packed = gzip.compress(b"".join(b'{"text": "%d"}\n' % number**9 for number in range(3000)))
    rows = checked(jsonl.read(BytesIO(packed[: len(packed) // 2]), "a", "dump", {}, None))
    assert rows[-1]["failure"] == "unreadable"
    assert not any(row["failure"] for row in rows[:-1])


FIELDS = st.sampled_from(["text", "title", "date", "authors", "url", "captured", "tags", "$date"])
VALUES = st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=9)


@settings(max_examples=100)
@given(
    st.recursive(
        VALUES,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=8),
        max_leaves=12,
    )
)
def test_any_json_is_a_row_and_a_record_or_refused(value: Any) -> None:
    line = json.dumps(value).encode()
    for row in checked(jsonl.read(BytesIO(line), "a", "dump", {"captured": "captured"}, WHEN)):
        assert row["failure"] in (None, "bad_json", "bad_date")
        if row["body"] is not None and (why := reason(row)):
            assert why in ("no_text", "bad_date")


def reason(row: dict[str, Any]) -> str | None:
    """Why a line is refused when read again; None if it is not."""
    try:
        jsonl.parse(row["body"], row["content_type"])
    except Refused as refused:
        return refused.reason
    return None


# Web archives


def web_archive(gzipped: bool = False) -> bytes:
    stream = BytesIO()
    writer = WARCWriter(stream, gzip=gzipped)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "by hand"}))
    markup, packed = ("Content-Type", "text/html"), ("Content-Encoding", "gzip")
    answers: list[tuple[str, list[tuple[str, str]], bytes]] = [
        ("200 OK", [("Content-Type", "text/html; charset=utf-8")], PAGE),
        ("404 Not Found", [markup, packed], gzip.compress(PAGE)),
        (
            "200 OK",
            [markup, ("Transfer-Encoding", "chunked")],
            b"%x\r\n" % len(PAGE) + PAGE + b"\r\n0\r\n\r\n",
        ),
        ("200 OK", [("Content-Type", "image/png")], b"\x89PNG"),
        ("200 OK", [markup, ("Content-Encoding", "br")], b"\x8b\x02"),
        ("200 OK", [markup], b""),
        ("200 OK", [markup], PAGE * 9),
        ("200 OK", [markup, packed], gzip.compress(b" " * 1_000_000)),
    ]
    for number, (status, headers, body) in enumerate(answers, 1):
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
            "https://ness.example/9",
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
        (9, None, None),
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


# Kinds


@pytest.mark.parametrize(
    ("path", "head", "kind"),
    [
        ("a.txt", b"date 2024-03-25 Ferry", "text"),
        ("a/b.HTML", b"", "html"),
        ("a.html.gz", gzip.compress(PAGE), "html"),
        ("a", PAGE, "html"),
        ("a", b"\xef\xbb\xbf\n<!-- x --><html>", "html"),
        ("a", b"plain words", "text"),
        ("a.jsonl", b"{", "jsonl"),
        ("a", b' {"text": "x"}', "jsonl"),
        ("a.txt", b"WARC/1.0\r\n", "warc"),
        ("a", gzip.compress(b"WARC/1.0\r\n" * 900)[:60], "warc"),
        ("a.arc.gz", b"", "warc"),
        ("dump.warc/notes.txt", b"words", "text"),
    ],
)
def test_kinds_are_told_by_name_and_bytes(path: str, head: bytes, kind: str) -> None:
    assert detect(path, head) == kind
