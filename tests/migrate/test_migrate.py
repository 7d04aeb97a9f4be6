"""A lake is carried across a change of schema or library: same bytes as one made afresh."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from damage import rows_of
from dateline.contracts.articles import ARTICLES
from dateline.contracts.captures import CAPTURES
from dateline.contracts.changes import CHANGES
from dateline.contracts.documents import DOCUMENTS
from dateline.contracts.signatures import SIGNATURES
from dateline.edges.lake import Lake
from dateline.edges.lake.footers import library, read_written
from dateline.errors import OtherSchema
from dateline.health import inspect
from dateline.migrate import survey
from dateline.run import clean_one, settle_all
from migrated import made_at, migrate, renamed, state
from older_files import make_older, make_older_intake, make_other_library, next_version


def test_another_library_leaves_the_same_rows_and_then_the_same_bytes(fresh, copy):
    lake = Lake.open(copy.lake)
    make_other_library(lake)
    assert state(copy) != state(fresh)
    changes = {path: rows_of(lake, path) for path in lake.store.list("changes")}
    done = migrate(copy)
    assert len(done) == len(set(done)) > 15
    assert state(copy) == state(fresh)
    for path, before in changes.items():
        assert rows_of(lake, path) == before
        assert read_written(lake.store.local(path))[1] == library()
    assert migrate(copy) == []
    assert list(inspect(copy)) == []
    assert [clean_one(copy, receipt.id).changed for receipt in lake.receipts("fetch")] == [False] * 3


def test_what_was_replaced_is_swept_when_it_is_old(copy):
    make_other_library(Lake.open(copy.lake))
    root = Path(copy.lake)
    before = set(root.glob("captures/*/*"))
    for path in before:
        os.utime(path, (0, 0))
    migrate(copy)
    assert not before & set(root.glob("captures/*/*"))


# Another schema: what is there now is taken for the next version, and files are left as the last held them


CASES = {"documents": (DOCUMENTS, "section"), "captures": (CAPTURES, "content_type")}


@pytest.mark.parametrize("dataset", CASES)
def test_intake_of_an_older_schema(tmp_path, dataset):
    made, column = CASES[dataset]
    upgrade, downgrade = renamed("old_name", column)
    with next_version(made, upgrade):
        settings = made_at(tmp_path)
        wanted, lake = state(settings), Lake.open(settings.lake)
        make_older_intake(lake, dataset, made.version - 1, downgrade)
        with pytest.raises(
            OtherSchema, match=f"under version {made.version - 1} of `{dataset}`.*run `dateline migrate`"
        ):
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
        make_older(lake.store.local(f"{made.name}/date=2026-03-24/part.parquet"), made.version - 1, downgrade)
        with pytest.raises(OtherSchema, match=f"version {made.version - 1} of `{made.name}`"):
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
                for row in rows_of(lake, path)
                if row["reason"] == "stale" and row["note"]
            ]
            assert (row["rows"], row["added"], row["changed"], row["removed"]) == (2, 0, 0, 0)
            assert len(list(lake.store.list("changes"))) > told


def test_changes_of_version_1_are_read_after_it(copy):
    lake = Lake.open(copy.lake)
    before = {path: rows_of(lake, path) for path in lake.store.list("changes")}
    assert before
    for path in before:
        make_older(lake.store.local(path), 1, lambda table: table.drop_columns("note"))
    with pytest.raises(OtherSchema, match=f"version 1 of `changes`, this one keeps {CHANGES.version}"):
        list(settle_all(copy))
    assert sorted(migrate(copy)) == sorted(before)
    assert {path: rows_of(lake, path) for path in before} == before
    assert list(settle_all(copy))
