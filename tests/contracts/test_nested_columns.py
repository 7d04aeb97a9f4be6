"""What lies inside lists and structs is checked as the columns themselves are."""

from __future__ import annotations

import time
from typing import Any

import pyarrow as pa
import pytest

from dateline.contract import Column, Contract
from dateline.contract_nested import Inside, first_fault, paths
from dateline.contracts import annotations, contract
from dateline.contracts.annotations import ANNOTATIONS
from dateline.contracts.captures import CAPTURES
from dateline.enrichers.entities import NAMED
from dateline.errors import ContractBroken
from dateline.pipeline import DATASETS
from dateline.text.leads import make_lead
from rows import instant

MENTION = {"exact": "Ada", "start": 0, "end": 3, "label": "PERSON", "entity": 0}
ATTRIBUTION = {
    "type": "direct", "content": "Yes", "content_start": 10, "content_end": 13,
    "quoted_spans": [{"start": 9, "end": 14}], "confidence": 0.5,
}  # fmt: skip
TEMPORAL = {"exact": "today", "start": 20, "end": 25, "type": "DATE", "value": "2024-03-25"}
PLACE = {"name": "The Gulf", "feature_code": "RGN", "count": 1, "spans": [{"start": 0, "end": 3}]}
CITED = {"kind": "document", "name": "a report", "spans": [{"start": 1, "end": 2}]}
QUANTITY = {"exact": "9 km", "start": 30, "end": 34, "value": 9.0, "unit": "km", "kind": "measure"}
PLACE_LINE = {"exact": "OSLO"}


def annotation(**given: Any) -> dict[str, Any]:
    lists: dict[str, Any] = {
        name: [] for name in ANNOTATIONS.names if pa.types.is_list(ANNOTATIONS.schema.field(name).type)
    }
    stats = dict.fromkeys(("chars", "words", "sentences", "paragraphs", "reading_seconds"), 1)
    return lists | {
        "article_id": "a" * 32,
        "input_digest": "0" * 32,
        "detected_language": {"tag": "en", "confidence": 1.0},
        "place_line": None,
        "stats": stats | {"quoted_share": 0.0},
        **given,
    }


GOOD = annotation(
    place_line=PLACE_LINE, mentions=[MENTION], attributions=[ATTRIBUTION], temporal=[TEMPORAL],
    places=[PLACE], cited_sources=[CITED], quantities=[QUANTITY],
)  # fmt: skip

BROKEN: list[tuple[str, Any, str, str]] = [
    ("mentions", [MENTION, None], "mentions[]", "null"),
    ("mentions", [MENTION | {"exact": None}], "mentions[].exact", "null"),
    ("mentions", [MENTION | {"entity": None}], "mentions[].entity", "null"),
    ("mentions", [MENTION | {"label": "NONSENSE"}], "mentions[].label", "'NONSENSE' is none of PERSON, "),
    ("mentions", [MENTION | {"start": -5}], "mentions[].start", "-5 is below 0"),
    ("mentions", [MENTION | {"end": -1}], "mentions[].end", "-1 is below 0"),
    ("mentions", [MENTION | {"start": 4}], "mentions[].start", "4 is after its end"),
    ("attributions", [ATTRIBUTION | {"type": "bogus"}], "attributions[].type", "'bogus' is none of direct"),
    ("attributions", [ATTRIBUTION | {"quoted_spans": None}], "attributions[].quoted_spans", "null"),
    ("attributions", [ATTRIBUTION | {"quoted_spans": [None]}], "attributions[].quoted_spans[]", "null"),
    (
        "attributions",
        [ATTRIBUTION, ATTRIBUTION | {"quoted_spans": [{"start": 1, "end": 2}, {"start": -1, "end": 2}]}],
        "attributions[].quoted_spans[].start",
        "-1 is below 0",
    ),
    ("attributions", [ATTRIBUTION | {"content_start": 14}], "attributions[].content_start",
     "14 is after its content_end"),
    ("attributions", [ATTRIBUTION | {"cue_start": 9, "cue_end": 3}], "attributions[].cue_start",
     "9 is after its cue_end"),
    ("temporal", [TEMPORAL | {"type": "date"}], "temporal[].type", "'date' is none of DATE"),
    ("cited_sources", [CITED | {"kind": "rumour"}], "cited_sources[].kind", "'rumour' is none of outlet"),
    ("quantities", [QUANTITY | {"kind": None}], "quantities[].kind", "null"),
    ("quantities", [QUANTITY | {"kind": "many"}], "quantities[].kind", "'many' is none of count"),
    ("entities", [{"idx": 0, "name": "Ada", "label": "X", "count": 1}], "entities[].label", "'X' is none of"),
    ("flags", [{"flag": "ugly", "start": 0, "end": 1}], "flags[].flag", "'ugly' is none of"),
    ("place_line", {"exact": None}, "place_line.exact", "null"),
    ("place_line", {"exact": "OSLO", "start": 5, "end": 1}, "place_line.start", "5 is after its end"),
    ("stats", GOOD["stats"] | {"words": None}, "stats.words", "null"),
]  # fmt: skip


