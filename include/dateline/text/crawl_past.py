"""What is known of one URL: every field the newest (or earliest) of its kind, so that order never matters."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from dateline.text.crawl_failures import Failure, failure_of
from dateline.text.urls import URL_KEY_VERSION, url_key

SEEN = ("captured", "not_modified")
"""Outcomes that brought what was asked for."""

POLLED = ("feed", "sitemap", "section")
"""Kinds of input that are asked for again and again."""

LEADS = 8
"""How many leads of a page are remembered: several feeds may name it in turn, each in its own words, and
none of them is news when its turn comes again."""

POLLS = 32
"""How many answers of a feed are remembered, to tell how often it changes."""

MOVED = "moved"
"""Kind of what is known of an address that a page has moved to: which page."""

LOOKS = 12
"""How many answers of a page are remembered: enough to tell how long it has stayed the same."""

FAILURES = 64
"""How many failures in a row are remembered: enough to tell what is down from what is gone."""

_BY_ADDRESS = ("robots", *POLLED)
NEVER = datetime(1, 1, 1, tzinfo=UTC)
LAST = datetime.max.replace(tzinfo=UTC)
"""The first and the last instant that can be told."""

Moment = tuple[datetime, str, int]
"""Place of an attempt in time: captured, batch, seq. A total order, so that the fold has one result."""

BEFORE_ALL: Moment = (NEVER, "", -1)


class Owed(NamedTuple):
    """A page that was asked for in vain, and may yet be had."""

    source: str
    url: str


class Capture(NamedTuple):
    """A page that is due for another look, and where its last capture lies."""

    source: str
    url: str
    captured: datetime
    batch: str
    capture_id: str


class Known(NamedTuple):
    """What a page's last capture holds: what led to it, and the SHA-256 of its body in hex digits."""

    lead: dict[str, Any] | None
    sha256: str | None


class Poll(NamedTuple):
    """One answer of a feed, sitemap or section page.

    Args:
        told: what tells a body from the one before; None for a 304.
        fresh_for: for how long it said that it stays as it is, in seconds.
        entries: how many pages it named.
    """

    told: str | None
    fresh_for: float | None
    entries: int | None


