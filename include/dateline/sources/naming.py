"""Whether a feed, sitemap or section page names what was taken down, and so may quote it.

The body is read as polling reads it, and every other address in it is looked at too: in a summary, a script,
a part that no reader gets to. What counts is the identity of an address: none is taken for a longer one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from io import BytesIO
from typing import Any

from dateline.errors import Refused
from dateline.sources import feeds, sitemaps
from dateline.sources.exchange import GZIP
from dateline.sources.unpacked import Unpacked
from dateline.text.forgotten import Forgotten, spelled_out
from dateline.text.html.charset import decode
from dateline.text.html.tree import parse
from dateline.text.urls import absolute, same_site

LEADING = ("feed", "sitemap", "section")
"""Kinds of input that name articles: when one of them goes, so do their bodies; their rows stay."""

LONGEST = sitemaps.LONGEST
"""Bytes, unpacked, that are looked through; of more nobody could say that they do not name it."""

_LONGEST_URL = 8192
_ADDRESS = re.compile(r"""(?:https?:)?/{1,2}[^\s"'<>\\^`{|}]{1,8192}""", re.IGNORECASE)
_TRAILING = ".,;:!?)]'*"
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|/)")
_DISGUISED = re.compile(
    rb"&#(?:0*(?:4[5-9]|5\d|6[5-9]|[7-9]\d|1[01]\d|12[0-2])|x0*(?:2d|[3-7][0-9a-f]))\b"
    rb"|%(?:2d|3\d|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9a])|\\u00[2-7]",
    re.IGNORECASE,
)
"""Letters, digits, hyphens and underlines of ASCII that are written in another way."""


def is_named(row: Mapping[str, Any], forgotten: Forgotten) -> bool:
    """Whether a capture or exchange is of a kind that leads to articles and names one that was taken down.

    Args:
        row: with `input_kind`, `url`, `final_url`, `content_type` and `body`.

    Never raises. A body that has more than LONGEST bytes counts as naming what lies on its own site.
    """
    body = row["body"]
    if not body or row["input_kind"] not in LEADING or not forgotten.needles:
        return False
    if _is_plainly_without(body, forgotten.needles):
        return False
    body, is_whole = _unpacked(body)
    place = row["final_url"] or row["url"]
    if not is_whole and any(same_site(url, place) for url in forgotten.urls):
        return True
    text = _unescaped(decode(body, row["content_type"]))
    if not _has_any(spelled_out(text), forgotten.needles):
        return False
    read = _READERS[row["input_kind"]](body, place or "", row["content_type"])
    return any(map(forgotten.has_url, read)) or any(map(forgotten.has_url, _written(text, place, forgotten)))


def _is_plainly_without(body: bytes, needles: tuple[str, ...]) -> bool:
    """Whether it can be seen without reading that no address is in it: most bodies end here."""
    if body.startswith(GZIP) or b"\0" in body[:4] or not re.search(rb"[<{:]", body[:200]):
        return False
    # What is not ASCII may stand in any charset.
    if not all(map(str.isascii, needles)) or _DISGUISED.search(body):
        return False
    return not any(needle.encode() in body for needle in needles)


def _unpacked(body: bytes) -> tuple[bytes, bool]:
    """The first LONGEST bytes, and whether they are all."""
    plain, parts = Unpacked(BytesIO(body)), []
    while plain.tell() <= LONGEST and (part := plain.read()):
        parts.append(part)
    found = b"".join(parts)
    return found[:LONGEST], len(found) <= LONGEST


def _unescaped(text: str) -> str:
    """Escapes of JSON and XML undone; twice, as feeds escape the markup in their summaries."""
    if "\\" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else "/", text)
    return unescape(unescape(text)) if "&" in text else text


def _has_any(text: str, needles: tuple[str, ...]) -> bool:
    return any(needle in text for needle in needles)


def _written(text: str, place: str | None, forgotten: Forgotten) -> Iterator[str]:
    """The addresses in a text, in whatever format, that have a needle in them."""
    for found in _ADDRESS.finditer(text):
        token = found[0]
        if _has_any(spelled_out(token), forgotten.needles):
            for end in (token, token.rstrip(_TRAILING)):
                if url := absolute(end, place):
                    yield url


def _of_feed(body: bytes, place: str, content_type: str | None) -> Iterator[str]:
    for entry in feeds.read(body, content_type=content_type).entries:
        yield from _absolute((entry.url, entry.link, entry.entry_id), place)


def _of_sitemap(body: bytes, place: str, content_type: str | None) -> Iterator[str]:
    for entry in sitemaps.read(body, url=place, content_type=content_type).entries:
        yield entry.url


def _of_section(body: bytes, place: str, content_type: str | None) -> Iterator[str]:
    """Every link, also those that polling does not follow."""
    try:
        tree = parse(decode(body, content_type))
    except Refused:
        return
    base = next((each.get("href") for each in tree.iter("base") if each.get("href")), None)
    under = absolute(base, place) if base else None
    yield from _absolute((each.get("href") for each in tree.iter("a", "area", "link")), under or place)


def _absolute(found: Any, place: str) -> Iterator[str]:
    for each in found:
        if each and len(each) <= _LONGEST_URL and (url := absolute(each, place)):
            yield url


_READERS = {"feed": _of_feed, "sitemap": _of_sitemap, "section": _of_section}
