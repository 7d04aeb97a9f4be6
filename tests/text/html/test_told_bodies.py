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


BOX = (
    "<div class=banner><p>We and our 800 partners store and read information on your device to show you "
    "advertising and to measure it. You can change your mind at any time in the settings.</p></div>"
)
TEASERS = "".join(f"<div class=more><a href=/s{at}><p>{text}</p></a></div>" for at, text in enumerate(STORY))
OTHER = [
    "The mayor of Ostmont has resigned over the cost of a party at the town hall, which ten guests left.",
    "She had spent a tenth of what the town has for its lamps, and nobody remembers having been asked.",
    "A successor is sought until the summer, and meanwhile the oldest of the council signs the letters.",
]


@pytest.mark.parametrize("shown", [BOX, "<p>Copyright 2024 Sound Courier. All rights reserved.</p>"])
def test_data_are_the_story_where_something_else_is_shown(shown: str) -> None:
    told = "\n".join([*STORY, "Copyright 2024 Sound Courier. All rights reserved."])
    assert read(f"<html><head>{data(told)}</head><body>{ROOT}{shown}</body></html>").paragraphs == STORY


def test_data_are_the_story_where_other_stories_are_shown() -> None:
    told = data("\n".join(OTHER))
    page = f"<html><head>{told}</head><body>{ROOT}{TEASERS}</body></html>"
    assert read(page).paragraphs == OTHER


@pytest.mark.parametrize("joint", ["\n", " "])
def test_data_go_on_where_a_part_is_shown(joint: str) -> None:
    found = read(whole(paragraphs(STORY[:2]), head=data(joint.join(STORY))))
    assert found.paragraphs[:2] == STORY[:2]
    assert " ".join(found.paragraphs) == " ".join(STORY)
    assert found.text_confidence == 0.6


KEPT = {
    "paid": data("\n".join(STORY), isAccessibleForFree=False),
    "a summary": data(STORY[0]),
    "a part of what is shown": data(" ".join(STORY[:2])),
    "a live blog": data("\n".join(STORY), kind="LiveBlogPosting"),
}


@pytest.mark.parametrize("name", KEPT)
def test_what_is_shown_stays(name: str) -> None:
    shown = STORY if name == "a part of what is shown" else STORY[:2]
    assert read(whole(paragraphs(shown), head=KEPT[name])).paragraphs == shown


def test_what_an_offer_cuts_stays_cut() -> None:
    offer = "<div class=wall><p>Subscribe to continue reading.</p></div>"
    page = whole(f"{paragraphs(STORY[:2])}{offer}", head=data("\n".join(STORY)))
    assert read(page).is_paywalled
    assert read(page).paragraphs == STORY[:2]


@pytest.mark.parametrize("times", [1, 3])
def test_data_of_another_story_leave_a_story_as_it_is_shown(times: int) -> None:
    assert read(whole(paragraphs(STORY), head=data("\n".join(OTHER * times)))).paragraphs == STORY


def test_damaged_data_are_no_story() -> None:
    damaged = "\n".join(STORY).replace("e", "\ufffd")
    assert read(whole(paragraphs(STORY[:2]), head=data(damaged))).paragraphs == STORY[:2]


def test_commands_for_pictures_are_no_text() -> None:
    told = f"[caption id=1 width=300]<img> A boat[/caption]\n{STORY[0]}\n[gallery ids='1,2']\n" + "\n".join(
        STORY[1:]
    )
    assert read(whole(ROOT, head=data(told))).paragraphs == STORY


def test_data_have_no_headline() -> None:
    page = whole(ROOT, head=data("\n".join(["Island buys a ferry", *STORY])))
    assert read(page).paragraphs == STORY
