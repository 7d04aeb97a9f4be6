"""What the tasks call: plain values in and out, hostile parameters, the lease."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_lake import take_in

from dateline import tasks
from dateline.errors import LeaseHeld, UsageError
from dateline.settings import Settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("DATELINE_LAKE", str(tmp_path / "lake"))
    monkeypatch.setenv("DATELINE_ARCHIVES", str(tmp_path / "archives"))
    (tmp_path / "archives" / "box").mkdir(parents=True)
    (tmp_path / "archives" / "box" / "one.txt").write_text("x")
    (tmp_path / "secret").mkdir()
    (tmp_path / "archives" / "link").symlink_to(tmp_path / "secret")
    return Settings(lake=str(tmp_path / "lake"))


@pytest.mark.parametrize(
    ("path", "kind", "captured"),
    [
        ("../secret", "text", None),
        ("box/../../secret", "text", None),
        ("/etc", "text", None),
        ("link", "text", None),
        ("box\0", "text", None),
        ("nowhere", "text", None),
        ("box", "exe", None),
        ("box", "text", "2024-02-31"),
        ("box", "text", "yesterday"),
    ],
)
def test_an_archive_that_may_not_be_read(
    settings: Settings, path: str, kind: str, captured: str | None
) -> None:
    with pytest.raises(UsageError):
        tasks.check_archive(path, kind, None, captured)


def test_an_archive_that_may(settings: Settings, tmp_path: Path) -> None:
    asked = tasks.check_archive("box", "text", "mine", "2024-03-25T06:00:00Z")
    assert Path(asked["path"]) == tmp_path / "archives" / "box"
    assert json.loads(json.dumps(asked)) == asked


@given(sizes=st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_every_batch_lies_in_exactly_one_shard(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("box")
    for number, size in enumerate(sizes):
        (folder / f"{number:03d}.jsonl").write_bytes(b"x" * size)
    asked = {"path": str(folder), "kind": "jsonl", "archive": None, "captured_at": None}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks, "SHARD_BYTES", 1)
        shards = tasks.shards_of(asked)
    assert len(shards) <= tasks.MOST_SHARDS
    named = [batch.id for shard in shards for batch in tasks._of_shard(shard)]
    assert named == [batch.id for batch in tasks._batches(asked)]


def test_a_small_archive_is_one_shard(settings: Settings, tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / "archives" / "box" / f"{number}.txt").write_text("x")
    assert len(tasks.shards_of(tasks.check_archive("box", "text", None, None))) == 1


def test_one_run_at_a_time_holds_the_lease(settings: Settings, tmp_path: Path) -> None:
    take_in(settings, tmp_path / "in", [("2024-03-25", "Ferry landing to be repaired")])
    groups, before = tasks.find_dirty("one")
    assert (groups, before) == ([["2024-03-25"]], {"2024-03-25": ""})
    with pytest.raises(LeaseHeld):
        tasks.find_dirty("two")
    with pytest.raises(LeaseHeld):
        tasks.work("sign", ["2024-03-25"], "two")
    tasks.free("two")
    with pytest.raises(LeaseHeld):
        tasks.find_affected("two")
    tasks.free("one")
    assert tasks.find_dirty("two")[0] == groups


def test_work_renews_the_lease(settings: Settings, tmp_path: Path) -> None:
    take_in(settings, tmp_path / "in", [("2024-03-25", "Ferry landing to be repaired")])
    tasks.find_dirty("one")
    path, soon = tmp_path / "lake" / "lease.json", datetime.now(UTC) + timedelta(minutes=1)
    path.write_text(json.dumps({"owner": "one", "until": soon.isoformat()}))
    tasks.work("sign", ["2024-03-25"], "one")
    assert datetime.fromisoformat(json.loads(path.read_text())["until"]) > soon + timedelta(minutes=5)


def test_find_dirty_that_fails_holds_no_lease(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(settings, tmp_path / "in", [("2024-03-25", "Ferry landing to be repaired")])
    for file in (tmp_path / "lake" / "receipts" / "clean").iterdir():
        os.truncate(file, 3)
    with pytest.raises(Exception, match=r"\S"):
        tasks.find_dirty("one")
    assert not (tmp_path / "lake" / "lease.json").exists()


def test_changed_names_days_and_never_the_null_partition(settings: Settings) -> None:
    before = {"2024-03-25": "1:aa", "2024-03-26": "", "__HIVE_DEFAULT_PARTITION__": "1:bb"}
    assert tasks.changed(before) == ["2024-03-25"]
