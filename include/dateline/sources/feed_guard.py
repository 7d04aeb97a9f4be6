"""What is done to a feed's bytes before feedparser sees them, so that no feed can hold it up.

feedparser reads hostile markup in linear time, with four exceptions: it looks for an e-mail address in the
words of an author, in the square of the length of a word; it compares each category of an entry with all
others; and attributes and namespaces (`feed_bulk`).
"""

from __future__ import annotations

import html
import re
from itertools import pairwise

from dateline.sources.feed_bulk import excess

MOST_ENTRIES = 20_000
MOST_CATEGORIES = 1000
"""Per entry."""

_ROOT = re.compile(rb"<(?:[^\s<>/:]{1,40}:)?(?:rss|feed|rdf|channel|item|entry)\b", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s{1,9}html|html|head|body|script|div|p|title|table)\b", re.IGNORECASE)
ENTRY = re.compile(rb"<(?:[^\s<>/:]{1,40}:)?(?:item|entry)\b", re.IGNORECASE)
_CATEGORY = re.compile(rb"<(?:[^\s<>/:]{1,40}:)?(?:category|subject|tags?|keywords?)\b", re.IGNORECASE)
_NESTED_ENTITY = re.compile(rb"""<!ENTITY\s{1,9}[^<>"']{1,99}["'][^<>"']*&\w""")
_BOUNDED = re.compile(
    rb"<(?:[^\s<>/:]{1,40}:)?(author|managingeditor|creator|publisher|webmaster|owner|tags|keywords)\b",
    re.IGNORECASE,
)
_LONGEST = 20_000
"""Bytes of an author or of keywords; lists of hundreds of names are shorter."""
_MARKUP = re.compile(rb"<!\[CDATA\[|\]\]>|<[^<>]*>")
_ALONE = re.compile(rb"[^<>]*/>")
_LONG_WORD = re.compile(r"(?<![\w.+-])[\w.+-]{100}", re.ASCII)


def refusal(body: bytes) -> str | None:
    """Why XML in UTF-8 is no feed, or is not even given to the parser; None where it may be."""
    if not _ROOT.search(body):
        return "this is HTML, not a feed" if _HTML.search(body[:4096]) else "this is no feed"
    if _NESTED_ENTITY.search(body):
        return "the feed defines entities by other entities"
    if reason := excess(body):
        return reason
    starts = [found.start() for found in ENTRY.finditer(body)]
    for start, end in pairwise([0, *starts, len(body)]):
        if len(_CATEGORY.findall(body, start, end)) > MOST_CATEGORIES:
            return f"an entry has more than {MOST_CATEGORIES} categories"
    return None


def tamed(body: bytes) -> bytes:
    """The feed without authors and keywords that are longer, or have longer words, than any real ones."""
    kept: list[bytes] = []
    at = 0
    while found := _BOUNDED.search(body, at):
        end = _end(body, found)
        kept.append(body[at : found.start()])
        element = body[found.start() : end]
        if len(element) <= _LONGEST and not _LONG_WORD.search(_words(element)):
            kept.append(element)
        at = end
    return b"".join([*kept, body[at:]])


def _end(body: bytes, start: re.Match[bytes]) -> int:
    """Where an element ends: at its closing tag, or where the entry around it begins or ends."""
    if alone := _ALONE.match(body, start.end()):
        return alone.end()
    closing = (
        rb"</(?:[^\s<>/:]{1,40}:)?" + start[1] + rb"\s{0,9}>|(?=</?(?:[^\s<>/:]{1,40}:)?(?:item|entry)\b)"
    )
    found = re.compile(closing, re.IGNORECASE).search(body, start.end())
    return found.end() if found else len(body)


def _words(element: bytes) -> str:
    """The characters that will stand together in the end, with markup gone and entities read."""
    text = _MARKUP.sub(b"", element).decode("utf-8", "replace")
    return html.unescape(html.unescape(text))
