"""Live runs that are ended in the middle: what is asked again, and that nothing is lost."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from dateline import live, live_runs, run
from dateline.edges.lake import Lake, open_runs, tombstones
from dateline.edges.lake.tombstones import Tombstone
from dateline.errors import Damaged
from dateline.settings import Settings
from dateline.text.urls import article_id
from scripted_town import DAWN, FIRST, Town, feed, item, page

PAGES = [f"/{number:02}" for number in range(24)]
FEEDS = "http://feeds.quay.test"


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    monkeypatch.setattr(live_runs, "SEGMENT_ROWS", 7)
    made = Town(tmp_path)
    made.settings = replace(made.settings, now=DAWN.isoformat(), shards=1, host_gap=0.01)
    made.source("quay", f'feeds = ["{FEEDS}/feed"]', "revisit = false")
    made.scripts["feeds.quay.test/feed"] = feed(*map(item, PAGES))
    made.scripts |= {f"www.quay.test{path}": page(f"{FIRST} {path}") for path in PAGES}
    yield made
    made.web.close()


def asked(town: Town) -> Counter[str]:
    found = Counter(one.path for one in town.web.asked if not one.path.endswith((".txt", ".json")))
    town.web.asked.clear()
    return found


def end_after(patch: pytest.MonkeyPatch, after: int, town: Town, begun: live_runs.LiveRun) -> None:
    """Begin a run that is ended after so many exchanges."""
    real = live.exchanges

    def exchanges(*arguments: Any) -> Iterator[dict[str, Any]]:
        for number, row in enumerate(real(*arguments)):
            if number == after:
                raise KeyboardInterrupt
            yield row

    with patch.context() as broken:
        broken.setattr(live, "exchanges", exchanges)
        with pytest.raises(KeyboardInterrupt):
            live_runs.fetch_live(town.settings, begun)


def captured(town: Town) -> list[str]:
    return sorted(row["url"][-3:] for row in town.rows("captures") if row["input_kind"] == "page")


@pytest.mark.parametrize("after", [0, 1, 6, 7, 8, 13, 14, 15, 27])
@pytest.mark.parametrize("retry", [True, False])
def test_what_is_ended_goes_on_where_it_was(
    town: Town, monkeypatch: pytest.MonkeyPatch, after: int, retry: bool
) -> None:
    (first,) = live_runs.resolve_live(town.settings)
    end_after(monkeypatch, after, town, first)
    kept = set(captured(town))
    asked(town)
    # A feed whose body is in the lake says 304 to whoever asks again with its validator: it must not be.
    again = first if retry else live_runs.LiveRun(f"{first.instant}Z", 0, first.slugs)
    live_runs.fetch_live(town.settings, again)
    twice = asked(town)
    assert not kept & set(twice), "asked again for what the lake has"
    assert captured(town) == PAGES
    assert list(open_runs.open_runs(Lake.open(town.settings.lake).store)) == []
    live_runs.clean_live(town.settings, first.id)
    list(run.settle_all(town.settings))
    assert len(town.rows("articles")) == len(PAGES)


def test_the_feed_of_an_ended_run_is_not_asked_again(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    (first,) = live_runs.resolve_live(town.settings)
    end_after(monkeypatch, 15, town, first)
    kept = set(captured(town))
    # It has gone on since: what it named is known from the lake alone.
    town.scripts["feeds.quay.test/feed"] = feed(item("/new"))
    asked(town)
    live_runs.fetch_live(town.settings, first)
    assert set(asked(town)) == set(PAGES) - kept
    assert captured(town) == PAGES


def test_a_run_that_has_ended_is_not_begun_again(town: Town) -> None:
    (first,) = live_runs.resolve_live(town.settings)
    done = live_runs.fetch_live(town.settings, first)
    assert done.counts["captured"] >= 25
    assert len(list(live_runs.segments(Lake.open(town.settings.lake), first.id))) >= 4
    asked(town)
    again = live_runs.fetch_live(town.settings, first)
    assert (again.changed, again.skipped) == (False, "fetched before")
    assert asked(town) == Counter()
    assert live_runs.clean_live(town.settings, first.id).counts["documents"] == 24
    assert not live_runs.clean_live(town.settings, first.id).changed


def test_a_run_in_which_nothing_was_due_has_one_empty_segment(town: Town) -> None:
    for _ in range(2):
        (made,) = live_runs.resolve_live(town.settings)
        live_runs.fetch_live(town.settings, made)
        town.settings = replace(town.settings, now="2024-03-25T06:01:00+00:00")
    (receipt,) = live_runs.segments(Lake.open(town.settings.lake), made.id)
    assert receipt.sums["tried"] == 0
    assert live_runs.fetch_live(town.settings, made).skipped


def test_what_is_forgotten_in_the_middle_does_not_begin_the_run_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = live_runs.resolve_live(town.settings)
    store, url = Lake.open(town.settings.lake).store, "http://www.quay.test/20"
    real = live.exchanges

    def exchanges(*arguments: Any) -> Iterator[dict[str, Any]]:
        for row in real(*arguments):
            if row["url"].endswith("/20"):
                tombstones.put(
                    store, Tombstone("article", article_id(url), url, "asked for", DAWN.isoformat())
                )
            yield row

    monkeypatch.setattr(live, "exchanges", exchanges)
    live_runs.fetch_live(town.settings, first)
    found = asked(town)
    assert captured(town) == [path for path in PAGES if path != "/20"]
    assert sum(count > 1 for count in found.values()) <= 7, "only its segment is asked for again"


def test_sources_that_went_leave_no_run_open(town: Town) -> None:
    store = Lake.open(town.settings.lake).store
    open_runs.begin(store, open_runs.OpenRun("live/a/000", ("quay", "gone", "other")))
    open_runs.end(store, {"quay"}, {"quay", "other"})
    assert [one.slugs for one in open_runs.open_runs(store)] == [("other",)]
    open_runs.end(store, {"quay", "other"}, {"quay", "other"})
    assert list(open_runs.open_runs(store)) == []


def test_an_open_run_that_can_not_be_read_is_told(town: Town) -> None:
    lake = Lake.open(town.settings.lake)
    open_runs.begin(lake.store, open_runs.OpenRun("live/a/000", ("quay",)))
    (path,) = lake.store.list("receipts/live")
    lake.store.put(path, b"{")
    (first,) = live_runs.resolve_live(town.settings)
    with pytest.raises(Damaged, match="receipts/live"):
        live_runs.fetch_live(town.settings, first)


@pytest.mark.parametrize(
    ("limit", "value", "wanted"),
    [("SEGMENT_ROWS", 3, [3, 3, 1]), ("SEGMENT_BYTES", 25, [3, 3, 1]), ("SEGMENT_SECONDS", -1.0, [1] * 7)],
)
def test_cut(monkeypatch: pytest.MonkeyPatch, limit: str, value: float, wanted: list[int]) -> None:
    monkeypatch.setattr(live_runs, limit, value)
    rows = [{"body": b"ten bytes.", "url": str(number)} for number in range(7)]
    found = [list(segment) for segment in live_runs.cut(rows)]
    assert [len(segment) for segment in found] == wanted
    assert [row["url"] for segment in found for row in segment] == [str(number) for number in range(7)]
    assert [row["seq"] for row in found[0]] == list(range(wanted[0]))
    assert [list(segment) for segment in live_runs.cut([])] == [[]]


def _fetch(settings: Settings, made: live_runs.LiveRun) -> None:
    live_runs.SEGMENT_ROWS = 7
    live_runs.fetch_live(settings, made)


def test_a_killed_process_loses_the_segment_that_it_was_in(town: Town) -> None:
    (first,) = live_runs.resolve_live(town.settings)
    process = get_context("spawn").Process(target=_fetch, args=(town.settings, first))
    process.start()
    lake, ends = Lake.open(town.settings.lake), time.monotonic() + 60
    while len(list(live_runs.segments(lake, first.id))) < 2 and time.monotonic() < ends:
        time.sleep(0.002)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join(10)
    assert process.exitcode == -signal.SIGKILL
    kept = set(captured(town))
    assert 7 <= len(kept) < 24
    asked(town)
    live_runs.fetch_live(town.settings, first)
    found = asked(town)
    assert set(found) == set(PAGES) - kept
    assert captured(town) == PAGES
