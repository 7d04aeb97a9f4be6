"""A small lake to be damaged, misused or told something new."""

from __future__ import annotations

import pytest

from dateline.settings import Settings
from settled import STORY, take_in


@pytest.fixture
def notes(tmp_path):
    """A settled lake of two days, and its settings."""
    folder = tmp_path / "notes"
    folder.mkdir()
    for day in ("2026-03-22", "2026-03-24"):
        (folder / f"{day}.txt").write_text(f"date {day} A pier\n\nOSLO\n{STORY} It was {day}.\n")
    settings = Settings(lake=str(tmp_path / "lake"))
    take_in(settings, folder, "text")
    return settings
