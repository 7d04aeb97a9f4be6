"""Streams that may be gzip, read as what they hold, in bounded memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO

from dateline.errors import Refused
from dateline.sources.exchange import GZIP, MOST_MEMBERS

_BLOCK = 256 * 1024
_PASSED = 1024
"""Bytes passed over to find the end of an overlong line, as a multiple of the limit; then reading stops."""


class Unpacked:
    """A stream with its gzip members unpacked one after another: a cut is seen, a bomb is not held."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._raw = stream.read(_BLOCK)
        self._member = zlib.decompressobj(31) if self._raw.startswith(GZIP) else None
        self._is_gzip = self._member is not None
        self._at = 0
        self.is_cut = False

    def tell(self) -> int:
        """Bytes given out so far, uncompressed."""
        return self._at

    def read(self, size: int = _BLOCK) -> bytes:
        """At most `size` bytes; none at the end, or where a member is damaged."""
        made = self._unpacked(size) if self._is_gzip else self._taken(size)
        self._at += len(made)
        return made

    def _taken(self, size: int) -> bytes:
        if not self._raw:
            self._raw = self._stream.read(_BLOCK)
        made, self._raw = self._raw[:size], self._raw[size:]
        return made

    def _unpacked(self, size: int) -> bytes:
        empty = 0
        while self._member is not None:
            try:
                made = self._member.decompress(self._raw, size)
            except zlib.error:
                self.is_cut, self._member = True, None
                return b""
            self._raw = self._member.unconsumed_tail
            if self._member.eof:
                self._next_member(self._member.unused_data)
                empty += not made
                if empty > MOST_MEMBERS:
                    self.is_cut, self._member = True, None
            elif not made and not self._raw:
                self._raw = self._stream.read(_BLOCK)
                if not self._raw:
                    self.is_cut, self._member = True, None
            if made:
                return made
        return b""

    def _next_member(self, rest: bytes) -> None:
        self._raw = rest or self._stream.read(_BLOCK)
        self._member = zlib.decompressobj(31) if self._raw else None


def lines(stream: BinaryIO, limit: int) -> Iterator[bytes | Refused]:
    """The lines of a stream without their ends; in place of one that can't be had, why.

    A line longer than `limit` bytes is too_large and passed over. After damaged or cut gzip data, and
    after a line without an end, reading stops with the last reason.
    """
    plain = Unpacked(stream)
    held = bytearray()
    passed = 0
    while block := plain.read():
        *ends, rest = block.split(b"\n")
        for part in ends:
            yield _line(held, part, passed, limit)
            held.clear()
            passed = 0
        if passed or len(held) + len(rest) > limit:
            passed += len(held) + len(rest)
            held.clear()
        else:
            held += rest
        if passed > _PASSED * limit:
            break
    if plain.is_cut:
        yield Refused("unreadable", "the gzip data is damaged or cut short here")
    elif held or passed:
        yield _line(held, b"", passed, limit)


def _line(held: bytearray, part: bytes, passed: int, limit: int) -> bytes | Refused:
    if passed or len(held) + len(part) > limit:
        return Refused("too_large", f"more than {limit} bytes")
    return bytes(held) + part
