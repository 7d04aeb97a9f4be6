"""A small lake that is whole, and a copy of it to be damaged."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from damage import make
from dateline.settings import Settings


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Settings:
    return make(tmp_path_factory.mktemp("whole"))


@pytest.fixture
def settings(whole, tmp_path) -> Settings:
    shutil.copytree(whole.lake, tmp_path / "lake")
    return replace(whole, lake=str(tmp_path / "lake"))
