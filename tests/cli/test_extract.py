"""`dateline extract`: one line out for each line in, in order, whatever the pages are."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from dateline.cli.extract import extract
from dateline.errors import UsageError

BODY = "<p>The council voted on Tuesday to reopen the old harbour to fishing boats from next spring.</p>" * 3
GERMAN = "<p>Der Rat der Stadt hat am Dienstag den alten Hafen wieder für die Fischer freigegeben.</p>" * 3
PAGE = (
    '<html lang="en"><head><meta property="article:published_time" content="2024-03-25T23:30:00-05:00">'
    f'<meta name="author" content="Anna Quay"></head><body><article><h1>Harbour reopens</h1>{BODY}'
    "</article></body></html>"
)
KEYS = {
    "id", "title", "authors", "published", "published_precision", "published_source", "date", "language",
    "text", "canonical_url", "kind", "confidence",
}  # fmt: skip


def run(folder: Path, lines: list[str], workers: int = 1) -> list[dict[str, Any]]:
    source, target = folder / "pages.jsonl", folder / "out.jsonl"
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    extract(source, target, workers)
    return [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    tmp_path = tmp_path / "pages"
    tmp_path.mkdir()
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "plain.html").write_text(PAGE)
    (tmp_path / "html" / "packed.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (tmp_path / "html" / "cut.html.gz").write_bytes(gzip.compress(PAGE.encode())[:60])
    (tmp_path / "html" / "empty.html").write_bytes(b"")
    (tmp_path / "html" / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    return tmp_path


def line(name: str, path: object) -> str:
    return json.dumps({"id": name, "url": f"https://greywater.example/{name}", "html_path": path})


def test_a_page(pages: Path) -> None:
    (found,) = run(pages, [line("a", "html/plain.html")])
    assert set(found) == KEYS
    assert found["title"] == "Harbour reopens"
    assert found["authors"] == ["Anna Quay"]
    assert found["published"] == "2024-03-25T23:30:00-05:00"
    assert found["date"] == "2024-03-25"
    assert found["language"] == "en"
    assert found["text"].startswith("The council voted")
    assert set(found["confidence"]) == {"title", "authors", "published", "text"}


@pytest.mark.parametrize(
    ("said", "published", "date"),
    [
        ("2024-03-25T00:30:00", "2024-03-24T23:30:00+00:00", "2024-03-25"),
        ("2024-03-24T23:30:00Z", "2024-03-24T23:30:00+00:00", "2024-03-24"),
        ("2024-03-25T00:30:00+03:00", "2024-03-25T00:30:00+03:00", "2024-03-25"),
        ("2024-03-25", "2024-03-25", "2024-03-25"),
    ],
)
def test_the_day_is_the_one_that_the_page_prints(pages: Path, said: str, published: str, date: str) -> None:
    html = PAGE.replace("2024-03-25T23:30:00-05:00", said).replace('lang="en"', 'lang="de"')
    html = html.replace(BODY, GERMAN)
    (pages / "html" / "german.html").write_text(html)
    (found,) = run(pages, [line("a", "html/german.html")])
    assert (found["published"], found["date"]) == (published, date)


@pytest.mark.parametrize(
    ("captured", "date", "reject"),
    [(None, "2031-05-06", None), ("2024-03-26T10:00:00Z", "2024-03-26", None), ("soon", None, "bad_date")],
)
def test_a_line_may_tell_when_its_page_was_seen(
    pages: Path, captured: str | None, date: str | None, reject: str | None
) -> None:
    html = PAGE.replace("2024-03-25T23:30:00-05:00", "2031-05-06")
    html = html.replace("</h1>", '</h1><p class="date">2 hours ago</p>')
    (pages / "html" / "future.html").write_text(html)
    known = {"captured_at": captured} if captured else {}
    (found,) = run(pages, [json.dumps({**json.loads(line("a", "html/future.html")), **known})])
    assert (found["date"], found.get("reject")) == (date, reject)
    assert captured or found["confidence"]["published"] < 0.9


@pytest.mark.parametrize("workers", [1, 2])
def test_one_line_for_each_in_order(pages: Path, workers: int) -> None:
    lines = [
        line("a", "html/plain.html"),
        line("b", "html/none.html"),
        line("c", "html/packed.html.gz"),
        line("d", "html/cut.html.gz"),
        line("e", "html/empty.html"),
        line("f", "html/picture.html"),
        line("g", "html"),
        line("h", "html/\x00"),
        line("i", None),
        line("a", "html/plain.html"),
        "not json",
        "[1]",
        "[" * 20_000,
        '{"id": NaN, "html_path": "html/plain.html"}',
        '{"id": 1e999, "html_path": "html/plain.html"}',
        json.dumps({"id": {"odd": 1}, "html_path": "html/plain.html"}),
        '{"id": %s, "html_path": "html/plain.html"}' % ("[" * 900 + "]" * 900),
        '{"id": "deep", "url": 7, "html_path": "html/plain.html", "x": %s}' % ("[" * 900 + "]" * 900),
        json.dumps({"id": "\ud800", "url": "https://\udfff.example", "html_path": "html/plain.html"}),
        json.dumps({"id": 7, "html_path": "../pages/html/plain.html"}),
    ] + [line(f"x{number}", "html/plain.html") for number in range(10)]
    found = run(pages, lines, workers)
    assert len(found) == len(lines)
    assert [row["id"] for row in found[:10]] == [*"abcdefghi", "a"]
    assert [row.get("reject") for row in found[:10]] == [
        None, "missing", None, "unreadable", "empty", "not_html", "unreadable", "missing", "missing", None,
    ]  # fmt: skip
    assert [row.get("reject") for row in found[10:17]] == ["missing"] * 7
    assert [row["id"] for row in found[10:17]] == [None] * 7
    assert all(bool(row["text"]) != ("reject" in row) for row in found)
    assert [row["id"] for row in found[17:20]] == ["deep", "\ud800", 7]
    assert [row["id"] for row in found[20:]] == [f"x{number}" for number in range(10)]


def test_the_input_may_be_the_output_and_blank_lines_are_none(pages: Path) -> None:
    file = pages / "pages.jsonl"
    file.write_text("\n".join([line("a", "html/plain.html"), "", "  ", line("b", "html/none.html")]))
    extract(file, file, 1)
    found = [json.loads(each) for each in file.read_text(encoding="utf-8").splitlines()]
    assert [(row["id"], row["title"]) for row in found] == [("a", "Harbour reopens"), ("b", None)]


def test_input_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be read"):
        extract(tmp_path / "none.jsonl", tmp_path / "out.jsonl", 1)
