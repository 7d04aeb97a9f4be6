"""Rows of documents and articles that older versions left: what they did not tell is filled in."""

from __future__ import annotations

import pyarrow as pa
import pytest

from dateline.contracts.articles import ARTICLES
from dateline.contracts.documents import DOCUMENTS
from dateline.contracts.rights import UNSAID
from dateline.contracts.signatures import SIGNATURES
from rows import document, documents

ADDED = {
    3: ("canonical_site",),
    2: ("desks", "dateline_place", "dateline_date", "characters"),
    1: ("rights",),
}
ADDED_TO_ARTICLES = {
    3: (*ADDED[3], "syndicated_from", "syndicated_why"), 2: (*ADDED[2], "parent_id"), 1: ADDED[1],
}  # fmt: skip


def older(batch: pa.RecordBatch, version: int, added: dict[int, tuple[str, ...]] = ADDED) -> pa.RecordBatch:
    """A batch as a version held it: without the columns that came later, the others in any order."""
    gone = {name for since, names in added.items() if since >= version for name in names}
    return batch.select([name for name in reversed(batch.schema.names) if name not in gone])


@pytest.mark.parametrize("version", [1, 2])
def test_documents_of_older_versions(version: int) -> None:
    told = documents(
        document("https://a.example/1", "The ferry left.", authors=["Harbour Desk"], dateline="NESS"),
        document("https://a.example/2", "The ferry came back."),
    )
    made = DOCUMENTS.upgrade(older(told, version), version)
    unknown = pa.array(["unknown"] * told.num_rows)
    at = told.schema.get_field_index("characters")
    assert made.equals(told.set_column(at, told.schema.field(at), unknown))
    assert [row["dateline"] for row in made.to_pylist()].count("NESS") == 1


@pytest.mark.parametrize("version", [1, 2, 3])
def test_articles_of_older_versions(version: int) -> None:
    rows = {name: [] for name in ARTICLES.names}
    empty = pa.RecordBatch.from_pydict(rows, schema=ARTICLES.schema)
    left = older(empty, version, ADDED_TO_ARTICLES)
    assert ARTICLES.upgrade(left, version).schema.names == ARTICLES.names


ADDED_TO_SIGNATURES = {
    1: ("site", "credit", "canonical_site", "headline_hash", "slots", "opening", "bands", "sample")
}


def test_signatures_of_older_versions() -> None:
    lists = {column.name: [[]] for column in SIGNATURES.columns if pa.types.is_list(column.type)}
    known = {"article_id": ["a"], "content_hash": ["c"], "is_newest": [True], "source": ["s"]}
    rows = {name: [None] for name in SIGNATURES.names} | lists | known
    row = pa.RecordBatch.from_pydict(
        rows | {"language": ["und"], "shingle_count": [0]}, schema=SIGNATURES.schema
    )
    assert SIGNATURES.upgrade(older(row, 1, ADDED_TO_SIGNATURES), 1).equals(SIGNATURES.check(row))


def test_nothing_is_made_up_for_what_was_not_told() -> None:
    (row,) = DOCUMENTS.upgrade(older(documents(document("https://a.example/1", "Text.")), 1), 1).to_pylist()
    assert row["rights"] == UNSAID | {"signals": []}
    added = {name: row[name] for name in ADDED[2]}
    assert added == {"desks": [], "dateline_place": None, "dateline_date": None, "characters": "unknown"}
    assert row["canonical_site"] is None
