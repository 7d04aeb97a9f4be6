"""Runs programs, and ends them with everything that came of them once whoever started it is gone.

    python scripts/keeper.py LOGS '{"NAME": ["program", "argument"], …}'

Stands between `make ui` and Airflow's services. Its standard input is a pipe that the launcher holds open:
however the launcher ends, by SIGKILL too, the pipe closes then, and the keeper ends everything. The launcher
in its turn ends what a keeper that was killed has left. Whatever a service starts (workers, supervisors,
tasks) stays in the keeper's session, and by that it is found. A service that ends by itself is named on
standard output.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil

GRACE = 6.0
"""Seconds from being asked to being killed. Airflow's scheduler would wait for the tasks that run, for hours
if need be; a task may be killed at any moment, its next try repairs what it left."""


def family(session: int) -> list[psutil.Process]:
    """All living processes of a session but this one."""
    found = []
    for process in psutil.process_iter():
        try:
            mine = os.getsid(process.pid) == session and process.pid != os.getpid()
            if mine and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (psutil.Error, OSError):
            # It has ended since it was listed, or belongs to someone else.
            continue
    return found


def end(session: int, grace: float = 0.0) -> list[psutil.Process]:
    """Wait so many seconds for a session to end, then kill what is left of it, and what that had started.

    Returns:
        What can't be killed; nothing, unless the system itself hangs.
    """
    began = time.monotonic()
    while (left := family(session)) and time.monotonic() < began + grace + 20:
        if time.monotonic() >= began + grace:
            for process in left:
                # Its number is not taken by another: psutil looks at its start first.
                try:
                    process.kill()
                except psutil.NoSuchProcess:
                    continue
        time.sleep(0.1)
    return left


def _watch(services: dict[str, subprocess.Popen[bytes]], asked: list[int]) -> str | None:
    """Wait until the launcher is gone (None), a signal came (None), or a service has ended (its name)."""
    while not asked:
        ready, _, _ = select.select([sys.stdin], [], [], 0.5)
        if ready:
            return None
        for name, service in services.items():
            if service.poll() is not None:
                return name
    return None


def main() -> int:
    """Run until asked; the exit code is 1 if a service has ended by itself: its name and code are printed."""
    logs, commands = Path(sys.argv[1]), json.loads(sys.argv[2])
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda number, _: asked.append(number))
    services: dict[str, subprocess.Popen[bytes]] = {}
    gone = None
    try:
        for name, command in commands.items():
            with (logs / f"{name}.log").open("wb") as log:
                services[name] = subprocess.Popen(  # noqa: S603 - the launcher's own words
                    command, stdin=subprocess.DEVNULL, stdout=log, stderr=log
                )
        gone = _watch(services, asked)
    finally:
        for service in services.values():
            if service.poll() is None:
                service.terminate()
        end(os.getsid(0), GRACE)
    if gone is not None:
        sys.stdout.write(f"{gone} {services[gone].wait()}\n")
    return 0 if gone is None else 1


if __name__ == "__main__":
    sys.exit(main())
