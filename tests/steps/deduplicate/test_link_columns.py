"""What a link says beside where it leads: which is the earliest, and where a copy was first published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.steps.deduplicate import DeduplicateRules, deduplicate
from dateline.steps.sign import SignRules, sign
from dateline.text.urls import article_id
from rows import document, documents

FIRST, LAST = date(2026, 3, 24), date(2026, 3, 25)
VOTE = " ".join(f"The member for ward{n} voted for the crane in the old harbour of Ness." for n in range(12))
FLASH = "Two boats have collided off the old pier at Ness and all hands were saved by the lifeboat, it says."
FULL = f"{FLASH} {' '.join(f'Witness number{n} told how the boat with sail{n} turned.' for n in range(30))}"

Told = tuple[str, str, dict[str, Any]]
"""URL, text and what else is known of a sighting."""


def links(told: dict[date, list[Told]]) -> dict[tuple[str, str], dict[str, Any]]:
    """(URL, relation) → link of the last day's articles, of sightings as they are signed."""
    urls = {article_id(url): url for some in told.values() for url, _, _ in some}

    def signed() -> Iterator[tuple[date, pa.RecordBatch]]:
        for day, some in told.items():
            rows = [document(url, text, at=f"{day}T08:00:00") | facts for url, text, facts in some]
            for _, batch in sign(iter([documents(*rows)]), SignRules()):
                yield day, batch

    found = [row for _, batch in deduplicate(LAST, signed(), DeduplicateRules()) for row in batch.to_pylist()]
    return {(urls[row["article_id"]], row["relation"]): row for row in found}


def origin(link: dict[str, Any]) -> tuple[bool, str | None, str | None]:
    return link["is_syndicated"], link["origin"], link["origin_why"]


COPIES = {
    "the earlier site": ({}, {}, (True, "post.example", "earliest")),
    "an agency below the copy": ({}, {"text": f"{VOTE}\n\nReuters"}, (True, "Reuters", "credit")),
    "an agency in the byline of the first": ({"authors": ["dpa"]}, {}, (True, "dpa", "credit")),
    "a place line": ({}, {"dateline": "NESS (AFP)"}, (True, "AFP", "credit")),
    "another page": ({}, {"canonical_site": "times.example"}, (True, "times.example", "canonical")),
    "one site": ({}, {"url": "https://news.post.example/copy"}, (False, None, None)),
    "a page without a URL": ({}, {"url": None}, (False, None, None)),
}


@pytest.mark.parametrize(("first", "copy", "wanted"), COPIES.values(), ids=COPIES)
def test_a_copy_tells_its_origin(
    first: dict[str, Any], copy: dict[str, Any], wanted: tuple[Any, ...]
) -> None:
    known = dict(copy)
    text = known.pop("text", VOTE)
    told = {
        LAST: [("https://echo.example/copy", text, known)],
        FIRST: [("https://www.post.example/vote", VOTE, first)],
    }
    assert origin(links(told)["https://echo.example/copy", "duplicate"]) == wanted


def test_who_extends_a_flash_or_renews_a_text_takes_nothing_over() -> None:
    told: dict[date, list[Told]] = {
        LAST: [
            ("https://echo.example/boats", FULL, {"authors": ["AFP"]}),
            ("https://post.example/vote", f"{VOTE} Nobody voted against it.", {}),
        ],
        FIRST: [("https://post.example/boats", FLASH, {}), ("https://post.example/vote", VOTE, {})],
    }
    found = links(told)
    assert {pair[1] for pair in found} >= {"extends", "version"}
    assert {origin(link) for link in found.values()} == {(False, None, None)}


def test_the_link_to_the_earliest_target_is_marked_whatever_it_says() -> None:
    told: dict[date, list[Told]] = {
        LAST: [("https://a.example/1", VOTE, {}), ("https://b.example/2", FULL, {})],
        date(2026, 3, 23): [("https://c.example/3", VOTE, {}), ("https://b.example/2", VOTE, {})],
        date(2026, 3, 22): [("https://a.example/1", FULL, {})],
    }
    marked = {pair: link["is_earliest"] for pair, link in links(told).items()}
    assert marked == {
        ("https://a.example/1", "version"): True,
        ("https://a.example/1", "duplicate"): False,
        ("https://b.example/2", "version"): False,
        ("https://b.example/2", "duplicate"): True,
    }


SIGHTING = st.tuples(st.integers(0, 3), st.sampled_from((VOTE, FULL, f"{VOTE} {FULL}", f"{FULL} {VOTE}")))
DAY = st.lists(SIGHTING, max_size=4, unique_by=lambda one: one[0])


@settings(max_examples=25, deadline=None)
@given(st.tuples(DAY, DAY, DAY))
def test_each_linked_article_has_just_one_earliest_link(days: tuple[list[tuple[int, str]], ...]) -> None:
    told = {
        date(2026, 3, 25 - back): [(f"https://a{n}.example/", text, {}) for n, text in some]
        for back, some in enumerate(days)
    }
    found = links(told)
    earliest = {url: link for (url, _), link in found.items() if link["is_earliest"]}
    assert len(earliest) == sum(link["is_earliest"] for link in found.values())
    assert {url for url, _ in found} == set(earliest)
    assert all(earliest[url]["target_date"] <= link["target_date"] for (url, _), link in found.items())
