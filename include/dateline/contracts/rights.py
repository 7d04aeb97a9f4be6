"""The column `rights`: what the publisher says of the use of a text, and what was kept of it therefore."""

from typing import Any

import pyarrow as pa

from dateline.contract import UTC_MICROS, Column
from dateline.contract_nested import Inside
from dateline.contracts.shared import SIGNAL_TYPE

ORIGINS = ("header", "robots.txt", "tdmrep.json", "ai.txt", "meta")
"""Where a statement was made; `meta` is the page itself."""

KEPT = ("all", "facts")
"""`facts`: the user's policy left out text, description and caption; everything else is there."""

_FIELDS: dict[str, tuple[pa.DataType, str]] = {
    "noindex": (pa.bool_(), "said to robots: not to be in an index"),
    "noarchive": (pa.bool_(), "no copy to be shown"),
    "nosnippet": (pa.bool_(), "no excerpt to be shown"),
    "noai": (pa.bool_(), "not to be used to train models"),
    "noimageai": (pa.bool_(), "the same of its pictures"),
    "unavailable_after": (UTC_MICROS, "not to be shown from then on; null if not said"),
    "tdm_reserved": (pa.bool_(), "text and data mining reserved (TDMRep); null if not said"),
    "tdm_policy": (pa.string(), "URL of the terms offered for it; null if none"),
    "search": (pa.string(), "use in search: yes, no, null if not said"),
    "ai_input": (pa.string(), "use as input of a model's answers: the same"),
    "ai_train": (pa.string(), "use to train models: the same"),
    "barred_agents": (pa.list_(pa.string()), "agents that train models and that robots.txt bars"),
    "kept": (pa.string(), "all, or facts: the text was left out by the user's policy"),
    "because": (pa.string(), "the statement for which it was; null if all is kept"),
    "signals": (pa.list_(SIGNAL_TYPE), "the statements as they were made: origin, name, value"),
}
"""Field → type and meaning."""

RIGHTS_TYPE = pa.struct([pa.field(name, kind) for name, (kind, _) in _FIELDS.items()])

_USES = ("yes", "no")
RIGHTS = Column(
    "rights",
    RIGHTS_TYPE,
    "What the publisher says of its use. "
    + "; ".join(f"`{name}`: {meaning}" for name, (_, meaning) in _FIELDS.items())
    + ".",
    inside=Inside(
        optional=frozenset({
            "unavailable_after", "tdm_reserved", "tdm_policy", "search", "ai_input", "ai_train", "because",
        }),
        values={
            "search": _USES, "ai_input": _USES, "ai_train": _USES, "kept": KEPT, "signals[].origin": ORIGINS,
        },
    ),
)  # fmt: skip

UNSAID: dict[str, Any] = {
    **{name: False if kind == pa.bool_() else None for name, (kind, _) in _FIELDS.items()},
    "tdm_reserved": None,
    "barred_agents": [],
    "kept": "all",
    "signals": [],
}


def without_rights(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Add `rights` to rows of a version that had none: nothing is known to have been said."""
    return batch.append_column(RIGHTS.name, pa.array([UNSAID] * batch.num_rows, RIGHTS_TYPE))
