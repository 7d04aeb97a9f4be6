"""What the pages say is true: their blocks run, and give what is shown."""

from __future__ import annotations

from pathlib import Path

from pages import ROOT, Page


def test_reading_the_data(sample: Path) -> None:
    page = Page(ROOT / "docs/reading-the-data.md", sample)
    assert page.run() == []
