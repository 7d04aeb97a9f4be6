"""Real pages, whole and cut off at random places, through what `dateline extract` does with a page.

    python scripts/hostile_pages.py FOLDER [--cuts N] [--pages N] [--workers N] [--most SECONDS]

FOLDER is a corpus (scripts/extraction_corpus.py). Each page is read as it is and N times cut off, at places
that depend on its id alone. Nothing may escape, each must give one line with either a text or the reason why
there is none, and none may take more than so many seconds of CPU. What breaks is told with the page's id
and how many bytes of it were read; exit code 1 then.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from extraction_corpus import Saved, corpus, extracted

SHOWN = 10
"""How many of the slowest are told."""
GIVEN_UP = 60.0
"""Seconds of CPU after which a page is left alone."""


class Read(NamedTuple):
    """What became of some bytes of a page: the reason of its reject, or what broke."""

    page: str
    size: int
    seconds: float
    reject: str | None
    broken: str | None


class GivenUpError(BaseException):
    """A page took far too long; no `except Exception` on the way may hold it."""


def _give_up(_: int, __: FrameType | None) -> None:
    raise GivenUpError


def sizes(page: Saved, length: int, cuts: int) -> list[int]:
    """How many bytes of a page to read: all, then so many random lengths."""
    chance = random.Random(page.id)  # noqa: S311 - dice, no secrets
    return [length, *(chance.randrange(length) for _ in range(cuts) if length)]


def read_cut(page: Saved, cuts: int) -> list[Read]:
    """Read a page whole and cut."""
    body = page.body()
    return [read_one(page, body[:size]) for size in sizes(page, len(body), cuts)]


def read_one(page: Saved, body: bytes) -> Read:
    """Read some bytes of a page; whatever comes out of it is told, not raised."""
    signal.signal(signal.SIGVTALRM, _give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, GIVEN_UP)
    made: dict[str, Any] = {}
    broken, began = None, time.process_time()
    try:
        made = extracted(body, page.url)
        broken = unkept(made)
    except (Exception, GivenUpError) as error:
        broken = f"{type(error).__name__} at {where(error)}: {str(error)[:200]}"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return Read(page.id, len(body), time.process_time() - began, made.get("reject"), broken)


def where(error: BaseException) -> str:
    """The innermost line that an error came through, outside of this file."""
    frames = traceback.extract_tb(error.__traceback__)
    last = [frame for frame in frames if frame.filename != __file__] or list(frames)
    return f"{Path(last[-1].filename).name}:{last[-1].lineno}"


def unkept(made: dict[str, Any]) -> str | None:
    """The promise about a line that it breaks, None if it keeps all."""
    from dateline.cli.console import json_line

    if bool(made["text"].strip()) == ("reject" in made):
        return "neither a text nor a reason, or both"
    if not all(0 <= sure <= 1 for sure in made["confidence"].values()):
        return "a confidence below 0 or above 1"
    if any("\0" in text or text != text.strip() for text in [made["title"] or "", *made["authors"]]):
        return "a title or name with blanks around it or a NUL in it"
    json_line(made).encode()
    return None


def load() -> None:
    """Load what is loaded once, so that it is no page's cost."""
    extracted(b"<p>The council voted on Tuesday to reopen the old harbour to fishing boats.</p>" * 5, None)


def read_all(pages: list[Saved], cuts: int, workers: int) -> Iterator[Read]:
    """Everything that is read, in the order of the pages."""
    with ProcessPoolExecutor(workers, get_context("spawn"), load) as pool:
        for found in pool.map(partial(read_cut, cuts=cuts), pages, chunksize=4):
            yield from found


def report(found: list[Read], most: float) -> Iterator[str]:
    """What is told of it all, the slowest first, then what broke."""
    rejects = Counter(each.reject for each in found if each.reject)
    told = ", ".join(f"{count} {reason}" for reason, count in rejects.most_common())
    yield f"{len(found)} read, {rejects.total()} refused ({told})"
    slowest = sorted(found, key=lambda each: -each.seconds)
    for each in slowest[:SHOWN]:
        yield f"{each.seconds:6.3f} s CPU: {each.page}, {each.size} bytes"
    slow, broken = [each for each in slowest if each.seconds > most], [each for each in found if each.broken]
    for each in broken:
        yield f"broken: {each.page}, {each.size} bytes: {each.broken}"
    yield f"{len(broken)} broken, {len(slow)} over {most} s"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cuts", type=int, default=20)
    parser.add_argument("--pages", type=int, help="a sample, always the same")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--most", type=float, default=2.0, help="seconds of CPU that a page may take")
    options = parser.parse_args()
    found = list(read_all(corpus(options.folder, options.pages), options.cuts, options.workers))
    for line in report(found, options.most):
        print(line)
    return int(any(each.broken or each.seconds > options.most for each in found))


if __name__ == "__main__":
    sys.exit(main())
