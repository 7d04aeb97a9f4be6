"""The operations that the command line and Airflow call: the only place where intake and settle meet.

Every argument and result is a plain value or a Summary, so that each can run in a process or a task of
its own.
"""

from __future__ import annotations

import os
import signal
import socket
import uuid
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import Any, TypeVar

from dateline import live
from dateline.edges import sources
from dateline.edges.archive import ArchiveBatch
from dateline.edges.clock import Clock
from dateline.edges.lake import Lake, tombstones
from dateline.edges.lake.holds import only
from dateline.edges.lake.partitions import Day
from dateline.edges.process import end_with_parent
from dateline.errors import UsageError, WorkerKilled
from dateline.intake import clean_batch, fetch_batch
from dateline.remembered import SiteFiles, crawl_state, recall, reread
from dateline.report import Summary
from dateline.resources import Resources
from dateline.settings import Settings
from dateline.settle import Span, days_of, leased, names, settle, work_apart
from dateline.step import digest

T = TypeVar("T")


# Live intake


@dataclass(frozen=True)
class LiveBatch:
    """One segment of a live run: what a retry must repeat exactly.

    Args:
        instant: when the run was resolved, ISO 8601; fixed over retries.
        shard: which host shard.
        slugs: sources of the shard.
    """

    instant: str
    shard: int
    slugs: tuple[str, ...]

    @property
    def id(self) -> str:
        """`live/<resolve instant>/<host shard>/<segment>`."""
        return f"live/{self.instant}/{self.shard:03d}/0"


def resolve_live(settings: Settings) -> list[LiveBatch]:
    """The segments of a live run that starts now, one for each host shard that has sources.

    Raises:
        UsageError: no source is enabled.
    """
    now = Clock.of(settings).now()
    enabled = [
        source for source in sources.load(settings.sources) if source.enabled and source.is_live(now.date())
    ]
    if not enabled:
        raise UsageError(f"no source in {settings.sources} is enabled; see `dateline sources`")
    found = []
    for shard in range(settings.shards):
        mine = live.of_shard(enabled, shard, settings.shards)
        if mine:
            found.append(LiveBatch(now.isoformat(), shard, tuple(source.slug for source in mine)))
    return found


def fetch_live(settings: Settings, batch: LiveBatch, force: bool = False) -> Summary:
    """Poll the sources of a segment, unless its receipt says that this was done.

    Args:
        force: ask every feed, sitemap and section page, also those that are not due.

    Raises:
        LeaseHeld: another task is polling the shard: one that was given up, and lives on, or another run.
    """
    lake, clock = Lake.open(settings.lake), Clock.of(settings)
    holds, forgotten = lake.store.holds(clock), tombstones.known(lake.store)
    slugs = set(batch.slugs) - forgotten.sources
    mine = [source for source in sources.load(settings.sources) if source.slug in slugs]

    def read(_: list[str], __: int) -> Iterator[dict[str, Any]]:
        state = crawl_state(lake, clock.now())
        sites, again = SiteFiles(lake, state), partial(reread, lake)
        plan = live.Plan(state, partial(recall, lake), holds, sites, force, forgotten, again)
        return live.exchanges(mine, plan, settings, clock)

    with only(holds, f"live shard {batch.shard}"):
        return fetch_batch(lake, batch.id, {"resolved": batch.instant}, read)


# Archives


def fetch_archive(
    settings: Settings, batch: ArchiveBatch, captured: str | None, mapping: dict[str, str]
) -> Summary:
    """Read a batch of an archive into captures.

    Args:
        captured: when its files were captured, ISO 8601, where they don't say so themselves.
        mapping: our field → theirs, for JSON lines.
    """
    when = instant(captured)

    def read(wanted: list[str], start: int) -> Iterator[dict[str, Any]]:
        seq = start
        for path in wanted:
            for row in _read_file(batch, path, when, mapping, settings.max_bytes):
                yield {**row, "seq": seq}
                seq += 1

    inputs = batch.fingerprints()
    if captured is not None or mapping:
        # Told anew, the same files are other inputs: a corrected map or date is not "unchanged".
        told = digest([captured, sorted(mapping.items())])
        inputs = {path: f"{fingerprint} {told}" for path, fingerprint in inputs.items()}
    return fetch_batch(Lake.open(settings.lake), batch.id, inputs, read)


def instant(text: str | None) -> datetime | None:
    """The instant (or the first one of the day) that a person gave; None where none was given.

    Raises:
        UsageError: it is neither.
    """
    from dateline.text.dates import parse

    if text is None:
        return None
    when = parse(text)
    if when is None or when.precision == "month":
        raise UsageError(f"no instant or day: {text[:40]!r}")
    return when.instant


