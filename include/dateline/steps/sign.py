"""`sign`: documents of a day → signatures, the form in which likeness is cheap to see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from dateline.contracts.signatures import SIGNATURES
from dateline.step import Made, Rows, Rules, batches
from dateline.text.fold import folds
from dateline.text.normalise import content_hash, words
from dateline.text.origin import provenance_of
from dateline.text.shingles import ALGORITHM, minhash, numbers, shingles, tokens

TIMED = ("instant", "minute")
"""Precisions at which `published` orders texts within a day."""

_READ = (
    "article_id", "content_hash", "url_key", "source", "published", "published_precision", "title",
    "language", "text", "url", "canonical_site", "dateline", "authors",
)  # fmt: skip


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
        yield from batches(SIGNATURES, _signatures(batch))


def _signatures(documents: pa.RecordBatch) -> Iterator[dict[str, Any]]:
    columns = {name: documents.column(name) for name in _READ}
    for fold in folds(documents):
        for _, row in sorted(fold.newest_of_text.items()):
            facts = {name: column[row].as_py() for name, column in columns.items()}
            yield _signature(facts, is_newest=row == fold.newest)


def _signature(facts: dict[str, Any], is_newest: bool) -> dict[str, Any]:
    return {
        "article_id": facts["article_id"],
        "content_hash": facts["content_hash"],
        "is_newest": is_newest,
        "url_key": facts["url_key"],
        "source": facts["source"],
        "published": facts["published"] if facts["published_precision"] in TIMED else None,
        "language": facts["language"],
        **_provenance(facts),
        **signature_of(facts["text"], facts["title"]),
    }


def _provenance(facts: dict[str, Any]) -> dict[str, Any]:
    kept = {name: facts[name] for name in ("dateline", "authors", "canonical_site")}
    return provenance_of(facts["url"], facts["text"], **kept)._asdict()


def signature_of(text: str, title: str | None) -> dict[str, Any]:
    """The columns of a signature that come from the words alone."""
    hashed = tokens(words(text))
    found = shingles(hashed)
    return {
        "title_hash": content_hash(title) if title else None,
        "shingle_count": len(found),
        "minhash": minhash(found),
        "shingles": found,
        "numbers": numbers(hashed),
    }
