"""A lake that is misused: strays in it, settings out of range, and a lake that is not there."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dateline.errors import LakeError, UsageError
from dateline.health import inspect
from dateline.run import settle_all
from dateline.settings import Settings, from_environment
from settled import told

NOW = datetime(2026, 3, 25, 12, tzinfo=UTC)


def test_stray_files_and_folders_are_no_days(notes):
    root = Path(notes.lake)
    (root / "articles/_SUCCESS").touch()
    (root / "articles/date=foo").mkdir()
    (root / "articles/date=foo/part.parquet").touch()
    assert [summary.skipped for summary in settle_all(notes)] == ["every day is as its inputs are"]
    assert [(level, what.split(" is no file")[0]) for level, what in told(notes)] == [
        ("note", "articles/_SUCCESS"),
        ("note", "articles/date=foo/part.parquet"),
    ]


def test_what_no_receipt_lists_is_swept_when_it_is_old(notes):
    root = Path(notes.lake)
    listed = sorted(path for path in root.rglob("*.parquet"))
    old, young = (root / f"documents/date=2026-03-22/{name}.parquet" for name in ("dead-1", "dead-2"))
    for path in (old, young, root / "documents/date=2026-03-22/.x.tmp"):
        path.write_bytes(b"half")
    day_ago = NOW.timestamp() - 86_400
    os.utime(old, (day_ago, day_ago))
    os.utime(root / "documents/date=2026-03-22/.x.tmp", (day_ago, day_ago))
    list(settle_all(notes))
    assert sorted(root.rglob("*.parquet")) == sorted([*listed, young])
    assert not list(root.rglob("*.tmp"))


@pytest.mark.parametrize("name", ["window_days", "host_gap", "run_seconds", "max_bytes", "shards", "workers"])
@pytest.mark.parametrize("value", ["-5", "999999999999", "nan", "many"])
def test_settings_out_of_range_are_one_sentence(name, value):
    with pytest.raises(UsageError, match=f"DATELINE_{name.upper()}"):
        from_environment({f"DATELINE_{name.upper()}": value})


@pytest.mark.parametrize("lake", ["no-such-lake", ""])
def test_looking_at_a_lake_that_is_not_there_makes_none(tmp_path, monkeypatch, lake):
    monkeypatch.chdir(tmp_path)
    with pytest.raises((LakeError, UsageError), match=r"no lake at|has no name"):
        list(inspect(Settings(lake=lake)))
    assert list(tmp_path.iterdir()) == []
