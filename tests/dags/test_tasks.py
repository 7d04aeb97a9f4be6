"""What the tasks call: plain values in and out, hostile parameters, the lease."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_lake import take_in

from dateline.edges.lake import Lake
from dateline.errors import LeaseHeld, OtherSchema, UsageError
from dateline.settings import Settings
from dateline.tasks import MOST_SHARDS, archive, live, settling

ASKED: dict[str, Any] = {
    "path": "box", "kind": "text", "archive": None, "captured_at": None, "manifest": None, "map": None,
    "days": "{date}",
}  # fmt: skip
"""What the form of news_archive gives when nothing is filled in."""
PLAINLY: dict[str, Any] = {"stale": False, "from": None, "to": None, "note": None}
"""What the form of news_settle gives when nothing is filled in."""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("DATELINE_LAKE", str(tmp_path / "lake"))
    monkeypatch.setenv("DATELINE_ARCHIVES", str(tmp_path / "archives"))
    (tmp_path / "archives" / "box").mkdir(parents=True)
    (tmp_path / "archives" / "box" / "one.txt").write_text("x")
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "manifest.jsonl").write_text("{}")
    (tmp_path / "archives" / "link").symlink_to(tmp_path / "secret")
    return Settings(lake=str(tmp_path / "lake"))


@pytest.mark.parametrize(
    "asked",
    [
        {"path": "../secret"},
        {"path": "box/../../secret"},
        {"path": "/etc"},
        {"path": "link"},
        {"path": "box\0"},
        {"path": "nowhere"},
        {"kind": "exe"},
        {"captured_at": "2024-02-31"},
        {"captured_at": "yesterday"},
        {"manifest": "../secret/manifest.jsonl"},
        {"manifest": "link/manifest.jsonl"},
        {"manifest": "nowhere.jsonl"},
        {"map": "text=body"},
        {"kind": "jsonl", "map": "text"},
        {"kind": "jsonl", "map": "nonsense=body"},
        {"days": "{year}"},
        {"days": "../{date}"},
    ],
)
def test_an_archive_that_may_not_be_read(settings: Settings, asked: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        archive.resolve(ASKED | asked, None)


@pytest.mark.parametrize("key", ["2024-02-31", "../../etc", "", "20240325", "__HIVE_DEFAULT_PARTITION__"])
def test_a_key_that_is_no_day_is_refused(settings: Settings, key: str) -> None:
    with pytest.raises(UsageError):
        archive.resolve(ASKED, key)


def test_an_archive_that_may(settings: Settings, tmp_path: Path) -> None:
    box = tmp_path / "archives" / "box"
    (box / "all.jsonl").write_text('{"url": "http://a.test/", "html_path": "one.txt"}\n')
    asked = ASKED | {"archive": "mine", "captured_at": "2024-03-25T06:00:00Z", "manifest": "box/all.jsonl"}
    found = archive.resolve(asked | {"kind": "auto"}, "2024-03-25")
    assert found["path"] == str(box)
    assert (found["kind"], found["day"], found["fields"]) == ("html", "2024-03-25", {})
    assert json.loads(json.dumps(found)) == found
    assert archive.resolve(ASKED | {"kind": "jsonl", "map": "text=body"}, None)["fields"] == {"text": "body"}


def whole(folder: Path, kind: str, **other: Any) -> dict[str, Any]:
    """An archive as `resolve` gives it."""
    none = dict.fromkeys(("archive", "captured_at", "manifest", "day"))
    return {**none, "path": str(folder), "kind": kind, "fields": {}, "days": "{date}", **other}


@given(
    files=st.dictionaries(
        st.text("ab!-.0/", min_size=1, max_size=4).filter(
            lambda name: not {"", ".", ".."} & {*name.split("/")}
        ),
        st.integers(0, 400),
        min_size=1,
        max_size=30,
    )
)
def test_every_batch_lies_in_exactly_one_shard(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, int]
) -> None:
    folder = tmp_path_factory.mktemp("box")
    for name, size in files.items():
        file = folder / f"{name}.jsonl"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x" * size)
    asked = whole(folder, "jsonl")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archive, "SHARD_BYTES", 1)
        shards = archive.shards_of(asked)
    assert len(shards) <= MOST_SHARDS
    named = [batch.id for shard in shards for batch in archive._of_shard(shard)]
    assert named == [batch.id for batch in archive._batches(asked)]
    assert len(named) == len(set(named))


def test_a_small_archive_is_one_shard(settings: Settings, tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / "archives" / "box" / f"{number}.txt").write_text("x")
    assert len(archive.shards_of(archive.resolve(ASKED, None))) == 1


def test_a_run_of_a_day_takes_the_files_of_that_day(settings: Settings, tmp_path: Path) -> None:
    for day in ("2024-03-25", "2024-03-26"):
        (tmp_path / "archives" / "box" / f"{day}-a.txt").write_text("x")
    (shard,) = archive.shards_of(archive.resolve(ASKED, "2024-03-26"))
    assert [batch.paths for batch in archive._of_shard(shard)] == [("2024-03-26-a.txt",)]
    assert archive.shards_of(archive.resolve(ASKED, "2024-03-27")) == []


def test_a_lake_of_another_schema_is_told_before_any_work(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other(*_: object, **__: object) -> None:
        raise OtherSchema("migrate it")

    monkeypatch.setattr(Lake, "require_current", other)
    for told in (
        lambda: archive.resolve(ASKED, None),
        live.resolve,
        lambda: settling.find_dirty("one", PLAINLY),
    ):
        with pytest.raises(OtherSchema):
            told()


def test_one_run_at_a_time_holds_the_lease(settings: Settings, tmp_path: Path) -> None:
    take_in(settings, tmp_path / "in", [("2024-03-25", "Ferry landing to be repaired")])
    groups = settling.find_dirty("one", PLAINLY)
    assert groups == [["2024-03-25"]]
    for held in (
        lambda: settling.find_dirty("two", PLAINLY),
        lambda: settling.work("sign", ["2024-03-25"], "two", PLAINLY),
        lambda: settling.unannounced("two"),
        lambda: settling.mark_announced("two", {"2024-03-25": "1:aa"}),
    ):
        with pytest.raises(LeaseHeld):
            held()
    settling.free("two")
    with pytest.raises(LeaseHeld):
        settling.find_affected("two", PLAINLY)
    settling.free("one")
    assert settling.find_dirty("two", PLAINLY) == groups


def test_work_renews_the_lease(settings: Settings, tmp_path: Path) -> None:
    take_in(settings, tmp_path / "in", [("2024-03-25", "Ferry landing to be repaired")])
    settling.find_dirty("one", PLAINLY)
    path, soon = tmp_path / "lake" / "lease.json", datetime.now(UTC) + timedelta(minutes=1)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"until": soon.isoformat()}))
    settling.work("sign", ["2024-03-25"], "one", PLAINLY)
    assert datetime.fromisoformat(json.loads(path.read_text())["until"]) > soon + timedelta(minutes=5)


def test_find_dirty_that_fails_holds_no_lease(settings: Settings, tmp_path: Path) -> None:
    take_in(settings, tmp_path / "in", [("2024-03-25", "Ferry landing to be repaired")])
    for file in (tmp_path / "lake" / "receipts" / "clean").iterdir():
        os.truncate(file, 3)
    with pytest.raises(Exception, match=r"\S"):
        settling.find_dirty("one", PLAINLY)
    assert not (tmp_path / "lake" / "lease.json").exists()


@pytest.mark.parametrize(
    "asked", [{"from": "2024-02-31"}, {"to": "x"}, {"from": "2024-03-02", "to": "2024-03-01"}]
)
def test_a_span_that_is_none_is_refused_before_the_lease_is_taken(
    settings: Settings, tmp_path: Path, asked: dict[str, Any]
) -> None:
    with pytest.raises(UsageError):
        settling.find_dirty("one", PLAINLY | asked)
    assert not (tmp_path / "lake" / "lease.json").exists()


def settle(asked: dict[str, Any]) -> dict[str, list[str]]:
    """All tasks of a settle run in their order; verb → days it was run over."""
    ran: dict[str, list[str]] = {}
    signed = settling.find_dirty("run", asked)
    ran["sign"] = [day for group in signed for day in group]
    settling.work("sign", ran["sign"], "run", asked)
    wanted = [day for group in settling.find_affected("run", asked) for day in group]
    for verb in ("deduplicate", "enrich", "publish"):
        settling.work(verb, wanted, "run", asked)
    settling.cluster("run", asked)
    settling.free("run")
    return ran | {"publish": wanted}


def test_what_was_told_is_not_told_again(settings: Settings, tmp_path: Path) -> None:
    take_in(settings, tmp_path / "in", [("2024-03-25", "Ferry landing to be repaired")])
    settle(PLAINLY)
    assert settling.find_dirty("one", PLAINLY) == []
    news = settling.unannounced("one")
    assert list(news) == ["2024-03-25"]
    assert settling.unannounced("one") == news, "a kill before it is remembered"
    settling.mark_announced("one", news)
    assert settling.unannounced("one") == {}


def test_stale_days_of_the_span_are_made_again(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dateline.steps.deduplicate import DeduplicateRules

    days = ("2024-03-25", "2024-03-26", "2024-03-27")
    take_in(settings, tmp_path / "in", [(day, f"Ferry landing, {day}") for day in days])
    settle(PLAINLY)
    declare = DeduplicateRules.declare
    monkeypatch.setattr(DeduplicateRules, "declare", lambda rules: declare(rules) | {"version": "other"})
    assert settle(PLAINLY) == {"sign": [], "publish": []}
    asked = PLAINLY | {"stale": True, "from": days[1], "to": days[1], "note": "a new rule"}
    assert settle(asked) == {"sign": [], "publish": [days[1]]}
    lake = Lake.open(settings.lake)
    versions = [lake.footer("duplicates", datetime.fromisoformat(day).date()).versions for day in days]
    assert [found["version"] == "other" for found in versions] == [False, True, False]
    assert settle(asked) == {"sign": [], "publish": []}
