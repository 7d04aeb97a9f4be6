"""`changes` leads to what is published, whatever died in between; and each publication is announced."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from dateline.edges.archive import plan
from dateline.edges.clock import Clock
from dateline.edges.lake import Lake
from dateline.edges.lake.lake import Lake as LakeClass
from dateline.news import ANNOUNCED, History, mark_announced, unannounced
from dateline.run import import_batch, settle_all
from dateline.settings import Settings
from dateline.settle import days_of

NOW = datetime(2026, 3, 25, 12, tzinfo=UTC)
DAY = date(2026, 3, 22)
A, B, C = (f"{count}:{letter * 64}" for count, letter in ((1, "a"), (2, "b"), (3, "c")))


@dataclass
class Watch:
    """A clock that a test sets."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


def history(folder: Path, watch: Watch | None = None) -> History:
    return History.read(Lake.open(str(folder)), watch or Watch())


def tell(folder: Path, *steps: tuple[str, str], watch: Watch | None = None) -> None:
    for old, new in steps:
        history(folder, watch).tell(DAY, {"old": old, "new": new, "rows": 1, "reason": "inputs"})


def rows(folder: Path) -> list[tuple[str, str, str]]:
    found = Lake.open(str(folder)).dataset("changes").to_pylist()
    found.sort(key=lambda row: row["at"])
    return [(row["old"], row["new"], row["reason"]) for row in found]


REPAIRS = {
    "nothing published, nothing told": ([], "", "", []),
    "as told": ([("", A), (A, B)], B, "", [("", A), (A, B)]),
    "there and back": ([("", A), (A, B), (B, A)], A, "", [("", A), (A, B), (B, A)]),
    "twice the same step": ([("", A), (A, B), (B, A), (A, B)], B, "", [("", A), (A, B), (B, A), (A, B)]),
    "removed": ([("", A), (A, "")], "", "", [("", A), (A, "")]),
    "the first rename never happened": ([("", A)], "", "rows_dropped", []),
    "the last rename never happened": ([("", A), (A, B)], A, "rows_dropped", [("", A)]),
    "nor did a removal": ([("", A), (A, "")], A, "rows_dropped", [("", A)]),
    "nor a second same step": (
        [("", A), (A, B), (B, A), (A, B)], A, "rows_dropped", [("", A), (A, B), (B, A)]),
    "published and not told": ([], A, "rows_added", [("", A)]),
    "published on and not told": ([("", A)], B, "rows_added", [("", A), (A, B)]),
    "a row in the middle was lost": ([("", A), (B, C)], C, "rows_added", [("", A), (B, C), (C, C)]),
    "a removal was not told": ([("", A), (A, B)], "", "rows_added", [("", A), (A, B), (B, "")]),
}  # fmt: skip


@pytest.mark.parametrize("name", REPAIRS)
def test_the_rows_of_a_day_are_made_to_lead_to_what_is_published(tmp_path, name):
    steps, present, done, after = REPAIRS[name]
    tell(tmp_path, *steps)
    assert history(tmp_path).repair(DAY, present) == done
    assert [pair[:2] for pair in rows(tmp_path)] == after
    assert history(tmp_path).repair(DAY, present) == ""


def test_a_found_row_says_that_what_changed_is_not_known(tmp_path):
    history(tmp_path).repair(DAY, B)
    (row,) = Lake.open(str(tmp_path)).dataset("changes").to_pylist()
    assert (row["reason"], row["rows"], row["added"]) == ("found", 2, None)


@hypothesis_settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(["", A, B, C]), st.sampled_from(["", A, B, C])), max_size=6),
       st.sampled_from(["", A, B, C]))  # fmt: skip
def test_any_muddle_is_a_chain_after_two_repairs(tmp_path_factory, steps, present):
    folder = tmp_path_factory.mktemp("lake")
    tell(folder, *(step for step in steps if step[0] != step[1]))
    history(folder).repair(DAY, present)
    history(folder).repair(DAY, present)
    assert history(folder).repair(DAY, present) == ""
    steps_now = [row[:2] for row in rows(folder)]
    assert present in {"", *(new for _, new in steps_now)}
    shutil.rmtree(folder)


