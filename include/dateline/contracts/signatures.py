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


def _without_provenance(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Add to rows of version 1 what they did not tell: where texts come from, how they begin, their slots."""
    for name in (SITE.name, CREDIT.name, CANONICAL_SITE.name, "headline_hash"):
        batch = batch.append_column(name, pa.nulls(batch.num_rows, pa.string()))
    for name, width in (("slots", pa.uint64()), ("opening", pa.uint32())):
        batch = batch.append_column(name, pa.array([[]] * batch.num_rows, pa.list_(width)))
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
            "MinHash of the word 5-grams: the least of 32 bins of 4 permutations (algorithm mh2); empty for "
            "very short texts.",
        ),
        Column(
            "shingles",
            pa.list_(pa.uint32()),
            "Hashes of the distinct shingles, sorted: exact likeness where the estimate is not enough.",
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
    upgrades={1: _without_provenance},
)
