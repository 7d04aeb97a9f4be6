"""Columns and vocabularies that several datasets share: the same name means the same thing."""

from typing import Any

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

INPUT_KINDS = ("page", "feed", "sitemap", "section", "robots", "text", "record")
"""What was asked for: an HTML page, a feed, …, a section page that lists articles, …, a plain-text file of an
archive, a record of a dump."""

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
"""What led to an input and said about it: `origin` is feed, sitemap, section, manifest or record; `published`
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
    "things without a URL; of an entry of a live blog over the blog's id and its name there.",
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

TRIES = Column("tries", pa.int32(), "Requests that it took at the URL that answered; 0 where none was made.")
WAITED = Column("waited", pa.float64(), "Part of `seconds` spent waiting for a turn.", "seconds", True)
WIRE_BYTES = Column(
    "wire_bytes", pa.int64(), "Bytes of the body as they came, before decompression.", "bytes"
)
ROBOTS_RULE = Column(
    "robots_rule",
    pa.string(),
    "Line of robots.txt that decided; null where none applied or it was not asked.",
    nullable=True,
)
MOVED_TO = Column(
    "moved_to", pa.string(), "Where permanent redirects alone lead; null without one.", nullable=True
)
FRESH_FOR = Column(
    "fresh_for",
    pa.float64(),
    "For how long the answer says that it stays as it is: Cache-Control and Expires; of a feed also ttl "
    "and sy:update*.",
    "seconds",
    True,
)
ENTRIES = Column("entries", pa.int32(), "Entries that a feed, sitemap or section page named.", nullable=True)
QUIET = Column(
    "quiet",
    pa.int32(),
    "When a feed asks to be left alone, in UTC: bits 0 to 23 for its skipHours, 24 (Monday) to 30 for its "
    "skipDays; null where it does not.",
    nullable=True,
)
SIGNAL_TYPE = pa.struct(
    [pa.field("origin", pa.string()), pa.field("name", pa.string()), pa.field("value", pa.string())]
)
"""A statement on rights, as it was made: `origin` is header, robots.txt, tdmrep.json or ai.txt."""
SIGNALS = Column(
    "signals", pa.list_(SIGNAL_TYPE), "Statements on rights that came with the answer, or hold of its host."
)
KNOWN_AS = Column(
    "known_as",
    pa.string(),
    "URL by which the story was known before its page moved for good within its site; null where it has not.",
    nullable=True,
)
CONDITIONAL = Column(
    "conditional",
    pa.bool_(),
    "Whether the request sent an ETag or a Last-Modified that was known; null where none was made, or it is "
    "not known.",
    nullable=True,
)

HOP_TYPE = pa.struct(
    [
        pa.field("url", pa.string()),
        pa.field("began", UTC_MICROS),
        pa.field("ended", UTC_MICROS),
        pa.field("status", pa.int16()),
        pa.field("gap", pa.float64()),
        pa.field("retry_after", pa.float64()),
    ]
)
"""One request: `gap` is the pause in seconds that its host was to have before it, `retry_after` what the
answer asks for, in seconds."""
HOPS = Column(
    "hops",
    pa.list_(HOP_TYPE),
    "Every request that was made for this, in order, redirects and repeats included; also where it then was "
    "put off.",
    inside=Inside(frozenset({"status", "retry_after"})),
)

ANSWERED = (
    TRIES, WAITED, WIRE_BYTES, ROBOTS_RULE, MOVED_TO, FRESH_FOR, ENTRIES, QUIET, SIGNALS, CONDITIONAL,
    KNOWN_AS, HOPS,
)  # fmt: skip
"""How an answer came, and what it says of itself beside its body."""


def without_answers(batch: pa.RecordBatch, columns: tuple[Column, ...]) -> pa.RecordBatch:
    """Add columns to rows of a version that had none of them: nothing is known of them."""
    for column in columns:
        nothing: Any = [] if pa.types.is_list(column.type) else None if column.nullable else 0
        batch = batch.append_column(column.name, pa.array([nothing] * batch.num_rows, column.type))
    return batch


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