def test_what_is_right_passes():
    assert ANNOTATIONS.batch([GOOD, annotation(article_id="b" * 32)]).num_rows == 2


@pytest.mark.parametrize(("column", "value", "path", "reason"), BROKEN, ids=lambda part: str(part)[:40])
def test_a_broken_promise_inside_a_column_is_named(column, value, path, reason):
    rows = [GOOD, annotation(), GOOD | {"article_id": "c" * 32, column: value}, GOOD]
    with pytest.raises(ContractBroken) as caught:
        ANNOTATIONS.batch(rows)
    assert str(caught.value).startswith(f"annotations.{path}: {reason}")
    assert f"article_id='{'c' * 32}'" in str(caught.value)


def test_the_row_is_named_in_a_slice_too():
    made = pa.RecordBatch.from_pylist(
        [GOOD, GOOD, annotation(), GOOD | {"article_id": "c" * 32, "mentions": [MENTION, None]}],
        schema=ANNOTATIONS.schema,
    )
    with pytest.raises(ContractBroken, match=r"c{32}"):
        ANNOTATIONS.check(made.slice(1, 3))
    ANNOTATIONS.check(made.slice(0, 3))


def test_an_item_of_a_plain_list_is_never_null():
    promise = Contract("things", "One row for each.", ("id",), (
        Column("id", pa.int64(), "Its number."), Column("tags", pa.list_(pa.string()), "Its tags."),
    ))  # fmt: skip
    with pytest.raises(ContractBroken, match=r"^things\.tags\[\]: null, in the row id=2$"):
        promise.batch([{"id": 1, "tags": ["a"]}, {"id": 2, "tags": ["a", None]}])


def test_what_hides_in_a_null_struct_is_no_fault():
    kind = pa.struct([pa.field("start", pa.int32()), pa.field("end", pa.int32())])
    parts = [pa.array([-1, 1], pa.int32()), pa.array([None, 2], pa.int32())]
    array = pa.StructArray.from_arrays(parts, fields=list(kind), mask=pa.array([True, False]))
    assert first_fault(array, Inside()) is None


def test_a_lead_says_where_it_came_from():
    row = {
        "capture_id": "1" * 32, "source": "test", "input_kind": "page", "captured": instant("2026-03-24"),
        "signals": [],
    }  # fmt: skip
    CAPTURES.batch([row | {"lead": make_lead("feed")}])
    with pytest.raises(ContractBroken, match=r"^captures\.lead\.origin: null"):
        CAPTURES.batch([row | {"lead": {**make_lead("feed"), "origin": None}}])


@pytest.mark.parametrize("name", [*DATASETS, "exchanges"])
def test_what_is_declared_of_the_inside_exists(name):
    for column in contract(name).columns:
        known = {path.removeprefix("[]").removeprefix(".") for path in paths(column.type)}
        assert column.inside.optional <= known, column.name
        assert set(column.inside.values) <= known, column.name


def test_the_labels_are_those_that_the_enricher_keeps():
    assert set(annotations.ENTITY_LABELS) == NAMED


def test_a_change_of_what_is_promised_inside_shows_in_the_lock():
    column = ANNOTATIONS.fingerprint()["columns"]["attributions"]
    assert column["inside"] == {"type": ["direct", "indirect", "mixed"]}
    assert "cue" in column["optional"]


def test_looking_inside_is_cheap():
    """A thousand articles with forty names each in the low milliseconds: the best of five, as others run."""
    row = GOOD | {"mentions": [MENTION] * 40, "attributions": [ATTRIBUTION] * 10}
    batch = pa.RecordBatch.from_pylist([row] * 1000, schema=ANNOTATIONS.schema)
    taken = []
    for _ in range(5):
        begun = time.perf_counter()
        ANNOTATIONS.check(batch)
        taken.append(time.perf_counter() - begun)
    assert min(taken) < 0.02, f"{min(taken) * 1000:.1f} ms"
