"""How what was done is told: a line a step, then the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from rich.table import Table

from dateline.cli.console import out
from dateline.report import Summary
from dateline.run import ledger
from dateline.settings import Settings


def tell(summaries: Iterable[Summary]) -> None:
    """Print one line a step: its counts over all days or batches that came one after the other."""
    for step, group in groupby(summaries, key=lambda summary: summary.step):
        parts = list(group)
        out.print(together(step, parts, f"{len(parts)} days").line, markup=False)


def together(step: str, parts: list[Summary], what: str) -> Summary:
    """The sums over some days or batches of one step; one alone speaks for itself."""
    if len(parts) == 1:
        return parts[0]
    done = [part for part in parts if not part.skipped]
    if not done:
        return Summary(step, what, skipped=parts[0].skipped, changed=False)
    counts: dict[str, int] = {}
    for part in done:
        for name, count in part.counts.items():
            counts[name] = counts.get(name, 0) + count
    unchanged = len(parts) - len(done)
    if unchanged:
        counts["unchanged"] = unchanged
    return Summary(step, what, counts, sum(part.seconds for part in done))


def print_ledger(settings: Settings) -> None:
    """The lake's totals, from what was tried to what is published."""
    totals = ledger(settings)
    table = Table(title="ledger of the lake", title_justify="left")
    for name in totals:
        table.add_column(name, justify="right")
    table.add_row(*(f"{count:,}" for count in totals.values()))
    out.print(table)
