"""What a feed says, whatever its format."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from dateline.text.dates import parse
from dateline.text.normalise import clean_line
from dateline.text.plain import plain
from dateline.text.urls import without_credentials
from dateline.text.when import When

TITLE_LIMIT = 1000
SUMMARY_LIMIT = 2000
LIST_LIMIT = 100
_URL_LIMIT = 8192


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry.

    Args:
        entry_id: its id: the publisher's own, else its URL, else 32 hex digits over what it says.
        id_source: guid, link or made.
        url: of the article: absolute as far as the feed itself tells, else as written; None without one.
        link: as `url`, but where the feed links to a proxy that counts readers, the proxy's.
        title: plain text, None without one.
        published: when it was published; None if missing or unreadable.
        published_raw: the words for it in the feed.
        updated: when it was last changed; None if missing or unreadable.
        updated_raw: the words for it in the feed.
        authors: names, in order.
        summary: plain text, None without one.
        categories: in order.
        language: as declared for the entry or its feed.
    """

    entry_id: str
    id_source: str
    url: str | None
    title: str | None
    published: When | None = None
    published_raw: str | None = None
    updated: When | None = None
    updated_raw: str | None = None
    authors: tuple[str, ...] = ()
    summary: str | None = None
    categories: tuple[str, ...] = ()
    language: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its own facts, its entries in order, and what was wrong with it.

    Args:
        title, language, url: its own.
        entries: in order.
        warnings: one sentence each.
        fresh_for: for how many seconds it says that nothing new is to be expected; None if it does not.
        skip_hours: hours (0 to 23, UTC) in which it need not be asked.
        skip_days: days (0 is Monday, UTC) on which it need not be asked.
    """

    title: str | None = None
    language: str | None = None
    url: str | None = None
    entries: tuple[Entry, ...] = ()
    warnings: tuple[str, ...] = ()
    fresh_for: float | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Words:
    """What a format's reader found in an entry, as written there.

    Args:
        given: the publisher's own id; None without one.
        url: as `address` gives it.
        title: None or whatever stands in its place.
        published, updated: the words for them.
        summaries: what may serve as summary, best first.
        authors, categories: names, or whatever stands in their place.
        language: as declared, read by `tag`.
        link: where the feed links to, if that is not the article itself.
    """

    given: str | None
    url: str | None
    title: object
    published: str | None
    updated: str | None
    summaries: tuple[object, ...]
    authors: Iterable[object]
    categories: Iterable[object]
    language: str | None
    link: str | None = None


def make_entry(words: Words) -> Entry:
    """The entry that the words make; dates without a zone are kept without one."""
    title = title_of(words.title)
    summary = next(filter(None, map(summary_of, words.summaries)), None)
    # A summary is rewritten more often than a headline: where the rest tells enough, it makes no id.
    told = title and words.published
    entry_id, id_source = identity(words.given, words.url, title, words.published, None if told else summary)
    return Entry(
        entry_id=entry_id,
        id_source=id_source,
        url=words.url,
        title=title,
        published=parse(words.published),
        published_raw=words.published,
        updated=parse(words.updated),
        updated_raw=words.updated,
        authors=texts(words.authors),
        summary=summary,
        categories=texts(words.categories),
        language=words.language,
        link=words.link or words.url,
    )


def identity(given: str | None, url: str | None, *facts: str | None) -> tuple[str, str]:
    """(id, where it is from): the given one, else the URL, else made of the facts."""
    if given and (given := clean_line(given[:_URL_LIMIT])):
        return without_credentials(given), "guid"
    if url:
        return url, "link"
    text = "\x1f".join(fact or "" for fact in facts)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32], "made"


def address(url: str | None, base: str | None) -> str | None:
    """A URL made absolute against the feed's own; as written where that is unknown."""
    if not url or len(url) > _URL_LIMIT:
        return None
    url = re.sub(r"[\t\r\n]", "", clean_line(url))
    if not url:
        return None
    try:
        joined = urljoin(base, url) if base and not urlsplit(url).scheme else url
    except ValueError:
        joined = url
    return without_credentials(joined)


def texts(values: Iterable[object]) -> tuple[str, ...]:
    """Plain, non-empty, each once, in order, no more than anybody reads."""
    found: dict[str, None] = {}
    for value in values:
        if len(found) >= LIST_LIMIT:
            break
        if isinstance(value, str) and (text := plain(value, 300)):
            found[text] = None
    return tuple(found)


def tag(language: object) -> str | None:
    """A declared language as written (`de-CH`), None for what can't be one."""
    if not isinstance(language, str):
        return None
    language = language.strip().replace("_", "-")
    return language if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", language) else None


def title_of(value: object) -> str | None:
    return plain(value, TITLE_LIMIT) or None if isinstance(value, str) else None


def summary_of(value: object) -> str | None:
    return plain(value, SUMMARY_LIMIT) or None if isinstance(value, str) else None
