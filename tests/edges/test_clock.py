"""The clock tells the system's time, or the one it was given."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dateline.edges.clock import Clock
from dateline.errors import UsageError
from dateline.settings import Settings


@pytest.mark.parametrize(
    "now", ["2024-03-25T06:00:00Z", "2024-03-25T06:00:00", "2024-03-25T08:30:00+02:30", "2024-03-25 06:00"]
)
def test_pinned(now: str) -> None:
    clock = Clock.of(Settings(now=now))
    assert clock.now() == clock.now() == datetime(2024, 3, 25, 6, tzinfo=UTC)
    assert clock.now().utcoffset() == timedelta(0)


def test_the_systems() -> None:
    assert abs(Clock.of(Settings()).now() - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize("now", ["yesterday", "2024-02-31", "2024-03-25T25:00", "0001-01-01T00:00:00+14:00"])
def test_no_instant(now: str) -> None:
    with pytest.raises(UsageError, match="DATELINE_NOW"):
        Clock.of(Settings(now=now))


def test_a_file_moves_it(tmp_path: Path) -> None:
    file = tmp_path / "now"
    settings = Settings(now=f"@{file}")
    with pytest.raises(UsageError, match="can't be read"):
        Clock.of(settings)
    for hour in (6, 12):
        file.write_text(f"2024-03-25T{hour:02}:00:00Z\n")
        assert Clock.of(settings).now() == datetime(2024, 3, 25, hour, tzinfo=UTC)


@pytest.mark.parametrize("held", [b"", b"soon", b"\xff\xfe", b"x" * 10**6])
def test_a_file_without_an_instant(tmp_path: Path, held: bytes) -> None:
    file = tmp_path / "now"
    file.write_bytes(held)
    with pytest.raises(UsageError, match="DATELINE_NOW"):
        Clock.of(Settings(now=f"@{file}"))


@pytest.mark.parametrize("path", ["", "/nowhere/at/all", "/", "a\0b", "x" * 5000])
def test_a_file_that_is_none(path: str) -> None:
    with pytest.raises(UsageError, match="DATELINE_NOW"):
        Clock.of(Settings(now=f"@{path}"))
