"""A look at a page: with its validators where it was had before, and what is made of what stayed the same."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dateline.edges.http import Request
from dateline.live.moves import Moves
from dateline.live.turns import Exchange, Turns
from dateline.text.crawl_past import Capture, Known, Past
from dateline.text.leads import facts_digest


@dataclass(slots=True)
class Looks:
    """The looks of one poll.

    Args:
        known: what the last captures of pages hold, by capture id; without it a page is asked for whole.
    """

    turns: Turns
    moves: Moves
    known: dict[str, Known] = field(default_factory=dict)

    async def look(self, request: Request, digest: str | None = None, named: str | None = None) -> Exchange:
        """The exchange of a page.

        The same bytes are kept again only where what led there has facts that no document knows: then the
        body of before, under the lead of now.

        Args:
            request: without validators.
            digest: of the words that ask for it, where its lead holds others.
            named: key of the address where its entry says that it lies now.
        """
        past = self.turns.state.past("page", request.url)
        capture = past.last_capture if past else None
        known = self.known.get(capture.capture_id) if capture else None
        told = {"lead_digest": digest}
        exchange = await self.turns.get(self._conditional(request) if known else request)
        if self.moves.is_unproved(exchange, named):
            exchange = await self._whole(exchange | told, request)
        exchange = await self.moves.told(exchange, named) | told
        if past is None or capture is None or known is None:
            return exchange
        is_news = _is_news(past, known, request.lead)
        if exchange["failure"] == "not_modified" and is_news:
            return await self._kept_anew(exchange, capture, request, named)
        if exchange["failure"] is None and _sha256(exchange["body"]) == known.sha256 and not is_news:
            # A host without validators: the same bytes need not be kept again.
            detail = "the body is byte for byte the one before"
            return exchange | {"failure": "not_modified", "detail": detail, "body": None}
        return exchange

    def _conditional(self, request: Request) -> Request:
        etag, modified = self.turns.state.conditional(request.url, self.turns.clock.now(), "page")
        return replace(request, etag=etag, last_modified=modified)

    async def _whole(self, exchange: Exchange, request: Request) -> Exchange:
        """Ask again, whole, where a 304 is not enough; both are told."""
        await self.turns.put(exchange)
        return await self.turns.get(request)

    async def _kept_anew(
        self, exchange: Exchange, capture: Capture, request: Request, named: str | None
    ) -> Exchange:
        """A 304 with the body of before: of one without no document is made, and the facts would be lost."""
        before = await self.moves.earlier(capture)
        if before is None or before["body"] is None:
            told = {"lead_digest": exchange["lead_digest"]}
            whole = await self._whole(exchange, request)
            return await self.moves.told(whole, named) | told
        return exchange | {
            "failure": None,
            "detail": "not modified: the body is the one before, kept anew for what is said of it now",
            "content_type": before["content_type"],
            "body": before["body"],
        }


def _is_news(past: Past, known: Known, lead: Mapping[str, Any] | None) -> bool:
    """Whether a lead tells facts that the last version of a page was not made with.

    Two feeds may tell other facts of a page in turn: those that were heard before are no news, unless the
    look that they led to was in vain.
    """
    if lead is None:
        return False
    facts = facts_digest(dict(lead))
    if known.lead and facts_digest(known.lead) == facts:
        return False
    return past.in_vain > past.seen or not any(digest.startswith(facts) for digest in past.leads)


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
