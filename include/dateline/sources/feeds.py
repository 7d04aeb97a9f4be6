"""Feeds: RSS of every version, Atom and RDF by feedparser, JSON Feed by an own reader."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import Any
from xml.sax import SAXException

from dateline.sources.feed_bounds import LONGEST, bounded, first_entries
from dateline.sources.feed_guard import MOST_ENTRIES, refusal, tamed
from dateline.sources.feed_hints import hints
from dateline.sources.feed_json import read_json
from dateline.sources.feed_parts import Entry, Feed, Words, address, make_entry, tag, title_of
from dateline.text.charsets import is_binary
from dateline.text.html.charset import decode
from dateline.text.leads import lead_digest, make_lead
from dateline.text.normalise import clean_line

__all__ = ["LONGEST", "Entry", "Feed", "lead", "lead_digest", "read"]

_DECLARATION = re.compile(r"\s*<\?xml[^<>]{0,200}?\?>")
_ENCODING = re.compile(rb"""\s*<\?xml[^<>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})["']""")
_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.IGNORECASE)

_IN_UTF8 = {"content-type": "application/xml; charset=utf-8"}
"""Else feedparser would believe a second XML declaration, and see other markup than what was checked."""


def read(body: bytes, *, content_type: str | None = None) -> Feed:
    """What a feed says, as far as it can be read.

    Args:
        body: the bytes as they came, gzip or not; of more than LONGEST the first are read.
        content_type: the Content-Type header; only its charset counts, as for pages.

    Never raises: what is no feed (HTML, binary, empty, hostile) gives no entries and one warning.
    """
    body, fault = bounded(BytesIO(body))
    if reason := _no_text(body):
        return Feed(warnings=(fault or reason,))
    # Decoded here, so that what is checked below is also what feedparser sees.
    text = decode(body, content_type)
    if text.lstrip()[:1] in ("{", "["):
        feed = read_json(text, MOST_ENTRIES, fault is not None)
    else:
        feed = _read_markup(text, fault is not None)
    if not feed.entries:
        return replace(feed, warnings=(fault,)) if fault else feed
    faults = [each for each in (fault, _charset_fault(body, content_type)) if each]
    return replace(feed, warnings=(*faults, *feed.warnings))


def lead(entry: Entry, feed_url: str) -> dict[str, Any]:
    """The facts of an entry in the shape of `contracts.shared.LEAD_TYPE`."""
    return make_lead(
        "feed",
        origin_url=feed_url,
        entry_id=entry.entry_id,
        title=entry.title,
        published=entry.published.written if entry.published else entry.published_raw,
        updated=entry.updated.written if entry.updated else entry.updated_raw,
        authors=list(entry.authors),
        summary=entry.summary,
        categories=list(entry.categories),
        language=entry.language,
    )


def _no_text(body: bytes) -> str | None:
    if not body.strip():
        return "the feed is empty"
    return "this is binary data, not a feed" if is_binary(body) else None


def _charset_fault(body: bytes, content_type: str | None) -> str | None:
    """One sentence where bytes are not the UTF-8 that they are said to be, or must be if nothing is said."""
    declared = _ENCODING.match(body)
    charset = _CHARSET.search(content_type or "")
    names = [declared[1].decode("ascii")] if declared else []
    names += [charset[1]] if charset else []
    if body.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in body[:4]:
        return None
    if any(name.lower() not in ("utf-8", "utf8") for name in names):
        return None
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return "the feed is not in UTF-8, as it should be: letters beyond ASCII are a guess"
    return None


def _read_markup(text: str, is_cut: bool) -> Feed:
    """The feed in an XML text, of which an entry that is cut in two does not count."""
    body = _DECLARATION.sub("", text, count=1).encode("utf-8", "replace")
    body, fault = first_entries(body, is_cut)
    if reason := refusal(body):
        return Feed(warnings=(reason,))
    feed, said = _read_xml(tamed(body)), hints(body)
    return replace(
        feed,
        warnings=(fault, *feed.warnings) if fault else feed.warnings,
        fresh_for=said.fresh_for,
        skip_hours=said.skip_hours,
        skip_days=said.skip_days,
    )


