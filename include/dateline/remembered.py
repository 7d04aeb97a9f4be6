"""What the lake remembers of earlier polls."""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from dateline.contracts.attempts import ATTEMPTS
from dateline.edges.lake import Lake
from dateline.edges.lake.crawl_cache import CrawlCache, Made, instant, read_cache, write_cache
from dateline.edges.lake.files import FileFacts
from dateline.edges.lake.footers import require_version
from dateline.edges.lake.partitions import parse_day
from dateline.edges.lake.receipts import Receipt, batches, receipt_path
from dateline.errors import ContractBroken, LakeError, OtherSchema
from dateline.text.crawl_past import NEVER
from dateline.text.crawl_state import COLUMNS, State

log = logging.getLogger("dateline")

Folded = Mapping[str, tuple[float, tuple[str, ...]]]
"""B → when its receipt was put in place, and the files of attempts that it lists."""

STATE_DAYS = 400
"""How far back attempts are folded into the crawl state, at least: a feed keeps its entries for months, not
years. Counted from the first day of a quarter, so that what was folded counts for a while."""

WORTH = 20_000
"""New rows for which the state is written down: they take a third of a second to fold."""

MOST_FRESH = 100_000
"""URLs that are held in memory while the state is made anew; then it is written down and read from there."""


def crawl_state(lake: Lake, now: datetime) -> State:
    """What earlier attempts left behind: a fold over `attempts`, so it survives everything but the lake.

    What was folded before is kept beside the lake (`edges.lake.crawl_cache`), and never believed over the
    attempts. A file that has vanished or is damaged is left out with a warning: to ask again for what was
    asked for before costs a few requests, not to ask at all costs the news of the day.
    """
    since = _since(now).isoformat()
    cache = read_cache(lake.store, since)
    present = {
        batch: lake.store.changed(receipt_path("fetch", batch)) for batch in batches(lake.store, "fetch")
    }
    known = cache.made.batches
    moved = {batch for batch, at in present.items() if batch not in known or known[batch][0] != at}
    if (instant(cache.made.newest) or NEVER) > now or _lacks(lake, known, present, moved):
        cache, moved = CrawlCache(Made(since)), set(present)
    return _folded(lake, cache, {batch: present[batch] for batch in moved})


def _lacks(lake: Lake, known: Folded, present: Mapping[str, float], moved: set[str]) -> bool:
    """Whether a file of attempts that was folded is there no more: what it said must be forgotten."""
    if not known.keys() <= present.keys():
        return True
    again = {batch: lake.receipt("fetch", batch) for batch in moved & known.keys()}
    return any(
        receipt is None or not set(known[batch][1]) <= set(_names(receipt))
        for batch, receipt in again.items()
    )


def _names(receipt: Receipt) -> tuple[str, ...]:
    """The files of attempts of a receipt, by the digests in their names."""
    return tuple(file.sha256[:16] for file in receipt.of("attempts"))


def _since(now: datetime) -> date:
    """The first day of a quarter, STATE_DAYS ago or more."""
    try:
        day = (now - timedelta(days=STATE_DAYS)).date()
    except OverflowError:
        return NEVER.date()
    return day.replace(month=day.month - (day.month - 1) % 3, day=1)


def _folded(lake: Lake, cache: CrawlCache, wanted: dict[str, float]) -> State:
    """The state of a cache and of batches that it does not know, which it learns where that is worth it."""
    since = date.fromisoformat(cache.made.since)
    state, rows, most = _state(cache), 0, float(MOST_FRESH)
    known = dict(cache.made.batches)
    for batch, changed in sorted(wanted.items()):
        receipt = lake.receipt("fetch", batch)
        if receipt is None:
            continue
        whole = True
        for file in receipt.of("attempts"):
            require_version(ATTEMPTS, file.schema_version, file.path)
            day = parse_day(file.day)
            if day is not None and day >= since:
                whole = _fold(lake, file, state) and whole
                rows += file.rows
        if whole:
            known[batch] = changed, _names(receipt)
        if len(state.fresh) >= most:
            rows, kept = 0, _written(lake, cache, state, known)
            # Where it can't be written, as on a disk that is only read, all of it is held.
            most = most if kept else math.inf
            cache = kept or cache
            state = _state(kept) if kept else state
    if rows >= WORTH and (kept := _written(lake, cache, state, known)):
        state = _state(kept)
    return state


def _state(cache: CrawlCache) -> State:
    hosts = {host: datetime.fromisoformat(until) for host, until in cache.made.hosts.items()}
    return State(cache, hosts, instant(cache.made.newest) or NEVER)


def _written(lake: Lake, cache: CrawlCache, state: State, known: Folded) -> CrawlCache | None:
    """The cache with what is new, in place; None where it can't be written."""
    made = replace(
        cache.made,
        batches=dict(known),
        hosts={host: until.isoformat() for host, until in state.hosts.items()},
        newest=state.newest.isoformat(),
    )
    try:
        return write_cache(lake.store, cache, state.fresh, made, state.is_active)
    except LakeError as error:
        log.warning("what was asked before is read anew each time: %s", error)
        return None


def _fold(lake: Lake, file: FileFacts, state: State) -> bool:
    """Fold the rows of a file in; whether it could be read to its end."""
    try:
        for rows in lake.read_facts(file, list(COLUMNS)):
            for row in rows.to_pylist():
                state.add(row)
    except OtherSchema:
        raise
    except (LakeError, ContractBroken, OSError) as error:
        told = " ".join(str(error).split())
        log.warning(
            "%s can't be read, its requests are not remembered: see `dateline check` (%s)", file.path, told
        )
        return False
    return True
