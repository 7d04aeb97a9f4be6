"""One request on the wire, without judgment: what was answered, or why there was no answer."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import aiohttp
from aiohttp import http_exceptions
from yarl import URL

from dateline.edges.http.guard import AddressRefusedError
from dateline.edges.http.headers import clean, coding, exact, fresh_for, retry_after, size_of
from dateline.edges.http.limits import Limits
from dateline.text import rights
from dateline.text.decoding import CODINGS, BrokenCodingError, Decoder

_NO_PAGE = re.compile(r"(?:image|audio|video|font)/|application/(?:pdf|zip|epub)", re.IGNORECASE)
_WHOLE = (200, 203, 204, 205)
"""Statuses whose body is the whole page, if it has one. Half of one (206) was not asked for; 201 and 202
speak of something that was made, or is to come, and robots are told to prove themselves with 202."""
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one request.

    Args:
        failure: a word of `contracts.exchanges.FAILURES`; None if there is a whole body.
        detail: one sentence on the failure.
        status: HTTP status; None without an HTTP answer.
        location: where a redirect points, bytes that are no UTF-8 as lone surrogates; empty if nowhere.
        retry_after: what Retry-After asks for, in seconds.
        fresh_for: for how long the answer says that it stays as it is, in seconds.
        wire_bytes: bytes of the body as they came.
        signals: statements on rights in the headers (`contracts.shared.SIGNAL_TYPE`).
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
    fresh_for: float | None = None
    wire_bytes: int = 0
    signals: list[dict[str, str]] = field(default_factory=list)
    location: str | None = None
    passing: bool = False


async def ask(
    session: aiohttp.ClientSession,
    url: URL,
    headers: Mapping[str, str],
    limits: Limits,
    now: datetime,
    kind: str,
    proxy: URL | None = None,
) -> Answer:
    """Ask once, follow nothing, and read no more of a body than the limits allow, packed or unpacked.

    Args:
        now: this instant, for a Retry-After that gives a date where the answer has no Date of its own.
        kind: what is asked for (`contracts.shared.INPUT_KINDS`). Of a page's URL, no picture or film is
            read; of a robots.txt that is too long, the beginning counts (RFC 9309 §2.5).
        proxy: through which to ask.
    """
    body = _Body(limits.of_kind(kind))
    try:
        async with session.get(url, headers=headers, allow_redirects=False, proxy=proxy) as response:
            answer = await _read(response, body, limits, now, kind)
    except (aiohttp.ClientError, http_exceptions.HttpProcessingError, OSError, ValueError) as error:
        answer = failed(error)
    return replace(answer, wire_bytes=body.wire)


class _Body:
    """A body as it comes in.

    Args:
        most: bytes of it that are read, as they come and decompressed.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.wire = 0
        self.data = bytearray()

    @property
    def is_too_large(self) -> bool:
        # What is larger packed than it may be unpacked is no page, however little comes of it.
        return len(self.data) > self.most or self.wire > self.most

    async def read(self, response: aiohttp.ClientResponse) -> None:
        """Read the body, or its beginning if it is too large.

        Raises:
            BrokenCodingError: it can't be decompressed, or ends early.
        """
        decoder = Decoder(_coding(response))
        async for chunk in response.content.iter_chunked(_CHUNK):
            self.wire += len(chunk)
            self.data += decoder.feed(chunk, self.most + 1 - len(self.data))
            if self.is_too_large:
                response.close()
                return
        decoder.finish()


async def _read(
    response: aiohttp.ClientResponse, body: _Body, limits: Limits, now: datetime, kind: str
) -> Answer:
    if size_of(response.raw_headers) > limits.head:
        response.close()
        return Answer("bad_response", f"the headers are larger than {limits.head} bytes")
    facts = _facts(response, now)
    if failure := _refusal(response, body.most, kind):
        # The connection lives on if nothing is left to read, as after a 304; else the library closes it.
        passing = response.status == 503 and failure[0] == "http_error"
        return Answer(
            *failure, **facts, location=response.headers.get("Location", "").strip(), passing=passing
        )
    try:
        await body.read(response)
    except BrokenCodingError as error:
        response.close()
        return Answer("bad_response", str(error), **facts)
    if body.is_too_large and kind != "robots":
        return Answer("too_large", f"the body is larger than {body.most} bytes", **facts)
    if not body.data:
        return Answer("empty", "the body is empty", **facts)
    del body.data[body.most :]  # in place: a slice would be another copy
    return Answer(**facts, body=bytes(body.data))


def _facts(response: aiohttp.ClientResponse, now: datetime) -> dict[str, Any]:
    """What the head of an answer says."""
    headers, status = response.headers, response.status
    holds = status in _WHOLE or status == 304  # what an error page says of itself is not said of the page
    return {
        "status": status if 100 <= status <= 999 else None,
        "content_type": clean(headers.get("Content-Type")),
        "etag": exact(headers.get("ETag")),
        "last_modified": exact(headers.get("Last-Modified")),
        "retry_after": retry_after(headers.getall("Retry-After", []), headers.get("Date"), now),
        "fresh_for": fresh_for(headers, headers.getall("Cache-Control", []), now) if holds else None,
        "signals": rights.from_headers(headers.items()),
    }


def _coding(response: aiohttp.ClientResponse) -> str:
    return coding(response.headers.getall("Content-Encoding", []))


def _refusal(response: aiohttp.ClientResponse, most: int, kind: str) -> tuple[str, str] | None:
    """Why the body is not read, judged by status and headers alone."""
    status, headers = response.status, response.headers
    if status == 304:
        return "not_modified", "nothing changed since the last visit"
    if status == 429 or (status == 503 and "Retry-After" in headers):
        return "too_many_requests", f"the host answered {status}"
    if not 200 <= status <= 299:
        return "http_error", f"the host answered {status}"
    if status not in _WHOLE:
        return "bad_response", f"the host answered {status}, which is no whole page"
    packed = _coding(response)
    if packed not in CODINGS or coding(headers.getall("Transfer-Encoding", [])) not in ("", "chunked"):
        return "bad_response", "the body is compressed in an unknown way"
    if (response.content_length or 0) > most and kind != "robots" and not packed:
        return "too_large", f"the body is larger than {most} bytes"
    if kind == "page" and _NO_PAGE.match(headers.get("Content-Type", "")):
        return "binary", "the URL leads to a file that is no page"
    return None


def failed(error: Exception) -> Answer:
    """The failure that an exception of the HTTP library stands for."""
    if refused := _refused(error):
        return Answer("address_refused", str(refused))
    if isinstance(error, aiohttp.ClientHttpProxyError):
        return Answer("connection_failed", f"the proxy answered {error.status}", passing=error.status >= 500)
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
