"""Sitemaps of indexes: which are asked for, when, and that none of them waits for ever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dateline.live.children import MOST, Due, chosen, ends
from dateline.text.crawl_past import NEVER
from dateline.text.dates import parse
from scripted_town import FIRST, Town, page
from scripted_web import answer

OLD = "<url><loc>http://www.quay.test/old</loc><lastmod>2019-01-01</lastmod></url>"
SOURCE = 'sitemaps = ["http://www.quay.test/index.xml"]', "revisit = false"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path)
    made.source("quay", *SOURCE)
    made.scripts["www.quay.test/a"] = page(FIRST)
    yield made
    made.web.close()


def xml(root: str, *items: str) -> bytes:
    return answer(f"<{root}>{''.join(items)}</{root}>", content_type="application/xml")


def index(town: Town, **lastmods: str) -> None:
    """An index of sitemaps with these times of their last change, and nothing in them."""
    children = []
    for name, lastmod in lastmods.items():
        told = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
        children.append(f"<sitemap><loc>http://www.quay.test/{name}.xml</loc>{told}</sitemap>")
        town.scripts.setdefault(f"www.quay.test/{name}.xml", xml("urlset", OLD))
    town.scripts["www.quay.test/index.xml"] = xml("sitemapindex", *children)


def news_in(town: Town, name: str, at: str = "2024-03-25T05:00:00Z") -> None:
    entry = f"<url><loc>http://www.quay.test/a</loc><lastmod>{at}</lastmod></url>"
    town.scripts[f"www.quay.test/{name}.xml"] = xml("urlset", entry)


def asked(town: Town, hours: float) -> list[str]:
    return [one.path.removesuffix(".xml")[1:] for one in town.at(hours, settle=False)]


@pytest.mark.parametrize("lastmod", ["", "2024-03-25T{:02}:00:00Z", "2024-03-25"])
@pytest.mark.parametrize("place", [0, 31, 59])
def test_each_of_many_has_its_turn(town: Town, lastmod: str, place: int) -> None:
    names = [f"c{number:02}" for number in range(60)]
    met: list[str] = []
    for hour in range(12):
        # Made anew with each run, as many systems do.
        index(town, **dict.fromkeys(names, lastmod.format(6 + hour)))
        news_in(town, names[place])
        met += asked(town, hour)
    assert set(names) <= set(met)
    assert met.count("a") == 1


def test_those_of_news_then_those_that_changed_then_those_that_waited_longest(town: Town) -> None:
    months = {f"m{number:02}": f"2023-{number:02}-01" for number in range(1, 13)}
    undated = dict.fromkeys(("z1", "z2", "z3"), "")
    index(town, **months, **undated, newest="2024-03-25T04:00:00Z", breaking_news="")
    first = asked(town, 0)
    assert first[:4] == ["index", "breaking_news", "newest", "m12"]
    assert len(first) == 1 + MOST
    # Two turns are for those that wait longest.
    assert first[-2:] == ["m06", "m05"]
    index(town, **months, **undated, newest="2024-03-25T06:30:00Z", breaking_news="")
    second = asked(town, 1)
    assert second[1:3] == ["breaking_news", "newest"]
    assert not set(second[3:]) & set(first), "has not changed since it was seen"


@pytest.mark.parametrize("lastmod", ["2024-03-25", "2024-03", "2024-03-25T07:00"])
def test_a_day_lasts_till_its_end(town: Town, lastmod: str) -> None:
    index(town, day=lastmod)
    assert asked(town, 0) == ["index", "day"]
    news_in(town, "day", "2024-03-25T08:00:00Z")
    assert asked(town, 3) == ["index", "day", "a"]


def test_an_instant_that_was_seen_is_not_asked_again(town: Town) -> None:
    index(town, then="2024-03-25T05:00:00Z", day="2024-03-23")
    assert asked(town, 0) == ["index", "then", "day"]
    assert asked(town, 7) == ["index"]


def test_the_sitemaps_of_an_index_that_does_not_change_have_their_turns_too(town: Town) -> None:
    names = [f"c{number:02}" for number in range(30)]
    index(town, **dict.fromkeys(names, ""))
    town.scripts["www.quay.test/index.xml"] = [
        town.scripts["www.quay.test/index.xml"].replace(b"content-type", b'etag: "1"\r\ncontent-type'),
        answer(b"", 304),
    ]
    news_in(town, "c29")
    met: list[str] = []
    sent = []
    for hour in range(0, 24, 4):
        met += asked(town, hour)
        sent += [one.headers.get("if-none-match") for one in town.web.asked if "index" in one.path]
    assert (sent[0], set(sent[1:])) == (None, {'"1"'})
    assert {*names, "a"} <= set(met)


def entry(url: str) -> str:
    return f"<url><loc>{url}</loc><lastmod>2024-03-25T05:00:00Z</lastmod></url>"


def test_a_sitemap_sends_to_its_own_site_and_to_its_publisher_s(town: Town) -> None:
    town.source("quay", 'sitemaps = ["http://files.cdn.test/map.xml", "http://files.cdn.test/index.xml"]')
    urls = [
        "http://files.cdn.test/x",
        "https://www.quay.test/a",
        "http://quay.test.evil.test/a",
        "http://heron.test/a",
    ]
    town.scripts["files.cdn.test/map.xml"] = xml("urlset", *map(entry, urls))
    places = ["http://heron.test/map.xml", "http://news.quay.test/more.xml"]
    town.scripts["files.cdn.test/index.xml"] = xml(
        "sitemapindex", *(f"<sitemap><loc>{place}</loc></sitemap>" for place in places)
    )
    town.at(0, settle=False)
    rows = {row["url"]: row for row in town.rows("attempts") if row["input_kind"] != "robots"}
    assert set(rows) == {
        *urls[:2], places[1], "http://files.cdn.test/map.xml", "http://files.cdn.test/index.xml",
    }  # fmt: skip
    map_xml, index_xml = (rows[f"http://files.cdn.test/{name}.xml"] for name in ("map", "index"))
    assert (map_xml["entries"], map_xml["detail"]) == (4, "2 addresses of other sites are not followed")
    assert index_xml["detail"] == "1 addresses of other sites are not followed"


ENDS = {
    "2024-03-25T05:00:00Z": datetime(2024, 3, 25, 5, tzinfo=UTC),
    "2024-03-25T05:00Z": datetime(2024, 3, 25, 5, 1, tzinfo=UTC),
    "2024-03-25T05:00:00": datetime(2024, 3, 25, 17, tzinfo=UTC),
    "2024-03-25": datetime(2024, 3, 26, 12, tzinfo=UTC),
    "2024-02": datetime(2024, 3, 3, 12, tzinfo=UTC),
}


@pytest.mark.parametrize("lastmod", ENDS)
def test_ends(lastmod: str) -> None:
    when = parse(lastmod)
    assert when is not None
    assert ends(when) == ENDS[lastmod]


def due(name: str, day: int = 0, hour: int | None = None) -> Due:
    tried = NEVER if hour is None else datetime(2024, 3, 25, tzinfo=UTC) + timedelta(hours=hour)
    return Due(True, day, tried, 0.0, name)


def test_chosen() -> None:
    line = [due("b", -9, 5), due("a", -9, 4), due("d", 0, 1), due("c", -8), due("e")]
    assert [one.url for one in chosen(line, 9)] == ["a", "b", "c", "e", "d"]
    assert [one.url for one in chosen(line, 4)] == ["a", "b", "c", "e"]
    assert [one.url for one in chosen(line, 3)] == ["a", "c", "e"]
    assert [one.url for one in chosen(line, 1)] == ["c"]
    assert chosen(line, 0) == []
