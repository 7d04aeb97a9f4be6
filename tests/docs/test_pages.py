"""What the pages say is true: their blocks run, and give what is shown."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from serve import Newsroom

from pages import ROOT, Page


def test_reading_the_data(sample: Path) -> None:
    page = Page(ROOT / "docs/reading-the-data.md", sample)
    assert "\n".join(page.run()) == ""


def test_deduplication(sample: Path) -> None:
    page = Page(ROOT / "docs/deduplication.md", sample, environment={"DATELINE_LAKE": "data/lake"})
    assert "\n".join(page.run()) == ""


@pytest.mark.slow
def test_adding_a_publisher(tmp_path: Path) -> None:
    golden = tmp_path / "tests/golden"
    golden.mkdir(parents=True)
    shutil.copy(ROOT / "tests/golden/test_golden.py", golden)
    with Newsroom("2026-03-25T06:00:00Z") as room:
        page = Page(
            ROOT / "docs/adding-a-publisher.md",
            tmp_path,
            # Nothing that is shown needs a model.
            environment={"DATELINE_MODEL": "none"},
            other={"8731": str(room.port)},
        )
        assert "\n".join(page.run()) == ""
    for name in ("tasman-post.html", "tasman-post.json"):
        ours, theirs = (folder / "tests/golden" / name for folder in (ROOT, tmp_path))
        assert ours.read_bytes() == theirs.read_bytes(), (
            "the page makes another golden page than the tree has"
        )


@pytest.mark.slow
def test_time_and_identity(tmp_path: Path) -> None:
    page = Page(ROOT / "docs/time-and-identity.md", tmp_path, environment={"DATELINE_MODEL": "none"})
    assert "\n".join(page.run()) == ""


@pytest.mark.slow
def test_contributing(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests/golden", tmp_path / "tests/golden")
    assert "\n".join(Page(ROOT / "CONTRIBUTING.md", tmp_path).run()) == ""
