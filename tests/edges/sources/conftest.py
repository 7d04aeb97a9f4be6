"""A folder of two sources that are in order, and a file that is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from source_files import GOOD


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "harbour-courier.toml").write_text(GOOD)
    other = GOOD.replace("arbour-courier", "illtop-echo").replace("Harbour Courier", "Hilltop Echo")
    (tmp_path / "hilltop-echo.toml").write_text(other)
    (tmp_path / "README.md").write_text("not a source")
    return tmp_path
