"""CPU of reading a page, bytes to facts and paragraphs, beside trafilatura with metadata.

    python scripts/extraction_cost.py FOLDER [--pages N] [--rounds N] [--call NAME] [--max RATIO] [--profile]

FOLDER is a corpus (scripts/extraction_corpus.py). Both read the same bytes in one process, in turns, page by
page, the order of the two changing with every page and round. They are half the corpus apart, so that
neither profits from what the other has just left in a cache of a library that both use; and caches are
emptied before each round, as a page is met for the first time at work. What a page cost is the least CPU
time of its rounds: a busy machine makes a page dearer, nothing makes it cheaper. Python's collector runs
between pages and not within. A page that is refused counts with the time it took.

--profile tells instead which stages of `read_page` the time goes to: every function that it, and the
functions named below, call themselves, without what a deeper stage has spent.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

from extraction_corpus import Saved, corpus

from dateline.errors import Refused
from dateline.text.html import body as html_body
from dateline.text.html import page as html_page
from dateline.text.html import site as html_site
from dateline.text.html.times import Limits

WARM = 50
"""Pages read by both before anything is counted."""
LARGE = 1_000
"""Entries of a cache that holds values of pages."""
_Cached = type(lru_cache(lambda: None))

Reader = Callable[[bytes, str | None], object]


def ours(body: bytes, url: str | None) -> object:
    """Facts and paragraphs, as the step clean gets them."""
    try:
        return html_page.read_page(body, None, url, None, Limits())
    except Refused as refused:
        return refused


def bare_extraction(body: bytes, url: str | None) -> object:
    """What trafilatura gives to Python, facts among it; default settings."""
    import trafilatura

    return trafilatura.bare_extraction(body, url=url, with_metadata=True)


def extract(body: bytes, url: str | None) -> object:
    """What trafilatura gives as text under a header of facts; default settings."""
    import trafilatura

    return trafilatura.extract(body, url=url, with_metadata=True)


CALLS: dict[str, Reader] = {"bare_extraction": bare_extraction, "extract": extract}


def spent(read: Reader, body: bytes, url: str | None) -> float:
    """CPU seconds of one reading, its result thrown away."""
    gc.collect()
    gc.disable()
    began = time.process_time()
    read(body, url)
    seconds = time.process_time() - began
    gc.enable()
    return seconds


def warm(pages: list[Saved], readers: list[Reader]) -> None:
    """Load what is loaded once."""
    for page in pages[:WARM]:
        for read in readers:
            read(page.body(), page.url)
    # What is there now stays: the collector need not look at it again before each page.
    gc.collect()
    gc.freeze()


def forget() -> None:
    """Empty the large caches of modules, which hold values of pages; small ones hold what is loaded once."""
    for module in list(sys.modules.values()):
        for kept in list(getattr(module, "__dict__", {}).values()):
            if isinstance(kept, _Cached) and (kept.cache_info().maxsize or 0) >= LARGE:
                kept.cache_clear()


def rounds(pages: list[Saved], theirs: Reader, count: int) -> Iterator[tuple[list[float], list[float]]]:
    """For each round the CPU seconds of all pages, ours and theirs, in the order of the pages."""
    half = len(pages) // 2
    for number in range(count):
        forget()
        mine, other = [0.0] * len(pages), [0.0] * len(pages)
        for at in range(len(pages)):
            turns = [(ours, mine, at), (theirs, other, (at + half) % len(pages))]
            for read, into, which in turns if (at + number) % 2 else reversed(turns):
                into[which] = spent(read, pages[which].body(), pages[which].url)
        yield mine, other


def table(mine: list[float], other: list[float], pages: list[Saved]) -> Iterator[str]:
    """A line for each figure, in milliseconds of CPU."""
    yield f"{'':12} {'dateline':>9} {'trafilatura':>11} {'ratio':>6}"
    figures = {
        "mean": (statistics.fmean(mine), statistics.fmean(other)),
        "median": (statistics.median(mine), statistics.median(other)),
        "p95": (_percentile(mine, 0.95), _percentile(other, 0.95)),
        "slowest": (max(mine), max(other)),
    }
    for name, (a, b) in figures.items():
        yield f"{name:12} {1000 * a:9.2f} {1000 * b:11.2f} {a / b:6.3f}"
    yield f"slowest pages: {pages[mine.index(max(mine))].id}, {pages[other.index(max(other))].id}"


def _percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def compare(pages: list[Saved], theirs: Reader, count: int) -> float:
    """Measure and print; give the ratio of the sums."""
    warm(pages, [ours, theirs])
    done = []
    for mine, other in rounds(pages, theirs, count):
        done.append((mine, other))
        print(f"round {len(done)}: {sum(mine) / sum(other):.3f}", flush=True)
    best_of_ours = [min(times) for times in zip(*(mine for mine, _ in done), strict=True)]
    best_of_theirs = [min(times) for times in zip(*(other for _, other in done), strict=True)]
    for line in table(best_of_ours, best_of_theirs, pages):
        print(line)
    ratios = [sum(mine) / sum(other) for mine, other in done]
    ratio = sum(best_of_ours) / sum(best_of_theirs)
    spread = f"{min(ratios):.3f} to {max(ratios):.3f} over rounds"
    print(f"dateline / trafilatura = {ratio:.3f} ({len(pages)} pages; {spread})")
    return ratio


# Where the time goes


class Stages:
    """CPU seconds by stage, without what deeper stages spent; with `watching`."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.calls: Counter[str] = Counter()
        self._inner: list[float] = []

    @contextmanager
    def watching(self, *entries: Callable[..., object]) -> Iterator[None]:
        """Time the functions that these call by the names that their own modules have for them."""
        with ExitStack() as undo:
            for entry in entries:
                module = sys.modules[entry.__module__]
                for name in _called(entry, module):
                    undo.callback(setattr, module, name, vars(module)[name])
                    setattr(module, name, self._timed(vars(module)[name], name))
            yield

    def _timed(self, work: FunctionType, name: str) -> Callable[..., object]:
        def timed(*given: object, **named: object) -> object:
            began = time.process_time()
            self._inner.append(0.0)
            try:
                return work(*given, **named)
            finally:
                whole = time.process_time() - began
                self.seconds[name] += whole - self._inner.pop()
                self.calls[name] += 1
                if self._inner:
                    self._inner[-1] += whole

        return timed


