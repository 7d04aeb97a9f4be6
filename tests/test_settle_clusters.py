"""Chains over many days: whatever comes late moves their roots, in one settle and no further than it must."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dateline.days import Days
from dateline.edges.archive import ArchiveBatch, plan
from dateline.edges.lake import Lake
from dateline.errors import LakeError
from dateline.health import inspect
from dateline.pipeline import DERIVED_DATASETS
from dateline.run import import_batch, settle_all
from dateline.settings import Settings
from dateline.settle import Span

DAYS = ("2026-03-20", "2026-03-22", "2026-03-24", "2026-03-26")
"""Each of them just within the window of the one after it."""
STORY = " ".join(f"{place} council item{n} vote" for n, place in enumerate(("Oslo", "Lima", "Perth") * 8))


def settings_of(folder: Path) -> Settings:
    return replace(Settings(lake=str(folder / "lake"), model="none"), window_days=2)


@pytest.fixture(scope="module")
def dumps(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ArchiveBatch]:
    """Day → a dump with a note that all days have, each on its own site, and one of the day's own."""
    folder = tmp_path_factory.mktemp("in")
    for number, day in enumerate(DAYS):
        notes = {
            "vote": STORY,
            "weather": f"It rained on day {number} of the fair in Ness, and all went home.",
        }
        records = [
            {"url": f"https://paper{number}.test/{name}", "text": text, "published": f"{day}T08:00:00Z"}
            for name, text in notes.items()
        ]
        (folder / f"{day}.jsonl").write_text("".join(json.dumps(one) + "\n" for one in records))
    found = plan(folder, "jsonl", None)
    assert len(found) == len(DAYS)
    return dict(zip(DAYS, found, strict=True))


def settled(folder: Path, dumps: dict[str, ArchiveBatch], *rounds: tuple[str, ...]) -> Settings:
    """A lake that takes some days in, is settled, takes others in, and so on."""
    settings = settings_of(folder)
    for days in rounds:
        for day in days:
            import_batch(settings, dumps[day], None, {})
        list(settle_all(settings))
    return settings


def files(settings: Settings) -> dict[str, bytes]:
    root = Path(settings.lake)
    paths = (path for name in DERIVED_DATASETS for path in sorted((root / name).rglob("*.parquet")))
    return {str(path.relative_to(root)): path.read_bytes() for path in paths}


def chains(settings: Settings) -> dict[str, tuple[str, int, str | None]]:
    """Day → day of the root of its longest chain, links to it, and what the first of them says."""
    found = {}
    for row in Lake.open(settings.lake).dataset("clusters").to_pylist():
        told = (str(row["root_date"]), row["depth"], row["relation"])
        found[str(row["date"])] = max(told, found.get(str(row["date"]), told), key=lambda one: one[1])
    return found


ALL = {
    DAYS[0]: (DAYS[0], 0, None),
    DAYS[1]: (DAYS[0], 1, "duplicate"),
    DAYS[2]: (DAYS[0], 2, "duplicate"),
    DAYS[3]: (DAYS[0], 3, "duplicate"),
}


