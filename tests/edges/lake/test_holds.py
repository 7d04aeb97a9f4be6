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

import pytest

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
assert Holds(Path(sys.argv[1]), Clock()).take({HOST!r})
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
    first.free()
    time.sleep(0.1)
    second = holds.take(HOST)
    assert second is not None
    assert 0.08 < second.idle < 5


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
        after = holds.take(HOST)
        assert after is not None
        assert after.idle < 10
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
        turns = Turns(30.0, Holds(tmp_path, NOON))
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
        turns = Turns(30.0, Holds(tmp_path, NOON))
        async with turns.turn(HOST, 0.0, asyncio.get_running_loop().time() + 0.2):
            pass

    with pytest.raises(NotNowError):
        asyncio.run(ask())
    hold.free()
    asyncio.run(ask())


def test_a_rest_that_one_task_met_holds_for_the_other(tmp_path: Path) -> None:
    async def run() -> None:
        one, other = Turns(1.0, Holds(tmp_path, NOON)), Turns(1.0, Holds(tmp_path, NOON))
        async with one.turn(HOST, 0.0, math.inf):
            one.rest(HOST, 600.0)
        async with other.turn(HOST, 0.0, math.inf):
            pass

    with pytest.raises(NotNowError, match="600 s"):
        asyncio.run(run())
