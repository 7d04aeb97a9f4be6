"""Bylines that stand as lines of old layouts, and the words that lead in to them."""

from __future__ import annotations

import pytest

from dateline.text.html.author_names import split_names
from dateline.text.html.authors import writers
from dateline.text.html.evidence import gather
from dateline.text.html.tree import parse

TITLE = "Ferry runs aground off Greywater"
TEXT = f"<p>{'The ferry ran aground at dawn and nobody was hurt. ' * 8}</p>"
SENTENCE = "By Monday Bo Moor had gone to sea again, and with him the boat of which he was so proud"

# What stands between the headline and the text.
LINES = {
    "in a font, with a role": "<font size=-1>By ANNA QUAY<br>Courier Staff Writer</font>",
    "in a span": "<span>By Anna Quay</span>",
    "in bold before a break": "<b>By Anna Quay</b><br>",
    "in bold in italics": "<i><b>By Anna Quay</b></i>",
    "with a link": "By <a href='/x'>Anna Quay</a>",
    "bare": "By Anna Quay",
    "bare between breaks": "<br>By Anna Quay<br>Greywater<br>",
    "before a rule": "<small>By Anna Quay</small><hr>",
}
NOBODY = {
    "a sentence": f"<span>{SENTENCE}</span>",
    "a line that goes on": f"<span>By Anna Quay</span> {'and nobody else did the ferry stop there ' * 5}",
    "in the middle of a line": f"{'The wall was built ' * 9} <b>by Anna Quay</b> and others. {TEXT}",
}


@pytest.mark.parametrize("where", LINES)
def test_a_line_below_the_headline(where: str) -> None:
    assert _authors(LINES[where]) == ["Anna Quay"]


@pytest.mark.parametrize("where", NOBODY)
def test_what_is_no_line_of_its_own(where: str) -> None:
    assert _authors(NOBODY[where]) == []


def _authors(shown: str) -> list[str]:
    page = f"<html><title>{TITLE}</title><body><h1>{TITLE}</h1>{shown}{TEXT}</body></html>"
    return writers(gather(parse(page), "https://courier.example/a"), []).value


LED_IN = {
    "Szerző: Anna Quay": ["Anna Quay"],
    "Írta: Anna Quay": ["Anna Quay"],
    "Haber: Ayşe Rıhtım": ["Ayşe Rıhtım"],
    "Muhabir: Ayşe Rıhtım": ["Ayşe Rıhtım"],
    "Piše Ana Quay": ["Ana Quay"],
    "Teksti: Anna Quay Kuvat: Bo Moor": ["Anna Quay"],
    "Autorius: Anna Quay": ["Anna Quay"],
    "Autors: Anna Quay": ["Anna Quay"],
    "Tác giả: Anna Quay": ["Anna Quay"],
    "Nga Anna Quay": ["Anna Quay"],
    "Nga Quay": ["Nga Quay"],
    "per Joan Moll i Ferrer": ["Joan Moll i Ferrer"],
    "Per: Joan Moll": ["Joan Moll"],
    "Per Olof Moor": ["Per Olof Moor"],
    "Fritz Haber": ["Fritz Haber"],
    "Text: Anna Quay Foto: Bo Moor": ["Anna Quay"],
    "Words: Anna Quay Photos: Bo Moor": ["Anna Quay"],
    "Text och foto: Anna Quay": ["Anna Quay"],
    "Text & Foto: Anna Quay": ["Anna Quay"],
}


@pytest.mark.parametrize("text", LED_IN)
def test_words_that_lead_in(text: str) -> None:
    assert split_names(text) == LED_IN[text]


PROSE = f"<p>{'The ferry ran aground at dawn off the old pier and nobody was hurt. ' * 2}</p>"
CARD = "<div><h4><a href='/cup'>Harbour team wins the cup</a></h4>{}</div>"
OTHERS = {
    "marked": CARD.format("<p class=byline>By Cy Lund</p>"),
    "unmarked": CARD.format("<p>By Cy Lund</p>"),
    "a link to a person": CARD.format("<a href='/people/cy-lund'>Cy Lund</a>"),
    "signed": CARD.format("<a rel=author href='/c'>Cy Lund</a>"),
    "all of it a link": "<a href='/cup'><h4>Harbour team wins the cup</h4><p class=byline>By Cy Lund</p></a>",
    "in a list": f"<ul><li>{CARD.format('<span class=author>Cy Lund</span>')}</li></ul>",
    "Chinese": "<div><a href='/cup'>港口足球队赢得冠军奖杯</a><p>作者：王小明</p></div>",
}
BYLINE = "<p class=byline>By Anna Quay</p>"
OWN = {
    "before its text": f"<div><a href='/wall'>All about the new wall</a><p>By Anna Quay</p></div>{TEXT}",
    "at its foot": f"{TEXT}<p class=byline>By Anna Quay</p>",
    "before what else she wrote": f"{TEXT}<div>{BYLINE}<a href='/x'>Wall falls on a boat</a></div>",
    "behind a link to all of hers": f"{TEXT}<div><a href='/people/quay'>All she wrote here</a>{BYLINE}</div>",
}


@pytest.mark.parametrize("card", OTHERS)
def test_who_wrote_another_story(card: str) -> None:
    page = f"<article>{{}}{TEXT}</article><section>{OTHERS[card]}</section>"
    assert _authors(page.format("")) == []
    assert _authors(page.format("<p>By Anna Quay</p>")) == ["Anna Quay"]
    assert _authors(f"{PROSE * 40}{OTHERS[card]}") == []


@pytest.mark.parametrize("where", OWN)
def test_who_wrote_this_one(where: str) -> None:
    assert _authors(OWN[where]) == ["Anna Quay"]


RDFA = {
    "an object": "<p property=author typeof=Person><a property=name href='/x'>Anna Quay</a>, Greywater</p>",
    "a text": "<span property='schema:author'>Anna Quay</span>",
    "an attribute": "<meta property='dc:creator' content='Anna Quay'>",
}


@pytest.mark.parametrize("case", RDFA)
def test_authors_in_rdfa(case: str) -> None:
    others = "<div typeof=Comment><p property=author>Bo Moor</p></div>"
    page = f"<h1>{TITLE}</h1><article typeof=NewsArticle>{TEXT}{RDFA[case]}</article>{others}"
    assert _authors(page) == ["Anna Quay"]
