"""Settle: make the published days right again.

A day is *dirty* when the input digests in its footers differ from the present ones, *stale* when older
declared versions made it. The lake is trusted, not events: whatever was missed is found here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dateline import takedown
from dateline.days import Days
from dateline.edges.clock import Clock
from dateline.edges.lake import Lake, lease
from dateline.edges.lake.orphans import sweep
from dateline.edges.lake.partitions import Day, day_name, parse_day, sort_key
from dateline.edges.lake.spool import sweep_spools
from dateline.edges.process import identity
from dateline.errors import Damaged, LakeError
from dateline.intake import clean_batch
from dateline.outdated import affected, chained, dirty, stale
from dateline.pipeline import DERIVED_DATASETS, SETTLE
from dateline.report import Summary
from dateline.resources import Resources
from dateline.settings import Settings

MOST_GROUPS = 16
"""Groups of days that are worked on apart; more would be more overhead than gain."""
GROUP_DOCUMENTS = 500
"""Documents a group holds at least, unless it is the only one: a process costs a second or two."""

ORPHAN_SECONDS = 6 * 3600
"""A file that is staged, or that no receipt lists, and older than this belongs to no run that still lives."""


@dataclass(frozen=True)
class Span:
    """The days that a settle run may touch; None leaves an end open (and lets the null partition in)."""

    start: date | None = None
    end: date | None = None

    def __contains__(self, day: Day) -> bool:
        if day is None:
            return self.start is None and self.end is None
        return (self.start is None or day >= self.start) and (self.end is None or day <= self.end)


EVERY_DAY = Span()


def days_of(
    settings: Settings,
    *,
    owner: str | None = None,
    force: bool = False,
    versions: bool = False,
    note: str | None = None,
    create: bool = True,
) -> Days:
    """The derived days of the lake that the settings name.

    Args:
        owner: who holds the lease; that is looked at just before anything is put in place.
        force: make days again although their inputs are as they were.
        versions: whether the run makes stale days again.
        note: what the person said who asked for it, for `changes`.
        create: make the lake where there is none; otherwise that is a UsageError.
    """
    lake = Lake.open(settings.lake, create=create)
    days = Days(lake, Resources(settings), Clock.of(settings), force, versions, note)
    if owner is None:
        return days
    return replace(days, guard=lambda: lease.renew(lake.store, owner, Clock().now()))


def prepare(days: Days, span: Span = EVERY_DAY, *, versions: bool = False) -> Iterator[Summary]:
    """What a settle run does first: take down what was forgotten, and clear up after runs that died. The
    caller holds the lease.

    Orphaned files are swept, captures that no clean receipt names are cleaned (a live batch is never fetched
    again, so nobody else would), documents whose files have vanished are made again from their captures,
    and rows of `changes` are brought in line with what is published. `days` must be read anew after it.

    Args:
        span: days that may be touched.
        versions: whether stale days will be made again: then those may be of an older schema.

    Raises:
        OtherSchema: a file is of an older or newer schema; says what to do.
        LakeError: there are days and no receipts, or captures have vanished with their documents; says what
            a person must do.
    """
    derived = {day for dataset in DERIVED_DATASETS for day in days.lake.days(dataset)}
    if derived and not days.lake.has_receipts():
        raise LakeError(
            f"{days.lake.store.uri} has days and has no receipts: restore its folder receipts/ first"
        )
    yield from _without_damage(days, span)
    days.lake.require_current(derived=not versions)
    rules = days.resources.clean
    yield from takedown.complete(days.lake, lambda one: clean_batch(days.lake, one, rules), days.guard)
    before = Clock().now().timestamp() - ORPHAN_SECONDS
    if kept := sweep(days.lake, before).kept:
        # Of a run that died before its receipt, or receipts were lost: then days lose what was made of them.
        yield Summary("prepare", "see `dateline check`", {"files_that_no_receipt_knows": kept}, changed=False)
    sweep_spools(before)
    present = {path for name in ("documents", "rejects") for path in days.lake.store.list(name)}
    for receipt in list(days.lake.receipts("clean")):
        days.guard()
        if any(file.path not in present for file in receipt.files):
            yield clean_batch(days.lake, receipt.id, days.resources.clean, again=True)
    for receipt in list(days.lake.receipts("fetch")):
        cleaned = days.lake.receipt("clean", receipt.batch)
        if cleaned is None or cleaned.inputs != {one.path: one.row_digest for one in receipt.of("captures")}:
            yield clean_batch(days.lake, receipt.id, days.resources.clean)
    # Of what was cleaned only now, pages may call themselves by the name of what was forgotten.
    yield from takedown.complete(days.lake, lambda one: clean_batch(days.lake, one, rules), days.guard)
    for day in sorted({*days.history.of, *days.lake.days("articles")}, key=sort_key):
        if done := days.history.repair(day, days.digest("articles", day) or ""):
            yield Summary("changes", day_name(day), {done: 1}, changed=False)


def _without_damage(days: Days, span: Span) -> Iterator[Summary]:
    """Take derived files away whose footers make no sense: they are made again.

    Raises:
        LakeError: one lies on a day that may not be touched, so that nobody would make it again.
    """
    for dataset in DERIVED_DATASETS:
        for day in days.lake.days(dataset):
            try:
                days.lake.footer(dataset, day)
            except Damaged as error:
                if day not in span:
                    raise LakeError(f"{error}; a settle of all days makes it again") from error
                days.lake.remove_day(dataset, day)
                yield Summary("prepare", f"{dataset} of {day_name(day)}", {"damaged_files_removed": 1})


def groups(days: Days, wanted: list[Day]) -> list[list[Day]]:
    """At most 16 runs of neighbouring days, each of 500 documents or more unless it is the only one."""
    counts = {day: sum(file.rows for file in days.documents.get(day, [])) for day in wanted}
    least = max(GROUP_DOCUMENTS, -(-sum(counts.values()) // MOST_GROUPS))
    made: list[list[Day]] = []
    held = 0
    for day in sorted(wanted, key=sort_key):
        if not made or held >= least:
            made.append([])
            held = 0
        made[-1].append(day)
        held += counts[day]
    if len(made) > 1 and held < GROUP_DOCUMENTS:
        last = made.pop()
        made[-1] += last
    return made


def work(days: Days, verb: str, wanted: list[Day]) -> Iterator[Summary]:
    """Run one step over some days."""
    for day in wanted:
        if verb == "sign" and day not in days.documents:
            yield days.remove(day)
        elif verb == "cluster":
            yield from _cluster(days, day)
        else:
            step: Callable[[Day], Summary] = getattr(days, verb)
            yield step(day)


def _cluster(days: Days, day: Day) -> Iterator[Summary]:
    """Make the clusters of a day where its inputs have moved; of the many that stay nothing is told."""
    again = days.versions and days.is_stale("clusters", day)
    if again or not days.is_current("clusters", day):
        yield replace(days, force=True).cluster(day) if again else days.cluster(day)


def work_apart(settings: Settings, verb: str, names: list[str], owner: str, **how: Any) -> list[Summary]:
    """`work` over day names, from plain values: for another process. Renews the lease before each day.

    Args:
        how: `force`, `versions` and `note`, as `days_of` takes them.

    Raises:
        LeaseHeld: the lease had expired, and another run has taken it over.
    """
    days = days_of(settings, owner=owner, **how)
    done: list[Summary] = []
    with lease.kept(days.lake.store, owner, Clock().now):
        for name in names:
            days.guard()
            done += work(days, verb, [parse_day(name)])
    return done


@contextmanager
def leased(lake: Lake, clock: Clock, owner: str) -> Iterator[None]:
    """Hold the lease of the lake.

    Raises:
        LeaseHeld: another run has it.
    """
    lease.take(lake.store, owner, clock.now(), identity())
    try:
        with lease.kept(lake.store, owner, clock.now):
            yield
    finally:
        lease.free(lake.store, owner)


Work = Callable[[str, list[list[Day]], bool], Iterator[Summary]]
"""How a step is run over groups of days: (verb, groups, force) → summaries."""


def settle(
    settings: Settings, run: Work, span: Span = EVERY_DAY, *, versions: bool = False
) -> Iterator[Summary]:
    """Sign the dirty days, find the affected ones, deduplicate, enrich and publish them; in between follow
    the links to clusters, day by day.

    Args:
        run: how steps are run; see `dateline.run`.
        span: days that may be touched; others stay dirty.
        versions: make stale days again as well.

    Yields:
        One summary for each step and day, `nothing to do` included.
    """
    days = days_of(settings)
    yield from prepare(days, span, versions=versions)
    days = replace(days)  # forgets what was cached
    old = stale(days, span) if versions else {step.verb: [] for step in SETTLE}
    touched = dirty(days, span)
    yield from _each(days, run, "sign", touched, old["sign"])
    days = replace(days)  # forgets what was cached: signatures have moved
    wanted = affected(days, span)
    chain: list[Day] = []
    for step in SETTLE[1:]:
        if step.verb != "cluster":
            yield from _each(days, run, step.verb, wanted, old[step.verb])
        elif chain := chained(days, span, versions=versions):
            # One group: a day is made from the days before it.
            yield from run(step.verb, [chain], False)
    if not (touched or wanted or chain or any(old.values())):
        yield Summary("settle", days.lake.store.uri, skipped="every day is as its inputs are", changed=False)


def _each(days: Days, run: Work, verb: str, moved: list[Day], old: list[Day]) -> Iterator[Summary]:
    """One step over the days whose inputs moved, and over the stale ones though they did not; each once."""
    first = [day for day in moved if day not in old]
    if first:
        yield from run(verb, groups(days, first), False)
    again = [day for day in old if day in days.documents]
    if again:
        yield from run(verb, groups(days, again), True)


def names(wanted: list[Day]) -> list[str]:
    """Day names, for plain values."""
    return [day_name(day) for day in wanted]
