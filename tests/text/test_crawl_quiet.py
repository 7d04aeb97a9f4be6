"""When feeds ask to be left alone: skipHours and skipDays hold, whatever else makes them due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.contracts.attempts import ATTEMPTS
from dateline.text import crawl_pace as pace
from dateline.text.crawl_past import Past
from dateline.text.crawl_state import State, fold
from dateline.text.urls import url_key

DAWN = datetime(2024, 3, 25, tzinfo=UTC)  # a Monday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FEED = "http://paper.example/feed"
HOURS = st.frozensets(st.integers(0, 23))
DAYS = st.frozensets(st.integers(0, 6))


def asking(hours: Any = (), days: Any = ()) -> Past:
    made = Past(((DAWN, "b", 0), "paper", FEED))
    made.asks = ((DAWN, "b", 0), None, pace.quiet(hours, days))
    return made


CASES = [
    # now, hours, days, hours till it may be asked
    (DAWN, (), (), 0),
    (DAWN, range(6), (), 6),
    (DAWN + HOUR / 2, (1, 2), (), 0),
    (DAWN + 1.5 * HOUR, (1, 2), (), 1.5),
    (DAWN + 5 * HOUR, range(5), (), 0),
    (DAWN + 23.5 * HOUR, (23, 0, 1), (), 2.5),
    (DAWN + 5 * DAY, (), (5, 6), 48),
    (DAWN + 4 * DAY + 23 * HOUR, (23, *range(7)), (5, 6), 56),  # Friday night to Monday morning
    (DAWN + 4 * DAY, (), (4, 5, 6, 0), 96),  # a long weekend
    (DAWN, range(24), (), 0),  # for ever: a mistake
    (DAWN, (), range(7), 0),
    (DAWN, (), range(5), 0),  # a week of two days
]


@pytest.mark.parametrize("case", CASES)
def test_the_first_hour_that_is_not_skipped(case: tuple[Any, ...]) -> None:
    now, hours, days, wanted = case
    assert pace.awake(asking(hours, days), now) == now + wanted * HOUR


def test_who_skips_nothing_says_nothing() -> None:
    assert pace.quiet((), ()) is None
    assert pace.quiet({24, -1, 99}, {7, -2}) is None
    assert pace.quiet({0, 23}, {0, 6}) == 1 | 1 << 23 | 1 << 24 | 1 << 30


@given(HOURS, DAYS, st.integers(0, 7 * 24 * 60), st.floats(0, 300))
def test_nothing_is_due_while_it_is_quiet(hours: Any, days: Any, minute: int, later: float) -> None:
    feed = asking(hours, days)
    feed.tried = feed.seen = (DAWN + minute / 60 * HOUR, "b", 0)
    now = feed.tried[0] + later * HOUR
    awake = pace.awake(feed, now)
    assert now <= awake <= now + pace.SKIPPED
    assert pace.awake(feed, awake) == awake
    is_quiet = now.hour in hours or now.weekday() in days
    if awake > now:
        assert is_quiet
        assert not pace.is_due(feed, [], now)
        assert awake.hour not in hours
        assert awake.weekday() not in days
    due = pace.next_poll(feed, [])
    assert due is not None
    assert pace.is_due(feed, [], due)
    assert due == pace.awake(feed, due)


def poll(hour: float, outcome: str = "not_modified", **more: Any) -> dict[str, Any]:
    return dict.fromkeys(ATTEMPTS.names) | {
        "batch": f"{hour:016.4f}", "seq": 0, "source": "paper", "input_kind": "feed", "url": FEED,
        "url_key": url_key(FEED), "captured": DAWN + hour * HOUR, "outcome": outcome, "bytes": 9, "tries": 1,
        "wire_bytes": 0, "signals": [], "hops": [], **more,
    }  # fmt: skip


def state(*rows: dict[str, Any]) -> State:
    return fold([ATTEMPTS.batch([row]) for row in rows])


WORK = pace.quiet(range(10, 20), ())
FIRST = poll(0, "captured", quiet=WORK, fresh_for=1800.0, body_digest="a" * 16)


LATER = {
    # what follows the first body → hours of the day at which it is asked
    "304s": {"outcome": "not_modified"},
    "bodies": {"outcome": "captured", "quiet": WORK, "body_digest": "b" * 16},
    "failures": {"outcome": "timeout"},
    "429s": {"outcome": "too_many_requests", "status": 429, "retry_after": 3600.0},
}


@pytest.mark.parametrize("name", LATER)
def test_a_day_of_polls_through_a_skipped_window(name: str) -> None:
    rows, asked = [FIRST], []
    for quarter in range(1, 4 * 48):
        now = DAWN + quarter / 4 * HOUR
        past = state(*rows)
        if past.due(FEED, "feed", now) and not past.rest(FEED, now, "feed"):
            asked.append(now.hour)
            rows.append(poll(quarter / 4, **LATER[name]))  # type: ignore[arg-type]
        told = past.next_poll(FEED)
        assert told is not None
        assert told.hour not in range(10, 20)
    assert asked
    assert not set(asked) & set(range(10, 20))


def test_a_body_that_skips_nothing_any_more_lifts_it() -> None:
    now = DAWN + 12 * HOUR
    assert not state(FIRST).due(FEED, "feed", now)
    assert state(FIRST, poll(1, "captured", bytes=8)).due(FEED, "feed", now)
    assert not state(FIRST, poll(1)).due(FEED, "feed", now)


def test_a_host_s_rest_that_ends_in_a_quiet_hour_is_waited_out() -> None:
    told = poll(9, "too_many_requests", status=429, retry_after=2 * 3600.0)
    assert state(FIRST, told).next_poll(FEED) == DAWN + 20 * HOUR
