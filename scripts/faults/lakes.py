"""What a lake holds, seen from outside: bytes, row digests, sums and the history of its publications."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dateline.errors import DatelineError
from dateline.health import inspect
from dateline.pipeline import DERIVED_DATASETS
from dateline.settings import Settings

DERIVED = DERIVED_DATASETS
INTAKE = ("captures", "documents", "rejects")
MODULUS = 1 << 256


@dataclass(frozen=True)
class State:
    """A lake at rest.

    Args:
        files: path → SHA-256 of every file of the derived datasets.
        rows: (dataset, day) → row digest, of what the receipts list and of what the footers say.
    """

    files: dict[str, str] = field(default_factory=dict)
    rows: dict[tuple[str, str], str] = field(default_factory=dict)

    def days(self, dataset: str) -> set[str]:
        """The days that a dataset has."""
        return {day for name, day in self.rows if name == dataset}


def state(lake: Path) -> State:
    """The lake as it lies there."""
    files: dict[str, str] = {}
    rows = listed(lake)
    for name in DERIVED:
        for path in sorted((lake / name).glob("date=*/*")):
            if not path.name.startswith("."):
                files[str(path.relative_to(lake))] = hashlib.sha256(path.read_bytes()).hexdigest()
                rows[name, day_of(path)] = footer(path)["row_digest"]
    return State(files, rows)


def day_of(path: Path) -> str:
    """The day in a file's path."""
    return path.parent.name.removeprefix("date=")


def footer(path: Path) -> dict[str, Any]:
    """What a derived file says of itself; of one that can't be read nothing but that."""
    try:
        return json.loads(pq.read_metadata(path).metadata[b"dateline"])  # type: ignore[no-any-return]
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError):
        return {"row_digest": "can't be read", "inputs": {}}


def listed(lake: Path) -> dict[tuple[str, str], str]:
    """(dataset, day) → row digest of what all receipts list together, added up here anew."""
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for receipt in receipts(lake):
        for file in receipt["files"]:
            if file["dataset"] in INTAKE:
                rows, _, total = file["row_digest"].partition(":")
                had = sums.get((file["dataset"], file["day"]), (0, 0))
                sums[file["dataset"], file["day"]] = (
                    had[0] + int(rows),
                    (had[1] + int(total, 16)) % MODULUS,
                )
    return {key: f"{rows}:{total:064x}" for key, (rows, total) in sums.items()}


def receipts(lake: Path) -> Iterator[dict[str, Any]]:
    """All receipts of both intake steps."""
    for path in sorted(lake.glob("receipts/*/*.json")):
        if path.parent.name in ("fetch", "clean"):
            yield json.loads(path.read_text())


def differences(wanted: State, got: State) -> list[str]:
    """What is other than wanted, one sentence each."""
    told = []
    for what, ours, theirs in (
        ("file", wanted.files, got.files),
        ("rows of", {f"{a} {b}": c for (a, b), c in wanted.rows.items()},
         {f"{a} {b}": c for (a, b), c in got.rows.items()}),
    ):  # fmt: skip
        told += [f"{what} {key} is missing" for key in ours if key not in theirs]
        told += [f"{what} {key} should not be there" for key in theirs if key not in ours]
        told += [f"{what} {key} differs" for key in ours if key in theirs and ours[key] != theirs[key]]
    return told


def findings(settings: Settings) -> list[str]:
    """What `dateline check` finds; nothing in a lake that is settled and whole."""
    try:
        return [f"{finding.level}: {finding.what}" for finding in inspect(settings)]
    except DatelineError as error:
        return [f"check: {error}"]


def history_faults(lake: Path) -> list[str]:
    """Where `changes` do not lead, publication by publication, to the digests that the days have now."""
    rows: list[dict[str, Any]] = []
    for path in sorted(lake.glob("changes/date=*/*.parquet")):
        rows += pq.ParquetFile(path).read().to_pylist()
    present = {day_of(path): footer(path)["row_digest"] for path in lake.glob("articles/date=*/part.parquet")}
    told = []
    days: dict[str, list[dict[str, Any]]] = {day: [] for day in present}
    for row in sorted(rows, key=lambda row: row["at"]):
        mine = days.setdefault(row["date_published"], [])
        # Told at least once: the same again, right behind, says nothing new.
        if not mine or (mine[-1]["old"], mine[-1]["new"]) != (row["old"], row["new"]):
            mine.append(row)
    for day, chain in sorted(days.items()):
        digests = ["", *(row["new"] for row in chain)]
        if [row["old"] for row in chain] != digests[:-1]:
            told.append(f"changes of {day} are no chain: {[(r['old'][:8], r['new'][:8]) for r in chain]}")
        if digests[-1] != present.get(day, ""):
            told.append(
                f"changes of {day} end at {digests[-1][:12]}, the day has {present.get(day, '')[:12]}"
            )
    return told


def leftovers(lake: Path) -> list[str]:
    """Staged files, batch files that no receipt lists, and leases: what a run that died leaves behind."""
    known = {file["path"] for receipt in receipts(lake) for file in receipt["files"]}
    loose = [str(path.relative_to(lake)) for path in lake.rglob(".*.tmp")]
    for name in (*INTAKE, "attempts"):
        loose += [
            str(path.relative_to(lake))
            for path in lake.glob(f"{name}/date=*/*.parquet")
            if str(path.relative_to(lake)) not in known
        ]
    return sorted(loose + [path.name for path in lake.glob("lease*.json")])


_STEPS = {
    "captures": "fetch",
    "attempts": "fetch",
    "rejects": "fetch",
    "documents": "clean",
    "signatures": "sign",
    "duplicates": "deduplicate",
    "clusters": "cluster",
    "annotations": "enrich",
    "changes": "publish",
    "articles": "publish",
    "fetch": "fetch",
    "clean": "clean",
}


def moment(lake: Path, began: float) -> str:
    """The step that a killed command was at: that of the last thing that it wrote."""
    changed, path = newest(lake)
    if changed < began or path is None:
        return "before anything"
    parts = path.relative_to(lake).parts
    return _STEPS.get(parts[1] if parts[0] == "receipts" else parts[0], "settle's start or end")


def newest(lake: Path) -> tuple[float, Path | None]:
    """The file of a lake that was last written to, and when (wall time)."""
    found: tuple[float, Path | None] = (0.0, None)
    for path in lake.rglob("*.*"):
        with suppress(FileNotFoundError):
            changed = path.lstat().st_mtime
            if changed > found[0] and path.is_file():
                found = (changed, path)
    return found
