"""Sources are turned on and off without touching anything else in their files."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.edges.sources import enable, load
from dateline.errors import UsageError
from source_files import GOOD


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_enabling_changes_one_word(folder: Path, end: str) -> None:
    path = folder / "harbour-courier.toml"
    path.write_bytes(GOOD.replace("\n", end).encode())
    path.chmod(0o640)
    before = path.read_bytes()
    assert enable(folder, ["harbour-courier"], on=True) == ["harbour-courier"]
    assert path.read_bytes() == before.replace(b"enabled = false", b"enabled = true")
    assert path.stat().st_mode & 0o777 == 0o640
    assert enable(folder, ["harbour-courier"], on=True) == []
    assert enable(folder, ["harbour-courier"] * 2, on=False) == ["harbour-courier"]
    assert path.read_bytes() == before
    assert sorted(p.name for p in folder.iterdir()) == [
        "README.md", "harbour-courier.toml", "hilltop-echo.toml",
    ]  # fmt: skip


def test_enabling_adds_the_line_where_there_is_none(folder: Path) -> None:
    path = folder / "harbour-courier.toml"
    path.write_text(GOOD.replace("enabled = false  # not yet\n", "").rstrip("\n"))
    enable(folder, ["harbour-courier"], on=True)
    assert path.read_text().endswith("# they give none\nenabled = true\n")
    assert load(folder)[0].enabled


def test_enabling_leaves_a_file_alone_that_it_cannot_read_for_certain(folder: Path) -> None:
    path = folder / "harbour-courier.toml"
    path.write_text('notes = """\nenabled = false\n"""\n' + GOOD)
    before = path.read_text()
    with pytest.raises(UsageError, match="by hand"):
        enable(folder, ["harbour-courier"], on=True)
    assert path.read_text() == before


def test_an_unknown_slug_changes_nothing_and_is_told_its_neighbours(folder: Path) -> None:
    with pytest.raises(UsageError, match="do you mean harbour-courier"):
        enable(folder, ["hilltop-echo", "harbor-courier"], on=True)
    with pytest.raises(UsageError, match="dateline sources"):
        enable(folder, ["../../etc/passwd"], on=True)
    assert not any(source.enabled for source in load(folder))
