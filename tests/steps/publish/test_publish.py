"""publish: folding, linking and joining the rows of a day."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.contracts.annotations import ANNOTATIONS
from dateline.contracts.duplicates import DUPLICATES
from dateline.errors import ContractBroken
from dateline.steps.publish import PublishRules, publish
from dateline.text.urls import article_id
from rows import document, documents, instant, link

A, B = "https://a.test/one", "https://b.test/two"


def annotation(article: str) -> dict:
    row = {name: [] for name in ANNOTATIONS.names}
    stats = dict.fromkeys(("chars", "words", "sentences", "paragraphs", "reading_seconds"), 1)
    return row | {
        "article_id": article,
        "input_digest": "0" * 32,
        "detected_language": {"tag": "en", "confidence": 1.0},
        "place_line": None,
        "stats": stats | {"quoted_share": 0.0},
    }


def annotations(*urls: str):
    return ANNOTATIONS.batch(
        sorted((annotation(article_id(url=url)) for url in urls), key=lambda row: row["article_id"])
    )


def published(docs, links=(), urls=(A, B)):
    made = publish(
        iter([docs]), iter([DUPLICATES.batch(list(links))]), iter([annotations(*urls)]), PublishRules()
    )
    return {row["url"]: row for _, batch in made for row in batch.to_pylist()}


def test_sightings_fold_into_the_newest_text():
    sightings = documents(
        document(A, "first text", at="2026-03-24T08:00:00", capture="1" * 32),
        document(A, "first text", at="2026-03-24T09:00:00", capture="2" * 32),
        document(A, "second text", at="2026-03-24T10:00:00", capture="3" * 32, title="Corrected"),
        document(B, "other text", capture="4" * 32),
    )
    rows = published(sightings)
    assert set(rows) == {A, B}
    one = rows[A]
    assert (one["text"], one["title"]) == ("second text", "Corrected")
    assert (one["version_count"], one["sighting_count"]) == (2, 3)
    assert one["first_seen"] == instant("2026-03-24T08:00:00")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"updated": None}, {"updated": instant("2026-03-24T08:00:00")}),
        ({"captured": None}, {"captured": instant("2026-03-24T08:00:00")}),
        ({"capture_id": "1" * 32}, {"capture_id": "2" * 32}),
        (
            {"updated": instant("2026-03-24T08:00:00")},
            {"updated": instant("2026-03-24T08:00:01"), "captured": None},
        ),
    ],
    ids=["updated first", "nulls are oldest", "capture id last", "updated outranks captured"],
)
def test_which_sighting_is_newest(old, new):
    rows = published(
        documents(document(A, "new", capture="2" * 32) | new, document(A, "old", capture="1" * 32) | old),
        urls=(A,),
    )
    assert rows[A]["text"] == "new"


def test_links_become_columns():
    one, two = article_id(url=A), article_id(url=B)
    origin = {"is_syndicated": True, "origin": "Reuters", "origin_why": "credit"}
    links = [
        link(two, "duplicate", one, 0.75, duplicate_kind="near", target_date=date(2026, 3, 23), **origin),
        link(two, "version", two, target_date=date(2026, 3, 22)),
        link(one, "extends", two, 1.0),
    ]
    rows = published(documents(document(A, "a"), document(B, "b")), links)
    names = (
        "duplicate_of",
        "duplicate_of_date",
        "duplicate_kind",
        "duplicate_similarity",
        "syndicated_from",
        "syndicated_why",
        "version_of_date",
        "extends",
    )
    assert [rows[B][name] for name in names] == [
        one,
        date(2026, 3, 23),
        "near",
        0.75,
        "Reuters",
        "credit",
        date(2026, 3, 22),
        None,
    ]
    assert [rows[A][name] for name in names] == [*[None] * 7, two]


@pytest.mark.parametrize(
    ("urls", "told"),
    [((A,), "no row for"), ((A, B, "https://c.test/"), "has no article|stands where")],
    ids=["short", "over"],
)
def test_annotations_must_fit_the_articles(urls, told):
    with pytest.raises(ContractBroken, match=told):
        published(documents(document(A, "a"), document(B, "b")), urls=urls)


def test_a_day_of_no_documents_has_no_rows():
    assert list(publish(iter([]), iter([]), iter([]), PublishRules())) == []