@pytest.fixture(scope="module")
def whole(dumps: dict[str, ArchiveBatch], tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settled(tmp_path_factory.mktemp("whole"), dumps, DAYS)


def test_a_chain_is_followed_over_more_days_than_the_window(whole: Settings) -> None:
    assert chains(whole) == ALL
    assert list(inspect(whole)) == []
    rows = Lake.open(whole.lake).dataset("clusters").to_pylist()
    assert sum(row["depth"] == 0 for row in rows) == 5
    assert all((row["root_id"] == row["article_id"]) == (row["depth"] == 0) for row in rows)


def test_copies_on_other_sites_tell_where_they_come_from(whole: Settings) -> None:
    rows = Lake.open(whole.lake).dataset("articles").to_pylist()
    told = {row["url"]: (row["syndicated_from"], row["syndicated_why"]) for row in rows}
    copies = {f"https://paper{number}.test/vote": number for number in range(1, len(DAYS))}
    assert {url: told[url] for url in copies} == {
        url: (f"paper{number - 1}.test", "earliest") for url, number in copies.items()
    }
    assert {told[url] for url in set(told) - set(copies)} == {(None, None)}


@pytest.mark.parametrize(
    "rounds",
    [
        (DAYS[::-1],),
        ((DAYS[2],), (DAYS[0],), (DAYS[3],), (DAYS[1],)),
        ((DAYS[3], DAYS[1]), (DAYS[1], DAYS[0], DAYS[2])),
        (DAYS[1:], DAYS[:1], DAYS),
    ],
    ids=["backwards", "one by one with holes", "a hole in between", "the first last, all twice"],
)
def test_the_order_of_intake_does_not_matter(
    rounds: tuple[tuple[str, ...], ...], whole: Settings, dumps: dict[str, ArchiveBatch], tmp_path: Path
) -> None:
    settings = settled(tmp_path, dumps, *rounds)
    assert files(settings) == files(whole)
    assert list(inspect(settings)) == []


def test_an_early_day_that_comes_late_moves_all_roots_in_one_settle(
    whole: Settings, dumps: dict[str, ArchiveBatch], tmp_path: Path
) -> None:
    settings = settled(tmp_path, dumps, DAYS[1:])
    assert chains(settings)[DAYS[3]] == (DAYS[1], 2, "duplicate")
    before = files(settings)
    import_batch(settings, dumps[DAYS[0]], None, {})
    done = list(settle_all(settings))
    assert [one.what for one in done if one.step == "cluster" and one.changed] == list(DAYS)
    assert {one.what for one in done if one.step == "publish"} == set(DAYS[:2])
    assert chains(settings) == ALL
    moved = {path for path, data in files(settings).items() if before.get(path) != data}
    assert {path for path in moved if DAYS[2] in path or DAYS[3] in path} == {
        f"clusters/date={day}/part.parquet" for day in DAYS[2:]
    }
    assert files(settings) == files(whole)


def test_where_no_root_moves_the_wave_ends(dumps: dict[str, ArchiveBatch], tmp_path: Path) -> None:
    settings = settled(tmp_path, dumps, DAYS)
    late = tmp_path / "late.jsonl"
    url = "https://late.test/ferry"
    late.write_text(json.dumps({"url": url, "text": "A ferry left.", "published": f"{DAYS[0]}T09:00:00Z"}))
    for batch in plan(late, "jsonl", None):
        import_batch(settings, batch, None, {})
    done = [one for one in settle_all(settings) if one.step == "cluster"]
    assert [(one.what, one.changed) for one in done] == [(DAYS[0], True), (DAYS[1], False)]
    assert list(inspect(settings)) == []


def test_a_root_that_is_taken_away_leaves_the_next_one(
    whole: Settings, dumps: dict[str, ArchiveBatch], tmp_path: Path
) -> None:
    settings = settled(tmp_path / "one", dumps, DAYS)
    lake = Lake.open(settings.lake)
    for receipt in list(lake.receipts("clean")):
        if receipt.id == dumps[DAYS[0]].id:
            for step in ("clean", "fetch"):
                lake.store.delete(f"receipts/{step}/{receipt.batch}.json")
    list(settle_all(settings))
    assert date.fromisoformat(DAYS[0]) not in lake.days("clusters")
    assert chains(settings)[DAYS[3]] == (DAYS[1], 2, "duplicate")
    assert files(settings) == files(settled(tmp_path / "two", dumps, DAYS[1:]))


def test_a_lake_of_before_gets_its_clusters_and_nothing_else_is_made(
    whole: Settings, dumps: dict[str, ArchiveBatch], tmp_path: Path
) -> None:
    settings = settled(tmp_path, dumps, DAYS)
    lake = Lake.open(settings.lake)
    for day in lake.days("clusters"):
        lake.remove_day("clusters", day)
    told = [finding.what for finding in inspect(settings)]
    assert told == [f"{day} has documents and no clusters; run `dateline settle`" for day in DAYS]
    done = list(settle_all(settings))
    assert [(one.step, one.what) for one in done] == [("cluster", day) for day in DAYS]
    assert files(settings) == files(whole)


def test_days_out_of_the_span_wait(whole: Settings, dumps: dict[str, ArchiveBatch], tmp_path: Path) -> None:
    settings = settled(tmp_path, dumps, DAYS[1:])
    import_batch(settings, dumps[DAYS[0]], None, {})
    list(settle_all(settings, Span(None, date.fromisoformat(DAYS[2]))))
    assert chains(settings) == ALL | {DAYS[3]: (DAYS[1], 2, "duplicate")}
    assert [finding.level for finding in inspect(settings)] == ["dirty"]
    list(settle_all(settings))
    assert files(settings) == files(whole)


def test_a_run_that_dies_on_the_way_is_gone_on_with(
    whole: Settings, dumps: dict[str, ArchiveBatch], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settled(tmp_path, dumps, DAYS[1:])
    import_batch(settings, dumps[DAYS[0]], None, {})
    cluster = Days.cluster

    def dies(self: Days, day: date) -> object:
        if str(day) == DAYS[2]:
            raise LakeError("on purpose")
        return cluster(self, day)

    with monkeypatch.context() as patch:
        patch.setattr(Days, "cluster", dies)
        with pytest.raises(LakeError, match="on purpose"):
            list(settle_all(settings))
    list(settle_all(settings))
    assert files(settings) == files(whole)


def test_stale_clusters_are_made_again_in_their_order(
    whole: Settings, dumps: dict[str, ArchiveBatch], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dateline.steps.cluster import ClusterRules

    settings = settled(tmp_path, dumps, DAYS)
    declare = ClusterRules.declare
    monkeypatch.setattr(ClusterRules, "declare", lambda rules: declare(rules) | {"version": "other"})
    assert [finding.level for finding in inspect(settings)] == ["stale"] * len(DAYS)
    assert all(one.skipped for one in settle_all(settings))
    done = [one.what for one in settle_all(settings, versions=True) if one.step == "cluster"]
    assert done == list(DAYS)
    assert list(inspect(settings)) == []
