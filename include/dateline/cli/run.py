"""`dateline run`: the configured sources, all steps, without Airflow."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli.console import progress
from dateline.cli.ledger import print_ledger, tell
from dateline.cli.settings import LakeOption, WorkersOption, day, settings
from dateline.run import clean_one, fetch_live, resolve_live, settle_all
from dateline.settle import Span


def run(
    date: Annotated[
        str | None,
        typer.Option(
            "--date", help="Settle only this publication day (YYYY-MM-DD); others stay as they are."
        ),
    ] = None,
    lake: LakeOption = None,
    workers: WorkersOption = None,
) -> None:
    """Fetch the enabled sources, clean, and settle; then print the ledger."""
    chosen = settings(lake, workers)
    only = day(date)
    for batch in resolve_live(chosen):
        tell([fetch_live(chosen, batch), clean_one(chosen, batch.id)])
    tell(progress(settle_all(chosen, Span(only, only)), "settle"))
    print_ledger(chosen)
