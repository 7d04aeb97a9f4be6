"""What the outer world answered, before any judgment. Never stored: the fetch step's input."""

import pyarrow as pa

from dateline.contract import Column, Contract
from dateline.contracts.shared import (
    ARCHIVE,
    CAPTURED,
    INDEX,
    INPUT_KINDS,
    LEAD_TYPE,
    PATH,
    SOURCE,
    capture_day,
)

FAILURES = (
    "robots_disallowed", "robots_unreachable", "not_modified", "http_error", "too_many_requests",
    "timeout", "too_large", "too_many_redirects", "address_refused", "connection_failed",
    "bad_response", "deferred", "unreadable", "binary", "bad_encoding", "bad_json", "bad_record",
    "bad_date", "bad_path", "empty", "missing",
)  # fmt: skip
"""Why an exchange brought nothing to keep (`not_modified`: nothing new)."""

EXCHANGES = Contract(
    name="exchanges",
    doc="One row for each thing asked of the outer world, with the answer or the reason why there is none.",
    key=("seq",),
    columns=(
        Column("seq", pa.int64(), "Position in the batch, from 0."),
        SOURCE,
        Column("input_kind", pa.string(), "What was asked for.", values=INPUT_KINDS),
        Column("url", pa.string(), "URL asked for; null for things without one.", nullable=True),
        Column("final_url", pa.string(), "URL that answered, after redirects.", nullable=True),
        ARCHIVE,
        PATH,
        INDEX,
        CAPTURED,
        Column("status", pa.int16(), "HTTP status; null without an HTTP answer.", nullable=True),
        Column(
            "failure",
            pa.string(),
            "Why nothing is kept; null if there is a body to keep.",
            nullable=True,
            values=FAILURES,
        ),
        Column("detail", pa.string(), "One sentence on the failure.", nullable=True),
        Column("content_type", pa.string(), "Content-Type header as sent.", nullable=True),
        Column("etag", pa.string(), "ETag header as sent.", nullable=True),
        Column("last_modified", pa.string(), "Last-Modified header as sent.", nullable=True),
        Column("retry_after", pa.float64(), "What Retry-After asks for.", "seconds", True),
        Column("seconds", pa.float64(), "Wall time of the exchange.", "seconds", True),
        Column("redirects", pa.list_(pa.string()), "URLs that redirected, in order."),
        Column("body", pa.large_binary(), "The decompressed body.", "bytes", True),
        Column("lead", LEAD_TYPE, "What led here and what it said about it.", nullable=True),
    ),
    day=capture_day,
)
