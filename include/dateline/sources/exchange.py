"""What all readers of archives share: the row that they make, and bytes out of a stream within bounds."""

from __future__ import annotations

import zlib
from datetime import datetime
from typing import Any, BinaryIO

from dateline.errors import Refused
from dateline.text.urls import without_credentials

LONGEST = 16 * 1024 * 1024
"""Bytes of one input, decompressed, unless the caller says otherwise."""
GZIP = b"\x1f\x8b"
UNANSWERED: dict[str, Any] = {
    "tries": 0, "waited": None, "wire_bytes": 0, "robots_rule": None, "moved_to": None, "fresh_for": None,
    "entries": None, "quiet": None, "signals": [], "conditional": None, "known_as": None, "hops": [],
}  # fmt: skip
"""What is said of an answer (`contracts.shared.ANSWERED`) where there was none over the wire."""
MOST_MEMBERS = 1_000
"""Gzip members of one input, and those in a row that hold nothing: an empty one is twenty bytes to send,
and far more work to unpack."""
_BLOCK = 256 * 1024


def exchange(
    input_kind: str, archive: str, path: str, index: int, captured: datetime | None, **known: Any
) -> dict[str, Any]:
    """A row of `exchanges` without its `seq`; what is not given is missing.

    A text without a body to keep must give `failure` (of `contracts.exchanges.FAILURES`) and `detail`.
    """
    row: dict[str, Any] = {
        "source": archive,
        "input_kind": input_kind,
        "url": None,
        "final_url": None,
        "archive": archive,
        "path": path,
        "index": index,
        "captured": captured,
        "status": None,
        "failure": None,
        "detail": None,
        "content_type": None,
        "etag": None,
        "last_modified": None,
        "retry_after": None,
        "seconds": None,
        **UNANSWERED,
        "redirects": [],
        "body": None,
        "lead": None,
    }
    row |= known
    if row["url"]:
        row["url"] = without_credentials(row["url"])
    return row


def read_whole(stream: BinaryIO, limit: int = LONGEST) -> bytes:
    """All bytes of a stream, decompressed where they are gzip.

    Raises:
        Refused: empty; too_large; unreadable, where gzip data is damaged or cut short.
    """
    body = stream.read(limit + 1)
    if len(body) > limit:
        raise Refused("too_large", f"more than {limit} bytes")
    if body.startswith(GZIP):
        body = gunzip(body, limit)
    if not body:
        raise Refused("empty", "there are no bytes in it")
    return body


def gunzip(body: bytes, limit: int) -> bytes:
    """The content of all gzip members.

    Raises:
        Refused: too_large, before more than `limit` bytes are made; unreadable.
    """
    made: list[bytes] = []
    size = 0
    while body.startswith(GZIP):
        member = zlib.decompressobj(31)
        try:
            part = member.decompress(body, limit + 1 - size)
        except zlib.error as error:
            raise Refused("unreadable", "the gzip data is damaged") from error
        size += len(part)
        if size > limit:
            raise Refused("too_large", f"more than {limit} bytes when decompressed")
        if not member.eof:
            raise Refused("unreadable", "the gzip data is cut short")
        made.append(part)
        if len(made) > MOST_MEMBERS:
            raise Refused("unreadable", f"the gzip data is in more than {MOST_MEMBERS:,} parts")
        body = member.unused_data
    return b"".join(made)
