"""Leads that attempts keep of pages which were put off or failed: those to what was forgotten."""

from __future__ import annotations

import pyarrow as pa

from dateline.edges.lake import Lake
from dateline.edges.lake.receipts import Receipt
from dateline.text.forgotten import Forgotten

COLUMNS = ["seq", "source", "url", "redirected_to", "known_as", "lead"]
"""Columns of `attempts` that tell."""


def seqs(rows: pa.RecordBatch, forgotten: Forgotten) -> set[int]:
    """The rows of attempts of one batch, by `seq`, that keep what a feed or sitemap said of it."""
    kept = rows.select(COLUMNS[:-1]).filter(rows.column("lead").is_valid())
    return {row["seq"] for row in kept.to_pylist() if forgotten.has(_place(row))}


def seqs_of(lake: Lake, fetched: Receipt, forgotten: Forgotten) -> set[int]:
    """The same of a whole batch."""
    return {
        seq
        for file in fetched.of("attempts")
        for rows in lake.read_facts(file, COLUMNS)
        for seq in seqs(rows, forgotten)
    }


def _place(row: dict[str, object]) -> dict[str, object]:
    """As exchanges and captures name it; archives have no attempts with a lead."""
    return {**row, "final_url": row["redirected_to"], "archive": None, "path": None, "index": None}
