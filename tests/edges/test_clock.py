"""The clock tells the system's time, or the one it was given."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

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
