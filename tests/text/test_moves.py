"""Whether an answer from another address is the same story: what addresses allow, and what texts say."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.text.moves import known_as, may_move
from dateline.text.urls import known_by

A, B = "https://www.heron.example/a", "https://www.heron.example/b"

ADDRESSES = [
    # asked for, answered, moved to, may be a move
    (A, B, B, True),
    (A, "https://news.heron.example/b", "https://news.heron.example/b", True),
    (A, f"{B}?utm_source=x", B, True),
    (A, A, None, False),
    (A, B, None, False),
    (A, None, B, False),
    (A, "https://www.heron.example/c", B, False),  # on from there for now only
    (A, "http://m.heron.example/a/", "http://m.heron.example/a/", False),  # a variant of one address
    (A, "https://www.heron.example/", "https://www.heron.example/", False),
    (A, "https://www.heron.example/en/index.html", "https://www.heron.example/en/index.html", False),
    (A, "https://www.gull.example/b", "https://www.gull.example/b", False),
    ("https://one.co.uk/a", "https://two.co.uk/a", "https://two.co.uk/a", False),
    (A, "javascript:alert(1)", "javascript:alert(1)", False),
    (A, "https://[", "https://[", False),
]


@pytest.mark.parametrize(("url", "there", "moved_to", "wanted"), ADDRESSES)
def test_addresses(url: str, there: str | None, moved_to: str | None, wanted: bool) -> None:
    assert may_move(url, there, moved_to) is wanted


LINES = [
    "The council of Holm met on Monday evening and talked for three hours about the price of herring.",
    "Nobody from the harbour came, as the storm had taken the bridge and the last boat with it.",
    "A second meeting is to be held in May, when the new mayor is back from the islands.",
    "Fishermen say that the nets are older than the boats, and the boats are older than they are.",
    "The school will be closed on Friday, so that its roof can be made good before the summer rain.",
]
OTHER = [
    "A heron was seen on the town hall and drew a crowd that stayed until the lamps were lit.",
    "It left at nine, said the baker, who had brought it a fish and was given no thanks for it.",
]
LONG = [
    f"{word} " * 2 + f"{line} {word}, said the keeper of {word}."
    for word, line in zip(
        ("Reed", "Moss", "Sand", "Clay", "Kelp", "Foam", "Tar", "Rope"),
        (
            "grows by the locks",
            "covers all nine steps",
            "fills the old basin",
            "holds the east wall",
            "lies along the quay",
            "stood on the windows",
            "runs off the roofs",
            "hangs from each mast",
        ),
        strict=True,
    )
]
MINUTE = '<meta property="article:published_time" content="2024-03-25T09:30:{}Z">'


def capture(lines: list[str], url: str = A, head: str = "", **more: Any) -> dict[str, Any]:
    body = f"<!doctype html><title>Story</title>{head}<article>{''.join(f'<p>{line}</p>' for line in lines)}"
    return {
        "url": A, "final_url": url, "captured": None, "content_type": "text/html; charset=utf-8",
        "body": body.encode(), "known_as": None,
    } | more  # fmt: skip


STORIES = {
    "the same": (capture(LINES), capture(LINES, B), A),
    "it has grown": (capture(LINES[:2]), capture(LINES, B), A),
    "it was cut": (capture(LINES), capture(LINES[:2], B), A),
    "half of it is new": (capture(LINES[:2] + OTHER), capture(LINES[:2] + LINES[3:], B), A),
    "by the page's own word": (
        capture(LINES, head='<link rel="canonical" href="/own">'), capture(LINES, B),
        "https://www.heron.example/own"),
    "by what it was known as": (
        capture(LINES, B, known_as="https://www.heron.example/first"), capture(LINES, B),
        "https://www.heron.example/first"),
    "new words, same minute": (
        capture(LINES[:1] + OTHER * 9, head=MINUTE.format("01")),
        capture(LINES[:1] + LINES[3:] * 9, B, MINUTE.format("59")), A),
    "another story": (capture(LINES), capture(OTHER, B), None),
    "another story of the same minute": (
        capture(LINES, head=MINUTE.format("00")), capture(OTHER, B, MINUTE.format("00")), None),
    "long stories over the same two lines": (
        capture([*LINES[:2], *OTHER, *LONG[:4]]), capture([*LINES[:2], *LINES[3:], *LONG[4:]], B), None),
    "one line that stands under every story": (
        capture([OTHER[1], LINES[4]]), capture([LINES[2], LINES[4]], B), None),
    "no text": (capture(LINES), capture([], B), None),
    "no page": (capture(LINES), capture(LINES, B, body=b"%PDF-1.7 \x00\x01"), None),
    "empty": (capture(LINES, body=b""), capture(LINES, B), None),
}  # fmt: skip


@pytest.mark.parametrize("name", STORIES)
def test_stories(name: str) -> None:
    before, after, wanted = STORIES[name]
    assert known_as(before, after) == wanted


def test_what_a_page_is_known_by_stays_within_its_site() -> None:
    assert known_by(B, None, A) == A
    assert known_by(B, "https://www.heron.example/c", None) == "https://www.heron.example/c"
    assert known_by(B, None, "https://www.gull.example/a") == B
    assert known_by(None, B, A) is None
