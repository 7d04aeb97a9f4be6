"""What earlier attempts tell about each URL: a fold over `attempts`, whatever order they come in.

Nothing else remembers anything about a crawl, so a lost metadata database loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

import pyarrow as pa

from dateline.text.urls import url_key

SEEN = ("captured", "not_modified")
"""Outcomes that brought what was asked for."""

PASSING = (
    "robots_unreachable", "too_many_requests", "timeout", "connection_failed", "bad_response", "empty",
)  # fmt: skip
"""Failures that may be gone the next time. Of `http_error` those are that speak of the server."""

GIVE_UP = 10
"""After so many failures in a row, a page is asked for again only when its lead changes."""

LEADS = 8
"""How many leads of a page are remembered: several feeds may name it in turn, each in its own words, and
none of them is news when its turn comes again."""

AUDIT = timedelta(hours=24)
"""After so long without a body, one is asked for without conditions: some hosts answer 304 for ever."""

_PASSING_STATUS = (408, 425, 429)
_NEVER = datetime(1, 1, 1, tzinfo=UTC)
_COLUMNS = (
    "captured", "batch", "seq", "source", "input_kind", "url", "url_key", "outcome", "status", "etag",
    "last_modified", "retry_after", "redirected_to", "lead_digest",
)  # fmt: skip

Moment = tuple[datetime, str, int]
"""Place of an attempt in time: captured, batch, seq. A total order, so that the fold has one result."""

_BEFORE_ALL: Moment = (_NEVER, "", -1)


class Owed(NamedTuple):
    """A page that was asked for in vain, and may yet be had."""

    source: str
    url: str


@dataclass(slots=True)
class _Past:
    """What is known of one URL; each field is the newest of its kind."""

    first: tuple[Moment, str, str]
    tried: Moment = _BEFORE_ALL
    outcome: str | None = None
    passing: bool = True
    seen: Moment = _BEFORE_ALL
    captured: Moment = _BEFORE_ALL
    etag: tuple[Moment, str | None] = (_BEFORE_ALL, None)
    modified: tuple[Moment, str | None] = (_BEFORE_ALL, None)
    rests_until: datetime = _NEVER
    failures: set[Moment] = field(default_factory=set)
    leads: dict[str, Moment] = field(default_factory=dict)


class State:
    """The past of every URL, by kind and URL key."""

    def __init__(self) -> None:
        self._pasts: dict[tuple[str, str], _Past] = {}
        self._hosts: dict[str, datetime] = {}

    def wants(self, url: str, lead_digest: str | None, now: datetime) -> bool:
        """Whether a page is to be asked for: it never was, what led to it says something new, or the last
        try failed in a way that passes and is not to be left alone for now."""
        past = self._pasts.get(("page", _key(url)))
        if past is None or past.outcome is None:
            return True
        if _is_owed(past):
            return past.rests_until <= now
        return lead_digest is not None and lead_digest not in past.leads

    def conditional(self, url: str, now: datetime, kind: str = "feed") -> tuple[str | None, str | None]:
        """ETag and Last-Modified to send, as last given; none if a whole body is due."""
        past = self._pasts.get((kind, _key(url)))
        if past is None or past.captured[0] < now - AUDIT:
            return None, None
        return past.etag[1], past.modified[1]

    def failures(self, url: str, kind: str = "feed") -> int:
        """How many tries in a row failed, up to `GIVE_UP`."""
        past = self._pasts.get((kind, _key(url)))
        return len(past.failures) if past else 0

    def last_success(self, url: str, kind: str = "feed") -> datetime | None:
        """When it last answered as asked, a 304 included."""
        past = self._pasts.get((kind, _key(url)))
        return past.seen[0] if past and past.seen != _BEFORE_ALL else None

    def rest(self, url: str, now: datetime, kind: str = "page") -> float:
        """For how many seconds more this URL or its host asked to be left alone."""
        past = self._pasts.get((kind, _key(url)))
        until = max(past.rests_until if past else _NEVER, self._hosts.get(_host(url), _NEVER))
        return max((until - now).total_seconds(), 0.0)

    def was_deferred(self, url: str, kind: str = "page") -> bool:
        """Whether it was put off and never tried since: it comes first."""
        past = self._pasts.get((kind, _key(url)))
        return past is not None and past.outcome is None

    def owed(self) -> list[Owed]:
        """Pages put off or failed in a way that passes, sorted by URL key: a feed that no longer names
        them must not lose them."""
        return [
            Owed(past.first[1], past.first[2])
            for (kind, _), past in sorted(self._pasts.items())
            if kind == "page" and _is_owed(past)
        ]

    def add(self, row: dict) -> None:
        """Take one attempt into account; the same one twice counts once."""
        if row["url"] is None or row["captured"] is None:
            return
        moment: Moment = (row["captured"], row["batch"], row["seq"])
        key = (row["input_kind"], row["url_key"] or row["url"])
        first = (moment, row["source"], row["url"])
        past = self._pasts.setdefault(key, _Past(first))
        past.first = min(past.first, first)
        self._rest(past, row)
        if row["outcome"] == "deferred":
            return
        if moment > past.tried:
            past.tried, past.outcome = moment, row["outcome"]
            past.passing = _passes(row["outcome"], row["status"])
        if row["lead_digest"]:
            past.leads[row["lead_digest"]] = max(past.leads.get(row["lead_digest"], _BEFORE_ALL), moment)
            if len(past.leads) > LEADS:
                del past.leads[min(past.leads, key=lambda lead: past.leads[lead])]
        if row["outcome"] in SEEN:
            self._succeed(past, moment, row)
        elif moment > past.seen:
            past.failures.add(moment)
            past.failures = set(sorted(past.failures)[-GIVE_UP:])

    def _succeed(self, past: _Past, moment: Moment, row: dict) -> None:
        if moment > past.seen:
            past.seen = moment
            past.failures = {failure for failure in past.failures if failure > moment}
        whole = row["outcome"] == "captured"
        if whole:
            past.captured = max(past.captured, moment)
        # Each validator for itself: a 304 may bring a new one of either, and leaves the other as it was.
        if (whole or row["etag"]) and moment > past.etag[0]:
            past.etag = (moment, row["etag"])
        if (whole or row["last_modified"]) and moment > past.modified[0]:
            past.modified = (moment, row["last_modified"])

    def _rest(self, past: _Past, row: dict) -> None:
        if row["retry_after"] is None or row["outcome"] not in ("too_many_requests", "deferred"):
            return
        until = row["captured"] + timedelta(seconds=row["retry_after"])
        past.rests_until = max(past.rests_until, until)
        if row["status"] == 429:
            host = _host(row["redirected_to"] or row["url"])
            self._hosts[host] = max(self._hosts.get(host, _NEVER), until)


def fold(batches: Iterable[pa.RecordBatch]) -> State:
    """The state that these batches of `attempts` leave behind, in whatever order they come."""
    state = State()
    for batch in batches:
        for row in batch.select(list(_COLUMNS)).to_pylist():
            state.add(row)
    return state


def _is_owed(past: _Past) -> bool:
    if past.outcome is None:
        return True
    return past.tried != past.seen and past.passing and len(past.failures) < GIVE_UP


def _passes(outcome: str, status: int | None) -> bool:
    if outcome == "http_error":
        return status is None or status >= 500 or status in _PASSING_STATUS
    return outcome in PASSING


def _key(url: str) -> str:
    """The URL's key; itself if it is none that could be asked for."""
    return url_key(url) or url


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
