"""Where a site keeps its feeds and sitemaps: what its front page and robots.txt say, and the usual places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from dateline.errors import Refused
from dateline.text import robots
from dateline.text.html.charset import decode
from dateline.text.html.evidence import Evidence, gather
from dateline.text.html.tree import Tree, parse, refuse_other_than_text
from dateline.text.languages import UNKNOWN, normalise_tag
from dateline.text.normalise import clean_line
from dateline.text.urls import absolute, same_site, url_key, web_url

__all__ = ["FEED_PATHS", "SITEMAP_PATHS", "Home", "from_home", "from_robots", "usual", "without_generic"]

FEED_PATHS = (
    "/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/index.rdf", "/feed.json",
)  # fmt: skip
"""Where feeds lie that no page names, most common first."""

SITEMAP_PATHS = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap.xml", "/sitemap_index.xml")
"""Where sitemaps lie that no robots.txt names; those of news before those of everything."""

_MOST = 50
_FEED_TYPE = re.compile(r"(?:application|text)/(?:(?:x-)?(?:rss|atom|rdf)(?:\+xml)?|feed\+json)\Z")
_COMMENTS = re.compile(r"comment|kommentar|comentario|commentaire|oembed", re.IGNORECASE)
_FEED_PLACE = re.compile(
    r"/(?:feeds?|rss\d{0,3}|atom|rdf)/?\Z|\.(?:rss|atom|rdf)\Z|/(?:[\w-]{0,40}[-_.])?(?:feed|rss|atom)[\w.-]{0,40}\.(?:xml|json)\Z"
    r"|/(?:feeds?|rss)/[^?#]{1,200}\.xml\Z",
    re.IGNORECASE,
)
_FEED_QUERY = re.compile(
    r"(?:\A|&)(?:feed=(?:rss2?|atom|rdf)|format=(?:rss|feed|atom)|type=100)(?:&|\Z)", re.IGNORECASE
)
_SITEMAP_PLACE = re.compile(r"/[^/?#]{0,80}sitemap[^/?#]{0,80}\.xml(?:\.gz)?\Z", re.IGNORECASE)
_FILE_NAME = re.compile(r"(?<=[^/])/[^/]*\.[a-z0-9]{2,5}\Z", re.IGNORECASE)
_GENERIC = frozenset({
    "home", "homepage", "home page", "front page", "start", "startseite", "accueil", "inicio", "início",
    "portada", "strona główna", "главная", "welcome", "index", "untitled", "news", "latest", "latest news",
    "all news", "top stories", "headlines", "latest headlines", "feed", "rss", "rss feed", "atom",
})  # fmt: skip
"""Titles and parts of titles that every site has."""
_BETWEEN = re.compile(r"\s+[|–—·»-]\s+")
_SCHEME = re.compile(r"feed:(?://)?(?=https?:)|feed(?=://)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Home:
    """What a front page says of its site.

    Args:
        feeds: addresses, best first; those that the page's head announces before those that it links to.
        sitemaps: addresses.
        name: of the publisher.
        language: BCP 47 tag, as declared.
    """

    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    name: str | None = None
    language: str | None = None


def from_home(body: bytes, *, url: str, content_type: str | None = None) -> Home:
    """What a front page tells; nothing where it is no page.

    Args:
        body: as it came.
        url: of the page, after redirects.
        content_type: the Content-Type header.
    """
    try:
        refuse_other_than_text(body)
        tree = parse(decode(body, content_type))
    except Refused:
        return Home()
    page = gather(tree, url)
    base = next((base for each in tree.iter("base") if (base := absolute(each.get("href") or "", url))), url)
    language = normalise_tag(page.language or page.first("og:locale", "content-language", "language"))
    return Home(
        feeds=_once([*_announced(tree, base), *_linked(tree, base)]),
        sitemaps=_once(_sitemaps(tree, base)),
        name=_name(page),
        language=language if language != UNKNOWN else None,
    )


def from_robots(body: bytes, *, url: str) -> tuple[str, ...]:
    """The sitemaps that a robots.txt names: news before the others.

    Args:
        body: as it came.
        url: of the file; relative addresses, against the protocol, are meant from there.
    """
    named = robots.parse(body, "*").sitemaps
    return _once(sorted(filter(None, (absolute(each, url) for each in named)), key=_is_no_news))


def usual(paths: Iterable[str], url: str) -> tuple[str, ...]:
    """These paths on the host of a URL, and below the URL itself where it lies deeper and is no file."""
    below = _FILE_NAME.sub("", url.partition("?")[0].partition("#")[0]).rstrip("/")
    return _once(each for path in paths for each in (absolute(path, url), web_url(below + path)) if each)


def _announced(tree: Tree, base: str) -> Iterator[str]:
    """What `<link rel=alternate>` names (RSS autodiscovery, RFC 4287); feeds of comments are left out."""
    for element in tree.iter("link"):
        rel = (element.get("rel") or "").lower().split()
        kind = (element.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" in rel and _FEED_TYPE.match(kind):
            yield from _address(element, base)


def _linked(tree: Tree, base: str) -> Iterator[str]:
    """What links on the page look like feeds, on this site or on a host for them (`feeds.`, `rss.`)."""
    for element in tree.iter("a"):
        for link in _address(element, base):
            parts = urlsplit(link)
            is_host = re.match(r"(?:feeds?|rss)\d?\.", parts.hostname or "") is not None
            is_feed = _FEED_PLACE.search(parts.path[-400:]) or _FEED_QUERY.search(parts.query[:400])
            if (same_site(link, base) and is_feed) or (is_host and (is_feed or len(parts.path) > 1)):
                yield link


def _sitemaps(tree: Tree, base: str) -> Iterator[str]:
    for element in tree.iter("link", "a"):
        is_named = "sitemap" in (element.get("rel") or "").lower().split()
        for link in _address(element, base):
            if is_named or (same_site(link, base) and _SITEMAP_PLACE.search(urlsplit(link).path[-400:])):
                yield link


def _address(element: Tree, base: str) -> Iterator[str]:
    """The http(s) address of a link, unless it is one of comments."""
    href = _SCHEME.sub(
        lambda found: "" if found[0].endswith(("/", ":")) else "http", element.get("href") or "", 1
    )
    link = absolute(href.partition("#")[0], base) if href.strip() else None
    if link and not _COMMENTS.search(link) and not _COMMENTS.search((element.get("title") or "")[:200]):
        yield link


def _name(page: Evidence) -> str | None:
    """The publisher's name: as declared, else the shorter end of the page's title."""
    if declared := page.first("og:site_name", "application-name", "apple-mobile-web-app-title"):
        return clean_line(declared)[:100] or None
    title = page.title[:300]
    ends = _ends(title)
    return (without_generic(title) if len(ends) < 2 else min(ends, key=len)[:100]) or None


def without_generic(title: str | None) -> str | None:
    """A title without its end that every site has (`Home | The Quay`); None where nothing else is left."""
    parts = [part for part in _BETWEEN.split((title or "").strip()[:300]) if part]
    ends = _ends(title or "")
    left = (title or "").strip() if len(ends) == min(len(parts), 2) else "".join(ends)
    return left[:100] or None


def _ends(title: str) -> list[str]:
    """First and last part of a title, as far as they name something."""
    parts = [part for part in _BETWEEN.split(title.strip()[:300]) if part]
    ends = parts if len(parts) < 2 else [parts[0], parts[-1]]
    return [end for end in ends if end.strip(" .!…:").lower() not in _GENERIC]


def _is_no_news(url: str) -> bool:
    return "news" not in urlsplit(url).path.lower()


def _once(urls: Iterable[str]) -> tuple[str, ...]:
    """Each once, and no more than anybody has."""
    found: dict[str, str] = {}
    for url in urls:
        if len(found) >= _MOST:
            break
        found.setdefault(url_key(url) or url, url)
    return tuple(found.values())
