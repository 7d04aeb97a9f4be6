"""One poll in a process of its own: the live pipeline as it is, in a world of which every word is known.

Three things are put in place before it, in that process alone: names are looked up in a script, whatever
opens a connection is written down and kept on this machine, and waiting for what never comes is short.
"""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import chain, repeat
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from dateline.edges.process import end_with_parent
from dateline.settings import Settings

LONGEST = 60.0
"""Seconds after which a poll hangs."""

TOTAL = 2.5
"""Seconds that one request may take in trials: to wait for a minute would prove no more."""

Names = dict[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True)
class Told:
    """What a poll's process tells: see `evidence.Poll`; `batches` are those that it fetched."""

    began: float
    ended: float
    batches: tuple[str, ...]
    reached: tuple[tuple[str, int], ...]
    held: int


class Child:
    """A poll under way in a process of its own.

    Args:
        settings: of the poll; its clock is pinned.
        names: what names lead to, besides those that the settings map.
        settles: whether all that was fetched is cleaned and settled at the end.
        segment: exchanges of a segment; as in real runs if None.
    """

    def __init__(
        self, settings: Settings, names: Names, settles: bool = False, segment: int | None = None
    ) -> None:
        context = get_context("spawn")
        self._told, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_work, args=(settings, names, settles, segment, theirs))
        self._process.start()
        theirs.close()

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self._process.kill()
        self._process.join()

    def result(self) -> Told | None:
        """What it tells at its end; None if it failed, or hung and was killed."""
        try:
            return self._told.recv() if self._told.poll(LONGEST) else None
        except EOFError:
            return None
        finally:
            self._process.join(5)
            self.kill()


def _work(settings: Settings, names: Names, settles: bool, segment: int | None, pipe: Connection) -> None:
    end_with_parent()
    reached = _watch()
    _look_up(names)
    _shorten()
    from dateline import live_runs
    from dateline.edges.lake import Lake
    from dateline.run import clean_one, settle_all

    before = _most_memory()
    began = time.monotonic()
    live_runs.SEGMENT_ROWS = segment or live_runs.SEGMENT_ROWS
    runs = live_runs.resolve_live(settings)
    for run in runs:
        live_runs.fetch_live(settings, run)
    ended, held = time.monotonic(), _most_memory() - before
    if settles:
        for receipt in Lake.open(settings.lake).receipts("fetch"):
            clean_one(settings, receipt.id)
        list(settle_all(settings))
    lake = Lake.open(settings.lake)
    batches = tuple(receipt.id for run in runs for receipt in live_runs.segments(lake, run.id))
    pipe.send(Told(began, ended, batches, tuple(reached), held))


def _watch() -> list[tuple[str, int]]:
    """Write down every address that this process is about to connect to, and let none leave the machine.

    It is asked by the interpreter itself, below everything that a client could do or leave out.
    """
    reached: list[tuple[str, int]] = []

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect" and isinstance(arguments[1], tuple):
            address = str(arguments[1][0])
            reached.append((address, int(arguments[1][1])))
            if not address.startswith("127.") and address not in ("::1", "::ffff:127.0.0.1"):
                raise ConnectionRefusedError("a trial does not leave the machine")

    sys.addaudithook(hook)
    return reached


def _look_up(names: Names) -> None:
    """Look names up in a script; what the C library takes for an address stays an address."""
    real: Callable[..., Any] = socket.getaddrinfo
    left = {name: chain(answers[:-1], repeat(answers[-1])) for name, answers in names.items()}

    def getaddrinfo(
        host: Any, port: Any, family: int = 0, type: int = 0, proto: int = 0, flags: int = 0
    ) -> Any:
        name = host.decode() if isinstance(host, bytes) else str(host)
        addresses = next(left[name]) if name in left else (name,)
        written_out = flags | socket.AI_NUMERICHOST
        return [found for one in addresses for found in real(one, port, family, type, proto, written_out)]

    socket.getaddrinfo = getaddrinfo


def _shorten() -> None:
    from dateline.edges.http.limits import Limits

    usual = Limits.of

    def of(settings: Settings) -> Limits:
        return replace(usual(settings), total=TOTAL, connect=0.6, silence=0.6, backoff=0.1)

    setattr(Limits, "of", staticmethod(of))  # noqa: B010 - what mypy rightly refuses elsewhere


def _most_memory() -> int:
    """The most memory that this process ever held, in bytes; 0 where there is no /proc.

    What `getrusage` tells would count the process that started this one, too.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    found = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    return 1024 * int(found[0]) if found else 0
