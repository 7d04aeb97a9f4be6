"""The hostile site itself: all promises are kept, and the command says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.cli import politeness as command
from dateline.cli.main import main
from dateline.politeness import conformance
from dateline.politeness.evidence import Row


@pytest.mark.slow
def test_every_promise_is_kept() -> None:
    rows = list(conformance.rows())
    assert [(about, row.promised, row.measured) for about, row in rows if not row.kept] == []
    assert len(rows) > 50


@pytest.mark.parametrize(("kept", "code"), [((True, True), 0), ((True, False), 1)])
def test_a_broken_promise_is_told_and_fails(
    kept: tuple[bool, ...], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [("pauses", Row("pause ≥ 1 s", f"{n} s", each)) for n, each in enumerate(kept)]
    monkeypatch.setattr(conformance, "rows", lambda: iter(rows))
    with pytest.raises(SystemExit) as ended:
        main(["politeness"])
    assert ended.value.code == code
    told = capsys.readouterr()
    assert ("BROKEN" in told.out) == (code == 1)
    assert ("1 of 2 promises are not kept" in told.err) == (code == 1)
    assert ("all 2 promises are kept" in told.out) == (code == 0)


@pytest.mark.parametrize(
    "arguments",
    [["--from", "2026-03-25"], ["--lake", "{folder}/none"], ["--lake", "{folder}", "--from", "today"]],
)
def test_bad_usage(arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["politeness", *(each.format(folder=tmp_path) for each in arguments)])
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("dateline: ")
    assert command.politeness.__doc__
