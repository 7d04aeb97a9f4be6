"""Decompressing a body while it comes in: never more than was asked for, and no end is taken on trust.

The HTTP library could do it too, but lets a gzip stream that ends early pass as a whole body.
"""

from __future__ import annotations

import zlib

ACCEPTED = "gzip, deflate"
"""What we ask for in Accept-Encoding."""

CODINGS = ("", "identity", "gzip", "x-gzip", "deflate")
"""Values of Content-Encoding that can be read."""

_GZIP_MAGIC = b"\x1f\x8b"


class BrokenCodingError(Exception):
    """The compressed data make no sense, or end early."""


class Decoder:
    """Turns the bytes of a body, as they come, into decompressed ones.

    Args:
        coding: a word of `CODINGS`.
    """

    def __init__(self, coding: str) -> None:
        self._plain = coding in ("", "identity")
        self._gzip = coding in ("gzip", "x-gzip")
        self._stream: zlib._Decompress | None = None
        self._held = b""

    def feed(self, data: bytes, most: int) -> bytes:
        """At most `most` (> 0) decompressed bytes of these; where there are more, the rest is dropped.

        Raises:
            BrokenCodingError: they can't be decompressed.
        """
        if self._plain:
            return data[:most]
        out = bytearray()
        data, self._held = self._held + data, b""
        try:
            while data and len(out) < most:
                stream = self._open(data)
                if stream is None:
                    break
                out += stream.decompress(data, most - len(out))
                data = stream.unused_data
        except zlib.error as error:
            raise BrokenCodingError("the body can't be decompressed") from error
        return bytes(out)

    def finish(self) -> None:
        """Make sure that the end was reached.

        Raises:
            BrokenCodingError: it was not.
        """
        if self._stream is not None and not self._stream.eof:
            raise BrokenCodingError("the compressed body ends early")

    def _open(self, data: bytes) -> zlib._Decompress | None:
        """The stream that these bytes belong to; None if they follow the end and are no further member."""
        stream = self._stream
        if stream is not None and not stream.eof:
            return stream
        if stream is not None and data == _GZIP_MAGIC[:1]:
            self._held = data  # the next piece will tell whether a member begins here
        if stream is not None and not (self._gzip and data[:2] == _GZIP_MAGIC):
            return None
        self._stream = zlib.decompressobj(self._window(data))
        return self._stream

    def _window(self, data: bytes) -> int:
        if self._gzip:
            return 16 + zlib.MAX_WBITS
        # "deflate" should mean zlib's format, but some servers send the bare one.
        return zlib.MAX_WBITS if data[0] & 0x0F == 8 else -zlib.MAX_WBITS
