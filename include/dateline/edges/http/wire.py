"""One request on the wire, without judgment: what was answered, or why there was no answer."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from aiohttp import http_exceptions
from yarl import URL

from dateline.edges.http.decoding import CODINGS, BrokenCodingError, Decoder
from dateline.edges.http.guard import AddressRefusedError
from dateline.edges.http.limits import Limits

_MOST_SECONDS = 366 * 86_400.0
"""A longer Retry-After is taken for this: a year away is never."""

_TOKEN = re.compile(r"[\x20-\x7e]{1,1000}")
_NO_PAGE = re.compile(r"(?:image|audio|video|font)/|application/(?:pdf|zip|epub)", re.IGNORECASE)
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one request.

    Args:
        failure: a word of `contracts.exchanges.FAILURES`; None if there is a whole body.
        detail: one sentence on the failure.
        status: HTTP status; None without an HTTP answer.
        location: where a redirect points.
        retry_after: what Retry-After asks for, in seconds.
        passing: whether the failure may be gone in a moment, so that a repeat makes sense.
    """

    failure: str | None = None
    detail: str | None = None
    status: int | None = None
    body: bytes | None = None
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    retry_after: float | None = None
    location: str | None = None
    passing: bool = False


async def ask(
    session: aiohttp.ClientSession,
    url: URL,
    headers: Mapping[str, str],
    limits: Limits,
    now: datetime,
    kind: str,
) -> Answer:
    """Ask once, follow nothing, and read no more of a decompressed body than the limits allow.

    Args:
        now: this instant, for a Retry-After that gives a date where the answer has no Date of its own.
        kind: what is asked for (`contracts.shared.INPUT_KINDS`). Of a page's URL, no picture or film is
            read; of a robots.txt that is too long, the beginning counts (RFC 9309 §2.5).
    """
    try:
        async with session.get(url, headers=headers, allow_redirects=False) as response:
            return await _read(response, limits, now, kind)
    except (aiohttp.ClientError, http_exceptions.HttpProcessingError, OSError, ValueError) as error:
        return _failed(error)


async def _read(response: aiohttp.ClientResponse, limits: Limits, now: datetime, kind: str) -> Answer:
    headers = response.headers
    facts: dict[str, Any] = {
        "status": response.status if 100 <= response.status <= 999 else None,
        "content_type": _clean(headers.get("Content-Type")),
        "etag": _exact(headers.get("ETag")),
        "last_modified": _exact(headers.get("Last-Modified")),
        "retry_after": _retry_after(headers.get("Retry-After"), headers.get("Date"), now),
    }
    most = limits.robots if kind == "robots" else limits.body
    if failure := _refusal(response, most, kind):
        # The connection lives on if nothing is left to read, as after a 304; else the library closes it.
        passing = response.status == 503 and failure[0] == "http_error"
        return Answer(*failure, **facts, location=headers.get("Location"), passing=passing)
    try:
        body = await _body(response, most)
    except BrokenCodingError as error:
        response.close()
        return Answer("bad_response", str(error), **facts)
    if len(body) > most and kind != "robots":
        return Answer("too_large", f"the body is larger than {most} bytes", **facts)
    if not body:
        return Answer("empty", "the body is empty", **facts)
    return Answer(**facts, body=bytes(body[:most]))


async def _body(response: aiohttp.ClientResponse, most: int) -> bytearray:
    """The decompressed body, or its first `most` + 1 bytes."""
    decoder = Decoder(_coding(response))
    body = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        body += decoder.feed(chunk, most + 1 - len(body))
        if len(body) > most:
            response.close()
            return body
    decoder.finish()
    return body


def _coding(response: aiohttp.ClientResponse) -> str:
    return response.headers.get("Content-Encoding", "").strip().lower()


def _refusal(response: aiohttp.ClientResponse, most: int, kind: str) -> tuple[str, str] | None:
    """Why the body is not read, judged by status and headers alone."""
    status, headers = response.status, response.headers
    if status == 304:
        return "not_modified", "nothing changed since the last visit"
    if status == 429 or (status == 503 and "Retry-After" in headers):
        return "too_many_requests", f"the host answered {status}"
    if not 200 <= status <= 299:
        return "http_error", f"the host answered {status}"
    coding = _coding(response)
    if coding not in CODINGS:
        return "bad_response", "the body is compressed in an unknown way"
    if (response.content_length or 0) > most and kind != "robots" and not coding:
        return "too_large", f"the body is larger than {most} bytes"
    if kind == "page" and _NO_PAGE.match(headers.get("Content-Type", "")):
        return "binary", "the URL leads to a file that is no page"
    return None


def _failed(error: Exception) -> Answer:
    """The failure that an exception of the HTTP library stands for."""
    if refused := _refused(error):
        return Answer("address_refused", str(refused))
    if isinstance(error, asyncio.TimeoutError):
        return Answer("timeout", "the host did not answer in time", passing=True)
    if isinstance(error, aiohttp.ClientPayloadError):
        return Answer("connection_failed", "the connection broke inside the body", passing=True)
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientSSLError):
        return Answer("connection_failed", "no trusted encrypted connection could be made")
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return Answer("connection_failed", "the host's name can't be resolved", passing=True)
    if isinstance(error, aiohttp.InvalidURL):
        return Answer("address_refused", "the URL can't be asked for")
    if isinstance(error, aiohttp.ClientConnectionError | OSError):
        return Answer("connection_failed", "the connection failed or broke", passing=True)
    return Answer("bad_response", "the answer is no proper HTTP")


def _refused(error: BaseException) -> AddressRefusedError | None:
    if isinstance(error, aiohttp.ClientConnectorError):
        error = error.os_error
    return error if isinstance(error, AddressRefusedError) else None


def _retry_after(value: str | None, date: str | None, now: datetime) -> float | None:
    """Seconds, from either form: a number, or an HTTP date (against the answer's own Date, if given)."""
    if value is None:
        return None
    value = value.strip()
    if re.fullmatch(r"[0-9]{1,12}", value):
        return min(float(value), _MOST_SECONDS)
    until = _http_date(value)
    if until is None:
        return None
    return min(max((until - (_http_date(date or "") or now)).total_seconds(), 0.0), _MOST_SECONDS)


def _http_date(value: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(value[:100])
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError, TypeError):
        return None


def _exact(value: str | None) -> str | None:
    """A validator to be sent back as it came; None if it could not be."""
    return value if value and _TOKEN.fullmatch(value) else None


def _clean(value: str | None) -> str | None:
    """A header value as text that can be stored: header bytes may be anything."""
    if value is None:
        return None
    return value[:1000].encode("utf-8", "replace").decode().replace("\x00", "\ufffd")
