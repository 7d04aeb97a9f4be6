"""Asking feeds, sitemaps and section pages for the pages that they name."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field
from typing import Any

from dateline.edges.http import Request
from dateline.live import children
from dateline.live.pages import Own, Page, Source, join, of_feed, of_section, of_sitemap, starts
from dateline.live.turns import Exchange, Job, Turns
from dateline.sources import feeds, sections, sitemaps
from dateline.text.crawl_pace import fresh_for, quiet
from dateline.text.crawl_past import Capture, key_of

log = logging.getLogger("dateline")

Index = Callable[[Capture], Exchange | None]
"""A capture of an index of sitemaps → what it held, as far as the lake still has it."""

Named = tuple[Source, children.Due]
"""A sitemap that an index names, and of whom."""


@dataclass(slots=True)
class _Found:
    """What one answer names.

    Args:
        entries: how many pages it names, also those that are no news.
        warning: why it can't be read; None if it can.
        remark: what was left out.
    """

    pages: list[Page] = field(default_factory=list)
    children: list[children.Due] = field(default_factory=list)
    entries: int = 0
    warning: str | None = None
    remark: str | None = None
    fresh_for: float | None = None
    quiet: int | None = None


@dataclass(slots=True)
class Leading:
    """Asks everything that names pages.

    Args:
        turns: the poll under way.
        force: also what is not due.
        until: time of the event loop after which no request is begun.
        index: looks up what an index of sitemaps held.
        found: URL key → page, filled as answers come.
    """

    turns: Turns
    force: bool
    until: float
    index: Index
    found: dict[str, Page] = field(default_factory=dict)

    async def all(self, sources: Iterable[Source], left: Iterable[Exchange] = ()) -> dict[str, Page]:
        """Ask all that is due, the children of sitemap indexes after them, and give the pages named.

        Args:
            left: answers of a run that did not come to its end, whose pages may not have been asked for.
        """
        # What two publishers name is asked for once, for the first of them.
        asked = {start: source for source in reversed(list(sources)) for start in starts(source)}
        level = [(source, kind, url) for (kind, url), source in sorted(asked.items(), key=lambda one: one[0])]
        # Those tried longest ago first, so that where there is no time for all of a host each has its turn.
        level.sort(key=lambda one: self.turns.state.last_try(one[2], one[1]))
        seen = {(kind, key_of(kind, url)) for _, kind, url in level}
        budget = {source.slug: children.MOST for source in asked.values()}
        named = self._left(level, left)
        for _ in range(sitemaps.DEEPEST + 1):
            await self.turns.by_site([self._job(*one, named) for one in level], self.until)
            level = []
            for source, found in _by_source(named, seen):
                mine = children.chosen(found, budget[source.slug])
                budget[source.slug] -= len(mine)
                seen |= {("sitemap", key_of("sitemap", child.url)) for child in mine}
                level += [(source, "sitemap", child.url) for child in mine]
            if not level:
                break
            named = []
        return self.found

    def _left(self, asked: Iterable[tuple[Source, str, str]], left: Iterable[Exchange]) -> list[Named]:
        """Take up what was answered to a run before; gives the sitemaps that it names."""
        by_slug = {source.slug: source for source, _, _ in asked}
        first = {(kind, self.turns.state.place(url, kind)): (source, url) for source, kind, url in asked}
        named: list[Named] = []
        for exchange in left:
            kind, place = exchange["input_kind"], exchange["url"]
            source, url = first.get((kind, place), (by_slug.get(exchange["source"]), place))
            if source is not None:
                got = self._read(source, kind, url, exchange)
                join(self.found, got.pages)
                named.extend((source, child) for child in got.children)
        return named

    def _job(self, source: Source, kind: str, url: str, named: list[Named]) -> Job:
        place = self.turns.state.place(url, kind)

        async def run() -> None:
            got = await self._ask(source, kind, url, place)
            join(self.found, got.pages)
            named.extend((source, child) for child in got.children)

        return Job(place, run)

    async def _ask(self, source: Source, kind: str, url: str, place: str) -> _Found:
        """Ask for one, and give what it names; nothing where it is not due."""
        state, now = self.turns.state, self.turns.clock.now()
        if not (self.force or state.due(url, kind, now)):
            return _Found()
        etag, modified = state.conditional(place, now, kind)
        request = Request(place, source.slug, kind, None, etag, modified, source.gap_seconds or 0.0)
        rest = state.rest(place, now, kind)
        if rest:
            await self.turns.put(self.turns.client.put_off(request, "asked to be left alone", rest))
            return _Found()
        exchange = await self.turns.get(request, self.until)
        got = _Found()
        if exchange["failure"] is None:
            got = await asyncio.to_thread(self._read, source, kind, url, exchange)
            exchange |= {"entries": got.entries, "detail": got.remark, "quiet": got.quiet}
            if got.warning is not None:
                # Kept as captured, it would look like a publisher that has nothing to say.
                exchange |= {"failure": "unreadable", "detail": got.warning, "body": None}
        elif kind == "sitemap" and exchange["failure"] == "not_modified":
            got.children = await asyncio.to_thread(self._still, source, url, place)
        if got.fresh_for is not None:
            exchange["fresh_for"] = got.fresh_for
        await self.turns.put(exchange)
        return got

    def _still(self, source: Source, url: str, place: str) -> list[children.Due]:
        """The sitemaps of an index that has not changed: they may have, and not all were asked for before."""
        past = self.turns.state.past("sitemap", place)
        capture = past.last_capture if past and past.named_none else None
        held = self.index(capture) if capture else None
        return self._read(source, "sitemap", url, held).children if held else []

    def _read(self, source: Source, kind: str, url: str, exchange: Exchange) -> _Found:
        """What an answer names. One that its reader fails at is unreadable, and takes no other along.

        The failure is the reader's, so the log has where it was; a later answer may be read again.
        """
        try:
            return _READERS[kind](self, source, url, exchange)
        except Exception as error:
            log.exception("The reader of a %s failed at %s", kind, url)
            return _Found(warning=f"its reader failed: {type(error).__name__}")

    def _feed(self, source: Source, url: str, exchange: Exchange) -> _Found:
        feed = feeds.read(exchange["body"], content_type=exchange["content_type"])
        broken = feed.warnings and not feed.entries and not feed.title
        pages = list(of_feed(source, url, feed, exchange["final_url"] or url))
        nowhere = len(feed.entries) - len(pages)
        return _Found(
            pages=pages,
            entries=len(feed.entries),
            warning=feed.warnings[0] if broken else None,
            fresh_for=fresh_for(exchange["fresh_for"], feed.fresh_for),
            quiet=quiet(feed.skip_hours, feed.skip_days),
            remark=f"{nowhere} entries without an http(s) address are not followed" if nowhere else None,
        )

    def _sitemap(self, source: Source, url: str, exchange: Exchange) -> _Found:
        sitemap = sitemaps.read(
            exchange["body"], url=exchange["final_url"] or url, content_type=exchange["content_type"]
        )
        nothing = not sitemap.entries and not sitemap.children
        now, own = self.turns.clock.now(), Own(source, url, exchange["final_url"] or url)
        entries = [entry for entry in sitemap.entries if entry.url in own]
        under = [child for child in sitemap.children if child.url in own]
        foreign = len(sitemap.entries) + len(sitemap.children) - len(entries) - len(under)
        undated = sum(entry.published is None and entry.lastmod is None for entry in entries)
        told = [f"{undated} entries without a date are not followed"] if undated else []
        told += [f"{foreign} addresses of other sites are not followed"] if foreign else []
        return _Found(
            pages=list(of_sitemap(source, url, entries, now)),
            children=list(children.due(under, self.turns.state, now, self.force)),
            entries=len(sitemap.entries),
            warning=sitemap.warnings[0] if nothing and sitemap.warnings else None,
            remark="; ".join(told) or None,
        )

    def _section(self, source: Source, url: str, exchange: Exchange) -> _Found:
        links = sections.read(
            exchange["body"], url=exchange["final_url"] or url, content_type=exchange["content_type"]
        )
        return _Found(pages=list(of_section(source, url, links)), entries=len(links))


def _by_source(
    named: Iterable[Named], seen: Container[tuple[str, str]]
) -> list[tuple[Source, list[children.Due]]]:
    """The sitemaps named that were not asked for yet, each once, by source in order of slugs."""
    found: dict[str, tuple[Source, dict[str, children.Due]]] = {}
    for source, child in sorted(named, key=lambda one: (one[0].slug, one[1])):
        if ("sitemap", key := key_of("sitemap", child.url)) not in seen:
            found.setdefault(source.slug, (source, {}))[1].setdefault(key, child)
    return [(source, list(mine.values())) for source, mine in found.values()]


_READERS: dict[str, Callable[[Leading, Source, str, dict[str, Any]], _Found]] = {
    "feed": Leading._feed,
    "sitemap": Leading._sitemap,
    "section": Leading._section,
}
