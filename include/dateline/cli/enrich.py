"""`dateline enrich`: who said what, where, when, about whom, for each text of a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import pyarrow as pa
import typer

from dateline.cli.console import json_line, progress, write_json_lines
from dateline.cli.settings import OutputOption, input_option
from dateline.contracts.documents import DOCUMENTS
from dateline.contracts.rights import UNSAID
from dateline.contracts.shared import DATED
from dateline.edges.json_lines import read_json_lines
from dateline.edges.models import knowledge
from dateline.errors import UsageError
from dateline.settings import from_environment
from dateline.steps.enrich import EnrichResources
from dateline.steps.enrich import enrich as step
from dateline.text.dates import parse
from dateline.text.languages import normalise_tag
from dateline.text.normalise import content_hash

_BATCH = 64
_NAMES = {"detected_language": "language", "place_line": "dateline"}
"""Columns of `annotations` that have another name in the output."""


def enrich(
    source: Annotated[Path, input_option('{"id","text","date","title"?,"language"?}')],
    target: OutputOption,
    model: Annotated[
        str | None, typer.Option(help="English spaCy model: installed package or folder.", metavar="NAME")
    ] = None,
) -> None:
    """Find names, quotations, dates, places, sources, quantities and key phrases in each text."""
    settings = from_environment(model=model)
    resources = EnrichResources(knowledge=knowledge(settings.model))
    ids: list[Any] = []
    known = iter(())
    with write_json_lines(target) as lines:
        made = step(_documents(source, ids), known, resources)
        rows = (row for _, batch in made for row in batch.to_pylist())
        for row in progress(rows, "enriched"):
            lines.write(json_line(_line(ids[int(row["article_id"], 16)], row)))


def _line(name: Any, row: dict[str, Any]) -> dict[str, Any]:
    shown = {
        _NAMES.get(key, key): value for key, value in row.items() if key not in ("article_id", "input_digest")
    }
    return {"id": name, **shown}


def _documents(source: Path, ids: list[Any]) -> Iterator[pa.RecordBatch]:
    """The lines as documents, numbered so that they keep their order; their ids go into `ids`."""
    rows: list[dict[str, Any]] = []
    for record in read_json_lines(source):
        rows.append(_row(record, len(ids), source))
        ids.append(record.get("id"))
        if len(rows) >= _BATCH:
            yield DOCUMENTS.batch(rows)
            rows = []
    if rows:
        yield DOCUMENTS.batch(rows)


def _row(record: dict[str, Any], number: int, source: Path) -> dict[str, Any]:
    """A line as a document; a date that can't be read is an unknown one.

    Raises:
        UsageError: the line has no id or no text.
    """
    name = record.get("id")
    if isinstance(name, bool) or not isinstance(name, str | int | float):
        raise UsageError(f"{source}: text {number + 1} has no id (a string or a number)")
    text = record.get("text")
    if not isinstance(text, str):
        raise UsageError(f"{source}: text {number + 1} (id {name!r}) has no text")
    text = _unicode(text)
    when = parse(record["date"]) if isinstance(record.get("date"), str) else None
    title, language = record.get("title"), record.get("language")
    row: dict[str, Any] = dict.fromkeys(DOCUMENTS.names)
    row.update(
        article_id=f"{number:032x}",
        capture_id="0" * 32,
        entry=0,
        source="file",
        published=when.instant if when and when.precision in DATED else None,
        published_precision=when.precision if when else "unknown",
        published_confidence=1.0,
        updated_precision="unknown",
        title=_unicode(title) if isinstance(title, str) else None,
        title_confidence=1.0,
        authors=[],
        authors_confidence=0.0,
        desks=[],
        characters="unknown",
        text=text,
        text_confidence=1.0,
        content_hash=content_hash(text),
        language=normalise_tag(language if isinstance(language, str) else None),
        kind="article",
        tags=[],
        word_count=len(text.split()),
        rights=UNSAID,
    )
    return row


def _unicode(text: str) -> str:
    """Lone surrogates, which JSON can write and UTF-8 can't, become replacement characters."""
    return text if text.isascii() else "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
