"""Selectors fit what CSS says they fit, refuse the rest with the remedy, and are quick on any page."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import UsageError
from dateline.text.html.selectors import MOST_ELEMENTS, compiled, outermost, select, values
from dateline.text.html.tree import parse

PAGE = """<html><head><meta property="og:title" content="Tide mill grinds again"></head>
<body class="day dark">
<h1 id="top" class="headline big">Mill <b>again</b></h1>
<div class="story lead"><p>One</p><aside class="ad"><p class="x">Buy</p></aside><p class="x y">Two</p></div>
<div class="Story"><span data-who="Ida Marsh">by</span>
<a href="/author/ida" rel="nofollow author">Ida</a></div>
<time class="pub" datetime="2024-05-06">6 May</time><p lang="en-GB" class="sm:big">Three</p>
</body></html>"""

FITS = [
    ("h1", ["Mill again"]),
    ("H1.headline", ["Mill again"]),
    ("#top", ["Mill again"]),
    (".headline.big", ["Mill again"]),
    (".head", []),
    ("div.story p", ["One", "Buy", "Two"]),
    ("div.story > p", ["One", "Two"]),
    ("div.story>p.x", ["Two"]),
    (".story p:not(.y)", ["One", "Buy"]),
    (".story :not(.ad) > b", []),
    ("body.dark .story aside p", ["Buy"]),
    ("time, h1", ["Mill again", "6 May"]),
    ("p.y, .story p", ["One", "Buy", "Two"]),
    ("a[href^='/author/']", ["Ida"]),
    ('a[href$="ida"][rel~=author]', ["Ida"]),
    ("a[rel~='nofollow author']", []),
    ("a[href*=thor]", ["Ida"]),
    ("a[href*='']", []),
    ("[data-who]", ["by"]),
    ("[lang|=en]", ["Three"]),
    ("[lang=EN-gb i]", ["Three"]),
    ("[lang=EN-gb]", []),
    (r".sm\:big", ["Three"]),
    ("time.pub@datetime", ["2024-05-06"]),
    ("[data-who]@DATA-WHO", ["Ida Marsh"]),
    ("meta[property='og:title']@content", ["Tide mill grinds again"]),
    ("p@title", []),
    ("html h1", ["Mill again"]),
    ("*.pub", ["6 May"]),
    ("a[href='\"'], a[href=\"'\"]", []),
]


@pytest.mark.parametrize(("selector", "wanted"), FITS)
def test_what_fits(selector: str, wanted: list[str]) -> None:
    assert list(values(parse(PAGE), selector)) == wanted


REFUSED = [
    ("", "from 1 to 300 characters"),
    ("a" * 301, "from 1 to 300 characters"),
    ("p:nth-child(2)", "':nth-child(2)' is not understood; names, classes"),
    ("p:first-child", "is not understood"),
    ("p ~ p", "'~ p' is not understood"),
    ("p + p", "is not understood"),
    ("div:has(p)", "is not understood"),
    ("p::before", "is not understood"),
    ("a[", "it can't be read from '['"),
    ("a[href", "it can't be read from '[href'"),
    ("a[href=]", "it can't be read"),
    ("a[a:b]", "it can't be read"),
    ("..a", "it can't be read from '..a'"),
    ("div)", "it can't be read"),
    (":not()", "it can't be read"),
    (":not(a b)", "it can't be read"),
    (":not(:not(a))", "':not(a))' is not understood"),
    (".adiv[x]p", "it can't be read from 'p'"),
    ("div >", "something is missing at its end"),
    ("a:not(.b", "something is missing at its end"),
    ("a,", "something is missing at its end"),
    (", a", "it can't be read"),
    ("a > > b", "it can't be read"),
    ("a b c d e f g h i j k", "more than 10 parts"),
    ("//div", "it can't be read"),
    ("a@href@x", "it can't be read from '@href'"),
]


@pytest.mark.parametrize(("selector", "said"), REFUSED)
def test_what_is_refused_says_where(selector: str, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        compiled(selector)
    assert said in str(refused.value)


@given(st.text(alphabet="ab.#[]()'\"=~^$*|>,: @\\not-1\x00é", max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_selector_or_refused(text: str) -> None:
    try:
        selector = compiled(text)
    except UsageError:
        return
    found = select(parse(PAGE), text)
    assert len(set(found)) == len(found)
    assert selector.paths


TREES = st.recursive(
    st.just("<i></i>"),
    lambda inner: st.builds(
        lambda name, classes, held: f'<{TAGS[name]} class="{classes}">{"".join(held)}</{TAGS[name]}>',
        st.sampled_from("ab"),
        st.sampled_from(["x", "y", "x y"]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=15,
)
TAGS = {"a": "div", "b": "span"}
PARTS = st.sampled_from(["div", "span", ".x", ".y", "div.x", "span.y:not(.x)"])


def _is(element: Any, part: str) -> bool:
    """What the few parts above mean, written down once more."""
    classes = (element.get("class") or "").split()
    tag, _, rest = part.partition(".")
    if part == "span.y:not(.x)":
        return element.tag == "span" and classes == ["y"]
    return (not tag or element.tag == tag) and (not rest or rest in classes)


@given(
    st.lists(TREES, max_size=3).map("".join),
    PARTS,
    st.lists(st.tuples(st.sampled_from(" >"), PARTS), max_size=3),
)
@settings(max_examples=200, deadline=None)
def test_chains_fit_as_if_every_element_was_asked(
    inner: str, first: str, rest: list[tuple[str, str]]
) -> None:
    tree = parse(f"<html><body><p>x</p>{inner}</body></html>")

    def fits(element: Any, chain: list[tuple[str, str]]) -> bool:
        sign, part = chain[-1]
        if not _is(element, part):
            return False
        if len(chain) == 1:
            return True
        above = [element.getparent()] if sign == ">" else [*element.iterancestors()]
        return any(one is not None and fits(one, chain[:-1]) for one in above)

    chain = [("", first), *rest]
    wanted = [element for element in tree.iter() if fits(element, chain)]
    assert select(tree, first + "".join(f"{sign}{part}" for sign, part in rest)) == wanted


HOSTILE = {
    "flat": "<p class=a>x</p>" * 39_000,
    "deep": ("<div class=a>" * 180 + "x" + "</div>" * 180) * 120,
    "long class": f'<p class="{"a " * 400_000}">x</p>' * 2,
    "many names": f"<p class='{' '.join(map(str, range(60)))}'>x</p>" * 8_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_page_makes_a_selector_slow(name: str) -> None:
    tree = parse(f"<html><body>{HOSTILE[name]}</body></html>")
    began = time.process_time()
    for selector in (".a .a .a .a", "* * * * *", ".a > .a > .a .a", "p:not(.b), .a", "div.a@class"):
        assert len(select(tree, selector)) <= MOST_ELEMENTS
        list(values(tree, selector))
    assert time.process_time() - began < 2.0


def test_what_fits_too_much_fits_nothing() -> None:
    tree = parse(f"<html><body>{'<p>x</p>' * MOST_ELEMENTS}<b>y</b></body></html>")
    assert len(select(tree, "p")) == MOST_ELEMENTS
    assert select(tree, "p, b") == []


def test_the_outermost_hold_the_others() -> None:
    tree = parse(PAGE)
    assert [one.get("class") for one in outermost(select(tree, "div, p"))] == [
        "story lead",
        "Story",
        "sm:big",
    ]
