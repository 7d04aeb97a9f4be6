"""Workers end with their parent: one that goes on would write into a lake that another run may hold."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

import slow_work

STARTS, ENDS = 60.0, 10.0
"""Seconds that workers may take to begin, and to end, on a machine that has other things to do."""


def wait_until(true, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.slow
def test_workers_end_with_a_parent_that_was_killed(tmp_path):
    files = [tmp_path / f"{number}.txt" for number in range(2)]
    run = subprocess.Popen(
        [sys.executable, str(Path(slow_work.__file__)), str(tmp_path)], start_new_session=True
    )
    try:
        assert wait_until(lambda: all(file.exists() and file.stat().st_size for file in files), STARTS)
        os.kill(run.pid, signal.SIGKILL)
        run.wait()

        def silent() -> bool:
            before = [file.stat().st_size for file in files]
            time.sleep(1)
            return before == [file.stat().st_size for file in files]

        assert wait_until(silent, ENDS), "workers went on without their parent"
    finally:
        with suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)
