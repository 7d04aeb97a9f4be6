"""Headers may hold anything: what is read from them is within bounds, or is nothing."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from dateline.edges.http.headers import LONGEST_WAIT, clean, exact, fresh_for, retry_after

NOON = datetime(2024, 3, 25, 12, tzinfo=UTC)
WORDS = st.sampled_from(
    ["max-age=", "s-maxage", "=", '"', ",", "-", "0", "99999999999", "Mon, 25 Mar ", "2024", " 12:00:00 ",
     "GMT", "+9999", "no-cache", "\udcff", "\x00", "٣", "1e5", "inf"]
)  # fmt: skip
VALUES = st.lists(WORDS | st.text(max_size=5), max_size=8).map("".join)


@given(st.lists(VALUES, max_size=3), VALUES | st.none())
def test_a_wait_is_within_bounds_or_none(lines: list[str], date: str | None) -> None:
    seconds = retry_after(lines, date, NOON)
    assert seconds is None or 0 <= seconds <= LONGEST_WAIT


@given(st.dictionaries(st.sampled_from(["Expires", "Date", "Age"]), VALUES), st.lists(VALUES, max_size=3))
def test_a_lifetime_is_within_bounds_or_none(headers: dict[str, str], lines: list[str]) -> None:
    seconds = fresh_for(CIMultiDict(headers), lines, NOON)
    assert seconds is None or 0 <= seconds <= LONGEST_WAIT


@given(VALUES)
def test_what_is_kept_can_be_stored_and_what_is_sent_back_is_what_came(value: str) -> None:
    kept = clean(value)
    assert kept is not None
    assert "\x00" not in kept.encode().decode()
    assert exact(value) in (None, value)
    assert exact(value) is None or value.isascii()
