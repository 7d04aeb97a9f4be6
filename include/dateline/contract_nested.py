"""What a contract promises inside lists and structs, and the check of it.

Strict unless said otherwise: a field inside a column is never null, and neither is an item of a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True, slots=True)
class Inside:
    """What holds inside a column; paths as `label` (of the items, where it is a list) or `spans[].start`.

    Beside these, fields named `start` and `end`, or ending so after an underscore, are offsets: never below
    0, and the start never after the end.

    Args:
        optional: paths whose value may be missing.
        values: closed vocabularies by path.
    """

    optional: frozenset[str] = frozenset()
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def declared(self) -> dict[str, Any]:
        """For the lock file: what is said beyond the strict rule."""
        vocabularies = {path: list(known) for path, known in sorted(self.values.items())}
        return {
            **({"optional": sorted(self.optional)} if self.optional else {}),
            **({"inside": vocabularies} if vocabularies else {}),
        }


STRICT = Inside()
"""Nothing may be missing inside, and no field has a closed vocabulary."""

_ZERO = pa.scalar(0, pa.int32())


@dataclass(frozen=True, slots=True)
class Fault:
    """A broken promise: where in the column (`[].label`), in which row of the batch, and what is wrong."""

    path: str
    row: int
    reason: str


class _Level(NamedTuple):
    """An array on the way down: where it lies, and the lists it was unpacked from, outermost first.

    Arrays are typed Any: what a list or a struct can do its Arrow type tells, not its Python class.
    """

    array: Any
    path: str
    lists: tuple[Any, ...] = ()

    def fault(self, position: int, reason: str) -> Fault:
        """A fault at a position of this array; only now is its row looked for."""
        for lists in reversed(self.lists):
            position = _owner(lists, position)
        return Fault(self.path, position, reason)


def first_fault(array: pa.Array, inside: Inside) -> Fault | None:
    """The first thing inside a column that breaks its promise, None if all is well.

    The column's own nulls and its type are the caller's to check.
    """
    return next(_faults(_Level(array, ""), inside), None)


def paths(kind: pa.DataType) -> set[str]:
    """Every path that `Inside` may speak of in a type."""
    return set(_paths(kind, ""))


def _paths(kind: Any, path: str) -> Iterator[str]:
    if _is_list(kind):
        yield f"{path}[]"
        yield from _paths(kind.value_type, f"{path}[]")
    elif pa.types.is_struct(kind):
        for one in kind:
            yield _name(f"{path}.{one.name}")
            yield from _paths(one.type, f"{path}.{one.name}")


def _faults(level: _Level, inside: Inside) -> Iterator[Fault]:
    if level.array.null_count == len(level.array):
        return
    kind = level.array.type
    if _is_list(kind):
        items = _Level(level.array.flatten(), f"{level.path}[]", (*level.lists, level.array))
        if items.array.null_count:
            yield items.fault(pc.index(items.array.is_null(), True).as_py(), "null")
        yield from _faults(items, inside)
    elif pa.types.is_struct(kind):
        # `flatten` hides what lies in structs that are null themselves.
        parts = {one.name: array for one, array in zip(kind, level.array.flatten(), strict=True)}
        for name, array in parts.items():
            part = _Level(array, f"{level.path}.{name}", level.lists)
            yield from _field_faults(part, level.array, inside)
            yield from _faults(part, inside)
        yield from _offset_faults(level, parts)


def _field_faults(part: _Level, parent: pa.Array, inside: Inside) -> Iterator[Fault]:
    name = _name(part.path)
    if part.array.null_count and name not in inside.optional:
        missing: Any = pc.and_(part.array.is_null(), parent.is_valid())
        if missing.true_count:
            yield part.fault(pc.index(missing, True).as_py(), "null")
    if known := inside.values.get(name):
        good: Any = pc.is_in(part.array, value_set=_vocabulary(known))
        if good.false_count:
            position = pc.index(good, False).as_py()
            shown = repr(part.array[position].as_py())[:80]
            yield part.fault(position, f"{shown} is none of {', '.join(known)}")


def _offset_faults(level: _Level, parts: dict[str, Any]) -> Iterator[Fault]:
    for start in (name for name in parts if name == "start" or name.endswith("_start")):
        end = f"{start.removesuffix('start')}end"
        if end not in parts:
            continue
        checks: tuple[tuple[str, Any, str], ...] = (
            (start, pc.less(parts[start], _ZERO), "below 0"),
            (end, pc.less(parts[end], _ZERO), "below 0"),
            (start, pc.greater(parts[start], parts[end]), f"after its {end}"),
        )
        for name, bad, words in checks:
            if bad.true_count:
                position = pc.index(bad, True).as_py()
                here = _Level(parts[name], f"{level.path}.{name}", level.lists)
                yield here.fault(position, f"{parts[name][position].as_py()} is {words}")


@cache
def _vocabulary(known: tuple[str, ...]) -> pa.Array:
    """Legal values; whether a null is allowed is asked elsewhere."""
    return pa.array([*known, None], pa.string())


def _owner(lists: pa.Array, item: int) -> int:
    """Which list an item lies in, counted over all of them."""
    for row, length in enumerate(pc.list_value_length(lists).to_pylist()):
        if item < (length or 0):
            return row
        item -= length or 0
    raise IndexError(item)


def _name(path: str) -> str:
    """A path as it is declared: without the marks of the column itself."""
    return path.removeprefix("[]").removeprefix(".")


def _is_list(kind: pa.DataType) -> bool:
    return pa.types.is_list(kind) or pa.types.is_large_list(kind)
