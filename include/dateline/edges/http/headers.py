"""What the headers of an answer say: when to come again, for how long it holds, what can be sent back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST_WAIT = 366 * 86_400.0
"""A longer time is taken for this one: a year away is never."""

_CLOCK_ERROR = timedelta(days=1)
"""How far a Date may lie from our own clock and be believed without question: one off by hours is set
to another zone."""
_WAITS = re.compile(r"[0-9]+(?:[ \t]*,[ \t]*[0-9]+)*")
_SECONDS = re.compile(r"[0-9]{1,12}")
_NO_CODING = re.compile(
    r"|identity|none|null|binary|[78]bit|plain|text(?:/[a-z]+)?|aws-chunked|"
    r"utf-?(?:8|16)|us-ascii|ascii|iso-?8859-\d\d?|latin-?1|windows-125\d"
)
"""What some servers put for no compression, which has no word (RFC 9110 §8.4.1): charsets above all."""
_TOKEN = re.compile(r"[\x20-\x7e]{1,1000}")
_LIFETIME = re.compile(r"-?[0-9]+")


def size_of(raw: Iterable[tuple[bytes, bytes]]) -> int:
    """Bytes of header lines as they came over the wire, near enough."""
    return sum(len(name) + len(value) + 4 for name, value in raw)


def retry_after(lines: Sequence[str], date: str | None, now: datetime) -> float | None:
    """Seconds that Retry-After asks for (RFC 9110 §10.2.3), in either of its forms; None if in neither.

    Where it comes twice, the longest counts: a proxy that adds its own takes nothing back.

    Args:
        lines: all its lines.
        date: the answer's own Date.
        now: this instant.
    """
    waits = [wait for line in lines if (wait := _wait(line.strip(), date, now)) is not None]
    return max(waits, default=None)


def _wait(value: str, date: str | None, now: datetime) -> float | None:
    if _WAITS.fullmatch(value):
        return min(max(map(float, value.split(","))), LONGEST_WAIT)
    until = _http_date(value)
    if until is None:
        return None
    return min(max(_seconds(until, date, now), 0.0), LONGEST_WAIT)


def _seconds(until: datetime, date: str | None, now: datetime) -> float:
    """How long until then. A host's clock that is wrong is wrong in both headers, but a Date may also be made
    up where nobody looks at it: of one far from now, what is nearer counts."""
    by_us, sent = (until - now).total_seconds(), _http_date(date or "")
    if sent is None:
        return by_us
    by_them = (until - sent).total_seconds()
    if abs(sent - now) <= _CLOCK_ERROR:
        return by_them
    return min((seconds for seconds in (by_us, by_them) if seconds >= 0), default=0.0)


def fresh_for(headers: Mapping[str, str], cache_control: Sequence[str], now: datetime) -> float | None:
    """For how many seconds the answer says that it stays as it is; None if it does not say.

    RFC 9111 §4.2.1, for a shared cache, as we keep for many readers: s-maxage, else max-age, else Expires
    less Date; from each the Age is taken off. `no-cache` and `no-store` are 0. Where a directive comes
    twice, the shorter counts: that errs towards asking once too often.

    Args:
        headers: those of the answer.
        cache_control: all its Cache-Control lines.
        now: this instant.
    """
    ages: dict[str, float] = {}
    for word in ",".join(cache_control)[:2_000].lower().split(","):
        name, _, value = (part.strip(' \t"') for part in word.partition("="))
        if name in ("no-store", "no-cache"):
            return 0.0
        if _LIFETIME.fullmatch(value):  # too large a number counts as the largest (RFC 9111 §1.2.2)
            ages[name] = min(ages.get(name, LONGEST_WAIT), float(value))
    lifetime = ages.get("s-maxage", ages.get("max-age"))
    if lifetime is None:
        lifetime = _until_expiry(headers, now)
    if lifetime is None:
        return None
    age = headers.get("Age", "").strip()
    return max(lifetime - (float(age) if _SECONDS.fullmatch(age) else 0.0), 0.0)


def _until_expiry(headers: Mapping[str, str], now: datetime) -> float | None:
    if "Expires" not in headers:
        return None
    until = _http_date(headers["Expires"])
    if until is None:
        return 0.0  # RFC 9111 §5.3: what is no date, "0" above all, lies in the past
    return min(_seconds(until, headers.get("Date"), now), LONGEST_WAIT)


def _http_date(value: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(value[:100])
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError, TypeError):
        return None


def coding(lines: Sequence[str]) -> str:
    """How a body is compressed: the words of all these lines, in lower case; empty if it is not."""
    words = (word.strip(' \t"').lower() for word in ",".join(lines).split(","))
    return ", ".join(word for word in words if not _NO_CODING.fullmatch(word))


def exact(value: str | None) -> str | None:
    """A validator to be sent back as it came; None if it could not be."""
    return value if value and _TOKEN.fullmatch(value) else None


def clean(value: str | None) -> str | None:
    """A header value as text that can be stored: header bytes may be anything."""
    if value is None:
        return None
    return value[:1000].encode("utf-8", "replace").decode().replace("\x00", "\ufffd")
