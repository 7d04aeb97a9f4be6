"""`dateline import`: archives through the same steps."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.console import out, progress
from dateline.cli.ledger import print_ledger, tell, together
from dateline.cli.settings import LakeOption, WorkersOption, settings
from dateline.edges.archive import ArchiveBatch, divide, plan
from dateline.edges.archive_request import fields_of, kind_of, read_manifest
from dateline.edges.lake import Lake
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
    if archive is not None and len(paths) > 1:
        raise UsageError("--archive names one archive, and several paths are given")
    instant(captured_at)
    kinds = [kind_of(path, kind, has_manifest=manifest is not None) for path in paths]
    fields = fields_of(mapping, kinds)
    parts = divide(paths, read_manifest(manifest))
    planned = (plan(path, its, archive, part) for path, its, part in zip(paths, kinds, parts, strict=True))
    batches = [batch for found in planned for batch in found]
    Lake.open(chosen.lake).require_current()
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
