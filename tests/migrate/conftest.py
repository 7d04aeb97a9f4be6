"""A lake as this dateline makes it, and a copy of it to be made older."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from dateline.settings import Settings
from migrated import made_at


@pytest.fixture(scope="module")
def fresh(tmp_path_factory) -> Settings:
    """A lake as this dateline makes it."""
    return made_at(tmp_path_factory.mktemp("fresh"))


@pytest.fixture
def copy(fresh, tmp_path) -> Settings:
    shutil.copytree(fresh.lake, tmp_path / "lake")
    return replace(fresh, lake=str(tmp_path / "lake"))
