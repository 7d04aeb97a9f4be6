"""Rows for tests: documents and other datasets with everything filled in that a test does not care about."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pyarrow as pa

from dateline.contracts.documents import DOCUMENTS
from dateline.contracts.rights import UNSAID
from dateline.text.normalise import content_hash, word_count
from dateline.text.urls import article_id, url_key


def instant(text: str) -> datetime:
    """An instant in UTC."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def document(url: str, text: str, **given: Any) -> dict[str, Any]:
    """A sighting: published at noon UTC on 2026-03-24 and captured then, if nothing else is given."""
    moment = instant(given.pop("at", "2026-03-24T12:00:00"))
    row: dict[str, Any] = {
        "article_id": article_id(url=url),
        "capture_id": given.pop("capture", sha256(f"{url} {text}".encode()).hexdigest()[:32]),
        "entry": 0,
        "source": "test",
        "url": url,
        "url_key": url_key(url),
        "captured": moment,
        "published": moment,
        "published_precision": "instant",
        "published_source": "meta",
        "published_confidence": 0.9,
        "updated_precision": "unknown",
        "title": "A title",
        "title_source": "meta",
        "title_confidence": 0.9,
        "authors": [],
        "authors_confidence": 0.0,
        "desks": [],
        "text": text,
        "text_confidence": 0.8,
        "characters": "clean",
        "content_hash": content_hash(text),
        "language": "en",
        "language_source": "detected",
        "kind": "article",
        "tags": [],
        "word_count": word_count(text),
        "rights": UNSAID,
    }
    return row | given


def link(article: str, relation: str, target: str, similarity: float = 0.5, **given: Any) -> dict[str, Any]:
    """A row of `duplicates`, the only link of its article, within one site."""
    named = {"article_id": article, "relation": relation, "target_id": target, "similarity": similarity}
    return named | {"is_earliest": True, "is_syndicated": False} | given


def documents(*rows: dict[str, Any]) -> pa.RecordBatch:
    """A batch sorted by key, as the lake gives it."""
    return DOCUMENTS.batch(list(rows)).sort_by([(name, "ascending") for name in DOCUMENTS.key])
