"""A run whose work takes long: for tests that kill it in the middle. `python slow_work.py FOLDER`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from dateline.run import spread


def work(folder: str, number: int) -> int:
    """Write a line every few milliseconds for half a minute, busy in between."""
    until = time.monotonic() + 30
    with Path(folder, f"{number}.txt").open("w") as out:
        while time.monotonic() < until:
            out.write("on\n")
            out.flush()
            sum(range(100_000))
    return number


if __name__ == "__main__":
    list(spread(work, [(sys.argv[1], number) for number in range(2)], 2))
