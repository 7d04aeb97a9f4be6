"""Holds: a name in the lake that one task has to itself, until it lets go or its process ends.

A shard is polled by one task at a time, and a host asked by one; what a task leaves behind at a host (when it
asked, what pause it kept, for how long it was told to stay away) the next one finds there.

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
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dateline.edges.clock import Clock
from dateline.errors import LakeError, LeaseHeld

_FOLDER = "cache/holds"
_TICK = 0.01
"""Seconds by which two times of a file system may err."""

KEPT = timedelta(days=1)
"""For how long a pause is believed after it was last asked for: as long as a robots.txt."""

_LONGEST = 366 * 86_400.0
_REST, _STATE, _ENDED, _GAP, _ALL = 0, 32, 33, 53, 100
"""Where in a file lies what, in places of one size: until when the host rests, whether it is being asked,
when the last request ended, its pause and when that was last asked for. Each is written for itself, in one
write of one size, so that who reads beside it reads the old or the new."""
_ASKING, _FREE = b"*", b"-"


class Hold:
    """A hold that this task has.

    Args:
        file: descriptor of the locked file.
        idle: seconds since the last request of any task ended; infinite if there was none.
        rest: for how many seconds more whom the name stands for asked to be left alone.
        gap: the pause in seconds that was asked for at it; 0 where none was, for a day.
    """

    def __init__(self, file: int, idle: float, rest: float, gap: float) -> None:
        self._file = file
        self._is_asking = False
        self.idle = idle
        self.rest = rest
        self.gap = gap

    def begin(self) -> None:
        """Say that a request goes out now.

        It is only this that counts as a visit: who waits in vain leaves the time of the last one as it was.

        Raises:
            LakeError: the disk refuses; then nothing may go out, as nobody would know of it.
        """
        _write(self._file, _ASKING, _STATE)
        self._is_asking = True

    def free(self) -> None:
        """Let go, and leave the time of it behind where a request was made."""
        if self._is_asking:
            with suppress(OSError):
                _end(self._file)
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
            noted, now = os.pread(file, _ALL, 0), self._clock.now()
            return Hold(file, _idle(file, noted), _rest(noted, now), _gap(noted, now))
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
            told = _instant(os.pread(file, _STATE, _REST))
            if told is None or until > told:
                _write(file, _written(until), _REST)
        finally:
            os.close(file)

    def slow_down(self, name: str, gap: float) -> None:
        """Tell the tasks after this one, and beside it, to keep a pause of so many seconds at a host.

        A longer one stays for as long as it is believed. Two tasks that tell of two at the same instant may
        leave the shorter one; the next run tells the longer one again.
        """
        now, told = self._clock.now(), math.ceil(min(gap, _LONGEST) * 1000) / 1000
        file = self._open(name)
        try:
            if told >= _gap(os.pread(file, _ALL, 0), now):
                _write(file, f"{told:014.3f} ".encode() + _written(now), _GAP)
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


def _idle(file: int, noted: bytes) -> float:
    """Seconds since the last request ended, by the clock of the disk that the lake lies on."""
    if noted[_STATE:_ENDED] == _ASKING:
        # Whoever asked died over it: that may have been this very moment, and counts as such, once.
        _end(file)
        return 0.0
    try:
        ended = float(noted[_ENDED:_GAP])
    except ValueError:
        return math.inf
    # A clock that was set back since would say that it ended in the future.
    return max(_disk_time(file) - ended - _TICK, 0.0)


def _end(file: int) -> None:
    os.pwrite(file, _FREE + f"{_disk_time(file):020.6f}".encode(), _STATE)


def _disk_time(file: int) -> float:
    os.utime(file)
    return os.fstat(file).st_mtime


def _write(file: int, note: bytes, place: int) -> None:
    try:
        os.pwrite(file, note, place)
    except OSError as error:
        raise LakeError(f"{_FOLDER} can't be written: {error.strerror or error}") from error


def _rest(noted: bytes, now: datetime) -> float:
    until = _instant(noted[_REST:_STATE])
    return max((until - now).total_seconds(), 0.0) if until else 0.0


def _gap(noted: bytes, now: datetime) -> float:
    """The pause that a file tells of; 0 where it was last asked for long ago, or in the future."""
    number, _, at = noted[_GAP:].partition(b" ")
    told = _instant(at)
    if told is None or not timedelta(0) <= now - told < KEPT:
        return 0.0
    try:
        gap = float(number)
    except ValueError:
        return 0.0
    return gap if 0 <= gap <= _LONGEST else 0.0


def _written(instant: datetime) -> bytes:
    return instant.astimezone(UTC).isoformat(timespec="microseconds").encode()


def _instant(written: bytes) -> datetime | None:
    try:
        instant = datetime.fromisoformat(written.decode("ascii"))
    except ValueError:
        return None
    return instant if instant.tzinfo is not None else None
