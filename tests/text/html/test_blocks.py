"""The visible lines of a page, and what its markup says of them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from dateline.text.html.blocks import MOST_BLOCKS, Block, read_blocks
from dateline.text.html.tree import parse


def read(body: str) -> list[Block]:
    return read_blocks(parse(f"<html><body>{body}</body></html>"))


LONG = "The ferry is back on the sound after a winter in the yard of Ostmont."
LINES = {
    "<p>The ferry\n is  back.</p>": ["The ferry is back."],
    "<p>One<br>Two<br/>Three</p>": ["One", "Two", "Three"],
    "<p>One<br><br>Two</p>": ["One", "Two"],
    "One<p>Two</p>Three": ["One", "Two", "Three"],
    "<div>One <b>and <i>two</i></b>, <span>three</span>.</div>": ["One and two, three."],
    "<div>Before<p>Within</p>after<p>again</p></div>": ["Before", "Within", "after", "again"],
    "<table><tr><td>Ferry</td><td>9:40</td></tr><tr><th>Tram</th></tr></table>": ["Ferry", "9:40", "Tram"],
    "<ul><li>One<ul><li>Inner</li></ul>tail</li><li>Two</li></ul>": ["One", "Inner", "tail", "Two"],
    "<dl><dt>Ferry</dt><dd>Boat</dd></dl>": ["Ferry", "Boat"],
    "<p>A <x-note>word</x-note> of <my-own-tag>custom</my-own-tag> names</p>": ["A word of custom names"],
    "<p>Kept <button>Share</button>too</p>": ["Kept too"],
    "<p>One<script>if (a) b()</script> two<style>p {}</style></p>": ["One two"],
    "<p>One<noscript>Please turn it on</noscript></p><select><option>x</option></select>": ["One"],
    "<p>One<!-- a comment --> two</p>": ["One two"],
    "<h2>Head</h2>\n<p>Text</p>": ["Head", "Text"],
    "<p>\N{NO-BREAK SPACE}</p><p> </p><p></p>": [],
    "<p>soft<wbr>ware</p>": ["software"],
    "<pre>One\nTwo</pre>": ["One Two"],
    "<p>渡船<br>回来了。</p>": ["渡船", "回来了。"],
    "<pre>One\nTwo\n \nThree</pre>": ["One Two", "Three"],
    "<div style='white-space: pre-line'>One\n\n<b>Two</b>\n\nThree</div>": ["One", "Two", "Three"],
    "<div class='whitespace-pre-wrap'><p>One\n\n\nTwo</p></div><p>Three\n\nfour</p>": [
        "One", "Two", "Three four",
    ],
    "<div style='white-space: nowrap'>One\n\ntwo</div>": ["One two"],
    "<div><span style='display:block'>One</span><span style='display : BLOCK'>Two</span>Three</div>": [
        "One", "Two", "Three",
    ],
    "<div>One <span style='display:inline'>two</span> <span style='color:red'>three</span></div>": [
        "One two three",
    ],
    "<h1><span style='display:block'>Ferry:</span> it sails</h1>": ["Ferry: it sails"],
    f"<div><span>{LONG}</span><span>{LONG}</span> End</div>": [LONG, f"{LONG} End"],
    f"<div><x-p>{LONG}</x-p> <x-p><b>{LONG}</b></x-p>\n<x-p>End</x-p></div>": [LONG, LONG, "End"],
    f"<div><span>{LONG}</span> <span>{LONG}</span></div>": [f"{LONG} {LONG}"],
    f"<div><span>{LONG}</span><span class=note>1</span></div>": [f"{LONG}1"],
    "<div><span>One.</span><span>Two.</span></div>": ["One.Two."],
    f"<div><span>{LONG[:-1]}</span><span>, too.</span></div>": [f"{LONG[:-1]}, too."],
    f"<div>He said: <x-quote>{LONG}</x-quote> Then he left.</div>": [f"He said: {LONG} Then he left."],
}  # fmt: skip


@pytest.mark.parametrize("body", LINES)
def test_lines_of_a_page(body: str) -> None:
    assert [block.text for block in read(body)] == LINES[body]


def test_a_page_without_a_tag_for_its_body() -> None:
    page = (
        "<!doctype html><meta charset=utf-8><title>Ferry</title><article><h1>Back</h1><p>The ferry is back."
    )
    assert [block.text for block in read_blocks(parse(page))] == ["Back", "The ferry is back."]


def test_paragraphs_of_one_element_are_new() -> None:
    for body in ("<pre>One\n\nTwo</pre>", "<div><span style='display:block'>One</span>Two</div>"):
        assert [block.is_new for block in read(body)] == [True, True]
    assert [block.is_new for block in read("<p>One<br>Two</p>")] == [True, False]


TIMES = {
    "<time>this morning</time><p>Text</p>": [True, False],
    "<p> <time>24 March</time> <b>\n<time>9:40</time></b></p>": [True],
    "<p>Since <time>9:40</time></p>": [False],
    "<p><time>9:40</time><br>The ferry leaves.<br><time>9:50</time></p>": [True, False, True],
}


@pytest.mark.parametrize("body", TIMES)
def test_a_line_that_is_a_time(body: str) -> None:
    assert [block.is_time for block in read(body)] == TIMES[body]


TAGS = {
    "<p>One</p>": ["p"],
    "<p>One <a href=/x>two</a></p>": ["p"],
    "<li>One<p>Two</p>three</li>": ["li", "p", "li"],
    "<blockquote>One</blockquote>": ["blockquote"],
    "<article><h3>One</h3>two</article>": ["h3", "article"],
    "One": ["body"],
}


@pytest.mark.parametrize("body", TAGS)
def test_a_line_belongs_to_the_nearest_element_that_breaks_lines(body: str) -> None:
    assert [block.tag for block in read(body)] == TAGS[body]


LINKED = {
    "<p>One two</p>": [0],
    "<p><a href=/x>One two</a></p>": [7],
    "<p>See <a href=/x>One two</a> and <a href=/y><b>three</b></a></p>": [12],
    "<p><a href=/x>One<br>two</a> three</p>": [3, 3],
    "<a href=/x><h3>Head</h3><p>Text</p></a><p>Free</p>": [4, 4, 0],
    "<p><a href=/x> \n One   two \n</a></p>": [7],
}


@pytest.mark.parametrize("body", LINKED)
def test_characters_of_links_are_counted(body: str) -> None:
    assert [block.linked for block in read(body)] == LINKED[body]


def test_a_line_after_an_empty_one_is_new_and_after_a_break_is_not() -> None:
    blocks = read("<p>One<br>two<br><br>three<br> <br>four</p><p>five</p>")
    assert [block.is_new for block in blocks] == [True, False, True, True, True]
    assert len({block.path for block in blocks[:4]}) == 1
    assert blocks[4].path != blocks[0].path


def test_paths_lead_from_the_outermost_element_to_the_own() -> None:
    outer, inner = read("<div>One<ul><li>Two</li></ul></div>")
    assert inner.path[: len(outer.path)] == outer.path
    assert len(inner.path) == len(outer.path) + 2
    assert list(inner.path) == sorted(set(inner.path))


FRAMES = {
    "<nav>X</nav>": "nav",
    "<footer>X</footer>": "nav",
    "<aside>X</aside>": "aside",
    "<figure><figcaption>X</figcaption></figure>": "caption",
    "<div role=navigation>X</div>": "nav",
    "<div class='site-menu'>X</div>": "nav",
    "<div class=relatedStories>X</div>": "related",
    "<div class=pageSidebar>X</div>": "aside",
    "<div id=comments>X</div>": "comments",
    "<div class='c-newsletter'>X</div>": "offer",
    "<div class=author-bio>X</div>": "about",
    "<div class='wp-caption'>X</div>": "caption",
    "<div hidden>X</div>": "hidden",
    "<div style='color:red; display: none'>X</div>": "hidden",
    "<span class=sr-only>X</span><div class=sr-only>X</div>": "hidden",
    "<div itemprop=articleBody>X</div>": "story",
    "<div class='article-body'>X</div>": "story",
    "<div class=entry-content>X</div>": "story",
    "<article>X</article>": "article",
    "<div class='unrelatedly named'>X</div>": None,
    "<div class=grandside>X</div>": None,
    "<main class=sidebar-less><p>X</p></main>": None,
    "<div>X</div>": None,
}


@pytest.mark.parametrize("body", FRAMES)
def test_what_an_element_says_it_is_for(body: str) -> None:
    frames = [frame for _, frame in read(body)[-1].frames]
    assert frames == ([FRAMES[body]] * len(frames) if FRAMES[body] else [])
    assert bool(frames) == bool(FRAMES[body])


def test_frames_name_elements_of_the_path() -> None:
    (block,) = read("<nav><div><p class=share>X</p></div></nav>")
    assert [frame for _, frame in block.frames] == ["nav", "offer"]
    assert {number for number, _ in block.frames} <= set(block.path)


def test_the_look_of_a_line_is_its_elements_tag_and_class() -> None:
    one, two, three = read("<p class=lead>One</p><p class=lead>Two</p><p>Three</p>")
    assert one.look == two.look != three.look


# Any tree


TEXTS = st.text("abz é中\n,.", max_size=6)
SEEN_TAGS = st.sampled_from(["p", "div", "span", "a", "b", "li", "ul", "td", "br", "h2", "x-own", "article"])
UNSEEN_TAGS = ("script", "style", "button", "noscript")
NODES: Any = st.deferred(
    lambda: st.tuples(
        st.one_of(SEEN_TAGS, st.sampled_from(UNSEEN_TAGS)), TEXTS, st.lists(NODES, max_size=3), TEXTS
    )
)


def build(node: Any) -> etree._Element:
    tag, text, children, tail = node
    element = etree.Element(tag)
    element.text, element.tail = text, tail
    element.extend([build(child) for child in children])
    return element


def visible(node: Any) -> str:
    tag, text, children, tail = node
    inner = "" if tag in UNSEEN_TAGS else text + "".join(map(visible, children))
    return inner + tail


def letters(text: str) -> str:
    return "".join(text.split())


@given(st.lists(NODES, max_size=6))
def test_nothing_visible_is_lost_and_nothing_comes_twice(nodes: list[Any]) -> None:
    body = build(("body", "", nodes, ""))
    before = etree.tostring(body)
    blocks = read_blocks(body)
    assert letters("".join(block.text for block in blocks)) == letters("".join(map(visible, nodes)))
    assert etree.tostring(body) == before
    for block in blocks:
        assert block.text == " ".join(block.text.split()) != ""
        assert 0 <= block.linked <= len(block.text)
        assert list(block.path) == sorted(set(block.path))


# Hostile pages


@pytest.mark.parametrize(
    "body",
    [
        "<p>x</p>" * (MOST_BLOCKS + 500),
        "<p>" + "x<br>" * (MOST_BLOCKS + 500) + "</p>",
        "<div>x<ul>" + "<li>x" * (MOST_BLOCKS + 500) + "</ul></div>",
    ],
    ids=["paragraphs", "breaks", "items"],
)
def test_blocks_are_bounded(body: str) -> None:
    assert len(read(body)) == MOST_BLOCKS


def test_deep_nesting_costs_no_stack() -> None:
    body = etree.Element("body")
    inner = body
    for number in range(5000):
        inner = etree.SubElement(inner, "div" if number % 2 else "a")
        inner.set("class", "related " * 100)
    inner.text = "At the bottom"
    (block,) = read_blocks(body)
    assert block.text == "At the bottom"
    assert len(block.path) == 2501


def test_long_names_and_odd_characters_are_read() -> None:
    name = "a-" * 50_000 + "menu"
    blocks = read(f"<div class='{name}'>One\x01\x0b &#xD800; &#0; two</div>")
    assert len(blocks) == 1
    assert blocks[0].text.startswith("One")
    assert blocks[0].frames == ()
