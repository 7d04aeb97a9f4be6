"""What contracts must be, whatever they promise."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.contract import UTC_MICROS, Column, Contract
from dateline.contracts import contract
from dateline.contracts.changes import CHANGES
from dateline.contracts.documents import DOCUMENTS, publication_day
from dateline.contracts.shared import utc_day
from dateline.errors import ContractBroken
from dateline.pipeline import DATASETS, ENRICHERS, STEPS
from rows import document

ROOT = Path(__file__).resolve().parents[2]
ALL = [contract(name) for name in (*DATASETS, "exchanges")]


@pytest.mark.parametrize("promise", ALL, ids=lambda promise: promise.name)
def test_a_contract_explains_itself(promise):
    assert promise.doc.startswith("One row for each ")
    assert set(promise.key) <= set(promise.names)
    assert len(set(promise.names)) == len(promise.names)
    for column in promise.columns:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", column.name)
        assert column.name != "date", "the partition's column stays out of the file"
        assert column.doc.endswith((".", "…")), f"{promise.name}.{column.name}: a sentence is wanted"
        assert not (pa.types.is_list(column.type) and column.nullable), "lists are empty, never null"
        if pa.types.is_timestamp(column.type):
            assert column.type == UTC_MICROS
    for name in promise.key:
        assert not promise.schema.field(name).nullable
    assert promise.schema.field(0).metadata[b"doc"]


@pytest.mark.parametrize("promise", ALL, ids=lambda promise: promise.name)
def test_a_contract_can_read_all_its_older_versions(promise):
    assert promise.version >= 1
    assert set(promise.upgrades) == set(range(1, promise.version)), "an upgrade for each older version"


def test_an_upgrade_goes_version_by_version_and_ends_as_promised():
    upgrades = {
        1: lambda batch: batch.rename_columns(["name", "id"]),
        2: lambda batch: batch.append_column("size", pa.array([3] * batch.num_rows, pa.int16())),
    }
    columns = tuple(
        Column(name, kind, "A word.") for name, kind in (("id", pa.string()), ("size", pa.int32()))
    )
    promise = Contract("things", "One row for each thing.", ("id",), columns, 3, upgrades=upgrades)
    old = pa.RecordBatch.from_pydict({"x": ["gone"], "y": ["a"]})
    assert promise.upgrade(old, 1).to_pylist() == [{"id": "a", "size": 3}]
    assert promise.upgrade(old.rename_columns(["name", "id"]), 2).schema == promise.schema
    with pytest.raises(ContractBroken, match="things: column size is missing"):
        promise.upgrade(old.rename_columns(["name", "id"]), 3)
    with pytest.raises(ContractBroken, match="nothing leads from version 0 to 1"):
        promise.upgrade(old, 0)


def test_changes_of_version_1_have_no_note():
    row = {
        "date_published": "2026-03-24", "old": "", "new": "1:a", "at": datetime(2026, 3, 25, tzinfo=UTC),
        "rows": 1, "added": 1, "changed": 0, "removed": 0, "reason": "new", "note": None,
    }  # fmt: skip
    batch = CHANGES.batch([row])
    assert CHANGES.upgrade(batch.drop_columns("note"), 1).equals(batch, check_metadata=True)


def test_the_same_name_has_the_same_type_everywhere():
    seen: dict[str, tuple[str, pa.DataType]] = {}
    for promise in ALL:
        for column in promise.columns:
            where, kind = seen.setdefault(column.name, (promise.name, column.type))
            assert kind == column.type, f"{column.name} differs in {where} and {promise.name}"


def test_the_lock_is_current():
    lock = json.loads((ROOT / "contracts.lock.json").read_text())
    assert lock == {name: contract(name).fingerprint() for name in DATASETS}, "run `make docs`"


def test_every_step_and_enricher_is_where_its_name_says():
    from importlib import import_module

    made = {"exchanges"}
    for step in STEPS:
        assert callable(getattr(import_module(f"dateline.steps.{step.verb}"), step.verb))
        assert set(step.reads) <= made | {step.writes}, f"{step.verb} reads what nobody wrote before"
        made |= {step.writes, *step.beside}
    assert made == {*DATASETS, "exchanges"} - {"changes"}
    for name in ENRICHERS:
        assert callable(getattr(import_module(f"dateline.enrichers.{name}"), name))


def test_conform_puts_columns_right_and_keeps_what_is_right():
    batch = DOCUMENTS.batch([document("https://a.test/1", "Words.")])
    shuffled = batch.select(sorted(batch.schema.names))
    assert DOCUMENTS.conform(shuffled).equals(batch)
    assert DOCUMENTS.conform(batch).equals(batch)


@given(st.datetimes(datetime(1600, 1, 1), datetime(2100, 12, 31)))  # noqa: DTZ001 - Hypothesis wants them naive
def test_the_day_of_an_instant_is_its_day_in_utc(moment):
    array = pa.array([moment.replace(tzinfo=UTC), None], UTC_MICROS)
    assert utc_day(array).to_pylist() == [moment.date(), None]


@pytest.mark.parametrize(
    ("precision", "captured", "day"),
    [
        ("instant", "2026-03-27T00:00:00", date(2026, 3, 24)),
        ("day", "2026-03-27T00:00:00", date(2026, 3, 24)),
        ("month", "2026-03-27T00:00:00", date(2026, 3, 27)),
        ("unknown", None, None),
    ],
)
def test_where_a_document_lies(precision, captured, day):
    given_ = {"published_precision": precision}
    given_["captured"] = datetime.fromisoformat(captured).replace(tzinfo=UTC) if captured else None
    row = document("https://a.test/1", "Words.", at="2026-03-24T23:59:59") | given_
    assert publication_day(DOCUMENTS.batch([row])).to_pylist() == [day]
