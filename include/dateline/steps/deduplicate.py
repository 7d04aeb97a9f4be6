"""`deduplicate`: signatures of a day and the days before → links to earlier articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

import pyarrow as pa

from dateline.contracts.duplicates import DUPLICATES
from dateline.contracts.signatures import SIGNATURES
from dateline.errors import ContractBroken
from dateline.step import Made, Rules, batches
from dateline.text.compare import Limits
from dateline.text.links import Links, find_links
from dateline.text.sketches import Places
from dateline.text.texts import Texts
from dateline.text.window import DayOfTexts, Whole, Window

Dated = Iterator[tuple[date | None, pa.RecordBatch]]
"""Batches of `signatures`, each with its partition's day."""
COMPARED = tuple(
    name
    for name in SIGNATURES.names
    if name not in ("is_newest", "source", "language", "shingle_count", "bands", "sample")
)
"""Columns of `signatures` by which texts are compared; those by which they are found are SKETCHED."""


@dataclass(frozen=True)
class DeduplicateRules(Rules):
    """How far back to look, and where likeness begins."""

    version: str = "3"
    window_days: int = 14
    limits: Limits = field(default_factory=Limits)

    def declare(self) -> dict[str, Any]:
        """Version, window and limits."""
        return {"version": self.version, "window_days": self.window_days, "limits": asdict(self.limits)}


def deduplicate(
    day: date | None,
    signatures: Dated,
    rules: DeduplicateRules,
    whole: Whole | None = None,
    tell: Callable[[dict[str, int]], None] | None = None,
) -> Made:
    """The links of the articles of a day to articles of that day and of the W days before.

    Args:
        day: the partition; None for the null partition, which links only within itself.
        signatures: of `day` and of the days before it in the window, with the columns SKETCHED at least; all
            batches of one day together, days in any order. Where `day` comes first, the sketches of one day
            beside it are held in memory at a time; days that come before it are held until it comes.
        rules: how far back to look and what counts as like.
        whole: gives rows of a day with the columns COMPARED, by their numbers in its partition; only those
            of the day itself and those that may be linked to are asked for. Without it `signatures` have all
            columns, and all are held.
        tell: is told of hot keys before the first row comes, as counts for a summary; not where there are
            none.

    Raises:
        ContractBroken: a batch's day is outside the window, or the batches of a day are not together.
    """
    held: dict[date | None, pa.Table] = {}
    window: Window | None = None
    waiting: list[tuple[date, DayOfTexts]] = []
    for found, table in _days(day, signatures, rules.window_days):
        texts = DayOfTexts.of(table)
        if whole is None:
            held[found] = table
        if found == day:
            window = Window(day, texts, rules.window_days if day else 0)
        elif found is not None:
            waiting.append((found, texts))
        while window is not None and waiting:
            window.add(*waiting.pop())
    if window is None:
        return

    def held_rows(of: date | None, rows: Places) -> pa.Table:
        return held[of].take(rows)

    own, first, later, sooner, hot = window.texts(whole or held_rows)
    if tell is not None and hot.keys:
        tell({"hot_keys": hot.keys, "texts_with_hot_keys": hot.texts})
    links = find_links(own, later, sooner, rules.limits, first=first)
    yield from batches(DUPLICATES, _rows(own, dict(links)))


def _days(day: date | None, signatures: Dated, window: int) -> Iterator[tuple[date | None, pa.Table]]:
    seen: set[date | None] = set()
    for found, group in groupby(signatures, lambda pair: pair[0]):
        if found in seen:
            raise ContractBroken(f"signatures: the batches of {found} are not together")
        if found != day and (day is None or found is None or not 0 < (day - found).days <= window):
            raise ContractBroken(f"signatures: {found} is outside the window of {window} days before {day}")
        seen.add(found)
        yield found, pa.Table.from_batches(batch for _, batch in group)


def _rows(own: Texts, links: dict[int, Links]) -> Iterator[dict[str, Any]]:
    for place in sorted(links, key=lambda place: own.ids[place].encode()):
        earliest = min(links[place].values(), key=lambda link: (link.target, link.relation))
        for relation, link in sorted(links[place].items()):
            yield {
                "article_id": own.ids[place],
                "relation": relation,
                "target_id": own.ids[link.target],
                "target_date": own.day(link.target),
                "duplicate_kind": link.kind,
                "similarity": link.similarity,
                "is_earliest": link is earliest,
                "is_syndicated": link.origin is not None,
                "origin": link.origin.name if link.origin else None,
                "origin_why": link.origin.why if link.origin else None,
            }
