"""What the search for links costs at scale: CPU, peak memory, candidates, links, hot keys.

    python scripts/dedup_scale.py [--sizes N ...] [--new N] [--days N] [--join N] [--scratch N]

Signatures are made up (seeded): a share of the new ones are copies of earlier ones with a few words changed,
and one in 200 begins with boilerplate that all of these share.

1. A day of `--new` texts against a window of each of `--sizes` texts, written to a lake and read from Parquet
   by the step as a run reads it.
2. `--join` MinHashes, ready, to pairs that share a band: the search, DuckDB, and MinHashLSH of datasketch
   (insert and query) with as many bands. datasketch is left out where it is not installed.
3. `--scratch` texts of one file among themselves, as `dateline dedup` does it. 0 leaves a part out.
"""

from __future__ import annotations

import argparse
import importlib.util
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from dateline.contracts.signatures import SIGNATURES
from dateline.edges.lake import Lake
from dateline.edges.lake.recent import RecentDays
from dateline.steps.deduplicate import COMPARED, DeduplicateRules, deduplicate
from dateline.text.candidates import Search
from dateline.text.compare import Limits
from dateline.text.links import candidates, find_links
from dateline.text.ragged import Ragged
from dateline.text.shingles import BANDS, PERMUTATIONS, ROWS, minhashes
from dateline.text.sketches import Sketches, bands_of, columns_of
from dateline.text.texts import Texts
from dateline.text.window import SKETCHED

LAST = date(2024, 3, 25)
COPIES, BOILERPLATE, KNOWN = 0.15, 0.005, 500
"""Shares of copies and of boilerplate; texts of a day that copies are made of."""
NO_KEYS, NO_COUNTS = np.empty(0, np.uint32), np.empty(0, np.int64)


def main() -> None:
    options = _options()
    if options.measure:
        what, folder, *numbers = options.measure
        measure(what, folder, [int(number) for number in numbers])
        return
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            run("write", size, options.new, options.days, folder=folder)
            run("window", options.new, options.days, folder=folder)
    if options.join:
        run("join", options.join)
        run("join-duckdb", options.join)
        if importlib.util.find_spec("datasketch"):
            run("join-datasketch", options.join)
        else:
            print("datasketch is not installed: pip install datasketch")
    if options.scratch:
        run("scratch", options.scratch)


