"""Folding the sightings of an article into one: which is the newest, how many texts there were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pyarrow as pa

_NEVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Fold:
    """The sightings of one article on one day.

    Args:
        article_id: the article.
        rows: its row numbers in the batch.
        newest: row number of the newest sighting.
        newest_of_text: content hash → row number of the newest sighting with that text.
        first_seen: earliest capture, None where none is dated.
    """

    article_id: str
    rows: tuple[int, ...]
    newest: int
    newest_of_text: dict[str, int]
    first_seen: datetime | None


def folds(documents: pa.RecordBatch) -> Iterator[Fold]:
    """One Fold for each article of a batch of `documents` sorted by key.

    The newest is the greatest (updated, captured, capture id), nulls first: one rule for `sign`,
    `enrich` and `publish`, so that all three speak of the same text.
    """
    names = ("article_id", "updated", "captured", "capture_id", "entry", "content_hash")
    columns = [documents.column(name).to_pylist() for name in names]
    group: list[int] = []
    for row, article in enumerate(columns[0]):
        if group and columns[0][group[0]] != article:
            yield _fold(group, columns)
            group = []
        group.append(row)
    if group:
        yield _fold(group, columns)


def _fold(group: list[int], columns: list[list]) -> Fold:
    articles, updated, captured, capture, entry, content = columns

    def rank(row: int) -> tuple:
        return (updated[row] or _NEVER, captured[row] or _NEVER, capture[row], entry[row])

    rows = sorted(group, key=rank)
    seen = [captured[row] for row in group if captured[row] is not None]
    return Fold(
        article_id=articles[group[0]],
        rows=tuple(group),
        newest=rows[-1],
        newest_of_text={content[row]: row for row in rows},
        first_seen=min(seen, default=None),
    )


def newest_rows(documents: pa.RecordBatch) -> pa.RecordBatch:
    """The newest sighting of each article, in the order of article_id."""
    return documents.take(pa.array([fold.newest for fold in folds(documents)], pa.int64()))
