"""How often feeds are asked, by what they say and do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text import crawl_pace as pace
from dateline.text.crawl_failures import Failure
from dateline.text.crawl_past import Past, Poll

DAWN = datetime(2024, 3, 25, tzinfo=UTC)  # a Monday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def past(polls: list[tuple[float, Poll]], failures: list[tuple[float, bool]] = ()) -> Past:  # type: ignore[assignment]
    """A feed with these answers and failures, at so many hours after dawn."""
    made = Past(((DAWN, "b", 0), "paper", "http://paper.example/feed"))
    for hour, poll in polls:
        made.polls[DAWN + hour * HOUR, "b", 0] = poll
        made.seen = made.tried = (DAWN + hour * HOUR, "b", 0)
        if poll.told is not None:
            made.asks = (made.seen, poll.fresh_for, None)
    for hour, hard in failures:
        made.failures[DAWN + hour * HOUR, "b", 0] = Failure.NO if hard else Failure.PASSING
        made.tried = (DAWN + hour * HOUR, "b", 0)
    return made


def every(hours: float, count: int, **facts: Any) -> list[tuple[float, Poll]]:
    """Answers at a steady beat, each with another body."""
    told = {"fresh_for": None, "entries": 20} | facts
    return [(number * hours, Poll(f"{number}", **told)) for number in range(count)]


def news(*hours: float) -> list[datetime]:
    return sorted(DAWN + hour * HOUR for hour in hours)


def test_what_was_never_asked_is_due() -> None:
    assert pace.is_due(past([]), [], DAWN)
    assert pace.next_poll(past([]), []) is None


def test_a_busy_feed_is_asked_often_and_a_quiet_one_rarely() -> None:
    busy = pace.interval(past(every(1, 30)), news(*[hour + 0.01 for hour in range(30)]))
    quiet = pace.interval(past(every(1, 30)), [])
    daily = pace.interval(past(every(6, 30)), news(*[day * 24 + 0.01 for day in range(9)]))
    assert busy == pytest.approx(15 * timedelta(minutes=1), abs=timedelta(minutes=2))
    assert quiet == pytest.approx(7.5 * HOUR, abs=HOUR / 2)
    assert 4 * HOUR < daily < 8 * HOUR
    assert pace.interval(past(every(12, 30)), []) == pace.MOST
    burst = past(every(0.02, 30))
    assert pace.interval(burst, news(*[n * 0.02 + 0.001 for n in range(30)])) == pace.LEAST


def test_bodies_that_differ_without_news_and_news_without_another_body_are_no_changes() -> None:
    same = [(hour, Poll("same", None, 20)) for hour in range(20)]
    fresh = news(*[hour + 0.01 for hour in range(20)])
    assert pace.interval(past(same), fresh) == pace.interval(past(every(1, 20)), [])
    unchanged = [(0.0, Poll("a", None, 20)), *((hour, Poll(None, None, None)) for hour in range(1, 20))]
    assert pace.interval(past(unchanged), fresh) == pace.interval(past(every(1, 20)), [])


WISHES = [
    # fresh_for, interval of a busy feed
    (None, None),
    (0.0, None),
    (-5.0, None),
    (float("nan"), None),
    (3600.0, HOUR),
    (6 * 3600.0, 6 * HOUR),
    (1e18, 24 * HOUR),
]


@pytest.mark.parametrize(("fresh", "wanted"), WISHES)
def test_what_a_feed_asks_for_is_kept_to(fresh: float | None, wanted: timedelta | None) -> None:
    polls = every(1, 5, entries=None)
    polls[-1] = (polls[-1][0], Poll("last", fresh, None))
    found = pace.interval(past(polls), news(0.01, 1.01, 2.01, 3.01, 4.01))
    assert found == wanted if wanted else found < timedelta(minutes=30)


def test_what_a_304_does_not_repeat_still_holds() -> None:
    fresh = news(*[hour + 0.01 for hour in range(60)])
    same: list[tuple[float, Poll]] = [(0.1 * n, Poll(None, None, None)) for n in range(1, 41)]
    hasty = [(hour, poll._replace(fresh_for=60.0)) for hour, poll in same]
    longer = [*same, (4.1, Poll(None, 5 * 3600.0, None))]
    said = (0.0, Poll("a", 3 * 3600.0, 200))
    for answers, wanted in ((same, 3), (hasty, 3), (longer, 5)):
        assert pace.interval(past([said, *answers]), fresh) == wanted * HOUR
    # Another body takes back what the one before said.
    taken_back = [said, *((1.0 + hour / 4, Poll(f"{hour}", None, 200)) for hour in range(40))]
    assert pace.interval(past(taken_back), news(*[hour / 4 + 0.01 for hour in range(50)])) < HOUR


def test_a_feed_that_would_roll_over_is_asked_before() -> None:
    # Twenty entries, some forty new pages an hour: all are gone within half an hour.
    many = news(*[number / 40 for number in range(40 * 24 * 8)])
    polls = [(hour, Poll(f"{hour}", 12 * 3600.0, 20)) for hour in range(0, 24 * 8, 12)]
    assert pace.interval(past(polls), many) < HOUR
    assert pace.interval(past(polls), many[::400]) == 12 * HOUR


def test_failures_slow_down_and_those_that_may_pass_do_so_less() -> None:
    start = every(1, 2)
    hard = [pace.interval(past(start, [(2 + n, True) for n in range(count)]), []) for count in range(1, 9)]
    soft = [pace.interval(past(start, [(2 + n, False) for n in range(count)]), []) for count in range(1, 9)]
    assert hard == sorted(hard)
    assert hard[0] == 2 * pace.interval(past(start), [])
    assert hard[-1] == pace.MOST
    assert soft[3] == hard[0]
    assert soft[7] == hard[1]


def test_a_dead_feed_keeps_a_slow_beat() -> None:
    answers = every(1, 2)
    week = past(answers, [(24.0 * day, True) for day in range(1, 11)])
    assert pace.is_dead(week)
    assert pace.interval(week, []) == pace.DEAD_BEAT
    assert not pace.is_dead(past(answers, [(1 + hour / 4, True) for hour in range(1, 11)])), "a bad afternoon"
    assert not pace.is_dead(past(answers, [(24.0 * day, False) for day in range(1, 11)])), "a bad host"
    assert pace.is_dead(past(answers, [(24.0 * day, False) for day in range(1, 41)]))
    long = past(answers, [(24.0 * 7 * week, True) for week in range(1, 20)])
    assert pace.interval(long, []) == pace.LONG_DEAD_BEAT
    assert pace.next_poll(long, []) is not None


def test_a_little_early_is_on_time() -> None:
    feed = past(every(1, 2))
    due = pace.next_poll(feed, [])
    assert due is not None
    pause = pace.interval(feed, [])
    assert pace.is_due(feed, [], due - pause / 11)
    assert not pace.is_due(feed, [], due - pause / 9)


HINTS = [
    # header, own, said
    (None, None, None),
    (600.0, None, 600.0),
    (600.0, 3600.0, 3600.0),
    (3600.0, 600.0, 3600.0),
    (0.0, None, 0.0),
    (1e12, None, 24 * 3600.0),
    (-1.0, None, None),
    (None, float("nan"), None),
]


@pytest.mark.parametrize(("header", "own", "said"), HINTS)
def test_hints(header: float | None, own: float | None, said: float | None) -> None:
    assert pace.fresh_for(header, own) == said


def test_the_end_of_the_calendar_is_no_trouble() -> None:
    last = datetime.max.replace(tzinfo=UTC)
    made = past([])
    made.tried = (last, "b", 0)
    made.asks = (made.tried, None, pace.quiet((), {last.weekday()}))
    assert pace.next_poll(made, []) == last
    made.failures[made.tried] = Failure.PASSING
    assert pace.again(made) == last


@given(
    st.lists(
        st.tuples(st.floats(0, 400), st.floats(allow_nan=True) | st.none(), st.integers(0, 99) | st.none())
    ),
    st.lists(st.tuples(st.floats(400, 4000), st.booleans()), max_size=64),
    st.lists(st.floats(0, 4000), max_size=20),
)
def test_any_past_gives_a_pause_within_bounds(
    polls: list[Any], failures: list[tuple[float, bool]], instants: list[float]
) -> None:
    answers = [(hour, Poll(str(fresh), fresh, entries)) for hour, fresh, entries in polls]
    answers.sort(key=lambda answer: answer[0])
    found = pace.interval(past(answers, sorted(failures)), news(*instants))
    assert pace.LEAST <= found <= pace.LONG_DEAD_BEAT
