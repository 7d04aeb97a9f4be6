"""Holds: a name in the lake that one task has to itself, until it lets go or its process ends.

Built on `flock`: the system itself ends the hold of a process that dies, however it dies, so that a retry
waits for nobody who is gone and never meets one who is not. The lake must lie on a disk whose locks count
for all machines that share it (a local disk, NFS 4).
"""

from __future__ import annotations

import fcntl
import hashlib
import math
import os
from contextlib import suppress
from pathlib import Path

from dateline.errors import LakeError

_FOLDER = "cache/sites"


class Held:
    """A hold that this task has.

    Args:
        file: descriptor of the locked file.
        idle: seconds since the task before asked; infinite if there was none.
    """

    def __init__(self, file: int, idle: float) -> None:
        self._file = file
        self._idle = idle

    def pause(self, gap: float) -> float:
        """Seconds that are still to wait until `gap` has passed since the task before asked."""
        return max(gap - self._idle, 0.0)

    def touch(self) -> None:
        """Leave behind that the site was asked just now, should this process be killed."""
        with suppress(OSError):
            os.utime(self._file)

    def free(self) -> None:
        """Let go."""
        os.close(self._file)


class Holds:
    """The holds on sites of a lake.

    Args:
        root: folder of the lake.
    """

    def __init__(self, root: Path) -> None:
        self._folder = root / _FOLDER

    def take(self, site: str) -> Held | None:
        """Hold a site; None while another task does, in this process or any other.

        Raises:
            LakeError: the lake can't be written.
        """
        name = hashlib.sha256(site.encode("utf-8", "replace")).hexdigest()[:16]
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            file = os.open(self._folder / f"{name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise LakeError(f"{self._folder} can't be written: {error.strerror or error}") from error
        try:
            # Each opening of the file counts for itself, so two tasks of one process exclude each other too.
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return None
        except OSError as error:
            os.close(file)
            raise LakeError(f"{self._folder} can't be locked: {error.strerror or error}") from error
        return Held(file, _idle(file))


def _idle(file: int) -> float:
    """Seconds since a site was last asked, by the clock of the disk that the lake lies on."""
    told = os.fstat(file)
    # Written to by whoever held it: a file that is empty was made just now.
    os.pwrite(file, b"asked\n", 0)
    if not told.st_size:
        return math.inf
    # A clock that was set back since would say that it is let go in the future.
    return max(os.fstat(file).st_mtime - told.st_mtime, 0.0)