def test_rows_stay_in_order_when_the_clock_jumps_back(tmp_path):
    watch = Watch()
    tell(tmp_path, ("", A), watch=watch)
    watch.at = NOW - timedelta(days=365)
    tell(tmp_path, (A, B), (B, A), watch=watch)
    assert [pair[:2] for pair in rows(tmp_path)] == [("", A), (A, B), (B, A)]
    assert [path.parent.name for path in (tmp_path / "changes").rglob("*.parquet")] == ["date=2026-03-25"] * 3


@pytest.fixture
def notes(tmp_path):
    """A settled lake of three days, and its settings."""
    folder = tmp_path / "notes"
    folder.mkdir()
    for day in ("2026-03-22", "2026-03-23", "2026-03-24"):
        story = f"The harbour council met on day {day} and voted for a new pier that will open next year."
        (folder / f"{day}.txt").write_text(f"date {day} A pier\n\nOSLO\n{story}\n")
    settings = Settings(lake=str(tmp_path / "lake"), model="none")
    take_in(settings, folder)
    return settings


def take_in(settings, folder):
    for batch in plan(folder, "text", None):
        import_batch(settings, batch, None, {})
    return list(settle_all(settings))


def chains(settings) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    told = Lake.open(settings.lake).dataset("changes").to_pylist()
    for row in sorted(told, key=lambda row: row["at"]):
        found.setdefault(row["date_published"], []).append((row["old"], row["new"]))
    return found


@pytest.mark.parametrize("dies", ["before the rename", "after the rename"])
def test_a_publication_that_died_is_told_once_in_the_end(notes, tmp_path, monkeypatch, dies):
    publish = LakeClass.publish

    def die(self, staged):
        if staged.path.startswith("articles/"):
            if dies == "after the rename":
                publish(self, staged)
            raise KeyboardInterrupt
        publish(self, staged)

    more = "Another story of the pier: its lamps were chosen by the children of the town."
    (tmp_path / "notes" / "more.txt").write_text(f"date 2026-03-22 Lamps\n\nOSLO\n{more}\n")
    monkeypatch.setattr(LakeClass, "publish", die)
    with pytest.raises(KeyboardInterrupt):
        take_in(notes, tmp_path / "notes")
    monkeypatch.undo()
    list(settle_all(notes))
    days, told = days_of(notes), chains(notes)
    for day in days.lake.days("articles"):
        steps = told[str(day)]
        assert steps[-1][1] == days.digest("articles", day)
        assert steps[0][0] == ""
        assert all(one[1] == other[0] for one, other in pairwise(steps))
    assert len(told["2026-03-22"]) == 2


def test_the_reason_that_a_person_gave_is_kept(notes):
    list(settle_all(notes, versions=True, note="the new gazetteer"))
    shutil.rmtree(Path(notes.lake) / "articles/date=2026-03-22")
    list(settle_all(notes, note="a folder was lost"))
    notes_told = [row["note"] for row in Lake.open(notes.lake).dataset("changes").to_pylist()]
    assert notes_told.count("a folder was lost") == 1
    assert notes_told.count(None) == len(notes_told) - 1


def test_every_publication_is_announced_until_it_is_marked(notes, tmp_path):
    lake = Lake.open(notes.lake)
    first = unannounced(days_of(notes))
    assert list(first) == ["2026-03-22", "2026-03-23", "2026-03-24"]
    assert unannounced(days_of(notes)) == first
    mark_announced(lake, dict(list(first.items())[:2]))
    assert list(unannounced(days_of(notes))) == ["2026-03-24"]
    mark_announced(lake, first)
    assert unannounced(days_of(notes)) == {}
    shutil.rmtree(Path(notes.lake) / "articles/date=2026-03-23")
    assert unannounced(days_of(notes)) == {"2026-03-23": ""}
    mark_announced(lake, {"2026-03-23": ""})
    assert unannounced(days_of(notes)) == {}


@pytest.mark.parametrize("torn", [b"", b"[]", b"{"])
def test_marks_that_were_lost_announce_again(notes, torn):
    lake = Lake.open(notes.lake)
    mark_announced(lake, unannounced(days_of(notes)))
    lake.store.put(ANNOUNCED, torn)
    assert len(unannounced(days_of(notes))) == 3


def test_the_clock_of_a_history_is_the_systems_by_default(tmp_path):
    made = History.read(Lake.open(str(tmp_path)), Clock())
    made.tell(DAY, {"old": "", "new": A, "rows": 1, "reason": "new"})
    (row,) = Lake.open(str(tmp_path)).dataset("changes").to_pylist()
    assert abs(row["at"] - datetime.now(UTC)) < timedelta(minutes=1)
