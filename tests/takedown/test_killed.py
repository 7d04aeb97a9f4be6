"""A takedown that is killed anywhere is finished by the next run; one that meets another run waits for it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from dateline.edges.clock import Clock
from dateline.edges.lake import Lake, lease, tombstones
from dateline.edges.lake.store import LocalStore
from dateline.errors import Damaged, LeaseHeld
from dateline.intake import fetch_batch
from taken import (
    GONE,
    HOST,
    KEPT,
    ROWS,
    SECRET,
    URL,
    feed,
    findings,
    holders,
    is_open,
    page,
    rows_of,
    settings_of,
    settle,
    state,
    take_down,
    take_in,
)

CANONICAL = page(f"{HOST}/print/17", "A lamp on the pier", SECRET, canonical=URL)
MOVED = {**GONE, "url": f"{HOST}/s/77"}
FEEDS = [feed(f"{HOST}/s/77"), feed(f"{HOST}/print/17"), feed(f"{HOST}/2026/03/24/nets")]


class Killed(BaseException):
    """Nothing catches it."""


def killed_at(patch: pytest.MonkeyPatch, step: int) -> None:
    """Let the given number of moves happen, and no more."""
    left = step
    for name in ("publish", "put", "put_new", "delete"):
        real = getattr(LocalStore, name)

        def move(self, *args, real=real):
            nonlocal left
            if lease.PATH not in args:
                if left == 0:
                    raise Killed
                left -= 1
            return real(self, *args)

        patch.setattr(LocalStore, name, move)


def killed_everywhere(start: Path, folder: Path, work, after) -> list[dict[str, str]]:
    """Kill some work after each of its moves in turn, go on with `after`; what the lake is each time."""
    ends = []
    for step in range(200):
        shutil.copytree(start, folder / str(step))
        settings = settings_of(folder / str(step))
        with pytest.MonkeyPatch.context() as patch:
            killed_at(patch, step)
            try:
                work(settings)
            except Killed:
                pass
            else:
                assert step > 5
                return ends
        after(settings)
        assert holders(settings) == [], step
        assert [level for level, _ in findings(settings)] == ["note"], (step, findings(settings))
        assert not is_open(settings), step
        ends.append(state(settings))
        shutil.rmtree(folder / str(step))
    raise AssertionError("it never came to its end")


@pytest.mark.slow
def test_killed_at_every_move_the_next_run_finishes_it(tmp_path):
    settings = settings_of(tmp_path / "start")
    take_in(settings, "first")
    take_in(settings, "second", [MOVED, CANONICAL, KEPT, *FEEDS])
    settle(settings)

    def again(settings):
        # Before the tombstone is in place nothing was forgotten: whoever asked asks again.
        if not list(tombstones.tombstones(Lake.open(settings.lake).store)):
            assert holders(settings)
            take_down(settings)
        settle(settings)

    ends = killed_everywhere(tmp_path / "start", tmp_path / "killed", take_down, again)
    assert len({tuple(sorted(end.items())) for end in ends}) == 1


@pytest.mark.slow
def test_intake_killed_over_a_page_that_calls_itself_by_a_forgotten_url(tmp_path):
    take_down(settings_of(tmp_path / "start"))

    def intake(settings):
        take_in(settings, "first", [*FEEDS, CANONICAL, MOVED, KEPT])

    def again(settings):
        intake(settings)
        settle(settings)
        assert [
            row["body"] == b"" for row in rows_of(settings, "captures") if row["input_kind"] == "feed"
        ].count(True) == 2

    killed_everywhere(tmp_path / "start", tmp_path / "killed", intake, again)


@pytest.mark.slow
def test_a_settle_killed_over_addresses_that_were_learnt_since(tmp_path):
    settings = settings_of(tmp_path / "start")
    take_down(settings)
    take_in(settings, "first", [*FEEDS, CANONICAL, MOVED, KEPT])
    assert is_open(settings)
    ends = killed_everywhere(tmp_path / "start", tmp_path / "killed", settle, settle)
    assert len({tuple(sorted(end.items())) for end in ends}) == 1


def test_what_lies_beside_the_lake_is_told_of(tmp_path):
    """A file whose receipt is lost is no reader's; nobody but a person can tell whether it may go."""
    settings = settings_of(tmp_path)
    take_in(settings, "first", [GONE])
    take_in(settings, "second", [KEPT])
    [receipt] = [one for one in Lake.open(settings.lake).receipts("fetch") if one.id == "first"]
    for step in ("fetch", "clean"):
        (Path(settings.lake) / "receipts" / step / f"{receipt.batch}.json").unlink()
    take_down(settings)
    assert holders(settings)
    for path in Path(settings.lake).rglob(f"{receipt.batch}-*.parquet"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    told = {what for level, what in findings(settings) if level == "broken" and "holds what" in what}
    assert {what.partition(",")[0] for what in told} == {
        path for path in holders(settings) if path.startswith(("captures", "documents"))
    }


def test_two_at_the_same_time(tmp_path):
    """The second comes while the first is at work: the first must not take its mark away."""
    settings = settings_of(tmp_path)
    take_in(settings, "first")
    settle(settings)
    real, seen = tombstones.unmark, []

    def unmark(store, name):
        if len(seen) < 2:
            seen.append(name)
            with pytest.raises(LeaseHeld, match="nothing of it is taken in any more"):
                take_down(settings, KEPT["url"])
            with pytest.raises(LeaseHeld, match="nothing of it is taken in any more"):
                take_down(settings)
        real(store, name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tombstones, "unmark", unmark)
        take_down(settings)
    # The first of them it has met itself, after its own.
    assert len(tombstones.marks(Lake.open(settings.lake).store)) == 2
    settle(settings)
    assert rows_of(settings, "articles") == []
    assert not is_open(settings)


@pytest.mark.parametrize("step", ["fetch", "clean"])
def test_a_batch_that_is_switched_while_the_lake_is_looked_through_is_found_later(tmp_path, step):
    """Between the last look at the tombstones and the receipt there is an instant."""
    settings = settings_of(tmp_path)
    real, seen = Lake.write_receipt, []

    def write(self, receipt, before):
        if receipt.step == step and not seen:
            seen.append(receipt)
            take_down(settings)
        real(self, receipt, before)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Lake, "write_receipt", write)
        take_in(settings, "first", [CANONICAL, KEPT])
    assert seen
    settle(settings)
    assert holders(settings) == []
    assert [row["url"] for row in rows_of(settings, "articles")] == [KEPT["url"]]
    assert not is_open(settings)


