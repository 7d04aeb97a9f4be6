"""`sign`: which sightings speak, and what a signature holds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from dateline.contract import KeyOrder
from dateline.contracts.documents import DOCUMENTS
from dateline.contracts.rights import UNSAID
from dateline.contracts.signatures import SIGNATURES
from dateline.steps.sign import SignRules, sign, signatures_of
from dateline.text.normalise import content_hash
from dateline.text.shingles import minhashes, shingles
from dateline.text.sketches import CEILING, bands_of
from dateline.text.slots import numbers, openings, slots
from dateline.text.words import read_words, word_hashes

FIRST = (
    "The ferry to Skerrow Island ran aground at low water on Sunday with 41 passengers, and all of them "
    "walked ashore over the sand with their bags, some with their shoes in their hands."
)
SECOND = FIRST + " The master, who has sailed the sound for 30 years, was not on board that day."


def _blank(column: Any) -> Any:
    if column.nullable:
        return None
    if column.name == "rights":
        return UNSAID
    if pa.types.is_list(column.type):
        return []
    if column.values:
        return column.values[0]
    return "x" if pa.types.is_string(column.type) else 0


def document(article: str, capture: str, text: str, **facts: Any) -> dict[str, Any]:
    blank = {column.name: _blank(column) for column in DOCUMENTS.columns}
    said = {"article_id": article, "capture_id": capture, "text": text, "content_hash": content_hash(text)}
    return blank | said | facts


def signed(*documents: dict[str, Any], size: int = 100) -> list[dict[str, Any]]:
    batches = [
        DOCUMENTS.batch(list(documents[start : start + size])) for start in range(0, len(documents), size)
    ]
    found = []
    for contract, batch in sign(iter(batches), SignRules()):
        assert contract is SIGNATURES
        found += contract.check(batch).to_pylist()
    return found


def title_hash(title: str) -> str:
    return word_hashes(read_words([title]))[0]


def test_a_signature_says_what_the_text_is_made_of() -> None:
    at = datetime(2024, 3, 24, 17, 5, tzinfo=UTC)
    (row,) = signed(
        document(
            "a", "c1", FIRST, title="Ferry aground", published=at, published_precision="minute",
            url_key="1:news.example/ferry", source="sound", language="en",
            url="https://www.news.example/ferry", dateline="SKERROW (Reuters)", canonical_site="sea.example",
        )
    )  # fmt: skip
    words = read_words([FIRST])
    found = shingles(words)
    assert row == {
        "article_id": "a",
        "content_hash": content_hash(FIRST),
        "is_newest": True,
        "url_key": "1:news.example/ferry",
        "source": "sound",
        "published": at,
        "title_hash": title_hash("FERRY aground!"),
        "headline_hash": None,
        "site": "news.example",
        "credit": "Reuters",
        "canonical_site": "sea.example",
        "language": "en",
        "shingle_count": len(found[0]),
        "minhash": minhashes(found)[0].tolist(),
        "bands": bands_of(minhashes(found)[0][None, :])[0].tolist(),
        "sample": [shingle for shingle in found[0].tolist() if shingle < CEILING],
        "shingles": found[0].tolist(),
        "numbers": numbers(words)[0].tolist(),
        "slots": slots(words)[0].tolist(),
        "opening": openings(words)[0].tolist(),
    }


@pytest.mark.parametrize(
    ("precision", "kept"),
    [("instant", True), ("minute", True), ("day", False), ("month", False), ("unknown", False)],
)
def test_only_a_time_of_day_orders_texts(precision: str, kept: bool) -> None:
    at = datetime(2024, 3, 24, tzinfo=UTC)
    (row,) = signed(document("a", "c1", FIRST, published=at, published_precision=precision))
    assert (row["published"] == at) is kept
    assert (row["published"] is None) is not kept


def test_equal_words_are_one_text_and_its_newest_sighting_speaks() -> None:
    early, late = (datetime(2024, 3, 24, hour, tzinfo=UTC) for hour in (8, 9))
    (row,) = signed(
        document("a", "c1", FIRST, captured=late, title="Ferry floats again"),
        document("a", "c2", FIRST.upper(), captured=early, title="Ferry aground"),
    )
    assert row["title_hash"] == title_hash("Ferry floats again")
    assert row["is_newest"]


@pytest.mark.parametrize(("new", "old"), [(SECOND, FIRST), (FIRST, SECOND)])
def test_each_text_of_an_article_is_signed_and_the_newest_is_marked(new: str, old: str) -> None:
    hours = [datetime(2024, 3, 24, hour, tzinfo=UTC) for hour in (8, 9, 10)]
    rows = signed(
        document("a", "c1", new, updated=hours[1]),
        document("a", "c2", old, updated=hours[0], captured=hours[2]),
        document("b", "c3", old),
        size=2,
    )
    assert {(row["article_id"], row["content_hash"], row["is_newest"]) for row in rows} == {
        ("a", content_hash(new), True),
        ("a", content_hash(old), False),
        ("b", content_hash(old), True),
    }


def test_rows_come_sorted_by_key_and_unique() -> None:
    texts = [f"{FIRST} Report {number}." for number in range(6)]
    documents = [document("a", f"c{number}", text) for number, text in enumerate(texts)]
    batches = [DOCUMENTS.batch([*documents, document("b", "c9", FIRST)])]
    order = KeyOrder(SIGNATURES)
    for contract, batch in sign(iter(batches), SignRules()):
        assert order.check(contract.check(batch)).num_rows == 7


@pytest.mark.parametrize("text", ["", "…", "Fire", "\x00", "7 " * 50_000, "я" * 100_000])
def test_odd_texts_are_signed_like_any(text: str) -> None:
    (row,) = signed(document("a", "c1", text))
    assert row["shingle_count"] == len(row["shingles"])
    assert row["minhash"] == []
    assert row["title_hash"] is None


def test_no_documents_no_signatures() -> None:
    assert signed() == []
    assert list(sign(iter([DOCUMENTS.empty()]), SignRules())) == []


def test_many_texts_are_signed_as_each_by_itself() -> None:
    texts = [f"{FIRST} {SECOND} {number}" * (number % 7) for number in range(150)]
    titles = [None if number % 3 else f"Ferry {number % 4}" for number in range(150)]
    together = [row for batch in signatures_of(texts, titles) for row in batch.to_pylist()]
    alone = [
        next(signatures_of([text], [title])).to_pylist()[0] for text, title in zip(texts, titles, strict=True)
    ]
    assert together == alone
    assert list(signatures_of([], [])) == []


def test_long_texts_are_signed_a_few_at_a_time() -> None:
    batches = list(signatures_of(["word " * 30_000] * 5, [None] * 5))
    assert [batch.num_rows for batch in batches] == [2, 2, 1]
