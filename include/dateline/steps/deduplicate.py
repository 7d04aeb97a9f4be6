"""`deduplicate`: signatures of a day and the days before → links to earlier articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

import pyarrow as pa

from dateline.contracts.duplicates import DUPLICATES
from dateline.errors import ContractBroken
from dateline.step import Made, Rules, batches
from dateline.text.compare import Limits
from dateline.text.links import Links, find_links, keep_earliest
from dateline.text.texts import Texts

Dated = Iterator[tuple[date | None, pa.RecordBatch]]
"""Batches of `signatures`, each with its partition's day."""

_READ = (
    "article_id", "url_key", "published", "content_hash", "title_hash", "headline_hash", "minhash",
    "shingles", "numbers", "slots", "opening",
    "site", "credit", "canonical_site",
)  # fmt: skip


@dataclass(frozen=True)
class DeduplicateRules(Rules):
    """How far back to look, and where likeness begins."""

    version: str = "3"
    window_days: int = 14
    limits: Limits = field(default_factory=Limits)

    def declare(self) -> dict[str, Any]:
        """Version, window and limits."""
        return {"version": self.version, "window_days": self.window_days, "limits": asdict(self.limits)}


def deduplicate(day: date | None, signatures: Dated, rules: DeduplicateRules) -> Made:
    """The links of the articles of a day to articles of that day and of the W days before.

    Args:
        day: the partition; None for the null partition, which links only within itself.
        signatures: of `day` and of the days before it in the window; all batches of one day together,
            days in any order. Where `day` comes first, one day beside it is held in memory at a time;
            days that come before it are held until it comes.
        rules: how far back to look and what counts as like.

    Raises:
        ContractBroken: a batch's day is outside the window, or the batches of a day are not together.
    """
    own: Texts | None = None
    waiting: list[Texts] = []
    links: dict[int, Links] = {}
    for texts_day, texts in _days(day, signatures, rules.window_days):
        if texts_day == day:
            own = texts
            _add(links, own, own, rules.limits)
        elif own is None:
            waiting.append(texts)
        else:
            _add(links, own, texts, rules.limits)
    if own is None:
        return
    for texts in waiting:
        _add(links, own, texts, rules.limits)
    yield from batches(DUPLICATES, _rows(own, links))


def _days(day: date | None, signatures: Dated, window: int) -> Iterator[tuple[date | None, Texts]]:
    seen: set[date | None] = set()
    for found, group in groupby(signatures, lambda pair: pair[0]):
        if found in seen:
            raise ContractBroken(f"signatures: the batches of {found} are not together")
        if found != day and (day is None or found is None or not 0 < (day - found).days <= window):
            raise ContractBroken(f"signatures: {found} is outside the window of {window} days before {day}")
        seen.add(found)
        yield found, _texts(found, (batch for _, batch in group))


def _texts(day: date | None, batches: Iterator[pa.RecordBatch]) -> Texts:
    """The newest texts of a day: only these are linked, so that no newest text is ever hidden."""
    table = pa.Table.from_batches(batch.select(_READ).filter(batch.column("is_newest")) for batch in batches)
    days = pa.repeat(pa.scalar(day, pa.date32()), len(table))
    ids = table.column("article_id")
    return Texts.of(table.append_column("day", days).append_column("id", ids).append_column("article", ids))


def _add(links: dict[int, Links], own: Texts, earlier: Texts, limits: Limits) -> None:
    for place, found in find_links(own, earlier, limits):
        keep_earliest(links.setdefault(place, {}), found)


def _rows(own: Texts, links: dict[int, Links]) -> Iterator[dict[str, Any]]:
    for place in sorted(links, key=lambda place: own.ids[place].encode()):
        earliest = min(links[place].values(), key=lambda link: (link.rank, link.relation))
        for relation, link in sorted(links[place].items()):
            yield {
                "article_id": own.ids[place],
                "relation": relation,
                "target_id": link.target,
                "target_date": link.day,
                "duplicate_kind": link.kind,
                "similarity": link.similarity,
                "is_earliest": link is earliest,
                "is_syndicated": link.origin is not None,
                "origin": link.origin.name if link.origin else None,
                "origin_why": link.origin.why if link.origin else None,
            }
