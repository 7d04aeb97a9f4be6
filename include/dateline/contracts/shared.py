"""Columns and vocabularies that several datasets share: the same name means the same thing."""

import pyarrow as pa
import pyarrow.compute as pc

from dateline.contract import UTC_MICROS, Column
from dateline.contract_nested import Inside

PRECISIONS = ("instant", "minute", "day", "month", "unknown")
"""How exact a time is. `day` and finer decide the partition; `month` and `unknown` do not."""

DATED = ("instant", "minute", "day")
"""Precisions whose day is known."""

TIME_SOURCES = (
    "json-ld", "meta", "feed", "sitemap", "html", "url", "archive", "capture",
)  # fmt: skip
"""Where a time came from, as in the design's vocabulary."""

FACT_SOURCES = (*TIME_SOURCES, "microdata", "extractor", "detected")
"""Where any other fact came from."""

INPUT_KINDS = ("page", "feed", "sitemap", "robots", "text", "record")
"""What was asked for: an HTML page, a feed, …, a plain-text file of an archive, a record of a dump."""

STEPS = ("fetch", "clean", "sign", "deduplicate", "enrich", "publish")

LEAD_TYPE = pa.struct(
    [
        pa.field("origin", pa.string()),
        pa.field("origin_url", pa.string()),
        pa.field("entry_id", pa.string()),
        pa.field("title", pa.string()),
        pa.field("published", pa.string()),
        pa.field("updated", pa.string()),
        pa.field("authors", pa.list_(pa.string())),
        pa.field("summary", pa.string()),
        pa.field("categories", pa.list_(pa.string())),
        pa.field("language", pa.string()),
    ]
)
"""What led to an input and said about it: `origin` is feed, sitemap, manifest or record; `published`
and `updated` are ISO 8601 as far as they could be read (offset kept), else the raw words."""

SPAN_TYPE = pa.struct([pa.field("start", pa.int32()), pa.field("end", pa.int32())])
"""Unicode code points into the text, start inclusive, end exclusive."""

CAPTURE_ID = Column(
    "capture_id",
    pa.string(),
    "Identity of a capture: 32 hex digits over what was asked for, when, and the body; the same whatever "
    "the batch.",
)
ARTICLE_ID = Column(
    "article_id",
    pa.string(),
    "Identity of an article: 32 hex digits over its URL key, or over archive name, path and index for "
    "things without a URL.",
)
SOURCE = Column("source", pa.string(), "Slug of the publisher's source file, or the archive's name.")
CAPTURED = Column(
    "captured",
    UTC_MICROS,
    "When the outer world was seen so: the live clock, or the archive's own date; null if unknown.",
    nullable=True,
)
ARCHIVE = Column(
    "archive", pa.string(), "Name of the archive an input came from; null if live.", nullable=True
)
PATH = Column("path", pa.string(), "Path inside the archive; null if live.", nullable=True)
INDEX = Column(
    "index", pa.int64(), "Position of the record in its file, from 0; null if live.", nullable=True
)
INPUT_KIND = Column("input_kind", pa.string(), "What was asked for.", values=INPUT_KINDS)
ASKED_URL = Column("url", pa.string(), "URL asked for; null for things without one.", nullable=True)
STATUS = Column("status", pa.int16(), "HTTP status; null without an HTTP answer.", nullable=True)
CONTENT_TYPE = Column("content_type", pa.string(), "Content-Type header as sent.", nullable=True)
ETAG = Column("etag", pa.string(), "ETag header as sent.", nullable=True)
LAST_MODIFIED = Column("last_modified", pa.string(), "Last-Modified header as sent.", nullable=True)
RETRY_AFTER = Column("retry_after", pa.float64(), "What Retry-After asks for.", "seconds", True)
SECONDS = Column("seconds", pa.float64(), "Wall time of the exchange.", "seconds", True)
LEAD = Column(
    "lead",
    LEAD_TYPE,
    "What led here and what it said about it.",
    nullable=True,
    inside=Inside(
        frozenset({"origin_url", "entry_id", "title", "published", "updated", "summary", "language"})
    ),
)

ASKED = (
    SOURCE,
    INPUT_KIND,
    ASKED_URL,
    Column("final_url", pa.string(), "URL that answered, after redirects.", nullable=True),
    ARCHIVE,
    PATH,
    INDEX,
    CAPTURED,
    STATUS,
)
"""What was asked of whom and when, and how that was answered."""


def capture_day(batch: pa.RecordBatch) -> pa.Array:
    """The UTC day of each row's `captured`, null where that is unknown."""
    return utc_day(batch.column("captured"))


def utc_day(instants: pa.Array) -> pa.Array:
    """The UTC day (date32) of each instant."""
    return pc.cast(pc.floor_temporal(instants, unit="day"), pa.timestamp("us")).cast(pa.date32())
