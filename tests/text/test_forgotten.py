"""What is of a thing that was taken down, and what only stands beside it."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.text.forgotten import NOTHING, Forgotten, spelled_out
from dateline.text.urls import article_id

URL = "https://www.gull.example/2026/03/24/the-lämp-on-the-pier?page=2"
GONE = Forgotten(frozenset({article_id(URL)}), frozenset({"heron", "box"}), frozenset({URL}))
ROW = dict.fromkeys(("source", "archive", "url", "final_url", "path", "index"))


@pytest.mark.parametrize(
    ("known", "wanted"),
    [
        ({"url": URL}, True),
        ({"url": URL.replace("ä", "%C3%A4") + "&utm_source=feed#top"}, True),
        ({"url": URL.replace("page=2", "page=3")}, False),
        ({"url": "https://gull.example/latest", "final_url": URL}, True),
        ({"url": "https://other.example/2026/03/24/the-lämp-on-the-pier?page=2"}, False),
        ({"source": "heron", "url": "https://heron.example/"}, True),
        ({"source": "gull", "archive": "box"}, True),
        ({"source": "gull", "archive": "boxes", "path": "a", "index": 1}, False),
        ({}, False),
    ],
)
def test_what_is_of_it(known: dict[str, Any], wanted: bool) -> None:
    assert GONE.has(ROW | known) is wanted
    assert not NOTHING.has(ROW | known)


def test_a_thing_without_a_url_is_named_by_its_place() -> None:
    place = {"archive": "chest", "path": "1987/a.txt", "index": 3}
    gone = Forgotten(frozenset({article_id(None, "chest", "1987/a.txt", 3)}))
    assert gone.has(ROW | place)
    assert gone.has(ROW | place | {"url": "not a url"})
    assert not gone.has(ROW | place | {"index": 4})


@pytest.mark.parametrize(
    ("known", "wanted"),
    [
        ({"article_id": article_id(URL)}, True),
        ({"url": URL + "&utm_source=feed"}, True),
        ({"canonical_url": URL.replace("https://www.", "http://m.")}, True),
        ({"url": URL.replace("page=2", "page=3")}, False),
        ({}, False),
    ],
)
def test_which_documents_are_of_it(known: dict[str, Any], wanted: bool) -> None:
    row = {"article_id": "0" * 32, "url": None, "canonical_url": None} | known
    assert GONE.has_document(row) is wanted
    assert not NOTHING.has_document(row)


@pytest.mark.parametrize(
    ("url", "needle"),
    [
        (URL, "the-l\u00e4mp-on-the-pier"),
        ("https://gull.example/?p=48213", "48213"),
        ("https://gull.example/lamp.html?b=the-pier", "the-pier"),
        ("https://gull.example/", None),
        ("mailto:a@gull.example", None),
    ],
)
def test_the_word_without_which_it_cannot_be_named(url: str, needle: str | None) -> None:
    assert Forgotten(urls=frozenset({url})).needles == ((needle,) if needle else ())
    assert needle is None or needle in spelled_out(url)