def _read_file(
    batch: ArchiveBatch, path: str, captured: datetime | None, mapping: dict[str, str], limit: int
) -> Iterator[dict[str, Any]]:
    from dateline.sources import html, jsonl, text, warc
    from dateline.sources.exchange import exchange

    asked = {"text": "text", "jsonl": "record"}.get(batch.kind, "page")
    name = path.encode("utf-8", "backslashreplace").decode()
    refused = batch.refusal(path)
    if refused is None:
        try:
            with Path(batch.root, path).open("rb") as stream:
                if batch.kind == "text":
                    yield from text.read(stream, path, batch.archive, captured, limit=limit)
                elif batch.kind == "html":
                    entry = batch.entries.get(path)
                    yield from html.read(stream, path, batch.archive, entry, captured, limit=limit)
                elif batch.kind == "jsonl":
                    yield from jsonl.read(stream, path, batch.archive, mapping, captured, limit=limit)
                else:
                    yield from warc.read(stream, path, batch.archive, captured, limit=limit)
        except OSError as error:
            # Also in the middle of a file: what was read stays, and the rest is told as a failure.
            failure = "missing" if isinstance(error, FileNotFoundError) else "unreadable"
            refused = failure, error.strerror or type(error).__name__
        else:
            return
    failure, told = refused
    yield {
        **exchange(asked, batch.archive, name, 0, captured, failure=failure, detail=told),
        "url": batch.url(path),
    }


# Both


def clean_one(settings: Settings, batch_id: str, again: bool = False) -> Summary:
    """Make the documents of a fetched batch."""
    return clean_batch(Lake.open(settings.lake), batch_id, Resources(settings).clean, again=again)


def import_batch(
    settings: Settings, batch: ArchiveBatch, captured: str | None, mapping: dict[str, str]
) -> list[Summary]:
    """Fetch and clean one batch of an archive."""
    return [fetch_archive(settings, batch, captured, mapping), clean_one(settings, batch.id)]


def settle_all(
    settings: Settings,
    span: Span | None = None,
    *,
    versions: bool = False,
    owner: str | None = None,
    note: str | None = None,
) -> Iterator[Summary]:
    """Settle the lake, holding its lease.

    Args:
        span: days that may be touched; all by default.
        versions: make stale days again as well.
        owner: who holds the lease, in words; this process by default.
        note: what the person said who asked for it, for `changes`.

    Raises:
        LeaseHeld: another run is settling it.
    """
    lake, clock = Lake.open(settings.lake), Clock()
    holder = owner or f"dateline {socket.gethostname()} {os.getpid()} {uuid.uuid4().hex[:8]}"

    def run(verb: str, wanted: list[list[Day]], force: bool) -> Iterator[Summary]:
        apart = partial(work_apart, force=force, versions=versions, note=note)
        calls = [(settings, verb, names(group), holder) for group in wanted]
        for summaries in spread(apart, calls, settings.workers):
            yield from summaries

    with leased(lake, clock, holder):
        yield from settle(settings, run, span or Span(), versions=versions)


def spread(function: Callable[..., T], calls: Iterable[tuple[Any, ...]], workers: int) -> Iterator[T]:
    """Results of some calls in their order, over processes where there are several workers.

    Raises:
        WorkerKilled: a worker was ended from outside.
    """
    listed = list(calls)
    if workers == 1 or len(listed) < 2:
        for call in listed:
            yield function(*call)
        return
    # Spawned, not forked: Arrow's threads do not survive a fork. Ctrl-C ends workers without a word of
    # each; the parent speaks for them.
    others = set(active_children())
    with ProcessPoolExecutor(
        min(workers, len(listed)), get_context("spawn"), initializer=_begin_worker
    ) as pool:
        futures = [pool.submit(function, *call) for call in listed]
        try:
            for future in futures:
                yield future.result()
        except BrokenProcessPool as error:
            raise WorkerKilled(
                "a worker process was killed, most likely for lack of memory: run it again, "
                "with fewer --workers if it happens again"
            ) from error
        except BaseException:
            # Who stops us, or whatever failed, does not wait for hours of work that another run would repeat.
            # What still waits ends with the workers: Python 3.11 prints a traceback over a cancelled future.
            for worker in set(active_children()) - others:
                worker.terminate()
            raise


def _begin_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    end_with_parent()


# The ledger


def ledger(settings: Settings) -> dict[str, int]:
    """The lake's totals: tried, captured, documents, rejected, duplicates, published."""
    lake, days = Lake.open(settings.lake, create=False), days_of(settings)
    totals = dict.fromkeys(("tried", "captured", "documents", "rejected", "duplicates", "published"), 0)
    for step in ("fetch", "clean"):
        for receipt in lake.receipts(step):
            for name, dataset in (
                ("tried", "attempts"),
                ("captured", "captures"),
                ("documents", "documents"),
                ("rejected", "rejects"),
            ):
                totals[name] += sum(file.rows for file in receipt.of(dataset))
    for day in days.lake.days("articles"):
        for batch in lake.read_day("articles", day, ["duplicate_of"]):
            totals["published"] += batch.num_rows
            totals["duplicates"] += batch.num_rows - batch.column(0).null_count
    return totals


def with_workers(settings: Settings, workers: int | None) -> Settings:
    """The settings with another number of processes."""
    return settings if workers is None else replace(settings, workers=workers)
