"""What front pages and robots files tell of feeds and sitemaps."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.sources.discovery import FEED_PATHS, Home, from_home, from_robots, usual, without_generic

URL = "https://www.harbour.example/"

PAGE = """<!doctype html><html lang="en-gb"><head><title>Front page - Harbour Courier</title>
<link rel="alternate" type="application/json+oembed" href="/oembed?url=x">
<link rel="alternate" hreflang="de" href="/de/">
<link rel="alternate feed" type="application/rss+xml; charset=utf-8" href="/feed/" title="Harbour Courier">
<link rel="alternate" type="application/rss+xml" href="/comments/feed/" title="Comments">
<link rel="alternate" type="application/rss+xml" href="/story/comments.rss">
<link rel="ALTERNATE" type="Application/Atom+XML" href="//www.harbour.example/atom.xml">
<link rel="alternate" type="application/feed+json" href="feed.json">
<link rel="sitemap" type="application/xml" href="/maps/all"></head><body>
<a href="/feed/#top">RSS</a> <a href="/rss/sport.xml">Sport</a> <a href="/sea/?feed=rss2">Sea</a>
<a href="feed://rss.harbour.example/sea">Sea</a> <a href="https://feeds.elsewhere.example/harbour">Burner</a>
<a href="https://other.example/feed/">Other</a> <a href="/rssi-explained">No feed</a>
<a href="/feedback">No</a>
<a href="/sitemap-news.xml.gz">Map</a> <a href="/sitemap">A page</a>
<a href="https://other.example/sitemap.xml">O</a>
</body></html>"""


def test_a_front_page_names_its_feeds_and_sitemaps() -> None:
    found = from_home(PAGE.encode(), url=URL)
    assert found.feeds == (
        "https://www.harbour.example/feed/",
        "https://www.harbour.example/atom.xml",
        "https://www.harbour.example/feed.json",
        "https://www.harbour.example/rss/sport.xml",
        "https://www.harbour.example/sea/?feed=rss2",
        "http://rss.harbour.example/sea",
        "https://feeds.elsewhere.example/harbour",
    )
    assert found.sitemaps == (
        "https://www.harbour.example/maps/all",
        "https://www.harbour.example/sitemap-news.xml.gz",
    )
    assert (found.name, found.language) == ("Harbour Courier", "en-GB")


def test_the_declared_name_comes_before_the_title() -> None:
    page = PAGE.replace("<head>", '<head><meta property="og:site_name" content="The Courier">')
    assert from_home(page.encode(), url=URL).name == "The Courier"


@pytest.mark.parametrize("body", [b"", b"{}", b"\x89PNG" * 50, b"<rss></rss>", b"<html>" + b"<div>" * 900])
def test_what_is_no_page_tells_nothing(body: bytes) -> None:
    assert from_home(body, url=URL) == Home()


def test_robots_name_sitemaps_for_everybody_and_news_comes_first() -> None:
    robots = (
        b"User-agent: other\nDisallow: /\nsitemap: https://harbour.example/all.xml\n"
        b"Sitemap: /news.xml  # ours\nSitemap:\nSitemap: ftp://harbour.example/x.xml\n"
        b"SITEMAP: https://harbour.example/all.xml\n"
    )
    assert from_robots(robots, url="https://harbour.example/robots.txt") == (
        "https://harbour.example/news.xml",
        "https://harbour.example/all.xml",
    )
    assert from_robots(b"\xff\x00" * 1000, url="https://harbour.example/robots.txt") == ()


def test_the_usual_places_are_on_the_host_and_below_the_page() -> None:
    assert usual(["/feed"], "https://harbour.example/") == ("https://harbour.example/feed",)
    assert usual(["/feed", "/rss"], "https://harbour.example/en/?x=1") == (
        "https://harbour.example/feed", "https://harbour.example/en/feed",
        "https://harbour.example/rss", "https://harbour.example/en/rss",
    )  # fmt: skip
    assert len(usual(FEED_PATHS, URL)) == len(FEED_PATHS)


@pytest.mark.parametrize(
    "body",
    [b"<html>" + b"<a href='/feed/'>" * 50_000, b"<html><a href='/" + b"rss-." * 200_000 + b"'>x</a>",
     b"<html><title>" + b" - " * 200_000 + b"</title>"],
    ids=["links", "address", "title"],
)  # fmt: skip
def test_a_hostile_page_takes_no_time(body: bytes) -> None:
    began = time.process_time()
    from_home(body, url=URL)
    assert time.process_time() - began < 5


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(PAGE)), st.binary(max_size=12), st.integers(0, 40))
def test_damage_anywhere_raises_nothing(at: int, put: bytes, drop: int) -> None:
    body = PAGE.encode()
    found = from_home(body[:at] + put + body[at + drop :], url=URL)
    assert all(link.startswith("http") for link in (*found.feeds, *found.sitemaps))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Home | The Quay", "The Quay"), ("The Quay – Homepage", "The Quay"), ("Home", None), ("", None),
        ("Startseite", None), ("The Quay", "The Quay"), ("News from all the coast - The Quay", "The Quay"),
        ("Home | News", None), ("Home | Weather, sport | The Quay", "The Quay"),
    ],
)  # fmt: skip
def test_the_name_is_not_what_every_front_page_is_called(title: str, name: str | None) -> None:
    assert from_home(f"<html><title>{title}</title><p>x</html>".encode(), url=URL).name == name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Quay » Feed", "Quay"), ("RSS - The Quay", "The Quay"), ("The Quay", "The Quay"), ("News", None),
        (None, None), ("World news | The Quay", "World news | The Quay"),
        ("The Quay - by the sea - RSS Feed", "The Quay"),
    ],
)  # fmt: skip
def test_the_title_of_a_feed_without_what_every_feed_is_called(title: str | None, name: str | None) -> None:
    assert without_generic(title) == name


def test_below_a_file_there_is_nothing() -> None:
    assert usual(["/feed"], "https://www.harbour.com") == ("https://www.harbour.com/feed",)
    below = usual(["/feed"], "https://www.harbour.com/en/start.html?a=b.c#d.e")
    assert below == ("https://www.harbour.com/feed", "https://www.harbour.com/en/feed")
