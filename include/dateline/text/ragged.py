"""Lists of different lengths in few arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

_Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Ragged:
    """Lists of different lengths in one array; item i is `values[starts[i]:starts[i + 1]]`."""

    values: npt.NDArray[Any]
    starts: _Places

    @classmethod
    def of(cls, lists: Any) -> Ragged:
        """The lists of an Arrow ListArray without nulls."""
        starts = lists.offsets.to_numpy().astype(np.int64)
        values = lists.values.to_numpy()[starts[0] : starts[-1]]
        return cls(values, starts - starts[0])

    @classmethod
    def joined(cls, parts: Sequence[Ragged]) -> Ragged:
        """The lists of some, of which there is one at least, one after the other."""
        ends = np.cumsum([0, *(len(part.values) for part in parts)])
        starts = [part.starts[:-1] + end for part, end in zip(parts, ends[:-1], strict=True)]
        return cls(np.concatenate([part.values for part in parts]), np.concatenate((*starts, ends[-1:])))

    def to_arrow(self) -> Any:
        """As an Arrow ListArray."""
        offsets: Any = pa.array(self.starts.astype(np.int32))
        return pa.ListArray.from_arrays(offsets, pa.array(self.values))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, index: int) -> npt.NDArray[Any]:
        return self.values[self.starts[index] : self.starts[index + 1]]

    @cached_property
    def counts(self) -> _Places:
        """The length of each list."""
        return np.diff(self.starts)


class Lists:
    """Lists that lie in the arrays of several others, in an order of their own: nothing is copied.

    Copies would take fresh memory, which has to be filled page by page.

    Args:
        parts: where the lists lie.
        order: which of all of them each is, counted over the parts.
    """

    def __init__(self, parts: Sequence[Ragged], order: _Places) -> None:
        none = np.zeros(0, np.int64)
        starts = np.concatenate([none, *(part.starts[:-1] for part in parts)])[order]
        ends = np.concatenate([none, *(part.starts[1:] for part in parts)])[order]
        self._parts, self._order, self._starts = parts, order, starts
        self._values = [part.values for part in parts]
        self._part = np.repeat(np.arange(len(parts)), [len(part) for part in parts])[order]
        self.counts: _Places = ends - starts

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, index: int) -> npt.NDArray[Any]:
        start = self._starts[index]
        return self._values[self._part[index]][start : start + self.counts[index]]

    def each(self, chosen: _Places) -> Iterator[npt.NDArray[Any]]:
        """Some lists one after the other; quicker than to ask for one after the other."""
        starts = self._starts[chosen]
        return self._between(chosen, starts, starts + self.counts[chosen])

    def _between(self, chosen: _Places, starts: _Places, ends: _Places) -> Iterator[npt.NDArray[Any]]:
        bounds = zip(self._part[chosen].tolist(), starts.tolist(), ends.tolist(), strict=True)
        return (self._values[part][start:end] for part, start, end in bounds)

    def below(self, ceiling: int) -> _Places:
        """How many values of each list, which rise, lie below a number."""
        found = [np.zeros(0, np.int64)]
        for part in self._parts:
            before = np.concatenate(([0], np.cumsum(part.values < ceiling)))
            found.append(np.diff(before[part.starts]))
        return np.concatenate(found)[self._order]

    def beginnings(self, chosen: _Places, counts: _Places, kind: npt.DTypeLike) -> npt.NDArray[Any]:
        """The first values of some lists, so many of each, one after the other; `kind` is that of values."""
        starts = self._starts[chosen]
        return np.concatenate([np.zeros(0, kind), *self._between(chosen, starts, starts + counts)])

    def rows(self, width: int, kind: npt.DTypeLike) -> tuple[npt.NDArray[Any], _Places]:
        """All values, in rows of `width`, and in which row each list begins; each list has whole rows."""
        values = np.concatenate([np.zeros(0, kind), *self._values])
        ends = np.cumsum([0, *map(len, self._values)])
        return values.reshape(-1, width), (ends[self._part] + self._starts) // width
