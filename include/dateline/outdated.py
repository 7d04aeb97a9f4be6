"""Which days are not as they should be: by the input digests in their footers, or by the versions there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.edges.lake.partitions import Day, sort_key
from dateline.pipeline import DERIVED_DATASETS, SETTLE

if TYPE_CHECKING:
    from dateline.days import Days
    from dateline.settle import Span

_AFTER_SIGN = ("duplicates", "annotations", "articles")
"""What is made in groups of days; `clusters` are made day by day."""


def dirty(days: Days, span: Span) -> list[Day]:
    """Days whose signatures are not made from their documents as they are, and days that lost them all."""
    derived = {day for dataset in DERIVED_DATASETS for day in days.lake.days(dataset)}
    gone = [day for day in derived if day not in days.documents]
    moved = [day for day in days.documents if not days.is_current("signatures", day)]
    return sorted((day for day in {*gone, *moved} if day in span), key=sort_key)


def affected(days: Days, span: Span) -> list[Day]:
    """Days of which anything after `sign` is not made from its inputs as they are.

    A moved signature touches the existing days up to W later, and only those. A day whose documents have
    moved since it was signed, or could not be signed, waits for the next run.
    """
    signed = days.lake.days("signatures")
    return [
        day
        for day in signed
        if day in span
        and days.is_current("signatures", day)
        and not all(days.is_current(dataset, day) for dataset in _AFTER_SIGN)
    ]


def unclustered(days: Days, span: Span, *, versions: bool = False) -> list[Day]:
    """Days whose clusters are not made from their inputs as they are, and can be.

    Args:
        versions: stale days count as well.
    """
    return [
        day
        for day in days.lake.days("signatures")
        if day in span
        and (not days.is_current("clusters", day) or (versions and days.is_stale("clusters", day)))
        and all(days.is_current(dataset, day) for dataset in ("signatures", "duplicates"))
    ]


def chained(days: Days, span: Span, *, versions: bool = False) -> list[Day]:
    """The days from the first unclustered one on, in their order, which is that of making them.

    Whether a later day has to be made again shows only when those before it are made: it follows their roots.

    Args:
        versions: stale days count as well.
    """
    old = unclustered(days, span, versions=versions)
    signed = [day for day in days.lake.days("signatures") if day in span]
    return signed[signed.index(old[0]) :] if old else []


def stale(days: Days, span: Span) -> dict[str, list[Day]]:
    """Step → days to make again with it: from the first step whose declared versions are older."""
    found: dict[str, list[Day]] = {step.verb: [] for step in SETTLE}
    for day in days.lake.days("signatures"):
        if day not in span:
            continue
        old = [days.is_stale(dataset, day) for dataset in DERIVED_DATASETS]
        if any(old):
            for step in SETTLE[old.index(True) :]:
                found[step.verb].append(day)
    return found
