"""Looking a site over: what is asked, what is chosen, and what becomes of a site that will not be asked."""

from __future__ import annotations

import asyncio
import gzip
from typing import Any

import pytest

from dateline.discover import MOST_FEEDS, Site, look
from dateline.edges.http import Client
from dateline.errors import DatelineError, UsageError
from dateline.settings import Settings
from scripted_client import NOON, QUICK
from scripted_web import Web, answer, redirect

HOME = "http://www.paper.test/"
ITEM = (
    "<item><title>The ferry is late again</title><link>/a</link><pubDate>2024-03-25T10:00:00</pubDate></item>"
)
RSS = answer(f"<rss><channel><title>Paper</title><language>en</language>{ITEM}</channel></rss>")
ENTRY = "<url><loc>http://www.paper.test/a</loc><lastmod>2024-03-25T10:00:00Z</lastmod>"
MAP = f"<urlset>{ENTRY}</url></urlset>"
NEWS = (
    f"<urlset>{ENTRY}<news:news><news:publication><news:name>The Paper</news:name></news:publication>"
    "<news:publication_date>2024-03-25</news:publication_date></news:news></url></urlset>"
)
PAGE = "<html lang='en-GB'><head><title>The Paper</title>{}</head><body>{}</body></html>"
LINK = '<link rel="alternate" type="application/rss+xml" href="/{}">'
LIST = "".join(f"<a href='/2024/03/25/tide-{n}'>Tide {n}</a>" for n in range(6))


def over(scripts: dict[str, Any], url: str = HOME, **settings: Any) -> tuple[Site, list[str]]:
    """The site as it was found, and the addresses asked for."""

    async def run() -> tuple[Site, list[str]]:
        async with Web({f"www.paper.test{path}": script for path, script in scripts.items()}) as web:
            given = {"connect_to": web.connect_to, **settings}
            async with Client(Settings(**given), NOON, QUICK) as client:
                until = asyncio.get_running_loop().time() + 60
                site = await look(url, client, until)
                return site, [path.removeprefix("www.paper.test") for path in web.urls()]

    return asyncio.run(run())


def test_what_a_page_names_comes_before_the_usual_places() -> None:
    scripts = {
        "/": answer(PAGE.format(LINK.format("own.rss"), "<a href='/sitemap-n.xml.gz'>Map</a>")),
        "/own.rss": RSS, "/feed": RSS,
        "/robots.txt": answer("Sitemap: http://www.paper.test/sitemap-n.xml.gz"),
        "/sitemap-n.xml.gz": answer(gzip.compress(NEWS.encode())),
    }  # fmt: skip
    site, asked = over(scripts)
    assert (site.name, site.language, site.home) == ("The Paper", "en-GB", HOME)
    assert site.chosen() == {"feeds": (f"{HOME}own.rss",), "sitemaps": (f"{HOME}sitemap-n.xml.gz",)}
    assert "/feed" not in asked
    assert asked.count("/sitemap-n.xml.gz") == 1
    assert [offer.lacks_zone for offer in site.offers] == [True, False]


def test_a_site_that_names_nothing_is_asked_at_the_usual_places_until_one_will_do() -> None:
    site, asked = over({"/": answer(PAGE.format("", "")), "/rss": RSS, "/sitemap.xml": answer(MAP)})
    assert site.chosen() == {"feeds": (f"{HOME}rss",)}
    assert [path for path in asked if "sitemap" not in path and path != "/"][-1] == "/rss"
    assert [offer.is_guess for offer in site.offers] == [True] * len(site.offers)


@pytest.mark.parametrize(
    ("scripts", "chosen"),
    [
        ({"/sitemap.xml": answer(MAP)}, {"sitemaps": (f"{HOME}sitemap.xml",)}),
        ({"/sitemap.xml": answer(MAP.replace("lastmod", "x"))}, {"sections": (HOME,)}),
        ({"/sitemap.xml": answer("<html>Not here</html>"), "/feed": answer("<html></html>")},
         {"sections": (HOME,)}),
        ({"/": answer(PAGE.format("", "Nothing"))}, {}),
        ({"/": answer("no", 404), "/feed": RSS}, {"feeds": (f"{HOME}feed",)}),
        ({"/": redirect(f"{HOME}en/"), "/en/": answer(PAGE.format("", "")), "/en/feed": RSS},
         {"feeds": (f"{HOME}en/feed",)}),
        ({"/robots.txt": answer("User-agent: *\nDisallow: /sitemap\nDisallow: /feed"), "/feed": RSS},
         {"sections": (HOME,)}),
    ],
    ids=["sitemap", "undated", "pages", "nothing", "no front page", "moved", "forbidden"],
)  # fmt: skip
def test_the_best_of_what_is_there_is_chosen(scripts: dict[str, Any], chosen: dict[str, Any]) -> None:
    site, _ = over({"/": answer(PAGE.format("", LIST)), **scripts})
    assert site.chosen() == chosen


