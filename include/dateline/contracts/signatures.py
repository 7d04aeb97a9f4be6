"""Texts of a day in a form in which likeness is cheap to see."""

import pyarrow as pa

from dateline.contract import UTC_MICROS, Column, Contract
from dateline.contracts.documents import CANONICAL_SITE
from dateline.contracts.shared import ARTICLE_ID, SOURCE

PERMUTATIONS = 128

SITE = Column(
    "site", pa.string(), "Registrable domain of the article's URL; null without one.", nullable=True
)
CREDIT = Column(
    "credit",
    pa.string(),
    "Usual name of the news agency that place line, byline or last line credit; null if none.",
    nullable=True,
)


def _without_keys(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Add to rows of version 1 what they did not tell: provenance, and what finds texts and tells them apart.

    They were made by another algorithm: the day has to be signed anew before its texts are found.
    """
    columns = {column.name: column for column in SIGNATURES.columns}
    for name in ("site", "credit", "canonical_site", "headline_hash"):
        batch = batch.append_column(name, pa.nulls(batch.num_rows, pa.string()))
    for name in ("bands", "sample", "slots", "opening"):
        batch = batch.append_column(name, pa.array([[]] * batch.num_rows, columns[name].type))
    return batch


SIGNATURES = Contract(
    name="signatures",
    version=2,
    doc="One row for each distinct text of an article on a day: URL key, content hash, MinHash.",
    key=("article_id", "content_hash"),
    columns=(
        ARTICLE_ID,
        Column("content_hash", pa.string(), "32 hex digits over the words of the text."),
        Column("is_newest", pa.bool_(), "Whether it is the article's newest text on this day."),
        Column("url_key", pa.string(), "Versioned URL key; null for things without a URL.", nullable=True),
        SOURCE,
        Column(
            "published",
            UTC_MICROS,
            "Instant of publication where its precision is instant or minute, else null.",
            nullable=True,
        ),
        SITE,
        CREDIT,
        CANONICAL_SITE,
        Column("title_hash", pa.string(), "32 hex digits over the words of the title.", nullable=True),
        Column(
            "headline_hash",
            pa.string(),
            "The same over the words of the text, where they are few enough to be but a headline: a flash.",
            nullable=True,
        ),
        Column("language", pa.string(), "BCP 47 tag; und if unknown."),
        Column("shingle_count", pa.int32(), "Distinct shingles of the text.", "shingles"),
        Column(
            "minhash",
            pa.list_(pa.uint32()),
            "MinHash of the word 5-grams: the least of 32 bins of 4 permutations (algorithm mh3); empty for "
            "very short texts.",
        ),
        Column(
            "bands",
            pa.list_(pa.uint32()),
            "Keys under which similar texts meet: for each of 32 runs of 4 values of `minhash` its number (5 "
            "bits) and a hash of it (27); empty for very short texts.",
        ),
        Column(
            "shingles",
            pa.list_(pa.uint32()),
            "Hashes of the distinct shingles, sorted: exact likeness where the estimate is not enough.",
        ),
        Column(
            "sample",
            pa.list_(pa.uint32()),
            "Those of the shingles below 2 ** 30, a quarter of all: a text within another is found by them.",
        ),
        Column(
            "numbers",
            pa.list_(pa.uint64()),
            "Distinct numbers of the text, sorted: upper 32 bits over the words around, lower 32 over the "
            "number; recurring notices differ in little else.",
        ),
        Column(
            "slots",
            pa.list_(pa.uint64()),
            "Places of the text that hold names, days or numerals, sorted, at most 64: upper 32 bits over "
            "the words around, lower 32 over what stands there.",
        ),
        Column(
            "opening",
            pa.list_(pa.uint32()),
            "Hashes of the first 16 shingles in the order of the text: a flash is found by them.",
        ),
    ),
    upgrades={1: _without_keys},
)
