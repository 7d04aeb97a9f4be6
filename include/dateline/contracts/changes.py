"""The history of publications, for consumers that follow."""

import pyarrow as pa

from dateline.contract import UTC_MICROS, Column, Contract

CHANGE_REASONS = ("new", "inputs", "stale", "removed")

CHANGES = Contract(
    name="changes",
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
        Column("added", pa.int64(), "Articles that were not there before.", "rows"),
        Column("changed", pa.int64(), "Articles whose row changed.", "rows"),
        Column("removed", pa.int64(), "Articles that are gone.", "rows"),
        Column("reason", pa.string(), "Why the day was made again.", values=CHANGE_REASONS),
    ),
    warnings=(
        "Told at least once: a consumer must bear the same row twice.",
        "Partitioned by the day on which it happened; carries wall time.",
    ),
)
