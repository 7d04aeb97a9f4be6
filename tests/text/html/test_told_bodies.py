"""Stories that a page gives as data alone."""

from __future__ import annotations

import json

import pytest

from body_pages import FIRST, LAST, html, paragraphs, read, whole

STORY = [*FIRST, *LAST]
ROOT = "<div id=root></div>"


def data(body: object, kind: str = "NewsArticle", **more: object) -> str:
    told = {"@context": "https://schema.org", "@type": kind, "headline": "Island buys a ferry"}
    given = json.dumps({**told, "articleBody": body, **more})
    return f"<script type='application/ld+json'>{given}</script>"


TOLD = {
    "empty lines": "\n\n".join(STORY),
    "lines": "\n".join(STORY),
    "carriage returns": "\r\n\r\n".join(STORY),
    "tags": paragraphs(STORY),
    "a list": STORY,
}


@pytest.mark.parametrize("name", TOLD)
def test_data_keep_their_paragraphs(name: str) -> None:
    found = read(whole(ROOT, head=data(TOLD[name])))
    assert found.paragraphs == STORY
    assert 0 < found.text_confidence <= 0.6


def test_data_in_a_graph_are_read() -> None:
    node = {"@type": "NewsArticle", "headline": "Island buys a ferry", "articleBody": "\n".join(STORY)}
    head = (
        f"<script type='application/ld+json'>{json.dumps({'@graph': [{'@type': 'WebSite'}, node]})}</script>"
    )
    assert read(whole(ROOT, head=head)).paragraphs == STORY


def test_what_is_shown_comes_before_what_is_told() -> None:
    other = "\n".join(f"{text} That is all." for text in STORY)
    assert read(html(head=data(other))).paragraphs == STORY
    assert read(html(head=data(" ".join(STORY)))).paragraphs == STORY


@pytest.mark.parametrize("body", ["", "Short.", None, 7, {"@value": 3}, [None, [[]]]])
def test_data_without_a_story(body: object) -> None:
    assert read(whole(ROOT, head=data(body))).paragraphs == []