def test_of_an_index_the_news_are_asked_for_else_it_is_taken_itself() -> None:
    names = "".join(f"<sitemap><loc>{HOME}{name}.xml</loc></sitemap>" for name in ("old", "news"))
    index = answer(f"<sitemapindex>{names}</sitemapindex>")
    site, asked = over({"/": answer(PAGE.format("", "")), "/sitemap.xml": index, "/news.xml": answer(NEWS)})
    assert site.chosen() == {"sitemaps": (f"{HOME}news.xml",)}
    assert "/old.xml" not in asked
    site, _ = over({"/": answer(PAGE.format("", "")), "/sitemap.xml": index, "/news.xml": answer(MAP)})
    assert site.chosen() == {"sitemaps": (f"{HOME}sitemap.xml",)}


@pytest.mark.parametrize(
    ("last", "parts", "chosen", "asked_for"),
    [
        ("", {"/1.xml": MAP}, True, ["/3.xml", "/1.xml"]),
        ("", {"/3.xml": MAP}, True, ["/3.xml", "/1.xml"]),
        ("", {"/2.xml": MAP}, False, ["/3.xml", "/1.xml"]),
        ("", {"/1.xml": MAP.replace("lastmod", "x"), "/3.xml": "<html></html>"}, False, ["/3.xml", "/1.xml"]),
        ("<lastmod>2024-03-25</lastmod>", {"/2.xml": MAP}, True, ["/2.xml"]),
        ("<lastmod>2024-03-25</lastmod>", {"/1.xml": MAP}, False, ["/2.xml"]),
    ],
)
def test_an_index_is_taken_if_its_newest_part_tells_what_is_new(
    last: str, parts: dict[str, str], chosen: bool, asked_for: list[str]
) -> None:
    names = [f"<sitemap><loc>{HOME}{n}.xml</loc>{last if n == 2 else ''}</sitemap>" for n in (1, 2, 3)]
    scripts = {"/sitemap.xml": answer(f"<sitemapindex>{''.join(names)}</sitemapindex>")}
    scripts |= {path: answer(part) for path, part in parts.items()}
    site, asked = over({"/": answer(PAGE.format("", "")), **scripts})
    assert site.chosen() == ({"sitemaps": (f"{HOME}sitemap.xml",)} if chosen else {})
    assert [path for path in asked if path[1:2].isdigit()] == asked_for


@pytest.mark.parametrize("wanted", ["news.xml", "index.xml"])
def test_a_sitemap_will_do_for_a_front_page(wanted: str) -> None:
    index = f"<sitemapindex><sitemap><loc>{HOME}news.xml</loc></sitemap></sitemapindex>"
    site, asked = over({"/news.xml": answer(NEWS), "/index.xml": answer(index)}, f"{HOME}{wanted}")
    assert (site.home, site.name, site.chosen()) == (HOME, "The Paper", {"sitemaps": (f"{HOME}news.xml",)})
    assert asked == list(dict.fromkeys([f"/{wanted}", "/news.xml"]))


def test_below_a_file_nothing_is_looked_for() -> None:
    _, asked = over({"/en/start.html": answer(PAGE.format("", ""))}, f"{HOME}en/start.html")
    assert "/en/feed" in asked
    assert not [path for path in asked if path.startswith("/en/start.html/")]


def test_no_more_feeds_are_asked_for_than_needed_and_none_twice() -> None:
    many = "".join(LINK.format(f"{n}.rss") for n in [0, *range(20)])
    feeds = {f"/{n}.rss": RSS for n in range(20)}
    _, asked = over({"/": answer(PAGE.format(many, "")), **feeds})
    assert [path for path in asked if path.endswith(".rss")] == [f"/{n}.rss" for n in range(MOST_FEEDS)]


def test_a_feed_will_do_for_a_front_page() -> None:
    site, asked = over({"/own.rss": RSS}, f"{HOME}own.rss")
    assert (site.home, site.name, site.chosen()) == (HOME, "Paper", {"feeds": (f"{HOME}own.rss",)})
    assert asked == ["/own.rss"]


def test_headlines_tell_the_language_where_nothing_declares_it() -> None:
    titles = ("Die Fähre kommt schon wieder zu spät", "Ein Deich für zwei Dörfer an der Küste")
    items = "".join(ITEM.replace("The ferry is late again", title) for title in titles)
    site, _ = over({"/": answer("no", 404), "/feed": answer(f"<rss><channel>{items}</channel></rss>")})
    assert [offer.language for offer in site.offers if offer.fault is None] == ["de"]


def test_a_site_that_can_not_be_asked_is_one_sentence() -> None:
    with pytest.raises(DatelineError, match="can't be asked"):
        over({"/robots.txt": answer("User-agent: *\nDisallow: /")})
    with pytest.raises(UsageError, match="DATELINE_CONTACT"):
        over({}, "http://www.paper.example/")
    with pytest.raises(DatelineError, match="address_refused"):
        over({}, "http://127.0.0.1/", contact="desk@paper.example")
