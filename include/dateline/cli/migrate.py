"""`dateline migrate`: carry a lake across a change of schema or library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Annotated

import typer
from rich.table import Table

from dateline.cli.console import out, progress
from dateline.cli.ledger import tell
from dateline.cli.settings import LakeOption, WorkersOption, settings
from dateline.edges.lake import Lake
from dateline.migrate import LIBRARY, SCHEMA, Old, Plan, carry, days_again, holding, settle_after, survey
from dateline.pipeline import DATASETS


def migrate(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what would be done; nothing is changed.")
    ] = False,
    lake: LakeOption = None,
    workers: WorkersOption = None,
) -> None:
    """Write the files anew that an older dateline or another library wrote, then settle.

    Rows stay what they are, and each file's are checked before it is put in place. Let no import run
    meanwhile. Stopped halfway, run it again.
    """
    chosen = settings(lake, workers)
    if dry_run:
        plan = survey(Lake.open(chosen.lake, create=False))
        _tell(plan, plan.old, "to be written anew")
        return
    with holding(chosen) as guard:
        plan = survey(Lake.open(chosen.lake, create=False))
        done = list(progress(carry(chosen, plan, guard), "files", total=len(plan.old)))
    _tell(plan, done, "written anew")
    tell(progress(settle_after(chosen, plan), "settle"))


def _tell(plan: Plan, files: Iterable[Old], title: str) -> None:
    """A line a dataset: its files by reason, and their rows."""
    counts: Counter[tuple[str, str]] = Counter()
    rows: Counter[str] = Counter()
    for old in files:
        counts[old.dataset, old.why] += 1
        rows[old.dataset] += old.rows
    if rows:
        table = Table(title=f"files {title}", title_justify="left")
        for name in ("dataset", SCHEMA, LIBRARY, "rows"):
            table.add_column(name, justify="left" if name == "dataset" else "right")
        for dataset in DATASETS:
            if dataset in rows:
                by_reason = (f"{counts[dataset, why]:,}" for why in (SCHEMA, LIBRARY))
                table.add_row(dataset, *by_reason, f"{rows[dataset]:,}")
        out.print(table)
    if again := days_again(plan):
        out.print(f"days to be made again, as their schema is older: {', '.join(again)}", markup=False)
    if plan.lost:
        out.print(f"batches to be cleaned again, as documents of theirs are gone: {len(plan.lost)}")
    if not rows and not again and not plan.lost:
        out.print("every file is of this schema and this library: nothing to write anew")
