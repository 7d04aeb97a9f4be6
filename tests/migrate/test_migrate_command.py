"""`dateline migrate`: what it says and does, and that a newer lake is refused by all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dateline.cli.main import main
from dateline.edges.lake import Lake
from dateline.errors import NewerSchema
from dateline.migrate import survey
from dateline.settings import Settings
from migrated import state
from older_files import make_older, make_other_library

DAY = date(2026, 3, 24)


def test_a_newer_lake_is_refused_by_all(copy, tmp_path, capsys):
    lake = Lake.open(copy.lake)
    make_older(lake.store.local("articles/date=2026-03-24/part.parquet"), 7)
    before = state(copy)
    for call in (survey, Lake.require_current, lambda lake: list(lake.read_upgraded("articles", DAY))):
        with pytest.raises(NewerSchema, match="newer dateline, under version 7 of `articles`"):
            call(lake)
    for command in (
        ["migrate"], ["migrate", "--dry-run"], ["settle"], ["show", "2026-03-24"],
        ["import", str(tmp_path), "--kind", "text"],
    ):  # fmt: skip
        with pytest.raises(SystemExit) as ended:
            main([*command, "--lake", copy.lake])
        assert ended.value.code == 1
        told = capsys.readouterr().err
        assert told.strip().endswith("upgrade dateline"), command
        assert "Traceback" not in told
    assert state(copy) == before


def all_files(settings: Settings) -> dict[Path, tuple[bytes, int]]:
    paths = [path for path in Path(settings.lake).rglob("*") if path.is_file()]
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}


def test_a_dry_run_tells_and_changes_nothing(copy, capsys):
    make_other_library(Lake.open(copy.lake))
    make_older(Path(copy.lake) / "articles/date=2026-03-22/part.parquet", 0)
    before = all_files(copy)
    with pytest.raises(SystemExit) as ended:
        main(["migrate", "--lake", copy.lake, "--dry-run"])
    assert not ended.value.code
    said = capsys.readouterr().out
    assert "files to be written anew" in said
    assert "captures" in said
    assert "made again, as their schema is older: 2026-03-22" in said
    assert all_files(copy) == before


def test_the_command_says_what_it_did(copy, capsys, monkeypatch):
    monkeypatch.setenv("DATELINE_MODEL", "none")
    make_other_library(Lake.open(copy.lake))
    for expected in ("files written anew", "nothing to write anew"):
        with pytest.raises(SystemExit) as ended:
            main(["migrate", "--lake", copy.lake])
        assert not ended.value.code
        assert expected in capsys.readouterr().out
