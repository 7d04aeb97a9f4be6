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

from dateline.contract import UTC_MICROS
from dateline.contracts import contract
from dateline.contracts.documents import DOCUMENTS, publication_day
from dateline.contracts.shared import utc_day
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
