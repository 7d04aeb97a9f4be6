"""Plain-text articles: header forms, paragraphs, and files that can't be used."""

from __future__ import annotations

import gzip
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.contracts import contract
from dateline.errors import Refused
from dateline.sources.text import TextArticle, parse, read

BODY = "The ferry left at dawn.\n\nIt came back by noon.\n"
PARAGRAPHS = "The ferry left at dawn.\n\nIt came back by noon."

CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "day first": (
        " date 2024-03-25 Ferry, boat return to port\n\nNESS\n" + BODY,
        {"title": "Ferry, boat return to port", "published": "2024-03-25", "dateline": "NESS"},
    ),
    "an instant first": (
        "date 2024-03-25T10:00:00+09:00 Ferry returns\n\nNESS\n" + BODY,
        {"title": "Ferry returns", "published": "2024-03-25T10:00:00+09:00", "dateline": "NESS"},
    ),
    "an instant with a space first": (
        "date 2024-03-25 10:00:00 Ferry returns\n" + BODY,
        {"title": "Ferry returns", "published": "2024-03-25T10:00:00+00:00"},
    ),
    "an instant first, in UTC": (
        "date 2024-03-25T10:00Z Ferry returns\n" + BODY,
        {"title": "Ferry returns", "published": "2024-03-25T10:00:00+00:00"},
    ),
    "a headline that begins with a time": (
        "date 2024-03-25 10:00 ferry returns\n" + BODY,
        {"title": "10:00 ferry returns", "published": "2024-03-25"},
    ),
    "day first, in capitals, no place": (
        "DATE 2024-03-25 Ferry returns\n" + BODY,
        {"title": "Ferry returns", "published": "2024-03-25"},
    ),
    "day first, place in mixed case": (
        "date 2024-03-25 Ferry returns\n\nPort of Ness, Lewis\n\n" + BODY,
        {"title": "Ferry returns", "published": "2024-03-25", "dateline": "Port of Ness, Lewis"},
    ),
    "day first, place without case": (
        "date 2024-03-25 渡轮返航\n\n东京\n\n" + BODY,
        {"title": "渡轮返航", "published": "2024-03-25", "dateline": "东京"},
    ),
    "a sentence is no place": (
        "date 2024-03-25 Ferry returns\n\nThe Ferry Is Back.\n\n" + BODY,
        {"title": "Ferry returns", "published": "2024-03-25", "text": "The Ferry Is Back.\n\n" + PARAGRAPHS},
    ),
    "a label is no place": (
        "date 2024-03-25 Ferry returns\n\nEXCLUSIVE\n\n" + BODY,
        {"title": "Ferry returns", "published": "2024-03-25", "text": "EXCLUSIVE\n\n" + PARAGRAPHS},
    ),
    "headline on its own line": (
        "date 2024-03-25\nFerry returns\n\n" + BODY,
        {"title": "Ferry returns", "published": "2024-03-25"},
    ),
    "fields": (
        "Title: Ferry returns\nDate: 25 March 2024 10:30 +0100\nBy: Ines Corrie and Tom Reed\n"
        "URL: https://ness.example/ferry\nLanguage: EN_gb\nSource: Ness Wire\n\n" + BODY,
        {
            "title": "Ferry returns", "published": "2024-03-25T10:30:00+01:00",
            "authors": ("Ines Corrie", "Tom Reed"), "url": "https://ness.example/ferry", "language": "en-GB",
        },
    ),
    "fields in another order and case": (
        "by Ines Corrie\nPUBLISHED: 2024-03-25\nheadline: Ferry returns\nDateline: Ness\n\n" + BODY,
        {
            "title": "Ferry returns", "published": "2024-03-25", "authors": ("Ines Corrie",),
            "dateline": "Ness",
        },
    ),
    "headline repeated above the text": (
        "Title: Ferry returns\nDate: 2024-03-25\n\nFERRY RETURNS\n\n" + BODY,
        {"title": "Ferry returns", "published": "2024-03-25"},
    ),
    "no header": (BODY, {"title": None}),
    "headline alone": ("Ferry returns\n\n" + BODY, {"title": "Ferry returns"}),
    "headline, byline and day": (
        "Ferry returns\nBy Ines Corrie\nMarch 25, 2024\n\n" + BODY,
        {"title": "Ferry returns", "authors": ("Ines Corrie",), "published": "2024-03-25"},
    ),
    "a sentence that begins with By": (
        "By the time the ferry left it was dawn\n\nNobody saw it.",
        {"title": "By the time the ferry left it was dawn", "text": "Nobody saw it."},
    ),
    "place inside the first sentence": (
        "Title: Ferry returns\n\nNESS, March 25 (NW) — The ferry left at dawn.\n\nIt came back by noon.",
        {"title": "Ferry returns", "dateline": "NESS, March 25 (NW)"},
    ),
    "wrapped by hand": (
        "Ferry returns\n\nThe ferry left\nat dawn.\n\n\n\nIt came back\r\nby noon.",
        {"title": "Ferry returns"},
    ),
    "wrapped by hand without spaces": (
        "date 2024-03-25 渡轮\n\n政府周一表示\n渡轮恢复。",
        {"title": "渡轮", "published": "2024-03-25", "text": "政府周一表示渡轮恢复。"},
    ),
    "a paragraph a line": (
        f"date 2024-03-25 Long\n{'a ' * 80}.\n{'b ' * 80}.",
        {"title": "Long", "published": "2024-03-25", "text": f"{'a ' * 80}.\n\n{'b ' * 80}."},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_forms(name: str) -> None:
    source, wanted = CASES[name]
    article = parse(source.encode())
    found = {slot: getattr(article, slot) for slot in TextArticle.__slots__}
    found["published"] = article.published.iso if article.published else None
    plain = {"published": None, "authors": (), "dateline": None, "language": None, "url": None}
    assert found == {**plain, "text": PARAGRAPHS, **wanted}


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "windows-1252", "utf-32"])
def test_charsets(charset: str) -> None:
    source = "date 2024-03-25 Größere Fähre über Nacht zurück\n\nKÖLN\nDie Fähre fährt früh, hieß es."
    article = parse(source.encode(charset))
    assert (article.title, article.dateline) == ("Größere Fähre über Nacht zurück", "KÖLN")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"date 2024-02-31 Ferry returns\n\nNESS\nText.", "bad_date"),
        (b"Title: A\nDate: 31 February 2024\n\nText.", "bad_date"),
        (b"Title: A\nDate: 0001-01-01\n\nText.", "bad_date"),
        (b"date 2024-03-25T10:00:00+99:00 Ferry returns\n\nText.", "bad_date"),
        (b"date 2024-03-25 Ferry returns\n\n", "no_text"),
        (b"Title: Ferry returns\nDate: 2024-03-25\n", "no_text"),
        (b"", "empty"),
        (b" \n\n ", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(4000), "binary"),
        (b"text" + b"\0" * 400, "binary"),
    ],
)
def test_what_can_not_be_used_is_refused_with_its_reason(body: bytes, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(body)
    assert refused.value.reason == reason


def test_a_header_date_in_words_nobody_knows_is_no_reason_to_lose_the_text() -> None:
    assert parse(b"Title: A\nDate: last week\n\nText.").published is None


LONG = "a" * 130 + "."
LINES = [
    "date 2024-03-25 x", "Title: a", "Date: 2024-03-25", "By Ana Lux", "NESS", "", " ", "Text here.",
    LONG, "\0", "\u2028", "Ness", "\ud83d\ude00", "NESS — Text that goes on and on here.",
]  # fmt: skip


def article_of(body: bytes) -> TextArticle | str:
    """The article, or the reason why there is none."""
    try:
        return parse(body)
    except Refused as refused:
        return refused.reason


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_no_line_is_lost_or_made(lines: list[str]) -> None:
    article = article_of("\n".join(lines).encode("utf-8", "surrogatepass"))
    if isinstance(article, TextArticle):
        assert article.text == article.text.strip() != ""
        assert "\n\n\n" not in article.text
        assert article.text.count(LONG) == lines.count(LONG)


@given(st.binary(max_size=300))
def test_any_bytes_are_an_article_or_refused(body: bytes) -> None:
    article = article_of(body)
    assert isinstance(article, TextArticle) or article in ("binary", "empty", "no_text", "bad_date")


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        (b"text", None),
        (gzip.compress(b"text"), None),
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"x" * 101, "too_large"),
        (gzip.compress(b"x" * 101), "too_large"),
        (gzip.compress(b"text")[:-9], "unreadable"),
        (b"%PDF-1.7 ....", "binary"),
    ],
)
def test_each_file_is_one_exchange(body: bytes, failure: str | None) -> None:
    (row,) = read(BytesIO(body), "a/b.txt", "wire", None, limit=100)
    contract("exchanges").batch([{"seq": 0, **row}])
    assert (row["failure"], row["body"]) == (failure, None if failure else b"text")
    assert bool(row["detail"]) == bool(failure)
    assert (row["input_kind"], row["path"], row["index"], row["source"]) == ("text", "a/b.txt", 0, "wire")
