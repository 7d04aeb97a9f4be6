"""A lake that lost files: found out, said clearly, made again from what is left."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from dateline.edges.archive import plan
from dateline.errors import Damaged, LakeError
from dateline.run import fetch_archive, ledger, settle_all
from settled import day_file, first_file, take_in, told


@pytest.mark.parametrize("dataset", ["signatures", "duplicates", "clusters", "annotations", "articles"])
def test_a_day_that_vanished_is_found_and_made_again(notes, dataset):
    path = day_file(notes, dataset)
    before = path.read_bytes()
    path.unlink()
    findings = told(notes)
    assert findings[0] == ("dirty", f"2026-03-22 has documents and no {dataset}; run `dateline settle`")
    # Signatures that are gone move the inputs of the days that look back on them as well.
    assert {level for level, _ in findings} == {"dirty"}
    list(settle_all(notes))
    assert path.read_bytes() == before
    assert told(notes) == []


def test_documents_that_vanished_are_told_and_made_again_by_the_next_settle(notes):
    path = first_file(notes, "documents")
    before = path.read_bytes()
    path.unlink()
    findings = told(notes)
    assert [level for level, _ in findings] == ["broken"]
    assert "gone" in findings[0][1]
    assert [summary.step for summary in settle_all(notes)] == ["clean", "settle"]
    assert path.read_bytes() == before
    assert told(notes) == []


def test_a_batch_that_was_fetched_and_not_cleaned_is_cleaned_by_the_next_settle(notes, tmp_path):
    """A live batch is never fetched again: its documents would be lost with the run that died in between."""
    whole = {path: path.read_bytes() for path in Path(notes.lake).rglob("*.parquet")}
    killed = replace(notes, lake=str(tmp_path / "killed"))
    for batch in plan(tmp_path / "notes", "text", None):
        fetch_archive(killed, batch, None, {})
    assert {level for level, _ in told(killed)} == {"dirty"}
    list(settle_all(killed))
    assert told(killed) == []
    files = {Path(killed.lake) / path.relative_to(notes.lake): data for path, data in whole.items()}
    kept = {path: data for path, data in files.items() if "changes" not in path.parts}
    assert all(path.read_bytes() == data for path, data in kept.items() if "attempts" not in path.parts)


def test_captures_that_vanished_are_read_again_from_their_archive(notes, tmp_path):
    files = {path: path.read_bytes() for path in Path(notes.lake).rglob("*.parquet")}
    first_file(notes, "captures").unlink()
    take_in(notes, tmp_path / "notes", "text")
    assert told(notes) == []
    again = {path: path.read_bytes() for path in Path(notes.lake).rglob("*.parquet")}
    moved = {path for path in files.keys() | again.keys() if files.get(path) != again.get(path)}
    # The attempt to read them again is one more; nothing else is other than it was.
    assert {path.relative_to(notes.lake).parts[0] for path in moved} == {"attempts"}
    assert ledger(notes)["captured"] == 2


def test_captures_and_documents_that_vanished_say_what_a_person_must_do(notes):
    for dataset in ("captures", "documents"):
        for path in (Path(notes.lake) / dataset).rglob("*.parquet"):
            path.unlink()
    with pytest.raises(Damaged, match="is listed by a receipt and is gone from"):
        list(settle_all(notes))
    assert any("restore" in what for _, what in told(notes))
    assert day_file(notes, "articles").exists()


def test_days_without_receipts_are_not_taken_for_a_lake_that_lost_its_documents(notes):
    shutil.move(Path(notes.lake) / "receipts", Path(notes.lake).parent / "receipts")
    for path in Path(notes.lake).rglob("*"):
        os.utime(path, (0, 0))
    with pytest.raises(LakeError, match="has no receipts: restore its folder receipts/ first"):
        list(settle_all(notes))
    shutil.move(Path(notes.lake).parent / "receipts", Path(notes.lake) / "receipts")
    assert [summary.skipped for summary in settle_all(notes)] == ["every day is as its inputs are"]
    assert told(notes) == []


def test_captures_outlive_their_receipt(notes):
    receipt = next((Path(notes.lake) / "receipts/fetch").iterdir())
    kept = receipt.read_bytes()
    receipt.unlink()
    for path in Path(notes.lake).rglob("*.parquet"):
        os.utime(path, (0, 0))
    list(settle_all(notes))
    receipt.write_bytes(kept)
    list(settle_all(notes))
    assert told(notes) == []
    assert ledger(notes)["published"] == 2
