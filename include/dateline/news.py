"""Telling `changes`: what a publication did to a day, written before the day is put in place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from dateline.contracts.changes import CHANGES
from dateline.edges.clock import Clock
from dateline.edges.lake import Lake
from dateline.edges.lake.digests import row_hashes
from dateline.edges.lake.files import write_file
from dateline.edges.lake.partitions import Day, day_name


def announce(lake: Lake, clock: Clock, day: Day, new: str, hashes: dict[str, bytes], *, stale: bool) -> None:
    """Write the row that tells of a publication, under a name with day, old and new digest.

    It is written before the rename, so a crash between the two tells of something that did not happen,
    and never hides what did.

    Args:
        new: row digest of the day as it will be; empty if it goes away.
        hashes: article_id → hash of its new row.
        stale: whether the day is made again because of versions, not of inputs.
    """
    footer = lake.footer("articles", day)
    old = footer.row_digest if footer else ""
    before = _hashes(lake.read_day("articles", day))
    reason = "removed" if not new else "new" if not old else "stale" if stale else "inputs"
    row = {
        "date_published": day_name(day),
        "old": old,
        "new": new,
        "at": clock.now(),
        "rows": len(hashes),
        "added": len(hashes.keys() - before.keys()),
        "changed": sum(before[key] != hashes[key] for key in hashes.keys() & before.keys()),
        "removed": len(before.keys() - hashes.keys()),
        "reason": reason,
        "note": None,
    }
    folder = f"changes/date={clock.now().date().isoformat()}"
    staged, _, _ = write_file(lake.store, CHANGES, folder, [CHANGES.batch([row])], versions={}, inputs={})
    short = [digest.rpartition(":")[2][:16] or "none" for digest in (old, new)]
    lake.store.publish(staged, f"{folder}/{day_name(day)}-{short[0]}-{short[1]}.parquet")


def _hashes(batches: Iterable[pa.RecordBatch]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for batch in batches:
        articles: list[Any] = batch.column("article_id").to_pylist()
        found.update(zip(articles, row_hashes(batch), strict=True))
    return found
