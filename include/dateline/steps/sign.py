"""`sign`: documents of a day → signatures, the form in which likeness is cheap to see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dateline.contracts.signatures import SIGNATURES
from dateline.step import Made, Rows, Rules
from dateline.text.fold import folds
from dateline.text.origin import Provenance, provenance_of
from dateline.text.shingles import ALGORITHM
from dateline.text.signed import LISTS, signed
from dateline.text.sketches import columns_of

TIMED = ("instant", "minute")
"""Precisions at which `published` orders texts within a day."""

_TAKEN = ("article_id", "content_hash", "url_key", "source", "language")
"""Columns of `documents` that a signature takes over as they are."""


@dataclass(frozen=True)
class SignRules(Rules):
    """What signatures depend on besides the text."""

    version: str = "2"

    def declare(self) -> dict[str, Any]:
        """Version and the name of the algorithm."""
        return {"version": self.version, "algorithm": ALGORITHM}


def sign(documents: Rows, rules: SignRules) -> Made:
    """One row of `signatures` for each distinct text of an article.

    Args:
        documents: sightings of one day, sorted by key, all rows of an article in one batch.
        rules: what the result depends on besides the rows.

    Of the sightings with equal words the newest speaks; `is_newest` marks the article's newest text.
    """
    del rules  # nothing to choose: their digest says which algorithm made the rows
    for batch in documents:
        rows: list[int] = []
        is_newest: list[bool] = []
        for fold in folds(batch):
            chosen = [row for _, row in sorted(fold.newest_of_text.items())]
            rows += chosen
            is_newest += [row == fold.newest for row in chosen]
        if rows:
            chosen_rows = batch.take(pa.array(rows, pa.int64()))
            yield SIGNATURES, SIGNATURES.check(_signatures(chosen_rows, is_newest))


def _signatures(documents: pa.RecordBatch, is_newest: list[bool]) -> pa.RecordBatch:
    columns: dict[str, Any] = {name: documents.column(name) for name in _TAKEN}
    is_timed = pc.is_in(documents.column("published_precision"), pa.array(TIMED))
    published = documents.column("published")
    columns["published"] = pc.if_else(is_timed, published, pa.scalar(None, published.type))
    columns["is_newest"] = pa.array(is_newest, pa.bool_())
    columns |= _provenances(documents)
    texts: list[Any] = documents.column("text").to_pylist()
    titles: list[str | None] = documents.column("title").to_pylist()
    found = pa.Table.from_batches(signatures_of(texts, titles)).combine_chunks()
    columns |= {name: found.column(name).chunk(0) for name in found.column_names}
    columns["bands"], columns["sample"] = columns_of(columns["minhash"], columns["shingles"])
    fields = [columns[name].cast(SIGNATURES.schema.field(name).type) for name in SIGNATURES.names]
    return pa.RecordBatch.from_arrays(fields, schema=SIGNATURES.schema)


def _provenances(documents: pa.RecordBatch) -> dict[str, Any]:
    names = ("url", "text", "dateline", "authors", "canonical_site")
    rows = zip(*(documents.column(name).to_pylist() for name in names), strict=True)
    found = [
        provenance_of(url, text, dateline=line, authors=authors, canonical_site=canonical)
        for url, text, line, authors, canonical in rows
    ]
    columns = zip(Provenance._fields, zip(*found, strict=True), strict=True)
    return {name: pa.array(values, pa.string()) for name, values in columns}


def signatures_of(texts: Sequence[str], titles: Sequence[str | None]) -> Iterator[pa.RecordBatch]:
    """The columns of signatures that come from the words alone, and `text_hash`, 32 hex digits over them.

    Yields batches of some texts at a time, in their order.
    """
    for found in signed(texts, titles):
        columns: dict[str, Any] = {
            "text_hash": pa.array(found.texts, pa.string()),
            "headline_hash": pa.array(found.headlines, pa.string()),
            "title_hash": pa.array(found.titles, pa.string()),
            "shingle_count": pa.array(found.shingles.counts, pa.int32()),
            **{name: getattr(found, name).to_arrow() for name in LISTS},
        }
        yield pa.RecordBatch.from_pydict(columns)
