"""A midnight that fills up a field for days gives way to a clock of the same day; a true one stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.html.evidence import Evidence
from dateline.text.html.times import Limits, published

CASES = [
    ("2024-03-24T00:00:00Z", "2024-03-24T18:30:00Z", "2024-03-24T18:30:00+00:00"),
    ("2024-03-24T00:00:00.000+00:00", "2024-03-24T18:30:00-05:00", "2024-03-24T18:30:00-05:00"),
    ("2024-03-24T00:00:00-05:00", "2024-03-24T18:30:00-05:00", "2024-03-24T18:30:00-05:00"),
    ("2024-03-24T00:00:00Z", "2024-03-24T20:30:00-05:00", "2024-03-24T20:30:00-05:00"),
    ("2024-03-24T00:00:00-05:00", "2024-03-25T02:30:00Z", "2024-03-24T21:30:00-05:00"),
    ("2024-03-24T18:30:00Z", "2024-03-24T00:00:00Z", "2024-03-24T18:30:00+00:00"),
    ("2024-03-24T00:00:00Z", "2024-03-24", "2024-03-24T00:00:00+00:00"),
    ("2024-03-24T00:00:00Z", "2024-03-25T18:30:00Z", "2024-03-24T00:00:00+00:00"),
    ("2024-03-24T00:00:01Z", "2024-03-24T18:30:00Z", "2024-03-24T00:00:01+00:00"),
]
"""(what JSON-LD says, what a meta element says, the time)."""


def told(linked: str, meta: str, changed: str = "") -> str | None:
    page = Evidence(url="https://greywater.example/harbour")
    page.linked = {"datepublished": linked}
    page.meta = {"article:published_time": [meta], "article:modified_time": [changed]}
    found = published(page, Limits(), None).value
    return found and found.iso


@pytest.mark.parametrize(("linked", "meta", "wanted"), CASES)
def test_a_midnight_beside_a_clock_is_a_day(linked: str, meta: str, wanted: str) -> None:
    assert told(linked, meta) == wanted


def test_the_clock_of_a_change_says_nothing_of_a_midnight() -> None:
    assert told("2024-03-24T00:00:00Z", "", "2024-03-24T18:30:00Z") == "2024-03-24T00:00:00+00:00"


@given(st.integers(1, 24 * 60 - 1), st.integers(-11, 13))
def test_any_clock_of_the_day_wins(minutes: int, hours: int) -> None:
    clock = f"2024-03-24T{minutes // 60:02}:{minutes % 60:02}:00{hours:+03}:00"
    assert told(f"2024-03-24T00:00:00{hours:+03}:00", clock) == clock
