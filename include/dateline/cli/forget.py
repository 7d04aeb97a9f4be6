"""`dateline forget`: take an article or a source down, and keep it out."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline import forget as operations
from dateline.cli.console import out, progress
from dateline.cli.ledger import print_ledger, tell
from dateline.cli.settings import LakeOption, WorkersOption, settings
from dateline.edges.lake import Lake, tombstones
from dateline.errors import UsageError


def forget(
    what: Annotated[
        str | None,
        typer.Argument(
            help="An article's URL or id, or a source's slug or archive's name.", show_default=False
        ),
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why; it is kept, and stands in `changes`.")] = "",
    listed: Annotated[bool, typer.Option("--list", help="Only tell what was forgotten so far.")] = False,
    lake: LakeOption = None,
    workers: WorkersOption = None,
) -> None:
    """Take it out of every dataset, settle its days, and refuse it for ever after; stopped, run it again.

    All variants of a URL count. What stays is the record that it was asked for, with its URL.
    """
    chosen = settings(lake, workers)
    if listed:
        for one in tombstones.tombstones(Lake.open(chosen.lake, create=False).store):
            out.print(f"{one.at[:19]} {one.kind} {one.url or one.value}: {one.reason}", markup=False)
        return
    if what is None:
        raise UsageError("name a URL, an article's id or a source, or give --list")
    tell(progress(operations.forget(chosen, what, reason), "forget"))
    print_ledger(chosen)
