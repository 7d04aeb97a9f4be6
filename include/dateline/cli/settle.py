"""`dateline settle`: make the published days right again."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli.console import progress
from dateline.cli.ledger import print_ledger, tell
from dateline.cli.settings import LakeOption, WorkersOption, settings
from dateline.edges.lake import Lake
from dateline.edges.lake.partitions import real_day
from dateline.errors import UsageError
from dateline.run import settle_all
from dateline.settle import Span


def settle(
    start: Annotated[str | None, typer.Option("--from", help="First publication day (YYYY-MM-DD).")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Last publication day (YYYY-MM-DD).")] = None,
    stale: Annotated[
        bool, typer.Option("--stale", help="Also make days again that older code, models or rules made.")
    ] = False,
    lake: LakeOption = None,
    workers: WorkersOption = None,
) -> None:
    """Sign the days whose documents moved, then deduplicate, enrich and publish what they touch."""
    chosen = settings(lake, workers)
    span = Span(real_day(start), real_day(end))
    if span.start and span.end and span.start > span.end:
        raise UsageError(f"--from {start} lies after --to {end}")
    Lake.open(chosen.lake, create=False)
    tell(progress(settle_all(chosen, span, versions=stale), "settle"))
    print_ledger(chosen)
