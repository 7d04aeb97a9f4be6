"""When two URLs are one: the versioned URL key, the site of a URL, the identity of an article."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote_to_bytes, urljoin, urlsplit

from dateline.text.hosts import as_utf8, host_of, plain_host, port_of, registrable, without_prefix
from dateline.text.urls_tracking import is_tracking, without_tracking

URL_KEY_VERSION = "u2"
"""Raised whenever the key of any URL changes; every key begins with it."""

_LONGEST = 8192


_INDEX_FILE = re.compile(r"(?:index|default)\.(?:[sx]?html?|php|aspx?|jsp)", re.IGNORECASE)
_AMP_SUFFIX = re.compile(r"(?<=\w)(?:\.amp(?=\.html?$|$)|[-_]amp(?=\.html?$))")
_BEFORE_NAMES = frozenset({
    "tag", "tags", "topic", "topics", "thema", "themen", "tema", "temas", "category", "categories",
    "kategorie", "label", "labels", "keyword", "keywords", "search", "companies", "quote", "symbol",
})  # fmt: skip
"""Behind these `amp` is a name like any other: that of what is listed."""
_ASKED = re.compile(r"(?:[&;]|%3F)(?:amp;)?(?=(?:utm_[a-z]+|fbclid)=)", re.IGNORECASE)
"""Where the parameters begin that somebody put behind an address without looking whether it has a `?`."""
_SESSION = re.compile(r";jsessionid=[^/]*", re.IGNORECASE)
_AMP_CACHE = re.compile(r"/(?:[acivw]/)+(?:s/)?([^/]+\.[^/]+)(/.*)?", re.DOTALL)
_AMP_VIEWER = re.compile(r"/amp/(?:s/)?([^/]+\.[^/]+)(/.*)?", re.DOTALL)
_HOME = re.compile(
    r"(?:[a-z]{2}(?:[-_][a-z]{2})?)?(?:(?:\A|/)(?:(?:index|home|homepage|startseite|accueil|inicio)(?:\.\w+)?|amp))?",
    re.IGNORECASE,
)

_EDGES = "".join(map(chr, range(0x21)))
_WITHIN = {ord(letter): None for letter in "\t\r\n"}
"""What every reader of URLs takes away at the ends and within (https://url.spec.whatwg.org/#url-parsing)."""
_CREDENTIALS = re.compile(r"\A([\x00-\x20\s]*(?:[A-Za-z][A-Za-z0-9+.-]*:)?//)[^/?#\\]*@")
_SAFE_IN_PATH = "-._~!$'()*,;:@&=+"
_SAFE_IN_QUERY = "-._~!$'()*,:@/"
_PLAIN = re.compile(r"[\w.~!$'()*,:@-]*", re.ASCII)
"""What is written the same way everywhere."""


_PLAIN_URL = re.compile(r"https?://([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+)((?:/[A-Za-z0-9._~-]*)*)")
"""What most URLs look like: it needs nothing of the care that ports, queries and percent signs do."""


_SIMPLE_URL = re.compile(
    r"https?://([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+)((?:/(?!amp/|amp\Z)[A-Za-z0-9_~-]+)*)/?"
)
"""A plain URL with nothing to undress: no dot in its path, no empty part, no sign of an AMP page."""


@lru_cache(maxsize=2048)
def url_key(url: str | None) -> str | None:
    """The key under which URLs count as one, or None for what is no http(s) URL.

    Scheme, default port, user, fragment (except `#!`), host prefixes (www, m, mobile, amp), the ways to
    ask for an AMP page and tracking parameters (`urls_tracking.py`) do not count; nor do the order of
    parameters, percent and IDN spellings, or a trailing slash. The case of paths and unknown parameters do:
    where in doubt, two pages stay two, as a page met twice shows later by its text, but one lost does not.
    """
    simple = _SIMPLE_URL.fullmatch(url) if url and len(url) <= _LONGEST else None
    if simple and (named := plain_host(simple[1])) is not None:
        return f"{URL_KEY_VERSION}:{named}{simple[2]}"
    if (plain := _plain(url)) and (named := plain_host(plain[1])) is not None:
        path, _ = _path(plain[2])
        return f"{URL_KEY_VERSION}:{named}/{path}" if path else f"{URL_KEY_VERSION}:{named}"
    parts = _split(url)
    if parts is None:
        return None
    host = host_of(parts)
    if host is None:
        return None
    path, asked = _path(parts.path)
    query = _query(f"{asked}&{parts.query}" if asked else parts.query)
    named = f"[{host}]" if ":" in host else without_prefix(host)
    key = f"{URL_KEY_VERSION}:{named}{port_of(parts)}"
    if path:
        key += f"/{path}"
    if query:
        key += f"?{query}"
    if parts.fragment.startswith("!"):
        key += f"#{_percent(parts.fragment, _SAFE_IN_QUERY)}"
    return key


def article_id(
    url: str | None, archive: str | None = None, path: str | None = None, index: int | None = None
) -> str:
    """32 hex digits that name an article: over its URL key, or without a URL over its place in an archive."""
    key = url_key(url)
    if key:
        return id_over("url", key)
    return id_over("archive", archive, path, index) if archive else id_over("raw", url)


def id_over(*named: str | int | None) -> str:
    """32 hex digits over what names a thing, the kind of name first: an article by its URL has `url`, key."""
    return hashlib.sha256(json.dumps(named).encode()).hexdigest()[:32]


def known_by(url: str | None, canonical: str | None = None, known_as: str | None = None) -> str | None:
    """The URL that the identity of a page is made of, or None for what has none.

    Args:
        url: where it lies. Without one, its own word makes no identity: it could claim another publisher's.
        canonical: its own word, of the same site.
        known_as: what it was known by before it moved; counts only within the site.
    """
    own = (canonical or url) if url else None
    return known_as if known_as and same_site(known_as, own) else own


def same_site(one: str | None, other: str | None) -> bool:
    """Whether two URLs lie under one registrable domain (`news.example.co.uk`, `www.example.co.uk`)."""
    sites = site_of(one), site_of(other)
    return sites[0] is not None and sites[0] == sites[1]


@lru_cache(maxsize=2048)
def site_of(url: str | None) -> str | None:
    """The registrable domain of an http(s) URL: `example.co.uk`; an address or single name as it is."""
    if (plain := _plain(url)) and plain_host(plain[1]) is not None:
        return registrable(plain[1])
    parts = _split(url)
    host = host_of(parts) if parts else None
    return registrable(host) if host else None


def is_home(url: str) -> bool:
    """Whether a URL is the front page of a site (or of its edition in one language)."""
    parts = _split(url)
    if parts is None:
        return True
    path, asked = _path(parts.path)
    return _HOME.fullmatch(path) is not None and not _query(f"{asked}&{parts.query}")


def web_url(url: str | None) -> str | None:
    """The URL if it is an http(s) one whose host can be stored, as it is but for credentials, else None.

    Blanks and control characters around it, and line breaks in it, are no part of it.
    """
    url = url.strip(_EDGES).translate(_WITHIN) if url else None
    return without_credentials(url) if url and _split(url) and _is_encodable(url) else None


def without_credentials(url: str) -> str:
    """A URL without user and password, which are not ours to use or to keep, whoever put them into a link."""
    return _CREDENTIALS.sub(r"\1", url, count=1) if "@" in url else url


def absolute(url: str, base: str | None) -> str | None:
    """An http(s) URL out of a reference in a page, or None."""
    try:
        joined = urljoin(base or "", url.strip())
    except ValueError:
        return None
    return web_url(joined)


def _is_encodable(url: str) -> bool:
    """Whether no lone surrogate is in it, as JSON may hold: it could be neither asked for nor stored."""
    try:
        url.encode()
    except UnicodeEncodeError:
        return False
    return True


def _split(url: str | None) -> SplitResult | None:
    """The parts of an http(s) URL, an AMP cache's or viewer's URL unwrapped."""
    if not url or len(url) > _LONGEST:
        return None
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
        _ = parts.port  # a port that is no number is found out only when asked for
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    wrapped = None
    if host.endswith(".cdn.ampproject.org"):
        wrapped = _AMP_CACHE.fullmatch(parts.path)
    elif host.startswith("www.google."):
        wrapped = _AMP_VIEWER.fullmatch(parts.path)
    if wrapped:
        return parts._replace(netloc=wrapped[1], path=wrapped[2] or "")
    return parts


def _plain(url: str | None) -> re.Match[str] | None:
    return _PLAIN_URL.fullmatch(url) if url and len(url) <= _LONGEST else None


def _path(path: str) -> tuple[str, str]:
    """A path, normalised, without slashes at its ends; and the parameters that were put into it."""
    written = [_percent(segment, _SAFE_IN_PATH) for segment in _SESSION.sub("", path).split("/")]
    asked = ""
    if found := _ASKED.search(whole := "/".join(written)):
        written, asked = whole[: found.start()].split("/"), whole[found.end() :]
    kept: list[str] = []
    for segment in written:
        # Only now: `%2e%2e` is a step up too (WHATWG URL, "double-dot URL path segment").
        if segment == "..":
            del kept[-1:]
        elif segment not in ("", "."):
            kept.append(segment)
    return "/".join(_undressed(kept)), asked


def _undressed(kept: list[str]) -> list[str]:
    """The segments without index file and whatever asks for an AMP page."""
    while kept:
        last = kept[-1]
        # `/amp` marks a page only beside a path that names one.
        is_dress = len(kept) > 1 and last in ("amp", "amp.html") and kept[-2].lower() not in _BEFORE_NAMES
        if not last or is_dress or _INDEX_FILE.fullmatch(last):
            del kept[-1]
            continue
        kept[-1] = _AMP_SUFFIX.sub("", last)
        if kept[-1] == last:
            break
    while len(kept) > 1 and kept[0] == "amp":
        del kept[0]
    return kept


def _query(query: str) -> str:
    pairs = []
    for part in without_tracking(query):
        name, equals, value = part.replace("+", " ").partition("=")
        name, value = _percent(name, _SAFE_IN_QUERY), _percent(value, _SAFE_IN_QUERY)
        if (name or equals) and not is_tracking(name.lower(), value.lower()):
            pairs.append((name, equals, value))
    return "&".join("".join(pair) for pair in sorted(pairs))


def _percent(text: str, safe: str) -> str:
    """One spelling for each percent-encoded text."""
    if _PLAIN.fullmatch(text):
        return text
    return quote(unquote_to_bytes(as_utf8(unicodedata.normalize("NFC", text))), safe=safe)
