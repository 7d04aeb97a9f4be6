"""Tasks of live intake: resolve, fetch, clean."""

from __future__ import annotations

from dateline.settings import from_environment
from dateline.tasks import Plain, require_current, tell


def resolve() -> list[Plain]:
    """The runs that start now, one for each shard; a retry of what follows gets these same ones.

    Raises:
        UsageError: no source is enabled.
        OtherSchema: the lake must be migrated first.
    """
    from dateline.live_runs import resolve_live

    require_current()
    return [
        {"instant": run.instant, "shard": run.shard, "slugs": list(run.slugs)}
        for run in resolve_live(from_environment())
    ]


def fetch(shard: Plain) -> str:
    """Poll the sources of a shard, or go on where a try before this one was ended; give the id of the run."""
    from dateline.live_runs import LiveRun, fetch_live

    run = LiveRun(shard["instant"], shard["shard"], tuple(shard["slugs"]))
    tell([fetch_live(from_environment(), run)])
    return run.id


def clean(run_id: str) -> bool:
    """Make the documents of all that a run fetched; whether documents moved."""
    from dateline.live_runs import clean_live

    summary = clean_live(from_environment(), run_id)
    tell([summary])
    return summary.changed and summary.counts.get("documents", 0) > 0
