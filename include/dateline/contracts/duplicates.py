"""Links between articles: which one repeats, renews or extends which."""

import pyarrow as pa

from dateline.contract import Column, Contract
from dateline.contracts.shared import ARTICLE_ID

RELATIONS = ("duplicate", "version", "extends")
DUPLICATE_KINDS = ("exact", "near", "contained")
ORIGIN_WHYS = ("credit", "canonical", "earliest")
"""By what an origin is guessed, the best first: the agency that either text credits, the other site that
either page calls its own place, the site of the earlier one."""


def _without_origins(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Add to rows of version 1 what they did not tell."""
    for name in ("is_earliest", "is_syndicated"):
        batch = batch.append_column(name, pa.array([False] * batch.num_rows, pa.bool_()))
    for name in ("origin", "origin_why"):
        batch = batch.append_column(name, pa.nulls(batch.num_rows, pa.string()))
    return batch


DUPLICATES = Contract(
    name="duplicates",
    version=2,
    doc="One row for each link from an article to an earlier one.",
    key=("article_id", "relation"),
    columns=(
        ARTICLE_ID,
        Column("relation", pa.string(), "What the link says.", values=RELATIONS),
        Column("target_id", pa.string(), "article_id of the earlier article (its own for a version)."),
        Column(
            "target_date",
            pa.date32(),
            "Partition of the earlier article; null in the null partition.",
            nullable=True,
        ),
        Column(
            "duplicate_kind",
            pa.string(),
            "How a duplicate repeats: the same words, nearly so, or as a part of the earlier text.",
            nullable=True,
            values=DUPLICATE_KINDS,
        ),
        Column(
            "similarity",
            pa.float32(),
            "Jaccard similarity, or containment for `contained` and `extends`.",
            "0 to 1",
        ),
        Column(
            "is_earliest",
            pa.bool_(),
            "Whether no other link of the article goes to an earlier target, or to as early a one and comes "
            "before it by relation: the link that `clusters` follows.",
        ),
        Column(
            "is_syndicated",
            pa.bool_(),
            "Whether it is a duplicate of an article of another registrable domain; false where either is "
            "unknown.",
        ),
        Column(
            "origin",
            pa.string(),
            "Where a syndicated text was first published, as it is guessed: a news agency's usual name or a "
            "registrable domain.",
            nullable=True,
        ),
        Column("origin_why", pa.string(), "What the origin is guessed by.", None, True, ORIGIN_WHYS),
    ),
    warnings=(
        "Links point backwards only, to the earliest direct match, at most W days back.",
        "Only the relation `duplicate` means that a reader has read this before.",
        "The origin of a syndicated text is a guess from what the two texts and their pages say.",
    ),
    upgrades={1: _without_origins},
)
