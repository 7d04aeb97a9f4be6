"""Sightings: what an article said in each capture of it."""

import pyarrow as pa
import pyarrow.compute as pc

from dateline.contract import UTC_MICROS, Column, Contract
from dateline.contracts.rights import RIGHTS, without_rights
from dateline.contracts.shared import (
    ARCHIVE,
    ARTICLE_ID,
    CAPTURE_ID,
    CAPTURED,
    DATED,
    FACT_SOURCES,
    INDEX,
    PATH,
    PRECISIONS,
    SOURCE,
    TIME_SOURCES,
    utc_day,
)

KINDS = ("article", "opinion", "live_blog", "live_entry", "video", "gallery", "audio")
LANGUAGE_SOURCES = ("declared", "detected")

CHARACTER_STATES = ("clean", "repaired", "damaged", "unknown")
"""`repaired`: text that was decoded with the wrong charset and encoded again, set right; `damaged`: signs are
lost that nothing brings back, or the letters are those of no language; `unknown`: nobody looked."""

DESKS = Column(
    "desks",
    pa.list_(pa.string()),
    "Those of `authors` that are a desk, an agency or a publication, no person.",
)
DATELINE_PLACE = Column(
    "dateline_place", pa.string(), "Place or places in `dateline`, without day and agency.", nullable=True
)
DATELINE_DATE = Column(
    "dateline_date",
    pa.date32(),
    "Day in `dateline`; without a year there, in the year in which it lies nearest to `published`.",
    nullable=True,
)
CHARACTERS = Column(
    "characters",
    pa.string(),
    "State of the characters as they came: in order, set right here, lost in part, or not looked at.",
    values=CHARACTER_STATES,
)

CANONICAL_SITE = Column(
    "canonical_site",
    pa.string(),
    "Registrable domain of the page's own word for its URL, where that lies on another site: a hint that "
    "the text was taken over from there; else null.",
    nullable=True,
)

PARENT_ID = Column(
    "parent_id",
    pa.string(),
    "article_id of the live blog that this is an entry of; null if none.",
    nullable=True,
)

