"""Looking a lake over: contracts, sums, digests, links and staleness."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from dateline.contract import KeyOrder
from dateline.contracts import contract
from dateline.days import Days
from dateline.edges.clock import Clock
from dateline.edges.lake import Lake
from dateline.edges.lake.digests import RowDigest
from dateline.edges.lake.files import FileFacts, read_file
from dateline.edges.lake.partitions import Day, day_name, sort_key
from dateline.edges.lake.receipts import Receipt
from dateline.edges.sources import Source
from dateline.errors import DatelineError, SumsDoNotAdd, UsageError
from dateline.pipeline import DERIVED_DATASETS
from dateline.run import crawl_state
from dateline.settings import Settings
from dateline.settle import days_of
from dateline.sums import check_clean


@dataclass(frozen=True)
class Finding:
    """One thing to know about a lake.

    Args:
        level: broken (a promise is not kept), dirty or stale (settle repairs it).
        what: one sentence, with what to do.
    """

    level: str
    what: str


@dataclass(frozen=True)
class SourceHealth:
    """How a source does.

    Args:
        last_answer: when one of its feeds last answered as asked; None if none ever did.
        failing: feeds whose last try failed.
    """

    last_answer: datetime | None
    failing: int


def of_sources(settings: Settings, known: Iterable[Source]) -> dict[str, SourceHealth]:
    """Slug → health of every source that was ever asked, from the lake's attempts."""
    try:
        lake = Lake.open(settings.lake, create=False)
    except UsageError:
        return {}
    state = crawl_state(lake, Clock.of(settings).now())
    found = {}
    for source in known:
        answers = [state.last_success(feed) for feed in source.feeds]
        failing = sum(state.failures(feed) > 0 for feed in source.feeds)
        if failing or any(answers):
            latest = max((answer for answer in answers if answer), default=None)
            found[source.slug] = SourceHealth(latest, failing)
    return found


def inspect(settings: Settings) -> Iterator[Finding]:
    """Everything that is not as it should be, as it is found; reads every row of the lake.

    Raises:
        UsageError: there is no lake.
    """
    days = days_of(settings, create=False)
    broken = False
    for step in ("fetch", "clean"):
        for path in days.lake.store.list(f"receipts/{step}"):
            for finding in _receipt(days, step, path.rpartition("/")[2].removesuffix(".json")):
                broken = broken or finding.level == "broken"
                yield finding
    for path in days.lake.store.list("changes"):
        yield from _changes(days, path)
    if broken:
        # What is listed can't be trusted, so the days can't be compared with it.
        return
    known = {day for dataset in DERIVED_DATASETS for day in days.lake.days(dataset)} | set(days.documents)
    for day in sorted(known, key=sort_key):
        if day not in days.documents:
            yield Finding("dirty", f"{day_name(day)} has lost its documents; run `dateline settle`")
            continue
        missing = [dataset for dataset in DERIVED_DATASETS if days.lake.footer(dataset, day) is None]
        if missing:
            told = ", ".join(missing)
            yield Finding("dirty", f"{day_name(day)} has documents and no {told}; run `dateline settle`")
            continue
        for dataset in DERIVED_DATASETS:
            yield from _day(days, dataset, day)
        yield from _publication(days, day)


def _receipt(days: Days, step: str, batch: str) -> Iterator[Finding]:
    try:
        receipt = days.lake.receipt(step, batch)
    except DatelineError as error:
        yield Finding("broken", f"{error}; restore it from a copy, or remove it and take the batch in again")
        return
    if receipt is None:
        return
    for file in receipt.files:
        yield from _file(days, file)
    if step == "clean":
        yield from _sums(days, receipt)
        if receipt.versions != days.resources.clean.declare():
            yield Finding("stale", f"{receipt.id} was cleaned by older versions; import it again")


def _changes(days: Days, path: str) -> Iterator[Finding]:
    try:
        for _ in read_file(days.lake.store.local(path), contract("changes")):
            pass
    except DatelineError as error:
        yield Finding("broken", f"{error}; remove it")


def _publication(days: Days, day: Day) -> Iterator[Finding]:
    """documents = articles + folded refetches + folded versions; articles with duplicate_of = such links."""
    try:
        days.check_publication(day)
    except DatelineError as error:
        yield Finding("broken", f"{error}; remove the day's articles and run `dateline settle`")


def _sums(days: Days, receipt: Receipt) -> Iterator[Finding]:
    """The sums of the clean step, against the rows that both receipts list."""
    fetched = days.lake.receipt("fetch", receipt.batch)
    listed = sum(file.rows for file in fetched.of("captures")) if fetched else 0
    sums = dict(receipt.sums)
    for dataset in ("documents", "rejects"):
        sums[dataset] = sum(file.rows for file in receipt.of(dataset))
    try:
        check_clean(receipt.id, sums, listed)
    except SumsDoNotAdd as error:
        yield Finding("broken", f"{error}; import the batch again")


def _file(days: Days, file: FileFacts) -> Iterator[Finding]:
    """A file that a receipt lists: there, whole, in order, with the digest that was written down."""
    order = KeyOrder(contract(file.dataset))
    try:
        digest = RowDigest.of(order.check(batch) for batch in days.lake.read_facts(file))
    except DatelineError as error:
        yield Finding("broken", str(error))
        return
    if str(digest) != file.row_digest:
        yield Finding("broken", f"{file.path} is not what its receipt says; restore it from a copy")


def _day(days: Days, dataset: str, day: Day) -> Iterator[Finding]:
    where = f"{dataset} of {day_name(day)}"
    try:
        footer = days.lake.footer(dataset, day)
        order = KeyOrder(contract(dataset))
        digest = RowDigest.of(order.check(batch) for batch in days.lake.read_day(dataset, day))
    except DatelineError as error:
        yield Finding("broken", f"{error}; remove it and run `dateline settle`")
        return
    if footer is None or str(digest) != footer.row_digest:
        yield Finding("broken", f"{where}: its rows are not what its footer says; remove it and settle")
    elif not days.is_current(dataset, day):
        yield Finding("dirty", f"{where}: its inputs have moved; run `dateline settle`")
    elif days.is_stale(dataset, day):
        yield Finding("stale", f"{where}: older versions made it; run `dateline settle --stale`")
