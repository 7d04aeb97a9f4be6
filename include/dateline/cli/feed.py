"""`dateline feed`: what feeds say, as JSON lines."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from dateline.cli.console import json_line, progress, write_json_lines


def feed(
    files: Annotated[list[Path], typer.Argument(help="Feeds: RSS, Atom, RDF or JSON Feed.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="JSON lines; - is standard output.")],
) -> None:
    """Write one line for each entry of each feed; a broken feed gives what can be read and a warning."""
    with write_json_lines(output) as lines:
        for file in progress(files, "feeds", len(files)):
            for line in _lines(file):
                lines.write(json_line(line))


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    from dateline.sources.feeds import LONGEST, read

    # A file name may hold bytes that are no text.
    name = os.fsencode(file).decode("utf-8", "replace")
    try:
        with file.open("rb") as handle:
            body = handle.read(LONGEST + 1)
    except OSError as error:
        yield {"file": name, "warning": f"the file can't be read: {error.strerror}"}
        return
    found = read(body)
    for entry in found.entries:
        yield {
            "file": name,
            "id": entry.entry_id,
            "id_source": entry.id_source,
            "url": entry.url,
            "title": entry.title,
            "published": entry.published.iso if entry.published else None,
            "updated": entry.updated.iso if entry.updated else None,
            "authors": list(entry.authors),
            "summary": entry.summary,
            "categories": list(entry.categories),
            "language": entry.language,
        }
    for warning in found.warnings:
        yield {"file": name, "warning": warning}
