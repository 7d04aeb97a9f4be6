"""What each enricher finds, as data: `cases.json`, one list for each column."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

CASES = json.loads(Path(__file__).with_name("cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_finds_what_the_case_says(case: dict[str, Any], annotate: Any) -> None:
    row = annotate(case["text"], case.get("date", "2024-03-25"), **case.get("columns", {}))
    for column, wanted in case.get("finds", {}).items():
        for item in wanted if isinstance(wanted, list) else [wanted]:
            found = row[column] if isinstance(row[column], list) else [row[column]]
            assert any(_fits(one, item) for one in found), (column, item, found)
    for column, count in case.get("counts", {}).items():
        assert len(row[column] or ()) == count, (column, row[column])
    for column, unwanted in case.get("never", {}).items():
        for item in unwanted:
            assert not any(_fits(one, item) for one in row[column]), (column, item, row[column])


def _fits(found: dict[str, Any] | None, wanted: dict[str, Any] | None) -> bool:
    if found is None or wanted is None:
        return found is wanted
    return all(found[key] == value for key, value in wanted.items())


def test_every_enricher_has_a_case() -> None:
    """A column without a case could go empty unseen; topics are empty on purpose."""
    columns = {
        column for case in CASES for key in ("finds", "counts", "never") for column in case.get(key, {})
    }
    assert columns >= {
        "detected_language", "place_line", "mentions", "entities", "attributions", "temporal", "places",
        "cited_sources", "quantities", "keyphrases", "topics", "stats", "flags",
    }  # fmt: skip
