"""Documents made again from captures: which, how much it is, and through the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dateline import reprocess
from dateline.cli.main import main
from dateline.edges.archive import plan
from dateline.edges.archive_days import DayNames
from dateline.edges.lake import Lake
from dateline.edges.lake.partitions import parse_day
from dateline.run import import_batch, settle_all
from dateline.settings import Settings
from dateline.settle import Span
from dateline.steps.clean import CleanRules

TEXT = (
    " date {day} {title}\nSKAGEN\n\nThe council of the island agreed to repair the ferry landing, {title}.\n"
)
DAYS = ("2024-03-01", "2024-03-02", "2024-03-03")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A published lake: a batch a day, the third of which also holds a file that is none."""
    monkeypatch.setenv("DATELINE_MODEL", "none")
    folder = tmp_path / "in"
    folder.mkdir()
    for day in DAYS:
        (folder / f"{day}.txt").write_text(TEXT.format(day=day, title=f"story of {day}"))
    (folder / f"{DAYS[2]}-broken.txt").write_bytes(b"PK\0\1" * 20)
    settings = Settings(lake=str(tmp_path / "lake"), model="none")
    for batch in plan(folder, "text", "box", days=DayNames()):
        import_batch(settings, batch, "2024-03-09", {})
    list(settle_all(settings))
    return settings


@pytest.fixture
def newer(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    declare = CleanRules.declare
    monkeypatch.setattr(CleanRules, "declare", lambda rules: declare(rules) | {"version": "newer"})


def span(start: str | None, end: str | None) -> Span:
    return Span(*(day and parse_day(day) for day in (start, end)))


def test_nothing_is_stale_where_nothing_changed(settings: Settings) -> None:
    found = reprocess.plan(settings, Span())
    assert found.is_empty
    assert list(found.lines) == [
        "nothing to do: every batch and every day of the span was made by the present versions"
    ]


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        (None, None, DAYS),
        (DAYS[1], DAYS[1], DAYS[1:2]),
        (DAYS[1], None, DAYS[1:]),
        (None, DAYS[0], DAYS[:1]),
        ("2024-03-04", None, ()),
    ],
)
def test_batches_are_found_by_the_days_of_their_documents(
    settings: Settings, newer: None, start: str | None, end: str | None, wanted: tuple[str, ...]
) -> None:
    found = reprocess.stale_batches(settings, span(start, end))
    assert sorted(day for batch in found for day in batch.days) == sorted(wanted)
    assert all((batch.captures, batch.documents) == (1, 1) for batch in found)


def test_a_batch_without_documents_is_found_by_the_days_of_its_captures(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "bare"
    folder.mkdir()
    (folder / "a.txt").write_text(" date 2024-03-01 A title alone\n")
    for batch in plan(folder, "text", None):
        import_batch(settings, batch, "2024-03-09", {})
    declare = CleanRules.declare
    monkeypatch.setattr(CleanRules, "declare", lambda rules: declare(rules) | {"version": "newer"})
    (found,) = reprocess.stale_batches(settings, span("2024-03-09", "2024-03-09"))
    assert (found.id.split("/")[1], found.captures, found.documents) == ("bare", 1, 0)


def test_all_is_made_again_once(settings: Settings, newer: None) -> None:
    before = Lake.open(settings.lake).dataset("articles").to_pylist()
    done = list(reprocess.reprocess(settings, Span(), "a newer rule"))
    assert [summary.step for summary in done if not summary.skipped].count("clean") == 3
    assert Lake.open(settings.lake).dataset("articles").to_pylist() == before
    assert reprocess.plan(settings, Span()).is_empty
    assert reprocess.left(settings) == 0


def test_a_batch_that_was_made_meanwhile_is_left(settings: Settings, newer: None) -> None:
    (batch,) = reprocess.stale_batches(settings, span(DAYS[0], DAYS[0]))
    assert not reprocess.clean_again(settings, batch.id).skipped
    assert reprocess.clean_again(settings, batch.id).skipped


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    return run


def test_a_dry_run_tells_how_much_it_is_and_changes_nothing(
    settings: Settings, newer: None, call: Callable[..., tuple[int, str, str]]
) -> None:
    lake = Path(settings.lake)
    before = {file: file.stat().st_mtime_ns for file in lake.rglob("*") if file.is_file()}
    code, out, _ = call("reprocess", "--from", DAYS[1], "--reason", "x", "--dry-run", "--lake", settings.lake)
    assert code == 0
    assert "clean: 2 batches, 2 captures, 2 documents of 2 days" in out
    assert {file: file.stat().st_mtime_ns for file in lake.rglob("*") if file.is_file()} == before


def test_the_command_makes_a_span_again(
    settings: Settings, newer: None, call: Callable[..., tuple[int, str, str]]
) -> None:
    given = ("--from", DAYS[0], "--to", DAYS[1], "--reason", "a newer rule", "--lake", settings.lake)
    code, out, _ = call("reprocess", *given)
    assert code == 0
    assert "ledger" in out
    assert [batch.days for batch in reprocess.stale_batches(settings, Span())] == [(DAYS[2],)]
    code, out, _ = call("reprocess", *given)
    assert (code, "nothing to do" in out) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--reason", " "), "give a --reason"),
        ((), "--reason"),
        (("--reason", "x", "--from", "2024-03-02", "--to", "2024-03-01"), "lies after"),
        (("--reason", "x", "--from", "2024-02-30"), "no day"),
        (("--reason", "x", "--lake", "nowhere"), "nowhere"),
    ],
)
def test_bad_usage_is_one_sentence(
    arguments: tuple[str, ...], told: str, call: Callable[..., tuple[int, str, str]],
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    code, _, err = call("reprocess", *arguments)
    assert code == 2
    assert told in err
    assert list(tmp_path.iterdir()) == []
