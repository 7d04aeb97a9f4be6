"""What earlier attempts tell about each URL: a fold over `attempts`, whatever order they come in.

Nothing else remembers anything about a crawl, so a lost metadata database loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

import pyarrow as pa

from dateline.text import crawl_looks, crawl_pace
from dateline.text.crawl_past import (
    BEFORE_ALL,
    MOVED,
    NEVER,
    Capture,
    Moment,
    Owed,
    Past,
    key_of,
    rests,
    tried_key,
    until,
)
from dateline.text.urls import absolute, url_key

MOVES = 5
"""How many permanent redirects of a feed are followed from one address to the next."""

COLUMNS = (
    "captured", "batch", "seq", "source", "input_kind", "url", "url_key", "outcome", "status", "capture_id",
    "bytes", "etag", "last_modified", "retry_after", "redirected_to", "lead_digest", "moved_to", "fresh_for",
    "entries", "quiet", "body_digest", "known_as", "entry_key", "detail",
)  # fmt: skip
"""The columns of `attempts` that are read."""

_FALL_BACK = 3


class Kept(Protocol):
    """Pasts that were folded before; see `edges.lake.crawl_cache`."""

    def get(self, kind: str, key: str) -> Past | None: ...
    def active(self) -> Iterator[tuple[tuple[str, str], Past]]: ...


class State:
    """The past of every URL, by kind and URL key.

    Args:
        kept: what was folded before.
        hosts: host → until when it rests, of the same.
        newest: when the newest attempt of it was made.
    """

    def __init__(
        self, kept: Kept | None = None, hosts: dict[str, datetime] | None = None, newest: datetime = NEVER
    ) -> None:
        self._kept = kept
        self._pasts: dict[tuple[str, str], Past] = {}
        self._hosts = dict(hosts or {})
        self._newest = newest
        self._news: dict[str, list[datetime]] | None = None

    # Pages

    def wants(self, url: str, lead_digest: str | None, now: datetime) -> bool:
        """Whether a page is to be asked for: it never was, what led to it says something new, or the last
        try failed in a way that may pass; and its pause is over."""
        past = self.past("page", url)
        if past is None or past.was_put_off:
            return True
        if crawl_pace.may_come(past):
            return self._is_time(past, now)
        if lead_digest is None or lead_digest in past.leads:
            return False
        return crawl_looks.may_look(past, lead_digest, now)

    def wants_since(
        self, url: str, changed: datetime | None, now: datetime, lead_digest: str | None = None
    ) -> bool:
        """As `wants`, of a page that a sitemap names: again only where it has changed since it was seen.

        A sitemap tells less than a feed, and its words are no news where they follow the feed's; when a page
        changed is. A date in the future is a mistake, and would be new each time.
        """
        past = self.past("page", url)
        if past is None or changed is None or crawl_pace.may_come(past):
            return self.wants(url, None, now)
        return past.tried[0] < changed <= now and crawl_looks.may_look(past, lead_digest, now)

    def is_told(self, url: str, detail: str | None, lead_digest: str | None) -> bool:
        """Whether attempts tell already that a page waits, for this reason and under these words."""
        past = self.past("page", url)
        if past is None or past.put_off_since is None:
            return False
        return past.waits == (past.in_vain, detail, lead_digest)

    def owed(self, now: datetime | None = None) -> list[Owed]:
        """Pages put off or failed in a way that passes, sorted by URL key: a feed that no longer names
        them must not lose them.

        Args:
            now: leaves out those that are not to be asked yet.
        """
        return [
            Owed(past.first[1], past.first[2])
            for _, past in self.pages()
            if crawl_pace.is_owed(past) and (now is None or self._is_time(past, now))
        ]

    def _is_time(self, past: Past, now: datetime) -> bool:
        rules = absolute("/robots.txt", past.first[2])
        return crawl_pace.is_time(past, self.past("robots", rules) if rules else None, now)

    def revisits(self, now: datetime) -> list[Capture]:
        """Young pages that are due for another look, those that wait longest first."""
        due = [past for _, past in self.pages() if crawl_pace.revisit_due(past, now)]
        line = sorted(due, key=lambda past: (past.seen, past.first))
        return [past.last_capture for past in line if past.last_capture]

    # Feeds, sitemaps and section pages

    def due(self, url: str, kind: str, now: datetime) -> bool:
        """Whether a feed, sitemap or section page is to be asked for now."""
        past = self.past(kind, self.place(url, kind))
        return past is None or crawl_pace.is_due(past, self._news_of(past), now)

    def next_poll(self, url: str, kind: str = "feed") -> datetime | None:
        """When it will be asked for again: by its pace, or by what it or its host asked for; None if it
        never was asked for, that is at once."""
        place = self.place(url, kind)
        past = self.past(kind, place)
        if past is None:
            return None
        wait = max(past.rests_until, self._hosts.get(_host(place), NEVER))
        paced = crawl_pace.next_poll(past, self._news_of(past))
        due = max(paced or NEVER, wait)
        return crawl_pace.awake(past, due) if due > NEVER else None

    def is_dead(self, url: str, kind: str = "feed") -> bool:
        """Whether it has failed for so long that it is only asked for once a week or less."""
        past = self.past(kind, self.place(url, kind))
        return past is not None and crawl_pace.is_dead(past)

    def place(self, url: str, kind: str = "feed") -> str:
        """Where it lies now: where permanent redirects led when it was last asked for.

        The old address is asked again where the new one fails: a publisher may take a move back.
        """
        place, seen = url, {key_of(kind, url)}
        for _ in range(MOVES):
            past = self.past(kind, place)
            there = past.moved[1] if past else None
            if there is None or url_key(there) is None or (key := key_of(kind, there)) in seen:
                break
            new = self.past(kind, there)
            if new is not None and len(new.failures) >= _FALL_BACK:
                break
            seen.add(key)
            place = there
        return place

    def failures(self, url: str, kind: str = "feed") -> int:
        """How many tries in a row failed, up to `crawl_past.FAILURES`."""
        past = self.past(kind, self.place(url, kind))
        return len(past.failures) if past else 0

    def last_success(self, url: str, kind: str = "feed") -> datetime | None:
        """When it last answered as asked, a 304 included."""
        places = (url, self.place(url, kind))
        seen = [past.seen for place in places if (past := self.past(kind, place)) is not None]
        last = max(seen, default=BEFORE_ALL)
        return last[0] if last != BEFORE_ALL else None

    def last_try(self, url: str, kind: str = "feed") -> datetime:
        """When it was last tried; `NEVER` where it never was, or was only put off."""
        past = self.past(kind, self.place(url, kind))
        return past.tried[0] if past else NEVER

    # All

    def site_file(self, url: str) -> tuple[datetime, Capture | None] | None:
        """When a file on a whole site (robots.txt) last came, and where it lies; no place where the site has
        no such file. None where it was never asked for, or told nothing certain."""
        past = self.past("robots", url)
        if past is None or past.was_put_off:
            return None
        if past.outcome == "captured" and past.capture_id:
            at, batch, _ = past.captured
            return at, Capture(past.first[1], url, at, batch, past.capture_id)
        return (past.tried[0], None) if past.failure and past.failure.is_hard else None

    def conditional(self, url: str, now: datetime, kind: str = "feed") -> tuple[str | None, str | None]:
        """ETag and Last-Modified to send, as last given; none if a whole body is due."""
        past = self.past(kind, url)
        if past is None or crawl_looks.is_audit_due(past.whole[0], crawl_looks.unchanged(past), now):
            return None, None
        return past.etag[1], past.modified[1]

    def rest(self, url: str, now: datetime, kind: str = "page") -> float:
        """For how many seconds more this URL or its host asked to be left alone."""
        past = self.past(kind, url)
        until = max(past.rests_until if past else NEVER, self._hosts.get(_host(url), NEVER))
        return max((until - now).total_seconds(), 0.0)

    def add(self, row: dict) -> None:
        """Take one attempt into account; the same one twice counts once."""
        if row["url"] is None or row["captured"] is None:
            return
        moment: Moment = (row["captured"], row["batch"], row["seq"])
        key = (row["input_kind"], tried_key(row))
        self._of(key, moment, row).add(moment, row)
        there = url_key(row["moved_to"]) if row["known_as"] else None
        if there is not None:
            self._of((MOVED, there), moment, row).lead_back(moment, row)
        self._newest = max(self._newest, row["captured"])
        if row["status"] == 429 and rests(row):
            host = _host(row["redirected_to"] or row["url"])
            self._hosts[host] = max(self._hosts.get(host, NEVER), until(row))
        self._news = None

    @property
    def fresh(self) -> dict[tuple[str, str], Past]:
        """The pasts that are not as they are kept."""
        return self._pasts

    @property
    def hosts(self) -> dict[str, datetime]:
        """Host → until when it rests."""
        return self._hosts

    @property
    def newest(self) -> datetime:
        """When the newest attempt was made."""
        return self._newest

    def is_active(self, past: Past) -> bool:
        """Whether a poll has to look through it: it is owed, or was met not long ago."""
        young = crawl_pace.later(self._newest, -2 * crawl_pace.WINDOW)
        if past.known_as is not None:
            return False
        return crawl_pace.is_owed(past) or past.first[0][0] >= young or (past.born or NEVER) >= young

    def _of(self, key: tuple[str, str], moment: Moment, row: dict[str, Any]) -> Past:
        past = self._pasts.get(key)
        if past is None:
            kept = self._kept.get(*key) if self._kept else None
            past = self._pasts[key] = kept or Past((moment, row["source"], row["url"]))
        return past

    def past(self, kind: str, url: str) -> Past | None:
        """What is known of a URL as a thing of this kind; None if it was never met."""
        key = key_of(kind, url)
        past = self._pasts.get((kind, key))
        if past is None and self._kept is not None:
            return self._kept.get(kind, key)
        return past

    def pages(self) -> Iterator[tuple[str, Past]]:
        """Pages that may be owed or young, sorted by URL key."""
        found = {key: past for (kind, key), past in self._pasts.items() if kind == "page"}
        for (kind, key), past in self._kept.active() if self._kept else ():
            if kind == "page":
                found.setdefault(key, past)
        yield from sorted(found.items(), key=lambda item: item[0])

    def _news_of(self, past: Past) -> list[datetime]:
        """When pages of a feed's source were first met."""
        if self._news is None:
            self._news = {}
            for _, page in self.pages():
                self._news.setdefault(page.first[1], []).append(page.first[0][0])
            for instants in self._news.values():
                instants.sort()
        return self._news.get(past.first[1], [])


def fold(batches: Iterable[pa.RecordBatch]) -> State:
    """The state that these batches of `attempts` leave behind, in whatever order they come."""
    state = State()
    for batch in batches:
        for row in batch.select(list(COLUMNS)).to_pylist():
            state.add(row)
    return state


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
