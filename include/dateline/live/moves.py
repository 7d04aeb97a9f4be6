"""Pages that answer from another address than they were captured at: the same story, or something else."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from dateline.live.pages import Page, join
from dateline.live.turns import Exchange
from dateline.text import crawl_moves
from dateline.text.crawl_past import Capture, asked_key
from dateline.text.crawl_state import State
from dateline.text.moves import known_as, may_move
from dateline.text.urls import same_site, url_key

Reread = Callable[[Capture], Mapping[str, Any] | None]
"""Gives an earlier capture, body included; None where the lake does not have it any more."""


@dataclass(slots=True)
class Moves:
    """What a poll makes of moves.

    Args:
        asked: keys of the pages that this poll asks for: where one of them lies, no other moves.
    """

    state: State
    reread: Reread
    asked: set[str] = field(default_factory=set)
    _entries: dict[str, str] | None = None
    _one: asyncio.Lock = field(default_factory=asyncio.Lock)

    def at_their_addresses(self, found: Iterable[Page], now: datetime) -> list[Page]:
        """Pages under the address that they are asked for at: what names the one that they moved to names
        no new page. Where an entry of a feed points to a page that it never did, it is told which it was."""
        known: dict[str, Page] = {}
        for page in found:
            url = crawl_moves.address(self.state, page.url)
            moved = page if url == page.url else replace(page, url=url, key=asked_key(url))
            join(known, [moved])
        named = Counter(page.entry for page in known.values())
        return [
            self._with_before(page, known, now) if named[page.entry] == 1 else page for page in known.values()
        ]

    def _with_before(self, page: Page, known: Mapping[str, Page], now: datetime) -> Page:
        """A page that was never met, with the one that its entry led to before, if that has news now: an
        entry whose address alone is another one each time must not cost two requests each time."""
        if page.entry is None or crawl_moves.is_met(self.state, page.url):
            return page
        if self._entries is None:
            self._entries = crawl_moves.entries(self.state)
        old = self._entries.get(page.entry)
        if old is None or asked_key(old) in known or not same_site(old, page.url):
            return page
        return (
            replace(page, before=old)
            if self.state.wants(old, page.words[1] if page.words else None, now)
            else page
        )

    def is_unproved(self, exchange: Exchange, named: str | None = None) -> bool:
        """Whether a 304 came from where the page never was before: validators are those of one address, and
        what lies at another may well be older than they are (RFC 9110 §8.8, §13.1.3).

        Args:
            named: key of the address where its entry says that it lies now.
        """
        there = exchange["final_url"]
        if exchange["status"] != 304 or not self._may_move(exchange, named):
            return False
        past = self.state.past("page", exchange["url"])
        return past is None or url_key(past.moved[1]) != url_key(there)

    async def told(self, exchange: Exchange, named: str | None = None) -> Exchange:
        """The exchange, with what its story was known by if that has moved.

        Args:
            named: key of the address where its entry says that it lies now.
        """
        if exchange["failure"] not in (None, "not_modified"):
            return exchange
        there = exchange["final_url"]
        known = crawl_moves.known_as(self.state, there) if there else None
        if known is None and exchange["body"] is not None and self._may_move(exchange, named):
            earlier = crawl_moves.last_capture(self.state, exchange["url"])
            before = await self.earlier(earlier) if earlier else None
            if before is not None and before["body"] is not None:
                known = await asyncio.to_thread(known_as, before, exchange)
        return exchange | {"known_as": known}

    async def earlier(self, capture: Capture) -> Mapping[str, Any] | None:
        """An earlier capture, body included; None where the lake does not have it any more."""
        # One at a time: to read pages takes memory, and a whole site may have moved.
        async with self._one:
            return await asyncio.to_thread(self.reread, capture)

    def _may_move(self, exchange: Exchange, named: str | None = None) -> bool:
        there = exchange["final_url"]
        if not may_move(exchange["url"], there, exchange["moved_to"]):
            return False
        is_free = url_key(there) == named or url_key(there) not in self.asked
        return is_free and not crawl_moves.is_met(self.state, there)
