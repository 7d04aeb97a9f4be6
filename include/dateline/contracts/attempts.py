"""What was tried: the ledger of every request, from which crawl state can be rebuilt."""

import pyarrow as pa

from dateline.contract import Column, Contract
from dateline.contracts.exchanges import FAILURES
from dateline.contracts.shared import (
    ANSWERED,
    ASKED_URL,
    CAPTURED,
    ETAG,
    INPUT_KIND,
    LAST_MODIFIED,
    LEAD,
    LEAD_TYPE,
    RETRY_AFTER,
    SECONDS,
    SOURCE,
    STATUS,
    capture_day,
    without_answers,
)

KEPT_LEAD = Column(
    "lead",
    LEAD_TYPE,
    "What led to a page that was put off or failed: the next try is made under it, whatever names the page "
    "by then. Null where a capture has it, and of what was taken down.",
    nullable=True,
    inside=LEAD.inside,
)

OUTCOMES = ("captured", *FAILURES)

BODY_DIGEST = Column(
    "body_digest",
    pa.string(),
    "First 16 hex digits of the SHA-256 of the body that came or was kept anew; null without one.",
    nullable=True,
)
ENTRY_KEY = Column(
    "entry_key",
    pa.string(),
    "16 hex digits over the source and the id of the feed's entry that led here; null without one.",
    nullable=True,
)

ATTEMPTS = Contract(
    name="attempts",
    version=2,
    doc="One row for each URL or archive record tried in a batch, with its outcome.",
    key=("batch", "seq"),
    columns=(
        Column("batch", pa.string(), "Batch: the first 16 hex digits of SHA-256 of its id."),
        Column("seq", pa.int64(), "Position in the batch, from 0."),
        SOURCE,
        INPUT_KIND,
        ASKED_URL,
        Column("url_key", pa.string(), "Key of that URL; null without one.", nullable=True),
        Column("path", pa.string(), "Path inside the archive and `#index`; null if live.", nullable=True),
        CAPTURED,
        Column("outcome", pa.string(), "What came of it.", values=OUTCOMES),
        Column("detail", pa.string(), "One sentence on a failure.", nullable=True),
        STATUS,
        Column("capture_id", pa.string(), "The capture kept; null if none was.", nullable=True),
        Column("bytes", pa.int64(), "Size of the decompressed body.", "bytes"),
        SECONDS,
        ETAG,
        LAST_MODIFIED,
        RETRY_AFTER,
        Column("redirected_to", pa.string(), "Last URL of a redirect chain.", nullable=True),
        Column(
            "lead_digest",
            pa.string(),
            "16 hex digits over what the feed or sitemap said of this URL; another digest asks for "
            "another look. The first 8 are over title, published and authors, the others over updated and "
            "summary.",
            nullable=True,
        ),
        *ANSWERED,
        BODY_DIGEST,
        ENTRY_KEY,
        KEPT_LEAD,
    ),
    day=capture_day,
    warnings=(
        "Carries wall times: it stands outside the promise of equal bytes.",
        "Outcome `captured` with status 304: nothing came; the body of before is kept anew, as what led "
        "there had new facts.",
        "A page that waits is `deferred` once, and again only for another reason or under other words.",
    ),
    upgrades={1: lambda batch: without_answers(batch, (*ANSWERED, BODY_DIGEST, ENTRY_KEY, KEPT_LEAD))},
)
