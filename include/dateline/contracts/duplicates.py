"""Links between articles: which one repeats, renews or extends which."""

import pyarrow as pa

from dateline.contract import Column, Contract
from dateline.contracts.shared import ARTICLE_ID

RELATIONS = ("duplicate", "version", "extends")
DUPLICATE_KINDS = ("exact", "near", "contained")

DUPLICATES = Contract(
    name="duplicates",
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
    ),
    warnings=(
        "Links point backwards only, to the earliest direct match, at most W days back.",
        "Only the relation `duplicate` means that a reader has read this before.",
    ),
)
