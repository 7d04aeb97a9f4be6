"""One thing to ask for, how far it came, and the row that tells of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dateline.edges.http.wire import Answer
from dateline.sources.exchange import UNANSWERED
from dateline.text.urls import without_credentials

Sleep = Callable[[float], Awaitable[None]]

_FEED = "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5"
_PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"
_ACCEPT = {
    "page": _PAGE,
    "section": _PAGE,
    "feed": _FEED,
    "sitemap": "application/xml,text/xml;q=0.9,application/gzip;q=0.8,*/*;q=0.5",
}


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to ask for.

    Args:
        url: what to ask for; user and password in it are left out.
        source: slug of the publisher.
        input_kind: page, section, feed, sitemap or robots (of `contracts.shared.INPUT_KINDS`).
        lead: what led here (`contracts.shared.LEAD_TYPE`), kept with the answer.
        etag: validator of an earlier answer, for a conditional request.
        last_modified: the same.
        gap: least pause at this host, in seconds, where the source has its own.
    """

    url: str
    source: str
    input_kind: str = "page"
    lead: dict[str, Any] | None = None
    etag: str | None = None
    last_modified: str | None = None
    gap: float = 0.0

    def __post_init__(self) -> None:
        # Every row would carry them.
        object.__setattr__(self, "url", without_credentials(self.url))

    @property
    def is_rules(self) -> bool:
        """Whether this asks for the rules of a host, which no rules forbid."""
        return self.input_kind == "robots" and self.url.endswith("/robots.txt")

    @property
    def is_conditional(self) -> bool:
        """Whether it asks for a body only where that is another one than before."""
        return bool(self.etag or self.last_modified)

    @property
    def headers(self) -> dict[str, str]:
        """What is sent along, beside what is sent with every request."""
        headers = {"Accept": _ACCEPT.get(self.input_kind, "*/*")}
        if self.etag:
            headers["If-None-Match"] = self.etag
        if self.last_modified:
            headers["If-Modified-Since"] = self.last_modified
        return headers


@dataclass(slots=True)
class Trail:
    """How far a request came.

    Args:
        deadline: time of the event loop after which no request is begun.
        started: time of the event loop at which it all began.
        aside: waits so many seconds because one URL asked for it, see `Client.get`.
        hops: all requests made so far (`contracts.shared.HOP_TYPE`).
        waited: seconds spent waiting for turns, and for the rules of hosts.
        tries: requests made at the last URL.
        rule: line of robots.txt that decided about the last URL.
        moved_to: where permanent redirects lead, as long as no other came between.
    """

    request: Request
    deadline: float
    started: float
    aside: Sleep = asyncio.sleep
    redirects: list[str] = field(default_factory=list)
    hops: list[dict[str, Any]] = field(default_factory=list)
    final: str | None = None
    waited: float = 0.0
    tries: int = 0
    rule: str | None = None
    moved_to: str | None = None
    is_permanent: bool = True

    def go_on(self, there: str, status: int) -> None:
        """Go on to where an answer points; 301 and 308 are for good (RFC 9110 §15.4).

        From https to http we go, as browsers and other crawlers do: nothing is sent that has to be secret.
        But that is not for good: on the way there, anybody could have a page moved for ever.
        """
        is_open = self.redirects[-1].startswith("https:") and not there.startswith("https:")
        self.is_permanent = self.is_permanent and status in (301, 308) and not is_open
        if self.is_permanent:
            self.moved_to = there
        self.tries, self.rule = 0, None

    def note(self, url: str, began: datetime, ended: datetime, gap: float, answer: Answer) -> None:
        """Take down a request that was made."""
        self.tries += 1
        self.hops.append(
            {
                "url": url,
                "began": began,
                "ended": ended,
                "status": answer.status,
                "gap": gap,
                "retry_after": answer.retry_after,
            }
        )

    def row(
        self, answer: Answer, captured: datetime, ended: float, signals: list[dict[str, str]]
    ) -> dict[str, Any]:
        """The row of `contracts/exchanges.py` but for `seq`.

        Args:
            ended: time of the event loop at which it was over.
            signals: statements on rights that hold of the URL that answered.
        """
        request = self.request
        return {
            "source": request.source,
            "input_kind": request.input_kind,
            "url": request.url,
            "final_url": self.final,
            "archive": None,
            "path": None,
            "index": None,
            "captured": captured,
            "status": answer.status,
            "failure": answer.failure,
            "detail": answer.detail,
            "content_type": answer.content_type,
            "etag": answer.etag,
            "last_modified": answer.last_modified,
            "retry_after": answer.retry_after,
            "seconds": ended - self.started,
            **UNANSWERED,
            "tries": self.tries,
            "waited": self.waited,
            "wire_bytes": answer.wire_bytes,
            "robots_rule": self.rule,
            "moved_to": self.moved_to,
            "fresh_for": answer.fresh_for,
            "signals": signals,
            "conditional": request.is_conditional if self.hops else None,
            "hops": self.hops,
            "redirects": self.redirects,
            "body": answer.body,
            "lead": request.lead,
        }
