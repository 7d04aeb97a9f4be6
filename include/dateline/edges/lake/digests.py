"""Digests that add up: a file's row digest is its row count and a sum of hashes over its rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec
import pyarrow as pa

_MODULUS = 1 << 256
_ROWS = 64
"""Rows that are Python values at a time: those of an annotated article weigh a hundred kilobytes."""
_BYTES = 512 * 1024
"""… and how much of Arrow's memory: what stays in the processor's cache is not fetched thrice."""


@dataclass(frozen=True, slots=True)
class RowDigest:
    """Row count and the sum, modulo 2²⁵⁶, of SHA-256 over canonically encoded rows.

    It does not depend on the order of rows nor on how they are spread over files, so a day's digest is
    the sum of its files' digests.
    """

    rows: int = 0
    total: int = 0

    def __add__(self, other: RowDigest) -> RowDigest:
        return RowDigest(self.rows + other.rows, (self.total + other.total) % _MODULUS)

    def __str__(self) -> str:
        return f"{self.rows}:{self.total:064x}"

    @classmethod
    def parse(cls, text: str) -> RowDigest:
        """The digest that `str` wrote."""
        rows, _, total = text.partition(":")
        return cls(int(rows), int(total, 16))

    @classmethod
    def of(cls, batches: Iterable[pa.RecordBatch]) -> RowDigest:
        """The digest of all rows of some batches."""
        return sum((cls.of_hashes(list(row_hashes(batch))) for batch in batches), cls())

    @classmethod
    def of_hashes(cls, hashes: list[bytes]) -> RowDigest:
        """The digest of rows by their hashes."""
        return cls(len(hashes), sum(map(int.from_bytes, hashes)) % _MODULUS)


def row_hashes(batch: pa.RecordBatch) -> Iterator[bytes]:
    """SHA-256 of each row: MessagePack of its values in the order of the columns.

    Values are encoded from Python, not from Arrow's memory, so that the digest outlives a library.
    """
    encoder, encoded = msgspec.msgpack.Encoder(), bytearray()
    most = max(1, min(_ROWS, _BYTES * batch.num_rows // max(1, batch.nbytes)))
    for start in range(0, batch.num_rows, most):
        columns = [column.to_pylist() for column in batch.slice(start, most).columns]
        for row in zip(*columns, strict=True):
            encoder.encode_into(row, encoded)
            yield hashlib.sha256(encoded).digest()
