"""What an orchestrator calls: one function a task, plain values in and out.

Everything that passes between two tasks is a name, a day or a digest, never rows. Each function reads the
settings and opens the lake itself, so it can run on any worker, and again: what is done is not done twice.
What was done is told to the log, a line a step.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dateline.errors import UsageError
from dateline.pipeline import NULL_PARTITION
from dateline.settings import from_environment

log = logging.getLogger("dateline")

MOST_SHARDS = 16
"""Tasks that read one archive; more would be more overhead than gain."""

SHARD_BYTES = 16 * 1024 * 1024
"""A shard holds this much at least, unless it is the last: a task costs a second or two by itself."""

Plain = dict[str, Any]
"""A value that JSON can hold."""


def _tell(summaries: Iterable[Any]) -> bool:
    """Log a line a summary; whether any changed something."""
    changed = False
    for summary in summaries:
        log.info(summary.line)
        changed |= summary.changed
    return changed


# Live intake


def resolve() -> list[Plain]:
    """The segments of a live run that starts now; a retry of what follows gets these same ones.

    Raises:
        UsageError: no source is enabled.
    """
    from dateline.run import resolve_live

    return [
        {"instant": batch.instant, "shard": batch.shard, "slugs": list(batch.slugs)}
        for batch in resolve_live(from_environment())
    ]


def fetch(segment: Plain) -> str:
    """Poll the sources of a segment; give the id of its batch."""
    from dateline.run import LiveBatch, fetch_live

    batch = LiveBatch(segment["instant"], segment["shard"], tuple(segment["slugs"]))
    _tell([fetch_live(from_environment(), batch)])
    return batch.id


def clean(batch_id: str) -> bool:
    """Make the documents of a fetched batch; whether documents moved."""
    from dateline.run import clean_one

    summary = clean_one(from_environment(), batch_id)
    _tell([summary])
    return summary.changed and summary.counts.get("documents", 0) > 0


# Archives


def check_archive(path: str, kind: str, archive: str | None, captured_at: str | None) -> Plain:
    """What a person asked for, as an archive that is there.

    Args:
        path: inside the folder of archives (DATELINE_ARCHIVES).
        kind: how its files are written (`edges.archive.KINDS`).
        archive: its name; by default the folder's or file's own.
        captured_at: when its files were captured, where they don't say so themselves.

    Raises:
        UsageError: it lies elsewhere or nowhere, or a value can't be read.
    """
    from dateline.edges.archive import KINDS
    from dateline.text.dates import parse

    if kind not in KINDS:
        raise UsageError(f"the kind {kind!r} is none of {', '.join(KINDS)}")
    if captured_at is not None and parse(captured_at) is None:
        raise UsageError(f"no instant or day: {captured_at[:40]!r}")
    root = Path(from_environment().archives).resolve()
    asked = Path(root, path)
    if "\0" in path or not asked.resolve().is_relative_to(root):
        raise UsageError(f"{path[:200]!r} does not lie in the folder of archives, {root}")
    if not asked.exists():
        raise UsageError(f"there is nothing at {asked}")
    return {"path": str(asked), "kind": kind, "archive": archive, "captured_at": captured_at}


def shards_of(asked: Plain) -> list[Plain]:
    """At most 16 runs of neighbouring batches, of about as many bytes each.

    A shard is told by the ids of its first and last batch, so a list of a million files stays on disk.

    Raises:
        UsageError: the archive's name is no name.
    """
    batches = _batches(asked)
    sizes = [sum(_size(Path(batch.root, path)) for path in batch.paths) for batch in batches]
    share = max(SHARD_BYTES, -(-sum(sizes) // MOST_SHARDS))
    shards: list[Plain] = []
    held = share
    for batch, size in zip(batches, sizes, strict=True):
        if held >= share and len(shards) < MOST_SHARDS:
            shards.append({**asked, "first": batch.id, "last": batch.id})
            held = 0
        shards[-1]["last"] = batch.id
        held += size
    log.info("%s batches in %s shards", len(batches), len(shards))
    return shards


def fetch_shard(shard: Plain) -> None:
    """Read the files of a shard into captures."""
    from dateline.run import fetch_archive

    settings = from_environment()
    _tell(fetch_archive(settings, batch, shard["captured_at"], {}) for batch in _of_shard(shard))


def clean_shard(shard: Plain) -> bool:
    """Make the documents of a shard's captures; whether documents moved."""
    moved = [clean(batch.id) for batch in _of_shard(shard)]
    return any(moved)


