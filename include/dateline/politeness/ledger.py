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
from dateline.text.crawl_state import AUDIT

_COLUMNS = (
    "batch", "seq", "input_kind", "url", "url_key", "path", "captured", "outcome", "etag", "last_modified",
    "conditional", "lead_digest", "hops",
)  # fmt: skip
_REVISITED = ("page", "feed", "sitemap", "section")
_NOT_ASKED = ("deferred", "robots_disallowed", "robots_unreachable", "address_refused")
_GOOD = ("captured", "not_modified")


@dataclass(slots=True)
class Host:
    """What one host was asked.

    Args:
        visits: all requests that it had, whatever had been asked for: repeats, redirects that led to it.
        again: requests for what had given a validator before.
        unchanged: of those the ones that brought a 304.
        due: of those the ones that had to be conditional, as far as attempts tell whether they were: no
            audit, for which a body is due after a day, and no page to which other words led than before.
        conditional: of these the ones that were.
        deferred: put off, for want of time or because the host asked to be left alone.
        forbidden: not asked for, as robots.txt does not allow it or can't be had.
        failures: outcome → how often, of everything else that brought nothing, at the host that was asked
            last.
    """

    visits: Visits = field(default_factory=Visits)
    again: int = 0
    unchanged: int = 0
    due: int = 0
    conditional: int = 0
    deferred: int = 0
    forbidden: int = 0
    failures: Counter[str] = field(default_factory=Counter)

    @property
    def requests(self) -> int:
        """How many requests it had."""
        return len(self.visits)


class _Known(NamedTuple):
    """The last body of something that came with a validator: when, and what led to it."""

    captured: datetime
    lead_digest: str | None

    def still_holds(self, row: dict[str, Any]) -> bool:
        """Whether nothing but a change of the body itself is a reason to ask for another one."""
        return row["captured"] - self.captured <= AUDIT and row["lead_digest"] == self.lead_digest


def of_lake(lake: Lake, since: date | None = None) -> dict[str, Host]:
    """Host → what it was asked live, from a day on; the days before tell only which validators were known.

    Raises:
        LakeError: attempts can't be read.
    """
    hosts: dict[str, Host] = {}
    known: dict[tuple[str, str], _Known] = {}
    for row in _rows(lake):
        key = (row["input_kind"], _key(row))
        before = known.get(key) if row["input_kind"] in _REVISITED else None
        if since is None or row["captured"].date() >= since:
            _count(hosts, row, before)
        whole = row["outcome"] == "captured"
        if row["etag"] or row["last_modified"]:
            known[key] = _Known(row["captured"], row["lead_digest"]) if whole or not before else before
        elif whole:
            known.pop(key, None)
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
    elif outcome not in _GOOD:
        last = row["hops"][-1]["url"] if row["hops"] else row["url"]
        hosts[_host(last)].failures[outcome] += 1
    if before is not None and outcome not in _NOT_ASKED:
        host.again += 1
        host.unchanged += outcome == "not_modified"
        if row["conditional"] is not None:
            host.due += row["conditional"] or before.still_holds(row)
            host.conditional += row["conditional"]


def _key(row: dict[str, Any]) -> str:
    return str(row["url_key"] or row["url"])


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".") or "(no host)"
    except ValueError:
        return "(no host)"
