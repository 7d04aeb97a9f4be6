"""CPU of the whole `dateline dedup` beside MinHash LSH of datasketch doing the same, in one run.

    python scripts/dedup_bench.py [FILE] [--texts N] [--rounds N]

FILE holds JSON lines {"id","url","title","text","published"}; without one, news is made up. Both read the
file, find for each text earlier ones that are like it, and write a line of JSON for each. datasketch gets
its quickest way (`update_batch`), word 5-grams, 128 permutations and a threshold of .5; it finds no
versions, no parts and no order, and keeps no templates apart. Where a line has a `group`, the share of
texts of a group that are joined to its first one is told as well.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

from faults.daily_news import originals

_WORD = re.compile(r"\w+")


def main() -> None:
    options = _options()
    if options.datasketch:
        bare(Path(options.file), Path(options.datasketch))
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(options.file) if options.file else made_up(Path(folder) / "in.jsonl", options.texts)
        targets = {name: Path(folder) / f"{name}.jsonl" for name in ("dateline", "datasketch")}
        program = str(Path(sys.executable).with_name("dateline"))
        dateline = [program, "dedup", "--input", str(file), "--output"]
        datasketch = [sys.executable, __file__, str(file), "--datasketch"]
        ways = {"dateline": dateline, "datasketch": datasketch}
        seconds: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(options.rounds):
            for name, command in ways.items():
                seconds[name].append(cpu([*command, str(targets[name])]))
        report(file, targets, {name: min(rounds) for name, rounds in seconds.items()})


def _options() -> argparse.Namespace:
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=shape)
    parser.add_argument("file", nargs="?")
    parser.add_argument("--texts", type=int, default=20_000, help="texts that are made up without FILE")
    parser.add_argument("--rounds", type=int, default=1, help="the least of so many counts")
    parser.add_argument("--datasketch", help=argparse.SUPPRESS)
    return parser.parse_args()


def made_up(file: Path, count: int) -> Path:
    """Made-up stories, every fifth of them twice."""
    with file.open("w", encoding="utf-8") as lines:
        for number, story in enumerate(originals(count, 1)):
            for copy in range(2 if number % 5 == 0 else 1):
                row = {"id": f"{number}-{copy}", "url": f"https://paper{copy}.example/{number}"}
                row |= {
                    "title": story.title,
                    "text": "\n\n".join(story.paragraphs),
                    "published": None,
                    "group": str(number),
                }
                lines.write(json.dumps(row) + "\n")
    return file


def cpu(command: list[str]) -> float:
    """CPU seconds of a command, those of what it starts included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)  # noqa: S603  our own two
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def bare(source: Path, target: Path) -> None:
    """The same job by datasketch."""
    from datasketch import MinHash, MinHashLSH

    found: Any = MinHashLSH(threshold=0.5, num_perm=128)
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        for number, line in enumerate(lines):
            row = json.loads(line)
            words = _WORD.findall(
                unicodedata.normalize("NFKC", row.get("text") or row.get("body") or "").casefold()
            )
            shingles = {" ".join(words[place : place + 5]) for place in range(max(1, len(words) - 4))}
            sketch: Any = MinHash(num_perm=128)
            sketch.update_batch([shingle.encode() for shingle in shingles])
            known = found.query(sketch)
            found.insert(number, sketch)
            out.write(json.dumps({"id": row["id"], "duplicate_of": min(known, default=None)}) + "\n")


def report(file: Path, targets: dict[str, Path], seconds: dict[str, float]) -> None:
    """Print CPU of both, their ratio, and what was joined."""
    texts = sum(1 for _ in file.open(encoding="utf-8"))
    for name, cost in seconds.items():
        rows = map(json.loads, targets[name].open(encoding="utf-8"))
        linked = sum(row["duplicate_of"] is not None for row in rows)
        each = f"{cost:8.2f} CPU s  {cost / texts * 1e6:7.1f} µs a text"
        print(f"{name:10}  {each}  {linked} of {texts} linked")
    print(f"dateline / datasketch: {seconds['dateline'] / seconds['datasketch']:.3f}")
    if recall := recall_of_groups(file, targets["dateline"]):
        print("joined to the first of their group: " + ", ".join(recall))


def recall_of_groups(file: Path, target: Path) -> list[str]:
    """For each `kind` of text the share that is in the cluster of the first text of its group."""
    clusters = {row["id"]: row["cluster"] for row in map(json.loads, target.open(encoding="utf-8"))}
    firsts: dict[str, Any] = {}
    counts: dict[str, list[int]] = {}
    for row in map(json.loads, file.open(encoding="utf-8")):
        if "group" not in row:
            return []
        first = firsts.setdefault(row["group"], row["id"])
        if first != row["id"]:
            joined = clusters[row["id"]] == clusters[first]
            counts.setdefault(row.get("kind", "copy"), []).append(joined)
    return [f"{kind} {sum(joined) / len(joined):.4f} of {len(joined)}" for kind, joined in counts.items()]


if __name__ == "__main__":
    main()
