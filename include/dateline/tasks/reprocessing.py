"""Tasks of reprocessing: what older versions made, dealt out over shards, then made again."""

from __future__ import annotations

from dateline.errors import UsageError
from dateline.settings import from_environment
from dateline.tasks import MOST_SHARDS, Plain, log, tell
from dateline.tasks.settling import span_of

SHARD_CAPTURES = 2000
"""A shard holds this many at least, unless it is the last: a task costs a second or two."""

# `asked`, in what follows: `from`, `to` (YYYY-MM-DD or None), `reason`, and `dry_run`.


def plan(asked: Plain) -> list[Plain]:
    """Tell what would be made again; give it as at most 16 shards, none in a dry run.

    A shard is told by the keys of its first and last batch.

    Raises:
        UsageError: a value can't be used, or there is no lake.
    """
    from dateline import reprocess

    span = span_of(asked)
    if not asked["reason"].strip():
        raise UsageError("give a reason: readers find it in `changes`")
    found = reprocess.plan(from_environment(), span)
    for line in found.lines:
        log.info(line)
    if asked["dry_run"]:
        log.info("a dry run: nothing is changed")
        return []
    share = max(SHARD_CAPTURES, -(-sum(batch.captures for batch in found.batches) // MOST_SHARDS))
    shards: list[Plain] = []
    held = share
    for batch in found.batches:
        if held >= share and len(shards) < MOST_SHARDS:
            shards.append({"from": asked["from"], "to": asked["to"], "first": batch.key})
            held = 0
        shards[-1]["last"] = batch.key
        held += batch.captures
    return shards


def clean_shard(shard: Plain) -> bool:
    """Make the documents of a shard's batches again; whether there were any left to make."""
    from dateline import reprocess

    settings = from_environment()
    found = reprocess.stale_batches(settings, span_of(shard))
    mine = [batch.id for batch in found if shard["first"] <= batch.key <= shard["last"]]
    return tell(reprocess.clean_again(settings, batch) for batch in mine)


def to_settle(asked: Plain) -> Plain | None:
    """What news_settle is asked for then; None where nothing is to be done, or this was a dry run."""
    from dateline.outdated import affected, dirty, stale, unclustered
    from dateline.settle import days_of

    if asked["dry_run"]:
        return None
    span, days = span_of(asked), days_of(from_environment(), create=False)
    moved = dirty(days, span) or affected(days, span) or unclustered(days, span)
    if not (moved or any(stale(days, span).values())):
        return None
    return {"stale": True, "from": asked["from"], "to": asked["to"], "note": asked["reason"].strip()}
