"""How real runs behaved, host by host, as far as the lake's attempts tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from dateline.edges.lake import Lake
from dateline.text.crawl_state import AUDIT

_COLUMNS = (
    "batch", "seq", "input_kind", "url", "url_key", "path", "captured", "outcome", "status", "seconds",
    "etag", "last_modified", "redirected_to", "tries", "waited", "conditional", "lead_digest",
)  # fmt: skip
_REVISITED = ("page", "feed", "sitemap", "section")
_NOT_ASKED = ("deferred", "robots_disallowed", "robots_unreachable", "address_refused")
_GOOD = ("captured", "not_modified")


@dataclass(slots=True)
class Host:
    """What one host was asked.

    Args:
        requests: requests made, repeats included; hops of redirects are not told in attempts.
        shortest: the shortest pause from the end of an answer to the next request, in seconds; None where
            no two follow each other whose times are told, as under a clock that stands still. What was
            repeated or redirected within one attempt is not told apart, and left out.
        again: requests for what had given a validator before.
        unchanged: of those the ones that brought a 304.
        due: of those the ones that had to be conditional, as far as attempts tell whether they were: no
            audit, for which a body is due after a day, and no page to which other words led than before.
        conditional: of these the ones that were.
        deferred: put off, for want of time or because the host asked to be left alone.
        forbidden: not asked for, as robots.txt does not allow it or can't be had.
        failures: outcome → how often, of everything else that brought nothing.
    """

    requests: int = 0
    shortest: float | None = None
    again: int = 0
    unchanged: int = 0
    due: int = 0
    conditional: int = 0
    deferred: int = 0
    forbidden: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    spans: list[tuple[datetime, datetime]] = field(default_factory=list)


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
            _count(hosts.setdefault(_host(row["url"]), Host()), row, before)
        whole = row["outcome"] == "captured"
        if row["etag"] or row["last_modified"]:
            known[key] = _Known(row["captured"], row["lead_digest"]) if whole or not before else before
        elif whole:
            known.pop(key, None)
    for host in hosts.values():
        host.shortest = min(_pauses(host.spans), default=None)
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


def _count(host: Host, row: dict[str, Any], before: _Known | None) -> None:
    outcome = row["outcome"]
    if outcome == "deferred" and not row["status"]:
        host.deferred += 1
    elif outcome in ("robots_disallowed", "robots_unreachable"):
        host.forbidden += 1
    elif outcome not in _GOOD:
        host.failures[outcome] += 1
    host.requests += row["tries"]
    if outcome in _NOT_ASKED:
        return
    if row["seconds"] is not None and row["tries"] == 1 and not row["redirected_to"]:
        asking = row["seconds"] - (row["waited"] or 0.0)
        host.spans.append((row["captured"] - timedelta(seconds=max(asking, 0.0)), row["captured"]))
    if before is not None:
        host.again += 1
        host.unchanged += outcome == "not_modified"
        if row["conditional"] is not None:
            host.due += row["conditional"] or before.still_holds(row)
            host.conditional += row["conditional"]


def _pauses(spans: Iterable[tuple[datetime, datetime]]) -> Iterator[float]:
    """Seconds between the end of one exchange and the begin of the next."""
    last: datetime | None = None
    for began, ended in sorted(spans, key=lambda span: span[1]):
        if last is not None and ended > last:
            yield max((began - last).total_seconds(), 0.0)
        last = ended


def _key(row: dict[str, Any]) -> str:
    return str(row["url_key"] or row["url"])


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".") or "(no host)"
    except ValueError:
        return "(no host)"
