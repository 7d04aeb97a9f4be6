"""Pages that failed: how long they are owed, and when they are asked for again."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.contracts.attempts import ATTEMPTS
from dateline.text import crawl_pace as pace
from dateline.text.crawl_past import Owed
from dateline.text.crawl_state import State, fold
from dateline.text.urls import url_key

DAWN = datetime(2024, 3, 25, tzinfo=UTC)
HOUR = timedelta(hours=1)
URL = "http://paper.example/a"
LEAD, NEWS = "a" * 16, "b" * 16
WEEK = 7 * 24


def attempt(hour: float, outcome: str, status: int | None = None, **more: Any) -> dict[str, Any]:
    return dict.fromkeys(ATTEMPTS.names) | {
        "batch": f"{hour:016.6f}", "seq": 0, "source": "paper", "input_kind": "page", "url": URL,
        "url_key": url_key(URL), "captured": DAWN + hour * HOUR, "outcome": outcome, "bytes": 0,
        "lead_digest": LEAD, "tries": 1, "wire_bytes": 0, "signals": [], "hops": [],
        "status": status,
        "capture_id": "c" * 32 if outcome == "captured" else None, **more,
    }  # fmt: skip


def state(*rows: dict[str, Any]) -> State:
    return fold([ATTEMPTS.batch([row]) for row in rows])


def polled(
    answer: Callable[[float], dict[str, Any]], beat: float, hours: float, *before: dict[str, Any]
) -> list[dict[str, Any]]:
    """The attempts of a page whose feed names it at each beat."""
    rows = list(before)
    for number in range(int(hours / beat)):
        hour = number * beat
        if state(*rows).wants(URL, LEAD, DAWN + hour * HOUR):
            rows.append(answer(hour))
    return rows


def hours(rows: list[dict[str, Any]]) -> list[float]:
    return [round((row["captured"] - DAWN) / HOUR, 3) for row in rows]


def down(hour: float) -> dict[str, Any]:
    return attempt(hour, "http_error", 500)


def test_pauses_grow_with_each_failure() -> None:
    assert hours(polled(down, 1, 40)) == [0, 1, 2, 3, 4, 6, 9, 15, 21, 27, 33, 39]
    assert hours(polled(down, 1 / 6, 6)) == [0, 0.167, 0.333, 0.667, 1.333, 2.667, 5.333]
    # At a beat of minutes the ends of pauses are met: no two tries are nearer than the pause allows.
    dense = hours(polled(down, 1 / 30, 20))
    assert [round(60 * (after - before)) for before, after in pairwise(dense)] == [
        6, 10, 18, 36, 76, 156, 316, 356,
    ]  # fmt: skip


OUTAGES = [
    # what it answers with, for how many hours
    (("http_error", 500), 24),
    (("timeout", None), 72),
    (("robots_unreachable", None), 24),
    (("robots_unreachable", None), 24 * 60),
    (("too_many_requests", 503), 24),
    (("connection_failed", None), WEEK - 1),
]


@pytest.mark.parametrize("beat", [1, 1 / 6])
@pytest.mark.parametrize(("fault", "length"), OUTAGES)
def test_an_outage_loses_nothing(beat: float, fault: tuple[str, int | None], length: float) -> None:
    rows = [attempt(number * beat, *fault) for number in range(min(int(length / beat), 400))]
    end = (rows[-1]["captured"] - DAWN) / HOUR
    past = state(*rows)
    assert past.owed() == [Owed("paper", URL)]
    wait = pace.LONGEST_PAUSE / HOUR if end < WEEK else 24
    assert past.wants(URL, LEAD, DAWN + (end + wait) * HOUR)
    assert not past.wants(URL, LEAD, rows[-1]["captured"] + HOUR)


def test_what_fails_on_and_on_is_given_up_after_a_week_and_ten_tries() -> None:
    rows = polled(down, 3, 24 * 9)
    assert WEEK <= hours(rows)[-1] < WEEK + 7
    assert len(rows) < 40
    past = state(*rows)
    assert past.owed() == []
    # Another lead asks once.
    now = rows[-1]["captured"] + HOUR
    assert past.wants(URL, NEWS, now)
    once = attempt(24 * 31, "timeout", lead_digest=NEWS)
    assert not state(*rows, once).wants(URL, NEWS, now + 24 * 31 * HOUR)
    # Few tries over long are not enough.
    rare = [attempt(48 * number, "timeout") for number in range(9)]
    assert state(*rare).owed()
    assert not state(*rare, attempt(48 * 9, "timeout")).owed()


def test_only_its_own_failures_of_this_time_count() -> None:
    robots = [attempt(number, "robots_unreachable") for number in range(0, 60 * 24, 30)]
    soon = [attempt(60 * 24 + number, "timeout") for number in range(15)]
    assert state(*robots, *soon).owed()
    # A page that was had half a year ago does not begin its outage with an age.
    had = attempt(0, "captured")
    outage = [attempt(24 * 180 + number, "timeout") for number in range(15)]
    assert state(had, *outage).owed()
    assert state(*soon, attempt(24 * 180, "captured")).owed() == []


def test_what_rests_for_longer_than_its_pause_is_left_alone_till_then() -> None:
    told = attempt(0, "too_many_requests", 503, retry_after=8 * 3600.0)
    assert state(told).owed(DAWN + 7.99 * HOUR) == []
    assert state(told).owed(DAWN + 8 * HOUR) == [Owed("paper", URL)]
    # Who says "in a second" on and on is not asked at each beat for that.
    hasty = [attempt(number / 6, "too_many_requests", 503, retry_after=1.0) for number in range(6)]
    assert not state(*hasty).wants(URL, LEAD, DAWN + HOUR)


def absent(hour: float) -> dict[str, Any]:
    return attempt(hour, "http_error", 404)


def test_a_page_that_is_not_there_yet_is_asked_for_till_that_is_certain() -> None:
    assert hours(polled(absent, 1, 72)) == [0, 1, 2, 4]
    dense = hours(polled(absent, 1 / 6, 72))
    assert dense == [0, 0.333, 1, 2.333, 5]
    late = polled(lambda hour: absent(hour) if hour < 2 else attempt(hour, "captured"), 1, 72)
    assert late[-1]["outcome"] == "captured"


def test_what_came_once_and_is_gone_is_gone() -> None:
    assert state(attempt(0, "captured"), attempt(1, "http_error", 410)).owed() == []
    assert state(attempt(0, "http_error", 403)).owed() == []


def astray(hour: float) -> dict[str, Any]:
    return attempt(hour, "too_many_redirects", 302)


def test_a_circle_is_tried_as_often_as_a_404_but_over_a_day() -> None:
    assert hours(polled(astray, 1, 24 * 8)) == [0, 2, 6, 14, 30]
    late = polled(lambda hour: astray(hour) if hour < 20 else attempt(hour, "captured"), 1, 72)
    assert hours(late) == [0, 2, 6, 14, 30]
    assert late[-1]["outcome"] == "captured"
    assert state(attempt(0, "captured"), astray(1)).owed() == []


def forbidden(hour: float) -> dict[str, Any]:
    return attempt(hour, "robots_disallowed")


def rules(hour: float) -> dict[str, Any]:
    url = "http://paper.example/robots.txt"
    return attempt(hour, "captured") | {"input_kind": "robots", "url": url, "url_key": url}


def test_what_is_forbidden_is_judged_anew_once_a_day_as_long_as_it_is_named() -> None:
    rows = polled(forbidden, 1 / 6, 24 * 12)
    assert hours(rows) == [24 * day for day in range(12)]
    assert state(*rows[:7]).owed() == [Owed("paper", URL)]
    assert state(*rows[:8]).owed() == []
    # Other words don't change what it is judged by.
    assert not state(*rows[:2]).wants(URL, NEWS, DAWN + 47 * HOUR)
    assert state(*rows).wants_since(URL, DAWN, DAWN + 24 * 12 * HOUR)


def test_what_is_forbidden_is_judged_anew_when_the_rules_have_come_again() -> None:
    seen = state(rules(-20), forbidden(0))
    assert not seen.wants(URL, LEAD, DAWN + 5 * HOUR)
    seen = state(forbidden(0), rules(4))
    assert seen.wants(URL, LEAD, DAWN + 5 * HOUR)
    assert seen.owed(DAWN + 5 * HOUR) == [Owed("paper", URL)]
    assert not state(rules(4), forbidden(0), forbidden(5)).wants(URL, LEAD, DAWN + 6 * HOUR)


def test_an_outage_before_it_makes_no_404_certain() -> None:
    assert state(*polled(down, 1, 48), absent(49)).owed()
    assert state(absent(0), down(2), absent(5)).owed() == []


def test_a_sitemap_s_word_does_not_shorten_a_pause() -> None:
    rows = polled(down, 1, 10)
    now = rows[-1]["captured"] + HOUR
    assert not state(*rows).wants_since(URL, now, now)
    assert state(*rows).wants_since(URL, now, now + 6 * HOUR)


FAULTS: list[tuple[str, int | None]] = [
    ("http_error", 404), ("http_error", 500), ("robots_unreachable", None), ("captured", 200),
    ("robots_disallowed", None), ("too_many_redirects", 302), ("address_refused", None),
]  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 24 * 30), st.sampled_from(FAULTS)), max_size=90), st.randoms())
def test_whatever_failed_in_whatever_order(tries: list[Any], shuffler: random.Random) -> None:
    rows = [attempt(hour, *fault) for hour, fault in dict(tries).items()]
    shuffled = rows + rows[: len(rows) // 2]
    shuffler.shuffle(shuffled)
    past, other = state(*sorted(rows, key=lambda row: row["captured"])), state(*shuffled)
    assert past._pasts == other._pasts
    assert past.owed() == other.owed()
    if past.owed():
        last = max(row["captured"] for row in rows)
        known = past.past("page", URL)
        assert known is not None
        assert last < pace.again(known) <= last + pace.MOST
        assert past.wants(URL, None, pace.again(known))
