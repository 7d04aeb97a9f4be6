"""The shape of a step: a pure function from streamed Arrow batches to streamed Arrow batches.

A step sees no disk, network, clock, environment or logger, and no other step. What it needs besides
rows comes in as frozen arguments with a name, a version and a digest (`Rules`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
import pyarrow as pa

from dateline.contract import Contract

Rows = Iterator[pa.RecordBatch]
"""Batches of one dataset. Where they are documents of a day, they come sorted by key, and all rows of
one article lie in one batch."""

Made = Iterator[tuple[Contract, pa.RecordBatch]]
"""Batches that a step makes, each with the contract it keeps; their rows need not be sorted."""


@dataclass(frozen=True)
class Rules:
    """Base of the frozen arguments of a step: settings, rule tables, models.

    `version` is declared by hand and raised whenever equal inputs may give other rows; the golden
    outputs hold it to that.
    """

    version: str

    def digest(self) -> str:
        """16 hex digits over what `declare` tells; equal digest, equal behaviour."""
        return digest(self.declare())

    def declare(self) -> dict[str, Any]:
        """What the digest covers and footers record: plain values only."""
        return {"version": self.version}


def digest(value: Any) -> str:
    """16 hex digits of SHA-256 over the canonical encoding of a plain value."""
    return hashlib.sha256(msgspec.msgpack.encode(value, order="sorted")).hexdigest()[:16]


def batches(
    contract: Contract, rows: Iterator[dict[str, Any]], size: int = 256
) -> Iterator[tuple[Contract, pa.RecordBatch]]:
    """Python rows as checked batches of at most `size` rows."""
    held: list[dict[str, Any]] = []
    for row in rows:
        held.append(row)
        if len(held) >= size:
            yield contract, contract.batch(held)
            held = []
    if held:
        yield contract, contract.batch(held)
