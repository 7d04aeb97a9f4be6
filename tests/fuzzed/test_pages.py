"""Pages for the fuzzer: the fictional ones are read as they are meant, and each way spoils them."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import fuzz_pages
import pytest
from extraction_corpus import extracted
from fuzz import spoilt
from fuzz_pages import URL, WAYS, check, fictional, target

TITLES = [
    "旧港口重新开放", "Harbour reopens", "Το λιμάνι ανοίγει ξανά", "Storm: live", "Hafen wieder offen",
    "Harbour reopens", "Port znów otwarty", "Гавань снова открыта",
]  # fmt: skip


def test_fictional_pages_are_articles_with_titles_in_their_own_letters() -> None:
    read = [extracted(body, URL) for body in fictional()]
    assert [made.get("reject") for made in read] == [None] * len(TITLES)
    assert [made["title"] for made in read] == TITLES


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_way_gives_another_page_and_the_same_for_the_same_dice(way: fuzz_pages.Way) -> None:
    pages = fictional()
    made = [way(page, random.Random(at)) for at, page in enumerate(pages)]
    assert sum(one != page for one, page in zip(made, pages, strict=True)) >= len(pages) // 2
    assert made == [way(page, random.Random(at)) for at, page in enumerate(pages)]
    assert way(b"", random.Random(1)) == way(b"", random.Random(1))


def test_ways_are_taken() -> None:
    assert len({len(spoilt(target(), number)) // 1000 for number in range(60)}) > 5


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"reject": "no_text"},
        {"title": "Quay\0"},
        {"authors": [" Anna Quay"]},
        {"authors": ["Anna Quay", "Anna Quay"]},
        {"confidence": {"title": 1.2}},
        {"published": "9999-12-31T00:00:00Z"},
    ],
    ids=str,
)
def test_a_broken_promise_is_found(wrong: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    right = extracted(fictional()[1], URL)
    monkeypatch.setattr(fuzz_pages, "extracted", lambda *_: {**right, **wrong})
    with pytest.raises((AssertionError, ValueError)):
        check(b"<p>")
    monkeypatch.setattr(fuzz_pages, "extracted", lambda *_: right)
    check(b"<p>")


def test_pages_of_a_corpus_come_after_the_fictional_ones(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<p>Quay")
    line = {"id": "a", "source": "quay", "url": URL, "html_path": "a.html"}
    (tmp_path / "truth.jsonl").write_text(json.dumps(line) + "\n")
    assert target(tmp_path).seeds == (*fictional(), b"<p>Quay")
