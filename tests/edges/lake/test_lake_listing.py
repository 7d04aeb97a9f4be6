"""Listing a lake: what can't be seen is an error, never nothing; names that are none of ours are strays."""

from __future__ import annotations

import os
from datetime import date

import pytest

from dateline.contracts.duplicates import DUPLICATES
from dateline.edges.lake import Lake
from dateline.edges.lake.receipts import Receipt, batch_key, batches, read_receipts, write_receipt
from dateline.edges.lake.store import LocalStore
from dateline.errors import Damaged, LakeError
from rows import link

ONE = Receipt("fetch", batch_key("one"), "one", {})


@pytest.fixture
def store(tmp_path):
    store = LocalStore(tmp_path / "lake")
    write_receipt(store, ONE)
    return store


def test_files_come_in_order_without_hidden_ones(store):
    for path in ("a/b/z", "a/b-c/y", "a/x", "a/.hidden"):
        store.put(path, b"")
    assert list(store.list("a")) == ["a/b/z", "a/b-c/y", "a/x"]
    assert list(store.list("none")) == []
    assert list(store.list("a/x")) == []


@pytest.mark.parametrize("folder", ["receipts", "receipts/fetch"])
def test_a_folder_that_can_not_be_read_is_no_empty_one(store, monkeypatch, folder):
    real, hidden = os.scandir, f"{store.uri}/{folder}"

    def scandir(path):
        if os.fspath(path) == hidden:
            raise PermissionError(13, "Permission denied", hidden)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(LakeError, match=f"{folder} can't be listed: Permission denied"):
        list(store.list("receipts"))


def test_a_link_to_a_folder_inside_is_refused_wherever_it_is_met(store, tmp_path):
    (tmp_path / "lake/receipts").rename(tmp_path / "elsewhere")
    (tmp_path / "lake/receipts").symlink_to(tmp_path / "elsewhere")
    for folder in (".", "receipts", "receipts/fetch"):
        with pytest.raises(LakeError, match="receipts is a link to a folder; a lake's folders are not links"):
            list(store.list(folder))


def test_the_lake_itself_may_be_a_link(store, tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "lake")
    assert list(LocalStore(tmp_path / "link").list("receipts/fetch")) == list(store.list("receipts/fetch"))


@pytest.mark.parametrize("name", ["README.txt", "{} (copy).json", "{}.json.bak", "{}x.json", "sub/{}.json"])
def test_other_names_among_receipts_are_no_receipts(store, name):
    store.put(f"receipts/fetch/{name.format(ONE.batch)}", b"no JSON")
    assert batches(store, "fetch") == [ONE.batch]
    assert list(read_receipts(store, "fetch")) == [ONE]


@pytest.mark.parametrize("path", [f"fetch/{'a' * 16}", f"clean/{ONE.batch}"])
def test_a_receipt_under_the_name_of_another_is_damaged(store, path):
    store.put(f"receipts/{path}.json", store.get(f"receipts/fetch/{ONE.batch}.json"))
    with pytest.raises(Damaged, match=f"receipts/{path}.json says that it is receipts/fetch/{ONE.batch}"):
        list(read_receipts(store, path.partition("/")[0]))


def test_names_of_impossible_days_are_no_days(store):
    lake, day = Lake(store), date(2026, 3, 24)
    rows = [link("a", "version", "x")]
    lake.publish(lake.stage_day(DUPLICATES, day, [DUPLICATES.batch(rows)], versions={}, inputs={}))
    for name in ("2026-13-45", "2026-02-30", "0000-01-01"):
        store.put(f"duplicates/date={name}/part.parquet", b"")
    assert lake.days("duplicates") == [day]
    assert lake.dataset("duplicates").num_rows == 1
