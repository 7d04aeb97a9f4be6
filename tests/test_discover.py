"""Looking a site over: what is asked, what is chosen, and what becomes of a site that will not be asked."""

from __future__ import annotations

import asyncio
import gzip
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.discover import MOST_FEEDS, Site, look, look_over
from dateline.edges.http import Client
from dateline.edges.lake import Lake
from dateline.errors import DatelineError, UsageError
from dateline.intake import fetch_batch
from dateline.settings import Settings
from dateline.sources.exchange import exchange
from scripted_client import NOON, QUICK
from scripted_polls import Aside
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
                site = await look(url, client, until, _Told())
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


class _Told(list[tuple[str, int | None]]):
    def __call__(self, url: str, status: int | None) -> None:
        self.append((url, status))


@pytest.fixture
def aside() -> Iterator[Aside]:
    scripts: dict[str, Any] = {
        "www.paper.test/": answer(PAGE.format(LINK.format("own.rss"), "")),
        "www.paper.test/own.rss": RSS,
        "www.paper.test/robots.txt": answer("Sitemap: http://www.paper.test/named.xml"),
        "www.paper.test/named.xml": answer(NEWS),
    }
    made = Aside(scripts)
    yield made
    made.close()


def look_aside(aside: Aside, lake: Path, gap: float = 0.0) -> tuple[Site, _Told]:
    told = _Told()
    settings = Settings(connect_to=aside.connect_to, lake=str(lake), host_gap=gap)
    return look_over(HOME, settings, NOON, told), told


def test_every_request_is_told_and_no_lake_is_made(aside: Aside, tmp_path: Path) -> None:
    _, told = look_aside(aside, tmp_path / "lake")
    assert [url.removeprefix("http://") for url, _ in told] == [one.url for one in aside.asked]
    assert ("http://www.paper.test/own.rss", 200) in told
    assert not (tmp_path / "lake").exists()


def test_where_there_is_a_lake_its_tasks_share_their_turns(aside: Aside, tmp_path: Path) -> None:
    holds = Lake.open(str(tmp_path)).store.holds(NOON)
    hold = holds.take("www.paper.test")
    assert hold is not None
    hold.begin()
    hold.free()
    holds.slow_down("www.paper.test", 0.2)
    begun = time.monotonic()
    _, told = look_aside(aside, tmp_path)
    assert time.monotonic() - begun >= 0.2 * len(told)
    holds.leave_alone("www.paper.test", 600.0)
    with pytest.raises(DatelineError, match="left alone"):
        look_aside(aside, tmp_path)


def test_rules_that_a_lake_remembers_are_not_asked_for(aside: Aside, tmp_path: Path) -> None:
    lake = Lake.open(str(tmp_path))
    url, body = f"{HOME}robots.txt", b"Sitemap: http://www.paper.test/remembered.xml"
    row = exchange("robots", "paper", "", 0, NOON.now(), url=url, body=body, status=200)
    live = {"archive": None, "path": None, "index": None, "seq": 0}
    fetch_batch(lake, "live/a/000/0", {"resolved": "a"}, lambda *_: [row | live])
    _, told = look_aside(aside, tmp_path)
    urls = [address for address, _ in told]
    assert url not in urls
    assert "http://www.paper.test/remembered.xml" in urls
