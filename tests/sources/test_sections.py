"""Section pages: which of their links are articles."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.sources.sections import MOST_LINKS, lead, read
from dateline.text.article_urls import is_article_url

URL = "https://www.harbour.example/sea/"

PAGE = """<!doctype html><html><head><title>Sea</title></head><body>
<header><a href="/2024/03/01/subscribe-and-win-a-boat">Win</a></header>
<nav><a href="/sea/the-longest-menu-entry-of-all">Sea</a></nav>
<div role="navigation"><a href="/land/another-long-menu-entry-here">Land</a></div>
<main>
 <article><header><h2><a href="ferry-returns-to-port-ness#top">Ferry returns</a></h2></header>
  <a href="/sea/ferry-returns-to-port-ness?utm_source=front"><img src="x.jpg"></a></article>
 <a href="//harbour.example/2024/03/25/tide">Tide</a>
 <a href="https://harbour.example/1047">1047</a>
 <a href="/sea/gold-beneath-pier">A pot of gold was found beneath the pier</a>
 <a href="https://other.example/2024/03/25/a-story-of-somebody-else">Elsewhere</a>
 <a rel="sponsored nofollow" href="/2024/03/25/buy-this-boat-at-once-today">Ad</a>
 <a href="/sea/page/2">Next</a><a href="/author/ines-corrie-of-port-ness">Ines Corrie</a>
 <a href="javascript:alert('a-b-c-d-e-f')">x</a><a href="mailto:a@harbour.example">Write</a>
</main><footer><a href="/2024/03/01/our-terms-for-readers-of-all-ages">Terms</a></footer></body></html>"""


def test_the_articles_of_a_page_come_once_each_in_its_order() -> None:
    assert read(PAGE.encode(), url=URL) == (
        "https://www.harbour.example/sea/ferry-returns-to-port-ness",
        "https://harbour.example/2024/03/25/tide",
        "https://www.harbour.example/sea/gold-beneath-pier",
    )


def test_addresses_are_meant_from_the_base_that_a_page_names() -> None:
    page = PAGE.replace("<head>", "<head><base href='https://www.harbour.example/old/'>")
    assert read(page.encode(), url=URL)[0] == "https://www.harbour.example/old/ferry-returns-to-port-ness"


ARTICLES = [
    "/2024/03/25/tide", "/2024/mar/25/tide", "/news/2024-03-25/tide-tables-move/",
    "/20240325/tide.html", "/sea/ferry-returns-to-port-ness", "/sea/ferry_returns_to_port_ness.html",
    "/ferry-returns-to-port-ness/", "/sea/ferry-returns-48213077", "/news/articles/c4ne81kd0qzo",
    "/sea/81348547", "/sea/ferry-returns/a-48213", "/story.php?id=48213", "/?p=4821",
    "/sea/ferry-returns-port-ness/index.html", "/doc/7715044", "/море/паром-вернулся-в-старый-порт",
    "/海/渡船二年ぶりに港へ戻る", "/sea/ferry-returns-to-port-ness/21",
]  # fmt: skip
OTHERS = [
    "/", "/sea", "/sea/", "/sea/harbours/", "/2024/03/25/", "/2024/03/", "/2024-03-25",
    "/archive/2024/03/25/x-y-z-z", "/tag/ferry-returns-to-port-ness", "/topics/c4ne81kd0qzo",
    "/author/ines-corrie-of-port-ness", "/search?id=48213", "/privacy-policy",
    "/about-us/how-we-work-and-live", "/terms-and-conditions", "/sea/page-2", "/index.html",
    "/pictures/ferry-returns-to-port-ness.jpg", "/feed.xml", "/2024/03/25/report.pdf", "/en/",
    "/login?next=/a-b-c-d", "/sea/comment-page-2", "/sea/world-cup-2026",
]  # fmt: skip


@pytest.mark.parametrize("path", ARTICLES)
def test_an_address_of_an_article(path: str) -> None:
    assert is_article_url(f"https://harbour.example{path}")


@pytest.mark.parametrize("path", OTHERS)
def test_an_address_of_something_else(path: str) -> None:
    assert not is_article_url(f"https://harbour.example{path}", "Words of a link that is long")


@pytest.mark.parametrize(
    "body", [b"", b"\x89PNG" * 50, b"<rss></rss>", b"{}", b"words", b"<html>" + b"<div>" * 900]
)
def test_what_is_no_page_gives_nothing(body: bytes) -> None:
    assert read(body, url=URL) == ()


@pytest.mark.parametrize(
    "body",
    [
        b"<html>" + b"<a href='/2024/03/25/a-b-c-d'>" * 50_000,
        b"<html>" + b"<header>" * 150 + b"<header></header>" * 40_000,
        b"<html><a href='/" + b"a-" * 2_000_000 + b"'>x</a>",
        b"<html><base href='/" + b"a/" * 500_000 + b"'>" + b"<a href='../x'>" * 2000,
    ],
    ids=["links", "headers", "address", "base"],
)
def test_a_hostile_page_takes_no_time(body: bytes) -> None:
    began = time.process_time()
    read(body, url=URL)
    assert time.process_time() - began < 5


def test_a_page_of_too_many_links_gives_the_first() -> None:
    page = "".join(f"<a href='/2024/03/25/tide-{number}'>x</a>" for number in range(MOST_LINKS + 5))
    found = read(f"<html><body>{page}</body></html>".encode(), url=URL)
    assert len(found) == MOST_LINKS
    assert found[0].endswith("/tide-0")


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(PAGE)), st.binary(max_size=12), st.integers(0, 40))
def test_damage_anywhere_raises_nothing_and_leads_nowhere_else(at: int, put: bytes, drop: int) -> None:
    body = PAGE.encode()
    for link in read(body[:at] + put + body[at + drop :], url=URL):
        assert "harbour.example" in link


@given(st.text(max_size=60))
def test_any_address_is_judged(rest: str) -> None:
    assert is_article_url(f"https://harbour.example/{rest}") in (True, False)


def test_a_lead_says_where_the_link_stood() -> None:
    assert (lead(URL)["origin"], lead(URL)["origin_url"]) == ("section", URL)
