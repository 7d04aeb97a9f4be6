"""`dateline politeness`: does the crawler keep its promises?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from dateline.cli.console import err, out
from dateline.edges.lake import Lake
from dateline.edges.lake.partitions import real_day
from dateline.errors import DatelineError, UsageError

if TYPE_CHECKING:
    from dateline.politeness.ledger import Host
    from dateline.politeness.pace import Pace


def politeness(
    lake: Annotated[
        str | None, typer.Option("--lake", help="Tell how the real runs of this lake behaved, host by host.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--from", help="With --lake: only from this day on (YYYY-MM-DD).")
    ] = None,
) -> None:
    """Run the live pipeline against a hostile site on loopback; print what is promised and what was measured.

    Takes about a minute and leaves nothing behind. Exit code 1 if a promise is not kept, here or at a host
    of the lake.
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
    for name in _TOLD:
        table.add_column(name, justify="right")
    table.add_column("failures")
    table.add_column("")
    broken = 0
    for name, host in hosts.items():
        pace = host.visits.pace()
        failures = ", ".join(f"{count} {what}" for what, count in sorted(host.failures.items()))
        is_kept = pace.is_kept and not host.missed
        table.add_row(name, *_row(host, pace), failures, "kept" if is_kept else "BROKEN")
        broken += not is_kept
    out.print(table)
    out.print(f"{sum(host.requests for host in hosts.values()):,} requests at {len(hosts):,} hosts")
    if broken:
        raise DatelineError(
            f"at {broken} of {len(hosts)} hosts a pause, a Retry-After or a condition was not kept"
        )


_TOLD = (
    "requests", "tightest pause", "promised", "too short", "Retry-After", "asked again", "conditional",
    "whole as due", "unchanged", "deferred", "robots.txt: no",
)  # fmt: skip


def _row(host: Host, pace: Pace) -> Iterator[str]:
    yield f"{host.requests:,}"
    yield "-" if pace.pause is None else f"{pace.pause:.2f} s"
    yield "-" if pace.pause is None else f"{pace.promised:.2f} s"
    yield f"{pace.hasty:,}"
    yield f"{pace.rests - pace.broken:,} of {pace.rests:,}" if pace.rests else "-"
    yield f"{host.again:,}"
    yield f"{host.conditional:,} of {host.told:,}" if host.told else "-"
    yield f"{host.whole:,}" if host.told else "-"
    for number in (host.unchanged, host.deferred, host.forbidden):
        yield f"{number:,}"
