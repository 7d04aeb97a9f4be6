"""What was tried: the ledger of every request, from which crawl state can be rebuilt."""

import pyarrow as pa

from dateline.contract import Column, Contract
from dateline.contracts.exchanges import FAILURES
from dateline.contracts.shared import (
    CAPTURED,
    INPUT_KINDS,
    SOURCE,
    capture_day,
)

OUTCOMES = ("captured", *FAILURES)

ATTEMPTS = Contract(
    name="attempts",
    doc="One row for each URL or archive record tried in a batch, with its outcome.",
    key=("batch", "seq"),
    columns=(
        Column("batch", pa.string(), "Batch: the first 16 hex digits of SHA-256 of its id."),
        Column("seq", pa.int64(), "Position in the batch, from 0."),
        SOURCE,
        Column("input_kind", pa.string(), "What was asked for.", values=INPUT_KINDS),
        Column("url", pa.string(), "URL asked for; null for things without one.", nullable=True),
        Column("url_key", pa.string(), "Key of that URL; null without one.", nullable=True),
        Column("path", pa.string(), "Path inside the archive and `#index`; null if live.", nullable=True),
        CAPTURED,
        Column("outcome", pa.string(), "What came of it.", values=OUTCOMES),
        Column("detail", pa.string(), "One sentence on a failure.", nullable=True),
        Column("status", pa.int16(), "HTTP status; null without an HTTP answer.", nullable=True),
        Column("capture_id", pa.string(), "The capture kept; null if none was.", nullable=True),
        Column("bytes", pa.int64(), "Size of the decompressed body.", "bytes"),
        Column("seconds", pa.float64(), "Wall time of the exchange.", "seconds", True),
        Column("etag", pa.string(), "ETag header as sent.", nullable=True),
        Column("last_modified", pa.string(), "Last-Modified header as sent.", nullable=True),
        Column("retry_after", pa.float64(), "What Retry-After asks for.", "seconds", True),
        Column("redirected_to", pa.string(), "Last URL of a redirect chain.", nullable=True),
        Column(
            "lead_digest",
            pa.string(),
            "16 hex digits over what the feed or sitemap said of this URL; another digest asks for "
            "another look.",
            nullable=True,
        ),
    ),
    day=capture_day,
    warnings=("Carries wall times: it stands outside the promise of equal bytes.",),
)
