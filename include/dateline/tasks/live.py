"""Tasks of live intake: resolve, fetch, clean."""

from __future__ import annotations

from dateline.settings import from_environment
from dateline.tasks import Plain, require_current, tell


def resolve() -> list[Plain]:
    """The segments of a live run that starts now; a retry of what follows gets these same ones.

    Raises:
        UsageError: no source is enabled.
        OtherSchema: the lake must be migrated first.
    """
    from dateline.run import resolve_live

    require_current()
    return [
        {"instant": batch.instant, "shard": batch.shard, "slugs": list(batch.slugs)}
        for batch in resolve_live(from_environment())
    ]


def fetch(segment: Plain) -> str:
    """Poll the sources of a segment; give the id of its batch."""
    from dateline.run import LiveBatch, fetch_live

    batch = LiveBatch(segment["instant"], segment["shard"], tuple(segment["slugs"]))
    tell([fetch_live(from_environment(), batch)])
    return batch.id


def clean(batch_id: str) -> bool:
    """Make the documents of a fetched batch; whether documents moved."""
    from dateline.run import clean_one

    summary = clean_one(from_environment(), batch_id)
    tell([summary])
    return summary.changed and summary.counts.get("documents", 0) > 0
