"""`dateline extract`: saved pages in, one line of facts and text for each out."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated, Any

import typer

from dateline.cli.console import err, json_line, progress, write_json_lines
from dateline.cli.settings import OutputOption, input_option
from dateline.edges.json_lines import parse_json
from dateline.errors import UsageError

_CHUNK = 16
"""Pages handled together: enough to make Arrow's cost small, few enough to hold in memory."""

_LINE = '{"id","url","html_path"}, paths relative to this file; "captured_at" where it is known'

_ENTRY = ("title", "authors", "published", "published_precision", "text")
"""What is told of an entry of a live blog."""

Line = tuple[int, dict[str, Any]]
"""Number of an input line, from 0, and its object."""


def extract(
    source: Annotated[Path, input_option(_LINE)],
    target: OutputOption,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes.")] = 1,
) -> None:
    """Read title, authors, times, language and text out of saved pages."""
    folder = source.resolve().parent
    rejects = 0
    with write_json_lines(target) as lines:
        for made in progress(_extracted(_chunks(source), folder, workers), "pages"):
            rejects += "reject" in made
            lines.write(json_line(made))
    err.print(f"{rejects} are no articles")


def _extracted(chunks: Iterator[list[Line]], folder: Path, workers: int) -> Iterator[dict[str, Any]]:
    """The output objects in the order of the input."""
    if workers == 1:
        for chunk in chunks:
            yield from extract_pages(chunk, folder)
        return
    # Started afresh: a fork would copy whatever state threads (the progress bar's) are in. An interrupt
    # from the keyboard reaches each process: these end at once, and the first tells it.
    waiting: deque[Future[list[dict[str, Any]]]] = deque()
    with ProcessPoolExecutor(
        workers, get_context("spawn"), initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_DFL)
    ) as pool:
        try:
            for chunk in chunks:
                waiting.append(pool.submit(extract_pages, chunk, folder))
                if len(waiting) > 2 * workers:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _chunks(source: Path) -> Iterator[list[Line]]:
    lines = enumerate(_objects(source))
    while chunk := list(islice(lines, _CHUNK)):
        yield chunk


def _objects(source: Path) -> Iterator[dict[str, Any]]:
    """The object of each line that is not blank; {} for one that is none: it too gets a line of output."""
    try:
        with source.open("rb") as lines:
            for line in lines:
                if line.strip():
                    yield _object(line)
    except OSError as error:
        raise UsageError(f"{source} can't be read: {error.strerror}") from error


def _object(line: bytes) -> dict[str, Any]:
    """The plain values of a line; {} where it is no object, or its id is a list or an object.

    No field of ours is one, and a deep one could neither be sent to another process nor written again.
    """
    try:
        value = parse_json(line)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(value, dict) or isinstance(value.get("id"), dict | list):
        return {}
    return {name: each for name, each in value.items() if not isinstance(each, dict | list)}


def extract_pages(chunk: list[Line], folder: Path) -> list[dict[str, Any]]:
    """The output objects of some lines, in their order; pages go through the steps fetch and clean.

    Args:
        chunk: numbered input lines.
        folder: what their paths are relative to.
    """
    from dateline.contracts.captures import CAPTURES
    from dateline.contracts.documents import DOCUMENTS
    from dateline.contracts.exchanges import EXCHANGES
    from dateline.contracts.rejects import REJECTS
    from dateline.steps.clean import CleanRules, clean
    from dateline.steps.fetch import FetchRules, fetch

    exchanges = [{**_exchange(number, given, folder), "seq": number} for number, given in chunk]
    made: dict[str, list[Any]] = {"captures": [], "documents": [], "rejects": [], "attempts": []}
    for contract, batch in fetch(iter([EXCHANGES.batch(exchanges)]), FetchRules()):
        made[contract.name].append(batch)
    for contract, batch in clean(iter(made[CAPTURES.name]), CleanRules(whole=True)):
        made[contract.name].append(batch)
    # Each line is a path of its own in a nameless archive, so that no two lines can be mixed up.
    found = {row["path"]: _article(row) for batch in made[DOCUMENTS.name] for row in batch.to_pylist()}
    _add_entries(found, made[CAPTURES.name])
    refused = {row["path"]: row for batch in made[REJECTS.name] for row in batch.to_pylist()}
    return [
        {"id": given.get("id"), **(found.get(str(number)) or _refusal(refused[str(number)]))}
        for number, given in chunk
    ]


def _exchange(number: int, given: dict[str, Any], folder: Path) -> dict[str, Any]:
    """A row of `exchanges` without its number, for one input line."""
    from dateline.sources.exchange import exchange
    from dateline.sources.html import read

    place = ("extract", str(number))
    name = given.get("html_path")
    if not isinstance(name, str) or not name:
        return exchange("page", *place, 0, None, failure="missing", detail="the line names no html_path")
    try:
        with (folder / name).open("rb") as stream:
            return next(read(stream, place[1], place[0], given, None))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return exchange("page", *place, 0, None, failure="missing", detail="there is no such file")
    except OSError as error:
        return exchange("page", *place, 0, None, failure="unreadable", detail=error.strerror)


def _add_entries(found: dict[str, dict[str, Any]], captures: list[Any]) -> None:
    """Put the entries of live blogs beside the text, which is all that their page shows."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from dateline.contracts.documents import DOCUMENTS
    from dateline.steps.clean import CleanRules, clean

    blogs = pa.array([path for path, line in found.items() if line["kind"] == "live_blog"], pa.string())
    mine = (batch.filter(pc.is_in(batch.column("path"), value_set=blogs)) for batch in captures)
    for contract, batch in clean(mine, CleanRules()):
        for row in batch.to_pylist() if contract is DOCUMENTS else ():
            entries = found[row["path"]].setdefault("entries", [])
            if row["entry"]:
                entries.append({name: _article(row)[name] for name in _ENTRY})


def _article(row: dict[str, Any]) -> dict[str, Any]:
    """The output of a row of `documents`."""
    from dateline.contracts.shared import DATED
    from dateline.text.date_usage import usage_of
    from dateline.text.when import When

    precision = row["published_precision"]
    when = When(row["published"], precision, row["published_offset"]) if row["published"] else None
    # A clock without a zone hung in that of the country or of the language that the page declares.
    declared = row["language"] if row["language_source"] == "declared" else None
    zone = usage_of(declared, row["url"]).zone
    return {
        "title": row["title"],
        "authors": row["authors"],
        "published": when.iso if when else None,
        "published_precision": precision,
        "published_source": row["published_source"],
        # The day that the source printed; the lake's days are UTC days.
        "date": when.printed_day(zone).isoformat() if when and precision in DATED else None,
        "language": row["language"],
        "text": row["text"],
        "canonical_url": row["canonical_url"],
        "kind": row["kind"],
        "confidence": {
            name: round(row[f"{name}_confidence"], 3) for name in ("title", "authors", "published", "text")
        },
    }


def _refusal(row: dict[str, Any]) -> dict[str, Any]:
    """The output of a row of `rejects`."""
    return {
        "title": None,
        "authors": [],
        "published": None,
        "published_precision": "unknown",
        "published_source": None,
        "date": None,
        "language": "und",
        "text": "",
        "canonical_url": None,
        "kind": None,
        "confidence": dict.fromkeys(("title", "authors", "published", "text"), 0.0),
        "reject": row["reason"],
    }
