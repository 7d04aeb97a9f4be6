"""JSON-LD as pages write it: in comments, in CDATA sections, cut off."""

from __future__ import annotations

import json
import time

import pytest

from dateline.text.html.evidence import gather
from dateline.text.html.jsonld import Called, Node, main_node, nodes, without_teasers
from dateline.text.html.page import judge
from dateline.text.html.times import Limits
from dateline.text.html.tree import parse

PLAIN = '{"@type": "Article", "headline": "Harbour -->"}'


@pytest.mark.parametrize(
    "wrapped",
    [
        PLAIN,
        f"<!--\n{PLAIN}\n-->",
        f"//<!--\n{PLAIN}\n//-->",
        f"// <![CDATA[\n{PLAIN}\n// ]]>",
        f"<![CDATA[{PLAIN}]]>",
        f"/* <![CDATA[ */{PLAIN}/* ]]> */",
        f"<!-- {PLAIN};\n",
        f" \n{PLAIN}; ",
    ],
)
def test_what_stands_around_is_taken_off(wrapped: str) -> None:
    assert [node["headline"] for node in nodes([wrapped])] == ["Harbour -->"]


@pytest.mark.parametrize("gap", ["", " ", "\n  "])
def test_facts_of_a_script_that_is_cut_off(gap: str) -> None:
    person = f'{{"@type": "Person", "name":{gap}"Anna Quay"}}'
    script = f'{{"@type"{gap}: "Article", "author"{gap}:{gap}[{gap}{person}], "x'
    (node,) = nodes([script])
    assert node["author"] == "Anna Quay"


@pytest.mark.parametrize(
    "script",
    [
        '{"a":' + " " * 200_000 + "}x",
        '{"author":' + " " * 200_000 + "x",
        '{"author"' + " " * 200_000 + "x",
        '"author":[{' * 20_000,
        "//" + " " * 200_000 + "x",
        "{" + ", " * 100_000,
    ],
    ids=lambda script: script[:12],
)
def test_no_script_takes_long(script: str) -> None:
    began = time.process_time()
    nodes([script])
    assert time.process_time() - began < 1


HERE, THERE = (
    "https://gazette.example/news/pool-to-close-48213",
    "https://gazette.example/news/bridge-late-48190",
)
TITLES = ["Council votes to close harbour pool - Harbour Gazette", "Council votes to close harbour pool"]


def story(**known: str) -> Node:
    return {"@type": "NewsArticle", "headline": "Council votes to close harbour pool", **known}


def other(**known: str) -> Node:
    much = {"datepublished": "2020-01-01", "datemodified": "2020-01-02", "author": "Ida Holm"}
    return {"@type": "NewsArticle", "headline": "Bridge works late", **much, **known}


OWN = story(author="Jane Smith")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        # What names the page comes first, whatever the others know.
        ([other(url=THERE), story(url=HERE)], 1),
        ([story(), other(mainentityofpage=HERE)], 1),
        ([other(), story(url="https://www.gazette.example/news/pool-to-close-48213/")], 1),
        # Then what names no other page.
        ([other(url=THERE), OWN], 1),
        ([OWN, other(url=THERE)], 0),
        ([story(url=THERE), OWN], 1),
        # A front page is no other page: templates give it for all of theirs.
        ([story(url="https://gazette.example/", author="Jane Smith"), story()], 0),
        # Then the headline.
        ([other(), OWN], 1),
        # Where all name the page, as templates make them do.
        ([other(mainentityofpage=HERE), {**OWN, "mainentityofpage": HERE}], 1),
        # Then what is known.
        ([story(), OWN], 1),
        # A teaser is not the page, even where there is nothing else.
        ([other(url=THERE)], None),
        ([other(url=THERE), {"@type": "WebPage", "name": "Council votes"}], 1),
        # An older address of the same story.
        ([story(url=THERE)], 0),
        ([{"@type": "NewsArticle", "url": THERE}], 0),
        ([other()], 0),
    ],
)
def test_what_is_about_the_page(found: list[Node], expected: int | None) -> None:
    page = Called.by([HERE, None], TITLES)
    main = main_node(without_teasers(found, page), page)
    assert main == ({} if expected is None else found[expected])


def test_a_page_that_is_known_by_its_own_word_alone() -> None:
    found = [other(url=THERE), story(url=HERE)]
    assert main_node(found, Called.by([None, HERE], [])) is found[1]


@pytest.mark.parametrize("page", [Called.by([HERE], []), Called.by([None], TITLES), Called.by([HERE], [""])])
def test_without_a_title_or_an_address_nothing_is_a_teaser(page: Called) -> None:
    assert without_teasers([other(url=THERE)], page)


def test_facts_of_a_teaser_are_not_the_pages() -> None:
    script = json.dumps([other(url=THERE), {"@type": "WebPage", "inLanguage": "en"}])
    head = f'<title>{TITLES[0]}</title><script type="application/ld+json">{script}</script>'
    page = judge(gather(parse(f"<html><head>{head}</head><body><p>x</p></body></html>"), HERE), {}, Limits())
    assert (page.authors.value, page.published.value, page.language) == ([], None, "en")
