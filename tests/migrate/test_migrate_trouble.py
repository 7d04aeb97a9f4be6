"""A migration that is killed anywhere, overtaken or given damaged rows loses nothing."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from dateline.contracts.captures import CAPTURES
from dateline.contracts.documents import DOCUMENTS
from dateline.contracts.signatures import SIGNATURES
from dateline.edges.lake import Lake
from dateline.edges.lake.lease import PATH as LEASE
from dateline.edges.lake.store import LocalStore
from dateline.errors import LakeError
from dateline.migrate import holding
from migrated import STORIES, made_at, migrate, renamed, state
from older_files import make_older, make_older_intake, make_other_library, next_version


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
            make_older_intake(lake, made.name, made.version - 1, downgrades[made.name])
        for day in ("2026-03-22", "2026-03-24"):
            path = lake.store.local(f"signatures/date={day}/part.parquet")
            make_older(path, SIGNATURES.version - 1, downgrades["signatures"])
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
    make_older(path, CAPTURES.version, lambda table: table.set_column(
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


def test_one_migrates_at_a_time(copy):
    with holding(copy), pytest.raises(LakeError, match="dateline migrate"):
        migrate(copy)
    assert not (Path(copy.lake) / LEASE).exists()
