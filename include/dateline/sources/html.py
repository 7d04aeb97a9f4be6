"""Saved HTML pages, each a file, with what a manifest says of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

from dateline.errors import Refused
from dateline.sources.exchange import LONGEST, exchange, read_whole
from dateline.text.dates import parse
from dateline.text.leads import make_lead
from dateline.text.normalise import clean_line


def read(
    stream: BinaryIO,
    path: str,
    archive: str,
    entry: dict[str, Any] | None,
    captured: datetime | None,
    *,
    limit: int = LONGEST,
) -> Iterator[dict[str, Any]]:
    """The one exchange of a saved page, gzip allowed whatever the file is called.

    Args:
        stream: the file.
        path: its path inside the archive.
        archive: the archive's name.
        entry: its line of the manifest: `url`, `captured_at`, `published`, `title`; all may be missing.
        captured: when the archive was made, for pages of which the manifest does not tell.
        limit: largest body, decompressed, in bytes.
    """
    entry = entry or {}
    known: dict[str, Any] = {"url": _text(entry, "url", 8192), "lead": _lead(entry)}
    try:
        captured = _captured(entry) or captured
        body = read_whole(stream, limit)
    except Refused as refused:
        known.update(failure=refused.reason, detail=refused.detail)
        yield exchange("page", archive, path, 0, captured, **known)
        return
    yield exchange("page", archive, path, 0, captured, body=body, **known)


def _captured(entry: dict[str, Any]) -> datetime | None:
    given = _text(entry, "captured_at", 100)
    if given is None:
        return None
    when = parse(given)
    if when is None or when.precision == "month":
        raise Refused("bad_date", f"captured_at is no time: {given[:40]}")
    return when.instant


def _lead(entry: dict[str, Any]) -> dict[str, Any] | None:
    title, published = _text(entry, "title", 1000), _text(entry, "published", 100)
    if title is None and published is None:
        return None
    when = parse(published)
    return make_lead("manifest", title=title, published=when.written if when else published)


def _text(entry: dict[str, Any], name: str, limit: int) -> str | None:
    """A manifest's value as one line; numbers (epoch seconds) as their digits."""
    value = entry.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**15 else None
    return clean_line(value[:limit]) or None if isinstance(value, str) else None
