"""Decompressing a body while it comes in: never more than was asked for, and no end is taken on trust.

The HTTP library could do it too, but lets a gzip stream that ends early pass as a whole body.
"""

from __future__ import annotations

import zlib
from typing import Any, Protocol

ACCEPTED = "gzip, deflate, br, zstd"
"""What we ask for in Accept-Encoding."""

CODINGS = ("", "identity", "gzip", "x-gzip", "deflate", "br", "zstd")
"""Values of Content-Encoding that can be read."""

_GZIP_MAGIC = b"\x1f\x8b"
_ZSTD_WINDOW = 23
"""Log₂ of the window that a zstd frame may ask for: 8 MB, as RFC 9659 says of Content-Encoding."""
_BROTLI_STEP = 32 * 1024
"""Bytes made at a time: the library's buffer grows by leaps, and makes far more than it was asked for."""
_MOST_STREAMS = 1_000
"""Members or frames of a body. Each costs far more to open than the few bytes that it takes to send an empty
one; files that are packed in parts have one for 64 kB or more."""


class BrokenCodingError(Exception):
    """The compressed data make no sense, or end early."""


class _Stream(Protocol):
    """One compressed stream: a gzip member, a zstd frame."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class Decoder:
    """Turns the bytes of a body, as they come, into decompressed ones.

    Args:
        coding: a word of `CODINGS`.
    """

    def __init__(self, coding: str) -> None:
        self._coding = {"x-gzip": "gzip", "identity": ""}.get(coding, coding)
        self._stream: _Stream | None = None
        self._held = b""
        self._opened = 0

    def feed(self, data: bytes, most: int) -> bytes:
        """At most `most` (> 0) decompressed bytes of these; where there are more, the rest is dropped.

        Raises:
            BrokenCodingError: they can't be decompressed.
        """
        if not self._coding:
            return data[:most]
        out = bytearray()
        data, self._held = self._held + data, b""
        while data and len(out) < most:
            stream = self._open(data)
            if stream is None:
                break
            try:
                out += stream.decompress(data, most - len(out))
            except _error(self._coding) as error:
                raise BrokenCodingError("the body can't be decompressed") from error
            data = stream.unused_data
        return bytes(out)

    def finish(self) -> None:
        """Make sure that the end was reached.

        Raises:
            BrokenCodingError: it was not.
        """
        if self._stream is not None and not self._stream.eof:
            raise BrokenCodingError("the compressed body ends early")

    def _open(self, data: bytes) -> _Stream | None:
        """The stream that these bytes belong to; None if they follow the end and are no further member."""
        stream = self._stream
        if stream is not None and not stream.eof:
            return stream
        if stream is not None and self._coding in ("gzip", "deflate"):
            if data == _GZIP_MAGIC[:1]:
                self._held = data  # the next piece will tell whether a member begins here
            if self._coding == "deflate" or data[:2] != _GZIP_MAGIC:
                return None
        if stream is not None and self._coding == "br":
            raise BrokenCodingError("there is more after the end of the compressed body")
        self._opened += 1
        if self._opened > _MOST_STREAMS:
            raise BrokenCodingError(f"the body is packed in more than {_MOST_STREAMS:,} parts")
        self._stream = _begun(self._coding, data)
        return self._stream


def _begun(coding: str, data: bytes) -> _Stream:
    """A new stream of this coding, which begins with these bytes."""
    if coding == "br":
        return _Brotli()
    if coding == "zstd":
        from backports.zstd import DecompressionParameter, ZstdDecompressor

        window: dict[int, int] = {DecompressionParameter.window_log_max: _ZSTD_WINDOW}
        stream: _Stream = ZstdDecompressor(options=window)
        return stream
    if coding == "gzip":
        return zlib.decompressobj(16 + zlib.MAX_WBITS)
    # "deflate" should mean zlib's format, but some servers send the bare one.
    return zlib.decompressobj(zlib.MAX_WBITS if data[0] & 0x0F == 8 else -zlib.MAX_WBITS)


def _error(coding: str) -> type[Exception]:
    """What the coding's library raises at data that make no sense."""
    found: type[Exception] = zlib.error
    if coding == "br":
        import brotli

        found = brotli.error
    elif coding == "zstd":
        from backports.zstd import ZstdError

        found = ZstdError
    return found


class _Brotli:
    """Brotli with the manners of the other two. It has no members: nothing may follow its end."""

    unused_data = b""

    def __init__(self) -> None:
        import brotli

        self._inner: Any = brotli.Decompressor()

    @property
    def eof(self) -> bool:
        return bool(self._inner.is_finished())

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """At most `max_length` bytes; up to `_BROTLI_STEP` more are made and dropped."""
        out = bytearray(self._inner.process(data, output_buffer_limit=_BROTLI_STEP))
        while len(out) < max_length and not self._inner.can_accept_more_data():
            out += self._inner.process(b"", output_buffer_limit=_BROTLI_STEP)
        return bytes(out[:max_length])
