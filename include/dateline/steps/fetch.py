"""Fetch: what the outer world answered becomes captures; every question becomes an attempt.

exchanges = attempts
attempts with a capture_id = captures
failed records of archives = rejects
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
import pyarrow as pa

from dateline.contract import Contract
from dateline.contracts.attempts import ATTEMPTS
from dateline.contracts.captures import CAPTURES
from dateline.contracts.rejects import REJECTS
from dateline.contracts.shared import ANSWERED
from dateline.errors import ContractBroken
from dateline.step import Made, Rows, Rules
from dateline.text.leads import entry_key, lead_digest
from dateline.text.urls import url_key

VERSION = "1"
"""Raised whenever equal exchanges may give other rows."""

MOST_BYTES = 32 * 1024 * 1024
"""Bodies in one batch of captures: a batch ends before it holds more, so that memory stays bounded."""

_COPIED = (
    "source", "input_kind", "url", "final_url", "archive", "path", "index", "captured", "status",
    "content_type", "body", "lead", "signals", "known_as",
)  # fmt: skip


@dataclass(frozen=True)
class FetchRules(Rules):
    """What fetch needs besides exchanges.

    Args:
        batch: the batch that these exchanges belong to, as `attempts.batch` shows it.
    """

    version: str = VERSION
    batch: str = ""

    def declare(self) -> dict[str, Any]:
        return {"version": self.version, "batch": self.batch}


@dataclass(frozen=True, slots=True)
class _Kept:
    """One exchange that becomes a capture: its row in the batch, identity, digest and size of its body."""

    row: int
    capture_id: str
    sha256: str | None
    size: int


def fetch(exchanges: Rows, rules: FetchRules) -> Made:
    """One attempt for each exchange; a capture where something came; a reject where an archive failed.

    Raises:
        ContractBroken: an exchange has neither a body nor a failure.
    """
    for batch in exchanges:
        names = [name for name in batch.schema.names if name != "body"]
        rows = batch.select(names).to_pylist()
        kept = {found.row: found for found in _keep(batch, rows)}
        if rows:
            yield ATTEMPTS, ATTEMPTS.batch([_attempt(row, kept.get(i), rules) for i, row in enumerate(rows)])
        yield from _captures(batch, list(kept.values()))
        rejects = [refused_record(row) for i, row in enumerate(rows) if row["archive"] and i not in kept]
        if rejects:
            yield REJECTS, REJECTS.batch(rejects)


def capture_id(row: dict[str, Any], sha256: str | None) -> str:
    """32 hex digits over what was asked for, when, and all that came: the same whatever the batch.

    What a manifest or a column map said is part of what came: the same page with other words about it is
    another capture, so that it does not matter which of them was taken in first. A record of an archive is
    named by its place, also where it has a URL: an archive may hold the same page twice.
    """
    if row["archive"]:
        asked = ["record", row["archive"], row["path"], row["index"], row["url"]]
    else:
        asked = [row["input_kind"], row["url"]]
    named = [*asked, _instant(row["captured"]), sha256 or "", row["content_type"], row["lead"]]
    return hashlib.sha256(msgspec.json.encode(named)).hexdigest()[:32]


def _keep(batch: pa.RecordBatch, rows: list[dict[str, Any]]) -> Iterator[_Kept]:
    bodies = batch.column("body")
    for number, row in enumerate(rows):
        body = bodies[number]
        if row["failure"] is None:
            if not body.is_valid:
                raise ContractBroken(f"exchanges.body: null without a failure in the row seq={row['seq']}")
            data = body.as_buffer()
            digest = hashlib.sha256(data).hexdigest()
            yield _Kept(number, capture_id(row, digest), digest, data.size)
        elif row["failure"] == "not_modified" and row["status"] == 304:
            yield _Kept(number, capture_id(row, None), None, 0)


def _captures(batch: pa.RecordBatch, kept: list[_Kept]) -> Iterator[tuple[Contract, pa.RecordBatch]]:
    for group in _groups(kept):
        taken = batch.select(list(_COPIED)).take(pa.array([found.row for found in group], pa.int64()))
        columns = {name: taken.column(name) for name in _COPIED}
        columns["capture_id"] = pa.array([found.capture_id for found in group], pa.string())
        columns["body_sha256"] = pa.array([found.sha256 for found in group], pa.string())
        yield CAPTURES, CAPTURES.conform(pa.RecordBatch.from_pydict(columns))


def _groups(kept: list[_Kept]) -> Iterator[list[_Kept]]:
    """The captures in runs whose bodies together stay under `MOST_BYTES` (or are one)."""
    group: list[_Kept] = []
    size = 0
    for found in kept:
        if group and size + found.size > MOST_BYTES:
            yield group
            group, size = [], 0
        group.append(found)
        size += found.size
    if group:
        yield group


def _attempt(row: dict[str, Any], kept: _Kept | None, rules: FetchRules) -> dict[str, Any]:
    return {
        "batch": rules.batch,
        "seq": row["seq"],
        "source": row["source"],
        "input_kind": row["input_kind"],
        "url": row["url"],
        "url_key": url_key(row["url"]) if row["url"] else None,
        "path": _place(row),
        "captured": row["captured"],
        "outcome": row["failure"] or "captured",
        "detail": row["detail"],
        "status": row["status"],
        "capture_id": kept.capture_id if kept else None,
        "bytes": kept.size if kept else 0,
        "seconds": row["seconds"],
        "etag": row["etag"],
        "last_modified": row["last_modified"],
        "retry_after": row["retry_after"],
        "redirected_to": row["final_url"] if row["redirects"] else None,
        "lead_digest": row["lead_digest"] or (lead_digest(row["lead"]) if row["lead"] else None),
        **{column.name: row[column.name] for column in ANSWERED},
        "body_digest": row["body_digest"] or (kept.sha256[:16] if kept and kept.sha256 else None),
        "entry_key": entry_key(row["source"], row["lead"]),
        "lead": row["lead"] if _is_owed(row) else None,
    }


def _is_owed(row: dict[str, Any]) -> bool:
    """Whether a page may be asked for again whose lead no capture keeps."""
    return row["failure"] not in (None, "not_modified", "forgotten") and not row["archive"]


def refused_record(row: dict[str, Any]) -> dict[str, Any]:
    """The row of `rejects` for a record of an archive that has a `failure` and a `detail`."""
    return {
        "step": "fetch",
        "input_key": f"{row['archive']}/{_place(row)}",
        "source": row["source"],
        "reason": row["failure"],
        "detail": row["detail"],
        "url": row["url"],
        "path": row["path"],
        "captured": row["captured"],
    }


def _place(row: dict[str, Any]) -> str | None:
    """`path#index`; null if live."""
    if not row["archive"]:
        return None
    return f"{row['path'] or ''}#{row['index'] or 0}"


def _instant(captured: datetime | None) -> str:
    return captured.isoformat(timespec="microseconds") if captured else ""
