"""The command line itself: what is loaded for a command, and what is told of all of them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from dateline.cli.main import COMMANDS, GROUPS, main

PROGRAM = "import sys; from dateline.cli.main import main\ntry: main()\nfinally: print([*sys.modules])"


def test_no_other_command_is_loaded_than_the_one_that_is_asked_for() -> None:
    command = [sys.executable, "-c", PROGRAM, "schema", "--help"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Print what a dataset promises" in told
    loaded = {module for module, _ in COMMANDS} | set(GROUPS)
    assert {module for module in loaded if f"'dateline.cli.{module}'" in told} == {"schema"}


@pytest.mark.parametrize("arguments", [["--help"], ["nonsense"]])
def test_all_commands_are_known(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    told = capsys.readouterr()
    if arguments == ["nonsense"]:
        assert ended.value.code == 2
        assert "No such command 'nonsense'" in told.err
    else:
        listed = [line.split()[0] for line in told.out.splitlines() if line.startswith("  ") and line.split()]
        assert {name for _, name in COMMANDS} | set(GROUPS) <= set(listed)
