"""How real runs behaved, host by host, as far as the lake's attempts tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from dateline.edges.lake import Lake
from dateline.politeness.pace import Visits
from dateline.text.crawl_looks import is_audit_due
from dateline.text.crawl_past import SEEN, is_whole, tried_key

_COLUMNS = (
    "batch", "seq", "input_kind", "url", "url_key", "path", "captured", "outcome", "etag", "last_modified",
    "conditional", "moved_to", "status", "hops",
)  # fmt: skip
_REVISITED = ("page", "feed", "sitemap", "section")
_NOT_ASKED = ("deferred", "robots_disallowed", "robots_unreachable", "address_refused")


@dataclass(slots=True)
class Host:
    """What one host was asked.

    Args:
        visits: all requests that it had, whatever had been asked for: repeats, redirects that led to it.
        again: requests for what had been had before, whatever the reason.
        told: of those the ones of which attempts tell whether they were conditional.
        conditional: of these the ones that were.
        whole: of these the ones that were not, as a whole body was due: no validator was known, or an audit
            was due (`text.crawl_looks`), or a 304 came from where nothing was known of.
        missed: of these the others, that had to be conditional.
        unchanged: of those asked again, the ones that brought nothing new.
        deferred: put off, for want of time or because the host asked to be left alone.
        forbidden: not asked for, as robots.txt does not allow it or can't be had.
        failures: outcome → how often, of everything else that brought nothing, at the host that was asked
            last.
    """

    visits: Visits = field(default_factory=Visits)
    again: int = 0
    told: int = 0
    conditional: int = 0
    whole: int = 0
    missed: int = 0
    unchanged: int = 0
    deferred: int = 0
    forbidden: int = 0
    failures: Counter[str] = field(default_factory=Counter)

    @property
    def requests(self) -> int:
        """How many requests it had."""
        return len(self.visits)


class _Known(NamedTuple):
    """What is known of something that was had before.

    Args:
        whole: when a body came last.
        unchanged: 304s in a row since.
        validators: the last of each kind (ETag, Last-Modified).
        unproved: whether the last answer was a 304 from where it has moved to, of which nothing follows.
    """

    whole: datetime
    unchanged: int
    validators: tuple[str | None, str | None]
    unproved: bool

    def whole_is_due(self, row: dict[str, Any]) -> bool:
        """Whether there was a reason to ask without conditions."""
        return (
            not any(self.validators)
            or self.unproved
            or is_audit_due(self.whole, self.unchanged, row["captured"])
        )


def _after(before: _Known | None, row: dict[str, Any]) -> _Known | None:
    """What is known after an attempt."""
    if row["outcome"] not in SEEN:
        return before
    told = row["etag"], row["last_modified"]
    if is_whole(row):
        return _Known(row["captured"], 0, told, False)
    if before is None:
        return None
    # Each validator for itself: a 304 may bring a new one of either, and leaves the other as it was.
    merged = told[0] or before.validators[0], told[1] or before.validators[1]
    return _Known(before.whole, before.unchanged + 1, merged, row["moved_to"] is not None)


def of_lake(lake: Lake, since: date | None = None) -> dict[str, Host]:
    """Host → what it was asked live, from a day on; the days before tell only which validators were known.

    Raises:
        LakeError: attempts can't be read.
    """
    hosts: dict[str, Host] = {}
    known: dict[tuple[str, str], _Known] = {}
    for row in _rows(lake):
        key = (row["input_kind"], tried_key(row))
        before = known.get(key) if row["input_kind"] in _REVISITED else None
        if since is None or row["captured"].date() >= since:
            _count(hosts, row, before)
        if row["input_kind"] in _REVISITED and (after := _after(before, row)) is not None:
            known[key] = after
    return dict(sorted(hosts.items()))


def _rows(lake: Lake) -> Iterator[dict[str, Any]]:
    """Live attempts day by day, those of a day in order."""
    for _, files in sorted((day, files) for day, files in lake.day_files("attempts").items() if day):
        rows = [
            row
            for file in files
            for batch in lake.read_facts(file, list(_COLUMNS))
            for row in batch.to_pylist()
            if row["url"] and row["captured"] and not row["path"]
        ]
        yield from sorted(rows, key=lambda row: (row["captured"], row["batch"], row["seq"]))


def _count(hosts: dict[str, Host], row: dict[str, Any], before: _Known | None) -> None:
    for hop in row["hops"]:
        hosts.setdefault(_host(hop["url"]), Host()).visits.add(hop)
    host, outcome = hosts.setdefault(_host(row["url"]), Host()), row["outcome"]
    if outcome == "deferred":
        host.deferred += 1
    elif outcome in ("robots_disallowed", "robots_unreachable"):
        host.forbidden += 1
    elif outcome not in SEEN:
        last = row["hops"][-1]["url"] if row["hops"] else row["url"]
        hosts[_host(last)].failures[outcome] += 1
    if before is not None and outcome not in _NOT_ASKED:
        host.again += 1
        host.unchanged += outcome == "not_modified"
        if row["conditional"] is not None:
            due = not row["conditional"] and before.whole_is_due(row)
            host.told += 1
            host.conditional += row["conditional"]
            host.whole += due
            host.missed += not row["conditional"] and not due


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".") or "(no host)"
    except ValueError:
        return "(no host)"
