"""Which texts are compared with a text: pairs that MinHash tells apart are left out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dateline.text.compare import Limits
from dateline.text.shingles import PERMUTATIONS
from dateline.text.sketches import FLASH, Places
from dateline.text.texts import Texts

_HALF = np.int64(32)
_PIECE = 65_536
"""Pairs whose MinHashes are compared at a time: bounds the memory, changes no result."""
DOUBT = 5
"""Standard deviations of the estimate that are left to doubt: one like pair in millions is missed."""


class Others:
    """Which texts are compared with a text: those of its pairs that MinHash does not tell apart.

    Args:
        has_any: whether there are any, for each text.
        keys: pairs, those of a text together.
    """

    def __init__(self, has_any: npt.NDArray[np.bool_], pairs: Places) -> None:
        self.has_any, self._pairs = has_any, pairs

    @classmethod
    def of(cls, texts: Texts, later: Places, sooner: Places, limits: Limits) -> Others:
        """From all pairs of first texts of a content."""
        kept = [np.empty(0, np.int64)]
        for start in range(0, len(later), _PIECE):
            some, others = later[start : start + _PIECE], sooner[start : start + _PIECE]
            alike = _may_be_alike(texts, some, others, limits)
            some, others = some[alike], others[alike]
            # Words that came first may come again that day after the other text had them.
            again = (texts.days[some] == texts.days[others]) & (texts.contents_of.following[others] >= 0)
            kept += [(some << _HALF) | others, (others[again] << _HALF) | some[again]]
        pairs = np.sort(np.concatenate(kept))
        has_any = np.zeros(len(texts), np.bool_)
        has_any[pairs >> _HALF] = True
        return cls(has_any, pairs)

    def __getitem__(self, place: int) -> list[int]:
        if not self.has_any[place]:
            return []
        low, high = np.searchsorted(self._pairs, (place << 32, (place + 1) << 32))
        found: list[int] = (self._pairs[low:high] & np.int64(0xFFFFFFFF)).tolist()
        return found


def _may_be_alike(texts: Texts, later: Places, sooner: Places, limits: Limits) -> npt.NDArray[np.bool_]:
    """Whether pairs of texts may be alike, by the estimate of their MinHashes.

    Errs towards yes: what is told apart lies DOUBT standard deviations below what counts.
    A flash is never told apart: its likeness is not measured by shingles alone.
    """
    some, others = texts.shingles.counts[later], texts.shingles.counts[sooner]
    least = np.minimum(some, others)
    made = least < FLASH
    long = np.flatnonzero(~made)
    some, others, least = some[long], others[long], least[long]
    part = limits.contained * least
    wanted = np.minimum(limits.near, part / (some + others - part))
    deviation = np.sqrt(wanted * (1 - wanted) / np.minimum(least, PERMUTATIONS))
    found = (texts.minhashes_of(later[long]) == texts.minhashes_of(sooner[long])).sum(axis=1) / PERMUTATIONS
    made[long] = found >= wanted - DOUBT * deviation
    return made
