"""A disk that refuses: counts the calls that write below a folder, and lets one of them, or all, fail."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

EVERY = -1


class Disk:
    """Counts the calls that write below a folder, and lets one of them fail.

    Args:
        lake: the folder.
        error: name of the error.
        fails: the number of the call that fails, from 1; 0 for none, EVERY for all.
    """

    def __init__(self, lake: Path, error: str, fails: int) -> None:
        self._lake = str(lake)
        self._number = getattr(errno, error)
        self._fails = fails
        self.calls: list[str] = []

    def watched(self, name: str, real: Callable[..., Any], args: tuple[Any, ...], kw: dict[str, Any]) -> Any:
        """The call itself, or its failure; calls on files elsewhere are none of ours."""
        first = args[0] if args else None
        below = not isinstance(first, str | Path) or str(first).startswith(self._lake)
        writes = {
            "open": lambda: args[1] & (os.O_WRONLY | os.O_RDWR),
            # Making a folder that is there, or removing a file that is not, writes nothing.
            "mkdir": lambda: not Path(args[0]).exists(),
            "unlink": lambda: Path(args[0]).exists(),
        }
        if below and writes.get(name, lambda: True)():
            self.calls.append(name)
            if self._fails in (EVERY, len(self.calls)):
                raise OSError(self._number, os.strerror(self._number), str(first))
        return real(*args, **kw)


@contextmanager
def failing(disk: Disk, names: tuple[str, ...]) -> Iterator[None]:
    """Lead the calls of these names through the disk."""
    homes: dict[str, Any] = {"write_table": pq.ParquetWriter, "close": pq.ParquetWriter, "write_bytes": Path}
    with pytest.MonkeyPatch.context() as patch:
        for name in names:
            home = homes.get(name, os)
            real = getattr(home, name)

            def called(*args: Any, _name: str = name, _real: Any = real, **kw: Any) -> Any:
                return disk.watched(_name, _real, args, kw)

            patch.setattr(home, name, called)
        yield
