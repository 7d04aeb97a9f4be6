"""What the lake remembers of earlier polls."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from dateline.edges.lake import Lake
from dateline.edges.lake.files import FileFacts
from dateline.errors import ContractBroken, LakeError, OtherSchema
from dateline.text.crawl_state import COLUMNS, Capture, Known, State, fold

log = logging.getLogger("dateline")

STATE_DAYS = 400
"""How far back attempts are folded into the crawl state: a feed keeps its entries for months, not years."""


def crawl_state(lake: Lake, now: datetime) -> State:
    """What earlier attempts left behind: a fold over `attempts`, so it survives everything but the lake.

    A file that has vanished or is damaged is left out with a warning: to ask again for what was asked for
    before costs a few requests, not to ask at all costs the news of the day.
    """
    since = (now - timedelta(days=STATE_DAYS)).date()
    files = lake.day_files("attempts")
    wanted = [file for day, found in files.items() if day is not None and day >= since for file in found]
    return fold(rows for file in wanted for rows in _remembered(lake, file, list(COLUMNS)))


def recall(lake: Lake, wanted: Sequence[Capture]) -> dict[str, Known]:
    """What earlier captures of pages hold, by capture id, as far as the lake still has them."""
    batches: dict[str, set[str]] = {}
    for capture in wanted:
        batches.setdefault(capture.batch, set()).add(capture.capture_id)
    found: dict[str, Known] = {}
    for batch, ids in sorted(batches.items()):
        receipt = lake.receipt("fetch", batch)
        for file in receipt.of("captures") if receipt else ():
            for rows in _remembered(lake, file, ["capture_id", "lead", "body_sha256"]):
                kept = rows.filter(pc.is_in(rows.column(0), value_set=pa.array(sorted(ids), pa.string())))
                for row in kept.to_pylist():
                    found[row["capture_id"]] = Known(row["lead"], row["body_sha256"])
    return found


def _remembered(lake: Lake, file: FileFacts, columns: list[str]) -> Iterator[pa.RecordBatch]:
    try:
        yield from lake.read_facts(file, columns)
    except OtherSchema:
        raise
    except (LakeError, ContractBroken, OSError) as error:
        told = " ".join(str(error).split())
        log.warning(
            "%s can't be read, its requests are not remembered: see `dateline check` (%s)", file.path, told
        )
