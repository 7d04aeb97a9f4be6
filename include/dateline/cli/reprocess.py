"""`dateline reprocess`: make documents again from what was captured."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline import reprocess as operations
from dateline.cli.console import out, progress
from dateline.cli.ledger import print_ledger, tell
from dateline.cli.settings import LakeOption, WorkersOption, settings
from dateline.edges.lake.partitions import real_day
from dateline.errors import UsageError
from dateline.settle import Span


def reprocess(
    reason: Annotated[str, typer.Option("--reason", help="Why; it stands in `changes`, for readers.")],
    start: Annotated[str | None, typer.Option("--from", help="First publication day (YYYY-MM-DD).")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Last publication day (YYYY-MM-DD).")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell how much it is, and do nothing.")] = False,
    lake: LakeOption = None,
    workers: WorkersOption = None,
) -> None:
    """Make again what older code, models, rules or settings made: documents from captures, then their days.

    Never asks the network. Without --from and --to also what has no known day.
    """
    chosen, span = settings(lake, workers), Span(real_day(start), real_day(end))
    if span.start and span.end and span.start > span.end:
        raise UsageError(f"--from {start} lies after --to {end}")
    if not reason.strip():
        raise UsageError("give a --reason: readers find it in `changes`")
    for line in operations.plan(chosen, span).lines:
        out.print(line, markup=False)
    if dry_run:
        return
    tell(progress(operations.reprocess(chosen, span, reason.strip()), "reprocess"))
    if waiting := operations.left(chosen):
        out.print(f"{waiting} days outside the span have moved too: `dateline settle` publishes them")
    print_ledger(chosen)
