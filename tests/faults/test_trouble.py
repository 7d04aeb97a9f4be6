"""Trouble that no step is to blame for: two at once, vanished files, jumping clocks, lakes that refuse."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from broken_disk import EVERY, Disk, failing
from dateline.cli.main import main
from dateline.edges.archive import plan
from dateline.edges.clock import Clock
from dateline.edges.lake import Lake
from dateline.edges.lake.receipts import Receipt
from dateline.errors import LakeError
from dateline.health import inspect
from dateline.run import import_batch, ledger, settle_all
from dateline.settings import ROOT, Settings

DERIVED = ("signatures", "duplicates", "clusters", "annotations", "articles")
STORY = "The harbour council of {} met on Sunday and voted for a new pier that will open in May of next year."
NOW = datetime(2026, 3, 25, 12, tzinfo=UTC)
YEAR = timedelta(days=365)
WRITES = ("open", "mkdir", "link", "replace", "write_table", "close", "write_bytes", "unlink", "chmod")


def note(folder: Path, day: str, place: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{place}.txt").write_text(f"date {day} A pier\n\n{place.upper()}\n{STORY.format(place)}\n")


def take_in(settings: Settings, folder: Path) -> None:
    for batch in plan(folder, "text", None):
        import_batch(settings, batch, None, {})


def derived(lake: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(lake)): path.read_bytes()
        for name in DERIVED
        for path in sorted((lake / name).rglob("part.parquet"))
    }


def findings(settings: Settings) -> list[str]:
    return [finding.what for finding in inspect(settings)]


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A folder with `notes` and `lake`, which holds them, settled; one of them can't be read."""
    root = tmp_path_factory.mktemp("trouble")
    for day, place in (("2026-03-20", "Oslo"), ("2026-03-22", "Lima"), ("2026-03-22", "Perth")):
        note(root / "notes", day, place)
    (root / "notes/broken.txt").write_bytes(b"\0" * 40)
    settings = Settings(lake=str(root / "lake"), model="none")
    take_in(settings, root / "notes")
    list(settle_all(settings))
    assert findings(settings) == []
    return root


@pytest.fixture
def settings(made, tmp_path) -> Settings:
    shutil.copytree(made / "lake", tmp_path / "lake")
    return Settings(lake=str(tmp_path / "lake"), model="none")


# Two at once