def _batches(asked: Plain) -> list[Any]:
    from dateline.edges.archive import plan

    return plan(Path(asked["path"]), asked["kind"], asked["archive"])


def _of_shard(shard: Plain) -> list[Any]:
    return [batch for batch in _batches(shard) if shard["first"] <= batch.id <= shard["last"]]


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        # Gone since it was listed: its batch says so, with a reason.
        return 0


# Settling


def find_dirty(owner: str) -> tuple[list[list[str]], dict[str, str]]:
    """Take the lease of the lake and find the days whose documents moved.

    Args:
        owner: who holds the lease from here on; not if this fails.

    Returns:
        Groups of day names to sign, and the row digest that each of these days is published with.

    Raises:
        LeaseHeld: another run is settling the lake.
    """
    from dateline import settle
    from dateline.edges.clock import Clock

    days = settle.days_of(from_environment())
    _renew(days.lake, owner)
    try:
        days.lake.store.sweep(Clock().now().timestamp() - settle.ORPHAN_SECONDS)
        return _grouped(days, settle.dirty(days, settle.EVERY_DAY), "dirty")
    except BaseException:
        free(owner)
        raise


def find_affected(owner: str) -> tuple[list[list[str]], dict[str, str]]:
    """The days whose links, annotations or articles are not made from their inputs as they are.

    Returns:
        Groups of day names to publish, and the row digest that each is published with until then.
    """
    from dateline import settle

    days = settle.days_of(from_environment())
    _renew(days.lake, owner)
    return _grouped(days, settle.affected(days, settle.EVERY_DAY), "affected")


def work(verb: str, names: list[str], owner: str) -> None:
    """Run a step over some days, renewing the lease before each.

    Raises:
        LeaseHeld: it expired, and another run has taken it over.
    """
    from dateline import settle
    from dateline.edges.lake.partitions import parse_day

    days = settle.days_of(from_environment())
    for name in names:
        _renew(days.lake, owner)
        _tell(settle.work(days, verb, [parse_day(name)]))


def changed(before: dict[str, str]) -> list[str]:
    """The days whose articles are other than before, the null partition aside: it is no day.

    Args:
        before: day name → row digest that it was published with, as `find_…` gave it.
    """
    from dateline import settle

    days = settle.days_of(from_environment())
    now = _digests(days, before)
    return sorted(name for name, digest in before.items() if now[name] != digest and name != NULL_PARTITION)


def free(owner: str) -> None:
    """Give the lease of the lake back, if `owner` has it."""
    from dateline import settle
    from dateline.edges.lake import lease

    lease.free(settle.days_of(from_environment()).lake.store, owner)


def _renew(lake: Any, owner: str) -> None:
    from dateline.edges.clock import Clock
    from dateline.edges.lake import lease

    lease.take(lake.store, owner, Clock().now())


def _grouped(days: Any, found: list[Any], what: str) -> tuple[list[list[str]], dict[str, str]]:
    from dateline import settle

    names = settle.names(found)
    log.info("%s %s days: %s", len(names), what, ", ".join(names[:20]) or "nothing to do")
    return [settle.names(group) for group in settle.groups(days, found)], _digests(days, names)


def _digests(days: Any, names: Iterable[str]) -> dict[str, str]:
    from dateline.edges.lake.partitions import parse_day

    return {name: days.digest("articles", parse_day(name)) or "" for name in names}
