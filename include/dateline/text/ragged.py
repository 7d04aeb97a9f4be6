"""Lists of different lengths in one array."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

_MOST = np.iinfo(np.int32).max
"""Values that one Arrow list array can hold."""


@dataclass(frozen=True)
class Ragged:
    """Lists of different lengths in one array; item i is `values[starts[i]:starts[i + 1]]`."""

    values: npt.NDArray[Any]
    starts: npt.NDArray[np.int64]

    @classmethod
    def of(cls, lists: Any) -> Ragged:
        """The lists of an Arrow ListArray without nulls."""
        starts = lists.offsets.to_numpy().astype(np.int64)
        values = lists.values.to_numpy()[starts[0] : starts[-1]]
        return cls(values, starts - starts[0])

    @classmethod
    def taken(cls, column: pa.ChunkedArray, order: npt.NDArray[np.int64]) -> Ragged:
        """The lists of a column without nulls, in another order."""
        chunks: list[Any] = column.chunks
        if sum(len(chunk.values) for chunk in chunks) <= _MOST:
            return cls.of(pa.concat_arrays([pa.array([], column.type), *chunks]).take(pa.array(order)))
        parts = [cls.of(chunk) for chunk in chunks]
        lists = [chunk[index] for chunk in parts for index in range(len(chunk.counts))]
        counts = np.array([len(found) for found in lists], np.int64)[order]
        values = np.concatenate([lists[index] for index in order])
        return cls(values, np.concatenate(([0], np.cumsum(counts))))

    def to_arrow(self) -> Any:
        """As an Arrow ListArray."""
        offsets: Any = pa.array(self.starts.astype(np.int32))
        return pa.ListArray.from_arrays(offsets, pa.array(self.values))

    def __getitem__(self, index: int) -> npt.NDArray[Any]:
        return self.values[self.starts[index] : self.starts[index + 1]]

    @cached_property
    def counts(self) -> npt.NDArray[np.int64]:
        """The length of each list."""
        return np.diff(self.starts)
