"""What is left of a feed that is packed, cut, or larger than anybody reads: its first entries."""

from __future__ import annotations

import re
from typing import BinaryIO

from dateline.sources.feed_guard import ENTRY, MOST_ENTRIES
from dateline.sources.unpacked import Unpacked

LONGEST = 16 * 1024 * 1024
"""Bytes of a feed, decompressed; ten times the largest one seen in the news."""

_ENTRY_END = re.compile(rb"</(?:[^\s<>/:]{1,40}:)?(?:item|entry)\s{0,9}>", re.IGNORECASE)
_OUTER = re.compile(rb"<((?:[^\s<>/:]{1,40}:)?(?:rss|feed|rdf))\b", re.IGNORECASE)
_CHANNEL = re.compile(rb"<((?:[^\s<>/:]{1,40}:)?channel)\b", re.IGNORECASE)


def bounded(stream: BinaryIO, longest: int = LONGEST, what: str = "feed") -> tuple[bytes, str | None]:
    """The first bytes of a feed, unpacked where they are gzip, and what is wrong with them.

    Args:
        stream: the bytes as they came.
        longest: how many are read, decompressed.
        what: it is, in the words of the fault.

    Returns:
        (bytes, one sentence where they are not the whole feed).
    """
    plain, parts = Unpacked(stream), []
    while plain.tell() <= longest and (part := plain.read()):
        parts.append(part)
    body = b"".join(parts)
    fault = "the gzip data is damaged or cut short" if plain.is_cut else None
    if len(body) > longest:
        body, fault = body[:longest], f"the {what} has more than {longest} bytes; the rest is left out"
    if fault:
        # Half a letter at the end would make the charset doubtful.
        body = body[: max(body.rfind(b">"), body.rfind(b"}")) + 1] or body
    return body, fault


def first_entries(body: bytes, is_cut: bool) -> tuple[bytes, str | None]:
    """XML in UTF-8 with its first MOST_ENTRIES entries, whole ones, closed where it is shortened.

    Returns:
        (the feed, one sentence where entries are too many).
    """
    starts = [found.start() for found in ENTRY.finditer(body)]
    if len(starts) > MOST_ENTRIES:
        fault = f"the feed has more than {MOST_ENTRIES} entries; the rest is left out"
        return _closed(body, starts[0], starts[MOST_ENTRIES]), fault
    if is_cut and starts:
        # An entry that says half of what it said is not one to be believed.
        end = len(body) if _ENTRY_END.search(body, starts[-1]) else starts[-1]
        return _closed(body, starts[0], end), None
    return body, None


def _closed(body: bytes, first: int, end: int) -> bytes:
    """The feed up to a place between entries, with the elements around the entries closed."""
    head, made = body[:first], body[:end]
    if (channel := _CHANNEL.search(head)) and b"</" + channel[1] not in head:
        made += b"</" + channel[1] + b">"
    if outer := _OUTER.search(head):
        made += b"</" + outer[1] + b">"
    return made
