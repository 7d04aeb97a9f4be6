"""`dateline check` where it can't look, where there is nothing to see, and for batches of the live web."""

from __future__ import annotations

import logging
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from damage import found, the_file
from dateline.cli.main import main
from dateline.edges.clock import Clock
from dateline.edges.lake import Lake
from dateline.edges.lake.receipts import batch_key, write_receipt
from dateline.health import Finding, advice
from dateline.remembered import crawl_state
from dateline.run import settle_all
from dateline.settings import Settings
from dateline.settle import ORPHAN_SECONDS


@pytest.fixture
def root(settings) -> Path:
    return Path(settings.lake)


def check(settings: Settings, monkeypatch, capsys) -> tuple[int, str]:
    """Exit code and everything said."""
    monkeypatch.setenv("DATELINE_MODEL", "none")
    monkeypatch.setenv("COLUMNS", "400")
    with pytest.raises(SystemExit) as ended:
        main(["check", "--lake", settings.lake])
    told = capsys.readouterr()
    return ended.value.code or 0, told.out + told.err


def test_strays_are_notes_and_stop_nothing(settings, root):
    batch = next((root / "receipts/clean").iterdir()).stem
    strays = [
        "receipts/README.txt",
        f"receipts/clean/{batch} (copy).json",
        "receipts/clean/README.txt",
        "articles/date=2026-13-45/part.parquet",
        "changes/README.txt",
    ]
    (root / strays[3]).parent.mkdir()
    for path in strays[:4]:
        (root / path).write_text("")
    assert [(one.level, one.what.partition(" is ")[0]) for one in found(settings)] == [
        ("note", path) for path in (f"receipts/{strays[0][9:]}", *sorted(strays[1:3]), strays[3])
    ]
    assert not [one for one in settle_all(settings) if one.changed]


def test_a_folder_that_is_no_lake_is_none(settings, root, monkeypatch, capsys):
    shutil.rmtree(root)
    (root / "photos").mkdir(parents=True)
    (root / "photos/cat.txt").write_text("")
    code, said = check(settings, monkeypatch, capsys)
    assert (code, "is no lake" in said) == (2, True)


@pytest.mark.parametrize(
    ("keep", "words"),
    [
        (
            "captures documents articles changes",
            r"captures, documents, articles, changes; .*settle$",
        ),
        ("captures", r"files of captures; .*do not settle, or take the first batch in again"),
    ],
)
def test_files_without_any_receipt(settings, root, monkeypatch, capsys, keep, words):
    for folder in root.iterdir():
        if folder.name not in keep.split():
            shutil.rmtree(folder) if folder.is_dir() else folder.unlink()
    (finding,) = found(settings)
    assert finding.level == "broken"
    assert re.search(words, finding.what), finding
    assert "restore receipts/ from a copy before anything else; do not settle" in finding.what
    assert check(settings, monkeypatch, capsys)[0] == 1


def test_changes_alone_are_a_lake_whose_batches_were_taken_back(settings, root):
    for receipt in root.glob("receipts/*/*.json"):
        receipt.unlink()
    for folder in root.iterdir():
        if folder.name not in ("changes", "receipts"):
            shutil.rmtree(folder) if folder.is_dir() else folder.unlink()
    assert "broken" not in {one.level for one in found(settings)}


@pytest.mark.parametrize(
    ("step", "advice"),
    [
        ("clean", "or remove it and run `dateline settle`, which cleans its batch again"),
        ("fetch", "or remove it and take its batch in again"),
    ],
)
def test_days_that_were_not_looked_at_are_no_kept_promise(settings, root, monkeypatch, capsys, step, advice):
    next((root / "receipts" / step).iterdir()).write_text("{")
    code, said = check(settings, monkeypatch, capsys)
    assert code == 1
    assert "broken: the published days were not looked at, as the receipts can't be trusted" in said
    assert advice in said
    assert "every promise" not in said


def test_a_receipt_of_another_name_is_broken(settings, root):
    receipt = next((root / "receipts/clean").iterdir())
    shutil.copy(receipt, receipt.with_name(f"{'a' * 16}.json"))
    assert any(one.level == "broken" and f"clean/{'a' * 16}.json says" in one.what for one in found(settings))


