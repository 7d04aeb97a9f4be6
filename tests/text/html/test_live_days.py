"""The days of a live blog's clocks: nights, whichever way its page goes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.dates import parse
from dateline.text.html.live_days import days

EVENING = "2026-03-24T22:00:00+01:00"
NOON = "2026-03-24T12:00:00+01:00"
NIGHT = ["00:20", "23:50", "23:10", "22:00"]

# clocks in the order of the page, since, until, days of March or "" for none
CASES = {
    "newest first over midnight": (NIGHT, EVENING, None, "25 24 24 24"),
    "oldest first over midnight": (NIGHT[::-1], EVENING, None, "24 24 24 25"),
    "with its last day too": (NIGHT, EVENING, "2026-03-25T00:21:00+01:00", "25 24 24 24"),
    "oldest first, with its last day": (NIGHT[::-1], EVENING, "2026-03-25T00:21:00+01:00", "24 24 24 25"),
    "with its first day alone": (NIGHT, "2026-03-24", None, "25 24 24 24"),
    "two entries, newest first": (["00:20", "23:50"], EVENING, None, "25 24"),
    "two entries, oldest first": (["23:50", "00:20"], EVENING, None, "24 25"),
    "all after midnight": (["02:00", "01:10", "00:30"], EVENING, None, "25 25 25"),
    "two nights": (
        ["01:00", "18:00", "07:00", "23:00", "13:00"],
        NOON,
        "2026-03-26T01:00:00+01:00",
        "26 25 25 24 24",
    ),
    "of one day": (["17:40", "16:10", "12:00"], NOON, None, "24 24 24"),
    "shortly before it was published": (["12:30", "11:50", "11:20"], NOON, None, "24 24 24"),
    "changed places": (["15:00", "15:05", "14:40", "12:10"], NOON, None, "24 24 24 24"),
    "changed places over midnight": (["00:10", "23:59", "00:03", "23:50"], EVENING, None, "25 24 25 24"),
    "a pinned one of the only day": (
        ["12:05", "20:00", "19:00"],
        NOON,
        "2026-03-24T20:01:00+01:00",
        "24 24 24",
    ),
    "the newest alone are shown": (["09:30", "09:10"], NOON, "2026-03-26T09:31:00+01:00", "26 26"),
    "changed on the morning after": (
        ["21:00", "20:30", "20:10"],
        "2026-03-24T20:00:00+01:00",
        "2026-03-25T09:00:00+01:00",
        "24 24 24",
    ),
    "a gap": (["00:20", "", "22:00"], EVENING, None, "25 - 24"),
    "halves of days": (["12:20 a.m.", "11:50 p.m.", "10:00 p.m."], EVENING, None, "25 24 24"),
    "a pause or a night": (["08:00", "18:00", "17:00"], NOON, None, ""),
    "a night more than it has days": (
        ["07:00", "23:00", "08:00", "22:00"],
        EVENING,
        "2026-03-25T08:00:00+01:00",
        "",
    ),
    "a night on its only day": (NIGHT, EVENING, "2026-03-24T23:30:00+01:00", ""),
    "changed before it was published": (NIGHT, EVENING, "2026-03-20T23:30:00+01:00", ""),
    "longer than any": (NIGHT, EVENING, "2026-06-20T23:30:00+01:00", ""),
    "published in some month": (NIGHT, "2026-03", None, ""),
    "unreadable": (["99:99", "soon"], EVENING, None, ""),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_days(case: str) -> None:
    clocks, since, until, expected = CASES[case]
    found = days(clocks, parse(since), parse(until) if until else None, None)
    told = [None if day == "-" else date(2026, 3, int(day)) for day in expected.split()]
    assert found == (told or [None] * len(clocks))


@given(
    st.lists(st.integers(1, 719), min_size=2, max_size=40),
    st.integers(0, 1_439),
    st.booleans(),
    st.booleans(),
)
def test_steps_of_less_than_half_a_day_are_found_again(
    gaps: list[int], began: int, is_back: bool, is_sure: bool
) -> None:
    start = datetime(2026, 3, 24, tzinfo=UTC) + timedelta(minutes=began)
    posted = [start + timedelta(minutes=sum(gaps[:count])) for count in range(len(gaps) + 1)]
    shown = posted[::-1] if is_back else posted
    until = parse(posted[-1].isoformat()) if is_sure and posted[-1].date() > start.date() else None
    found = days([f"{at:%H:%M}" for at in shown], parse(start.isoformat()), until, None)
    assert found == [at.date() for at in shown]


def test_without_a_known_day_there_is_none() -> None:
    assert days(NIGHT, None, None, None) == [None] * 4
