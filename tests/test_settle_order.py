"""Order does not matter: any batches, in any order, twice, settled half-way, end with the same bytes."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline.contracts.articles import ARTICLES
from dateline.edges.archive import plan
from dateline.edges.lake import Lake
from dateline.errors import ContractBroken, LeaseHeld, SumsDoNotAdd
from dateline.health import inspect
from dateline.run import clean_one, fetch_archive, import_batch, settle_all
from dateline.settings import Settings
from dateline.steps.fetch import fetch
from dateline.steps.publish import publish
from dateline.sums import check_clean

DERIVED = ("signatures", "duplicates", "clusters", "annotations", "articles")
PLACES = ("Oslo", "Lima", "Perth", "Quito", "Accra", "Turin")


def story(n: int) -> str:
    """Sixty words that no other story shares, over a few shared ones."""
    return " ".join(f"{place} council item{n}x{k} vote" for k, place in enumerate(PLACES * 4))


def archive(folder: Path) -> Path:
    """Twelve dumps over five days: versions, refetches, copies within and across days, and bad lines."""
    rng = random.Random(7)
    folder.mkdir()
    for n in range(12):
        day = 20 + n % 5
        records: list[dict[str, Any]] = []
        for k in range(4):
            subject = (n * 3 + k) % 8
            records.append(
                {
                    "url": f"https://paper{n % 2}.test/story-{subject}",
                    "title": f"Council {subject} votes",
                    "text": story(subject) + (" Corrected later." if n % 3 == 2 else ""),
                    "published": f"2026-03-{day if rng.random() < 0.7 else 22:02}T{6 + k:02}:00:00Z",
                    "captured": f"2026-03-{day:02}T{10 + k:02}:{n:02}:00Z",
                }
            )
        lines = [json.dumps(record) for record in records] + ["{broken"] * (n % 2)
        (folder / f"dump-{n:02}.jsonl").write_text("\n".join(lines) + "\n")
    return folder


@pytest.fixture(scope="module")
def batches(tmp_path_factory):
    return plan(archive(tmp_path_factory.mktemp("in") / "council"), "jsonl", None)


def settings_of(folder: Path) -> Settings:
    return Settings(lake=str(folder))


def files(lake: str) -> dict[str, bytes]:
    """Path → bytes of every derived file."""
    root = Path(lake)
    return {
        str(path.relative_to(root)): path.read_bytes()
        for name in DERIVED
        for path in sorted((root / name).rglob("*.parquet"))
    }


def run(folder: Path, batches: list, *, half_way: tuple[int, ...] = (), twice: bool = False) -> Settings:
    settings = settings_of(folder)
    for number, batch in enumerate(batches):
        for _ in range(2 if twice else 1):
            import_batch(settings, batch, None, {})
        if number in half_way:
            list(settle_all(settings))
    list(settle_all(settings))
    return settings


@pytest.fixture(scope="module")
def reference(batches, tmp_path_factory):
    return run(tmp_path_factory.mktemp("ref") / "lake", batches)


def test_every_kind_of_link_and_fold_is_in_the_sample(reference):
    """Without them, equal bytes would prove little."""
    lake = Lake.open(reference.lake)
    rows = lake.dataset("articles").to_pylist()
    assert {row["duplicate_kind"] for row in rows} >= {"exact", None}
    assert any(row["version_count"] > 1 for row in rows)
    assert any(row["sighting_count"] > row["version_count"] for row in rows)
    assert any(row["version_of"] for row in rows)
    assert lake.dataset("rejects").num_rows == 6
    assert list(inspect(reference)) == []


@pytest.mark.parametrize(
    ("order", "half_way", "twice"),
    [
        ("reversed", (), False),
        ("shuffled", (2, 5, 8), False),
        ("in order", (0,), True),
        ("first last", (10,), False),
    ],
)
def test_same_bytes(reference, batches, tmp_path, order, half_way, twice):
    arranged = list(batches)
    if order == "reversed":
        arranged.reverse()
    elif order == "shuffled":
        random.Random(11).shuffle(arranged)
    elif order == "first last":
        arranged = [*arranged[1:], arranged[0]]
    settings = run(tmp_path / "lake", arranged, half_way=half_way, twice=twice)
    assert files(settings.lake) == files(reference.lake)
    assert list(inspect(settings)) == []


def test_a_day_filled_late_moves_just_the_days_that_look_back_on_it(reference, batches, tmp_path):
    settings = run(tmp_path / "lake", batches[:-1])
    import_batch(settings, batches[-1], None, {})
    moved = {
        file.day
        for receipt in Lake.open(settings.lake).receipts("clean")
        if receipt.id == batches[-1].id
        for file in receipt.of("documents")
    }
    done = list(settle_all(settings))
    assert {summary.what for summary in done if summary.step == "sign"} == moved
    assert {summary.what for summary in done if summary.step == "deduplicate"} == {
        summary.what for summary in done if summary.step == "publish"
    }
    assert min(summary.what for summary in done if summary.step == "deduplicate") == min(moved)
    assert files(settings.lake) == files(reference.lake)


def test_nothing_new_does_nothing_and_says_so(reference, batches):
    before = files(reference.lake)
    again = [summary for batch in batches for summary in import_batch(reference, batch, None, {})]
    again += settle_all(reference)
    assert all(summary.skipped for summary in again)
    assert len(again) == 2 * len(batches) + 1
    assert files(reference.lake) == before


def test_a_batch_that_loses_its_documents_takes_the_day_away(batches, tmp_path):
    settings = run(tmp_path / "lake", batches[:2])
    lake = Lake.open(settings.lake)
    first, second = lake.receipts("clean")
    (lost,) = {file.day for file in second.of("documents")} - {file.day for file in first.of("documents")}
    for step in ("clean", "fetch"):
        lake.store.delete(f"receipts/{step}/{second.batch}.json")
    list(settle_all(settings))
    assert {lost} & {str(day) for name in DERIVED for day in lake.days(name)} == set()
    assert lake.days("articles")
    assert lake.dataset("changes").column("reason").to_pylist().count("removed") > 0


def test_changes_tell_every_publication(reference):
    rows = Lake.open(reference.lake).dataset("changes").to_pylist()
    lake = Lake.open(reference.lake)
    now = {str(day): lake.footer("articles", day).row_digest for day in lake.days("articles")}
    assert {row["date_published"]: row["new"] for row in rows} == now
    assert all(row["added"] == row["rows"] and row["reason"] == "new" for row in rows)


def test_two_settles_at_once_one_waits(reference):
    first = settle_all(reference, owner="one")
    next(first)
    with pytest.raises(LeaseHeld, match="one is settling"):
        next(settle_all(reference, owner="two"))
    first.close()
    assert list(settle_all(reference, owner="two"))


@pytest.mark.parametrize(
    "sums",
    [
        {"captures": 5, "doubled": 0, "no_pages": 1, "entries": 0, "documents": 3, "rejects": 0},
        {"captures": 5, "doubled": 0, "no_pages": 1, "entries": 2, "documents": 4, "rejects": 0},
        {"captures": 4, "doubled": 0, "no_pages": 0, "entries": 0, "documents": 4, "rejects": 0},
    ],
)
def test_sums_that_do_not_add_up_fail_the_run(sums):
    with pytest.raises(SumsDoNotAdd, match="≠"):
        check_clean("a batch", sums, listed=5)


def test_cleaning_before_fetching_says_so(tmp_path):
    summary = clean_one(settings_of(tmp_path / "lake"), "archive/none/x/all")
    assert summary.skipped == "it has not been fetched"


def test_a_changed_file_adds_captures_and_keeps_the_old(tmp_path):
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "one.txt").write_text(
        "date 2026-03-22 A day of rain\n\nOSLO\nIt rained all day in the harbour town.\n"
    )
    settings = settings_of(tmp_path / "lake")
    for text in ("It rained", "It poured"):
        path = folder / "one.txt"
        path.write_text(path.read_text().replace("It rained", text))
        (batch,) = plan(folder, "text", None)
        fetch_archive(settings, batch, None, {})
        clean_one(settings, batch.id)
    list(settle_all(settings))
    lake = Lake.open(settings.lake)
    assert lake.dataset("captures").num_rows == 2
    (row,) = lake.dataset("articles").to_pylist()
    assert row["version_count"] == 2
    assert row["sighting_count"] == 2
    assert list(inspect(settings)) == []


def notes(folder: Path, days: list[str]) -> list:
    """One note of the same words for each day, each under its own name."""
    folder.mkdir()
    for day in days:
        (folder / f"{day}.txt").write_text(f"date {day} A note\n\n{story(1)}\n")
    return plan(folder, "text", None)


def test_copies_link_at_most_w_days_back(tmp_path):
    settings = replace(settings_of(tmp_path / "lake"), window_days=2)
    for batch in notes(tmp_path / "in", ["2026-03-20", "2026-03-22", "2026-03-25"]):
        import_batch(settings, batch, None, {})
    list(settle_all(settings))
    rows = Lake.open(settings.lake).dataset("articles").to_pylist()
    assert {str(row["date"]): str(row["duplicate_of_date"]) for row in rows} == {
        "2026-03-20": "None",
        "2026-03-22": "2026-03-20",
        "2026-03-25": "None",
    }


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda batch: batch.slice(1), "documents ≠ 0 articles"),
        (lambda batch: batch.take([0, 0]), "repeats"),
        (lambda batch: with_link(batch), "articles have duplicate_of"),
    ],
    ids=["a row lost", "a row twice", "a link made up"],
)
def test_a_publication_whose_sums_do_not_hold_is_not_put_in_place(tmp_path, monkeypatch, change, told):
    settings = settings_of(tmp_path / "lake")
    for batch in notes(tmp_path / "in", ["2026-03-20"]):
        import_batch(settings, batch, None, {})

    def wrong(*arguments):
        for kept, batch in publish(*arguments):
            yield kept, change(batch)

    monkeypatch.setattr("dateline.steps.publish.publish", wrong)
    with pytest.raises((SumsDoNotAdd, ContractBroken), match=told):
        list(settle_all(settings))
    lake = Lake.open(settings.lake)
    assert lake.days("articles") == []
    assert lake.dataset("changes").num_rows == 0
    assert not list(Path(settings.lake).rglob("*.tmp"))
    monkeypatch.undo()
    list(settle_all(settings))
    assert list(inspect(settings)) == []


def with_link(batch):
    rows = batch.to_pylist()
    return ARTICLES.batch([row | {"duplicate_of": "0" * 32} for row in rows])


def test_a_body_that_the_fetch_step_loses_fails_the_run(tmp_path, monkeypatch):
    (batch,) = notes(tmp_path / "in", ["2026-03-20"])
    step = fetch

    def losing(*arguments):
        return (made for made in step(*arguments) if made[0].name != "captures")

    monkeypatch.setattr("dateline.intake.fetch", losing)
    with pytest.raises(SumsDoNotAdd, match="1 exchanges to keep ≠ 0 captures"):
        fetch_archive(settings_of(tmp_path / "lake"), batch, None, {})
    assert list(Lake.open(str(tmp_path / "lake")).receipts("fetch")) == []