def test_captures_of_a_batch_whose_receipts_are_gone_are_left_and_told(settings, root):
    then = Clock().now().timestamp() - ORPHAN_SECONDS - 60
    (root / "captures/notes.parquet").write_bytes(b"")
    for dataset in ("captures", "attempts", "rejects"):
        file = next(root.glob(f"{dataset}/*/*.parquet"))
        shutil.copy(file, file.with_name(f"{'b' * 16}-{'c' * 16}.parquet"))
    for path in root.glob("*/**/*.parquet"):
        os.utime(path, (then, then))
    told = {one.what for one in found(settings)}
    for dataset in ("captures", "attempts"):
        assert (
            f"{dataset}: 1 files that no receipt lists, of a batch without a fetch receipt: restore "
            f"receipts/fetch/{'b' * 16}.json, or import the archive again, or remove them if the batch was "
            "taken back" in told
        )
    assert "captures/notes.parquet is no file of the lake; remove it" in told
    (swept,) = (one for one in told if "`dateline settle` removes them" in one)
    assert swept.startswith("rejects: 1 files")


# Batches of the live web


def go_live(lake: Lake) -> None:
    """Let the batch of the lake be one of the live web: another id, and so another B."""
    name = "live/2026-03-24T12:00:00+00:00/000/0"
    for step in ("fetch", "clean"):
        for receipt in list(lake.receipts(step)):
            lake.store.delete(f"receipts/{step}/{receipt.batch}.json")
            write_receipt(lake.store, replace(receipt, id=name, batch=batch_key(name)))


LIVE = {
    "captures": "restore it from a copy; its documents stay",
    "attempts": "restore it from a copy; until then its requests are not remembered",
    "rejects": "restore it from a copy; nothing else is made of it",
    "documents": "run `dateline settle`, which makes it again from its captures",
}


@pytest.mark.parametrize("gone", [True, False], ids=["gone", "damaged"])
@pytest.mark.parametrize("dataset", LIVE)
def test_the_live_web_can_not_be_taken_in_again(settings, root, dataset, gone):
    lake = Lake.open(settings.lake)
    go_live(lake)
    _, file = the_file(lake, dataset)
    if gone:
        (root / file.path).unlink()
    else:
        (root / file.path).write_bytes(b"PAR1 and no more")
    (told,) = (one.what for one in found(settings) if one.level == "broken")
    assert file.path in told
    assert told.endswith(LIVE[dataset])
    assert "in again" not in told


def test_rejects_of_clean_are_made_again(settings):
    lake = Lake.open(settings.lake)
    go_live(lake)
    _, file = the_file(lake, "rejects")
    (cleaned,) = lake.receipts("clean")
    again = "run `dateline settle`, which makes it again from its captures"
    assert advice.of_file(cleaned, file, gone=True) == again
    assert advice.of_file(cleaned, file, gone=False) == f"remove it and {again}"


@pytest.mark.parametrize("step", ["fetch", "clean"])
@pytest.mark.parametrize("gone", [True, False], ids=["gone", "damaged"])
def test_receipts_of_the_live_web(settings, root, step, gone):
    go_live(Lake.open(settings.lake))
    receipt = next((root / "receipts" / step).iterdir())
    receipt.unlink() if gone else receipt.write_text("{")
    findings = found(settings)
    assert findings
    assert not [one for one in findings if "in again" in one.what or "import" in one.what]


def test_lost_attempts_do_not_stop_the_polls(settings, root, caplog, monkeypatch):
    lake = Lake.open(settings.lake)
    _, file = the_file(lake, "attempts")
    monkeypatch.setattr("dateline.remembered.parse_day", lambda _: Clock().now().date())
    (root / file.path).write_bytes(b"PAR1 and no more")
    with caplog.at_level(logging.WARNING, "dateline"):
        crawl_state(lake, Clock().now())
        (root / file.path).unlink()
        crawl_state(lake, Clock().now())
    assert len(caplog.messages) == 2
    for message in caplog.messages:
        assert file.path in message
        assert "`dateline check`" in message
        assert "\n" not in message


def test_a_finding_is_one_line_of_any_log():
    assert Finding("note", "two\nlines\t and \udcff").what == "two lines and \\udcff"
