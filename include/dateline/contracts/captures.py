"""What was seen: bodies as they came."""

import pyarrow as pa

from dateline.contract import Column, Contract
from dateline.contracts.shared import (
    ASKED,
    CAPTURE_ID,
    CONTENT_TYPE,
    KNOWN_AS,
    LEAD,
    SIGNALS,
    capture_day,
    without_answers,
)

CAPTURES = Contract(
    name="captures",
    version=2,
    doc="One row for each response or archive record kept, body included, with the facts that led to it.",
    key=("capture_id",),
    columns=(
        CAPTURE_ID,
        *ASKED,
        CONTENT_TYPE,
        Column("body", pa.large_binary(), "The decompressed body, as it came.", "bytes", True),
        Column("body_sha256", pa.string(), "SHA-256 of the body, in hex; null without a body.", None, True),
        LEAD,
        SIGNALS,
        KNOWN_AS,
    ),
    day=capture_day,
    warnings=(
        "Partitioned by the UTC day of capture, not of publication.",
        "A capture without a body is an answer that nothing changed (HTTP 304).",
        "One of a live page with status 304 and a body has the body of before, kept anew under another lead.",
    ),
    upgrades={1: lambda batch: without_answers(batch, (SIGNALS, KNOWN_AS))},
)
