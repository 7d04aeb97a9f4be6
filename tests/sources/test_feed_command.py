"""`dateline feed`: every file is accounted for."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import typer
from typer.testing import CliRunner

from dateline.cli.feed import feed
from dateline.errors import DatelineError

GOOD = "<rss><channel><item><title>One</title><pubDate>2024-03-25</pubDate></item></channel></rss>"


def test_each_file_gives_entries_or_a_warning(tmp_path: Path) -> None:
    files = {
        "good.xml": GOOD,
        "cut.xml": GOOD[:60],
        "page.html": "<html><body>Gone</body></html>",
        "empty.xml": "",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    paths = [str(tmp_path / name) for name in (*files, "missing.xml", ".")]
    app = typer.Typer()
    app.command()(feed)
    result = CliRunner().invoke(app, [*paths, "--output", str(tmp_path / "out.jsonl")])
    assert isinstance(result.exception, DatelineError)
    assert str(result.exception).startswith("2 of 6 files can't be read")
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert {line["file"] for line in lines} == {str(Path(path)) for path in paths}
    assert lines[0] == {
        "file": paths[0], "id": lines[0]["id"], "id_source": "made", "url": None, "article_url": None,
        "title": "One",
        "published": "2024-03-25", "updated": None, "authors": [], "summary": None, "categories": [],
        "language": None,
    }  # fmt: skip
    warned = {Path(line["file"]).name for line in lines if "warning" in line}
    assert warned == {"cut.xml", "page.html", "empty.xml", "missing.xml", tmp_path.name}


def test_files_that_can_all_be_read_are_no_failure(tmp_path: Path) -> None:
    (tmp_path / "good.xml").write_text(GOOD)
    (tmp_path / "good.xml.gz").write_bytes(gzip.compress(GOOD.encode()))
    app = typer.Typer()
    app.command()(feed)
    paths = [str(tmp_path / name) for name in ("good.xml", "good.xml.gz")]
    result = CliRunner().invoke(app, [*paths, "--output", str(tmp_path / "out.jsonl")])
    assert result.exit_code == 0
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [line["title"] for line in lines] == ["One", "One"]
    assert "FILE…" in CliRunner().invoke(app, ["--help"]).output
