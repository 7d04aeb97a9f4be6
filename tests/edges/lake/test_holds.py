"""Names that one task at a time has to itself, over threads, processes and crashes."""

from __future__ import annotations

import asyncio
import math
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.edges.clock import Clock
from dateline.edges.http.turns import NotNowError, Turns
from dateline.edges.lake.holds import Holds, only
from dateline.errors import LakeError, LeaseHeld

NOON = Clock(datetime(2024, 3, 25, 12, tzinfo=UTC))
HOST = "www.paper.test"
HOLDER = f"""
import sys, time
from pathlib import Path
from dateline.edges.clock import Clock
from dateline.edges.lake.holds import Holds
hold = Holds(Path(sys.argv[1]), Clock()).take({HOST!r})
hold.begin()
print("held", flush=True)
time.sleep(60)
"""


def test_one_at_a_time_and_the_next_knows_when(tmp_path: Path) -> None:
    holds = Holds(tmp_path, NOON)
    first = holds.take(HOST)
    assert first is not None
    assert first.idle == math.inf
    assert holds.take(HOST) is None
    assert Holds(tmp_path, NOON).take(HOST) is None
    other = holds.take("other.test")
    assert other is not None
    first.begin()
    first.free()
    time.sleep(0.1)
    second = holds.take(HOST)
    assert second is not None
    assert 0.08 < second.idle < 5
    second.free()
    time.sleep(0.1)
    third = holds.take(HOST)
    assert third is not None
    assert third.idle > 0.18, "the second has asked nothing"


