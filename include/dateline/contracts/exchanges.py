"""What the outer world answered, before any judgment. Never stored: the fetch step's input."""

import pyarrow as pa

from dateline.contract import Column, Contract
from dateline.contracts.shared import (
    ANSWERED,
    ASKED,
    CONTENT_TYPE,
    ETAG,
    LAST_MODIFIED,
    LEAD,
    RETRY_AFTER,
    SECONDS,
    capture_day,
)

FAILURES = (
    "robots_disallowed", "robots_unreachable", "not_modified", "http_error", "too_many_requests",
    "timeout", "too_large", "too_many_redirects", "address_refused", "connection_failed",
    "bad_response", "deferred", "unreadable", "binary", "bad_encoding", "bad_json", "bad_record",
    "bad_date", "bad_path", "empty", "missing", "forgotten", "interstitial",
)  # fmt: skip
"""Why an exchange brought nothing to keep (`not_modified`: nothing new; `forgotten`: taken down before;
`interstitial`: a page before the one asked for, such as a check of the browser or a wall of consent)."""

EXCHANGES = Contract(
    name="exchanges",
    doc="One row for each thing asked of the outer world, with the answer or the reason why there is none.",
    key=("seq",),
    columns=(
        Column("seq", pa.int64(), "Position in the batch, from 0."),
        *ASKED,
        Column(
            "failure",
            pa.string(),
            "Why nothing is kept; null if there is a body to keep.",
            nullable=True,
            values=FAILURES,
        ),
        Column("detail", pa.string(), "One sentence on the failure.", nullable=True),
        CONTENT_TYPE,
        ETAG,
        LAST_MODIFIED,
        RETRY_AFTER,
        SECONDS,
        *ANSWERED,
        Column("redirects", pa.list_(pa.string()), "URLs that redirected, in order."),
        Column("body", pa.large_binary(), "The decompressed body.", "bytes", True),
        LEAD,
        Column(
            "lead_digest",
            pa.string(),
            "Digest of the words that asked for it, where `lead` holds others; null otherwise.",
            nullable=True,
        ),
        Column(
            "body_digest",
            pa.string(),
            "First 16 hex digits of the SHA-256 of what came, where `body` is emptied; null otherwise.",
            nullable=True,
        ),
    ),
    day=capture_day,
)
