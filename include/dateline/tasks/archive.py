"""Tasks of an archive: what was asked for, dealt out over shards, then fetch and clean."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dateline.errors import UsageError
from dateline.settings import from_environment
from dateline.tasks import MOST_SHARDS, Plain, log, require_current, tell

if TYPE_CHECKING:
    from dateline.edges.archive import ArchiveBatch

SHARD_BYTES = 16 * 1024 * 1024
"""A shard holds this much at least, unless it is the last: a task costs a second or two."""


def resolve(asked: Plain, key: str | None) -> Plain:
    """What a person asked for, as an archive that is there.

    Args:
        asked: `path` and, where there is one, `manifest`, both inside the folder of archives
            (DATELINE_ARCHIVES); `kind`, `archive`, `captured_at`, `map` as `dateline import` has them;
            `days`, how a path names its day (`edges.archive_days`).
        key: the day that is wanted, YYYY-MM-DD; the whole archive if None.

    Raises:
        UsageError: it lies elsewhere or nowhere, or a value can't be read.
        OtherSchema: the lake must be migrated first.
    """
    from dateline.edges.archive_days import DayNames
    from dateline.edges.archive_request import fields_of, kind_of
    from dateline.edges.lake.partitions import real_day
    from dateline.run import instant

    require_current()
    instant(asked["captured_at"])
    path = _inside(asked["path"])
    manifest = None if asked["manifest"] is None else _inside(asked["manifest"])
    kind = kind_of(path, asked["kind"], has_manifest=manifest is not None)
    day = real_day(key)
    return {
        "path": str(path),
        "kind": kind,
        "archive": asked["archive"],
        "captured_at": asked["captured_at"],
        "fields": fields_of(asked["map"], [kind]),
        "manifest": manifest and str(manifest),
        "days": DayNames(asked["days"]).pattern,
        "day": day and day.isoformat(),
    }


def _inside(path: str) -> Path:
    root = Path(from_environment().archives).resolve()
    asked = Path(root, path)
    if "\0" in path or not asked.resolve().is_relative_to(root):
        raise UsageError(f"{path[:200]!r} does not lie in the folder of archives, {root}")
    if not asked.exists():
        raise UsageError(f"there is nothing at {asked}")
    return asked


def shards_of(archive: Plain) -> list[Plain]:
    """At most 16 runs of neighbouring batches, of about as many bytes each; none where there are no files.

    A shard is told by the ids of its first and last batch, so a list of a million files stays on disk.

    Args:
        archive: as `resolve` gives it.

    Raises:
        UsageError: the archive's name is no name, or its manifest can't be read.
    """
    batches = _batches(archive)
    sizes = [sum(_size(Path(batch.root, path)) for path in batch.paths) for batch in batches]
    share = max(SHARD_BYTES, -(-sum(sizes) // MOST_SHARDS))
    shards: list[Plain] = []
    held = share
    for batch, size in zip(batches, sizes, strict=True):
        if held >= share and len(shards) < MOST_SHARDS:
            shards.append({**archive, "first": batch.id, "last": batch.id})
            held = 0
        shards[-1]["last"] = batch.id
        held += size
    log.info("%s batches in %s shards", len(batches), len(shards))
    return shards


def fetch_shard(shard: Plain) -> None:
    """Read the files of a shard into captures."""
    from dateline.run import fetch_archive

    settings, fields = from_environment(), shard["fields"]
    tell(fetch_archive(settings, batch, shard["captured_at"], fields) for batch in _of_shard(shard))


def clean_shard(shard: Plain) -> bool:
    """Make the documents of a shard's captures; whether documents moved."""
    from dateline.run import clean_one

    done = [clean_one(from_environment(), batch.id) for batch in _of_shard(shard)]
    tell(done)
    return any(one.changed and one.counts.get("documents", 0) > 0 for one in done)


def _batches(archive: Plain) -> list[ArchiveBatch]:
    from dateline.edges.archive import divide, plan
    from dateline.edges.archive_days import DayNames
    from dateline.edges.archive_request import read_manifest
    from dateline.edges.lake.partitions import real_day

    path = Path(archive["path"])
    (manifest,) = divide([path], read_manifest(archive["manifest"] and Path(archive["manifest"])))
    days = DayNames(archive["days"])
    return plan(path, archive["kind"], archive["archive"], manifest, days=days, only=real_day(archive["day"]))


def _of_shard(shard: Plain) -> list[ArchiveBatch]:
    return [batch for batch in _batches(shard) if shard["first"] <= batch.id <= shard["last"]]


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        # Gone since it was listed: its batch says so, with a reason.
        return 0
