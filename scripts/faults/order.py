"""Proves that order does not matter: the same documents, taken in in every way, end as the same bytes.

    python scripts/faults/order.py [FOLDER] [--bulk FILE] [--documents N] [--batches N] [--model NAME]
    python scripts/faults/order.py --documents N --days N [--model NAME]

FOLDER holds saved pages (*.html or *.html.gz; JSON lines with `html_path` and `url` in it or beside it
name their URLs), FILE holds JSON lines; without either, fictional documents are made up. They are dealt
into batches, and lakes are built from them: in order, shuffled, in 4 processes, each batch twice, and with
the first batch last; each settled once at the end, and again several times half-way. Then one batch is
held back and comes late: what is made again must be what looks back on it, and nothing else.

With `--days` the documents are made-up news of so many days in six languages, with all that deduplication
tells apart, in batches by the day on which they were seen; the lakes are then: in order, shuffled, in 4
processes, each batch twice, and with a day in the middle filled last, after all others were settled. What
the lakes hold of each kind is told, so that nothing is proved about empty sets.

Most of the time goes into enrichment, which every lake does anew; `--model none` leaves the models out.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import lakes
import levels
import material

from dateline.edges.archive import ArchiveBatch
from dateline.run import import_batch, settle_all, spread
from dateline.settings import Settings

NULL = "__HIVE_DEFAULT_PARTITION__"
DATASETS = (*lakes.DERIVED, "documents")


@dataclass(frozen=True)
class Way:
    """One way to build a lake.

    Args:
        name: what is told of it.
        arrange: the order of its batches.
        half_way: after how many batches it is settled in between, as shares of all.
        processes: how many take batches in at once.
        times: how often each batch is taken in.
    """

    name: str
    arrange: Callable[[list[ArchiveBatch], random.Random], list[ArchiveBatch]]
    half_way: tuple[float, ...] = ()
    processes: int = 0
    times: int = 1


def _in_order(batches: list[ArchiveBatch], _: random.Random) -> list[ArchiveBatch]:
    return list(batches)


def _shuffled(batches: list[ArchiveBatch], chance: random.Random) -> list[ArchiveBatch]:
    return chance.sample(batches, len(batches))


def _first_last(batches: list[ArchiveBatch], _: random.Random) -> list[ArchiveBatch]:
    return [*batches[1:], batches[0]]


ONCE = (
    Way("in order", _in_order),
    Way("shuffled", _shuffled),
    Way("in 4 processes", _in_order, processes=4),
    Way("each batch twice", _in_order, times=2),
    Way("the first batch last", _first_last),
)
WAYS = (
    *ONCE,
    *(replace(way, name=f"{way.name}, half-way", half_way=(0.2, 0.5, 0.7, 0.9)) for way in ONCE),
)


def with_a_hole(batches: list[ArchiveBatch]) -> tuple[Way, ...]:
    """The ways of the trial of all levels: the last fills a hole of one day after a settle."""
    held = levels.of_a_day(batches)

    def last(given: list[ArchiveBatch], _: random.Random) -> list[ArchiveBatch]:
        return [*(batch for batch in given if batch not in held), *held]

    return (*ONCE[:4], Way("a day filled last", last, half_way=(1 - len(held) / len(batches),)))


def build(way: Way, settings: Settings, batches: list[ArchiveBatch], seed: int) -> int:
    """Make a lake in one way, and settle it until nothing is left to do; how often it was settled."""
    arranged = way.arrange(batches, random.Random(f"{way.name} {seed}"))
    cuts = sorted({round(share * len(arranged)) for share in way.half_way} | {len(arranged)})
    start = settled = 0
    for cut in cuts:
        calls = [(settings, batch, None, {}) for batch in arranged[start:cut] for _ in range(way.times)]
        for _ in spread(import_batch, calls, way.processes or settings.workers):
            pass
        list(settle_all(settings))
        start, settled = cut, settled + 1
    while any([summary.changed for summary in settle_all(settings)]):  # noqa: C419 - none is cut short
        settled += 1
    return settled


def count(state: lakes.State) -> str:
    """Files of each derived dataset, and days with documents."""
    return "  ".join(f"{len(state.days(name)):5}" for name in DATASETS)


def compare(
    folder: Path, settings: Settings, batches: list[ArchiveBatch], seed: int, ways: tuple[Way, ...] = WAYS
) -> list[str]:
    """Build every lake and compare it with the first, which stays; prints a line for each."""
    faults: list[str] = []
    wanted: lakes.State | None = None
    print(f"{'lake':32} {'settled':>7}  {'seconds':>7}  " + "  ".join(f"{name[:5]:>5}" for name in DATASETS))
    for number, way in enumerate(ways):
        began = time.monotonic()
        lake = folder / f"lake-{number}"
        mine = replace(settings, lake=str(lake))
        settled = build(way, mine, batches, seed)
        seconds = time.monotonic() - began
        state = lakes.state(lake)
        wanted = wanted or state
        found = [*lakes.differences(wanted, state), *lakes.findings(mine), *lakes.history_faults(lake)]
        told = "same" if not found else f"{len(found)} differences"
        print(f"{way.name:32} {settled:7}  {seconds:7.1f}  {count(state)}  {told}", flush=True)
        faults += [f"{way.name}: {fault}" for fault in found]
        if number:
            shutil.rmtree(lake)
    return faults


# A day that is filled late


def stamps(lake: Path) -> dict[tuple[str, str], tuple[int, int]]:
    """(dataset, day) → inode and time of its file: a file that was made again is another file."""
    found = {}
    for name in lakes.DERIVED:
        for path in lake.glob(f"{name}/date=*/part.parquet"):
            facts = path.stat()
            found[name, lakes.day_of(path)] = (facts.st_ino, facts.st_mtime_ns)
    return found


def looks_back_on(days: set[str], moved: set[str], window: int) -> set[str]:
    """The days that lie at most `window` days after a moved one; the null partition sees itself alone."""
    found = days & moved & {NULL}
    for day in days - {NULL}:
        back = (date.fromisoformat(day) - timedelta(days=n) for n in range(window + 1))
        if moved & {one.isoformat() for one in back}:
            found.add(day)
    return found


def late(folder: Path, settings: Settings, batches: list[ArchiveBatch]) -> list[str]:
    """Hold a batch of few days back, settle, let it come: the files that must be made again, and were."""
    lake = folder / "late"
    mine = replace(settings, lake=str(lake))
    held = _narrowest(folder, settings, batches)
    for batch in batches:
        if batch is not held:
            import_batch(mine, batch, None, {})
    list(settle_all(mine))
    before, old = stamps(lake), lakes.state(lake).rows
    import_batch(mine, held, None, {})
    now = lakes.listed(lake)
    footers = {path: lakes.footer(path) for path in lake.glob("*/date=*/part.parquet")}
    used = {
        (path.parts[-3], lakes.day_of(path)): footer["inputs"].get("documents", {}).get(lakes.day_of(path))
        for path, footer in footers.items()
    }
    days = {day for dataset, day in now if dataset == "documents"}
    moved = {day for day in days if now["documents", day] != used.get(("signatures", day))}
    list(settle_all(mine))
    new, after = lakes.state(lake).rows, stamps(lake)

    def other(dataset: str) -> set[str]:
        return {day for day in days if old.get((dataset, day)) != new[dataset, day]}

    looks_back = partial(looks_back_on, days, window=settings.window_days)
    wanted = {
        "signatures": moved,
        "duplicates": looks_back(other("signatures")),
        "clusters": looks_back(other("clusters")) | other("signatures") | other("duplicates"),
        "annotations": moved,
        "articles": moved | other("duplicates") | other("annotations"),
    }
    made = {
        dataset: {day for day in days if before.get((dataset, day)) != after[dataset, day]}
        for dataset in wanted
    }
    return list(_made_otherwise(wanted, made, len(days)))


def _made_otherwise(wanted: dict[str, set[str]], made: dict[str, set[str]], days: int) -> Iterator[str]:
    """Where other days were made again than had to be; prints a line for each dataset."""
    for dataset, expected in wanted.items():
        found = made[dataset]
        told = "same" if found == expected else f"not these: {sorted(found ^ expected)[:5]}"
        print(f"{dataset:12} {days:4} days, {len(expected):4} moved, {len(found):4} made again  {told}")
        if found != expected:
            yield f"{dataset}: {told}"


def _narrowest(folder: Path, settings: Settings, batches: list[ArchiveBatch]) -> ArchiveBatch:
    """The batch whose documents fill the fewest days, so that most days must be left alone."""
    reach = {}
    for number, batch in enumerate(batches):
        lake = folder / f"alone-{number}"
        import_batch(replace(settings, lake=str(lake)), batch, None, {})
        days = {day for dataset, day in lakes.listed(lake) if dataset == "documents"} - {NULL}
        reach[len(days) or sys.maxsize, number] = batch
        shutil.rmtree(lake)
    return reach[min(reach)]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", help="saved pages")
    parser.add_argument(
        "--bulk", type=Path, help="JSON lines (.gz allowed) that half the documents come from"
    )
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--batches", type=int, default=40)
    parser.add_argument("--days", type=int, default=0, help="days of made-up news, with all levels")
    parser.add_argument("--model", default=Settings().model, help="language model; none leaves all out")
    parser.add_argument("--workers", type=int, default=2, help="processes of the other lakes")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def every_way(given: argparse.Namespace, folder: Path) -> tuple[int, list[str]]:
    """All lakes of documents that were found or made up, and a batch that comes late; how many lakes, and
    what is wrong."""
    items = (
        material.found(given.folder, given.bulk, given.documents, given.seed)
        if given.folder
        else material.made_up(given.documents, given.seed)
    )
    batches = material.deal(items, given.batches, folder / "in", given.seed)
    print(f"{len(items)} documents in {len(batches)} batches, model {given.model}, seed {given.seed}\n")
    settings = Settings(model=given.model, workers=given.workers)
    faults = compare(folder, settings, batches, given.seed)
    print("\na batch that comes late")
    return len(WAYS), [*faults, *late(folder, settings, batches)]


def all_levels(given: argparse.Namespace, folder: Path) -> tuple[int, list[str]]:
    """The lakes of made-up news of some days; how many, and what is wrong."""
    batches, made = levels.deal(given.documents, given.days, folder / "in", given.seed)
    print(
        f"{made.total()} documents of {given.days} days in {len(batches)} batches, model {given.model}, "
        f"seed {given.seed}\n"
    )
    ways = with_a_hole(batches)
    settings = Settings(model=given.model, workers=given.workers)
    faults = compare(folder, settings, batches, given.seed, ways)
    print()
    for line in levels.told(folder / "lake-0", made):
        print(line)
    return len(ways), faults


def main() -> int:
    """Run the trial; 1 where a lake ends otherwise than the first."""
    given = arguments()
    began = time.monotonic()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory(prefix="dateline-order-") as made:
        count, faults = (all_levels if given.days else every_way)(given, Path(made))
    for fault in faults[:40]:
        print(f"broken: {fault}")
    told = f"{count} lakes are the same" if not faults else f"{len(faults)} promises are broken"
    print(f"\n{told}, after {time.monotonic() - began:.0f} s")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
