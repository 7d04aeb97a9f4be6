"""Blocks of a story as paragraphs, without what stands there beside it."""

from __future__ import annotations

import pytest

from body_pages import FIRST, LAST, paragraphs, read, whole
from dateline.text.html.paragraphs import without_headlines, without_notices

STORY = [*FIRST, *LAST]

POSTED = [
    "Posted Monday, March 23, 2026 at 03:20 PM CDT",
    "Published: Wednesday, January 11, 2012",
    "Last updated at 9.45pm on 10 January 2012",
    "Veröffentlicht: 30.07.2019 09:35 Uhr",
    "Publicado el 12 de marzo de 2024",
]
SENTENCES = [
    "Published in 1925, the novel has sold three million copies.",
    "Created in 1931, the bridge is the oldest of the county. It is 40 metres long.",
    "Updated vaccine for 2024 to cost 40 dollars, says maker",
    "Publicado en 1967, el libro cambió la isla.",
    "Posted to the north in 1944, he never came back.",
]


@pytest.mark.parametrize("line", POSTED)
def test_when_it_was_posted_is_no_part_of_a_story(line: str) -> None:
    assert without_notices([line, *STORY]) == STORY
    assert without_notices([FIRST[0], line, *FIRST[1:]]) == FIRST
    assert without_notices([*STORY, line]) == [*STORY, line]


@pytest.mark.parametrize("line", SENTENCES)
def test_sentences_that_begin_as_such_lines_stay(line: str) -> None:
    assert without_notices([line, *STORY]) == [line, *STORY]
    assert read(whole(paragraphs([line, *STORY]))).paragraphs == [line, *STORY]


HEADLINE = "Island buys a ferry"
QUOTED = "“Island buys a ferry.”"


@pytest.mark.parametrize("above", [[], ["Ostmont lends a boat"]])
def test_a_headline_above_the_story_is_dropped(above: list[str]) -> None:
    page = whole(paragraphs([*above, f"<b>{HEADLINE}</b>", *STORY]))
    assert read(page).paragraphs == [*above, *STORY]


def test_a_heading_that_repeats_the_headline_is_dropped() -> None:
    page = whole(f"{paragraphs(FIRST)}<h2>{HEADLINE}</h2>{paragraphs(LAST)}")
    assert read(page).paragraphs == STORY


@pytest.mark.parametrize("line", [QUOTED, f"{HEADLINE}!"])
def test_words_of_the_headline_within_the_story_stay(line: str) -> None:
    story = [FIRST[0], line, *FIRST[1:], *LAST]
    assert read(whole(paragraphs(story))).paragraphs == story


def test_a_saying_that_is_the_headline_may_open_the_story() -> None:
    assert read(whole(paragraphs([QUOTED, *STORY]))).paragraphs == [QUOTED, *STORY]


LONG = "The islanders of Fenholm buy a second ferry"


def test_a_story_for_readers_without_scripts_has_no_headline() -> None:
    told = f"<h1>{HEADLINE}</h1>{paragraphs(STORY)}"
    page = whole(f"<x-app><template shadowrootmode=open>{told}</template></x-app>")
    assert read(page).paragraphs == STORY


def test_a_headline_may_be_glued_to_the_story() -> None:
    assert without_headlines([f"{LONG} {STORY[0]}", STORY[1]], [HEADLINE, LONG]) == STORY[:2]
    for goes_on in (
        "Monday, officials of the island said when they met.",
        "for 41 million crowns, it is said.",
    ):
        told = [f"{LONG} {goes_on}", STORY[1]]
        assert without_headlines(told, [HEADLINE, LONG]) == told


def test_something_is_left_of_a_headline_alone() -> None:
    assert without_headlines([HEADLINE], [HEADLINE]) == [HEADLINE]
    assert without_headlines([], [HEADLINE]) == []


def test_a_long_paragraph_stands_once_and_a_short_one_as_often_as_it_is_there() -> None:
    refrain = "Row, row, row to the island."
    page = whole(paragraphs([*FIRST, refrain, FIRST[0], LAST[0], refrain, *LAST[1:]]))
    assert read(page).paragraphs == [*FIRST, refrain, LAST[0], refrain, *LAST[1:]]


@pytest.mark.parametrize("line", POSTED[:2])
def test_when_a_page_was_posted_is_dropped_below_a_summary(line: str) -> None:
    summary = f"{FIRST[0]} {FIRST[1]}"
    assert read(whole(paragraphs([summary, line, *LAST]))).paragraphs == [summary, *LAST]
