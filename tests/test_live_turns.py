"""Who comes first where there is not enough time for all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from dateline.live.line import in_line
from dateline.live.pages import Page, Rank
from dateline.text.crawl_past import Past
from scripted_polls import NOON, Paper
from scripted_town import FIRST, Town, feed, item, page
from scripted_web import answer


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path)
    made.settings = replace(made.settings, run_seconds=1.0, host_gap=0.1)
    yield made
    made.web.close()


def paths(town: Town, hours: float) -> list[str]:
    return [one.path for one in town.at(hours, settle=False, force=True)]


def test_a_source_that_has_always_news_does_not_take_the_turns_of_another(town: Town) -> None:
    for slug in ("busy", "quiet"):
        town.source(slug, f'feeds = ["http://feeds.{slug}.test/feed"]', "revisit = false")
    town.settings = replace(town.settings, shards=1)
    town.scripts["feeds.quiet.test/feed"] = feed(*(item(f"/quiet/{number}") for number in range(3)))
    met: list[str] = []
    for hour in range(4):
        names = [f"/busy/{hour}x{number}" for number in range(12)]
        town.scripts["feeds.busy.test/feed"] = feed(*map(item, names))
        town.scripts |= {
            f"www.quay.test{path}": page(FIRST) for path in (*names, "/quiet/0", "/quiet/1", "/quiet/2")
        }
        met += [path for path in paths(town, hour) if path != "/feed"]
    assert {path for path in met if path.startswith("/quiet")} == {"/quiet/0", "/quiet/1", "/quiet/2"}
    old = [met.index(path) for path in met if path.startswith("/busy/0")]
    new = [met.index(path) for path in met if path.startswith("/busy/1")]
    assert not new or max(old) < min(new)


def test_feeds_of_one_host_have_a_turn_each_and_leave_time_for_pages(town: Town) -> None:
    names = [f"f{number:02}" for number in range(15)]
    town.source("quay", f"feeds = {[f'http://www.quay.test/{name}' for name in names]}", "revisit = false")
    for name in names:
        town.scripts[f"www.quay.test/{name}"] = feed(item(f"/of-{name}"))
        town.scripts[f"www.quay.test/of-{name}"] = page(FIRST)
    asked = [paths(town, hour) for hour in range(10)]
    assert any(path.startswith("/of-") for path in asked[0]), "no time is left for pages"
    met = [path[1:] for run in asked for path in run if not path.startswith("/of-")]
    # None a second time before each had its first.
    assert set(met[:15]) == set(names)
    assert len({path for run in asked for path in run if path.startswith("/of-")}) >= 10


def test_a_page_that_failed_and_is_put_off_does_not_wait_for_ever(town: Town) -> None:
    town.settings = replace(town.settings, run_seconds=60.0, host_gap=0.0)
    town.source("quay", 'feeds = ["http://feeds.quay.test/feed"]', "revisit = false", "max_articles = 1")
    town.scripts |= {"feeds.quay.test/feed": feed(item("/a")), "www.quay.test/a": answer(b"", 500)}
    assert "/a" in paths(town, 0)
    town.scripts["www.quay.test/a"] = page(FIRST)
    met = []
    for hour in range(3, 7):
        town.scripts["feeds.quay.test/feed"] = feed(item(f"/{hour}"))
        town.scripts[f"www.quay.test/{hour}"] = page(f"{FIRST} {hour}")
        met += paths(town, hour)
    assert "/a" in met


def waits(slug: str, place: int, most: int | None = None) -> Page:
    source = Paper(slug, max_articles=most)
    return Page(f"{slug}{place}", Rank(0, 0, ("", "", place)), source, f"http://paper.test/{slug}/{place}")


@pytest.mark.parametrize("most", [None, 2])
def test_in_line(most: int | None) -> None:
    pages = [waits("a", number, most) for number in range(4)] + [waits("b", number) for number in range(2)]
    put_off = {pages[2].url: NOON, pages[1].url: NOON + timedelta(hours=1), pages[5].url: NOON}

    def past_of(url: str) -> Past | None:
        if url not in put_off:
            return None
        moment = (put_off[url], "", 0)
        return Past((moment, "", url), in_vain=moment)

    for given in (pages, pages[::-1]):
        line = list(in_line(given, past_of))
        assert [place.page.key for place in line] == ["a2", "b1", "a1", "a0", "b0", "a3"]
        within = [place.page.key for place in line if place.within]
        assert within == (["a2", "b1", "a1", "b0"] if most else ["a2", "b1", "a1", "a0", "b0", "a3"])


def test_a_page_that_asks_for_a_moment_lets_others_of_its_site_go_first(town: Town) -> None:
    town.source("quay", 'feeds = ["http://www.quay.test/feed"]', "revisit = false")
    town.settings = replace(town.settings, run_seconds=30.0, host_gap=0.0)
    names = [f"/p{number}" for number in range(4)]
    town.scripts["www.quay.test/feed"] = feed(*map(item, names))
    town.scripts |= {f"www.quay.test{name}": page(FIRST) for name in names[1:]}
    busy = answer("busy", 503, retry_after="1")
    town.scripts["www.quay.test/p0"] = [busy, page(FIRST)]
    assert paths(town, 0)[1:] == ["/p0", "/p1", "/p2", "/p3", "/p0"]
