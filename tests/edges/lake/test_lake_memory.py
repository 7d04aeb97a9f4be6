"""What the lake holds in memory does not grow with what lies in it; what it remembers is never old."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from dateline.contracts import contract
from dateline.contracts.documents import DOCUMENTS
from dateline.contracts.duplicates import DUPLICATES
from dateline.edges.lake import Lake, lease
from dateline.edges.lake.digests import row_hashes
from dateline.edges.lake.files import FileFacts, read_file, write_file
from dateline.edges.lake.footers import read_footer
from dateline.edges.lake.recent import RecentDays
from dateline.edges.lake.spool import Spool
from dateline.edges.lake.store import LocalStore
from dateline.errors import Damaged
from rows import document, link

DAY = date(2026, 3, 24)
NOW = datetime(2026, 3, 24, 12, tzinfo=UTC)


def long_rows(count: int, first: int = 0) -> pa.RecordBatch:
    """Sorted documents of 4 kB that do not pack."""
    chance = random.Random(count)
    rows = [
        document("https://a.test/", chance.randbytes(2000).hex(), article_id=f"{number:032x}")
        for number in range(first, first + count)
    ]
    return DOCUMENTS.batch(rows)


def most_held(stream: Iterator[pa.RecordBatch]) -> int:
    """Arrow's bytes while a stream is read, its greatest."""
    before, most = pa.total_allocated_bytes(), 0
    for batch in stream:
        most = max(most, pa.total_allocated_bytes() - before)
        del batch
    return most


def test_a_longer_file_is_no_more_in_memory(tmp_path: Path) -> None:
    store, most = LocalStore(tmp_path), []
    for count in (2048, 8192):
        parts = (long_rows(512, first) for first in range(0, count, 512))
        file, *_ = write_file(store, DOCUMENTS, "x", parts, versions={}, inputs={})
        most.append(most_held(read_file(file, DOCUMENTS, rows=64)))
    assert most[1] < 1.2 * most[0]
    assert most[1] < 8_000_000


def test_a_day_of_many_files_is_read_a_few_rows_of_each(tmp_path: Path) -> None:
    lake, files = Lake(LocalStore(tmp_path)), []
    for number in range(64):
        rows = long_rows(64, number).set_column(
            0, DOCUMENTS.schema.field(0), pa.array([f"{number + 64 * row:032x}" for row in range(64)])
        )
        staged, footer, sha256 = write_file(lake.store, DOCUMENTS, "x", [rows], versions={}, inputs={})
        lake.store.publish(staged, f"documents/{number}.parquet")
        files.append(
            FileFacts("documents", "2026-03-24", f"documents/{number}.parquet", 64, sha256, footer.row_digest)
        )
    largest = max(batch.num_rows for batch in lake.merged(files))
    assert largest <= 64 * 32


def test_row_hashes_are_what_they_were() -> None:
    rows = DUPLICATES.batch(
        [
            link(
                f"{number:032x}", "duplicate", "é" * 32, 0.5 + number / 1000,
                target_date=DAY if number % 2 else None, duplicate_kind="near",
            )
            for number in range(150)
        ]
    )  # fmt: skip
    rows = rows.select(DUPLICATES.names[:6])  # the columns of its first version
    together = hashlib.sha256(b"".join(row_hashes(rows))).hexdigest()
    assert together == "eed70163b6626e66f11eba77abe8e7398cc2f9a1ee51ea40764b65590a65e7b9"
    assert list(row_hashes(rows.slice(70, 3))) == list(row_hashes(rows))[70:73]


def put_day(lake: Lake, day: date, article: str) -> None:
    row = link(article * 32, "version", "b" * 32, 1.0)
    batches = [DUPLICATES.batch([row])]
    lake.publish(lake.stage_day(contract("duplicates"), day, batches, versions={}, inputs={}))


def test_a_day_is_read_once_and_again_when_it_was_put_in_place_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = Lake(LocalStore(tmp_path))
    put_day(lake, DAY, "a")
    opened: list[date | None] = []
    read_day = Lake.read_day

    def counted(
        self: Lake, dataset: str, day: date | None, columns: list[str] | None
    ) -> Iterator[pa.RecordBatch]:
        opened.append(day)
        return read_day(self, dataset, day, columns)

    monkeypatch.setattr(Lake, "read_day", counted)
    recent = RecentDays(lake, "duplicates")

    def articles() -> list[str]:
        return [row["article_id"][0] for batch in recent.read(DAY) for row in batch.to_pylist()]

    assert articles() == articles() == ["a"]
    assert opened == [DAY]
    put_day(lake, DAY, "c")
    assert articles() == articles() == ["c"]
    assert opened == [DAY, DAY]
    assert list(recent.read(DAY - timedelta(days=1))) == []


