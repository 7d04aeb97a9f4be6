"""What a dataset promises: its columns with type, unit and meaning, its key, and the check of both."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dateline.contract_nested import STRICT, Inside, first_fault
from dateline.errors import ContractBroken

UTC_MICROS = pa.timestamp("us", tz="UTC")
"""Every instant: microseconds since 1970 in UTC."""

Upgrade = Callable[[pa.RecordBatch], pa.RecordBatch]
"""A pure function from a batch of one version of a contract to the same rows in the next version."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Args:
        name: in snake case; the same name means the same thing in every dataset.
        type: Arrow type.
        doc: what a value means, one sentence.
        unit: unit of the values, None where there is none.
        nullable: whether a value may be missing; list columns are empty, never null.
        values: closed vocabulary of a string column, or None.
        inside: what holds of the items and fields of a nested column.
    """

    name: str
    type: pa.DataType
    doc: str
    unit: str | None = None
    nullable: bool = False
    values: tuple[str, ...] | None = None
    inside: Inside = STRICT

    def field(self) -> pa.Field:
        """The Arrow field, with meaning, unit and vocabulary in its metadata."""
        metadata = {"doc": self.doc}
        if self.unit:
            metadata["unit"] = self.unit
        if self.values:
            metadata["values"] = "|".join(self.values)
        return pa.field(self.name, self.type, nullable=self.nullable, metadata=metadata)


@dataclass(frozen=True)
class Contract:
    """A dataset's promise.

    Args:
        name: the dataset, a plural noun.
        doc: "One row for each …".
        key: columns that together are unique in a partition; files are sorted by them.
        columns: in the order of the file.
        version: raised whenever a column changes; written into every footer.
        day: which day (date32, null = unknown) each row of a batch belongs to; None where the runner
            decides (derived datasets, whose input has one day).
        warnings: what readers should know before they are surprised.
        upgrades: older version → how its batches become batches of the version after it. Rows, keys, their
            order and their day stay as they are. There is one for every older version.
    """

    name: str
    doc: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    version: int = 1
    day: Callable[[pa.RecordBatch], pa.Array] | None = None
    warnings: tuple[str, ...] = ()
    upgrades: Mapping[int, Upgrade] = field(default_factory=dict, compare=False)

    @cached_property
    def schema(self) -> pa.Schema:
        """The Arrow schema, meanings included."""
        return pa.schema(
            [column.field() for column in self.columns],
            metadata={
                "dataset": self.name,
                "doc": self.doc,
                "version": str(self.version),
                "warnings": "\n".join(self.warnings),
            },
        )

    @cached_property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    @cached_property
    def _known(self) -> dict[str, pa.Array]:
        """Column → its closed vocabulary; whether a null is allowed is asked elsewhere."""
        return {
            column.name: pa.array([*column.values, None], pa.string())
            for column in self.columns
            if column.values is not None
        }

    def empty(self) -> pa.RecordBatch:
        """A batch of no rows."""
        return pa.RecordBatch.from_pylist([], schema=self.schema)

    def batch(self, rows: list[dict[str, Any]]) -> pa.RecordBatch:
        """A checked batch of Python rows.

        Raises:
            ContractBroken: a row has an unknown column, a wrong type, a null or an illegal value.
        """
        known = set(self.names)
        for row in rows:
            if extra := sorted(set(row) - known):
                raise ContractBroken(f"{self.name}: unknown column {extra[0]} in the row {self._key_of(row)}")
        try:
            made = pa.RecordBatch.from_pylist(rows, schema=self.schema)
        except (pa.ArrowInvalid, pa.ArrowTypeError, TypeError, OverflowError) as error:
            raise self._bad_value(rows, error) from error
        return self.check(made)

    def check(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The batch itself, if its names, order, types, nulls and vocabularies are as promised.

        Lists and structs are looked into, too.

        Raises:
            ContractBroken: they are not; the message names dataset, column, row key and value.
        """
        self.check_types(batch)
        for column, array in zip(self.columns, batch.columns, strict=True):
            self._check_column(column, array, batch)
        return batch

    def check_types(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The batch itself, if its names, order and types are as promised; no row of it is looked at.

        Raises:
            ContractBroken: they are not; the message names dataset and column.
        """
        if batch.schema.names != self.names:
            raise ContractBroken(f"{self.name}: columns are {batch.schema.names}, promised are {self.names}")
        for column, found in zip(self.columns, batch.schema.types, strict=True):
            if found != column.type:
                raise ContractBroken(f"{self.name}.{column.name}: type is {found}, promised is {column.type}")
        return batch

    def conform(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The batch with its columns in the promised order and type, then checked.

        Columns that the contract lacks are dropped; a safe cast is tried where a type differs.
        """
        arrays = []
        for column in self.columns:
            if column.name not in batch.schema.names:
                raise ContractBroken(f"{self.name}: column {column.name} is missing")
            array = batch.column(column.name)
            if array.type != column.type:
                try:
                    array = array.cast(column.type)
                except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
                    raise ContractBroken(
                        f"{self.name}.{column.name}: {array.type} can't become {column.type}: {error}"
                    ) from error
            arrays.append(array)
        return self.check(pa.RecordBatch.from_arrays(arrays, schema=self.schema))

    def upgrade(self, batch: pa.RecordBatch, version: int) -> pa.RecordBatch:
        """A batch of an older version as one of the present version, checked.

        Raises:
            ContractBroken: there is no way from that version, or its end is not as promised.
        """
        for older in range(version, self.version):
            if older not in self.upgrades:
                raise ContractBroken(f"{self.name}: nothing leads from version {older} to {older + 1}")
            batch = self.upgrades[older](batch)
        return self.conform(batch)

    def fingerprint(self) -> dict[str, Any]:
        """What the lock file keeps of a contract: a change of it shows as a diff."""
        return {
            "version": self.version,
            "key": list(self.key),
            "columns": {
                column.name: {
                    "type": str(column.type),
                    "nullable": column.nullable,
                    **({"unit": column.unit} if column.unit else {}),
                    **({"values": list(column.values)} if column.values else {}),
                    **column.inside.declared(),
                }
                for column in self.columns
            },
        }

    def digest(self) -> str:
        """Sixteen hex digits over the fingerprint."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        text = json.dumps(self.fingerprint(), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def _check_column(self, column: Column, array: pa.Array, batch: pa.RecordBatch) -> None:
        if array.null_count and not column.nullable:
            row = pc.index(array.is_null(), True).as_py()
            raise ContractBroken(f"{self.name}.{column.name}: null in the row {self._key_at(batch, row)}")
        if column.values is not None:
            good: Any = pc.is_in(array, value_set=self._known[column.name])
            if good.false_count:
                row = pc.index(good, False).as_py()
                raise ContractBroken(
                    f"{self.name}.{column.name}: {array[row].as_py()!r} in the row "
                    f"{self._key_at(batch, row)} is none of {', '.join(column.values)}"
                )

        if pa.types.is_nested(column.type) and (fault := first_fault(array, column.inside)):
            raise ContractBroken(
                f"{self.name}.{column.name}{fault.path}: {fault.reason}, in the row "
                f"{self._key_at(batch, fault.row)}"
            )

    def _key_at(self, batch: pa.RecordBatch, row: int) -> str:
        return self._key_of({name: batch.column(name)[row].as_py() for name in self.key})

    def _key_of(self, row: dict[str, Any]) -> str:
        return ", ".join(f"{name}={row.get(name)!r}"[:120] for name in self.key) or "?"

    def _bad_value(self, rows: list[dict[str, Any]], error: Exception) -> ContractBroken:
        """Find the value that Arrow refused: its own message names neither column nor row."""
        for column in self.columns:
            for row in rows:
                try:
                    pa.array([row.get(column.name)], column.type)
                except (pa.ArrowInvalid, pa.ArrowTypeError, TypeError, OverflowError) as reason:
                    shown = repr(row.get(column.name))[:80]
                    return ContractBroken(
                        f"{self.name}.{column.name}: {shown} in the row {self._key_of(row)} "
                        f"is no {column.type} ({reason})"
                    )
        return ContractBroken(f"{self.name}: {error}")


class KeyOrder:
    """Checks, batch by batch, that rows come in strictly rising order of their key.

    Rising order is also uniqueness, so it needs one row of memory whatever the partition's size.
    """

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._last: tuple[Any, ...] | None = None

    def check(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The batch itself.

        Raises:
            ContractBroken: a key repeats or sorts before the one above it.
        """
        columns = [batch.column(name).to_pylist() for name in self._contract.key]
        for key in zip(*columns, strict=True):
            if self._last is not None and not _sortable(key) > _sortable(self._last):
                verb = "repeats" if key == self._last else "is out of order"
                shown = ", ".join(
                    f"{name}={value!r}" for name, value in zip(self._contract.key, key, strict=True)
                )
                raise ContractBroken(f"{self._contract.name}: the key {shown} {verb}")
            self._last = key
        return batch


def _sortable(key: tuple[Any, ...]) -> tuple[Any, ...]:
    """Strings by their UTF-8 bytes, as Arrow sorts them."""
    return tuple(part.encode() if isinstance(part, str) else part for part in key)
