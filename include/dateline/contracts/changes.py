"""The history of publications, for consumers that follow."""

import pyarrow as pa

from dateline.contract import UTC_MICROS, Column, Contract

CHANGE_REASONS = ("new", "inputs", "stale", "removed", "found")
"""`found`: the day was published and no row told of it (a file of `changes` was lost, say); what changed is
not known, so a consumer reads the whole day."""


def _with_note(batch: pa.RecordBatch) -> pa.RecordBatch:
    """1 → 2: counts may be missing, and a note may be there; no row of version 1 has one."""
    return batch.append_column("note", pa.nulls(batch.num_rows, pa.string()))


CHANGES = Contract(
    name="changes",
    version=2,
    doc="One row for each time that a day was published.",
    key=("date_published", "old", "new"),
    columns=(
        Column(
            "date_published",
            pa.string(),
            "The day that was published, YYYY-MM-DD or the null partition's name.",
        ),
        Column("old", pa.string(), "Row digest before; empty if there was none."),
        Column("new", pa.string(), "Row digest after; empty if the day was removed."),
        Column("at", UTC_MICROS, "Wall time of the publication."),
        Column("rows", pa.int64(), "Articles of the day now.", "rows"),
        Column(
            "added",
            pa.int64(),
            "Articles that were not there before; null where not known.",
            "rows",
            nullable=True,
        ),
        Column(
            "changed", pa.int64(), "Articles whose row changed; null where not known.", "rows", nullable=True
        ),
        Column("removed", pa.int64(), "Articles that are gone; null where not known.", "rows", nullable=True),
        Column("reason", pa.string(), "Why the day was made again.", values=CHANGE_REASONS),
        Column("note", pa.string(), "What the person said who asked for it, if anybody did.", nullable=True),
    ),
    warnings=(
        "Told at least once: a consumer must bear the same row twice.",
        "Partitioned by the day on which it happened; carries wall time.",
    ),
    upgrades={1: _with_note},
)
