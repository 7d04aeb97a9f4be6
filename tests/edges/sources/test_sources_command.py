"""`dateline sources`: lists, switches and checks, and a broken file holds up no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.cli.sources import app
from dateline.edges.sources import load, survey
from dateline.errors import UsageError
from source_files import GOOD


def test_the_command_lists_switches_and_checks(folder: Path) -> None:
    run, place = CliRunner().invoke, ["--folder", str(folder)]
    listed = run(app, ["list", *place])
    assert listed.output.splitlines() == [
        "harbour-courier\tHarbour Courier\tGB\ten-GB\t1\tno\t\t\t\t",
        "hilltop-echo\tHilltop Echo\tGB\ten-GB\t1\tno\t\t\t\t",
    ]
    switched = run(app, ["enable", "hilltop-echo", *place])
    assert (switched.exit_code, switched.output) == (0, "hilltop-echo: enabled\n")
    assert run(app, ["enable", "hilltop-echo", *place]).output == "hilltop-echo: was enabled already\n"
    assert run(app, ["disable", "hilltop-echo", *place]).output == "hilltop-echo: disabled\n"
    assert run(app, ["check", *place]).output == "2 source files are in order\n"
    (folder / "bad-one.toml").write_text("name = 1")
    failed = run(app, ["check", *place])
    assert isinstance(failed.exception, UsageError)
    assert failed.output.startswith("bad-one.toml: name: ")


def test_the_command_alone_lists(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_SOURCES", str(folder))
    assert CliRunner().invoke(app, []).output.startswith("harbour-courier\t")


def test_the_group_takes_the_folder_and_the_lake_too(folder: Path, tmp_path: Path) -> None:
    run, place = CliRunner().invoke, ["--folder", str(folder), "--lake", str(tmp_path / "lake")]
    assert run(app, place).output.startswith("harbour-courier\t")
    assert run(app, [*place, "list"]).output.startswith("harbour-courier\t")
    assert run(app, [*place, "enable", "hilltop-echo"]).output == "hilltop-echo: enabled\n"
    assert load(folder)[1].enabled
    assert run(app, [*place, "check"]).output == "2 source files are in order\n"
    nearest = run(app, ["--folder", str(tmp_path / "nowhere"), "list", "--folder", str(folder)])
    assert nearest.output.startswith("harbour-courier\t")


def test_a_broken_file_is_named_and_the_others_go_on(folder: Path) -> None:
    (folder / "bad-one.toml").write_text("name = ")
    (folder / "twin.toml").write_text(GOOD)
    found, wrong = survey(folder)
    assert [source.slug for source in found] == ["harbour-courier", "hilltop-echo"]
    assert list(wrong) == ["bad-one", "twin"]
    with pytest.raises(UsageError, match=r"bad-one\.toml: no TOML"):
        load(folder)
    run, place = CliRunner().invoke, ["--folder", str(folder)]
    listed = run(app, ["list", *place])
    assert listed.exit_code == 0
    assert [line.split("\t")[0] for line in listed.stdout.splitlines()] == ["harbour-courier", "hilltop-echo"]
    switched = run(app, ["enable", "hilltop-echo", *place])
    assert (switched.exit_code, switched.stdout) == (0, "hilltop-echo: enabled\n")
    assert run(app, ["disable", "hilltop-echo", *place]).stdout == "hilltop-echo: disabled\n"


def test_a_broken_file_is_told_on_standard_error(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "bad-one.toml").write_text("name = ")
    monkeypatch.setattr("sys.argv", ["sources"])
    for words in (["list"], ["enable", "hilltop-echo"], ["disable", "hilltop-echo"]):
        app([*words, "--folder", str(folder)], standalone_mode=False)
        told = capsys.readouterr()
        assert told.err.startswith("bad-one.toml: no TOML: ")
        assert "bad-one" not in told.out


def test_what_is_asked_of_a_broken_file_fails_after_the_others(folder: Path) -> None:
    (folder / "bad-one.toml").write_text("name = ")
    switched = CliRunner().invoke(app, ["enable", "bad-one", "hilltop-echo", "--folder", str(folder)])
    assert isinstance(switched.exception, UsageError)
    assert "bad-one" in str(switched.exception)
    assert switched.stdout == "hilltop-echo: enabled\n"
    assert (folder / "bad-one.toml").read_text() == "name = "
