"""Holds: a name in the lake that one task has to itself, until it lets go or its process ends.

A shard is polled by one task at a time, and a host asked by one; what a task leaves behind at a host (when it
asked, for how long it was told to stay away) the next one finds there.

Built on `flock`: the system itself ends the hold of a process that dies, however it dies, so that a retry
waits for nobody who is gone and never meets one who is not. The lake must lie on a disk whose locks count
for all machines that share it (a local disk, NFS 4).
"""

from __future__ import annotations

import fcntl
import hashlib
import math
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from dateline.edges.clock import Clock
from dateline.errors import LakeError, LeaseHeld

_FOLDER = "cache/holds"
_FREE = "free"
_TICK = 0.01
"""Seconds by which two times of a file system may err."""


class Hold:
    """A hold that this task has.

    Args:
        file: descriptor of the locked file.
        idle: seconds since the task before let go; infinite if there was none.
        rest: for how many seconds more whom the name stands for asked to be left alone.
    """

    def __init__(self, file: int, idle: float, rest: float) -> None:
        self._file = file
        self.idle = idle
        self.rest = rest

    def free(self) -> None:
        """Let go, and leave the time of it behind."""
        with suppress(OSError):
            os.utime(self._file)
        os.close(self._file)


class Holds:
    """The holds of a lake.

    Args:
        root: folder of the lake.
        clock: tells until when a host rests.
    """

    def __init__(self, root: Path, clock: Clock) -> None:
        self._folder = root / _FOLDER
        self._clock = clock

    def take(self, name: str) -> Hold | None:
        """Hold a name; None while another task does, in this process or any other.

        Raises:
            LakeError: the lake can't be written or locked.
        """
        file = self._open(name)
        try:
            # Each opening of the file counts for itself, so two tasks of one process exclude each other too.
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return Hold(file, _idle(file), self._rest(file))
        except BlockingIOError:
            os.close(file)
            return None
        except OSError as error:
            os.close(file)
            raise LakeError(f"{self._folder} can't be locked: {error.strerror or error}") from error

    def leave_alone(self, name: str, seconds: float) -> None:
        """Tell the tasks after this one, and beside it, to leave a host alone."""
        until = self._clock.now() + timedelta(seconds=seconds)
        file = self._open(name)
        try:
            told = self._until(file)
            if told is None or until > told:
                # In one write of one size: who reads beside it reads the old or the new instant.
                os.pwrite(file, until.isoformat(timespec="microseconds").encode(), 0)
        finally:
            os.close(file)

    def _open(self, name: str) -> int:
        digest = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:16]
        try:
            with suppress(FileNotFoundError):
                return self._opened(digest)
            self._folder.mkdir(parents=True, exist_ok=True)
            return self._opened(digest)
        except OSError as error:
            raise LakeError(f"{self._folder} can't be written: {error.strerror or error}") from error

    def _opened(self, name: str) -> int:
        return os.open(f"{self._folder}/{name}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)

    def _rest(self, file: int) -> float:
        until = self._until(file)
        return max((until - self._clock.now()).total_seconds(), 0.0) if until else 0.0

    def _until(self, file: int) -> datetime | None:
        try:
            until = datetime.fromisoformat(os.pread(file, 40, 0).decode("ascii").strip())
        except ValueError:
            return None
        return until if until.tzinfo is not None else None


@contextmanager
def only(holds: Holds, name: str) -> Iterator[None]:
    """Hold a name for the length of a block.

    Raises:
        LeaseHeld: another task has it.
    """
    hold = holds.take(name)
    if hold is None:
        raise LeaseHeld(f"another task has the {name} of this lake; try again when it has ended")
    try:
        yield
    finally:
        hold.free()


def _idle(file: int) -> float:
    """Seconds since a hold was let go, by the clock of the disk that the lake lies on."""
    told = os.fstat(file)
    if not told.st_size:
        os.pwrite(file, _FREE.encode(), 0)
        return math.inf
    os.utime(file)
    # A clock that was set back since would say that it was let go in the future.
    return max(os.fstat(file).st_mtime - told.st_mtime - _TICK, 0.0)
