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
from dateline.text.shingles import ALGORITHM, is_headline, minhashes, shingles
from dateline.text.sketches import columns_of
from dateline.text.slots import numbers, openings, slots
from dateline.text.words import read_words, word_hashes

TIMED = ("instant", "minute")
"""Precisions at which `published` orders texts within a day."""

_TAKEN = ("article_id", "content_hash", "url_key", "source", "language")
"""Columns of `documents` that a signature takes over as they are."""
_PIECE = 64
_CHARACTERS = 200_000
"""Texts and characters that are signed at a time: what lies in a processor's cache is quicker than what
doesn't."""


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
            signed = _signatures(batch.take(pa.array(rows, pa.int64())), is_newest)
            yield SIGNATURES, SIGNATURES.check(signed)


def _signatures(documents: pa.RecordBatch, is_newest: list[bool]) -> pa.RecordBatch:
    columns: dict[str, Any] = {name: documents.column(name) for name in _TAKEN}
    is_timed = pc.is_in(documents.column("published_precision"), pa.array(TIMED))
    published = documents.column("published")
    columns["published"] = pc.if_else(is_timed, published, pa.scalar(None, published.type))
    columns["is_newest"] = pa.array(is_newest, pa.bool_())
    columns |= _provenances(documents)
    texts: list[Any] = documents.column("text").to_pylist()
    titles: list[str | None] = documents.column("title").to_pylist()
    signed = pa.Table.from_batches(signatures_of(texts, titles)).combine_chunks()
    columns |= {name: signed.column(name).chunk(0) for name in signed.column_names}
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
    first = 0
    while first < len(texts):
        last, characters = first, 0
        while last < len(texts) and last - first < _PIECE and (last == first or characters < _CHARACTERS):
            characters += len(texts[last])
            last += 1
        yield _piece(texts[first:last], titles[first:last])
        first = last


def _piece(texts: Sequence[str], titles: Sequence[str | None]) -> pa.RecordBatch:
    words = read_words(texts)
    found = shingles(words)
    of_titles = word_hashes(read_words([title or "" for title in titles]))
    of_texts = word_hashes(words)
    short = is_headline(found.counts)
    headlines = [name if is_short else None for is_short, name in zip(short, of_texts, strict=True)]
    named = [name if title else None for title, name in zip(titles, of_titles, strict=True)]
    columns: dict[str, Any] = {
        "text_hash": pa.array(of_texts, pa.string()),
        "headline_hash": pa.array(headlines, pa.string()),
        "title_hash": pa.array(named, pa.string()),
        "shingle_count": pa.array(found.counts, pa.int32()),
        "minhash": minhashes(found).to_arrow(),
        "shingles": found.to_arrow(),
        "numbers": numbers(words).to_arrow(),
        "slots": slots(words).to_arrow(),
        "opening": openings(words).to_arrow(),
    }
    return pa.RecordBatch.from_pydict(columns)
