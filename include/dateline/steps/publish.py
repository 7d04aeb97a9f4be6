"""publish: documents, duplicates and annotations of a day become the articles that readers read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from dateline.contracts.annotations import FINDINGS
from dateline.contracts.articles import ARTICLES
from dateline.contracts.documents import ARTICLE_FACTS
from dateline.contracts.duplicates import DUPLICATES
from dateline.errors import ContractBroken
from dateline.step import Made, Rows, Rules
from dateline.text.fold import folds


@dataclass(frozen=True)
class PublishRules(Rules):
    """Nothing but the version: publishing only joins."""

    version: str = "2"


def publish(documents: Rows, duplicates: Rows, annotations: Rows, rules: PublishRules) -> Made:  # noqa: ARG001
    """One row for each article of the day, in the order of article_id.

    Args:
        documents: sightings, sorted, all of one article in one batch.
        duplicates: links of the day; held in memory (a few short columns).
        annotations: one row for each article, sorted.

    Raises:
        ContractBroken: an article has no annotations, or annotations no article.
    """
    links = _Links(duplicates)
    found = _Cursor(annotations)
    for batch in documents:
        ids: list[str] = []
        newest: list[int] = []
        facts: dict[str, list[Any]] = {"first_seen": [], "version_count": [], "sighting_count": []}
        for fold in folds(batch):
            ids.append(fold.article_id)
            newest.append(fold.newest)
            facts["first_seen"].append(fold.first_seen)
            facts["version_count"].append(len(fold.newest_of_text))
            facts["sighting_count"].append(len(fold.rows))
        if not ids:
            continue
        rows = batch.take(pa.array(newest, pa.int64()))
        findings = found.take(ids)
        columns = {"article_id": rows.column("article_id")}
        columns |= {fact.name: rows.column(fact.name) for fact in ARTICLE_FACTS}
        columns |= {
            name: pa.array(values, ARTICLES.schema.field(name).type) for name, values in facts.items()
        }
        columns |= links.columns(ids)
        columns |= {finding.name: findings.column(finding.name) for finding in FINDINGS}
        made = [columns[name] for name in ARTICLES.names]
        yield ARTICLES, ARTICLES.check(pa.RecordBatch.from_arrays(made, schema=ARTICLES.schema))
    found.finish()


_LINK_COLUMNS = {
    "duplicate_of": ("duplicate", "target_id"),
    "duplicate_of_date": ("duplicate", "target_date"),
    "duplicate_kind": ("duplicate", "duplicate_kind"),
    "duplicate_similarity": ("duplicate", "similarity"),
    "syndicated_from": ("duplicate", "origin"),
    "syndicated_why": ("duplicate", "origin_why"),
    "version_of": ("version", "target_id"),
    "version_of_date": ("version", "target_date"),
    "extends": ("extends", "target_id"),
    "extends_date": ("extends", "target_date"),
}
"""Column of `articles` → (relation, column of `duplicates`)."""


class _Links:
    """The links of a day by article."""

    def __init__(self, duplicates: Rows) -> None:
        self._rows: dict[tuple[str, str], dict[str, Any]] = {}
        for batch in duplicates:
            for row in DUPLICATES.check(batch).to_pylist():
                self._rows[row["article_id"], row["relation"]] = row

    def columns(self, ids: list[str]) -> dict[str, pa.Array]:
        """The link columns of some articles."""
        made = {}
        for name, (relation, column) in _LINK_COLUMNS.items():
            values = [self._rows.get((article, relation), {}).get(column) for article in ids]
            made[name] = pa.array(values, ARTICLES.schema.field(name).type)
        return made


class _Cursor:
    """Reads annotations in step with the articles they belong to."""

    def __init__(self, stream: Iterator[pa.RecordBatch]) -> None:
        self._stream = stream
        self._rest: pa.Table | None = None

    def take(self, ids: list[str]) -> pa.RecordBatch:
        """The rows of just these articles, which are the next of the stream."""
        parts = [self._rest] if self._rest is not None else []
        while sum(part.num_rows for part in parts) < len(ids):
            batch = next(self._stream, None)
            if batch is None:
                raise ContractBroken(f"annotations: no row for the article {ids[-1]} or one before it")
            parts.append(pa.Table.from_batches([batch]))
        table = pa.concat_tables(parts)
        taken = table.slice(0, len(ids)).combine_chunks()
        self._rest = table.slice(len(ids))
        for article, row in zip(ids, taken.column("article_id").to_pylist(), strict=True):
            if article != row:
                raise ContractBroken(f"annotations: the row {row} stands where the article {article} should")
        batches: list[pa.RecordBatch] = taken.to_batches()
        return batches[0]

    def finish(self) -> None:
        """No annotation may be left over."""
        left: list[Any] = [self._rest] if self._rest is not None else []
        for part in (*left, *self._stream):
            if part.num_rows:
                raise ContractBroken(
                    f"annotations: the row {part.column('article_id')[0].as_py()} has no article"
                )
