"""`dateline run`: the configured sources, all steps, without Airflow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Any

import typer

from dateline.cli.console import out, progress
from dateline.cli.ledger import print_ledger, tell
from dateline.cli.settings import LakeOption, WorkersOption, settings
from dateline.edges.lake import Lake
from dateline.edges.lake.partitions import real_day
from dateline.errors import DatelineError
from dateline.live_runs import clean_live, fetch_live, resolve_live, segments
from dateline.run import settle_all
from dateline.settings import Settings
from dateline.settle import Span
from dateline.text.crawl_past import POLLED, SEEN

Outcomes = Counter[tuple[str, str]]
"""(kind of input, outcome) → how many attempts."""


def run(
    date: Annotated[
        str | None,
        typer.Option(
            "--date", help="Settle only this publication day (YYYY-MM-DD); others stay as they are."
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Ask every feed, sitemap and section page now, due or not.")
    ] = False,
    lake: LakeOption = None,
    workers: WorkersOption = None,
) -> None:
    """Fetch the enabled sources, clean, and settle; then print the ledger.

    A feed is asked as often as it changes and asks for; `dateline sources` shows when the next time is.

    What failed is counted by its outcome; exit code 1 if feeds, sitemaps or section pages were asked and
    nothing answered.
    """
    chosen = settings(lake, workers)
    only = real_day(date)
    runs = resolve_live(chosen)
    Lake.open(chosen.lake).require_current()
    for live in runs:
        tell([fetch_live(chosen, live, everything), clean_live(chosen, live.id)])
    tell(progress(settle_all(chosen, Span(only, only)), "settle"))
    print_ledger(chosen)
    _tell_outcomes(_outcomes(chosen, [live.id for live in runs]))


def _outcomes(settings: Settings, runs: Iterable[str]) -> Outcomes:
    """Attempts of some live runs; robots files aside, as most hosts have none."""
    lake = Lake.open(settings.lake)
    found: Counter[Any] = Counter()
    for file in (file for run in runs for one in segments(lake, run) for file in one.of("attempts")):
        for rows in lake.read_facts(file, ["input_kind", "outcome"]):
            kinds, outcomes = (rows.column(name).to_pylist() for name in ("input_kind", "outcome"))
            pairs = zip(kinds, outcomes, strict=True)
            found.update((kind, outcome) for kind, outcome in pairs if kind != "robots")
    return found


def _tell_outcomes(outcomes: Outcomes) -> None:
    """Say in one line what came of all that was asked, if anything failed.

    Raises:
        DatelineError: what names pages was asked, and nothing answered. Where no feed is due, one page that
            was owed and fails again is no fault of the run.
    """
    found: Counter[str] = Counter()
    for (_, outcome), count in outcomes.items():
        found[outcome] += count
    if not found:
        out.print("nothing was due; `--all` asks everything now", markup=False)
    failed = {outcome: count for outcome, count in found.items() if outcome not in SEEN}
    if not failed:
        return
    told = ", ".join(f"{count} {outcome.replace('_', ' ')}" for outcome, count in sorted(found.items()))
    out.print(f"asked: {told}", markup=False)
    # What was put off (Retry-After, the time budget) was not asked.
    asked = any(kind in POLLED and outcome != "deferred" for kind, outcome in outcomes)
    if asked and not any(found[outcome] for outcome in SEEN):
        raise DatelineError(f"nothing that was asked answered ({told})")
