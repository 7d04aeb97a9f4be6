"""What comes back day after day: words that many days share are a template, and tell of no event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from dateline.text.shingles import SIZE, Hashes, shared
from dateline.text.texts import UNKNOWN_DAY, Texts

DAYS = 3
"""Shingles that stand in texts of this many days are recurring."""
MOST_DAYS = 16
"""Days looked at, the earliest: enough to know a template by."""
_OPEN = 0.1
"""Least share of a text that a template leaves open."""
_SAME = 0.2
"""Most of the open places that two notices of a template fill alike."""


class Template:
    """What some texts have in common; looked for when it is first asked for.

    Args:
        texts: where they lie.
        targets: those that may be like a later one, earliest first.
    """

    def __init__(self, texts: Texts, targets: Sequence[int]) -> None:
        self._texts, self._targets = texts, targets

    def is_filled_otherwise(self, place: int, other: int, common: int) -> bool:
        """Whether two texts, with so many shingles in common, fill the template with other words."""
        if len(self._targets) < DAYS or self._shingles is None:
            return False
        words = self._texts.shingles[place], self._texts.shingles[other]
        return is_other_notice(*words, common, self._shingles)

    @cached_property
    def _shingles(self) -> Hashes | None:
        return recurring(self._texts, self._targets)


def recurring(earlier: Texts, targets: Iterable[int]) -> Hashes | None:
    """The shingles that texts of three or more days have in common, sorted; None for fewer days.

    Args:
        earlier: where `targets` lie.
        targets: texts that may be like a later one, earliest first; of each day the first speaks.
    """
    of_days: dict[int, int] = {}
    for target in targets:
        of_days.setdefault(int(earlier.days[target]), target)
        if len(of_days) > MOST_DAYS:
            break
    of_days.pop(UNKNOWN_DAY, None)
    if len(of_days) < DAYS:
        return None
    return repeated([earlier.shingles[target] for target in of_days.values()], DAYS)


def repeated(lists: Sequence[Hashes], times: int) -> Hashes:
    """The values that so many of some lists of distinct values have, sorted."""
    values = np.concatenate(lists)
    values.sort()
    first = values[times - 1 :] == values[: len(values) - times + 1]
    # Of more than that the last is meant: the value behind it is another.
    first[:-1] &= values[times:] != values[times - 1 : -1]
    return values[times - 1 :][first]


def is_other_notice(later: Hashes, sooner: Hashes, common: int, template: Hashes) -> bool:
    """Whether two texts, which have so many shingles in common, fill the same template with other words.

    Copies of one story on several days differ too, but each in another place, and what one has changed the
    others still share: their template leaves nothing open.
    """
    least = min(len(later), len(sooner))
    if least - len(template) < max(_OPEN * least, SIZE):
        return False
    mine, theirs = len(later) - shared(later, template), len(sooner) - shared(sooner, template)
    alike = common - len(repeated((later, sooner, template), 3))
    return alike <= _SAME * min(mine, theirs)
