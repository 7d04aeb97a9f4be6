"""What is of a thing that was taken down, and what only stands beside it."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.text.forgotten import NOTHING, Forgotten
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


PATH = "2026/03/24/the-l\u00e4mp-on-the-pier"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (f"<link>https://gull.example/{PATH}?page=2</link>".encode(), True),
        (f"<a href='/{PATH}/amp'>".encode(), True),
        (rb'{"url": "https:\/\/gull.example\/2026\/03\/24\/the-l%C3%A4mp-on-the-pier"}', True),
        (b"<link>https://gull.example/2026/03/24/another</link>", False),
        (b"", False),
        (b"\xff\xfe%%%", False),
    ],
)
def test_what_names_it(body: bytes, wanted: bool) -> None:
    assert GONE.is_named_in(body) is wanted
    assert not NOTHING.is_named_in(body)


@pytest.mark.parametrize(
    ("url", "body", "wanted"),
    [
        ("https://gull.example/a", b"https://www.gull.example/a", True),
        ("https://gull.example/a", b"https://heron.example/a", False),
        ("https://gull.example/", b"https://gull.example/", False),
        ("mailto:a@gull.example", b"mailto:a@gull.example", False),
    ],
)
def test_a_short_path_alone_names_nothing(url: str, body: bytes, wanted: bool) -> None:
    assert Forgotten(urls=frozenset({url})).is_named_in(body) is wanted
