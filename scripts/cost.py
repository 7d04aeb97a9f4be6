"""What the runner, the lake and the contracts cost, as a share of the CPU of the whole.

    python scripts/cost.py [FOLDER] [--pages N] [--per-day N] [--rounds N] [--functions N]

FOLDER holds saved pages (*.html or *.html.gz), searched below it; without one, the pages of the sample
newsroom are taken. They are taken in from a web archive and settled, in this process, after a first small
run that loads models and modules. A sample of pages has one or two for each of very many days, where a real
archive has hundreds: so they are put on as many days as give each --per-day of them (0: as they are dated).

Every two milliseconds of CPU a sample is taken. It weighs what CPU time has passed since the one before, so
that a long call into C counts whole, and it belongs to the innermost frame of dateline's: a library's time
to whoever called it. Modules that read pages or make rows are the work; all others run it. Python's collector
runs when it likes, mostly over what the models left behind: its time is told apart and counts for neither.
"""

from __future__ import annotations

import argparse
import gc
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from types import FrameType

from bench import newsroom, pages, save  # before Arrow: bench loads dateline first

# isort: split
import pyarrow as pa

from dateline.contracts.documents import DOCUMENTS, publication_day
from dateline.edges.archive import plan
from dateline.run import clean_one, fetch_archive, settle_all
from dateline.settings import Settings

WORK = ("steps", "enrichers", "sources", "text", "edges.http", "edges.models", "edges.parsing")
"""What makes rows; every other module of the package runs that."""
WARM = 8
"""Of so many pages one is in the first run, of which nothing is counted: what is loaded once in a process
(models, modules, words of each language) would make the share look smaller."""
EVERY = 0.002
"""Seconds of CPU between two samples."""
FIRST = date(2026, 3, 1)
_PACKAGE = "dateline."

Place = tuple[str, str]
"""Module and function."""
COLLECTOR: Place = ("(collector)", "")


class Profile:
    """CPU seconds by place, sampled by the clock of CPU time."""

    def __init__(self) -> None:
        self.seconds: Counter[Place] = Counter()
        self._last = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Sample what runs inside."""
        before = signal.signal(signal.SIGPROF, self._sample)
        gc.callbacks.append(self._collected)
        self._last = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)
            gc.callbacks.remove(self._collected)

    def _collected(self, phase: str, _: dict[str, int]) -> None:
        if phase == "start":
            self._sample(0, sys._getframe().f_back)
        else:
            now = time.process_time()
            self.seconds[COLLECTOR] += now - self._last
            self._last = now

    def _sample(self, _: int, frame: FrameType | None) -> None:
        now = time.process_time()
        self.seconds[_place(frame)] += now - self._last
        self._last = now

    def total(self) -> float:
        """All CPU seconds."""
        return sum(self.seconds.values())

    def share(self) -> float:
        """The part that is not work, 0 to 1."""
        overhead = sum(spent for place, spent in self.seconds.items() if is_overhead(place))
        return overhead / (self.total() - self.seconds[COLLECTOR])

    def modules(self) -> Counter[str]:
        """CPU seconds by module."""
        found: Counter[str] = Counter()
        for (module, _), spent in self.seconds.items():
            found[module] += spent
        return found


def is_work(module: str) -> bool:
    """Whether a module reads pages or makes rows."""
    return any(module == name or module.startswith(f"{name}.") for name in WORK)


def is_overhead(place: Place) -> bool:
    """Whether time spent there is neither work nor the collector's."""
    return place != COLLECTOR and not is_work(place[0])


def _place(frame: FrameType | None) -> Place:
    """The innermost place in dateline."""
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if module.startswith(_PACKAGE):
            return module.removeprefix(_PACKAGE), frame.f_code.co_qualname
        frame = frame.f_back
    return "(this script)", ""


def put_on(days: int) -> None:
    """From now on documents fall on so many days, by their id; on their own where that is 0."""

    def rule(batch: pa.RecordBatch) -> pa.Array:
        numbers = (int(article[:8], 16) % days for article in batch.column("article_id").to_pylist())
        return pa.array([FIRST + timedelta(days=number) for number in numbers], pa.date32())

    vars(DOCUMENTS)["day"] = rule if days else publication_day


def run(archive: Path, profile: Profile) -> None:
    """Take an archive into a new lake and settle it."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(lake=folder)
        (batch,) = plan(archive, "warc", "cost")
        with profile.running():
            fetch_archive(settings, batch, None, {})
            clean_one(settings, batch.id)
            for _ in settle_all(settings):
                pass


def report(profile: Profile, count: int, functions: int) -> Iterator[str]:
    """The table of modules, then that of the dearest functions that are not work."""
    total = profile.total()
    for module, spent in profile.modules().most_common():
        mark = "*" if is_overhead((module, "")) else " "
        yield f"{mark} {module:32} {1000 * spent / count:8.2f} ms/page {100 * spent / total:6.2f} %"
    overhead = Counter({place: spent for place, spent in profile.seconds.items() if is_overhead(place)})
    for (module, name), spent in overhead.most_common(functions):
        yield f"* {module}.{name}: {1000 * spent / count:.2f} ms/page, {100 * spent / total:.2f} %"
    yield f"whole {1000 * total / count:.1f} ms/page; * is not work: {100 * profile.share():.2f} %"


def lines(options: argparse.Namespace) -> Iterator[str]:
    """Measure, and tell; the last line is the share."""
    with tempfile.TemporaryDirectory() as made:
        source = options.folder or Path(made, "newsroom")
        if options.folder is None:
            source.mkdir()
            newsroom(source)
        bodies = pages(source, options.pages)
        archive = Path(made, "pages.warc.gz")
        save(bodies[::WARM], archive)
        put_on(1)
        run(archive, Profile())
        save(bodies, archive)
        yield f"{len(bodies)} pages, {sum(map(len, bodies)) / len(bodies) / 1000:.0f} kB each"
        profile = Profile()
        put_on(-(-len(bodies) // options.per_day) if options.per_day else 0)
        for _ in range(options.rounds):
            run(archive, profile)
        yield from report(profile, len(bodies) * options.rounds, options.functions)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--per-day", type=int, default=100, help="pages of a day")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--functions", type=int, default=0, help="tell so many of the dearest, too")
    for line in lines(parser.parse_args()):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
