"""Clusters: which articles tell one thing, by the article at which it began."""

import pyarrow as pa

from dateline.contract import Column, Contract
from dateline.contracts.duplicates import RELATIONS
from dateline.contracts.shared import ARTICLE_ID

CLUSTERS = Contract(
    name="clusters",
    doc="One row for each article of a day: the root of the chain of links that starts at it.",
    key=("article_id",),
    columns=(
        ARTICLE_ID,
        Column(
            "root_id",
            pa.string(),
            "article_id of the article at the end of the chain; its own where it links to nothing. With "
            "root_date the name of the cluster.",
        ),
        Column("root_date", pa.date32(), "Partition of the root; null in the null partition.", nullable=True),
        Column("depth", pa.int32(), "Links from the article to its root; 0 for a root.", "links"),
        Column(
            "relation",
            pa.string(),
            "What the first link of the chain says; null for a root.",
            nullable=True,
            values=RELATIONS,
        ),
    ),
    warnings=(
        "Of several links of an article, whatever they say, the one to the earliest target is followed "
        "(`duplicates.is_earliest`), and so on from there, also over more than W days. The null partition "
        "has clusters of its own.",
        "Roots may move when older material arrives: a root that turns out to be a copy takes all of its "
        "cluster along, also on later days whose articles stay as they are.",
        "Right once a lake is settled over all days; until then a chain may end where a day was not reached.",
        "A cluster holds chains, no groups of equals: two of its articles need not be alike themselves.",
    ),
)
