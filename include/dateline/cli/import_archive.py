"""`dateline import`: archives through the same steps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from dateline import sources
from dateline.cli.console import out, progress, read_json_lines
from dateline.cli.ledger import print_ledger, tell, together
from dateline.cli.settings import LakeOption, WorkersOption, settings
from dateline.edges.archive import KINDS, ArchiveBatch, plan
from dateline.errors import UsageError
from dateline.report import Summary
from dateline.run import import_batch, instant, settle_all, spread

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
    fields, entries = _fields(mapping), _manifest(manifest)
    batches = [batch for path in paths for batch in plan(path, _kind(path, kind, manifest), archive, entries)]
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
    if kind != "auto":
        return kind
    if manifest is not None:
        return "html"
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
    found = set()
    for file in files[:1000]:
        with file.open("rb") as handle:
            found.add(sources.detect(file.name, handle.read(4096)))
    if len(found) > 1:
        raise UsageError(f"{path} holds files of several kinds ({', '.join(sorted(found))}); say --kind")
    return found.pop() if found else "text"


def _fields(mapping: str | None) -> dict[str, str]:
    fields = {}
    for pair in filter(None, (mapping or "").split(",")):
        ours, equals, theirs = pair.partition("=")
        if not equals or not ours.strip() or not theirs.strip():
            raise UsageError(f"--map wants pairs such as text=body, not {pair!r}")
        fields[ours.strip()] = theirs.strip()
    return fields


def _manifest(path: Path | None) -> dict[str, dict[str, Any]]:
    """Absolute path of each page → its entry."""
    return dict(_entries(path)) if path is not None else {}


def _entries(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    folder = path.absolute().parent
    for number, entry in enumerate(read_json_lines(path), 1):
        where = entry.get("html_path")
        if not isinstance(where, str) or not where or "\0" in where:
            raise UsageError(f"{path}, line {number}: html_path is missing")
        yield str((folder / where).resolve()), {name: entry[name] for name in entry if name != "html_path"}
