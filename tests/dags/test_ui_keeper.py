"""The keeper ends whatever came of what it started, however the launcher or a service ends."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import keeper
import psutil
import pytest

STUBBORN = """
import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if os.fork() == 0:
    os.setpgid(0, 0)  # as a supervised task does
    if os.fork() != 0:
        os._exit(0)  # its child has lost its parent
print("up", flush=True)
time.sleep(600)
"""
PLAIN = "print('up', flush=True); import time; time.sleep(600)"
SHORT = "print('up', flush=True); raise SystemExit(3)"


@contextmanager
def kept(logs: Path, *codes: str) -> Iterator[subprocess.Popen[bytes]]:
    commands = {f"service{place}": [sys.executable, "-c", code] for place, code in enumerate(codes)}
    guard = subprocess.Popen(
        [sys.executable, keeper.__file__, str(logs), json.dumps(commands)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        until = time.monotonic() + 30
        while [log.read_text() for log in logs.glob("*.log")].count("up\nup\n") < codes.count(STUBBORN):
            assert time.monotonic() < until
            time.sleep(0.05)
        yield guard
    finally:
        # By hand: what is tested here may be what is broken.
        for process in [*keeper.family(guard.pid), guard]:
            process.kill()
        guard.wait()
        for pipe in filter(None, (guard.stdin, guard.stdout)):
            pipe.close()


def gone(session: int, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while keeper.family(session) and time.monotonic() < until:
        time.sleep(0.1)
    return keeper.family(session) == []


def test_when_the_pipe_closes(tmp_path: Path) -> None:
    with kept(tmp_path, STUBBORN, PLAIN) as guard:
        assert len(keeper.family(guard.pid)) == 4
        assert guard.stdin is not None
        guard.stdin.close()
        assert guard.wait(keeper.GRACE + 10) == 0
        assert keeper.family(guard.pid) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_when_it_is_told(tmp_path: Path, number: signal.Signals) -> None:
    with kept(tmp_path, PLAIN) as guard:
        while len(keeper.family(guard.pid)) < 2:
            time.sleep(0.05)
        guard.send_signal(number)
        assert guard.wait(10) == 0
        assert keeper.family(guard.pid) == []


def test_when_a_service_ends(tmp_path: Path) -> None:
    with kept(tmp_path, PLAIN, SHORT) as guard:
        assert guard.wait(10) == 1
        assert guard.stdout is not None
        assert guard.stdout.read() == b"service1 3\n"
        assert keeper.family(guard.pid) == []


def test_when_it_is_killed_the_launcher_finds_the_rest(tmp_path: Path) -> None:
    with kept(tmp_path, STUBBORN) as guard:
        guard.kill()
        guard.wait()
        assert len(keeper.family(guard.pid)) == 2
        assert keeper.end(guard.pid) == []
        assert gone(guard.pid, 1)


def test_others_are_left_alone(tmp_path: Path) -> None:
    other = subprocess.Popen([sys.executable, "-c", PLAIN], stdout=subprocess.DEVNULL)
    try:
        with kept(tmp_path, PLAIN) as guard:
            assert other.pid not in [process.pid for process in keeper.family(guard.pid)]
        assert psutil.Process(other.pid).is_running()
    finally:
        other.kill()
        other.wait()
