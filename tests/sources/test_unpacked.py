"""Gzip in members: many that hold something are read, and no work is done for those that hold nothing."""

from __future__ import annotations

import gzip
from io import BytesIO

import pytest

from dateline.errors import Refused
from dateline.sources import feeds
from dateline.sources.exchange import gunzip
from dateline.sources.unpacked import Unpacked, lines

EMPTY = gzip.compress(b"")
LINE = gzip.compress(b"Tide.\n")


def test_a_file_in_members_without_end_is_refused() -> None:
    with pytest.raises(Refused, match="parts"):
        gunzip(EMPTY * 1_500, 1_000)
    assert gunzip(LINE * 900, 10_000) == b"Tide.\n" * 900


def test_a_stream_of_empty_members_is_left_where_a_thousand_follow_each_other() -> None:
    stream = Unpacked(BytesIO(LINE + EMPTY * 1_500 + LINE))
    assert stream.read() == b"Tide.\n"
    assert stream.read() == b""
    assert stream.is_cut


def test_a_stream_has_as_many_members_as_it_has_records() -> None:
    assert list(lines(BytesIO((LINE + EMPTY) * 2_000), 100)) == [b"Tide."] * 2_000


def test_a_feed_of_empty_members_is_one_warning() -> None:
    assert feeds.read(EMPTY * 1_500).warnings == ("the gzip data is damaged or cut short",)
