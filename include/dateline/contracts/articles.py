"""The table that readers read: one row an article."""

import pyarrow as pa

from dateline.contract import UTC_MICROS, Column, Contract
from dateline.contracts.annotations import FINDINGS
from dateline.contracts.documents import (
    ARTICLE_FACTS,
    PARENT_ID,
    without_canonical_site,
    without_parts,
)
from dateline.contracts.duplicates import DUPLICATE_KINDS, ORIGIN_WHYS
from dateline.contracts.rights import without_rights
from dateline.contracts.shared import ARTICLE_ID

LINKS = (
    Column(
        "duplicate_of", pa.string(), "The earlier article that this one repeats; null if none.", nullable=True
    ),
    Column("duplicate_of_date", pa.date32(), "Partition of that article.", nullable=True),
    Column("duplicate_kind", pa.string(), "How it repeats it.", None, True, DUPLICATE_KINDS),
    Column("duplicate_similarity", pa.float32(), "How much of it.", "0 to 1", True),
    Column(
        "syndicated_from",
        pa.string(),
        "Where a duplicate of another site's article was first published, as it is guessed: a news agency's "
        "usual name or a registrable domain; null if it is none.",
        nullable=True,
    ),
    Column("syndicated_why", pa.string(), "What that is guessed by.", None, True, ORIGIN_WHYS),
    Column(
        "version_of_date",
        pa.date32(),
        "Earlier partition that holds an earlier version of this article.",
        nullable=True,
    ),
    Column(
        "version_of",
        pa.string(),
        "article_id of that row (the same); null if this is the first day.",
        nullable=True,
    ),
    Column("extends", pa.string(), "The flash of which this is the full story; null if none.", nullable=True),
    Column("extends_date", pa.date32(), "Partition of that flash.", nullable=True),
)


def _without_parents(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Add to rows of version 2 what they did not tell; entries of live blogs were not told apart then."""
    batch = without_parts(batch)
    return batch.append_column(PARENT_ID.name, pa.array([None] * batch.num_rows, PARENT_ID.type))


def _without_origins(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Add to rows of version 3 what they did not tell of where texts come from."""
    batch = without_canonical_site(batch)
    for name in ("syndicated_from", "syndicated_why"):
        batch = batch.append_column(name, pa.nulls(batch.num_rows, pa.string()))
    return batch


ARTICLES = Contract(
    name="articles",
    version=4,
    doc="One row for each article of a publication day: its newest version, its links, what was found in it.",
    key=("article_id",),
    columns=(
        ARTICLE_ID,
        *ARTICLE_FACTS,
        Column("first_seen", UTC_MICROS, "Earliest capture of it on this publication day.", nullable=True),
        Column("version_count", pa.int32(), "Distinct texts seen.", "versions"),
        Column("sighting_count", pa.int32(), "Captures in which it was seen.", "sightings"),
        *LINKS,
        *FINDINGS,
    ),
    warnings=(
        "Partitioned by UTC day of publication; an article of unknown day lies in its capture's day, with "
        "published_source = 'capture'.",
        "Where published_precision is 'day', published is midnight UTC of that day, not a time.",
        "duplicate_of IS NULL keeps one copy of each text. An article's own older texts never hide its "
        "newest; a near copy by somebody else, of an earlier version, may.",
        "syndicated_from is a guess, and told only of duplicates whose two sites are known. The cluster of "
        "an article is in `clusters`, not here, as it may move with older material.",
        "Place names and coordinates from GeoNames (CC BY 4.0).",
        "What a publisher says of the use of its texts is in rights; to heed it is the reader's part.",
    ),
    upgrades={1: without_rights, 2: _without_parents, 3: _without_origins},
)
