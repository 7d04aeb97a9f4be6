"""What calls itself an opinion in words is one; a site's name, a menu and a headline's words tell nothing."""

from __future__ import annotations

import pytest

from dateline.text.html.page import read_page
from dateline.text.html.times import Limits

SITE = "https://www.greywater.example"
PATH = "/2026/why-walls-fall-and-what-they-cost"
PROSE = (
    "<p>The council of Greywater voted on Tuesday to rebuild the wall by the river from next spring.</p>" * 4
)


def kind(
    title: str, *, over: str = "", headline: str = "Why walls fall", head: str = "", site: str = SITE
) -> str:
    html = (
        f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title>"
        f'<meta property="og:title" content="{title}">{head}</head>'
        f"<body>{over}<main><article><h1>{headline}</h1>{PROSE}</article></main></body></html>"
    )
    return read_page(html.encode(), None, site + PATH, None, Limits()).kind


def section(name: str) -> str:
    return f'<meta property="article:section" content="{name}">'


TITLES = [
    ("Opinion | Why walls fall", "opinion"),
    ("Why walls fall | Opinion", "opinion"),
    ("Why walls fall - Opinion - Courier", "opinion"),
    ("OPINION: Why walls fall", "opinion"),
    ("Meinung: Why walls fall", "opinion"),
    ("Why walls fall | Letters to the Editor | Courier", "opinion"),
    ("社説：Why walls fall", "opinion"),
    ("[사설] Why walls fall", "opinion"),
    ("【社説】Why walls fall", "opinion"),
    ("[Video] Why walls fall", "article"),
    ("Why walls fall | Tribune", "article"),
    ("Comment: Why walls fall", "article"),
    ("Why walls fall: opinion is split", "article"),
    ("Opinion polls and the wall | Courier", "article"),
    ("Why walls fall: Opinion", "article"),
    ("", "article"),
    ("| - : " * 2_000, "article"),
]


@pytest.mark.parametrize(("title", "told"), TITLES)
def test_titles(title: str, told: str) -> None:
    assert kind(title) == told


def test_the_name_of_a_site_is_no_label() -> None:
    name = '<meta property="og:site_name" content="Opinion">'
    assert kind("Why walls fall | Opinion", head=name) == "article"


KICKERS = [
    ("<div>Opinion</div>", "Why walls fall", "opinion"),
    ("<p>Home &gt; <a href='/o'>Opinion</a></p>", "Why walls fall", "opinion"),
    ("", "<span class='kicker'>Opinion</span> Why walls fall", "opinion"),
    ("", "<span class='kicker'>World</span> Why walls fall", "article"),
    ("<div>World</div>", "Why walls fall", "article"),
    ("<ul><li>News</li><li>Sport</li><li>Opinion</li></ul>", "Why walls fall", "article"),
    ("<nav>Opinion</nav>", "Why walls fall", "article"),
]


@pytest.mark.parametrize(("over", "headline", "told"), KICKERS)
def test_lines_over_headlines(over: str, headline: str, told: str) -> None:
    assert kind("Why walls fall", over=over, headline=headline) == told


SECTIONS = [
    ("Opinion / Editorial", "opinion"),
    ("News &gt; Comment", "opinion"),
    ("Opinion|Letters", "opinion"),
    ("Arts &amp; Letters", "article"),
    ("Public opinion", "article"),
]


@pytest.mark.parametrize(("name", "told"), SECTIONS)
def test_sections(name: str, told: str) -> None:
    assert kind("Why walls fall", head=section(name)) == told


HOSTS = [
    ("https://opinion.greywater.example", "opinion"),
    ("https://opinion.example", "article"),
    ("https://editorial.greywater.example", "article"),
    ("https://www.greywater.example/letters", "opinion"),
    ("https://www.greywater.example/letters-from-the-wall", "article"),
]


@pytest.mark.parametrize(("site", "told"), HOSTS)
def test_addresses(site: str, told: str) -> None:
    assert kind("Why walls fall", site=site) == told
