"""`dateline import`: archives through the same steps."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from dateline import sources
from dateline.cli.console import numbered_json_lines, out, progress
from dateline.cli.ledger import print_ledger, tell, together
from dateline.cli.settings import LakeOption, WorkersOption, settings
from dateline.edges.archive import KINDS, ArchiveBatch, absolute, divide, files, plan
from dateline.errors import UsageError
from dateline.report import Summary
from dateline.run import import_batch, instant, settle_all, spread
from dateline.sources.jsonl import NAMES

ManifestOption = Annotated[
    Path | None,
    typer.Option(
        "--manifest", help='JSON lines {"url", "html_path", …} on saved pages; paths from its folder.'
    ),
]
MapOption = Annotated[
    str | None, typer.Option("--map", help="Fields of JSON lines: text=body,title=headline,…")
]
CapturedOption = Annotated[
    str | None,
    typer.Option("--captured-at", help="When the files were captured (ISO 8601), if they don't say."),
]
ArchiveOption = Annotated[
    str | None, typer.Option("--archive", help="Name of the archive (default: the folder's or file's own).")
]


def import_archive(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Folders or files.")],
    kind: Annotated[str, typer.Option("--kind", help="text, html, jsonl, warc or auto.")] = "auto",
    lake: LakeOption = None,
    workers: WorkersOption = None,
    manifest: ManifestOption = None,
    mapping: MapOption = None,
    captured_at: CapturedOption = None,
    archive: ArchiveOption = None,
    no_settle: Annotated[
        bool, typer.Option("--no-settle", help="Leave the published days for later.")
    ] = False,
) -> None:
    """Take archives in, then settle: what can't be read becomes a reject with its reason."""
    chosen = settings(lake, workers)
    if kind not in (*KINDS, "auto"):
        raise UsageError(f"--kind {kind!r} is none of {', '.join((*KINDS, 'auto'))}")
    if archive is not None and len(paths) > 1:
        raise UsageError("--archive names one archive, and several paths are given")
    instant(captured_at)
    kinds = [_kind(path, kind, manifest) for path in paths]
    fields = _fields(mapping, kinds)
    parts = divide(paths, _manifest(manifest))
    planned = (plan(path, its, archive, part) for path, its, part in zip(paths, kinds, parts, strict=True))
    batches = [batch for found in planned for batch in found]
    calls = [(chosen, batch, captured_at, fields) for batch in batches]
    done = progress(spread(import_batch, calls, chosen.workers), "batches", total=len(calls))
    _tell_batches([summary for summaries in done for summary in summaries], batches)
    if not no_settle:
        tell(progress(settle_all(chosen), "settle"))
    print_ledger(chosen)


def _tell_batches(summaries: list[Summary], batches: list[ArchiveBatch]) -> None:
    """A line a step: the sums over all batches."""
    if not batches:
        out.print("there are no files: nothing to do")
        return
    names = ", ".join(sorted({batch.archive for batch in batches}))
    for step in ("fetch", "clean"):
        mine = [summary for summary in summaries if summary.step == step]
        out.print(together(step, mine, f"{names} ({len(mine)} batches)").line, markup=False)


def _kind(path: Path, kind: str, manifest: Path | None) -> str:
    """The kind that all files have that can be looked into; the others become rejects when they are read."""
    if kind != "auto":
        return kind
    if manifest is not None:
        return "html"
    found = set(filter(None, map(_detected, islice(files(path), 1000))))
    if len(found) > 1:
        raise UsageError(f"{path} holds files of several kinds ({', '.join(sorted(found))}); say --kind")
    return found.pop() if found else "text"


def _detected(file: Path) -> str | None:
    try:
        with file.open("rb") as handle:
            return sources.detect(file.name, handle.read(4096))
    except OSError:
        return None


def _fields(mapping: str | None, kinds: list[str]) -> dict[str, str]:
    """Our field → theirs."""
    if mapping is None:
        return {}
    if others := sorted(set(kinds) - {"jsonl"}):
        raise UsageError(f"--map is for the fields of JSON lines (jsonl), not for {', '.join(others)}")
    fields: dict[str, str] = {}
    for pair in filter(None, mapping.split(",")):
        ours, equals, theirs = (part.strip() for part in pair.partition("="))
        if not equals or not ours or not theirs:
            raise UsageError(f"--map wants pairs such as text=body, not {pair!r}")
        if ours not in NAMES:
            raise UsageError(f"--map knows no field {ours!r}, only {', '.join(NAMES)}")
        if ours in fields:
            raise UsageError(f"--map names the field {ours!r} twice")
        fields[ours] = theirs
    return fields


def _manifest(path: Path | None) -> dict[str, dict[str, Any]]:
    """Absolute path of each page → its entry.

    Raises:
        UsageError: a line names no file, or the file of an earlier line.
    """
    entries: dict[str, dict[str, Any]] = {}
    numbers: dict[str, int] = {}
    if path is None:
        return entries
    for number, entry in numbered_json_lines(path):
        file = str(absolute(absolute(path).parent / _html_path(entry, f"{path}, line {number}")))
        if file in numbers:
            raise UsageError(f"{path}: lines {numbers[file]} and {number} name the same file, {file}")
        numbers[file] = number
        entries[file] = {name: entry[name] for name in entry if name != "html_path"}
    return entries


def _html_path(entry: dict[str, Any], line: str) -> str:
    where = entry.get("html_path")
    if not isinstance(where, str) or not where or "\0" in where:
        raise UsageError(f"{line}: html_path is missing")
    try:
        where.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"{line}: html_path is no valid Unicode") from error
    return where