ARTICLE_FACTS = (
    PARENT_ID,
    SOURCE,
    Column("url", pa.string(), "URL that answered, or as the archive gives it.", nullable=True),
    Column(
        "canonical_url",
        pa.string(),
        "The page's own word for its URL; where its URL is known, kept only within the same site. Of an "
        "entry of a live blog its place in the page.",
        nullable=True,
    ),
    CANONICAL_SITE,
    Column(
        "url_key",
        pa.string(),
        "Versioned key under which URLs count as one; entries have their page's.",
        nullable=True,
    ),
    ARCHIVE,
    PATH,
    INDEX,
    CAPTURED,
    Column(
        "published",
        UTC_MICROS,
        "When it was published; the first instant of the day or month where only that is known.",
        nullable=True,
    ),
    Column(
        "published_offset",
        pa.int16(),
        "Offset from UTC that the source gave or shows with `published`; null if it did neither.",
        "minutes",
        True,
    ),
    Column("published_precision", pa.string(), "How exact `published` is.", values=PRECISIONS),
    Column(
        "published_source",
        pa.string(),
        "Where `published` came from; `capture` if unknown, so that the day is that of the capture.",
        nullable=True,
        values=TIME_SOURCES,
    ),
    Column("published_confidence", pa.float32(), "Trust in `published`.", "0 to 1"),
    Column("updated", UTC_MICROS, "When it was last changed, as it says itself.", nullable=True),
    Column("updated_offset", pa.int16(), "Offset given with `updated`; null if none was.", "minutes", True),
    Column("updated_precision", pa.string(), "How exact `updated` is.", values=PRECISIONS),
    Column("updated_source", pa.string(), "Where it came from.", nullable=True, values=TIME_SOURCES),
    Column("title", pa.string(), "Headline, without the site's name.", nullable=True),
    Column("title_source", pa.string(), "Where it came from.", nullable=True, values=FACT_SOURCES),
    Column("title_confidence", pa.float32(), "Trust in `title`.", "0 to 1"),
    Column("authors", pa.list_(pa.string()), "Names of people, or of a desk or agency; no roles."),
    Column("authors_source", pa.string(), "Where they came from.", nullable=True, values=FACT_SOURCES),
    Column("authors_confidence", pa.float32(), "Trust in `authors`.", "0 to 1"),
    DESKS,
    Column("dateline", pa.string(), "Place line that opens the story, as printed.", nullable=True),
    DATELINE_PLACE,
    DATELINE_DATE,
    Column(
        "text",
        pa.large_string(),
        "Body: paragraphs separated by an empty line; no headline; of a live blog what stands outside its "
        "entries; of a page behind a paywall that shows no sentence of it the publisher's summary. Empty "
        "where `rights.kept` is facts.",
    ),
    Column("text_confidence", pa.float32(), "Trust in `text`.", "0 to 1"),
    CHARACTERS,
    Column(
        "content_hash",
        pa.string(),
        "32 hex digits over the words of the text as read, in lower case: equal hash, equal content.",
    ),
    Column("language", pa.string(), "BCP 47 tag; und if unknown."),
    Column("language_source", pa.string(), "How it is known.", nullable=True, values=LANGUAGE_SOURCES),
    Column("kind", pa.string(), "What sort of item it is.", values=KINDS),
    Column("section", pa.string(), "Section of the publication.", nullable=True),
    Column("tags", pa.list_(pa.string()), "Tags or keywords that the publisher gave."),
    Column("description", pa.string(), "The publisher's summary.", nullable=True),
    Column("site_name", pa.string(), "Name of the site.", nullable=True),
    Column("publisher", pa.string(), "Name of the publisher.", nullable=True),
    Column("image_url", pa.string(), "Main picture.", nullable=True),
    Column("image_caption", pa.string(), "Its caption.", nullable=True),
    Column("is_paywalled", pa.bool_(), "Whether the text is cut by a paywall; null if unknown.", None, True),
    Column("word_count", pa.int32(), "Words of the text as read.", "words"),
    RIGHTS,
)
"""What is known of an article; `articles` repeats these of the newest sighting."""


def without_parts(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Add to rows of version 2 what it did not tell: desks, the dateline's parts, damage."""
    rows = batch.num_rows
    batch = batch.append_column(DESKS.name, pa.array([[]] * rows, DESKS.type))
    for column in (DATELINE_PLACE, DATELINE_DATE):
        batch = batch.append_column(column.name, pa.array([None] * rows, column.type))
    return batch.append_column(CHARACTERS.name, pa.array(["unknown"] * rows, CHARACTERS.type))


def without_canonical_site(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Add to rows of version 3 what they did not tell: a page's word for its URL on another site."""
    return batch.append_column(CANONICAL_SITE.name, pa.nulls(batch.num_rows, pa.string()))


def publication_day(batch: pa.RecordBatch) -> pa.Array:
    """UTC day of publication; without one the capture's day; with neither null."""
    dated = pc.is_in(batch.column("published_precision"), value_set=pa.array(DATED))
    return pc.if_else(dated, utc_day(batch.column("published")), utc_day(batch.column("captured")))


DOCUMENTS = Contract(
    name="documents",
    version=4,
    doc="One row for each sighting: one version of one article as found in one capture, or one entry of "
    "a live blog.",
    key=("article_id", "capture_id", "entry"),
    columns=(
        ARTICLE_ID,
        CAPTURE_ID,
        Column(
            "entry",
            pa.int32(),
            "0 for the page, from 1 for the entries of a live blog as they stand there.",
        ),
        *ARTICLE_FACTS,
    ),
    day=publication_day,
    warnings=(
        "Every sighting is here; `articles` folds those of one article on one day into one row.",
        "A row whose batch overlaps another may be seen twice on disk; the lake's reader counts it once.",
    ),
    upgrades={1: without_rights, 2: without_parts, 3: without_canonical_site},
)
