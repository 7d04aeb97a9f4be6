"""Boxes that ask for consent are no part of a story, whatever a model takes them for; stories on them are."""

from __future__ import annotations

import pytest

from body_pages import FIRST, LAST, html, paragraphs, read, whole
from dateline.text.html.blocks import read_blocks
from dateline.text.html.consents import asking
from dateline.text.html.tree import parse

ASKS = {
    "en": "We use cookies and similar technologies to give you the best of this website, to see how it is "
    "read, and to show you advertising that fits you. You may change your mind at any time.",
    "fr": "Avec votre accord, nos 814 partenaires et nous utilisons des traceurs pour lire des données "
    "personnelles comme votre visite sur ce site.",
    "de": "Wir und unsere Partner verarbeiten personenbezogene Daten, um Anzeigen nach Ihrem Geschmack zu "
    "zeigen.",
    "ru": "Мы используем файлы куки, чтобы сайт работал лучше, и показываем рекламу, которая вам подходит.",
}
STORY = " ".join([*FIRST, *LAST])


def box(text: str, attributes: str = "class='qc-cmp2'", tag: str = "div") -> str:
    return f"<{tag} {attributes}><p>{text}</p><button>OK</button></{tag}>"


@pytest.mark.parametrize("language", ASKS)
@pytest.mark.parametrize(
    "attributes", ["id=cmp", "class='qc-cmp2'", "class='cookie-bar'", "id=onetrust-banner-sdk", "role=dialog"]
)
def test_a_box_that_asks_is_left_out(language: str, attributes: str) -> None:
    asked = box(ASKS[language], attributes)
    assert read(html(above=asked)).paragraphs == [*FIRST, *LAST]
    assert read(html(behind=asked)).paragraphs == [*FIRST, *LAST]


MARKUP = {
    box(ASKS["en"]): [0],
    box(ASKS["en"] + "</p><p>Accept all</p><p>Settings"): [0, 1, 2],
    box(ASKS["en"], "class=text"): [],
    box(FIRST[0]): [],
    box(f"{ASKS['en']}</p><p>{STORY}</p><p>{STORY}", "class=modal"): [],
    box(f"{ASKS['en']}</p><p>" + ASKS["de"] * 30, "class=modal"): [],
    f"<div class=modal><p>{FIRST[0]}</p>{box(ASKS['fr'])}</div>": [1],
    "": [],
}


@pytest.mark.parametrize("markup", MARKUP)
def test_what_asks(markup: str) -> None:
    blocks = read_blocks(parse(f"<html><body>{paragraphs(LAST)}{markup}</body></html>"))
    found = asking(blocks, range(len(blocks)))
    assert [at - len(LAST) for at in found] == MARKUP[markup]


def test_a_page_that_says_nothing_else_is_looked_at_as_a_page() -> None:
    blocks = read_blocks(parse(f"<html><body>{box(ASKS['en'])}</body></html>"))
    assert asking(blocks, range(len(blocks))) == []


def test_a_story_about_such_words_is_kept() -> None:
    told = [
        f"The thieves took personal data of {number} readers, said the board." for number in (12, 90, 400)
    ]
    page = whole(f"<div class=subscriber-only>{paragraphs([*told, *LAST])}</div>")
    assert read(page).paragraphs == [*told, *LAST]
