"""What a publisher's feeds, sitemaps and pages offer to a poll, by one answer of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from dateline.sources import feeds, sections, sitemaps
from dateline.text.languages import UNKNOWN, detect
from dateline.text.when import When

_FEWEST_LINKS = 5
"""Article links that make a page worth polling."""

_MOST_TITLES = 20
_SURE = 0.8


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that was asked for.

    Args:
        kind: feed, sitemap or section.
        url: where it lies, after redirects.
        entries: how many articles it names.
        fault: why it can't be polled; None if it can.
        is_news: whether a sitemap tells when its articles were published.
        newest: of its articles; None where it does not tell.
        lacks_zone: whether its times come without one.
        title: its own.
        language: BCP 47 tag: as declared, else as its headlines are surely written in.
        is_guess: whether nothing named it.
    """

    kind: str
    url: str
    entries: int = 0
    fault: str | None = None
    is_news: bool = False
    newest: When | None = None
    lacks_zone: bool = False
    title: str | None = None
    language: str | None = None
    is_guess: bool = False


def is_feed(exchange: dict[str, Any]) -> bool:
    body = exchange["body"]
    return body is not None and bool(feeds.read(body, content_type=exchange["content_type"]).entries)


def of_feed(exchange: dict[str, Any]) -> Offer:
    found = feeds.read(exchange["body"], content_type=exchange["content_type"])
    times = [when for entry in found.entries if (when := entry.published or entry.updated)]
    return Offer(
        kind="feed",
        url=exchange["final_url"] or exchange["url"],
        entries=len(found.entries),
        fault=None if found.entries else next(iter(found.warnings), "it has no entries"),
        newest=max(times, default=None, key=lambda when: when.instant),
        lacks_zone=any(when.offset is None and when.precision in ("instant", "minute") for when in times),
        title=found.title,
        language=found.language or _written(entry.title for entry in found.entries),
    )


def read_sitemap(exchange: dict[str, Any]) -> sitemaps.Sitemap:
    place = exchange["final_url"] or exchange["url"]
    return sitemaps.read(exchange["body"], url=place, content_type=exchange["content_type"])


def of_sitemap(exchange: dict[str, Any], read: sitemaps.Sitemap) -> Offer:
    published = [entry.published for entry in read.entries if entry.published]
    times = published or [entry.lastmod for entry in read.entries if entry.lastmod]
    first = next((entry for entry in read.entries if entry.publication), None)
    fault = None
    if not times:
        fault = next(iter(read.warnings), "its entries have no dates: nothing tells what is new")
    return Offer(
        kind="sitemap",
        url=exchange["final_url"] or exchange["url"],
        entries=len(read.entries),
        fault=fault,
        is_news=bool(published),
        newest=max(times, default=None, key=lambda when: when.instant),
        lacks_zone=any(when.offset is None and when.precision in ("instant", "minute") for when in times),
        title=first.publication if first else None,
        language=first.language if first else _written(entry.title for entry in read.entries),
    )


def newest(children: Iterable[sitemaps.Child]) -> list[str]:
    """The child of an index that changed last; where none tells, the first and the last: either may be it."""
    if dated := [(child.lastmod.instant, child.url) for child in children if child.lastmod]:
        return [max(dated)[1]]
    urls = [child.url for child in children]
    return list(dict.fromkeys([urls[-1], urls[0]]))


def of_index(url: str, size: int, children: list[Offer]) -> Offer:
    """An index, by what those of its children tell that were asked for."""
    good = [(child.newest.instant, child.url, child) for child in children if child.newest]
    if good:
        return replace(max(good, key=lambda each: each[:2])[2], url=url, entries=size)
    why = next((child.fault for child in children), "an index, or asked for already")
    return Offer("sitemap", url, size, fault=f"of its newest part: {why}")


def _written(titles: Iterable[str | None]) -> str | None:
    """The language that headlines are written in, where that is sure."""
    found, trust = detect(". ".join(islice(filter(None, titles), _MOST_TITLES)))
    return found if found != UNKNOWN and trust >= _SURE else None


def of_section(exchange: dict[str, Any]) -> Offer:
    place = exchange["final_url"] or exchange["url"]
    links = sections.read(exchange["body"], url=place, content_type=exchange["content_type"])
    fault = None if len(links) >= _FEWEST_LINKS else "it links to hardly any articles"
    return Offer("section", place, len(links), fault)
