"""Texts of a case as rows of `signatures`, and the links that the step finds among them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from dateline.contracts.duplicates import DUPLICATES
from dateline.contracts.signatures import SIGNATURES
from dateline.steps.deduplicate import DeduplicateRules, deduplicate
from dateline.steps.sign import signatures_of
from dateline.text.normalise import content_hash
from dateline.text.sketches import columns_of
from dateline.text.urls import url_key

HERE = Path(__file__).parent / "steps" / "deduplicate"
PARAGRAPHS = json.loads((HERE / "paragraphs.json").read_text(encoding="utf-8"))
RULES = DeduplicateRules()

Row = tuple[date | None, dict[str, Any]]


def _text(given: dict[str, Any]) -> str:
    parts = [given.get("before", ""), *(PARAGRAPHS[name] for name in given["parts"]), given.get("after", "")]
    text = given.get("text") or "\n\n".join(part for part in parts if part)
    for old, new in given.get("replace", {}).items():
        assert old in text
        text = text.replace(old, new)
    return text.upper() if given.get("upper") else text


def row(given: dict[str, Any]) -> Row:
    """A text of a case with its day, as a row of `signatures`."""
    text = _text(given)
    at = datetime.fromisoformat(given["at"]).replace(tzinfo=UTC) if "at" in given else None
    (signed,) = signatures_of([text], [given.get("title")])
    signature = signed.to_pylist()[0]
    del signature["text_hash"]
    keys = columns_of(signed.column("minhash"), signed.column("shingles"))
    signature["bands"], signature["sample"] = (column[0].as_py() for column in keys)
    signed = {
        "article_id": given["id"],
        "content_hash": content_hash(text),
        "is_newest": given.get("newest", True),
        "url_key": url_key(given.get("url")),
        "source": "post",
        "published": at,
        "language": "und",
        **dict.fromkeys(("site", "credit", "canonical_site")),
        **signature,
    }
    return date.fromisoformat(given["date"]) if given["date"] else None, signed


def dated(rows: list[Row], size: int = 1000) -> Iterator[tuple[date | None, pa.RecordBatch]]:
    """The rows as batches of at most `size` rows, day by day in the order in which days appear."""
    days: dict[date | None, list[dict[str, Any]]] = {}
    for day, signed in rows:
        days.setdefault(day, []).append(signed)
    for day, some in days.items():
        for start in range(0, len(some), size):
            yield day, SIGNATURES.batch(some[start : start + size])


def links(day: date | None, rows: list[Row], size: int = 1000) -> list[dict[str, Any]]:
    """What the step makes of the rows, in its order."""
    found = []
    for contract, batch in deduplicate(day, dated(rows, size), RULES):
        assert contract is DUPLICATES
        found += contract.check(batch).to_pylist()
    return found
