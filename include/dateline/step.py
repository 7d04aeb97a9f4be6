"""The shape of a step: a pure function from streamed Arrow batches to streamed Arrow batches.

A step sees no disk, network, clock, environment or logger, and no other step. What it needs besides
rows comes in as frozen arguments with a name, a version and a digest (`Rules`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from dateline.contract import Contract
from dateline.errors import SumsDoNotAdd

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


MOST_BYTES = 8 * 1024 * 1024
"""Of large rows in one batch, so that memory stays bounded whatever their number."""


def batches(
    contract: Contract,
    rows: Iterator[dict[str, Any]],
    size: int = 256,
    weigh: Callable[[dict[str, Any]], int] | None = None,
) -> Iterator[tuple[Contract, pa.RecordBatch]]:
    """Python rows as checked batches of at most `size` rows.

    Args:
        weigh: bytes of a row, where rows are large: then a batch ends with the row that brings it to
            MOST_BYTES.
    """
    held: list[dict[str, Any]] = []
    weight = 0
    for row in rows:
        held.append(row)
        weight += weigh(row) if weigh else 0
        if len(held) >= size or weight >= MOST_BYTES:
            yield contract, contract.batch(held)
            held, weight = [], 0
    if held:
        yield contract, contract.batch(held)


def in_key_order(made: Made, kept: Contract) -> Iterator[pa.RecordBatch]:
    """The batches of one dataset, each sorted by key, as the whole must be.

    A step over a day goes through its articles in order, so sorting within a batch is enough; the
    writer refuses the file if it is not.

    Raises:
        SumsDoNotAdd: a batch is of another dataset.
    """
    keys: list[Any] = [(name, "ascending") for name in kept.key]
    for other, batch in made:
        if other.name != kept.name:
            raise SumsDoNotAdd(f"{kept.name}: a step made rows of {other.name} that nobody keeps")
        if batch.num_rows:
            order: Any = pc.sort_indices(batch.select(list(kept.key)), sort_keys=keys)
            # Most come sorted, and a row of many nested columns is dear to copy.
            is_sorted = order.equals(pa.array(range(batch.num_rows), pa.uint64()))
            yield batch if is_sorted else batch.take(order)
