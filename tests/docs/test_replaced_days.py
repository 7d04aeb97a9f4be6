"""What the page on reading says of days that are replaced while they are read."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from pages import ROOT, functions

HERE = ROOT / "docs/reading-the-data.md"
PAGE = functions(HERE)
ROWS = re.findall(
    r"^\| `(.+)` \| (once|twice)[^|]*\| (is always whole|may fail) \|$", HERE.read_text("utf-8"), re.M
)
READERS = {"duckdb": duckdb, "pd": pd, "pl": pl, "ds": ds, "pq": pq}

_OPENED, _READ, _CLOSED = 0x20, 0x01, 0x10


def opened(path: Path, read: Callable[[], object]) -> int:
    """How often `read` opens a file, by Linux's inotify.

    Equal events that follow each other come as one; reading and closing are watched to keep openings apart.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    watch = libc.inotify_init1(os.O_NONBLOCK)
    try:
        assert libc.inotify_add_watch(watch, os.fsencode(path), _OPENED | _READ | _CLOSED) >= 0
        read()
        events = os.read(watch, 1 << 20)
    finally:
        os.close(watch)
    count = place = 0
    while place < len(events):
        _, mask, _, length = struct.unpack_from("iIII", events, place)
        count += bool(mask & _OPENED)
        place += 16 + length
    return count


def test_the_table_has_all_its_rows() -> None:
    assert [often for _, often, _ in ROWS] == ["once"] * 3 + ["twice"] * 5


@pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")
@pytest.mark.parametrize(("code", "often"), [row[:2] for row in ROWS], ids=[row[0] for row in ROWS])
def test_readers_open_a_day_as_often_as_the_page_says(sample: Path, code: str, often: str) -> None:
    path = sample / "data/lake/articles/date=2026-03-24/part.parquet"
    names = READERS | {"path": str(path)}
    assert opened(path, lambda: eval(code, names)) == {"once": 1, "twice": 2}[often]


STORM = """
import os, shutil, sys
here, *days = sys.argv[1:]
while True:
    for day in days:
        staged = os.path.join(os.path.dirname(here), ".x.tmp")
        shutil.copy(day, staged)
        os.replace(staged, here)
"""


@contextmanager
def storm(sample: Path, lake: Path) -> Iterator[tuple[Path, set[tuple[str, ...]]]]:
    """A day that another process replaces again and again, and the two lists of titles that it may have."""
    days = [sample / f"data/lake/articles/date=2026-03-{day}/part.parquet" for day in (23, 24)]
    here = lake / "articles/date=2026-03-24/part.parquet"
    here.parent.mkdir(parents=True)
    shutil.copy(days[0], here)
    process = subprocess.Popen([sys.executable, "-c", STORM, str(here), *map(str, days)])
    try:
        yield here, {tuple(pq.ParquetFile(day).read(["title"])["title"].to_pylist()) for day in days}
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("code", [row[0] for row in ROWS if row[2] == "is always whole"])
def test_a_day_is_whole_to_who_opens_it_once(sample: Path, tmp_path: Path, code: str) -> None:
    with storm(sample, tmp_path / "lake") as (path, titles):
        names, until, seen = READERS | {"path": str(path)}, time.monotonic() + 1.0, set()
        while time.monotonic() < until:
            seen.add(
                tuple(eval(code, names)["title"].tolist() if code.startswith("pd") else _titles(code, names))
            )
    assert seen == titles


def _titles(code: str, names: dict[str, object]) -> list[str]:
    column = eval(code, names)["title"]
    return column.to_list() if isinstance(column, pl.Series) else column.to_pylist()


def test_a_snapshot_can_be_read_in_peace(sample: Path, tmp_path: Path) -> None:
    with storm(sample, tmp_path / "lake") as (_, titles):
        for number in range(40):
            folder = tmp_path / f"now-{number}"
            PAGE["snapshot"](tmp_path / "lake", folder)
            for _ in range(2):
                rows = duckdb.sql(f"SELECT title FROM '{folder}/*/part.parquet'").fetchall()
                assert tuple(row[0] for row in rows) in titles
