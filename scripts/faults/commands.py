"""Starting `dateline` as a user would, killing it, and seeing what is left of it."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
SEEDS = HERE.parents[1] / "seeds"
LONGEST = 300.0
"""Seconds after which a command hangs."""
ORPHAN_SECONDS = 60.0
"""How long workers may outlive their parent: one that was still starting up ends when it has started."""
WRITING_SECONDS = 2.0
"""How long they may write after it: they notice at once, but on a busy machine nothing is at once."""


@dataclass(frozen=True)
class Command:
    """A line that a user types.

    Args:
        name: what is told of it.
        arguments: of `dateline`, without the lake.
        now: the pinned clock, ISO 8601.
        settles: whether the days are right again at its end.
    """

    name: str
    arguments: tuple[str, ...]
    now: str
    settles: bool = True


@dataclass(frozen=True)
class Place:
    """Where and how commands run.

    Args:
        lake: their lake.
        model: language model, or none.
        connect_to: where the sample newsroom answers.
        small_groups: settle in groups of a few documents, so that several processes have work.
        told_in: folder of the file that keeps what they print; the lake's own by default.
    """

    lake: Path
    model: str
    connect_to: str
    small_groups: bool = False
    told_in: Path | None = None

    def start(self, command: Command) -> subprocess.Popen[str]:
        """Start a command in a group of its own, so that it can be killed with all its workers."""
        program = (
            [sys.executable, str(HERE / "small_groups.py")]
            if self.small_groups
            else [str(Path(sys.executable).with_name("dateline"))]
        )
        asked = [*program, *command.arguments, "--lake", str(self.lake)]
        with self._told.open("w") as told:
            return subprocess.Popen(
                asked,
                env=self._environment(command),
                stdout=told,
                stderr=told,
                text=True,
                start_new_session=True,
                cwd=self.lake.parent,
            )

    def _environment(self, command: Command) -> dict[str, str]:
        return {
            **os.environ,
            "DATELINE_MODEL": self.model,
            "DATELINE_NOW": command.now,
            "DATELINE_SOURCES": str(SEEDS / "newsroom" / "sources"),
            "DATELINE_CONNECT_TO": self.connect_to,
            "DATELINE_HOST_GAP": "0.01",
            "OMP_NUM_THREADS": "1",
        }

    def told(self) -> str:
        """What the last command wrote, its end."""
        return self._told.read_text()[-2000:]

    @property
    def _told(self) -> Path:
        return (self.told_in or self.lake.parent) / "told.txt"

    def run(self, command: Command) -> tuple[int, float, float]:
        """Run a command to its end: exit code, seconds until it first touched the lake, seconds in all.

        One that does not end is killed.
        """
        before, began = self._touched(), time.monotonic()
        touched = 0.0
        process = self.start(command)
        while process.poll() is None:
            if not touched and self._touched() != before:
                touched = time.monotonic() - began
            if time.monotonic() - began > LONGEST:
                kill(process, group=True)
            time.sleep(0.01)
        return process.returncode, touched, time.monotonic() - began

    def written(self, since: float) -> int:
        """How many files of the lake were put in place, or staged, since a wall time."""
        count = 0
        # Not rglob, which ends with an error where a folder goes away while it is looked at.
        for folder, _, names in os.walk(self.lake):
            for name in names:
                with suppress(FileNotFoundError):
                    facts = Path(folder, name).lstat()
                    count += "." in name and stat.S_ISREG(facts.st_mode) and facts.st_mtime >= since
        return count

    def _touched(self) -> int:
        with suppress(FileNotFoundError):
            return self.lake.stat().st_mtime_ns
        return 0


def kill(process: subprocess.Popen[str], *, group: bool) -> None:
    """SIGKILL a process that we started, with its workers or alone."""
    if group:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def workers_of(group: int) -> list[int]:
    """Living processes of a process group (Linux)."""
    found = []
    for number, state, its in _processes():
        if its == group and state not in "ZX":
            found.append(number)
    return found


def _processes() -> Iterator[tuple[int, str, int]]:
    """(number, state, group) of every process."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # The name of the program stands in brackets and may hold anything.
            facts = path.read_text().rpartition(")")[2].split()
            yield int(path.parent.name), facts[0], int(facts[2])


def outlived(group: int, started: float) -> float | None:
    """Seconds from `started` until no worker of a killed command lives; None where they do not end."""
    while workers_of(group):
        if time.monotonic() - started > ORPHAN_SECONDS:
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
            return None
        time.sleep(0.02)
    return time.monotonic() - started