def started(*arguments: str) -> subprocess.Popen[str]:
    program = [sys.executable, "-c", "from dateline.cli.main import main; main()"]
    environment = {**os.environ, "DATELINE_MODEL": "none"}
    return subprocess.Popen(
        [*program, *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["settle", "import"])
def test_two_at_once_do_the_work_of_one(made, tmp_path, verb):
    settings = Settings(lake=str(tmp_path / "lake"), model="none")
    notes = ["import", str(made / "notes"), "--kind", "text", "--lake", settings.lake]
    asked = [*notes, "--no-settle"]
    if verb == "settle":
        take_in(settings, made / "notes")
        asked = ["settle", "--lake", settings.lake]
    both = [started(*asked) for _ in range(2)]
    told = [process.communicate(timeout=120)[1] for process in both]
    codes = sorted(process.returncode for process in both)
    # The second one comes in time to be refused, or too late to have anything to do.
    assert codes == [0, 0] or (verb == "settle" and codes == [0, 1])
    refused = [text for text, process in zip(told, both, strict=True) if process.returncode]
    assert all("is settling this lake until" in text and "Traceback" not in text for text in refused)
    list(settle_all(settings))
    assert derived(tmp_path / "lake") == derived(made / "lake")
    assert findings(settings) == []


# Vanished files


@pytest.mark.parametrize(
    "pattern",
    [
        "attempts/*/*.parquet",
        "captures/*/*.parquet",
        "documents/*/*.parquet",
        "rejects/*/*.parquet",
        "changes/*/*.parquet",
        "receipts/fetch/*.json",
        "receipts/clean/*.json",
        "articles/*/*.parquet",
    ],
)
@pytest.mark.parametrize("which", [1, slice(None)], ids=["one", "all"])
def test_what_vanished_comes_back_by_taking_the_archive_in_again(made, settings, pattern, which):
    lake = Path(settings.lake)
    found = sorted(lake.glob(pattern))
    gone = found[:which] if isinstance(which, int) else found
    for path in gone:
        path.unlink()
    told = findings(settings)
    assert told
    assert all("Traceback" not in what for what in told)
    take_in(settings, made / "notes")
    list(settle_all(settings))
    assert derived(lake) == derived(made / "lake")
    assert findings(settings) == []
    now, then = (ledger(replace(settings, lake=str(place))) for place in (lake, made / "lake"))
    assert now.pop("tried") >= then.pop("tried"), "what is read again was tried again"
    assert now == then


# Clocks


def history_of(lake: Path) -> dict[str, list[tuple[str, str]]]:
    """Day → its steps, by the time that they tell."""
    rows = Lake.open(str(lake)).dataset("changes").to_pylist()
    days: dict[str, list[tuple[str, str]]] = {}
    for row in sorted(rows, key=lambda row: row["at"]):
        days.setdefault(row["date_published"], []).append((row["old"], row["new"]))
    return days


def assert_history_leads(lake: Path) -> None:
    opened = Lake.open(str(lake))
    for day, steps in history_of(lake).items():
        assert [old for old, _ in steps] == ["", *(new for _, new in steps)][:-1], day
        footer = opened.footer("articles", datetime.fromisoformat(day).date())
        assert footer is not None
        assert steps[-1][1] == footer.row_digest


@pytest.mark.parametrize("jump", [YEAR, -YEAR], ids=["ahead", "back"])
@pytest.mark.parametrize("call", [1, 2, 3, 5, 8, 13])
def test_a_clock_that_jumps_while_a_lake_is_settled(made, tmp_path, monkeypatch, jump, call):
    settings = Settings(lake=str(tmp_path / "lake"), model="none")
    take_in(settings, made / "notes")
    asked = 0

    def jumping(self: Clock) -> datetime:
        nonlocal asked
        asked += 1
        return (self.pinned or NOW) + (jump if asked > call else timedelta())

    monkeypatch.setattr(Clock, "now", jumping)
    list(settle_all(settings))
    assert asked > call, "the clock was never asked again: the jump came too late to try anything"
    assert derived(tmp_path / "lake") == derived(made / "lake")
    assert not list((tmp_path / "lake").glob("lease*"))
    assert findings(settings) == []
    assert_history_leads(tmp_path / "lake")


@pytest.mark.parametrize("second", [NOW + YEAR, NOW - YEAR], ids=["ahead", "back"])
def test_a_clock_that_jumps_between_runs(made, tmp_path, second):
    folder = tmp_path / "notes"
    shutil.copytree(made / "notes", folder)
    settings = Settings(lake=str(tmp_path / "lake"), model="none")
    for number, now in enumerate((NOW, second, NOW)):
        note(folder, "2026-03-22", f"Quito{number}")
        pinned = replace(settings, now=now.isoformat())
        take_in(pinned, folder)
        list(settle_all(pinned))
        assert findings(pinned) == []
        assert_history_leads(tmp_path / "lake")
    assert len(history_of(tmp_path / "lake")["2026-03-22"]) == 3
    once = Settings(lake=str(tmp_path / "once"), model="none")
    take_in(once, folder)
    list(settle_all(once))
    assert derived(tmp_path / "lake") == derived(tmp_path / "once")


@pytest.mark.parametrize("jump", [YEAR, -YEAR], ids=["ahead", "back"])
def test_a_clock_that_jumps_takes_no_file_of_a_batch_that_is_being_taken_in(
    made, tmp_path, monkeypatch, jump
):
    """Its files are listed by no receipt yet, and to a clock that is a year ahead they look old."""
    settings = Settings(lake=str(tmp_path / "lake"), model="none")
    (first, *rest) = plan(made / "notes", "text", None)
    import_batch(settings, first, None, {})
    real = Lake.write_receipt

    def meanwhile(self: Lake, receipt: Receipt, *before: Receipt | None) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(Lake, "write_receipt", real)
            patch.setattr(Clock, "now", lambda clock: datetime.now(UTC) + jump)
            list(settle_all(settings))
        real(self, receipt, *before)

    refused = []
    with monkeypatch.context() as patch:
        patch.setattr(Lake, "write_receipt", meanwhile)
        for batch in rest:
            try:
                import_batch(settings, batch, None, {})
            except LakeError as error:
                refused.append(str(error))
    assert all("again" in told for told in refused), "a person must be told what to do"
    take_in(settings, made / "notes")
    list(settle_all(settings))
    assert derived(tmp_path / "lake") == derived(made / "lake")
    assert findings(settings) == []


# A lake that can't be written, or is none


def test_a_lake_that_is_read_only_can_be_read_and_says_so_when_written_to(made, settings, tmp_path, capsys):
    lake = Path(settings.lake)
    before = {path: path.read_bytes() for path in lake.rglob("*") if path.is_file()}
    with failing(Disk(lake, "EROFS", EVERY), WRITES):
        for command, code in (
            (["check"], 0),
            (["show", "2026-03-22"], 0),
            (["settle"], 1),
            (["import", str(made / "notes"), "--kind", "text"], 1),
        ):
            with pytest.raises(SystemExit) as ended:
                main([*command, "--lake", str(lake)])
            told = capsys.readouterr()
            assert (ended.value.code or 0) == code, (command, told)
            if code:
                assert told.err.splitlines()[-1].startswith(f"dateline: the lake {lake} can't be written")
                assert "Read-only file system" in told.err
    assert {path: path.read_bytes() for path in lake.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("inside", ["", "/lake"], ids=["a file", "below a file"])
@pytest.mark.parametrize("command", ["check", "show", "settle", "import", "run"])
def test_a_file_where_the_lake_should_be(made, tmp_path, capsys, monkeypatch, command, inside):
    (tmp_path / "file").write_text("mine\n")
    monkeypatch.setenv("DATELINE_SOURCES", str(ROOT / "seeds/newsroom/sources"))
    asked = {
        "show": ["show", "2026-03-22"],
        "import": ["import", str(made / "notes"), "--kind", "text", "--workers", "2"],
    }.get(command, [command])
    with pytest.raises(SystemExit) as ended:
        main([*asked, "--lake", f"{tmp_path}/file{inside}"])
    told = capsys.readouterr().err
    assert ended.value.code in (1, 2)
    assert told.count("dateline: ") == 1
    assert f"{tmp_path}/file" in told
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_text() == "mine\n"
