"""Readers that poll a lake while it is written to, and tell what they should not see."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import lakes
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dateline.contracts import contract
from dateline.edges.lake.digests import RowDigest

PAUSE = 0.02
"""Least seconds between two readings."""
SHARE = 3
"""How much longer than its last reading a reader waits: the lake's writers need the processors too."""

Seen = dict[tuple[str, str], str]
"""(dataset, day) → row digest of what was read."""


@dataclass(frozen=True)
class Watch:
    """What may be seen in a lake for a while.

    Args:
        lake: its folder; may not be there yet.
        legal: (dataset, day) → row digests that the day may have.
        there: days that must be there in every reading.
    """

    lake: str
    legal: dict[tuple[str, str], set[str]]
    there: set[tuple[str, str]]


@dataclass
class Told:
    """What a reader has to say."""

    readings: int = 0
    days: int = 0
    faults: list[str] = field(default_factory=list)

    def __iadd__(self, other: Told) -> Told:
        self.readings += other.readings
        self.days += other.days
        self.faults += other.faults
        return self


def verdict(what: str, read: Told, faults: list[str], seed: int, began: float) -> int:
    """Print the last line of a trial, and give its exit code; `began` by the monotonic clock."""
    told = f"{len(faults)} promises are broken" if faults else "nothing was lost"
    spent = time.monotonic() - began
    print(f"{what}, {read.readings} readings of {read.days} days: {told} (seed {seed}, {spent:.0f} s)")
    return 1 if faults else 0


def watch(before: lakes.State, after: lakes.State, lake: Path) -> Watch:
    """While a lake goes from one state to another, each day is as it was or as it will be; none goes away."""
    legal: dict[tuple[str, str], set[str]] = {}
    for state in (before, after):
        for key, digest in state.rows.items():
            if key[0] in lakes.DERIVED:
                legal.setdefault(key, set()).add(digest)
    return Watch(str(lake), legal, {key for key in before.rows if key in legal})


def by_listing(lake: Path) -> tuple[Seen, list[str]]:
    """Every derived day by pyarrow: its rows must be what its own footer says."""
    seen: Seen = {}
    faults = []
    for dataset in lakes.DERIVED:
        for path in sorted((lake / dataset).glob("date=*/[!.]*")):
            if path.name != "part.parquet":
                faults.append(f"there is a file {path.name} in {dataset} of {lakes.day_of(path)}")
                continue
            with pq.ParquetFile(path) as file:
                told = file.metadata.metadata[b"dateline"]
                digest = str(RowDigest.of(file.iter_batches(use_threads=False)))
            if f'"{digest}"'.encode() not in told:
                faults.append(f"{dataset} of {lakes.day_of(path)}: its rows are not what its footer says")
            seen[dataset, lakes.day_of(path)] = digest
    return seen, faults


def by_duckdb(lake: Path) -> tuple[Seen, list[str]]:
    """All articles by one query of DuckDB, as the first lines of the documentation have it."""
    import duckdb

    if not list(lake.glob("articles/date=*/part.parquet")):
        return {}, []
    made = contract("articles")
    with duckdb.connect() as database:
        database.execute("SET TimeZone = 'UTC'; SET threads = 1")
        found = database.execute(
            "SELECT * FROM read_parquet(?, hive_partitioning = false, filename = true)",
            [f"{lake}/articles/*/part.parquet"],
        ).to_arrow_table()
    seen: Seen = {}
    for name in pc.unique(found.column("filename")).to_pylist():
        rows = found.filter(pc.equal(found.column("filename"), pa.scalar(name)))
        rows = rows.select(made.names).cast(made.schema)
        seen["articles", lakes.day_of(Path(name))] = str(RowDigest.of(rows.to_batches()))
    return seen, []


_WAYS = {"pyarrow": (by_listing, lakes.DERIVED), "duckdb": (by_duckdb, ("articles",))}


def _reading(name: str, asked: Watch, told: Told) -> None:
    """Read once, and tell what should not have been seen."""
    import duckdb

    read, datasets = _WAYS[name]
    told.readings += 1
    try:
        seen, faults = read(Path(asked.lake))
    except (OSError, pa.ArrowException, duckdb.Error) as error:
        # Whatever it was, the reader got no answer: a day was gone, partial or mixed.
        told.faults.append(f"{name}: {type(error).__name__}: {error}")
        return
    told.days += len(seen)
    told.faults += [f"{name}: {fault}" for fault in faults]
    for (dataset, day), digest in seen.items():
        if digest not in asked.legal.get((dataset, day), ()):
            told.faults.append(
                f"{name}: {dataset} of {day} is in a state it never should have: {digest[:16]}"
            )
    for dataset, day in sorted(asked.there - seen.keys()):
        if dataset in datasets:
            told.faults.append(f"{name}: {dataset} of {day} was missing")


def _serve(name: str, line: Connection) -> None:
    """Read whenever there is something to watch; answers None with what was told since."""
    asked: Watch | None = None
    told, pause = Told(), PAUSE
    while True:
        if line.poll(pause if asked else None):
            message = _received(line)
            if message is Ellipsis:
                return
            if message is None:
                if asked is not None:
                    _reading(name, asked, told)
                line.send(told)
                told = Told()
            asked = message
        if asked is not None:
            began = time.monotonic()
            _reading(name, asked, told)
            pause = max(PAUSE, SHARE * (time.monotonic() - began))


def _received(line: Connection) -> Any:
    """What the trial asks for; its end where it was killed itself."""
    try:
        return line.recv()
    except EOFError:
        return ...


class Readers:
    """A reader of each kind, for the length of a `with` block."""

    def __enter__(self) -> Readers:
        spawn = get_context("spawn")
        self._lines: list[Any] = []
        self._processes: list[Any] = []
        for name in _WAYS:
            ours, theirs = spawn.Pipe()
            process = spawn.Process(target=_serve, args=(name, theirs), daemon=True)
            process.start()
            self._lines.append(ours)
            self._processes.append(process)
        return self

    def __exit__(self, *_: object) -> None:
        for line in self._lines:
            line.send(...)
        for process in self._processes:
            process.join(10)
            if process.is_alive():
                process.kill()

    def start(self, asked: Watch) -> None:
        """Begin to poll."""
        for line in self._lines:
            line.send(asked)

    def stop(self) -> Told:
        """End polling, after one more reading; what was seen since `start`."""
        for line in self._lines:
            line.send(None)
        told = Told()
        for line in self._lines:
            if not line.poll(60):
                raise TimeoutError("a reader does not answer")
            told += line.recv()
        return told
