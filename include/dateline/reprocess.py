"""Making documents again from captures, never from the network: where older versions made them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.edges.lake import Lake
from dateline.edges.lake.partitions import Day, day_name, parse_day, sort_key
from dateline.edges.lake.receipts import Receipt
from dateline.intake import clean_batch
from dateline.outdated import affected, dirty, stale, unclustered
from dateline.report import Summary
from dateline.resources import Resources
from dateline.run import settle_all, spread
from dateline.settings import Settings
from dateline.settle import EVERY_DAY, Span, days_of


@dataclass(frozen=True)
class StaleBatch:
    """A batch whose documents older declared versions made.

    Args:
        key: B, see `edges.lake.receipts.batch_key`.
        id: in words.
        captures, documents: rows.
        days: names of the days that it touches: its documents', its captures' where it has none.
    """

    key: str
    id: str
    captures: int
    documents: int
    days: tuple[str, ...]


def stale_batches(settings: Settings, span: Span) -> list[StaleBatch]:
    """The batches that were cleaned by older versions and touch days of a span, by key; reads receipts only.

    Raises:
        UsageError: there is no lake.
    """
    lake = Lake.open(settings.lake, create=False)
    rules = Resources(settings).clean
    old = (receipt for receipt in lake.receipts("clean") if not rules.made(receipt.versions))
    made = (_batch(lake, receipt) for receipt in old)
    return [batch for batch in made if any(parse_day(day) in span for day in batch.days)]


def _batch(lake: Lake, cleaned: Receipt) -> StaleBatch:
    documents, fetched = cleaned.of("documents"), lake.receipt("fetch", cleaned.batch)
    captures = fetched.of("captures") if fetched else []
    days = {file.day for file in documents or captures}
    return StaleBatch(
        key=cleaned.batch,
        id=cleaned.id,
        captures=sum(file.rows for file in captures),
        documents=sum(file.rows for file in documents),
        days=tuple(sorted(days)),
    )


@dataclass(frozen=True)
class Plan:
    """What would be made again.

    Args:
        batches: whose documents would be.
        days: published days whose steps would be, by verb; what new documents then move comes on top.
    """

    batches: list[StaleBatch]
    days: dict[str, list[Day]]

    @property
    def is_empty(self) -> bool:
        """Whether all is as the present versions make it."""
        return not self.batches and not any(self.days.values())

    @property
    def lines(self) -> Iterator[str]:
        """What a person reads of it."""
        if self.is_empty:
            yield "nothing to do: every batch and every day of the span was made by the present versions"
            return
        touched = {day for batch in self.batches for day in batch.days}
        yield (
            f"clean: {len(self.batches)} batches, {sum(batch.captures for batch in self.batches)} captures, "
            f"{sum(batch.documents for batch in self.batches)} documents of {len(touched)} days"
        )
        for verb, days in self.days.items():
            names = [day_name(day) for day in sorted(days, key=sort_key)]
            yield f"{verb}: {len(names)} days {', '.join(names[:5])}{' …' if len(names) > 5 else ''}".rstrip()


def plan(settings: Settings, span: Span) -> Plan:
    """What `reprocess` would do, from receipts and footers alone; changes nothing.

    Raises:
        UsageError: there is no lake.
    """
    return Plan(stale_batches(settings, span), stale(days_of(settings, create=False), span))


def clean_again(settings: Settings, batch_id: str) -> Summary:
    """Make the documents of a batch again, unless that has been done since it was found stale."""
    return clean_batch(Lake.open(settings.lake, create=False), batch_id, Resources(settings).clean)


def reprocess(settings: Settings, span: Span, reason: str) -> Iterator[Summary]:
    """Make again what older versions made: documents from their captures, then the days of the span.

    Args:
        span: publication days.
        reason: stands in `changes`.

    Raises:
        UsageError: there is no lake.
        LeaseHeld: another run is settling it; the documents are made by then, and a second call goes on.
    """
    calls = [(settings, batch.id) for batch in stale_batches(settings, span)]
    yield from spread(clean_again, calls, settings.workers)
    yield from settle_all(settings, span, versions=True, note=reason)


def left(settings: Settings) -> int:
    """How many days outside have moved with the batches that were made again, and wait to be settled."""
    days = days_of(settings, create=False)
    return len({day for look in (dirty, affected, unclustered) for day in look(days, EVERY_DAY)})
