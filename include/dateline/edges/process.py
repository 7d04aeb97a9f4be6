"""Which process this is, so that another run on the same machine can tell whether it still lives."""

from __future__ import annotations

import os
import socket
from functools import cache
from multiprocessing import parent_process
from pathlib import Path
from threading import Thread

_BOOT = Path("/proc/sys/kernel/random/boot_id")


@cache
def _identity(pid: int) -> tuple[tuple[str, str], ...]:
    place, started = _place(), _started(pid)
    return (("place", place), ("pid", str(pid)), ("started", started)) if place and started else ()


def identity() -> dict[str, str]:
    """Machine, boot, process namespace, number and start of this process; empty where that can't be told.

    Process numbers are used again, so the start (in clock ticks since boot) belongs to the name. Where
    there is no /proc nothing is told, and a lease then ends by time alone.
    """
    return dict(_identity(os.getpid()))


def is_gone(told: dict[str, str]) -> bool:
    """Whether the process that `identity` told of has ended for certain; errs towards "it lives"."""
    return _is_of_here(told) and _started(int(told["pid"])) != told.get("started")


def is_alive(told: dict[str, str]) -> bool:
    """Whether the process that `identity` told of lives on this machine for certain."""
    return _is_of_here(told) and _started(int(told["pid"])) == told.get("started")


def _is_of_here(told: dict[str, str]) -> bool:
    return bool(told) and told.get("place") == _place() and told.get("pid", "").isdecimal()


def end_with_parent() -> None:
    """End this worker process as soon as its parent has ended, however that was killed.

    A worker that goes on alone would write into a lake that another run may hold by then.
    """
    parent = parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(1)

    Thread(target=wait, name="end-with-parent", daemon=True).start()


@cache
def _place() -> str:
    """The machine since its last boot and the process namespace: where a process number means something."""
    try:
        boot, namespace = _BOOT.read_text().strip(), Path("/proc/self/ns/pid").readlink()
    except OSError:
        return ""
    return f"{socket.gethostname()} {boot} {namespace}"


def _started(pid: int) -> str | None:
    """When a process began, in clock ticks since boot; None if there is none (a zombie is none)."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    # The name in brackets may hold anything, brackets and spaces among it.
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else fields[19]
