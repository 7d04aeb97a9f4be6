"""How what was done is told: a line a step, then the ledger."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table

from dateline.cli.console import out
from dateline.report import Summary
from dateline.run import ledger
from dateline.settings import Settings


def tell(summaries: Iterable[Summary]) -> list[Summary]:
    """Print the line of each summary as it comes; give those that changed something."""
    changed = []
    for summary in summaries:
        out.print(summary.line)
        if summary.changed:
            changed.append(summary)
    return changed


def print_ledger(settings: Settings) -> None:
    """The lake's totals, from what was tried to what is published."""
    totals = ledger(settings)
    table = Table(title="ledger of the lake", title_justify="left")
    for name in totals:
        table.add_column(name, justify="right")
    table.add_row(*(f"{count:,}" for count in totals.values()))
    out.print(table)
