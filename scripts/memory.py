"""Peak memory of each process while documents are imported and settled by the real command.

    python scripts/memory.py [COUNT …] [--model none] [--days N] [--per-file N] [--bulk FILE] [--workers N]

For each COUNT so many documents are made (always the same ones, of fictional news; or, with --bulk, out of
the paragraphs of a file of rows with `title`, `body` or `text`, and `published`), written as JSON lines, and
taken in by `dateline import … --workers N` into a new lake. The peak is that of resident memory as the
kernel keeps it (VmHWM in /proc, so Linux only), each process by itself. Fails where a process had more than
--most megabytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

COUNTS = (20_000, 100_000)
FIRST = datetime(2025, 1, 1, tzinfo=UTC)
PAUSE = 0.02
"""Seconds between two looks at the processes: what one grows by in its last moment may be missed."""
KEPT = 500
"""Stories that a later one may repeat; one in five does, as wire copy and updates do."""


def _words(text: str) -> list[str]:
    return text.split(",")


_STARTS = _words("Bal,Cor,Del,Fen,Gar,Hol,Ist,Kar,Lor,Mar,Nor,Ost,Pel,Quin,Ros,Sar,Tor,Ulm,Ver,Wes,Yar,Zel")
_ENDS = _words("ado,berg,dale,ens,field,gate,ham,ina,low,mont,ness,ova,port,ric,sund,ton,ulf,vik,wick,zon")
_THINGS = _words(
    "harbour board,tram line,grain store,water company,choir school,fishing fleet,hill farm,night market,"
    "paper mill,rail bridge,seed bank,theatre roof,tide gauge,town library,wool exchange,cable ferry"
)
_ACTS = _words(
    "approved,delayed,opened,rebuilt,sold,surveyed,closed,extended,praised,questioned,insured,repainted"
)
_DAYS = _words("Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday")
_BODIES = _words("Society,Union,Trust,Agency")
_SHAPES = (
    "{name} said on {day} that the {thing} of {town} would be {act} within {n} weeks.",
    "“We have waited {n} years for the {thing},” said {name}, who speaks for {body}.",
    "The {thing} was {act} in {year} at a cost of {n} million crowns, according to {body}.",
    "About {n} people from {town} and {other} came to the meeting, where the {thing} was {act}.",
    "{body} told reporters that {n} per cent of the {thing} had been {act} before {day}.",
    "In {other}, {name} and {second} had {act} a similar {thing}, the {town} council heard.",
    "It was not clear whether {name} knew of the {thing} when it was {act} last {day}.",
    "A report of {n} pages describes how the {thing} between {town} and {other} was {act}.",
)

Text = tuple[str, list[str]]
"""A title and the paragraphs of a body."""


@dataclass(frozen=True)
class Process:
    """What was seen of one process: seconds after the start, and its peak in bytes."""

    pid: int
    began: float
    peak: int


def _name(chance: random.Random) -> str:
    return chance.choice(_STARTS) + chance.choice(_ENDS)


def fictional(chance: random.Random) -> Text:
    """A story of 2 to 4 kB; its names are new strings more often than not, as they are in real news."""
    town, thing = _name(chance), chance.choice(_THINGS)
    people = [f"{_name(chance)} {_name(chance)}{chance.choice('aeionrst')}" for _ in range(4)]
    groups = [f"the {_name(chance)} {chance.choice(_BODIES)}", f"{town} Council"]
    wanted, size, paragraphs = chance.randint(2000, 4000), 0, []
    while size < wanted:
        sentences = [
            chance.choice(_SHAPES).format(
                name=chance.choice(people),
                second=chance.choice(people),
                body=chance.choice(groups),
                thing=chance.choice((thing, chance.choice(_THINGS))),
                town=town,
                other=_name(chance),
                act=chance.choice(_ACTS),
                day=chance.choice(_DAYS),
                n=chance.randint(2, 990),
                year=chance.randint(1890, 2024),
            )
            for _ in range(3)
        ]
        paragraphs.append(" ".join(sentences))
        size += len(paragraphs[-1])
    return f"{thing.capitalize()} of {town} {chance.choice(_ACTS)}", paragraphs


def out_of(file: Path) -> Callable[[random.Random], Text]:
    """Makes texts of the size of the file's own, out of its paragraphs."""
    with (
        gzip.open(file, "rt", encoding="utf-8")
        if file.suffix == ".gz"
        else file.open(encoding="utf-8") as lines
    ):
        rows = [json.loads(line) for line in lines]
    bodies = [str(row.get("body") or row.get("text") or "") for row in rows]
    parts = [[part for part in body.split("\n\n") if part.strip()] for body in bodies]
    known = [(str(row.get("title") or ""), found) for row, found in zip(rows, parts, strict=True) if found]

    def make(chance: random.Random) -> Text:
        title, own = chance.choice(known)
        wanted, paragraphs = max(400, sum(map(len, own))), [chance.choice(own)]
        while sum(map(len, paragraphs)) < wanted:
            paragraphs.append(chance.choice(chance.choice(known)[1]))
        return title, paragraphs

    return make


