"""What died runs left: staged files, and files of batches that no receipt lists."""

from __future__ import annotations

from dateline.edges.lake.lake import Lake
from dateline.pipeline import INTAKE_DATASETS

_RECORDS = ("captures", "attempts")
"""What was seen exists once; a receipt that is missing may come back from a copy."""


def sweep(lake: Lake, older_than: float) -> int:
    """Remove orphans. Captures and attempts stay while their batch has no fetch receipt.

    Args:
        older_than: seconds since 1970; younger files may belong to a run that still lives.

    Returns:
        How many files went.
    """
    fetched, cleaned = list(lake.receipts("fetch")), list(lake.receipts("clean"))
    listed = {file.path for receipt in (*fetched, *cleaned) for file in receipt.files}
    known = {receipt.batch for receipt in fetched}
    swept = lake.store.sweep(older_than)
    for dataset in INTAKE_DATASETS:
        for path in lake.store.list(dataset):
            batch = path.rpartition("/")[2].partition("-")[0]
            is_kept = dataset in _RECORDS and batch not in known
            if path not in listed and not is_kept and lake.store.changed(path) < older_than:
                lake.store.delete(path)
                swept += 1
    return swept
