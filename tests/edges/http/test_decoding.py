"""Decompressing piece by piece: the whole, never more than asked for, and no cut end passes."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.edges.http.decoding import CODINGS, BrokenCodingError, Decoder


def bare(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return stream.compress(data) + stream.flush()


def two_members(data: bytes) -> bytes:
    return gzip.compress(data[: len(data) // 2]) + gzip.compress(data[len(data) // 2 :])


WAYS = [
    ("", bytes), ("identity", bytes), ("gzip", gzip.compress), ("x-gzip", two_members),
    ("deflate", zlib.compress), ("deflate", bare),
]  # fmt: skip


@given(st.sampled_from(WAYS), st.binary(max_size=300), st.integers(1, 50), st.integers(1, 400))
def test_what_was_compressed_comes_back(way: tuple, data: bytes, size: int, most: int) -> None:
    coding, compress = way
    raw = compress(data)
    decoder = Decoder(coding)
    out = b""
    for at in range(0, len(raw), size):
        if len(out) >= most:
            break
        out += decoder.feed(raw[at : at + size], most - len(out))
    assert out == data[:most]


@pytest.mark.parametrize(("coding", "compress"), WAYS[2:])
def test_a_cut_end_is_seen(coding: str, compress: object) -> None:
    decoder = Decoder(coding)
    decoder.feed(compress(b"Tide, and more tide.")[:-6], 99)
    with pytest.raises(BrokenCodingError):
        decoder.finish()


def test_a_bomb_takes_no_memory() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    tracemalloc.start()
    assert len(Decoder("gzip").feed(bomb, 1000)) == 1000
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()


@given(st.sampled_from(CODINGS), st.lists(st.binary(max_size=50), max_size=5))
def test_anything_is_read_or_broken(coding: str, pieces: list[bytes]) -> None:
    decoder = Decoder(coding)
    try:
        for piece in pieces:
            assert len(decoder.feed(piece, 100)) <= 100
        decoder.finish()
    except BrokenCodingError:
        pass


def test_bytes_after_the_end_are_left_out() -> None:
    decoder = Decoder("gzip")
    assert decoder.feed(gzip.compress(b"Tide") + b"trailing", 99) == b"Tide"
    assert decoder.feed(b"more", 99) == b""
    decoder.finish()
