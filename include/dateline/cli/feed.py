"""`dateline feed`: what feeds say, as JSON lines."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from dateline.cli.console import json_line, progress, write_json_lines
from dateline.errors import DatelineError


def feed(
    files: Annotated[
        list[Path], typer.Argument(help="Feeds: RSS, Atom, RDF or JSON Feed; gzip allowed.", metavar="FILE…")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="JSON lines; - is standard output.")],
) -> None:
    """Write one line for each entry of each feed; a broken feed gives what can be read and a warning.

    Exit code 1 if a file can't be read; the others are written all the same.
    """
    unread = 0
    with write_json_lines(output) as lines:
        for file in progress(files, "feeds", len(files)):
            # A file name may hold bytes that are no text.
            name = os.fsencode(file).decode("utf-8", "replace")
            try:
                body = _body(file)
            except OSError as error:
                unread += 1
                lines.write(json_line({"file": name, "warning": f"the file can't be read: {error.strerror}"}))
                continue
            for line in _lines(name, body):
                lines.write(json_line(line))
    if unread:
        raise DatelineError(f"{unread} of {len(files)} files can't be read; see their warnings")


def _body(file: Path) -> bytes:
    from dateline.sources.feeds import LONGEST

    with file.open("rb") as handle:
        return handle.read(LONGEST + 1)


def _lines(name: str, body: bytes) -> Iterator[dict[str, Any]]:
    from dateline.sources.feeds import read

    found = read(body)
    for entry in found.entries:
        yield {
            "file": name,
            "id": entry.entry_id,
            "id_source": entry.id_source,
            "url": entry.link,
            "article_url": entry.url,
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
