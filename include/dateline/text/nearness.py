"""How near in time two texts are, as far as that is known."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from dateline.text.texts import UNKNOWN_DAY, UNKNOWN_INSTANT, Texts

_HOUR = 3_600_000_000


def hours_between(texts: Texts, later: int, sooner: int) -> float | None:
    """Hours between two texts, by their days where an instant is unknown; None where a day is."""
    instants = int(texts.instants[later]), int(texts.instants[sooner])
    if UNKNOWN_INSTANT not in instants:
        return (instants[0] - instants[1]) / _HOUR
    days = int(texts.days[later]), int(texts.days[sooner])
    return None if UNKNOWN_DAY in days else (days[0] - days[1]) * 24


def is_within(texts: Texts, later: int, sooner: int, hours: int, unknown: bool = True) -> bool:
    """Whether two texts lie no more than so many hours apart; `unknown` where that cannot be said."""
    between = hours_between(texts, later, sooner)
    return unknown if between is None else between <= hours


def first_within(texts: Texts, later: int, day: Sequence[int], hours: int) -> int:
    """Which of some texts of one day (places, which rise) is the first that may lie within so many hours.

    Where that one does not, none behind it does: their instants are unknown, and the day decides for all.
    """
    instant = int(texts.instants[later])
    if instant == UNKNOWN_INSTANT:
        return 0
    return bisect_left(day, instant - hours * _HOUR, key=texts.instants.item)
