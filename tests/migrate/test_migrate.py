"""A lake is carried across a change of schema or library: same bytes as one made afresh, killed anywhere."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from small_lake import take_in

from dateline.cli.main import main
from dateline.contracts.articles import ARTICLES
from dateline.contracts.captures import CAPTURES
from dateline.contracts.changes import CHANGES
from dateline.contracts.documents import DOCUMENTS
from dateline.contracts.signatures import SIGNATURES
from dateline.edges.lake import Lake
from dateline.edges.lake.footers import library, read_written
from dateline.edges.lake.lease import PATH as LEASE
from dateline.edges.lake.store import LocalStore
from dateline.errors import LakeError, NewerSchema, OtherSchema
from dateline.health import inspect
from dateline.migrate import carry, holding, settle_after, survey
from dateline.run import clean_one, settle_all
from dateline.settings import Settings
from older_files import make_older, make_older_intake, make_other_library, next_version

DAY = date(2026, 3, 24)
STORIES = [("2026-03-22", "A pier"), ("2026-03-24", "A lamp"), ("2026-03-24", "A pier")]


def made_at(folder: Path, stories: list[tuple[str, str]] = STORIES) -> Settings:
    settings = Settings(lake=str(folder / "lake"), model="none")
    take_in(settings, folder / "in", stories)
    list(settle_all(settings))
    return settings


@pytest.fixture(scope="module")
def fresh(tmp_path_factory) -> Settings:
    """A lake as this dateline makes it."""
    return made_at(tmp_path_factory.mktemp("fresh"))


@pytest.fixture
def copy(fresh, tmp_path) -> Settings:
    shutil.copytree(fresh.lake, tmp_path / "lake")
    return replace(fresh, lake=str(tmp_path / "lake"))


def state(settings: Settings) -> dict[str, bytes]:
    """Path → bytes of all that is listed or derived; orphans of intake aside, and rows of `changes`."""
    root = Path(settings.lake)
    lake = Lake.open(settings.lake)
    listed = {file.path for step in ("fetch", "clean") for one in lake.receipts(step) for file in one.files}
    paths = [path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()]
    intake = ("captures/", "attempts/", "documents/", "rejects/")
    kept = [path for path in paths if not path.startswith(intake) or path in listed]
    return {path: (root / path).read_bytes() for path in sorted(kept) if not path.startswith("changes/")}


def migrate(settings: Settings) -> list[str]:
    """What the command does; the paths that were written anew."""
    with holding(settings) as guard:
        plan = survey(Lake.open(settings.lake, create=False))
        done = [old.path for old in carry(settings, plan, guard)]
    list(settle_after(settings, plan))
    return done


def test_another_library_leaves_the_same_rows_and_then_the_same_bytes(fresh, copy):
    lake = Lake.open(copy.lake)
    make_other_library(lake)
    assert state(copy) != state(fresh)
    changes = {path: rows(lake, path) for path in lake.store.list("changes")}
    done = migrate(copy)
    assert len(done) == len(set(done)) > 15
    assert state(copy) == state(fresh)
    for path, before in changes.items():
        assert rows(lake, path) == before
        assert read_written(lake.store.local(path))[1] == library()
    assert migrate(copy) == []
    assert list(inspect(copy)) == []
    assert [clean_one(copy, receipt.id).changed for receipt in lake.receipts("fetch")] == [False] * 3


def rows(lake: Lake, path: str) -> list[dict]:
    return pq.ParquetFile(lake.store.local(path)).read().to_pylist()


def test_what_was_replaced_is_swept_when_it_is_old(copy):
    make_other_library(Lake.open(copy.lake))
    root = Path(copy.lake)
    before = set(root.glob("captures/*/*"))
    for path in before:
        os.utime(path, (0, 0))
    migrate(copy)
    assert not before & set(root.glob("captures/*/*"))


# Another schema: what is there now is taken for the next version, and files are left as the last held them


def renamed(old: str, new: str):
    """The last version had a column under another name, and at the end."""

    def upgrade(batch: pa.RecordBatch) -> pa.RecordBatch:
        return batch.rename_columns([new if name == old else name for name in batch.schema.names])

    def downgrade(table: pa.Table) -> pa.Table:
        names = [name for name in table.column_names if name != new]
        return table.select([*names, new]).rename_columns([*names, old])

    return upgrade, downgrade


CASES = {"documents": (DOCUMENTS, "section"), "captures": (CAPTURES, "content_type")}


@pytest.mark.parametrize("dataset", CASES)
def test_intake_of_an_older_schema(tmp_path, dataset):
    made, column = CASES[dataset]
    upgrade, downgrade = renamed("old_name", column)
    with next_version(made, upgrade):
        settings = made_at(tmp_path)
        wanted, lake = state(settings), Lake.open(settings.lake)
        make_older_intake(lake, dataset, 1, downgrade)
        with pytest.raises(OtherSchema, match=f"under version 1 of `{dataset}`.*run `dateline migrate`"):
            list(settle_all(settings))
        done = migrate(settings)
        assert len(done) == 3
        assert state(settings) == wanted
        assert migrate(settings) == []
        # The captures have other names and digests now, and still nothing is cleaned again.
        assert [clean_one(settings, receipt.id).changed for receipt in lake.receipts("fetch")] == [False] * 3


@pytest.mark.parametrize(("made", "column"), [(ARTICLES, "section"), (SIGNATURES, "url_key")])
def test_derived_days_of_an_older_schema_are_made_again(tmp_path, made, column):
    upgrade, downgrade = renamed("old_name", column)
    settings = made_at(tmp_path)
    lake = Lake.open(settings.lake)
    with next_version(made, upgrade):
        list(settle_all(settings, versions=True))
        wanted, told = state(settings), len(list(lake.store.list("changes")))
        make_older(lake.store.local(f"{made.name}/date=2026-03-24/part.parquet"), 1, downgrade)
        with pytest.raises(OtherSchema, match=f"version 1 of `{made.name}`"):
            list(settle_all(settings))
        plan = survey(lake)
        assert [str(day) for day in plan.again] == ["2026-03-24"]
        assert migrate(settings) == []
        assert state(settings) == wanted
        assert survey(lake).again == set()
        assert list(inspect(settings)) == []
        if made is ARTICLES:
            # No article has changed by its upgrade, and the day's digest has: both are told.
            (row,) = [
                row
                for path in list(lake.store.list("changes"))
                for row in rows(lake, path)
                if row["reason"] == "stale" and row["note"]
            ]
            assert (row["rows"], row["added"], row["changed"], row["removed"]) == (2, 0, 0, 0)
            assert len(list(lake.store.list("changes"))) > told


def test_changes_of_version_1_are_read_after_it(copy):
    lake = Lake.open(copy.lake)
    before = {path: rows(lake, path) for path in lake.store.list("changes")}
    assert before
    for path in before:
        make_older(lake.store.local(path), 1, lambda table: table.drop_columns("note"))
    with pytest.raises(OtherSchema, match=f"version 1 of `changes`, this one keeps {CHANGES.version}"):
        list(settle_all(copy))
    assert sorted(migrate(copy)) == sorted(before)
    assert {path: rows(lake, path) for path in before} == before
    assert list(settle_all(copy))


# Trouble


class Killed(BaseException):
    """Nothing catches it."""


def killed_at(monkeypatch, step: int) -> None:
    """Let the given number of moves happen, and no more."""
    left = step
    for name in ("publish", "put"):
        real = getattr(LocalStore, name)

        def move(self, thing, path, real=real):
            nonlocal left
            if path != LEASE:
                if left == 0:
                    raise Killed
                left -= 1
            real(self, thing, path)

        monkeypatch.setattr(LocalStore, name, move)


@pytest.mark.slow
def test_killed_at_every_move_the_next_run_ends_the_same(tmp_path_factory, monkeypatch):
    """With an older schema of captures and documents, another library, and days to be made again."""
    contracts = [(CAPTURES, "content_type"), (DOCUMENTS, "section"), (SIGNATURES, "url_key")]
    with ExitStack() as stack:
        downgrades = {}
        for made, column in contracts:
            upgrade, downgrades[made.name] = renamed("old_name", column)
            stack.enter_context(next_version(made, upgrade))
        settings = made_at(tmp_path_factory.mktemp("next"), STORIES[:2])
        wanted, lake = state(settings), Lake.open(settings.lake)
        make_other_library(lake)
        for made, _ in contracts[:2]:
            make_older_intake(lake, made.name, 1, downgrades[made.name])
        for day in ("2026-03-22", "2026-03-24"):
            make_older(lake.store.local(f"signatures/date={day}/part.parquet"), 1, downgrades["signatures"])
        kills = 0
        while True:
            again = replace(settings, lake=str(tmp_path_factory.mktemp("kill") / "lake"))
            shutil.copytree(settings.lake, again.lake)
            with monkeypatch.context() as patch:
                killed_at(patch, kills)
                try:
                    migrate(again)
                except Killed:
                    kills += 1
                else:
                    break
            migrate(again)
            assert state(again) == wanted, f"killed after {kills - 1} moves"
            shutil.rmtree(again.lake)
    assert kills > 25


def test_rows_that_are_not_those_written_down_are_not_carried_over(copy):
    lake = Lake.open(copy.lake)
    make_other_library(lake)
    (file, *_) = next(lake.receipts("fetch")).of("captures")
    path = lake.store.local(file.path)
    make_older(path, 1, lambda table: table.set_column(
        table.column_names.index("status"), table.schema.field("status"), pa.array([404], pa.int16())
    ))  # fmt: skip
    receipts = {path: lake.store.get(path) for path in lake.store.list("receipts")}
    damaged = next(path for path in receipts if path.startswith("receipts/fetch"))
    with pytest.raises(LakeError, match=f"the rows of {file.path} are not those"):
        migrate(copy)
    assert lake.store.get(damaged) == receipts[damaged]
    assert not list(Path(copy.lake).rglob("*.tmp"))


def test_an_upgrade_that_moves_a_row_to_another_day_is_refused(copy):
    def later(batch: pa.RecordBatch) -> pa.RecordBatch:
        at = batch.schema.names.index("published")
        moved = pa.array([None] * batch.num_rows, batch.schema.field(at).type)
        columns = [*batch.columns]
        columns[at] = moved
        return pa.RecordBatch.from_arrays(columns, schema=batch.schema)

    before = state(copy)
    with next_version(DOCUMENTS, later), pytest.raises(LakeError, match="would lie in"):
        migrate(copy)
    assert state(copy) == before


def test_a_batch_that_was_taken_in_meanwhile_is_left_alone(copy, monkeypatch):
    lake = Lake.open(copy.lake)
    make_other_library(lake)
    real = LocalStore.publish

    def publish(self, staged, path):
        real(self, staged, path)
        if path.startswith("documents/"):
            receipt = next(one for one in lake.receipts("clean") if one.batch in path)
            if "meanwhile" not in receipt.sums:
                lake.write_receipt(replace(receipt, sums={**receipt.sums, "meanwhile": 1}), receipt)

    monkeypatch.setattr(LocalStore, "publish", publish)
    with pytest.raises(LakeError, match="was taken in meanwhile by another run; run it again"):
        migrate(copy)
    monkeypatch.undo()
    migrate(copy)
    assert sum("meanwhile" in one.sums for one in lake.receipts("clean")) == 1


def test_lost_documents_are_cleaned_again_on_the_way(fresh, copy):
    lake = Lake.open(copy.lake)
    make_other_library(lake)
    next(Path(copy.lake).glob("documents/*/*.parquet")).unlink()
    migrate(copy)
    assert state(copy) == state(fresh)


def test_a_newer_lake_is_refused_by_all(copy, tmp_path, capsys):
    lake = Lake.open(copy.lake)
    make_older(lake.store.local("articles/date=2026-03-24/part.parquet"), 7)
    before = state(copy)
    for call in (survey, Lake.require_current, lambda lake: list(lake.read_upgraded("articles", DAY))):
        with pytest.raises(NewerSchema, match="newer dateline, under version 7 of `articles`"):
            call(lake)
    for command in (
        ["migrate"], ["migrate", "--dry-run"], ["settle"], ["show", "2026-03-24"],
        ["import", str(tmp_path), "--kind", "text"],
    ):  # fmt: skip
        with pytest.raises(SystemExit) as ended:
            main([*command, "--lake", copy.lake])
        assert ended.value.code == 1
        told = capsys.readouterr().err
        assert told.strip().endswith("upgrade dateline"), command
        assert "Traceback" not in told
    assert state(copy) == before


def all_files(settings: Settings) -> dict[Path, tuple[bytes, int]]:
    paths = [path for path in Path(settings.lake).rglob("*") if path.is_file()]
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}


def test_a_dry_run_tells_and_changes_nothing(copy, capsys):
    make_other_library(Lake.open(copy.lake))
    make_older(Path(copy.lake) / "articles/date=2026-03-22/part.parquet", 0)
    before = all_files(copy)
    with pytest.raises(SystemExit) as ended:
        main(["migrate", "--lake", copy.lake, "--dry-run"])
    assert not ended.value.code
    said = capsys.readouterr().out
    assert "files to be written anew" in said
    assert "captures" in said
    assert "made again, as their schema is older: 2026-03-22" in said
    assert all_files(copy) == before


def test_the_command_says_what_it_did(copy, capsys, monkeypatch):
    monkeypatch.setenv("DATELINE_MODEL", "none")
    make_other_library(Lake.open(copy.lake))
    for expected in ("files written anew", "nothing to write anew"):
        with pytest.raises(SystemExit) as ended:
            main(["migrate", "--lake", copy.lake])
        assert not ended.value.code
        assert expected in capsys.readouterr().out


def test_one_migrates_at_a_time(copy):
    with holding(copy), pytest.raises(LakeError, match="dateline migrate"):
        migrate(copy)
    assert not (Path(copy.lake) / LEASE).exists()
