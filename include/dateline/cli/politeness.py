"""`dateline politeness`: does the crawler keep its promises?"""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer
from rich.table import Table

from dateline.cli.console import err, out
from dateline.edges.lake import Lake
from dateline.edges.lake.partitions import real_day
from dateline.errors import DatelineError, UsageError


def politeness(
    lake: Annotated[
        str | None, typer.Option("--lake", help="Tell how the real runs of this lake behaved, host by host.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--from", help="With --lake: only from this day on (YYYY-MM-DD).")
    ] = None,
) -> None:
    """Run the live pipeline against a hostile site on loopback; print what is promised and what was measured.

    Takes about a minute and leaves nothing behind; exit code 1 if a promise is not kept.
    """
    if lake is None:
        if since is not None:
            raise UsageError("--from goes with --lake")
        _conformance()
    else:
        _real_runs(lake, real_day(since))


def _conformance() -> None:
    from dateline.politeness.conformance import rows

    err.print("a hostile site on loopback is polled; this takes about a minute")
    table = Table(title="conformance", title_justify="left")
    for name in ("about", "promised", "measured", ""):
        table.add_column(name)
    failed = count = 0
    for about, row in rows():
        table.add_row(about, row.promised, row.measured, "kept" if row.kept else "BROKEN")
        count, failed = count + 1, failed + (not row.kept)
    out.print(table)
    if failed:
        raise DatelineError(f"{failed} of {count} promises are not kept")
    out.print(f"all {count} promises are kept")


def _real_runs(uri: str, since: date | None) -> None:
    from dateline.politeness.ledger import of_lake

    hosts = of_lake(Lake.open(uri, create=False), since)
    table = Table(title="what hosts were asked", title_justify="left")
    table.add_column("host")
    names = (
        "requests",
        "shortest pause",
        "asked again",
        "conditional",
        "unchanged",
        "deferred",
        "robots.txt: no",
    )
    for name in names:
        table.add_column(name, justify="right")
    table.add_column("failures")
    for name, host in hosts.items():
        pause = "-" if host.shortest is None else f"{host.shortest:.2f} s"
        conditional = f"{host.conditional:,} of {host.due:,}" if host.due else "-"
        numbers = (host.unchanged, host.deferred, host.forbidden)
        failures = ", ".join(f"{count} {what}" for what, count in sorted(host.failures.items()))
        told = (f"{host.requests:,}", pause, f"{host.again:,}", conditional)
        table.add_row(name, *told, *(f"{number:,}" for number in numbers), failures)
    out.print(table)
    out.print(f"{sum(host.requests for host in hosts.values()):,} requests at {len(hosts):,} hosts")
