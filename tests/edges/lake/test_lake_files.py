"""Files of the lake: equal rows give equal bytes, broken promises are refused, readers see all or nothing."""

from __future__ import annotations

import random
import threading
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dateline.contracts.documents import DOCUMENTS
from dateline.contracts.duplicates import DUPLICATES
from dateline.edges.lake import Lake
from dateline.edges.lake.digests import RowDigest
from dateline.edges.lake.files import read_file, write_file
from dateline.edges.lake.footers import read_footer
from dateline.edges.lake.spool import Spool
from dateline.edges.lake.store import LocalStore
from dateline.errors import ContractBroken, LakeError, UsageError
from rows import document, documents, link

MANY = documents(*(document(f"https://a.test/{n}", f"Some words number {n}.") for n in range(300)))


def written(store, batches, contract=DOCUMENTS):
    path, footer, sha256 = write_file(store, contract, "x", batches, versions={"v": 1}, inputs={})
    return path, footer, sha256


def test_bytes_do_not_depend_on_how_rows_were_batched(tmp_path):
    store = LocalStore(tmp_path)
    whole = written(store, [MANY])
    cut = written(store, [MANY.slice(0, 7), MANY.slice(7, 200), MANY.slice(207)])
    assert whole[2] == cut[2]
    assert whole[0].read_bytes() == cut[0].read_bytes()


def test_what_is_read_back_is_what_was_written(tmp_path):
    path, footer, _ = written(LocalStore(tmp_path), [MANY])
    back = pa.Table.from_batches(list(read_file(path, DOCUMENTS)))
    assert back.to_pylist() == MANY.to_pylist()
    assert read_footer(path) == footer
    assert footer.row_digest == str(RowDigest.of([MANY]))
    field = pq.read_schema(path).field("published_offset")
    assert field.metadata[b"unit"] == b"minutes"
    assert b"Offset from UTC" in field.metadata[b"doc"]
    assert pq.read_schema(path).metadata[b"warnings"].decode().splitlines() == list(DOCUMENTS.warnings)


def test_digest_adds_up_over_files_and_ignores_order():
    rows = MANY.take(pa.array(random.Random(3).sample(range(300), 300)))
    assert RowDigest.of([rows.slice(0, 90)]) + RowDigest.of([rows.slice(90)]) == RowDigest.of([MANY])
    assert RowDigest.of([MANY.slice(1)]) != RowDigest.of([MANY.slice(0, 299)])
    assert RowDigest.parse(str(RowDigest.of([MANY]))) == RowDigest.of([MANY])


@pytest.mark.parametrize(
    ("batches", "told"),
    [
        ([MANY.slice(0, 2), MANY.slice(1, 2)], "repeats"),
        ([MANY.slice(5, 2), MANY.slice(0, 2)], "out of order"),
        ([MANY.drop_columns("title")], "columns are"),
    ],
    ids=["key twice", "keys fall", "column missing"],
)
def test_rows_that_break_the_contract_leave_no_file(tmp_path, batches, told):
    with pytest.raises(ContractBroken, match=told):
        written(LocalStore(tmp_path), batches)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_errors_name_dataset_column_key_and_value():
    row = link("a", "cousin", "b")
    with pytest.raises(ContractBroken) as broken:
        DUPLICATES.batch([row])
    for part in ("duplicates", "relation", "article_id='a'", "cousin"):
        assert part in str(broken.value)
    with pytest.raises(ContractBroken, match=r"duplicates\.similarity: 'much' in the row article_id='a'"):
        DUPLICATES.batch([row | {"relation": "version", "similarity": "much"}])
    with pytest.raises(ContractBroken, match=r"duplicates\.target_id: null in the row article_id='a'"):
        DUPLICATES.batch([row | {"relation": "version", "target_id": None}])


def test_spilled_rows_come_back_sorted_by_day_and_key():
    days = ["2026-03-24T12:00:00", "2026-03-22T23:59:59", "2026-03-25T00:00:00"]
    rows = [document(f"https://a.test/{n}", "word " * 50, at=days[n % 3]) for n in range(90)]
    unknown = {"published": None, "published_precision": "unknown", "captured": None}
    rows.append(document("https://a.test/none", "No day.") | unknown)
    spool = Spool(DOCUMENTS, held_bytes=4000)
    for row in rows:
        spool.add(DOCUMENTS.batch([row]))
    spool.add(DOCUMENTS.batch([rows[0]]))
    found = {day: [row for batch in found for row in batch.to_pylist()] for day, found in spool.days()}
    spool.close()
    assert [str(day) for day in found] == ["None", "2026-03-22", "2026-03-24", "2026-03-25"]
    assert spool.rows == 92
    assert spool.spilled > 60
    assert spool.doubled == 1
    for group in found.values():
        keys = [(row["article_id"], row["capture_id"]) for row in group]
        assert keys == sorted(keys)
    assert sum(map(len, found.values())) == 91


def test_readers_see_the_old_file_or_the_new_one_never_a_part(tmp_path):
    store = LocalStore(tmp_path)
    store.put("x/part.parquet", written(store, [MANY])[0].read_bytes())
    bad: list[str] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                # Opened once: pq.read_table opens twice and may meet two versions of the file.
                with pq.ParquetFile(store.local("x/part.parquet")) as file:
                    rows = file.read().num_rows
            except (OSError, pa.ArrowException) as error:
                bad.append(str(error))
            else:
                if rows not in (100, 300):
                    bad.append(f"{rows} rows")

    reader = threading.Thread(target=read)
    reader.start()
    for turn in range(30):
        staged, _, _ = written(store, [MANY.slice(0, 100) if turn % 2 else MANY])
        store.publish(staged, "x/part.parquet")
    done.set()
    reader.join()
    assert bad == []


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", "a\\b", "a\0b", ""])
def test_no_path_leaves_the_lake(tmp_path, path):
    with pytest.raises(UsageError):
        LocalStore(tmp_path).put(path, b"x")


def test_a_lake_that_can_not_be_written_is_one_clear_sentence(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(LakeError, match="can't be written"):
        Lake.open(str(tmp_path / "file" / "lake"))
    with pytest.raises(UsageError, match="scheme"):
        Lake.open("gopher://lake")


def test_reading_takes_the_columns_and_days_asked_for(tmp_path):
    lake = Lake(LocalStore(tmp_path))
    days = [date(2026, 3, 23), date(2026, 3, 24), date(2026, 3, 25), None]
    for number, day in enumerate(days):
        rows = [link(f"{number}", "version", "x")]
        lake.publish(lake.stage_day(DUPLICATES, day, [DUPLICATES.batch(rows)], versions={}, inputs={}))
    assert lake.days("duplicates") == days
    table = lake.dataset("duplicates", ["article_id"], date(2026, 3, 24), date(2026, 3, 25))
    assert table.to_pydict() == {"article_id": ["1", "2"], "date": days[1:3]}
    whole = lake.dataset("duplicates")
    assert whole.column("date").to_pylist() == days
    assert whole.column_names == [*DUPLICATES.names, "date"]
    assert lake.dataset("articles", ["title"]).num_rows == 0
    lake.remove_day("duplicates", days[0])
    assert lake.days("duplicates") == days[1:]


def test_put_new_creates_once(tmp_path):
    store = LocalStore(tmp_path)
    assert store.put_new("lease.json", b"one")
    assert not store.put_new("lease.json", b"two")
    assert store.get("lease.json") == b"one"
    assert list(store.list(".")) == ["lease.json"]
