"""Under which addresses one article was met: what redirects to what, and what pages call themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from urllib.parse import urlsplit

from dateline.text.article_urls import is_article_url
from dateline.text.urls import is_home

Link = tuple[str, str]
"""(id of an address, id of the address that it led to, or that the page there calls its own)."""

Urls = Mapping[str, Set[str]]
"""Article id → addresses that have it."""


def same_article(
    asked: Set[str], known: Set[str], links: Iterable[Link], urls: Urls, never: Set[str] = frozenset()
) -> set[str]:
    """The ids of all addresses of an article, `asked` and `known` included.

    Where an address leads, its article lies: forwards a link is followed, unless it ends at a place where
    many others end (a section, a page that asks for consent), which is no article's. An address that leads to
    the article is one of it unless it has led to others as well, as `/latest` does.

    Args:
        asked: ids that a person has named: these are the article's, whatever they look like.
        known: ids that are known to be of it.
        links: those that touch it, and those that touch what they lead to.
        never: ids of what is no article: feeds, sitemaps, section pages.
    """
    into: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in links:
        if one != other:
            into[other].add(one)
    out: defaultdict[str, set[str]] = defaultdict(set)
    for other, origins in into.items():
        for one in origins - never:
            if other in asked or (other not in never and _is_name(one, other, urls, len(origins))):
                out[one].add(other)
    found = {*asked, *known}
    while True:
        ours = found.union(*(out[one] for one in found & out.keys()))
        behind = {one for one, others in out.items() if others <= {*ours, one} and not _is_front(one, urls)}
        grown = ours | {one for one in behind if out[one] & ours}
        if grown == found:
            return found
        found = grown


def _is_front(one: str, urls: Urls) -> bool:
    return any(map(is_home, urls.get(one, ())))


def _is_name(one: str, other: str, urls: Urls, origins: int) -> bool:
    """Whether an address that another leads to is its article's own."""
    if _is_front(other, urls):
        return False
    if any(map(is_article_url, urls.get(other, ()))):
        return True
    return origins == 1 and not any(
        _is_above(above, below) for above in urls.get(other, ()) for below in urls.get(one, ())
    )


def _is_above(above: str, below: str) -> bool:
    """Whether an address is the section that another lies in."""
    one, other = urlsplit(above), urlsplit(below)
    path = one.path.rstrip("/") + "/"
    return one.hostname == other.hostname and not one.query and other.path.startswith(path)
