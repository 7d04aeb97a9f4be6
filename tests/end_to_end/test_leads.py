"""What led to a page stays known: a later look under a poorer lead does not ruin the article."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scripted_town import FIRST, THEN, Town, feed, item, page
from scripted_web import answer

FEED = 'feeds = ["http://www.quay.test/feed"]'
SITEMAP = 'sitemaps = ["http://www.quay.test/map.xml"]'
NEWS = 'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
TITLE = "Ferry stays in harbour"
FACTS = {
    "title": TITLE,
    "published": datetime(2024, 3, 25, 5, tzinfo=UTC),
    "published_source": "feed",
}


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path)
    made.scripts |= {"www.quay.test/feed": feed(item("/a")), "www.quay.test/a": bare_page(FIRST)}
    yield made
    made.web.close()


def bare_page(text: str) -> bytes:
    """A page that tells neither its title nor its day."""
    return answer(f"<!doctype html><article><p>{text}</p><p>{text} Part two.</p></article>")


def sitemap(*urls: str) -> bytes:
    return answer(f"<urlset {NEWS}>{''.join(urls)}</urlset>", content_type="application/xml")


def url(facts: str) -> str:
    return f"<url><loc>http://www.quay.test/a</loc>{facts}</url>"


def news(title: str = TITLE) -> str:
    return url(
        "<n:news><n:publication_date>2024-03-25T05:00:00Z</n:publication_date>"
        f"<n:title>{title}</n:title><n:keywords>ferry, wind</n:keywords></n:news>"
    )


def article(town: Town, path: str = "/a") -> dict[str, Any]:
    [found] = [row for row in town.rows("articles") if row["url"].endswith(path)]
    return found


def facts(found: dict[str, Any]) -> dict[str, Any]:
    return {name: found[name] for name in FACTS}


def roll_over(town: Town) -> None:
    """The feed names the page no more."""
    town.scripts["www.quay.test/feed"] = feed(item("/b")).replace(b'"f"', b'"g"')
    town.scripts["www.quay.test/b"] = page(THEN)


@pytest.mark.parametrize("fault", [answer(b"", 500), answer(b"", 429, retry_after="60")])
def test_a_look_that_failed_is_made_again_under_the_lead_of_the_first(town: Town, fault: bytes) -> None:
    town.source("quay", FEED)
    town.at(0)
    assert facts(article(town)) == FACTS
    roll_over(town)
    town.scripts["www.quay.test/a"] = fault
    town.at(1)
    town.scripts["www.quay.test/a"] = bare_page(THEN)
    town.at(5)
    found = article(town)
    assert "sail again" in found["text"]
    assert (facts(found), found["version_count"]) == (FACTS, 2)


def test_a_sitemap_that_tells_of_a_change_alone_takes_no_fact_away(town: Town) -> None:
    town.source("quay", FEED, SITEMAP, "revisit = false")
    town.scripts["www.quay.test/map.xml"] = sitemap()
    town.at(0)
    roll_over(town)
    town.scripts["www.quay.test/map.xml"] = sitemap(url("<lastmod>2024-03-25T08:00:00Z</lastmod>"))
    town.scripts["www.quay.test/a"] = bare_page(THEN)
    assert "/a" in [one.path for one in town.at(3)]
    assert facts(article(town)) == FACTS
    # Those words have been heard.
    assert "/a" not in [one.path for one in town.at(6)]


TRIES = {
    "failed": [answer(b"", 500)],
    "failed twice": [answer(b"", 500), answer(b"", 503)],
    "rests": [answer(b"", 429, retry_after="60")],
}


@pytest.mark.parametrize("name", TRIES)
def test_the_lead_of_a_page_that_was_never_had_is_kept(town: Town, name: str) -> None:
    town.source("quay", FEED, "revisit = false")
    for hours, fault in enumerate(TRIES[name]):
        town.scripts["www.quay.test/a"] = fault
        town.at(3 * hours, settle=False)
        roll_over(town)
    town.scripts["www.quay.test/a"] = bare_page(FIRST)
    town.at(24)
    assert facts(article(town)) == FACTS
    kept = {row["outcome"]: row["lead"] for row in town.rows("attempts") if row["url"].endswith("/a")}
    assert kept.pop("captured") is None
    assert [lead["title"] for lead in kept.values()] == [TITLE] * len(kept)


def test_the_lead_of_a_page_that_was_put_off_is_kept(town: Town) -> None:
    town.source("quay", FEED, "revisit = false", "max_articles = 1")
    town.scripts["www.quay.test/feed"] = feed(item("/first"), item("/a"))
    town.scripts["www.quay.test/first"] = page(THEN)
    assert [one.path for one in town.at(0)] == ["/feed", "/first"]
    # A 304 names nothing.
    town.scripts["www.quay.test/feed"] = answer(b"", 304)
    town.at(2)
    assert facts(article(town)) == FACTS


@pytest.mark.parametrize("limit", ["", "max_articles = 1"])
def test_pages_that_are_owed_leave_their_feed_its_pace(town: Town, limit: str) -> None:
    town.source("quay", FEED, "revisit = false", limit)
    names = ["one", "two", "three", "four", "five"]
    items = [item(f"/{name}") for name in names]
    town.scripts["www.quay.test/feed"] = feed(*items, cache_control="max-age=21600")
    town.scripts |= {f"www.quay.test/{name}": page(f"{FIRST} {name}") for name in names}
    town.scripts["www.quay.test/one"] = answer(b"", 500)
    asked = [(hours, one) for hours in (0, 1, 2, 3, 4, 6, 7) for one in town.at(hours, settle=False)]
    feeds = [(hours, one.headers.get("if-none-match")) for hours, one in asked if one.path == "/feed"]
    assert feeds == [(0, None), (6, '"f"')]
    assert {one.path for _, one in asked} == {"/feed", *(f"/{name}" for name in names)}


def test_a_lead_that_tells_the_day_and_the_title_is_the_best_wherever_it_is_from(town: Town) -> None:
    town.source("quay", FEED, SITEMAP, "revisit = false")
    town.scripts["www.quay.test/feed"] = feed("<item><link>http://www.quay.test/a</link></item>")
    town.scripts["www.quay.test/map.xml"] = sitemap(news())
    town.at(0)
    found = article(town)
    assert facts(found) == FACTS | {"published_source": "sitemap"}
    assert found["tags"] == ["ferry", "wind"]
    assert [one.path for one in town.at(3)] == ["/feed", "/map.xml"], "asked again for what a bare link says"


def test_of_leads_that_tell_as_much_the_feed_s_is_the_best(town: Town) -> None:
    town.source("quay", FEED, SITEMAP, "revisit = false")
    town.scripts["www.quay.test/map.xml"] = sitemap(news("Another title"))
    town.at(0)
    assert facts(article(town)) == FACTS


def test_new_words_of_a_poorer_lead_are_heard_once(town: Town) -> None:
    town.source("quay", FEED, "revisit = false")
    town.at(0)
    undated = item("/a", "Ferry sails").replace("<pubDate>Mon, 25 Mar 2024 05:00:00 GMT</pubDate>", "")
    town.scripts |= {"www.quay.test/feed": feed(undated), "www.quay.test/a": bare_page(THEN)}
    assert [one.path for one in town.at(2)] == ["/feed", "/a"]
    assert [one.path for one in town.at(4)] == ["/feed"]
    assert facts(article(town)) == FACTS
