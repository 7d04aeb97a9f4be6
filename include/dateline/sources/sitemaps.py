"""Sitemaps: indexes, news sitemaps with their facts, plain lists of URLs, and feeds that serve as sitemaps.

The protocol is that of sitemaps.org, the news extension Google's. Markup is read by an own scanner that
knows no entities but XML's five and numbers: what a document defines is never expanded, and what is broken
is read as far as it goes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from dateline.sources import feeds
from dateline.sources.exchange import GZIP
from dateline.sources.feed_bounds import bounded
from dateline.sources.feed_parts import Entry, address, tag, texts, title_of
from dateline.sources.markup import root_of
from dateline.sources.sitemap_units import units
from dateline.text.charsets import is_binary
from dateline.text.dates import parse
from dateline.text.html.charset import decode
from dateline.text.leads import make_lead
from dateline.text.normalise import clean_line
from dateline.text.urls import web_url
from dateline.text.when import When

__all__ = ["DEEPEST", "LONGEST", "MOST_ENTRIES", "Child", "Sitemap", "SitemapEntry", "lead", "read"]

LONGEST = 50 * 1024 * 1024
"""Bytes of a sitemap, decompressed, by the protocol."""

MOST_ENTRIES = 50_000
"""Entries, or children, by the protocol."""

DEEPEST = 3
"""Levels of indexes that are worth following. The protocol allows one; some publishers have two."""

_ROOT = re.compile(r"<(?:[^\s<>/:]{1,64}:)?(?:urlset|sitemapindex)\b", re.IGNORECASE)
_SNIFFED = 16 * 1024


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """One page that a sitemap names.

    Args:
        url: absolute http(s).
        lastmod: when the page was last changed; None if missing or unreadable.
        lastmod_raw: the words for it.
        published: when the article was published, by a news sitemap; None if missing or unreadable.
        published_raw: the words for it.
        title: plain text; None without one.
        language: as declared for the publication.
        keywords: in order.
        publication: name of the publication.
    """

    url: str
    lastmod: When | None = None
    lastmod_raw: str | None = None
    published: When | None = None
    published_raw: str | None = None
    title: str | None = None
    language: str | None = None
    keywords: tuple[str, ...] = ()
    publication: str | None = None


@dataclass(frozen=True, slots=True)
class Child:
    """A sitemap that an index names: absolute URL, and when it was last changed, if told."""

    url: str
    lastmod: When | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap: pages or further sitemaps in order, and what was wrong with it."""

    entries: tuple[SitemapEntry, ...] = ()
    children: tuple[Child, ...] = ()
    warnings: tuple[str, ...] = ()


def read(body: bytes, *, url: str, content_type: str | None = None) -> Sitemap:
    """What a sitemap says, as far as it can be read.

    Args:
        body: the bytes as they came, gzip or not; of more than LONGEST the first are read.
        url: where it lay; relative addresses, against the protocol, are meant from there.
        content_type: the Content-Type header; only its charset counts.

    Never raises: what is no sitemap (HTML, binary, empty, hostile) gives nothing and one warning. An
    address of another site is given like any: whom to ask is for the caller to say.
    """
    fault = None
    if len(body) > LONGEST or body.startswith(GZIP):
        body, fault = bounded(BytesIO(body), LONGEST, "sitemap")
    if not body or body.isspace():
        return Sitemap(warnings=(fault or "the sitemap is empty",))
    if is_binary(body):
        return Sitemap(warnings=(fault or "this is binary data, not a sitemap",))
    text = decode(body, content_type)
    found = _read_text(text, body, url, content_type)
    if fault:
        return Sitemap(found.entries, found.children, (fault, *found.warnings))
    return found


def lead(entry: SitemapEntry, sitemap_url: str) -> dict[str, Any]:
    """The facts of an entry in the shape of `contracts.shared.LEAD_TYPE`."""
    return make_lead(
        "sitemap",
        origin_url=sitemap_url,
        title=entry.title,
        published=entry.published.written if entry.published else entry.published_raw,
        updated=entry.lastmod.written if entry.lastmod else entry.lastmod_raw,
        categories=list(entry.keywords),
        language=entry.language,
    )