def test_the_hold_of_a_process_that_was_killed_ends_with_it(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        holds = Holds(tmp_path, NOON)
        assert holds.take(HOST) is None
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait(10)
        time.sleep(0.2)
        after = holds.take(HOST)
        assert after is not None
        assert after.idle == 0.0, "when its request ended nobody knows"
        after.free()
        time.sleep(0.1)
        later = holds.take(HOST)
        assert later is not None
        assert later.idle > 0.08, "that is so once"
    finally:
        holder.kill()
        holder.wait(10)


def test_a_host_that_asked_one_task_to_stay_away_is_left_alone_by_all(tmp_path: Path) -> None:
    holds = Holds(tmp_path, NOON)
    hold = holds.take(HOST)
    assert hold is not None
    holds.leave_alone(HOST, 120.0)
    holds.leave_alone(HOST, 60.0)
    hold.free()
    later = Holds(tmp_path, Clock(datetime(2024, 3, 25, 12, 1, tzinfo=UTC)))
    found = later.take(HOST)
    assert found is not None
    assert found.rest == 60.0
    found.free()
    over = Holds(tmp_path, Clock(NOON.now() + timedelta(minutes=3))).take(HOST)
    assert over is not None
    assert over.rest == 0.0


@pytest.mark.parametrize("text", [b"", b"\xff\xfe", b"2024-03-25", b"never", b"9" * 99])
def test_a_file_of_another_kind_says_nothing(tmp_path: Path, text: bytes) -> None:
    holds = Holds(tmp_path, NOON)
    hold = holds.take(HOST)
    assert hold is not None
    hold.free()
    [path] = [path for path in tmp_path.rglob("*") if path.is_file()]
    path.write_bytes(text)
    found = holds.take(HOST)
    assert found is not None
    assert found.rest == 0.0


def taken(folder: Path, hours: float = 0.0) -> tuple[float, float, float]:
    """Idle, rest and gap as the next task finds them."""
    hold = Holds(folder, Clock(NOON.now() + timedelta(hours=hours))).take(HOST)
    assert hold is not None
    hold.free()
    return hold.idle, hold.rest, hold.gap


def test_the_longest_pause_is_kept_for_a_day(tmp_path: Path) -> None:
    holds = Holds(tmp_path, NOON)
    holds.slow_down(HOST, 5.0)
    holds.slow_down(HOST, 2.0)
    assert taken(tmp_path) == (math.inf, 0.0, 5.0)
    assert taken(tmp_path, 23) == (math.inf, 0.0, 5.0)
    assert taken(tmp_path, 25) == (math.inf, 0.0, 0.0)
    assert taken(tmp_path, -1) == (math.inf, 0.0, 0.0)
    Holds(tmp_path, Clock(NOON.now() + timedelta(hours=25))).slow_down(HOST, 2.0)
    assert taken(tmp_path, 25) == (math.inf, 0.0, 2.0)
    holds.leave_alone(HOST, 60.0)
    assert taken(tmp_path)[1] == 60.0
    assert taken(tmp_path, 25)[2] == 2.0


@given(gap=st.floats(0.001, 1e12))
def test_a_pause_is_never_told_shorter(gap: float) -> None:
    with TemporaryDirectory() as folder:
        Holds(Path(folder), NOON).slow_down(HOST, gap)
        assert taken(Path(folder))[2] >= min(gap, 366 * 86_400)


def test_who_tells_of_a_pause_or_waits_in_vain_has_asked_nothing(tmp_path: Path) -> None:
    """Else a host with a pause longer than the time between two runs were never asked again."""

    async def run(patience: float) -> None:
        turns = Turns(30.0, holds=Holds(tmp_path, NOON))
        async with turns.turn(HOST, 1.0, asyncio.get_running_loop().time() + patience):
            pass

    asyncio.run(run(1.0))
    for _ in range(4):
        time.sleep(0.2)
        with pytest.raises(NotNowError):
            asyncio.run(run(0.0))
    time.sleep(0.3)
    asyncio.run(run(0.1))


def test_a_shard_is_polled_by_one_task(tmp_path: Path) -> None:
    holds = Holds(tmp_path, NOON)
    with only(holds, "live shard 3"):
        with pytest.raises(LeaseHeld, match="live shard 3"), only(Holds(tmp_path, NOON), "live shard 3"):
            pass
        with only(holds, "live shard 4"):
            pass
    with only(holds, "live shard 3"):
        pass


def test_a_lake_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way")
    with pytest.raises(LakeError, match="can't be written"):
        Holds(tmp_path, NOON).take(HOST)


def test_two_tasks_take_turns_at_a_host_with_a_pause_between(tmp_path: Path) -> None:
    asked: list[tuple[float, float]] = []

    async def task() -> None:
        turns = Turns(30.0, holds=Holds(tmp_path, NOON))
        for _ in range(4):
            async with turns.turn(HOST, 0.06, math.inf):
                begun = time.monotonic()
                await asyncio.sleep(0.02)
                asked.append((begun, time.monotonic()))

    async def both() -> None:
        await asyncio.gather(task(), task())

    asyncio.run(both())
    asked.sort()
    gaps = [later[0] - sooner[1] for sooner, later in pairwise(asked)]
    assert len(gaps) == 7
    assert min(gaps) >= 0.055


def test_what_another_task_holds_too_long_is_put_off(tmp_path: Path) -> None:
    hold = Holds(tmp_path, NOON).take(HOST)
    assert hold is not None

    async def ask() -> None:
        turns = Turns(30.0, holds=Holds(tmp_path, NOON))
        async with turns.turn(HOST, 0.0, asyncio.get_running_loop().time() + 0.2):
            pass

    with pytest.raises(NotNowError):
        asyncio.run(ask())
    hold.free()
    asyncio.run(ask())


def test_a_rest_that_one_task_met_holds_for_the_other(tmp_path: Path) -> None:
    async def run() -> None:
        one, other = (Turns(1.0, holds=Holds(tmp_path, NOON)) for _ in range(2))
        async with one.turn(HOST, 0.0, math.inf):
            one.rest(HOST, 600.0)
        async with other.turn(HOST, 0.0, math.inf):
            pass

    with pytest.raises(NotNowError, match="600 s"):
        asyncio.run(run())


def test_a_pause_that_one_task_knows_of_holds_for_all_and_for_later_runs(tmp_path: Path) -> None:
    times: list[float] = []

    async def ask(gap: float) -> None:
        turns = Turns(1.0, holds=Holds(tmp_path, NOON))
        async with turns.turn(HOST, gap, math.inf):
            times.append(time.monotonic())

    for gap in (0.0, 0.3, 0.0):
        asyncio.run(ask(gap))
    assert times[1] - times[0] >= 0.3
    assert times[2] - times[1] >= 0.3


KILLED = f"""
import asyncio, math, sys, time
from pathlib import Path
from dateline.edges.clock import Clock
from dateline.edges.http.turns import Turns
from dateline.edges.lake.holds import Holds
async def main():
    turns = Turns(30, holds=Holds(Path(sys.argv[1]), Clock()))
    for length in (0.0, 60.0):
        async with turns.turn({HOST!r}, 1.0, math.inf):
            print("asked", flush=True)
            await asyncio.sleep(length)
asyncio.run(main())
"""


@pytest.mark.parametrize("asked", [1, 2])
def test_the_pause_is_kept_over_a_kill(asked: int, tmp_path: Path) -> None:
    """Killed inside the pause it counts from the last end, killed inside a request from the kill."""
    task = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    try:
        assert task.stdout is not None
        for _ in range(asked):
            assert task.stdout.readline() == "asked\n"
        begun = time.monotonic()
        time.sleep(0.6)
    finally:
        task.kill()
        task.wait(10)
    killed = time.monotonic()
    holds = Holds(tmp_path, Clock())

    async def ask() -> float:
        async with Turns(30.0, holds=holds).turn(HOST, 0.0, math.inf):
            return time.monotonic()

    after = asyncio.run(ask())
    assert after - (begun if asked == 1 else killed) >= 0.98
    assert after - killed < 1.0 if asked == 1 else after - killed < 1.5
