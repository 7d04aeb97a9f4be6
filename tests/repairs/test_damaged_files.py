"""A lake whose files were damaged: said by name without a traceback, and no other file is held up."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.cli.main import main as command_line
from dateline.errors import LakeError
from dateline.run import ledger, settle_all
from settled import STORY, day_file, take_in, told


def test_damaged_pages_are_told_and_not_a_traceback(notes):
    path = day_file(notes, "articles")
    data = bytearray(path.read_bytes())
    for at in range(200, 1200):
        data[at] ^= 0xFF
    path.write_bytes(data)
    findings = told(notes)
    assert findings
    assert {level for level, _ in findings} == {"broken"}
    assert "articles" in findings[0][1]


@pytest.mark.parametrize("text", ["null", "5", '"x"', "{", '{"files": [{}]}', ""])
def test_a_damaged_receipt_is_told_by_name(notes, text):
    receipt = next((Path(notes.lake) / "receipts/clean").iterdir())
    receipt.write_text(text)
    findings = told(notes)
    assert [level for level, _ in findings] == ["broken", "broken"]
    assert receipt.name in findings[0][1]
    assert "were not looked at" in findings[1][1]
    with pytest.raises(LakeError, match=receipt.name):
        list(settle_all(notes))


@pytest.mark.parametrize("dataset", ["signatures", "duplicates", "clusters", "annotations", "articles"])
def test_a_derived_file_that_is_damaged_holds_up_no_other_and_is_made_again(notes, tmp_path, dataset):
    path = day_file(notes, dataset)
    before = path.read_bytes()
    path.write_bytes(b"torn")
    (tmp_path / "notes" / "new.txt").write_text(f"date 2026-03-25 A quay\n\nOSLO\n{STORY}\n")
    take_in(notes, tmp_path / "notes", "text")
    assert path.read_bytes() == before
    assert ledger(notes)["published"] == 3
    assert told(notes) == []


def test_a_damaged_file_of_intake_points_to_the_check(notes, capsys):
    next((Path(notes.lake) / "documents/date=2026-03-22").iterdir()).write_bytes(b"torn")
    day_file(notes, "signatures").unlink()
    with pytest.raises(SystemExit) as ended:
        command_line(["settle", "--lake", notes.lake])
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert "can't be read" in said
    assert said.endswith("; `dateline check` says what to do\n")
