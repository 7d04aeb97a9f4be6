"""JSON lines: the exchanges that they become, and the records that are read from those."""

from __future__ import annotations

import gzip
import json
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import Refused
from dateline.sources import jsonl
from exchanges import WHEN, checked

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
