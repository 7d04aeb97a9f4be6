"""Web archives: WARC and ARC files, gzipped or not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

from dateline.errors import Refused
from dateline.sources.exchange import LONGEST, exchange
from dateline.sources.unpacked import Unpacked
from dateline.text.dates import parse
from dateline.text.decoding import BrokenCodingError, Decoder
from dateline.text.normalise import clean_line
from dateline.text.rights import from_headers

_HTML = ("text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml")
_ENCODINGS = ("", "identity", "none", "gzip", "x-gzip", "deflate")
_OURS = ("br", "zstd")
_BESIDE = ("warcinfo", "request", "metadata", "arc_header")
"""Records that describe others and hold no answer."""
_BLOCK = 256 * 1024


def read(
    stream: BinaryIO, path: str, archive: str, captured: datetime | None, *, limit: int = LONGEST
) -> Iterator[dict[str, Any]]:
    """One exchange for each response, resource, revisit or conversion record, streamed.

    HTML becomes a page with its body decoded (chunks, gzip, deflate) and the instant of its WARC-Date.
    What is no HTML, or is damaged, becomes a failure; where the file is cut or broken, the last exchange
    is a `bad_record` that names the place, and reading stops there.

    Args:
        stream: the file; gzip in one member or in one a record.
        path: its path inside the archive.
        archive: the archive's name.
        captured: for records that are not dated.
        limit: largest decoded body, in bytes.
    """
    from warcio.archiveiterator import ArchiveIterator

    plain = Unpacked(stream)
    index = 0
    fault = "there is no record in it"
    try:
        records = ArchiveIterator(plain, arc2warc=True)
        for record in records:
            row = None
            if record.rec_type not in _BESIDE:
                row = _exchange(record, path, archive, index, captured, limit)
            # Only a record that is whole to its end counts.
            _drain(record)
            records.read_to_end()
            if row is not None:
                yield row
            index += 1
            # warcio takes a file that ends inside a record's headers for one that ends before it.
            fault = "the file ends inside a record's headers" if records.next_line else ""
        if plain.is_cut:
            fault = "its gzip data is cut short or damaged"
    except Exception as error:
        # warcio lets through whatever its parts raise on damaged archives; its type says which.
        fault = error.detail if isinstance(error, Refused) else f"{type(error).__name__} while reading it"
    if fault:
        detail = f"{fault} (byte {plain.tell()} of the uncompressed data)"
        yield exchange("page", archive, path, index, captured, failure="bad_record", detail=detail)


def _drain(record: Any) -> None:
    """Read a record to its end.

    Raises:
        Refused: bad_record, where the file ends before the record does.
    """
    while record.raw_stream.read(_BLOCK):
        pass
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise Refused("bad_record", "the file ends inside a record")
    if not (record.rec_headers.get_header("Content-Length") or "").strip().isdecimal():
        raise Refused("bad_record", "a record does not tell its length")


def _exchange(
    record: Any, path: str, archive: str, index: int, captured: datetime | None, limit: int
) -> dict[str, Any]:
    headers, http = record.rec_headers, record.http_headers
    when = parse(headers.get_header("WARC-Date"))
    known: dict[str, Any] = {
        "url": _line(headers.get_header("WARC-Target-URI"), 8192),
        "status": _status(http),
        "content_type": _line(_content_type(record), 300),
    }
    if http is not None:
        known["etag"] = _line(http.get_header("ETag"), 300)
        known["last_modified"] = _line(http.get_header("Last-Modified"), 100)
        known["signals"] = from_headers(http.headers)
    try:
        known["body"] = _body(record, known["content_type"], limit)
    except Refused as refused:
        known.update(failure=refused.reason, detail=refused.detail)
    return exchange("page", archive, path, index, when.instant if when else captured, **known)


def _body(record: Any, content_type: str | None, limit: int) -> bytes:
    """The decoded body of a record that holds HTML."""
    if record.rec_type not in ("response", "resource"):
        raise Refused("bad_record", f"a record of type {_line(record.rec_type, 30)} holds no page")
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind and kind not in _HTML:
        raise Refused("bad_record", f"not HTML but {kind[:60]}")
    encoding = (_header(record, "Content-Encoding") or "").strip().lower()
    body: bytes = _plain(record, encoding, limit)
    if len(body) > limit:
        raise Refused("too_large", f"more than {limit} bytes")
    looks_like_markup = _looks_like_markup(body)
    if encoding not in (*_ENCODINGS, *_OURS) and not looks_like_markup:
        raise Refused("bad_encoding", f"Content-Encoding {encoding[:30]} can't be read")
    if not body:
        raise Refused("empty", "the answer has no body")
    if not kind and not looks_like_markup:
        raise Refused("bad_record", "no Content-Type, and no markup")
    return body


def _plain(record: Any, encoding: str, limit: int) -> bytes:
    """The first `limit` + 1 bytes of a record's body, without chunks and coding."""
    if encoding not in _OURS:
        found: bytes = record.content_stream().read(limit + 1)
        return found
    # warcio would unpack these without a bound, and only where it finds the library.
    from warcio.bufferedreaders import ChunkedDataReader

    is_chunked = (_header(record, "Transfer-Encoding") or "").strip().lower() == "chunked"
    packed = ChunkedDataReader(record.raw_stream) if is_chunked else record.raw_stream
    body: bytes = packed.read(limit + 1)
    while len(body) <= limit and (piece := packed.read(limit + 1 - len(body))):
        body += piece
    try:
        decoder = Decoder(encoding)
        made = decoder.feed(body, limit + 1)
        if len(made) <= limit:
            decoder.finish()
    except BrokenCodingError as error:
        # Some crawlers decode the body and keep the header: the bytes themselves tell.
        if not _looks_like_markup(body):
            raise Refused("bad_encoding", f"Content-Encoding {encoding}: {error}") from error
        return body
    return made


def _looks_like_markup(body: bytes) -> bool:
    return body[:400].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _header(record: Any, name: str) -> str | None:
    value: str | None = record.http_headers.get_header(name) if record.http_headers else None
    return value


def _content_type(record: Any) -> str | None:
    if record.http_headers is not None:
        return record.http_headers.get_header("Content-Type")
    return record.rec_headers.get_header("Content-Type") if record.rec_type == "resource" else None


def _status(http: Any) -> int | None:
    code = (http.get_statuscode() or "") if http is not None else ""
    return int(code) if len(code) == 3 and code.isascii() and code.isdecimal() else None


def _line(value: object, limit: int) -> str | None:
    return clean_line(value[:limit]) or None if isinstance(value, str) else None
