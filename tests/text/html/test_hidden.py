"""Text that a page's own markup hides."""

from __future__ import annotations

import time

import pytest

from body_pages import FIRST, LAST, html, paragraphs, read, whole
from dateline.text.html.blocks import read_blocks
from dateline.text.html.hidden import hidden_of
from dateline.text.html.tree import parse

UNSEEN = "This paragraph is in the markup of the page, and long enough to be prose, but nobody ever sees it."

HIDDEN = {
    "attribute": f"<p hidden>{UNSEEN}</p>",
    "attribute with a value": f"<div hidden=hidden><p>{UNSEEN}</p></div>",
    "style": f"<div style='display:none'><p>{UNSEEN}</p></div>",
    "style among others": f"<p style='color: red; DISPLAY : none !important'>{UNSEEN}</p>",
    "visibility": f"<p style='visibility:hidden'>{UNSEEN}</p>",
    "within hidden": f"<div hidden><p hidden>{UNSEEN}</p><p>{UNSEEN}</p></div>",
    "list": f"<ul style='display:none'><li>{UNSEEN}</li><li>{UNSEEN}</li></ul>",
}


@pytest.mark.parametrize("name", HIDDEN)
def test_hidden_text_is_no_part_of_a_story(name: str) -> None:
    assert read(html(HIDDEN[name])).paragraphs == [*FIRST, *LAST]
    assert read(html(behind=HIDDEN[name])).paragraphs == [*FIRST, *LAST]


def test_a_hidden_part_of_a_sentence_is_left_out() -> None:
    first = FIRST[0].replace(" a second ferry", " a second <span style='display:none'>(advert) </span>ferry")
    assert read(whole(paragraphs([first, *FIRST[1:], *LAST]))).paragraphs == [*FIRST, *LAST]


SHOWN = {
    "until found": "hidden=until-found",
    "shown": "style='display:block'",
    "another property": "style='--display-none: 1'",
    "class alone": "class=hidden-by-name",
}


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_not_hidden_stays(name: str) -> None:
    tree = parse(f"<html><body><p>One</p><p {SHOWN[name]}>Two</p></body></html>")
    assert not hidden_of(tree)


STORY = paragraphs([*FIRST, *LAST])
REVEALED = {
    "the whole story": f"<div style='display:none'>{STORY}</div>",
    "the article": f"<div>{paragraphs(FIRST[:1])}</div><div hidden>{paragraphs([*FIRST[1:], *LAST])}</div>",
}


@pytest.mark.parametrize("name", REVEALED)
def test_a_story_that_a_script_shows_is_read(name: str) -> None:
    assert read(whole(REVEALED[name])).paragraphs == [*FIRST, *LAST]


def test_a_hidden_page_is_read() -> None:
    for tag in ("<body", "<main", "<article"):
        assert read(html().replace(tag, f"{tag} style='visibility:hidden'", 1)).paragraphs == [*FIRST, *LAST]


LINES = {
    "<div>One<p hidden>Two</p>Three</div>": [("One", False), ("Two", True), ("Three", False)],
    "<div>One <span hidden>Two</span> Three</div>": [("One Three", False)],
    "<x-tab hidden><p>One</p>Two</x-tab>Three": [("One", True), ("Two", True), ("Three", False)],
    "One<span hidden><p>Two</p>Three</span>Four": [
        ("One", False), ("Two", True), ("Three", True), ("Four", False),
    ],
    "<div hidden>One<p hidden>Two</p>Three</div>Four": [
        ("One", True), ("Two", True), ("Three", True), ("Four", False),
    ],
    "<div hidden>One<script>x</script></div>Two<noscript hidden>Three</noscript>Four": [
        ("One", True), ("TwoFour", False),
    ],
}  # fmt: skip


@pytest.mark.parametrize("markup", LINES)
def test_lines_say_whether_they_are_hidden(markup: str) -> None:
    tree = parse(f"<html><body>{markup}</body></html>")
    blocks = read_blocks(tree, hidden_of(tree))
    assert [(block.text, block.is_hidden) for block in blocks] == LINES[markup]


def test_so_many_hidden_elements_are_looked_at() -> None:
    page = f"<html><body>{'<p hidden>x</p>' * 900}<p>One</p><p hidden>Two</p></body></html>"
    assert len(hidden_of(parse(page))) == 901
    assert len(hidden_of(parse(f"<html><body>{'<p hidden>x</p>' * 2_000}</body></html>"))) == 1_000


@pytest.mark.parametrize(
    "body",
    [
        "<div hidden>" * 150 + "x" + "</div>" * 150,
        ("<div hidden>" * 100 + "x" + "</div>" * 100) * 200,
        "<p hidden>x</p>" * 30_000,
        f"<p style='{'display:' * 100_000}'>x</p>",
        f"<p style='display{' ' * 100_000}:none'>x</p>",
    ],
    ids=["nested", "many nested", "many", "long", "spaces"],
)
def test_hostile_pages_take_no_time(body: str) -> None:
    tree = parse(f"<html><body>{body}</body></html>")
    started = time.process_time()
    hidden_of(tree)
    assert time.process_time() - started < 0.5
