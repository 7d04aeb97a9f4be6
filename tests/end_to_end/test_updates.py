"""A scripted paper through fetch, clean and settle: what becomes of changes, moves, variants and crashes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from dateline.cli.sources import app
from dateline.edges.lake import Lake
from dateline.politeness.ledger import of_lake
from scripted_town import DAWN, FIRST, THEN, Town, feed, item, page
from scripted_web import answer, redirect

PIER = "/2024/03/25/pier-gets-a-new-roof"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path)
    yield made
    made.web.close()


def test_changed_text_is_a_new_version_of_the_same_article(town: Town) -> None:
    town.source("quay", 'feeds = ["http://www.quay.test/feed"]')
    # The feed does not say that anything changed, and soon names the article no more.
    town.scripts |= {
        "www.quay.test/feed": [feed(item("/ferry")), answer(b"", 304)],
        "www.quay.test/ferry": page(FIRST, etag='"1"'),
    }
    town.at(0)
    [before] = town.rows("articles")
    town.scripts["www.quay.test/ferry"] = answer(b"", 304)
    asked = town.at(1)
    assert [one.headers.get("if-none-match") for one in asked if one.path == "/ferry"] == ['"1"']
    town.scripts["www.quay.test/ferry"] = page(THEN, etag='"2"')
    town.at(4)
    [after] = town.rows("articles")
    assert after["article_id"] == before["article_id"]
    assert (before["version_count"], after["version_count"]) == (1, 2)
    assert "sail again" in after["text"]
    assert after["first_seen"] == before["first_seen"] == DAWN
    # The feed's facts come along, though the feed was not read again.
    facts = ("published", "published_source", "title", "date")
    assert [after[name] for name in facts] == [before[name] for name in facts]
    assert after["published_source"] == "feed"
    assert [one.path for one in town.at(5) if one.path == "/ferry"] == []
    asked = town.at(24)
    assert [one.headers.get("if-none-match") for one in asked if one.path == "/ferry"] == ['"2"']
    asked = town.at(72)
    assert [one.headers.get("if-none-match") for one in asked if one.path == "/ferry"] == ['"2"']
    assert [one.path for one in town.at(24 * 12) if one.path == "/ferry"] == ["/ferry"]
    assert [one.path for one in town.at(24 * 15) if one.path == "/ferry"] == []


def test_a_stub_that_was_rejected_is_an_article_once_its_story_came(town: Town) -> None:
    town.source("quay", 'feeds = ["http://www.quay.test/feed"]')
    stub = answer("<!doctype html><title>Ferry</title><p>More to follow.", etag='"1"')
    town.scripts |= {"www.quay.test/feed": feed(item("/ferry")), "www.quay.test/ferry": stub}
    town.at(0)
    assert (town.rows("articles"), len(town.rows("rejects"))) == ([], 1)
    town.scripts["www.quay.test/ferry"] = page(FIRST, etag='"2"')
    town.at(1)
    [article] = town.rows("articles")
    assert (article["url"], article["version_count"]) == ("http://www.quay.test/ferry", 1)


def test_the_ledger_tells_that_second_visits_were_conditional(town: Town) -> None:
    town.source("quay", 'feeds = ["http://www.quay.test/feed"]')
    town.scripts |= {
        "www.quay.test/feed": [feed(item("/ferry")), answer(b"", 304), answer(b"", 304)],
        "www.quay.test/ferry": [page(FIRST, etag='"1"'), answer(b"", 304)],
    }
    town.at(0)
    town.at(1)
    lake = Lake.open(town.settings.lake)
    quay = of_lake(lake)["www.quay.test"]
    assert (quay.again, quay.conditional, quay.whole, quay.missed, quay.unchanged) == (2, 2, 0, 0, 2)
    sent = {
        row["url"]: row["conditional"] for row in town.rows("attempts") if row["outcome"] == "not_modified"
    }
    assert sent == {"http://www.quay.test/feed": True, "http://www.quay.test/ferry": True}


def test_a_page_of_a_host_without_validators_is_kept_once_while_it_stays_the_same(town: Town) -> None:
    town.source("quay", 'feeds = ["http://www.quay.test/feed"]')
    town.scripts |= {"www.quay.test/feed": feed(item("/ferry")), "www.quay.test/ferry": page(FIRST)}
    for hours in (0, 1, 4):
        town.at(hours)
    assert [row["input_kind"] for row in town.rows("captures")].count("page") == 1
    tried = [row for row in town.rows("attempts") if row["input_kind"] == "page"]
    tried.sort(key=lambda row: row["captured"])
    assert [row["outcome"] for row in tried] == ["captured", "not_modified", "not_modified"]
    [article] = town.rows("articles")
    assert article["version_count"] == 1


def test_a_source_may_ask_not_to_be_looked_at_again(town: Town) -> None:
    town.source("quay", 'feeds = ["http://www.quay.test/feed"]', "revisit = false")
    town.scripts |= {"www.quay.test/feed": feed(item("/ferry")), "www.quay.test/ferry": page(FIRST)}
    town.at(0)
    assert [one.path for one in town.at(4)] == ["/feed"]


def test_variants_of_a_url_are_asked_for_once_and_are_one_article(town: Town) -> None:
    paths = [
        "/ferry",
        "/ferry/",
        "/ferry?utm_source=a",
        "/ferry?fbclid=1#top",
        "/ferry/amp",
        "/ferry/index.html",
    ]
    town.source("quay", 'feeds = ["http://www.quay.test/feed"]')
    town.scripts["www.quay.test/feed"] = feed(
        *map(item, paths),
        item("/ferry").replace("http://www.", "https://m."),
        item("/ferry").replace("www.", ""),
    )
    for path in paths:
        town.scripts[f"www.quay.test{path.partition('#')[0]}"] = page(FIRST)
    asked = town.at(0)
    assert [one.path for one in asked] == ["/feed", "/ferry"]
    [article] = town.rows("articles")
    assert (article["url"], article["url_key"]) == ("http://www.quay.test/ferry", "u2:quay.test/ferry")


def test_a_canonical_address_counts_on_its_own_site_only(town: Town) -> None:
    town.source("quay", 'feeds = ["http://www.quay.test/feed"]')
    town.scripts |= {
        "www.quay.test/feed": feed(
            item("/one/ferry-stays"), item("/two/ferry-stays"), item("/three/ferry-stays")
        ),
        "www.quay.test/one/ferry-stays": page(FIRST, "http://www.quay.test/ferry-stays"),
        "www.quay.test/two/ferry-stays": page(FIRST, "http://www.quay.test/ferry-stays"),
        "www.quay.test/three/ferry-stays": page(FIRST + " Or so.", "http://www.harbour.test/ferry-stays"),
    }
    town.at(0)
    found = {row["url_key"]: row["sighting_count"] for row in town.rows("articles")}
    assert found == {"u2:quay.test/ferry-stays": 2, "u2:quay.test/three/ferry-stays": 1}


@pytest.mark.parametrize(
    "canonical", ["/news/", "/2024/03/", "/?utm_source=logo", "/home", "/all-our-local-news"]
)
def test_the_address_of_a_section_swallows_no_articles(town: Town, canonical: str) -> None:
    """Templates name it in each of their pages."""
    town.source("quay", 'feeds = ["http://www.quay.test/feed"]')
    paths = [f"/2024/03/25/story-number-{number}" for number in range(3)]
    town.scripts |= {
        "www.quay.test/feed": feed(*map(item, paths)),
        **{f"www.quay.test{path}": page(FIRST + path, f"http://www.quay.test{canonical}") for path in paths},
    }
    town.at(0)
    assert {row["url"] for row in town.rows("articles")} == {f"http://www.quay.test{path}" for path in paths}


def test_a_feed_that_moved_for_good_is_asked_at_its_new_place(town: Town) -> None:
    town.source("quay", 'feeds = ["http://www.quay.test/feed"]', "revisit = false")
    town.scripts |= {
        "www.quay.test/feed": redirect("http://www.quay.test/new-feed", 308),
        "www.quay.test/new-feed": feed(item("/ferry")),
        "www.quay.test/ferry": page(FIRST),
    }
    town.at(0)
    assert [one.path for one in town.at(2)] == ["/new-feed"]
    assert [one.headers.get("if-none-match") for one in town.at(4)] == ['"f"']
    town.scripts["www.quay.test/feed"] = redirect("http://www.quay.test/elsewhere", 302)
    town.scripts["www.quay.test/new-feed"] = answer(b"gone", 410)
    town.scripts["www.quay.test/elsewhere"] = feed(item("/ferry"))
    paths = [[one.path for one in town.at(24 * day)] for day in range(1, 6)]
    # Three failures at the new place, then the old one again, which moved no more than for now.
    assert paths == [["/new-feed"]] * 3 + [["/feed", "/elsewhere"]] * 2


def test_sitemaps_and_sections_lead_to_pages_with_their_facts(town: Town) -> None:
    places = 'sitemaps = ["http://www.quay.test/index.xml"]', 'sections = ["http://www.quay.test/news"]'
    town.source("quay", *places)
    xml = '<?xml version="1.0"?><{0} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {2}>{1}</{0}>'
    news = (
        "<url><loc>http://www.quay.test/ferry</loc><n:news><n:publication><n:name>Quay</n:name><n:language>en"
        "</n:language></n:publication><n:publication_date>2024-03-25T05:30:00Z</n:publication_date><n:title>"
        "Ferry stays in harbour</n:title></n:news></url>"
        "<url><loc>http://www.quay.test/old</loc><lastmod>2023-01-01</lastmod></url>"
        "<url><loc>http://www.quay.test/undated</loc></url>"
    )
    children = "".join(
        f"<sitemap><loc>http://www.quay.test/{name}.xml</loc><lastmod>{day}</lastmod></sitemap>"
        for name, day in (("news", "2024-03-25"), ("older", "2024-03-01"))
    )
    space = 'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    told: dict[str, str] = {"content_type": "application/xml"}
    town.scripts |= {
        "www.quay.test/index.xml": answer(xml.format("sitemapindex", children, ""), **told),
        "www.quay.test/news.xml": answer(xml.format("urlset", news, space), **told),
        "www.quay.test/older.xml": answer(xml.format("urlset", "", ""), **told),
        "www.quay.test/news": answer(f'<main><h2><a href="{PIER}">Pier gets a new roof now</a></h2></main>'),
        "www.quay.test/ferry": page(FIRST),
        f"www.quay.test{PIER}": page(THEN),
    }
    asked = [one.path for one in town.at(0)]
    assert sorted(asked) == [
        PIER, "/ferry", "/index.xml", "/news", "/news.xml", "/older.xml",
    ]  # fmt: skip
    kinds = {row["url"]: (row["input_kind"], row["entries"], row["detail"]) for row in town.rows("attempts")}
    assert kinds["http://www.quay.test/news.xml"] == (
        "sitemap",
        3,
        "1 entries without a date are not followed",
    )
    assert kinds["http://www.quay.test/news"] == ("section", 1, None)
    articles = {row["url"]: row for row in town.rows("articles")}
    assert articles["http://www.quay.test/ferry"]["published_source"] == "sitemap"
    assert articles["http://www.quay.test/ferry"]["published"] == datetime(2024, 3, 25, 5, 30, tzinfo=UTC)
    assert len(articles) == 2


def test_what_is_not_due_is_asked_by_force_only(town: Town) -> None:
    town.source("quay", 'feeds = ["http://www.quay.test/feed"]', "revisit = false")
    town.scripts |= {
        "www.quay.test/feed": feed(item("/ferry"), cache_control="max-age=7200"),
        "www.quay.test/ferry": page(FIRST),
    }
    town.at(0)
    assert town.at(1, settle=False) == []
    assert [one.path for one in town.at(1.1, settle=False, force=True)] == ["/feed"]
    assert [one.path for one in town.at(3.2, settle=False)] == ["/feed"]


def test_a_dead_feed_is_told_and_never_forgotten(
    town: Town, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    town.source("quay", 'feeds = ["http://www.quay.test/feed"]')
    town.scripts["www.quay.test/feed"] = answer(b"gone", 410)
    days = [day for day in range(60) if town.at(24 * day, settle=False)]
    assert days[:10] == list(range(10))
    assert {later - sooner for sooner, later in pairwise(days[9:])} == {7}
    last = DAWN + timedelta(days=days[-1])
    monkeypatch.setenv("DATELINE_NOW", last.isoformat())
    app(["--folder", town.settings.sources, "--lake", town.settings.lake], standalone_mode=False)
    told = capsys.readouterr().out.rstrip("\n").split("\t")
    assert told[6:] == ["never", "1", f"{last + timedelta(days=7):%Y-%m-%d %H:%M}", "1"]
    town.scripts["www.quay.test/feed"] = feed(item("/ferry"))
    town.scripts["www.quay.test/ferry"] = page(FIRST)
    assert [one.path for one in town.at(24 * (days[-1] + 7), settle=False)] == ["/feed", "/ferry"]


CHECK = answer(
    "<!doctype html><title>Just a moment...</title><p>Enable JavaScript and cookies to continue.</p>"
)
WALL = answer("<!doctype html><title>Before you continue</title><p>We and our partners use cookies here.</p>")


def test_a_check_of_the_browser_is_no_version(town: Town) -> None:
    town.source("quay", 'feeds = ["http://www.quay.test/feed"]')
    town.scripts |= {
        "www.quay.test/feed": feed(item("/ferry")),
        "www.quay.test/ferry": [page(FIRST), CHECK, page(THEN)],
    }
    town.at(0)
    town.at(1)
    assert [row["version_count"] for row in town.rows("articles")] == [1]
    assert "interstitial" in {row["outcome"] for row in town.rows("attempts")}
    town.at(2)
    assert [row["version_count"] for row in town.rows("articles")] == [2]


def test_stories_behind_a_wall_are_asked_for_again(town: Town) -> None:
    town.source("quay", 'feeds = ["http://www.quay.test/feed"]')
    paths = [f"/2024/03/25/story-number-{number}" for number in range(2)]
    town.scripts |= {f"www.quay.test{path}": redirect("http://consent.test/collect") for path in paths}
    town.scripts |= {"www.quay.test/feed": feed(*map(item, paths)), "consent.test/collect": WALL}
    town.at(0)
    assert town.rows("articles") == []
    town.scripts |= {f"www.quay.test{path}": page(FIRST + path) for path in paths}
    town.at(1)
    assert sorted(row["url"] for row in town.rows("articles")) == [
        f"http://www.quay.test{path}" for path in paths
    ]