def _called(entry: Callable[..., object], module: ModuleType) -> list[str]:
    """The names of functions that a function calls by their names in its module, lambdas in it included."""
    assert isinstance(entry, FunctionType)  # noqa: S101 - for the types
    codes = [entry.__code__, *(each for each in entry.__code__.co_consts if isinstance(each, CodeType))]
    used = dict.fromkeys(name for code in codes for name in code.co_names)
    return [name for name in used if isinstance(vars(module).get(name), FunctionType)]


def profile(pages: list[Saved], count: int) -> Iterator[str]:
    """Read all pages, and tell the share of each stage."""
    warm(pages, [ours])
    stages, total = Stages(), 0.0
    with stages.watching(
        html_page.read_page, html_page.gather, html_page.judge, html_site.body_of, html_body.read_body
    ):
        for _ in range(count):
            total += sum(spent(ours, page.body(), page.url) for page in pages)
    stages.seconds["(read_page itself)"] = total - sum(stages.seconds.values())
    for name, seconds in sorted(stages.seconds.items(), key=lambda one: -one[1]):
        calls = f"{stages.calls[name] / count / len(pages):5.2f} calls" if stages.calls[name] else ""
        yield f"{name:24} {1000 * seconds / count / len(pages):8.3f} ms/page {seconds / total:7.2%} {calls}"
    yield f"{'read_page':24} {1000 * total / count / len(pages):8.3f} ms/page"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, help="a sample, always the same")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--call", choices=CALLS, default="bare_extraction", help="of trafilatura")
    parser.add_argument("--max", type=float, help="exit code 1 where the ratio is above it")
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    pages = corpus(options.folder, options.pages)
    if options.profile:
        for line in profile(pages, options.rounds):
            print(line)
        return 0
    ratio = compare(pages, CALLS[options.call], options.rounds)
    return int(options.max is not None and ratio > options.max)


if __name__ == "__main__":
    sys.exit(main())
