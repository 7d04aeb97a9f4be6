"""Tags, sections, pictures and captions that only the markup of a page shows."""

from __future__ import annotations

import time

import pytest

from dateline.text.html.evidence import gather
from dateline.text.html.page import Page, judge
from dateline.text.html.times import Limits
from dateline.text.html.tree import parse

HOME = "https://greywater.example/"
TITLE = "Ferry sails again"


def read(body: str = "", head: str = "") -> Page:
    text = f"<html><head><title>{TITLE}</title>{head}</head><body><h1>{TITLE}</h1>{body}</body></html>"
    return judge(gather(parse(text), f"{HOME}coast/ferry"), {}, Limits())


def tag(name: str, rel: str = "tag") -> str:
    return f"<a rel='{rel}' href='/t/{name.lower()}'>{name}</a>"


TAGS = [
    (f"<ul><li>{tag('Ferry')}</li><li>{tag('Coast')}</li></ul>", "", ["Ferry", "Coast"]),
    (f"<article>{tag('Ferry')}</article><article>{tag('Other')}</article>", "", ["Ferry"]),
    (tag("Ferry") + tag("News", "category tag"), "", ["Ferry"]),
    (f"<aside>{tag('Other')}</aside><div class='related'>{tag('More')}</div>", "", []),
    (tag("Ferry"), "<meta name='keywords' content='coast'>", ["coast"]),
    (tag("Ferry", "vintage"), "", []),
    (tag(TITLE), "", []),
    ("", "<meta name='keywords' content='نهر، جدار، مدينة'>", ["نهر", "جدار", "مدينة"]),
    ("", "<meta name='keywords' content='[\"river\", \"wall\"]'>", ["river", "wall"]),
    ("", "<meta name='keywords' content='[river]'>", ["[river]"]),
    ("", "<meta name='keywords' content='[1, null, \"wall\"]'>", ["wall"]),
    ("", f"<meta name='keywords' content='{'[' * 900}]'>", []),
]


@pytest.mark.parametrize(("body", "head", "tags"), TAGS)
def test_tags(body: str, head: str, tags: list[str]) -> None:
    assert read(body, head).tags == tags


STEPS = f"<a href='{HOME}'>Front</a><a href='/coast'>Coast</a><a href='/coast/ferry'>{TITLE}</a>"
ITEMS = (
    "<ol itemscope itemtype='https://schema.org/BreadcrumbList'><li itemprop='itemListElement'>"
    "<a itemprop='item' href='/'><span itemprop='name'>Home</span></a></li><li itemprop='itemListElement'>"
    "<a itemprop='item' href='/coast'><span itemprop='name'>Coast</span></a></li></ol>"
)
SECTIONS = [
    (f"<nav class='breadcrumb'>{STEPS}</nav>", "", "Coast"),
    (f"<nav aria-label='Breadcrumbs'>{STEPS}</nav>", "", "Coast"),
    (ITEMS, "", "Coast"),
    ("<div class='breadcrumbs'><a href='/coast'>Coast</a></div>", "", "Coast"),
    ("<div class='breadcrumbs'></div><ul id='breadcrumbs'><li><a href='/'>Front</a></li></ul>", "", "Front"),
    (f"<div class='breadcrumbs'>{'<a href=/x>Menu</a>' * 20}</div>", "", None),
    (f"<nav class='breadcrumb'>{STEPS}</nav>", "<meta name='article:section' content='Sport'>", "Sport"),
    (tag("News", "category tag"), "", "News"),
    ("", "<meta name='article:section' content='/local-news/harbour'>", "local news"),
    (f"<nav>{STEPS}</nav>", "", None),
]


@pytest.mark.parametrize(("body", "head", "section"), SECTIONS)
def test_sections(body: str, head: str, section: str | None) -> None:
    assert read(body, head).section == section


PICTURES = [
    ("", f"<link rel='image_src' href='{HOME}a.jpg'>", f"{HOME}a.jpg"),
    ("<img itemprop='image' src='/a.jpg'>", "", f"{HOME}a.jpg"),
    ("<figure itemprop='image'><meta itemprop='url' content='/a.jpg'></figure>", "", f"{HOME}a.jpg"),
    ("<div itemprop='author'><img itemprop='image' src='/me.jpg'></div>", "", None),
    ("<img itemprop='image' src='/site-logo.png'>", "", None),
    ("<img itemprop='image' src='data:image/gif;base64,R0'>", "", None),
    ("<img itemprop='image' src='/a.jpg'>", "<meta property='og:image' content='/b.jpg'>", f"{HOME}b.jpg"),
]


@pytest.mark.parametrize(("body", "head", "picture"), PICTURES)
def test_pictures(body: str, head: str, picture: str | None) -> None:
    assert read(body, head).image_url == picture


@pytest.mark.parametrize("name", ["default-share.png", "og_default.jpg", "social-image.png", "fallback.jpg"])
def test_what_a_site_shares_for_want_of_a_picture(name: str) -> None:
    shared = f"<meta property='og:image' content='{HOME}{name}'>"
    data = f'<script type="application/ld+json">{{"@type": "Article", "image": "{HOME}real.jpg"}}</script>'
    assert read(head=shared + data).image_url == f"{HOME}real.jpg"
    assert read(head=shared).image_url == f"{HOME}{name}"


def figure(source: str, caption: str = "The ferry at <b>night</b>") -> str:
    return f"<figure><img {source}><figcaption>{caption}</figcaption></figure>"


SHARED = f"<meta property='og:image' content='{HOME}i/ferry-at-night.jpg?w=1200'>"
ALT = "<meta property='og:image:alt' content='A boat'>"
CAPTIONS = [
    (figure("src='/i/ferry-at-night.jpg'"), SHARED + ALT, "The ferry at night"),
    (figure("src='/x/ferry-at-night-800x600.jpg?q=1'"), SHARED, "The ferry at night"),
    (figure("src='data:x' data-src='/i/ferry-at-night.jpg'"), SHARED, "The ferry at night"),
    (figure("src='/i/harbour-at-dawn.jpg'"), SHARED + ALT, "A boat"),
    (figure("src='/x/1.jpg'"), f"<meta property='og:image' content='{HOME}i/1.jpg'>", None),
    (figure("src='/i/ferry-at-night.jpg'", TITLE), SHARED, None),
    (figure("src='/i/ferry-at-night.jpg'"), "", None),
    ("<figcaption>Nothing</figcaption>", SHARED, None),
]


@pytest.mark.parametrize(("body", "head", "caption"), CAPTIONS)
def test_captions(body: str, head: str, caption: str | None) -> None:
    assert read(body, head).image_caption == caption


def test_a_caption_has_no_tags() -> None:
    image = '{"url": "/a.jpg", "caption": "By <b>night</b> &amp; day"}'
    data = f'<script type="application/ld+json">{{"@type": "Article", "image": {image}}}</script>'
    assert read(head=data).image_caption == "By night & day"


@pytest.mark.parametrize(
    "piece",
    [
        tag("Ferry"),
        "<ul class='breadcrumb'></ul>",
        figure("src='/a.jpg'"),
        "<p itemprop='image'></p>",
        "<figcaption>x</figcaption>",
    ],
)
def test_odd_pages_take_no_time(piece: str) -> None:
    began = time.process_time()
    read("<div class='x'>" * 100 + piece * 2_000, SHARED)
    assert time.process_time() - began < 1.5
