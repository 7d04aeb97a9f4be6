"""The secret of a private Airflow: one for all, whole or not there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import airflow_home
import pytest

KEYS = ("AIRFLOW__API__SECRET_KEY", "AIRFLOW__API_AUTH__JWT_SECRET")


def secret(home: Path) -> str:
    """What all services are told."""
    told = {airflow_home.environment(home)[key] for key in KEYS}
    assert len(told) == 1
    return told.pop()


def test_it_is_made_once_and_for_its_owner(tmp_path: Path) -> None:
    one = secret(tmp_path / "home")
    assert len(one) == 128
    assert secret(tmp_path / "home") == one
    assert secret(tmp_path / "other") != one
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["secret"]
    assert (tmp_path / "home/secret").stat().st_mode & 0o777 == 0o600


def test_who_is_killed_on_the_way_leaves_no_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """The process ends here."""

    def die(*_: Any) -> None:
        raise Killed

    monkeypatch.setattr(os, "link", die)
    with pytest.raises(Killed):
        airflow_home.environment(tmp_path)
    assert not (tmp_path / "secret").exists()


def test_an_empty_one_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "secret").touch(mode=0o600)
    assert len(secret(tmp_path)) == 128


def test_the_first_of_two_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = os.link

    def late(source: Any, target: Any) -> None:
        Path(target).write_text("the other's")
        link(source, target)

    monkeypatch.setattr(os, "link", late)
    assert secret(tmp_path) == "the other's"
