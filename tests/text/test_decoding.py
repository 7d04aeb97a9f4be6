"""Decompressing piece by piece: the whole, never more than asked for, and no cut end passes."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable

import brotli
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.decoding import CODINGS, BrokenCodingError, Decoder


def bare(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return stream.compress(data) + stream.flush()


def two_members(data: bytes) -> bytes:
    return gzip.compress(data[: len(data) // 2]) + gzip.compress(data[len(data) // 2 :])


def two_frames(data: bytes) -> bytes:
    skipped = b"\x50\x2a\x4d\x18\x04\x00\x00\x00note"  # RFC 8878 §3.1.2: a frame to be left out
    return zstd.compress(data[: len(data) // 2]) + skipped + zstd.compress(data[len(data) // 2 :])


WAYS = [
    ("", bytes), ("identity", bytes), ("gzip", gzip.compress), ("x-gzip", two_members),
    ("deflate", zlib.compress), ("deflate", bare), ("br", brotli.compress), ("zstd", zstd.compress),
    ("zstd", two_frames),
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


def feed_all(decoder: Decoder, raw: bytes, size: int) -> None:
    for at in range(0, len(raw), size):
        decoder.feed(raw[at : at + size], 1000)


BOMBS = {
    "gzip": gzip.compress(b"\0" * 50_000_000),
    "deflate": zlib.compress(b"\0" * 50_000_000),
    "br": brotli.compress(b"\0" * 50_000_000, quality=5),
    "zstd": zstd.compress(b"\0" * 50_000_000),
}


@pytest.mark.parametrize("coding", BOMBS)
@pytest.mark.parametrize("most", [1, 1000, 300_000])
def test_a_bomb_takes_no_memory(coding: str, most: int) -> None:
    tracemalloc.start()
    assert len(Decoder(coding).feed(BOMBS[coding], most)) == most
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()


PARTS = {
    "members": ("gzip", gzip.compress(b"")),
    "frames": ("zstd", zstd.compress(b"")),
    "frames to be left out": ("zstd", b"\x50\x2a\x4d\x18\x00\x00\x00\x00"),
}


@pytest.mark.parametrize("name", PARTS)
def test_a_body_in_parts_without_end_is_refused(name: str) -> None:
    coding, part = PARTS[name]
    with pytest.raises(BrokenCodingError, match="parts"):
        feed_all(Decoder(coding), part * (1_000_000 // len(part)), 64 * 1024)


@pytest.mark.parametrize(("coding", "compress"), [("gzip", gzip.compress), ("zstd", zstd.compress)])
def test_a_body_in_many_parts_is_read(coding: str, compress: Callable[[bytes], bytes]) -> None:
    assert Decoder(coding).feed(compress(b"Tide.") * 500, 10_000) == b"Tide." * 500


def test_a_window_larger_than_the_web_allows_is_refused() -> None:
    options = {zstd.CompressionParameter.window_log: 27, zstd.CompressionParameter.content_size_flag: 0}
    compressor = zstd.ZstdCompressor(options=options)
    greedy = compressor.compress(b"Tide" * 100) + compressor.flush()
    with pytest.raises(BrokenCodingError):
        Decoder("zstd").feed(greedy, 1000)


@pytest.mark.parametrize("size", [1, 7, 1000])
@pytest.mark.parametrize("coding", ["br", "zstd"])
def test_what_follows_the_end_is_no_part_of_it(coding: str, size: int) -> None:
    compress = {"br": brotli.compress, "zstd": zstd.compress}[coding]
    raw = compress(b"Tide") + b"and then more"
    with pytest.raises(BrokenCodingError):  # however it is cut into pieces
        feed_all(Decoder(coding), raw, size)


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