def test_what_is_taken_in_meanwhile_is_taken_in_again(tmp_path):
    settings = settings_of(tmp_path)
    lake, asked = Lake.open(settings.lake), []

    def read(_, __):
        for seq, row in enumerate(ROWS):
            yield {**row, "seq": seq}
        asked.append(1)
        if len(asked) == 1:
            take_down(settings)

    fetch_batch(lake, "first", {"all": "1"}, read)
    assert len(asked) == 2
    assert holders(settings) == []
    assert [row["outcome"] for row in rows_of(settings, "attempts")] == ["captured", "forgotten", "captured"]


def test_while_another_run_settles_it_is_kept_out_and_goes_later(tmp_path):
    settings = settings_of(tmp_path)
    take_in(settings, "first")
    settle(settings)
    store = Lake.open(settings.lake).store
    lease.take(store, "another", Clock().now())
    with pytest.raises(LeaseHeld, match="nothing of it is taken in any more"):
        take_down(settings)
    assert [what for level, what in findings(settings) if level == "dirty"] == [
        "a takedown is not finished: 2 rows of captures, 1 rows of documents, 1 rows of signatures, "
        "1 rows of duplicates, 1 rows of clusters, 1 rows of annotations, 1 rows of articles; run "
        "`dateline settle`"
    ]
    take_in(settings, "second", [replace_url(GONE)])
    assert {row["outcome"] for row in rows_of(settings, "attempts") if "later" in row["url"]} == {"forgotten"}
    lease.free(store, "another")
    settle(settings)
    assert holders(settings) == []
    assert not is_open(settings)


def replace_url(row):
    return {**row, "url": URL + "?utm_source=later"}


def test_a_tombstone_that_cannot_be_read_stops_intake(tmp_path):
    settings = settings_of(tmp_path)
    take_in(settings, "before", [KEPT])
    take_down(settings)
    lake = Lake.open(settings.lake)
    [path] = [path for path in lake.store.list(tombstones.FOLDER) if path.endswith(".json")]
    for data in (b"", b"{}", b"[1]", b"\xff", lake.store.get(path).replace(b"article", b"source")):
        lake.store.put(path, data)
        with pytest.raises(Damaged, match="tombstone"):
            take_in(settings, "first")
    assert any(level == "broken" and "tombstone" in what for level, what in findings(settings))