@dataclass(slots=True)
class Past:
    """What is known of one URL.

    Args:
        first: when it was first tried or put off, for which source, by which URL.
        tried: last try; `outcome` is of that.
        waits: last putting off: why, and the digest of what led there.
        in_vain: last try that brought nothing, or putting off: its row keeps what led there.
        seen: last answer as asked for.
        captured: last body that was kept.
        whole: last answer that brought a body, kept or not: no 304.
        born: first body.
        capture_id: of the last body.
        etag, modified, moved: as last given, with the moment.
        rests_until: it asked to be left alone till then.
        asks: of its last body, where it is of a kind that is polled: for how many seconds it said that it
            stays as it is, and when to leave it alone (`crawl_pace.quiet`).
        failures: tries since `seen` that failed → what the failure says.
        leads: digests of leads that it was asked for by.
        polls: its answers, where it is of a kind that is polled.
        looks: answers of a page: what tells a body from others, None where it was as before.
        entry: the entry of a feed that led here last, see `leads.entry_key`.
        known_as: of an address that a page has moved to, by what its story was known before; `first` is
            the page then.
    """

    first: tuple[Moment, str, str]
    tried: Moment = BEFORE_ALL
    waits: tuple[Moment, str | None, str | None] = (BEFORE_ALL, None, None)
    in_vain: Moment = BEFORE_ALL
    outcome: str | None = None
    seen: Moment = BEFORE_ALL
    captured: Moment = BEFORE_ALL
    whole: Moment = BEFORE_ALL
    born: datetime | None = None
    capture_id: str | None = None
    etag: tuple[Moment, str | None] = (BEFORE_ALL, None)
    modified: tuple[Moment, str | None] = (BEFORE_ALL, None)
    moved: tuple[Moment, str | None] = (BEFORE_ALL, None)
    asks: tuple[Moment, float | None, int | None] = (BEFORE_ALL, None, None)
    rests_until: datetime = NEVER
    failures: dict[Moment, Failure] = field(default_factory=dict)
    leads: dict[str, Moment] = field(default_factory=dict)
    polls: dict[Moment, Poll] = field(default_factory=dict)
    looks: dict[Moment, str | None] = field(default_factory=dict)
    entry: tuple[Moment, str | None] = (BEFORE_ALL, None)
    known_as: tuple[Moment, str] | None = None

    def lead_back(self, moment: Moment, row: dict[str, Any]) -> None:
        """Take into account that a page has moved here."""
        self.first = min(self.first, (moment, row["source"], row["url"]))
        told = (moment, row["known_as"])
        self.known_as = min(self.known_as or told, told)

    def add(self, moment: Moment, row: dict[str, Any]) -> None:
        """Take one attempt of it into account; the same one twice counts once."""
        self.first = min(self.first, (moment, row["source"], row["url"]))
        if rests(row):
            self.rests_until = max(self.rests_until, until(row))
        outcome = row["outcome"]
        if outcome not in SEEN:
            self.in_vain = max(self.in_vain, moment)
        if outcome == "deferred":
            self.waits = max(self.waits, (moment, row["detail"], row["lead_digest"]), key=_moment)
            return
        if moment > self.tried:
            self.tried, self.outcome = moment, outcome
        if row["entry_key"] and moment > self.entry[0]:
            self.entry = (moment, row["entry_key"])
        if digest := row["lead_digest"]:
            self.leads[digest] = max(self.leads.get(digest, BEFORE_ALL), moment)
            if len(self.leads) > LEADS:
                del self.leads[min(self.leads, key=lambda lead: self.leads[lead])]
        if outcome in SEEN:
            self._succeed(moment, row)
        elif moment > self.seen:
            self.failures[moment] = failure_of(row["input_kind"], outcome, row["status"])
            _keep_newest(self.failures, FAILURES)

    def _succeed(self, moment: Moment, row: dict[str, Any]) -> None:
        kept, whole = row["outcome"] == "captured", is_whole(row)
        if moment > self.seen:
            self.seen = moment
            self.failures = {failed: hard for failed, hard in self.failures.items() if failed > moment}
        if kept:
            self.born = min(self.born or moment[0], moment[0])
            if moment > self.captured:
                self.captured, self.capture_id = moment, row["capture_id"]
        if whole:
            self.whole = max(self.whole, moment)
        # Each validator for itself: a 304 may bring a new one of either, and leaves the other as it was.
        if (whole or row["etag"]) and moment > self.etag[0]:
            self.etag = (moment, row["etag"])
        if (whole or row["last_modified"]) and moment > self.modified[0]:
            self.modified = (moment, row["last_modified"])
        if moment > self.moved[0]:
            self.moved = (moment, row["moved_to"])
        self._remember(moment, row, kept and whole)

    def _remember(self, moment: Moment, row: dict[str, Any], whole: bool) -> None:
        """Keep an answer beside those before.

        Args:
            whole: whether it is a body that came and is kept.
        """
        if row["input_kind"] in POLLED:
            # Of attempts that were written down without a digest, size and ETag tell most changes.
            told = (row["body_digest"] or f"{row['bytes']} {row['etag'] or ''}") if whole else None
            # A 304 does not repeat it: it holds till another body comes.
            if whole and moment > self.asks[0]:
                self.asks = (moment, row["fresh_for"], row["quiet"])
            self.polls[moment] = Poll(told, row["fresh_for"], row["entries"])
            _keep_newest(self.polls, POLLS)
        elif row["input_kind"] == "page":
            self.looks[moment] = (row["body_digest"] or row["capture_id"]) if whole else None
            _keep_newest(self.looks, LOOKS)

    @property
    def was_put_off(self) -> bool:
        """Whether it was put off and never tried since."""
        return self.outcome is None

    @property
    def failure(self) -> Failure | None:
        """What the last try failed with; None if it did not, or there was none."""
        return self.failures.get(self.tried)

    @property
    def put_off_since(self) -> datetime | None:
        """Since when it waits that was put off: since its last try, or since it was first met; None if it
        was not put off, or tried after that."""
        if self.in_vain <= self.tried:
            return None
        return self.first[0][0] if self.was_put_off else self.tried[0]

    @property
    def led(self) -> Moment | None:
        """The row that keeps what led there, where no capture does."""
        return self.in_vain if self.in_vain > self.captured else None

    @property
    def last_capture(self) -> Capture | None:
        """Where its last body lies."""
        if self.capture_id is None:
            return None
        at, batch, _ = self.captured
        return Capture(self.first[1], self.first[2], at, batch, self.capture_id)

    @property
    def named_none(self) -> bool:
        """Whether it never named a page, as an index of sitemaps does not."""
        return not any(poll.entries for poll in self.polls.values())

    @property
    def failing_since(self) -> datetime | None:
        """When it last answered, or else was first asked; None if it does not fail."""
        if not self.failures:
            return None
        return self.seen[0] if self.seen != BEFORE_ALL else self.first[0][0]


def asked_key(url: str) -> str:
    """A URL's key; itself if it is none that could be asked for."""
    return url_key(url) or url


def key_of(kind: str, url: str) -> str:
    """The key of what is asked for as this kind.

    Two spellings of a page are one page. What is asked again and again, and a site's files, are what lies at
    one address: `www.`, `https` and every word of a query may make it another feed, with other validators.
    """
    return url.partition("#")[0] if kind in _BY_ADDRESS else asked_key(url)


def tried_key(row: dict[str, Any]) -> str:
    """The key of what was tried; made anew where keys were another version's, so that nothing looks new."""
    told: str | None = row["url_key"]
    if row["input_kind"] not in _BY_ADDRESS and told and told.startswith(f"{URL_KEY_VERSION}:"):
        return told
    return key_of(row["input_kind"], row["url"])


def _moment(found: tuple[Moment, str | None, str | None]) -> Moment:
    return found[0]


def is_whole(row: dict[str, Any]) -> bool:
    """Whether an answer as asked for brought a body: what was kept anew after a 304 did not come, and what
    is the same byte for byte did, though it was not kept."""
    if row["outcome"] == "captured":
        return bool(row["status"] != 304)
    return row["status"] not in (None, 304)


def rests(row: dict[str, Any]) -> bool:
    """Whether an attempt was told for how long to leave it alone."""
    return row["retry_after"] is not None and row["outcome"] in ("too_many_requests", "deferred")


def until(row: dict[str, Any]) -> datetime:
    """The instant until which that lasts; what lies beyond the calendar is its last day."""
    try:
        ends: datetime = row["captured"] + timedelta(seconds=row["retry_after"])
    except OverflowError:
        return LAST
    return ends


def _keep_newest(found: dict[Moment, Any], most: int) -> None:
    while len(found) > most:
        del found[min(found)]