def _options() -> argparse.Namespace:
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=shape)
    parser.add_argument("--sizes", type=int, nargs="*", default=[100_000, 1_000_000], metavar="N")
    parser.add_argument("--new", type=int, default=10_000, metavar="N")
    parser.add_argument("--days", type=int, default=30, metavar="N", help="days of the window")
    parser.add_argument("--join", type=int, default=100_000, metavar="N")
    parser.add_argument("--scratch", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--measure", nargs="+", help=argparse.SUPPRESS)
    return parser.parse_args()


# Made-up signatures


def texts(draw: np.random.Generator, count: int, known: list[Any]) -> Ragged:
    """Sorted shingles of some texts: 60 to 500 of their own each, but for copies and boilerplate."""
    lengths = draw.integers(60, 500, count)
    ends = np.concatenate(([0], np.cumsum(lengths)))
    values = draw.integers(0, 1 << 32, ends[-1], dtype=np.uint32)
    frame = np.random.default_rng(7).integers(0, 1 << 32, 50, dtype=np.uint32)
    for text in np.flatnonzero(draw.random(count) < BOILERPLATE):
        values[ends[text] : ends[text] + 50] = frame
    for text in np.flatnonzero(draw.random(count) < COPIES) if known else ():
        copied = known[draw.integers(len(known))][: lengths[text]]
        changed = draw.integers(0, len(copied), len(copied) // 12)
        values[ends[text] : ends[text] + len(copied)] = copied
        values[ends[text] + changed] = draw.integers(0, 1 << 32, len(changed), dtype=np.uint32)
    packed = np.unique((np.repeat(np.arange(count), lengths).astype(np.uint64) << np.uint64(32)) | values)
    starts = np.searchsorted(packed, np.arange(count + 1, dtype=np.uint64) << np.uint64(32))
    return Ragged(packed.astype(np.uint32), starts.astype(np.int64))


def signatures(day: int, found: Ragged) -> pa.RecordBatch:
    """The rows of `signatures` of a day that has these texts."""
    count = len(found.counts)
    columns: dict[str, Any] = {
        "article_id": [f"text {day:04}-{number:07}" for number in range(count)],
        "content_hash": [f"{day:016x}{number:016x}" for number in range(count)],
        "is_newest": [True] * count,
        "source": ["made up"] * count,
        "language": ["und"] * count,
        "shingle_count": found.counts,
        "minhash": minhashes(found).to_arrow(),
        "shingles": found.to_arrow(),
        "opening": pa.array([found[number][:16] for number in range(count)]),
    }
    columns["bands"], columns["sample"] = columns_of(columns["minhash"], columns["shingles"])
    fields = []
    for field in SIGNATURES.schema:
        empty = pa.array([[]] * count if pa.types.is_list(field.type) else [None] * count, field.type)
        fields.append(pa.array(columns[field.name], field.type) if field.name in columns else empty)
    return pa.RecordBatch.from_arrays(fields, schema=SIGNATURES.schema)


def write(lake: Lake, size: int, new: int, days: int) -> None:
    """A lake with signatures of `size` texts in `days` days and of `new` ones on the day after."""
    known: list[Any] = []
    for back in range(days, -1, -1):
        count = size // days if back else new
        found = texts(np.random.default_rng(back), count, known if not back else [])
        known += [found[number] for number in range(min(KNOWN, count))]
        batch = signatures(days - back, found)
        lake.publish(lake.stage_day(SIGNATURES, LAST - timedelta(back), [batch], versions={}, inputs={}))


# What is measured, each in a process of its own


def run(what: str, *numbers: int, folder: str = "") -> None:
    command = [sys.executable, __file__, "--measure", what, folder, *map(str, numbers)]
    subprocess.run(command, check=True)  # noqa: S603  ourselves


def measure(what: str, folder: str, numbers: list[int]) -> None:
    """Print one line of figures, of a process of its own: the peak of one is that of whoever started it."""
    if what == "write":
        write(Lake.open(folder), *numbers)
        return
    ways: dict[str, Callable[..., tuple[int, float, str]]] = {
        "window": window, "join": join, "join-duckdb": join_duckdb, "join-datasketch": join_datasketch,
        "scratch": scratch,
    }  # fmt: skip
    count, seconds, told = ways[what](*numbers, *([folder] if folder else []))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:16} {count:9,} texts {seconds:8.2f} CPU s {seconds / count * 1e6:7.2f} µs a text", end="")
    print(f" {peak:6.0f} MB peak  {told}", flush=True)


def window(new: int, days: int, folder: str) -> tuple[int, float, str]:
    lake, told = Lake.open(folder), {"hot_keys": 0}
    recent = RecentDays(lake, "signatures", list(SKETCHED))
    began = time.process_time()

    def found() -> Any:
        for back in range(days + 1):
            for batch in recent.read(LAST - timedelta(back)):
                yield LAST - timedelta(back), batch

    def whole(day: Any, rows: Any) -> pa.Table:
        return lake.read_rows("signatures", day, list(COMPARED), rows.tolist())

    rules = DeduplicateRules(window_days=days)
    made = deduplicate(LAST, found(), rules, whole, told.update)
    links = sum(batch.num_rows for _, batch in made)
    seconds = time.process_time() - began
    size = sum(lake_rows(folder, LAST - timedelta(back)) for back in range(1, days + 1))
    return size + new, seconds, f"{new:,} new: {links:,} links, {told}"


def lake_rows(folder: str, day: date) -> int:
    import pyarrow.parquet as pq

    rows: int = pq.read_metadata(Path(folder) / f"signatures/date={day}/part.parquet").num_rows
    return rows


def ready(count: int) -> Any:
    """MinHashes (texts × 128), one in seven a copy."""
    draw = np.random.default_rng(3)
    first = texts(draw, 2000, [])
    known = [first[number] for number in range(2000)]
    return np.concatenate(
        [minhashes(texts(draw, min(10_000, count - done), known)).values for done in range(0, count, 10_000)]
    ).reshape(-1, PERMUTATIONS)


def join(count: int) -> tuple[int, float, str]:
    values = ready(count)
    began = time.process_time()
    none = np.zeros(count, np.int64)
    sketches = Sketches(np.arange(count), none + 100, bands_of(values), NO_KEYS, none, NO_KEYS, none)
    pairs, hot = Search(sketches).pairs()
    return count, time.process_time() - began, f"{len(pairs.later):,} pairs, {hot}"


def join_duckdb(count: int) -> tuple[int, float, str]:
    import duckdb

    values = ready(count)
    began = time.process_time()
    keys = bands_of(values)
    bands = pa.table({"key": keys.ravel(), "text": np.repeat(np.arange(count), BANDS)})
    query = (
        "select count(*) from (select distinct a.text, b.text from bands a join bands b"
        " on a.key = b.key and a.text > b.text)"
    )
    with duckdb.connect() as database:
        database.register("bands", bands)
        ((pairs,),) = database.execute(query).fetchall()
    return count, time.process_time() - began, f"{pairs:,} pairs"


def join_datasketch(count: int) -> tuple[int, float, str]:
    from datasketch import MinHash, MinHashLSH

    hashed = [
        MinHash(PERMUTATIONS, hashvalues=row.astype(np.uint64), scheme="legacy") for row in ready(count)
    ]
    began = time.process_time()
    known: Any = MinHashLSH(params=(BANDS, ROWS), num_perm=PERMUTATIONS)
    pairs = 0
    for number, sketch in enumerate(hashed):
        pairs += len(known.query(sketch))
        known.insert(number, sketch)
    return count, time.process_time() - began, f"{pairs:,} pairs"


def scratch(count: int) -> tuple[int, float, str]:
    draw = np.random.default_rng(5)
    first = texts(draw, 2000, [])
    known = [first[number] for number in range(2000)]
    made = (
        signatures(number, texts(draw, min(10_000, count - done), known))
        for number, done in enumerate(range(0, count, 10_000))
    )
    names = [name for name in COMPARED if name != "article_id"]
    table = pa.Table.from_batches(batch.select(["article_id", "bands", *names]) for batch in made)
    ids = table.column("article_id")
    table = table.append_column("id", ids).append_column("article", ids)
    table = table.append_column("day", pa.nulls(count, pa.date32()))
    began = time.process_time()
    all_texts = Texts.of(table)
    del table
    pairs, hot = candidates(all_texts)
    links = sum(1 for _ in find_links(all_texts, pairs.later, pairs.sooner, Limits()))
    return count, time.process_time() - began, f"{len(pairs.later):,} pairs, {links:,} linked, {hot}"


if __name__ == "__main__":
    main()
