"""Names that are told from words of pages, towns and other names only by what stands around them."""

from __future__ import annotations

import json

import pytest

from dateline.text.html.author_names import split_names
from dateline.text.html.authors import writers
from dateline.text.html.bylines import BOUNDARY
from dateline.text.html.evidence import Evidence, gather
from dateline.text.html.shown_names import shown_names
from dateline.text.html.site import Selectors, selected
from dateline.text.html.times import Limits
from dateline.text.html.tree import parse

TITLE = "Ferry runs aground off Greywater"
HEAD = f"<h1>{TITLE}</h1>"
TEXT = f"<p>{'The ferry ran aground at dawn and nobody was hurt. ' * 8}</p>"


def page_of(body: str, author: object = None, head: str = "") -> Evidence:
    data = json.dumps({"@type": "NewsArticle", "headline": TITLE, "author": author or []})
    script = f'<script type="application/ld+json">{data}</script>'
    html = f"<html><head><title>{TITLE}</title>{head}{script}</head><body>{body}</body></html>"
    return gather(parse(html), "https://courier.example/a")


# (text, names where nothing says that they are any, names of data that tell authors)
WORDS_OF_PAGES = {
    "a surname": ("Anna Read", [], ["Anna Read"]),
    "a paper's word": ("Emily Post", [], ["Emily Post"]),
    "of three": ("Tom Quay Reading", [], ["Tom Quay Reading"]),
    "a given name": ("Sunday Okafor", [], ["Sunday Okafor"]),
    "led in": ("By Bill View", ["Bill View"], ["Bill View"]),
    "a label": ("Author: Mark Time", ["Mark Time"], ["Mark Time"]),
    "a button": ("Read More", [], []),
    "another": ("View Post", [], []),
    "a kind": ("Guest Post", [], []),
    "a part of a day": ("By Sunday Night", [], []),
    "a photograph": ("File Photo", [], []),
    "in small letters": ("Anna read", [], []),
}


@pytest.mark.parametrize("case", WORDS_OF_PAGES)
def test_words_of_pages_are_surnames_too(case: str) -> None:
    text, bare, told = WORDS_OF_PAGES[case]
    assert split_names(text) == bare
    assert split_names(text, is_told=True) == told


@pytest.mark.parametrize("name", ["Emily Post", "Anna Read", "Tom Reading", "Sunday Okafor"])
def test_such_names_come_through_to_the_authors(name: str) -> None:
    for page in (
        page_of(f"{HEAD}<p>By {name}</p>{TEXT}", {"@type": "Person", "name": name}),
        page_of(f"{HEAD}<p>By {name}</p>{TEXT}"),
        page_of(f"{HEAD}<p>By <a href='/x'>{name}</a></p>{TEXT}"),
        page_of(HEAD + TEXT, name),
    ):
        assert writers(page, []).value == [name]
    tree = parse(f"<html><body>{HEAD}<i class=who>{name}</i></body></html>")
    found = selected(tree, gather(tree, None), Selectors(authors=".who"), Limits())
    assert found["authors"].value == [name]


TOWNS = {
    "a town of two words": ("Anna Quay, New Delhi", ["Anna Quay"]),
    "on the west coast": ("Anna Quay, San Francisco", ["Anna Quay"]),
    "at the cape": ("Anna Quay, Cape Town", ["Anna Quay"]),
    "in the south": ("Ana Muelle, Buenos Aires", ["Ana Muelle"]),
    "a district": ("Anna Quay, Washington DC", ["Anna Quay"]),
    "by a river": ("Anna Quay, Frankfurt am Main", ["Anna Quay"]),
    "by another": ("Anna Quay, Newport upon Grey", ["Anna Quay"]),
    "two of each": ("Anna Quay, New Greywater, Bo Moor, Port Ann", ["Anna Quay", "Bo Moor"]),
    "behind an agency": ("IANS, New Delhi", ["IANS"]),
    "before an agency": ("New Delhi, IANS", ["IANS"]),
    "in one word beside an agency": ("AFP, Paris", ["AFP"]),
    "a colleague": ("Anna Quay, Bo Lindqvist", ["Anna Quay", "Bo Lindqvist"]),
    "a saint's name": ("Bo Moor, Santa Quay", ["Bo Moor", "Santa Quay"]),
    "alone": ("San Juan", ["San Juan"]),
}


@pytest.mark.parametrize("case", TOWNS)
def test_towns_beside_names_are_nobody(case: str) -> None:
    text, wanted = TOWNS[case]
    assert split_names(text) == wanted


@pytest.mark.parametrize(
    "line", ["By Anna Quay, New Delhi", "By Anna Quay¦,¦New Delhi", "By¦Anna Quay,¦New Delhi"]
)
def test_towns_of_a_byline_as_shown(line: str) -> None:
    assert shown_names(line.replace("¦", BOUNDARY)) == ["Anna Quay"]


SURNAMES = {
    "José Muelle y Puerto": ["José Muelle y Puerto"],
    "José María Muelle y Puerto": ["José María Muelle y Puerto"],
    "Ramón de la Muelle y Puerto": ["Ramón de la Muelle y Puerto"],
    "Joana Cais e Castro": ["Joana Cais e Castro"],
    "Por José Muelle y Puerto, Ana Quay": ["José Muelle y Puerto", "Ana Quay"],
    "José Muelle y Puerto y Ana Quay": ["José Muelle y Puerto", "Ana Quay"],
    "Ana y Bo": ["Ana", "Bo"],
    "Ana Muelle y Bo Moor": ["Ana Muelle", "Bo Moor"],
    "Ana Muelle y EFE": ["Ana Muelle", "EFE"],
    "Ana Cais e Redação": ["Ana Cais", "Redação"],
    "Per Olof Moor": ["Per Olof Moor"],
}


@pytest.mark.parametrize("text", SURNAMES)
def test_surnames_of_two_words_are_one_persons(text: str) -> None:
    assert split_names(text) == SURNAMES[text]


def test_such_a_surname_told_twice_is_one_author() -> None:
    name = "José Muelle y Puerto"
    page = page_of(f"{HEAD}<p>Por {name}</p>{TEXT}", {"@type": "Person", "name": name})
    assert writers(page, []).value == [name]


def test_an_agency_whose_byline_the_site_shares_is_less_sure() -> None:
    site = '<meta property="og:site_name" content="Greywater Courier">'
    sure = []
    for told in ("AFP", "Greywater Courier, AFP"):
        page = page_of(f"{HEAD}<p>By {told}</p>{TEXT}", told, site)
        found = writers(page, [])
        assert found.value == ["AFP"]
        sure.append(found.confidence)
    assert sure[0] > 0.9 > sure[1]


@pytest.mark.parametrize(("other", "is_sure"), [("Cy Lund", False), ("Anna", True), ("", True)])
def test_another_person_under_the_headline_is_a_doubt(other: str, is_sure: bool) -> None:
    meta = '<meta name="author" content="Anna Quay"><meta name="byl" content="Anna Quay">'
    shown = f"<p>Text: {other}</p><p class=author-name>Anna Quay</p><a rel=author>Anna Quay</a>"
    found = writers(page_of(f"{HEAD}{shown}{TEXT}", "Anna Quay", meta), [])
    assert (found.value, found.confidence > 0.9) == (["Anna Quay"], is_sure)
