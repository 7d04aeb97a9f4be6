"""Two tasks that poll at the same time: what they ask of hosts that both have pages on, and of their own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from dateline import live, live_runs
from dateline.edges.clock import Clock
from dateline.edges.lake import Lake
from dateline.edges.lake.holds import only
from dateline.edges.sources import load
from dateline.errors import LeaseHeld
from scripted_town import DAWN, FIRST, Town, feed, item, page
from scripted_web import answer

GAP = 0.05


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path)
    made.settings = replace(made.settings, host_gap=GAP, now=DAWN.isoformat())
    yield made
    made.web.close()


def two_papers(town: Town, pages: int = 6) -> list[live_runs.LiveRun]:
    """Papers on hosts of different shards, whose articles lie on one host."""
    for slug in ("quay", "pier"):
        paths = [f"/{slug}/{number}" for number in range(pages)]
        town.source(slug, f'feeds = ["http://feeds.{slug}.test/feed"]')
        town.scripts[f"feeds.{slug}.test/feed"] = feed(*map(item, paths))
        town.scripts |= {f"www.quay.test{path}": page(f"{FIRST} {path}") for path in paths}
    batches = live_runs.resolve_live(town.settings)
    assert len(batches) == 2, "both in one shard: choose other hosts"
    return batches


def together(town: Town, batches: list[live_runs.LiveRun]) -> list[Exception]:
    failed: list[Exception] = []

    def fetch(batch: live_runs.LiveRun) -> None:
        try:
            live_runs.fetch_live(town.settings, batch)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=fetch, args=(batch,)) for batch in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return failed


def test_a_host_is_asked_by_one_task_at_a_time_with_the_same_pause(town: Town) -> None:
    assert together(town, two_papers(town)) == []
    asked = [one for one in town.web.asked if one.host == "www.quay.test"]
    assert len([one for one in asked if one.path.startswith(("/quay/", "/pier/"))]) == 12
    times = sorted(one.at for one in asked)
    gaps = [later - sooner for sooner, later in pairwise(times)]
    # From end to start, as seen by the one who asks; the one who is asked sees a little more or less.
    assert min(gaps) >= GAP * 0.9
    attempts = Lake.open(town.settings.lake).dataset("attempts").to_pylist()
    assert {row["outcome"] for row in attempts if row["input_kind"] == "page"} == {"captured"}


def test_a_second_task_of_a_shard_is_refused_and_asks_nothing(town: Town) -> None:
    batches = two_papers(town)
    holds = Lake.open(town.settings.lake).store.holds(Clock.of(town.settings))
    with only(holds, f"live shard {batches[0].shard}"):
        [error] = together(town, batches[:1])
    assert isinstance(error, LeaseHeld)
    assert town.web.asked == []
    assert together(town, batches[:1]) == []


def test_each_source_belongs_to_one_shard_over_retries(town: Town) -> None:
    batches = two_papers(town)
    again = live_runs.resolve_live(town.settings)
    assert again == batches
    sources = load(town.settings.sources)
    dealt = [source.slug for shard in range(4) for source in live.of_shard(sources, shard, 4)]
    assert sorted(dealt) == ["pier", "quay"]


def test_what_there_is_no_time_for_is_deferred_and_comes_first(town: Town) -> None:
    town.source("quay", 'feeds = ["http://feeds.quay.test/feed"]', "revisit = false")
    paths = [f"/quay/{number}" for number in range(8)]
    town.scripts["feeds.quay.test/feed"] = [feed(*map(item, paths)), feed(item("/new"), *map(item, paths))]
    town.scripts |= {f"www.quay.test{path}": page(f"{FIRST} {path}") for path in (*paths, "/new")}
    town.settings = replace(town.settings, host_gap=0.4, run_seconds=3.0)
    first = [one.path for one in town.at(0, settle=False) if one.host == "www.quay.test"]
    assert 0 < len(first) < 8
    town.settings = replace(town.settings, host_gap=0.0, run_seconds=60.0)
    then = [one.path for one in town.at(1, settle=False) if one.host == "www.quay.test"]
    assert first + then == [*paths, "/new"]


def test_files_on_a_whole_site_are_asked_for_once_a_day(town: Town) -> None:
    town.source("quay", 'feeds = ["http://www.quay.test/feed"]', "revisit = false")
    robots = answer("User-agent: *\nDisallow: /no\n", content_type="text/plain")
    town.scripts |= {
        "www.quay.test/robots.txt": robots,
        "www.quay.test/feed": [feed(item("/one")), feed(item("/two"), item("/no")), feed(item("/three"))],
    }
    town.scripts |= {
        f"www.quay.test/{name}": page(f"{FIRST} {name}") for name in ("one", "two", "three", "no")
    }
    asked = []
    for hours in (0, 12, 25):
        town.at(hours, settle=False)
        asked.append(sorted(one.path for one in town.web.asked))
    files = ["/.well-known/tdmrep.json", "/ai.txt", "/robots.txt"]
    assert asked == [
        sorted([*files, "/feed", "/one"]), ["/feed", "/two"], sorted([*files, "/feed", "/three"]),
    ]  # fmt: skip
