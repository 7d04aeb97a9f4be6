"""The pauses of a host and its Retry-After, out of the requests that attempts tell of."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dateline.politeness.pace import Pace, Visits

NOON = datetime(2026, 3, 25, 12, tzinfo=UTC)


def hop(
    at: float, seconds: float = 0.0, status: int | None = 200, url: str = "/a", **facts: Any
) -> dict[str, Any]:
    times = {"began": NOON + timedelta(seconds=at), "ended": NOON + timedelta(seconds=at + seconds)}
    return {"url": f"http://a.test{url}", "status": status, "gap": 1.0, "retry_after": None} | times | facts


def resting(at: float, status: int, rest: float | None, **facts: Any) -> dict[str, Any]:
    return hop(at, status=status, retry_after=rest, **facts)


CASES: dict[str, tuple[list[dict[str, Any]], Pace]] = {
    "nothing": ([], Pace()),
    "once": ([hop(0)], Pace()),
    "in time": ([hop(0, 2.0), hop(3.0), hop(9.0)], Pace(1.0, 1.0)),
    "too soon": ([hop(0, 2.0), hop(2.8), hop(9.0)], Pace(0.8, 1.0, hasty=1)),
    "within the slack": ([hop(0), hop(0.96)], Pace(0.96, 1.0)),
    "within the drift": ([hop(0), hop(3597.0, gap=3600.0)], Pace(3597.0, 3600.0)),
    "beyond it": ([hop(0), hop(3590.0, gap=3600.0)], Pace(3590.0, 3600.0, hasty=1)),
    "two at once": ([hop(0, 5.0), hop(2.0), hop(6.5)], Pace(0.0, 1.0, hasty=1)),
    "a clock that stands still": ([hop(0), hop(0), hop(0)], Pace()),
    "… and is then set": ([hop(0), hop(0), hop(7200), hop(7200)], Pace(7200.0, 1.0)),
    "the tightest, not the shortest": ([hop(0), hop(2.0), hop(11.5, gap=9.0)], Pace(9.5, 9.0)),
    "429 kept": ([resting(0, 429, 60.0), hop(60.0, url="/b")], Pace(60.0, 1.0, rests=1)),
    "429 broken elsewhere at the host": (
        [resting(0, 429, 60.0), hop(30.0, url="/b"), hop(31.0)], Pace(1.0, 1.0, rests=1, broken=1),
    ),
    "429 again": (
        [resting(0, 429, 5.0), resting(5.0, 429, 5.0), hop(8.0)], Pace(3.0, 1.0, rests=2, broken=1),
    ),
    "429 that says nothing": ([resting(0, 429, None), hop(30.0)], Pace(30.0, 1.0)),
    "503 speaks for its URL": (
        [resting(0, 503, 60.0), hop(1.0, url="/b"), hop(60.0)], Pace(1.0, 1.0, rests=1),
    ),
    "503 broken": ([resting(0, 503, 60.0), hop(1.0, url="/b"), hop(59.0)], Pace(1.0, 1.0, rests=1, broken=1)),
    "never put to the test": ([resting(0, 503, 60.0), hop(5.0, url="/b")], Pace(5.0, 1.0)),
    "another status": ([resting(0, 200, 60.0), hop(5.0)], Pace(5.0, 1.0)),
    "a rest under a clock that stands still": ([resting(0, 429, 5.0), hop(0), hop(1.0)], Pace(1.0, 1.0)),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_requests_tell(name: str) -> None:
    hops, wanted = CASES[name]
    for seed in range(3):
        visits, mixed = Visits(), list(hops)
        if not any(one["status"] == 503 for one in hops) and "stands still" not in name:
            random.Random(seed).shuffle(mixed)
        for one in mixed:
            visits.add(one)
        pace = visits.pace()
        assert pace.pause == (None if wanted.pause is None else pytest.approx(wanted.pause))
        assert (pace.promised, pace.hasty, pace.rests, pace.broken) == (
            wanted.promised, wanted.hasty, wanted.rests, wanted.broken,
        )  # fmt: skip
        assert pace.is_kept == (not wanted.hasty and not wanted.broken)
