"""The values of a source file: one reader a key, each giving the value or a UsageError that says why not."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from dateline.edges.source_selectors import selectors
from dateline.edges.source_shown import shown
from dateline.errors import UsageError

MAX_FEEDS = 100

# RFC 5646 §2.1: language, then script, region and variants; extensions and private use are no news
# language and are refused.
_LANGUAGE = re.compile(
    r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
)
_COUNTRY = re.compile(r"[A-Z]{2}")
_HOST = re.compile(
    r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+", re.I
)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise UsageError(f"{shown(value)} is no line of text")
    return value.strip()


def _notes(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f"{shown(value)} is no text")
    return value.strip()


def _url(value: object) -> str:
    text = _text(value)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise UsageError(f"{shown(value)} is no address ({error})") from error
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(parts.hostname or "") or port == 0:
        raise UsageError(f"{shown(value)} is no http(s) address of a named host")
    if " " in text or "\\" in text or parts.fragment or parts.username is not None or len(text) > 2000:
        raise UsageError(f"{shown(value)}: spaces, fragments, passwords and over-long addresses are refused")
    return text


def _urls(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or len(value) > MAX_FEEDS:
        raise UsageError(f"has to be a list of 1 to {MAX_FEEDS} addresses")
    urls = tuple(_url(item) for item in value)
    if len(set(urls)) < len(urls):
        raise UsageError("an address stands there twice")
    return urls


def _language(value: object) -> str:
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        raise UsageError(f"{shown(value)} is no BCP 47 tag such as en, pt-BR or zh-Hans")
    return value


def _country(value: object) -> str:
    if not isinstance(value, str) or not _COUNTRY.fullmatch(value):
        raise UsageError(f"{shown(value)} is no ISO 3166-1 code such as GB")
    return value


@cache
def _zones() -> set[str]:
    """The zones known here; unlike ZoneInfo itself it leaves out the machine's own `localtime`."""
    return available_timezones()


def _zone(value: object) -> str:
    text = _text(value)
    if text not in _zones():
        raise UsageError(f"{shown(value)} is no IANA zone such as Europe/London")
    return text


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise UsageError(f"{shown(value)} is neither true nor false")
    return value


def _day(value: object) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise UsageError(f"{shown(value)} is no day such as 2026-03-25 (without quotes)")
    return value


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UsageError(f"{shown(value)} is no number of seconds")
    if not math.isfinite(value) or not 0 <= value <= 3600:
        raise UsageError(f"{shown(value)} is not from 0 to 3600 seconds")
    return float(value)


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 100_000:
        raise UsageError(f"{shown(value)} is no number from 1 to 100000")
    return value


KEYS: dict[str, Callable[[object], Any]] = {
    "name": _text, "home": _url, "feeds": _urls, "sitemaps": _urls, "sections": _urls,
    "language": _language, "country": _country, "timezone": _zone, "licence": _text, "notes": _notes,
    "enabled": _flag, "revisit": _flag, "valid_from": _day, "valid_until": _day, "gap_seconds": _seconds,
    "max_articles": _count, "selectors": selectors,
}  # fmt: skip
