"""What was forgotten: is it gone from every dataset?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from dateline import kept_leads
from dateline.days import Days
from dateline.edges.lake import tombstones
from dateline.errors import DatelineError
from dateline.health.finding import BROKEN, DIRTY, NOTE, Finding
from dateline.pipeline import DERIVED_DATASETS
from dateline.takedown import LEADING
from dateline.text.forgotten import Forgotten

_PLACE = ["source", "archive", "url", "final_url", "path", "index"]
_IDS = ("article_id", "target_id", "duplicate_of", "version_of", "extends")


def of_forgotten(days: Days) -> Iterator[Finding]:
    """Whether anything is left of what was forgotten; nothing where nothing was.

    Files that can't be read are left out: they are told of where they are looked at.
    """
    try:
        begun, forgotten = tombstones.marks(days.lake.store), tombstones.known(days.lake.store)
    except DatelineError as error:
        yield Finding(BROKEN, str(error))
        return
    if not forgotten and not begun:
        return
    left = Counter(
        {
            name: _left(days, forgotten, name)
            for name in ("captures", "attempts", "documents", *DERIVED_DATASETS)
        }
    )
    told = ", ".join(f"{rows} rows of {name}" for name, rows in left.items() if rows)
    things = len(forgotten.articles) + len(forgotten.sources)
    if begun:
        yield Finding(
            DIRTY, f"a takedown is not finished{': ' + told if told else ''}; run `dateline settle`"
        )
    elif told:
        yield Finding(BROKEN, f"of what was forgotten there are {told}; run `dateline forget` for it again")
    else:
        yield Finding(NOTE, f"{things} things were forgotten, and nothing of them is left")


def _left(days: Days, forgotten: Forgotten, dataset: str) -> int:
    found = 0
    try:
        for rows in _rows(days, dataset):
            found += _COUNTS.get(dataset, _named)(rows, forgotten)
    except DatelineError:
        return found
    return found


def _rows(days: Days, dataset: str) -> Iterator[pa.RecordBatch]:
    if dataset in DERIVED_DATASETS:
        for day in days.lake.days(dataset):
            yield from days.lake.read_day(dataset, day)
        return
    columns = kept_leads.COLUMNS if dataset == "attempts" else None
    for files in days.lake.day_files(dataset).values():
        for file in files:
            yield from days.lake.read_facts(file, columns)


def _captured(rows: pa.RecordBatch, forgotten: Forgotten) -> int:
    kinds, bodies = rows.column("input_kind"), rows.column("body")
    return sum(
        forgotten.has(row)
        or (kinds[place].as_py() in LEADING and forgotten.is_named_in(bodies[place].as_py() or b""))
        for place, row in enumerate(rows.select(_PLACE).to_pylist())
    )


def _named(rows: pa.RecordBatch, forgotten: Forgotten) -> int:
    """Rows that are of a forgotten article or source, or lead to one."""
    found = pa.array([False] * rows.num_rows)
    for names, values in ((_IDS, forgotten.articles), (("source", "archive"), forgotten.sources)):
        for name in set(names) & set(rows.schema.names):
            wanted = pa.array(sorted(values), pa.string())
            found = pc.or_(found, pc.is_in(rows.column(name), value_set=wanted))
    return int(found.true_count)


def _led(rows: pa.RecordBatch, forgotten: Forgotten) -> int:
    return len(kept_leads.seqs(rows, forgotten))


_COUNTS = {"captures": _captured, "attempts": _led}
"""Datasets in which more is looked at than ids."""