def documents(count: int, days: int, make: Callable[[random.Random], Text]) -> Iterator[dict[str, Any]]:
    """So many documents over so many days, in the order of time; one in five repeats an earlier one."""
    chance, earlier = random.Random(2025), list[Text]()  # noqa: S311 - the same ones always
    for number in range(count):
        if earlier and chance.random() < 0.2:
            title, paragraphs = chance.choice(earlier)
            if chance.random() < 0.5:
                paragraphs = [part for part in paragraphs[1:] if chance.random() > 0.1] or paragraphs
        else:
            title, paragraphs = make(chance)
            earlier.append((title, paragraphs))
            if len(earlier) > KEPT:
                earlier.pop(chance.randrange(KEPT // 2))
        when = FIRST + timedelta(days=days) * (number / count)
        yield {
            "url": f"https://paper{chance.randrange(300):03d}.example/{when:%Y/%m/%d}/{number}",
            "title": title,
            "published": when.isoformat(),
            "body": "\n\n".join(paragraphs),
        }


def write(folder: Path, rows: Iterator[dict[str, Any]], per_file: int) -> int:
    """Write JSON lines, so many a file; give their size in bytes."""
    out, size = None, 0
    for number, row in enumerate(rows):
        if number % per_file == 0:
            if out is not None:
                out.close()
            out = (folder / f"{number // per_file:05d}.jsonl").open("wb")
        assert out is not None  # noqa: S101
        size += out.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
    if out is not None:
        out.close()
    return size


def family(root: int) -> Iterator[int]:
    """A process and all that it has started."""
    yield root
    try:
        for task in Path(f"/proc/{root}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from family(int(child))
    except (FileNotFoundError, ProcessLookupError):
        return


def peak(pid: int) -> int:
    """The most memory that a process had, in bytes; 0 where it has gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    found = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    return 1024 * int(found[0]) if found else 0


def watch(command: list[str], environment: dict[str, str]) -> tuple[list[Process], float]:
    """Run a command; every process that it started, by start, and the seconds it took.

    Raises:
        CalledProcessError: the command failed.
    """
    began, seen = time.monotonic(), dict[int, Process]()
    running = subprocess.Popen(command, env=environment)  # noqa: S603
    try:
        while running.poll() is None:
            now = time.monotonic() - began
            for pid in list(family(running.pid)):
                old = seen.get(pid, Process(pid, now, 0))
                seen[pid] = Process(pid, old.began, max(old.peak, peak(pid)))
            time.sleep(PAUSE)
    finally:
        running.terminate()
        running.wait()
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    return sorted(seen.values(), key=lambda one: one.began), time.monotonic() - began


def measure(count: int, options: argparse.Namespace, make: Callable[[random.Random], Text]) -> int:
    """Make, import and settle so many documents; print what was seen; give the greatest peak in bytes."""
    with tempfile.TemporaryDirectory(prefix="dateline-memory-", dir=options.scratch) as made:
        archive = Path(made, "archive")
        archive.mkdir()
        size = write(archive, documents(count, options.days, make), options.per_file)
        print(f"{count} documents of {size / count / 1000:.1f} kB over {options.days} days", flush=True)
        environment = {**os.environ, "DATELINE_LAKE": str(Path(made, "lake"))}
        if options.model:
            environment["DATELINE_MODEL"] = options.model
        command = [str(Path(sys.executable).with_name("dateline")), "import", str(archive), "--kind", "jsonl"]
        command += ["--map", "text=body", "--workers", str(options.workers)]
        seen, seconds = watch(command, environment)
    for one in seen:
        print(f"  process begun at {one.began:7.1f} s: {one.peak / 1e6:6.0f} MB")
    most = max(one.peak for one in seen)
    print(f"{count} documents: {seconds:.0f} s, peak of a process {most / 1e6:.0f} MB", flush=True)
    return most


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("counts", type=int, nargs="*", metavar="COUNT", default=list(COUNTS))
    parser.add_argument("--model", help="as DATELINE_MODEL; `none` leaves the language models out")
    parser.add_argument("--days", type=int, default=400, help="over so many days")
    parser.add_argument("--per-file", type=int, default=2000, help="documents of a file, which is a batch")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--bulk", type=Path, help="make documents out of this file's paragraphs")
    parser.add_argument("--scratch", type=Path, help="folder for archive and lake (default: the system's)")
    parser.add_argument("--most", type=int, default=800, help="megabytes that a process may have")
    options = parser.parse_args()
    # So that the import that is watched ends with us.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    make = out_of(options.bulk) if options.bulk else fictional
    peaks = [measure(count, options, make) for count in options.counts]
    return int(max(peaks) > options.most * 1_000_000)


if __name__ == "__main__":
    sys.exit(main())