def _read_xml(body: bytes) -> Feed:
    import feedparser

    try:
        # From a stream: of a string, feedparser would open the file or the URL that it names.
        parsed = feedparser.parse(
            BytesIO(body), response_headers=_IN_UTF8, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:
        # On broken input feedparser lets through whatever its parts raise; the type says which.
        return Feed(warnings=(f"feedparser can't read it: {type(error).__name__}",))
    facts = parsed.get("feed", {})
    base = _base(facts)
    language = tag(dict.get(facts, "language"))
    is_rss = not (parsed.get("version") or "").startswith("atom")
    entries = tuple(_entry(entry, base, language, is_rss) for entry in parsed.entries)
    warnings = []
    if parsed.get("bozo") and isinstance(parsed.get("bozo_exception"), SAXException):
        warnings.append(f"the XML is broken: {_fault(parsed.bozo_exception)}")
    if not entries:
        warnings = [*warnings, "the feed has no entries"][-1:]
    return Feed(
        title=title_of(dict.get(facts, "title")),
        language=language,
        url=address(dict.get(facts, "link"), base),
        entries=entries,
        warnings=tuple(warnings),
    )


def _base(facts: dict[str, Any]) -> str | None:
    """The feed's own absolute URL, if it tells: its site's, else its self link."""
    links = dict.get(facts, "links") or ()
    for url in (dict.get(facts, "link"), *(dict.get(link, "href") for link in links)):
        if isinstance(url, str) and re.match(r"https?://[^/\s]", url):
            return url
    return None


def _fault(error: SAXException) -> str:
    """Where the parser stopped; never the text there."""
    line = getattr(error, "getLineNumber", lambda: None)()
    return f"{error.getMessage()[:80]}, line {line}" if line else error.getMessage()[:80]


def _entry(raw: dict[str, Any], base: str | None, language: str | None, is_rss: bool) -> Entry:
    published, updated = _date(raw, "published") or _date(raw, "created"), _date(raw, "updated")
    if is_rss and not published:
        # RSS knows no change date: its `dc:date` is publication, though feedparser files it as updated.
        published, updated = updated, None
    words = Words(
        given=dict.get(raw, "id"),
        url=_url(raw, base),
        title=dict.get(raw, "title"),
        published=published,
        updated=updated,
        summaries=(dict.get(raw, "summary"), _content(raw)),
        authors=_names(raw),
        categories=(
            dict.get(each, "label") or dict.get(each, "term") for each in dict.get(raw, "tags") or ()
        ),
        language=tag(dict.get(raw, "language")) or language,
        link=_link(raw, base),
    )
    return make_entry(words)


def _url(raw: dict[str, Any], base: str | None) -> str | None:
    """The article's URL; where a proxy's link stands in the feed, the original."""
    original = dict.get(raw, "feedburner_origlink")
    if isinstance(original, str) and original.startswith("http"):
        return address(original, base)
    return _link(raw, base)


def _link(raw: dict[str, Any], base: str | None) -> str | None:
    link = dict.get(raw, "link")
    if link and link == dict.get(raw, "id") and not re.match(r"(?:https?:)?/", link):
        # feedparser takes a guid for the link unless the feed denies it; a bare word is none.
        return None
    return address(link, base)


def _date(raw: dict[str, Any], name: str) -> str | None:
    value = dict.get(raw, name)
    return clean_line(value[:200]) or None if isinstance(value, str) else None


def _content(raw: dict[str, Any]) -> str | None:
    contents = dict.get(raw, "content") or ()
    return next((dict.get(content, "value") for content in contents), None)


def _names(raw: dict[str, Any]) -> list[object]:
    """Names of people; an author of whom only an address is known has none."""
    people = [dict.get(person, "name") for person in dict.get(raw, "authors") or () if person]
    if any(people):
        return people
    lone = dict.get(raw, "author")
    return [lone] if isinstance(lone, str) and "@" not in lone else []
