"""What was seen: bodies as they came."""

import pyarrow as pa

from dateline.contract import Column, Contract
from dateline.contracts.shared import (
    ARCHIVE,
    CAPTURE_ID,
    CAPTURED,
    INDEX,
    INPUT_KINDS,
    LEAD_TYPE,
    PATH,
    SOURCE,
    capture_day,
)

CAPTURES = Contract(
    name="captures",
    doc="One row for each response or archive record kept, body included, with the facts that led to it.",
    key=("capture_id",),
    columns=(
        CAPTURE_ID,
        SOURCE,
        Column("input_kind", pa.string(), "What was asked for.", values=INPUT_KINDS),
        Column("url", pa.string(), "URL asked for; null for things without one.", nullable=True),
        Column("final_url", pa.string(), "URL that answered, after redirects.", nullable=True),
        ARCHIVE,
        PATH,
        INDEX,
        CAPTURED,
        Column("status", pa.int16(), "HTTP status; null without an HTTP answer.", nullable=True),
        Column("content_type", pa.string(), "Content-Type header as sent.", nullable=True),
        Column("body", pa.large_binary(), "The decompressed body, as it came.", "bytes", True),
        Column("body_sha256", pa.string(), "SHA-256 of the body, in hex; null without a body.", None, True),
        Column("lead", LEAD_TYPE, "What led here and what it said about it.", nullable=True),
    ),
    day=capture_day,
    warnings=(
        "Partitioned by the UTC day of capture, not of publication.",
        "A capture without a body is an answer that nothing changed (HTTP 304).",
    ),
)
