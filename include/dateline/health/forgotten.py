"""What was forgotten: is it gone from every dataset? Looks wherever `dateline forget` does, and as hard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dateline import kept_leads
from dateline.days import Days
from dateline.edges.clock import Clock
from dateline.edges.lake import tombstones
from dateline.edges.lake.files import FileFacts
from dateline.errors import DatelineError
from dateline.health.finding import BROKEN, DIRTY, NOTE, Finding
from dateline.pipeline import DERIVED_DATASETS
from dateline.settle import ORPHAN_SECONDS
from dateline.sources.naming import is_named
from dateline.strike import CALLED, PLACE, among, leading_bodies, of_documents
from dateline.takedown import count, grown_tombstones, holds
from dateline.text.forgotten import Forgotten

_IDS = ("article_id", "target_id", "duplicate_of", "version_of", "extends")


def of_forgotten(days: Days) -> Iterator[Finding]:
    """Whether anything is left of what was forgotten; nothing where nothing was.

    Files that can't be read are left out: they are told of where they are looked at.
    """
    store = days.lake.store
    try:
        begun, found = tombstones.marks(store), list(tombstones.tombstones(store))
        forgotten = tombstones.known(store)
    except DatelineError as error:
        yield Finding(BROKEN, str(error))
        return
    if not found and not begun:
        return
    forgotten = _with_all_names(days, forgotten)
    left = _left(days, forgotten)
    told = ", ".join(f"{rows} {name}" for name, rows in left.items() if rows)
    if begun:
        yield Finding(
            DIRTY, f"a takedown is not finished{': ' + told if told else ''}; run `dateline settle`"
        )
    elif told:
        yield Finding(BROKEN, f"of what was forgotten there are {told}; run `dateline forget` for it again")
    else:
        yield Finding(NOTE, f"{len(found)} things were forgotten, and nothing of them is left")
    for path in _strays(days, forgotten):
        yield Finding(
            BROKEN,
            f"{path}, which no receipt lists, holds what was forgotten: remove it, or restore its receipt "
            "and run `dateline forget` for it again",
        )


def _with_all_names(days: Days, forgotten: Forgotten) -> Forgotten:
    """With the names that the lake has met since: of what came back from a copy no tombstone may tell."""
    try:
        grown = [more for _, more in grown_tombstones(days.lake)]
    except DatelineError:
        return forgotten
    return Forgotten(
        forgotten.articles.union(*(one.ids for one in grown)),
        forgotten.sources,
        forgotten.urls.union(*(one.addresses for one in grown)),
    )


def _left(days: Days, forgotten: Forgotten) -> Counter[str]:
    """What there is of it → how many."""
    left: Counter[str] = Counter()
    for dataset in ("captures", "attempts", "documents"):
        for files in _files(days, dataset):
            for file in files:
                left[f"rows of {dataset}"] += _of_file(days, file, forgotten)
    for dataset in DERIVED_DATASETS:
        for day in days.lake.days(dataset):
            try:
                rows = days.lake.read_day(dataset, day)
                left[f"rows of {dataset}"] += sum(_named(one, forgotten) for one in rows)
            except DatelineError:
                continue
    return left


def _files(days: Days, dataset: str) -> list[list[FileFacts]]:
    try:
        return list(days.lake.day_files(dataset).values())
    except DatelineError:
        return []


def _of_file(days: Days, file: FileFacts, forgotten: Forgotten) -> int:
    found = 0
    try:
        if file.dataset == "documents":
            columns = ["source", "archive", *CALLED]
            return sum(count(rows, file.dataset, forgotten) for rows in days.lake.read_facts(file, columns))
        if file.dataset == "attempts":
            rows_of = days.lake.read_facts(file, kept_leads.COLUMNS)
            return sum(len(kept_leads.seqs(rows, forgotten)) for rows in rows_of)
        ours: set[str] = set()
        for rows in days.lake.read_facts(file, ["capture_id", *PLACE]):
            ours.update(row["capture_id"] for row in rows.to_pylist() if forgotten.has(row))
        found = len(ours)
        for rows in leading_bodies(days.lake, file, forgotten):
            found += sum(
                row["capture_id"] not in ours and is_named(row, forgotten) for row in rows.to_pylist()
            )
    except DatelineError:
        return found
    return found


def _named(rows: pa.RecordBatch, forgotten: Forgotten) -> int:
    """Rows that are of a forgotten article or source, or lead to one."""
    found: Any = pa.array([False] * rows.num_rows)
    for names, values in ((_IDS, forgotten.articles), (("source", "archive"), forgotten.sources)):
        for name in set(names) & set(rows.schema.names):
            found = pc.or_(found, among(rows.column(name), values))
    if {"url", "canonical_url"} <= set(rows.schema.names):
        found = pc.or_(found, of_documents(rows, forgotten))
    return int(found.true_count)


def _strays(days: Days, forgotten: Forgotten) -> list[str]:
    """Files that no receipt lists and that hold something of it.

    Young ones do not count: settle sweeps them up later, or they belong to a run that is refused at its end.
    """
    lake, now = days.lake, Clock().now().timestamp()
    listed = {file.path for step in ("fetch", "clean") for one in lake.receipts(step) for file in one.files}
    return [
        path
        for dataset in ("captures", "documents")
        for path in lake.store.list(dataset)
        if path not in listed
        and now - lake.store.changed(path) >= ORPHAN_SECONDS
        and holds(lake, dataset, path, forgotten)
    ]
