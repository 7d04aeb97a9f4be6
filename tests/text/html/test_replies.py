"""What readers wrote under a heading that says so is no part of the story above it."""

from __future__ import annotations

import time

import pytest

from body_pages import FIRST, LAST, html, paragraphs, read, whole
from dateline.text.html.blocks import MOST_BLOCKS, read_blocks
from dateline.text.html.replies import replies
from dateline.text.html.tree import parse

SAID = [
    "About time. I have been late for the early shift twice this month, and the old boat smells of fish.",
    "And who pays for it? We who live on the far side have asked for a school bus for eleven years now.",
    "My grandfather built the old one, and I shall miss the sound of her engine, to be honest with you.",
]
HEADINGS = [
    "Comments", "3 comments", "Comments (3)", "3 Comments on Island buys a ferry", "Kommentare",
    "Leserkommentare", "Commentaires :", "Комментарии (3)", "3 комментария", "评论", "コメント", "댓글 3",
    "Latest comments",
]  # fmt: skip


@pytest.mark.parametrize("heading", HEADINGS)
def test_replies_are_left_out(heading: str) -> None:
    below = "".join(
        f"<div class=box><b>User{at}</b> 2.4.2024 10:00{paragraphs([text])}</div>"
        for at, text in enumerate(SAID)
    )
    for told in (f"<h3>{heading}</h3>{below}", f"<div><h2>{heading}</h2><div>{below}</div></div>"):
        assert read(html(behind=told)).paragraphs == [*FIRST, *LAST]


MARKUP = {
    f"<h3>Comments</h3>{paragraphs(SAID)}": ["Comments", *SAID],
    f"<h3>Comments</h3>{paragraphs(SAID[:1])}<h4>Replies</h4>{paragraphs(SAID[1:])}": [
        "Comments",
        "Replies",
        *SAID,
    ],
    f"<h3>Comments</h3>{paragraphs(SAID[:2])}<h3>What is next</h3>{paragraphs(SAID[2:])}": [
        "Comments",
        *SAID[:2],
    ],
    f"<div><h3>Comments</h3>{paragraphs(SAID[:2])}</div>{paragraphs(SAID[2:])}": ["Comments", *SAID[:2]],
    f"<p>Comments</p>{paragraphs(SAID)}": [],
    f"<h3>Comments were few</h3>{paragraphs(SAID)}": [],
    f"<h3>Response</h3>{paragraphs(SAID)}": [],
    f"<h3>Responses to the crisis</h3>{paragraphs(SAID)}": [],
    f"<h3>Comments on the ruling</h3>{paragraphs(SAID)}": [],
    f"<h3>Replies to your questions</h3>{paragraphs(SAID)}": [],
    "<h3>Comments</h3>": ["Comments"],
}


@pytest.mark.parametrize("markup", MARKUP)
def test_what_stands_under_a_heading(markup: str) -> None:
    blocks = read_blocks(parse(f"<html><body>{paragraphs(FIRST)}{markup}</body></html>"))
    found = replies(blocks, range(len(blocks)))
    assert sorted(blocks[at].text for at in found) == sorted(MARKUP[markup])


def test_a_story_under_such_a_heading_is_kept() -> None:
    """Of a page that has nothing before it, it is the story."""
    assert read(whole(f"<h2>Comments</h2>{paragraphs([*FIRST, *LAST])}")).paragraphs[-1] == LAST[-1]


def test_many_headings_take_no_time() -> None:
    blocks = read_blocks(
        parse(f"<html><body>{paragraphs(FIRST)}{'<h3>Comments</h3>x' * MOST_BLOCKS}</body></html>")
    )
    began = time.process_time()
    assert len(replies(blocks, range(len(blocks)))) == MOST_BLOCKS - len(FIRST)
    assert time.process_time() - began < 1