def _read_text(text: str, body: bytes, url: str, content_type: str | None) -> Sitemap:
    # Some servers put a warning of their own before the sitemap.
    if found := _ROOT.search(text, 0, _SNIFFED):
        return _read_markup(text, url, found.start())
    start = text.lstrip()
    if not start.startswith("<"):
        return _read_lines(text)
    root = root_of(start)
    if root in ("rss", "feed", "rdf"):
        return _of_feed(feeds.read(body, content_type=content_type), url)
    if root == "html":
        return Sitemap(warnings=("this is HTML, not a sitemap",))
    return _read_markup(start, url)


def _read_lines(text: str) -> Sitemap:
    """A list of URLs, one a line."""
    lines = (line.strip() for line in text.splitlines())
    urls = [line for line in lines if line]
    told = tuple(
        SitemapEntry(url) for line in urls[:MOST_ENTRIES] if (url := web_url(line)) and " " not in line
    )
    if not told:
        return Sitemap(warnings=("this is no sitemap",))
    warnings = []
    if dropped := min(len(urls), MOST_ENTRIES) - len(told):
        warnings.append(f"lines that are no addresses: {dropped}")
    if len(urls) > MOST_ENTRIES:
        warnings.append(_too_many())
    return Sitemap(told, warnings=tuple(warnings))


def _of_feed(feed: feeds.Feed, url: str) -> Sitemap:
    """A feed in the place of a sitemap, which the protocol allows."""
    told = tuple(made for entry in feed.entries[:MOST_ENTRIES] if (made := _of_entry(entry, url)) is not None)
    return Sitemap(told, warnings=feed.warnings)


def _of_entry(entry: Entry, url: str) -> SitemapEntry | None:
    place = web_url(address(entry.url, url))
    if place is None:
        return None
    return SitemapEntry(
        url=place,
        lastmod=entry.updated,
        lastmod_raw=entry.updated_raw,
        published=entry.published,
        published_raw=entry.published_raw,
        title=entry.title,
        language=entry.language,
        keywords=entry.categories,
    )


def _read_markup(text: str, url: str, start: int = 0) -> Sitemap:
    """The sitemap from a place in a text on, which is not copied: it may be 50 MiB."""
    entries: list[SitemapEntry] = []
    children: list[Child] = []
    warnings: list[str] = []
    nameless = 0
    for name, facts in units(text, warnings, start):
        place = web_url(address(facts.get("loc"), url))
        if len(entries) + len(children) >= MOST_ENTRIES:
            warnings.append(_too_many())
            break
        if place is None:
            nameless += 1
        elif name == "url":
            entries.append(_entry(place, facts))
        else:
            children.append(Child(place, parse(_date(facts.get("lastmod")))))
    if nameless:
        warnings.append(f"entries without an address: {nameless}")
    if not entries and not children and not warnings:
        warnings.append("the sitemap has no entries" if root_of(text, start) else "this is no sitemap")
    return Sitemap(tuple(entries), tuple(children), tuple(warnings))


def _too_many() -> str:
    return f"the sitemap has more than {MOST_ENTRIES} entries; the rest is left out"


def _entry(url: str, facts: dict[str, str]) -> SitemapEntry:
    published, lastmod = _date(facts.get("published")), _date(facts.get("lastmod"))
    return SitemapEntry(
        url=url,
        lastmod=parse(lastmod),
        lastmod_raw=lastmod,
        published=parse(published),
        published_raw=published,
        title=title_of(facts.get("title")),
        language=tag(facts.get("language")),
        keywords=texts((facts.get("keywords") or "").split(",")),
        publication=title_of(facts.get("publication")),
    )


def _date(value: str | None) -> str | None:
    return clean_line(value[:200]) or None if value else None
