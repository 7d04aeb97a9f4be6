"""What went no further, and why: nothing is dropped in silence."""

import pyarrow as pa

from dateline.contract import Column, Contract
from dateline.contracts.exchanges import FAILURES
from dateline.contracts.shared import CAPTURED, SOURCE, STEPS, capture_day

CLEAN_REASONS = (
    "not_html", "not_article", "no_text", "too_short", "wrong_type", "http_status", "parse_failure",
    "too_deep", "no_body", "rights",
)  # fmt: skip
REASONS = (*FAILURES, *(reason for reason in CLEAN_REASONS if reason not in FAILURES))

REJECTS = Contract(
    name="rejects",
    doc="One row for each input of any step that went no further, with the step and the reason.",
    key=("step", "input_key"),
    columns=(
        Column("step", pa.string(), "The step that refused it.", values=STEPS),
        Column(
            "input_key",
            pa.string(),
            "Key of the input: for fetch archive, path and index; for clean the capture_id.",
        ),
        SOURCE,
        Column("reason", pa.string(), "Why, from a closed vocabulary.", values=REASONS),
        Column("detail", pa.string(), "One sentence for a person.", nullable=True),
        Column("url", pa.string(), "URL of the input; null without one.", nullable=True),
        Column("path", pa.string(), "Path inside the archive; null if live.", nullable=True),
        CAPTURED,
    ),
    day=capture_day,
    warnings=(
        "Partitioned by the UTC day of capture: most rejects have no publication day.",
        "A failed live request is an `attempts` row, and a reject only where it was an archive's record.",
    ),
)
