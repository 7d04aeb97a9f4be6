"""Live runs: the sources of a shard are polled into segments, each a batch with a receipt of its own.

A run that was killed loses the segment that it was in. Its retry, or the next run of the same sources, goes
on from there: pages of earlier segments are known to the crawl state, and what names pages is read again
from the lake (`edges.lake.open_runs`), not asked for again.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any

from dateline import live
from dateline.edges import sources
from dateline.edges.clock import Clock
from dateline.edges.lake import Lake, open_runs, tombstones
from dateline.edges.lake.holds import only
from dateline.edges.lake.receipts import Receipt, batch_key
from dateline.errors import BatchMoved, UsageError
from dateline.intake import clean_batch, fetch_once
from dateline.recalled import SiteFiles, index, leading, led, recall, reread
from dateline.remembered import crawl_state
from dateline.report import Summary
from dateline.resources import Resources
from dateline.settings import Settings

SEGMENT_ROWS = 250
"""Exchanges of a segment, at most: what a killed run has to ask for again."""
SEGMENT_BYTES = 64 * 1024 * 1024
"""Bodies of a segment, about: what a run holds in memory and on temporary disk."""
SEGMENT_SECONDS = 120.0
"""A segment ends with the first exchange after so long: slow hosts must not lose hours of waiting."""
_TRIES = 3


@dataclass(frozen=True)
class LiveRun:
    """The polling of one shard at one instant: what a retry must go on with.

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
        """`live/<resolve instant>/<host shard>`; its segments add `/0`, `/1` and so on."""
        return f"live/{self.instant}/{self.shard:03d}"


def resolve_live(settings: Settings) -> list[LiveRun]:
    """The runs that start now, one for each host shard that has sources.

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
            found.append(LiveRun(now.isoformat(), shard, tuple(source.slug for source in mine)))
    return found


def fetch_live(settings: Settings, run: LiveRun, force: bool = False) -> Summary:
    """Poll the sources of a run, or go on with it where it was left, unless it has come to its end.

    Args:
        force: ask every feed, sitemap and section page, also those that are not due.

    Raises:
        LeaseHeld: another task is polling the shard: one that was given up, and lives on, or another run.
        BatchMoved: something was forgotten meanwhile, again and again.
    """
    lake, clock = Lake.open(settings.lake), Clock.of(settings)
    holds = lake.store.holds(clock)
    with only(holds, f"live shard {run.shard}"):
        for left in reversed(range(_TRIES)):
            try:
                return _fetch(lake, settings, run, force, clock)
            except BatchMoved:
                # What the segments before it hold stays; only its own is asked for again.
                if not left:
                    raise
    raise AssertionError("unreachable")


def segments(lake: Lake, run_id: str) -> Iterator[Receipt]:
    """The fetch receipts of a run's segments, in order."""
    for number in count():
        receipt = lake.receipt("fetch", batch_key(f"{run_id}/{number}"))
        if receipt is None:
            return
        yield receipt


def clean_live(settings: Settings, run_id: str) -> Summary:
    """Make the documents of all segments of a run."""
    lake, rules, began = Lake.open(settings.lake), Resources(settings).clean, time.monotonic()
    done = [clean_batch(lake, receipt.id, rules) for receipt in segments(lake, run_id)]
    if not any(one.changed for one in done):
        told = "its captures are unchanged" if done else "it has not been fetched"
        return Summary("clean", run_id, skipped=told, changed=False)
    counts: Counter[str] = Counter()
    for one in done:
        counts.update(one.counts)
    return Summary("clean", run_id, dict(counts), time.monotonic() - began)


def _fetch(lake: Lake, settings: Settings, run: LiveRun, force: bool, clock: Clock) -> Summary:
    began, done = time.monotonic(), len(list(segments(lake, run.id)))
    opened = list(open_runs.open_runs(lake.store))
    if done and run.id not in {one.id for one in opened}:
        return Summary("fetch", run.id, skipped="fetched before", changed=False)
    configured = sources.load(settings.sources)
    forgotten = tombstones.known(lake.store)
    mine = [source for source in configured if source.slug in set(run.slugs) - forgotten.sources]
    left = [one.id for one in opened if set(one.slugs) & set(run.slugs)]
    open_runs.begin(lake.store, open_runs.OpenRun(run.id, run.slugs))
    state = crawl_state(lake, clock.now())
    plan = live.Plan(
        state,
        partial(recall, lake),
        lake.store.holds(clock),
        SiteFiles(lake, state),
        force,
        forgotten,
        lambda: (row for one in left for receipt in segments(lake, one) for row in leading(lake, receipt)),
        partial(reread, lake),
        partial(led, lake),
        partial(index, lake),
    )
    counts: Counter[str] = Counter()
    with closing(live.exchanges(mine, plan, settings, clock)) as rows:
        for number, segment in enumerate(cut(rows), done):
            batch, inputs = f"{run.id}/{number}", {"resolved": run.instant}
            counts.update(fetch_once(lake, batch, inputs, partial(_given, segment)).counts)
    open_runs.end(lake.store, set(run.slugs), {source.slug for source in configured})
    return Summary("fetch", run.id, dict(counts), time.monotonic() - began)


def _given(rows: Iterable[dict[str, Any]], *_: object) -> Iterable[dict[str, Any]]:
    return rows


def cut(rows: Iterable[dict[str, Any]]) -> Iterator[Iterator[dict[str, Any]]]:
    """Exchanges in segments, numbered anew in each (`seq`): at least one, which may be empty.

    Each must be read to its end before the next is asked for.
    """
    stream = iter(rows)
    ahead = next(stream, None)

    def segment() -> Iterator[dict[str, Any]]:
        nonlocal ahead
        size, ends = 0, time.monotonic() + SEGMENT_SECONDS
        for seq in range(SEGMENT_ROWS):
            if ahead is None or (seq and (size > SEGMENT_BYTES or time.monotonic() > ends)):
                return
            size += len(ahead["body"] or b"")
            yield {**ahead, "seq": seq}
            ahead = next(stream, None)

    yield segment()
    while ahead is not None:
        yield segment()
