"""`dateline check`: does a lake keep its promises?"""

from __future__ import annotations

from collections import Counter

import typer

from dateline.cli.console import out
from dateline.cli.settings import LakeOption, settings
from dateline.health import Looked, inspect


def check(lake: LakeOption = None) -> None:
    """Read a whole lake: contracts, sums, digests, links, staleness; say for each finding what to do.

    Exit code 1 if a promise is broken; what is dirty or stale, a run puts right.
    """
    looked, levels = Looked(), Counter[str]()
    for finding in inspect(settings(lake), looked):
        levels[finding.level] += 1
        out.print(f"{finding.level}: {finding.what}", markup=False)
    out.print(f"looked at {looked.files:,} files, {looked.rows:,} rows, {looked.days:,} days")
    if looked.young:
        out.print(f"{looked.young:,} files that no receipt lists are too young to be swept")
    if levels["broken"]:
        out.print(f"{levels['broken']} promises are broken")
        raise typer.Exit(1)
    waiting = {level: levels[level] for level in ("dirty", "stale") if levels[level]}
    if waiting:
        out.print(f"every promise is kept; {', '.join(f'{n} {level}' for level, n in waiting.items())}")
    else:
        out.print("every promise is kept")