def test_days_are_held_while_there_is_room_and_a_large_one_never(tmp_path: Path) -> None:
    lake = Lake(LocalStore(tmp_path))
    days = [DAY + timedelta(days=number) for number in range(12)]
    for day in days:
        put_day(lake, day, "a")
    (batch,) = lake.read_day("duplicates", DAY)
    recent = RecentDays(lake, "duplicates", held_bytes=4 * batch.nbytes)
    for day in days:
        assert sum(found.num_rows for found in recent.read(day)) == 1
        assert recent.bytes <= 4 * batch.nbytes
    assert recent.bytes == 4 * batch.nbytes
    small = RecentDays(lake, "duplicates", held_bytes=batch.nbytes)
    assert sum(found.num_rows for found in small.read(DAY)) == 1
    assert small.bytes == 0


def test_a_footer_is_that_of_the_file_which_lies_there_now(tmp_path: Path) -> None:
    lake = Lake(LocalStore(tmp_path))
    digests = []
    for article in "aca":
        put_day(lake, DAY, article)
        footer = lake.footer("duplicates", DAY)
        assert footer is not None
        assert footer == read_footer(lake.store.local(f"duplicates/date={DAY}/part.parquet"))
        digests.append(footer.row_digest)
    assert digests[0] == digests[2] != digests[1]
    lake.remove_day("duplicates", DAY)
    assert lake.footer("duplicates", DAY) is None


def test_a_lease_is_written_again_once_a_minute(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    lease.take(store, "one", NOW, {"pid": "1"})
    first = store.get(lease.PATH)
    lease.renew(store, "one", NOW + timedelta(seconds=59))
    assert store.get(lease.PATH) == first
    lease.renew(store, "one", NOW + timedelta(seconds=60))
    held = lease.read(store)
    assert held is not None
    assert held.until == NOW + timedelta(seconds=60) + lease.LASTS
    assert held.process == {"pid": "1"}
    # A clock that has jumped back must not make it last longer than a lease lasts.
    lease.renew(store, "one", NOW - timedelta(hours=2))
    held = lease.read(store)
    assert held is not None
    assert held.until == NOW - timedelta(hours=2) + lease.LASTS


def test_footers_hold_once_what_they_have_in_common_and_a_damaged_one_is_told(tmp_path: Path) -> None:
    lake, digest = Lake(LocalStore(tmp_path)), "5:" + "e" * 64
    days = [DAY, DAY + timedelta(days=1)]
    for day, inputs in zip(days, ({"signatures": {"2026-03-24": digest}},) * 2, strict=True):
        staged = lake.stage_day(DUPLICATES, day, [], versions={"model": {"name": "m"}}, inputs=inputs)
        lake.publish(staged)
    first, second = (lake.footer("duplicates", day) for day in days)
    assert first is not None
    assert second is not None
    assert first.versions == {"model": {"name": "m"}}
    assert first.versions is second.versions
    assert first.inputs == second.inputs == {"signatures": {"2026-03-24": digest}}
    assert first.inputs["signatures"]["2026-03-24"] is second.inputs["signatures"]["2026-03-24"]
    wrong: Any = {"signatures": 5}
    lake.publish(lake.stage_day(DUPLICATES, DAY, [], versions={}, inputs=wrong))
    with pytest.raises(Damaged, match="names no inputs"):
        lake.footer("duplicates", DAY)


def test_a_longer_batch_is_no_more_in_memory_while_it_is_sorted() -> None:
    most = []
    for count in (1024, 4096):
        spool = Spool(DOCUMENTS, held_bytes=1_000_000)
        before = pa.total_allocated_bytes()
        for first in range(0, count, 256):
            spool.add(long_rows(256, first))
        most.append(pa.total_allocated_bytes() - before)
        for _, stream in spool.days():
            most[-1] = max(most[-1], most_held(stream))
        spool.close()
    assert most[1] < 1.5 * most[0]


@pytest.mark.parametrize("chosen", ["system", "mimalloc"])
def test_every_process_takes_memory_as_we_say_or_as_its_owner_does(chosen: str) -> None:
    told = {name: value for name, value in os.environ.items() if name != "ARROW_DEFAULT_MEMORY_POOL"}
    if chosen != "system":
        told["ARROW_DEFAULT_MEMORY_POOL"] = chosen
    asked = "import dateline.run, pyarrow; print(pyarrow.default_memory_pool().backend_name)"
    done = subprocess.run(
        [sys.executable, "-c", asked], env=told, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == chosen
