"""`dateline check`: does a lake keep its promises?"""

from __future__ import annotations

import typer

from dateline.cli.console import out
from dateline.cli.settings import LakeOption, settings
from dateline.health import Finding, inspect


def check(lake: LakeOption = None) -> None:
    """Check a lake's contracts, sums, digests and staleness, and say what to do."""
    found: list[Finding] = []
    for finding in inspect(settings(lake)):
        found.append(finding)
        out.print(f"{finding.level}: {finding.what}", markup=False)
    bad = sum(finding.level == "broken" for finding in found)
    if bad:
        out.print(f"{bad} promises are broken")
        raise typer.Exit(1)
    out.print("every promise is kept")
