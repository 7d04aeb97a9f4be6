"""Small lakes, and ways to damage them that leave everything else as it should be."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from dateline.contracts import contract
from dateline.edges.archive import plan
from dateline.edges.lake import Lake
from dateline.edges.lake.files import FileFacts, write_file
from dateline.edges.lake.partitions import Day
from dateline.edges.lake.receipts import Receipt, write_receipt
from dateline.health import Finding, inspect
from dateline.pipeline import DERIVED_DATASETS
from dateline.run import import_batch, settle_all
from dateline.settings import Settings
from dateline.settle import days_of

FIRST, SECOND, LAST = date(2026, 3, 20), date(2026, 3, 22), date(2026, 3, 24)
Rows = list[dict[str, Any]]
Change = Callable[[Rows], Rows | None]

_WORDS = ("Oslo", "Lima", "Perth", "Quito", "Accra", "Turin")


def text(n: int) -> str:
    """Twenty-four words of which few are shared with any other number."""
    return " ".join(f"{place} council item{n}x{k} vote" for k, place in enumerate(_WORDS))


def record(name: str, n: int, day: date, hour: int) -> dict[str, str]:
    when = f"{day}T{hour:02}:00:00Z"
    return {"url": f"https://a.test/{name}", "title": f"Story {n}", "text": text(n), "published": when}


RECORDS = [
    record("one", 1, FIRST, 8),
    record("two", 2, FIRST, 9),
    record("copy-of-one", 1, FIRST, 11),
    record("copy-of-two", 2, SECOND, 7),
    record("three", 3, SECOND, 8),
    record("one", 4, LAST, 6),
    record("four", 5, LAST, 7),
]
"""Duplicates within a day and across days, and an article with another version two days later."""


def make(folder: Path) -> Settings:
    """A settled lake of three days and one batch."""
    dump = folder / "dump.jsonl"
    dump.write_text("".join(json.dumps(record) + "\n" for record in RECORDS) + "{broken\n")
    settings = Settings(lake=str(folder / "lake"), model="none")
    for batch in plan(dump, "jsonl", None):
        import_batch(settings, batch, None, {})
    list(settle_all(settings))
    return settings


def found(settings: Settings) -> list[Finding]:
    """Everything that the look finds."""
    return list(inspect(settings))


# Intake: rows, receipts and digests stay of one piece


def the_file(lake: Lake, dataset: str, nth: int = 0) -> tuple[Receipt, FileFacts]:
    """A file of intake and the receipt that lists it."""
    (receipt,) = (one for step in ("fetch", "clean") for one in lake.receipts(step) if one.of(dataset))
    return receipt, receipt.of(dataset)[nth]


def rows_of(lake: Lake, path: str) -> Rows:
    return pq.ParquetFile(lake.store.local(path)).read().to_pylist()


def change_intake(lake: Lake, dataset: str, change: Change, nth: int = 0) -> None:
    """Other rows in a file of intake, as if the step had made them."""
    receipt, file = the_file(lake, dataset, nth)
    made, rows = contract(dataset), rows_of(lake, file.path)
    rows = change(rows) or rows
    folder = f"{dataset}/date={file.day}"
    staged, footer, sha256 = write_file(
        lake.store, made, folder, [made.batch(rows)], versions=receipt.versions, inputs={}
    )
    path = f"{folder}/{receipt.batch}-{sha256[:16]}.parquet"
    lake.store.publish(staged, path)
    new = replace(file, path=path, rows=len(rows), sha256=sha256, row_digest=footer.row_digest)
    listed = tuple(new if one == file else one for one in receipt.files)
    write_receipt(lake.store, replace(receipt, files=listed))
    lake.store.delete(file.path)
    if dataset == "captures":
        (cleaned,) = lake.receipts("clean")
        inputs = {one.path: one.row_digest for one in listed if one.dataset == "captures"}
        write_receipt(lake.store, replace(cleaned, inputs=inputs))


def drop_first(rows: Rows) -> Rows:
    return rows[1:]


def lose_receipt(step: str) -> Callable[[Lake], None]:
    return lambda lake: lake.store.delete(next(lake.store.list(f"receipts/{step}")))


def lose_file(dataset: str) -> Callable[[Lake], None]:
    return lambda lake: lake.store.delete(the_file(lake, dataset)[1].path)


# Derived days: the footers of all days are put right, so that only the rows can tell


def change_day(settings: Settings, dataset: str, day: Day, change: Change) -> None:
    """Other rows in a derived day, as if the step had made them."""
    lake, made = Lake.open(settings.lake), contract(dataset)
    rows = [row for batch in lake.read_day(dataset, day) for row in batch.to_pylist()]
    footer = lake.footer(dataset, day)
    batches = [made.batch(change(rows) or rows)]
    lake.publish(lake.stage_day(made, day, batches, versions=footer.versions, inputs=footer.inputs))


def put_footers_right(settings: Settings) -> None:
    """Let every derived day name the digests that its inputs have now, and `changes` lead to them."""
    for dataset in DERIVED_DATASETS:
        days = days_of(settings)
        for day in days.lake.days(dataset):
            footer, inputs = days.lake.footer(dataset, day), days.inputs(dataset, day)
            if footer.inputs != inputs:
                rows = list(days.lake.read_day(dataset, day))
                kept = contract(dataset)
                staged = days.lake.stage_day(kept, day, rows, versions=footer.versions, inputs=inputs)
                days.lake.publish(staged)
    days = days_of(settings)
    for day in days.lake.days("articles"):
        days.history.repair(day, days.digest("articles", day))
