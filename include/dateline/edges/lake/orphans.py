"""What died runs left: staged files, and files of batches that no receipt lists."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.edges.lake.lake import Lake
from dateline.pipeline import INTAKE_DATASETS

_RECORDS = ("captures", "attempts")
"""What was seen exists once; a receipt that is missing may come back from a copy."""


@dataclass(frozen=True)
class Swept:
    """Orphans that went, and files of captures and attempts that no receipt knows and that stay."""

    removed: int
    kept: int


def sweep(lake: Lake, older_than: float) -> Swept:
    """Remove orphans. Captures and attempts stay while their batch has no fetch receipt.

    Args:
        older_than: seconds since 1970; younger files may belong to a run that still lives.

    Returns:
        How many files went, and how many stay.
    """
    fetched, cleaned = list(lake.receipts("fetch")), list(lake.receipts("clean"))
    listed = {file.path for receipt in (*fetched, *cleaned) for file in receipt.files}
    known = {receipt.batch for receipt in fetched}
    swept, kept = lake.store.sweep(older_than), 0
    for dataset in INTAKE_DATASETS:
        for path in lake.store.list(dataset):
            batch = path.rpartition("/")[2].partition("-")[0]
            if path in listed or lake.store.changed(path) >= older_than:
                continue
            if dataset in _RECORDS and batch not in known:
                kept += 1
            else:
                lake.store.delete(path)
                swept += 1
    return Swept(swept, kept)
