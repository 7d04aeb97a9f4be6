"""`dateline check` finds nothing in a lake that is whole, and tells what is neither batch nor day."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from damage import RECORDS, found, lose_file, lose_receipt
from dateline.cli.main import main
from dateline.edges.clock import Clock
from dateline.edges.lake import Lake, lease
from dateline.edges.process import identity
from dateline.health import Looked, inspect
from dateline.run import settle_all
from dateline.settle import ORPHAN_SECONDS
from older_files import make_older


def test_a_whole_lake_has_all_kinds_of_links_and_no_finding(whole):
    looked = Looked()
    assert list(inspect(whole, looked)) == []
    lake = Lake.open(whole.lake)
    rows = lake.dataset("duplicates").to_pylist()
    pairs = {(row["relation"], row["date"] == row["target_date"]) for row in rows}
    assert pairs == {("duplicate", True), ("duplicate", False), ("version", False)}
    files = list(Path(whole.lake).rglob("*.parquet"))
    assert looked.files == len(files)
    assert looked.days == 3
    assert looked.rows > 4 * len(RECORDS)


# What is neither batch nor day


def test_a_history_that_does_not_lead_to_what_is_published(settings):
    lake = Lake.open(settings.lake)
    lake.store.delete(next(lake.store.list("changes")))
    (finding,) = found(settings)
    assert finding.level == "dirty"
    assert finding.what.startswith(
        "changes: its rows do not lead to the articles of 2026-03-20 as they are; run"
    )
    list(settle_all(settings))
    assert found(settings) == []


def test_changes_that_say_other_than_their_footer(settings):
    lake = Lake.open(settings.lake)
    path = next(lake.store.list("changes"))
    make_older(lake.store.local(path), 2, lambda table: table.slice(1))
    data = lake.store.get(path)
    lake.store.put(path, data.replace(b'"row_digest": "0:' + b"0" * 64, b'"row_digest": "1:' + b"0" * 64))
    (finding,) = found(settings)
    assert finding.level == "broken"
    assert "its rows are not what its footer says; remove it" in finding.what


def test_files_that_belong_to_nothing_are_told_when_they_are_old(settings):
    root = Path(settings.lake)
    listed = next(root.glob("documents/*/*.parquet"))
    for name, age in (("young", 60), ("old", ORPHAN_SECONDS + 3 * 86_400)):
        copy = listed.with_name(f"{name}.parquet")
        shutil.copy(listed, copy)
        then = Clock().now().timestamp() - age
        os.utime(copy, (then, then))
    stray = root / "articles/date=2026-03-20/backup.parquet"
    stray.write_bytes(b"")
    looked = Looked()
    assert [(one.level, one.what) for one in inspect(settings, looked)] == [
        (
            "note",
            "documents: 1 files that no receipt lists, the oldest 3 days old; `dateline settle` removes them",
        ),
        (
            "note",
            "articles/date=2026-03-20/backup.parquet is no file of the lake, and readers may take it for "
            "one; remove it",
        ),
    ]
    assert looked.young == 1


LEASES = {
    "expired": (timedelta(minutes=-31), {}, "is held by some run, which is gone; the next run takes it over"),
    "its process has ended": (
        timedelta(), {**identity(), "started": "1"}, "is held by some run, which is gone; the next run takes",
    ),
    "alive": (timedelta(), {}, "some run is settling this lake"),
    "from the future": (timedelta(days=2), {}, "a clock has jumped; if that run is gone, remove lease.json"),
}  # fmt: skip


@pytest.mark.parametrize("case", LEASES)
def test_a_lease_is_told(settings, case):
    ago, process, words = LEASES[case]
    lease.take(Lake.open(settings.lake).store, "some run", Clock().now() + ago, process)
    (finding,) = found(settings)
    assert finding.level == "note"
    assert words in finding.what


def test_a_torn_lease_is_told(settings):
    (Path(settings.lake) / lease.PATH).write_text("{")
    (finding,) = found(settings)
    assert (finding.level, finding.what) == (
        "note",
        "lease.json can't be read; the next run takes the lease over",
    )


# The command


@pytest.mark.parametrize(
    ("damage", "code", "said"),
    [
        (lambda lake: None, 0, "every promise is kept"),
        (lose_receipt("clean"), 0, "every promise is kept; "),
        (lose_file("captures"), 1, "1 promises are broken"),
    ],
)
def test_the_command_ends_with_totals_and_1_where_something_is_broken(
    settings, capsys, monkeypatch, damage, code, said
):
    monkeypatch.setenv("DATELINE_MODEL", "none")
    damage(Lake.open(settings.lake))
    with pytest.raises(SystemExit) as ended:
        main(["check", "--lake", settings.lake])
    assert (ended.value.code or 0) == code
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1].startswith(said)
    assert any(line.startswith("looked at ") and line.endswith(" 3 days") for line in lines)
