"""What attempts tell about each URL, in whatever order they are read."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.contracts.attempts import ATTEMPTS, OUTCOMES
from dateline.text.crawl_state import AUDIT, GIVE_UP, LEADS, Owed, State, fold
from dateline.text.urls import url_key

DAWN = datetime(2024, 3, 25, tzinfo=UTC)
URL = "http://paper.example/a"
FEED = "http://paper.example/feed"
LEAD, NEWS = "a" * 16, "b" * 16


def attempt(minute: float, outcome: str, url: str = URL, **more: Any) -> dict[str, Any]:
    row = dict.fromkeys(ATTEMPTS.names) | {
        "batch": f"{minute:016.4f}", "seq": 0, "source": "paper", "input_kind": "page", "url": url,
        "url_key": url_key(url), "captured": DAWN + timedelta(minutes=minute), "outcome": outcome, "bytes": 0,
        "lead_digest": LEAD,
    }  # fmt: skip
    return row | more


def state(*rows: dict[str, Any]) -> State:
    return fold([ATTEMPTS.batch([row]) for row in rows])


def after(minutes: float) -> datetime:
    return DAWN + timedelta(minutes=minutes)


def test_a_page_never_tried_is_wanted() -> None:
    assert state().wants(URL, LEAD, DAWN)
    assert state(attempt(0, "captured", url="http://paper.example/b")).wants(URL, LEAD, DAWN)
    assert state(attempt(0, "captured", input_kind="feed")).wants(URL, LEAD, DAWN)


WANTED = [
    # outcome, status, wanted again with the same lead, with another
    ("captured", 200, False, True),
    ("not_modified", 304, False, True),
    ("timeout", None, True, True),
    ("connection_failed", None, True, True),
    ("robots_unreachable", None, True, True),
    ("too_many_requests", 429, True, True),
    ("http_error", 500, True, True),
    ("http_error", 408, True, True),
    ("http_error", 404, False, True),
    ("http_error", 410, False, True),
    ("robots_disallowed", None, False, True),
    ("address_refused", None, False, True),
    ("too_large", 200, False, True),
    ("deferred", None, True, True),
]


@pytest.mark.parametrize(("outcome", "status", "same", "other"), WANTED)
def test_after_one_attempt(outcome: str, status: int | None, same: bool, other: bool) -> None:
    past = state(attempt(0, outcome, status=status))
    assert past.wants(URL, LEAD, after(1)) is same
    assert past.wants(f"{URL}?utm_source=x", LEAD, after(1)) is same
    assert past.wants(URL, NEWS, after(1)) is other
    assert past.wants(URL, None, after(1)) is same
    assert past.owed() == ([Owed("paper", URL)] if same else [])


def test_a_lead_of_another_feed_is_news_only_once() -> None:
    past = state(attempt(0, "captured"), attempt(1, "captured", lead_digest=NEWS))
    assert not past.wants(URL, LEAD, after(2))
    assert not past.wants(URL, NEWS, after(2))
    many = [attempt(2 + number, "captured", lead_digest=f"{number:016}") for number in range(LEADS)]
    assert state(attempt(0, "captured"), *many).wants(URL, LEAD, after(99))


def test_a_page_that_fails_on_and_on_is_given_up() -> None:
    rows = [attempt(minute, "timeout") for minute in range(GIVE_UP)]
    assert state(*rows[1:]).wants(URL, LEAD, after(99))
    past = state(*rows)
    assert not past.wants(URL, LEAD, after(99))
    assert past.wants(URL, NEWS, after(99))
    assert past.owed() == []
    assert past.failures(URL, "page") == GIVE_UP
    assert state(*rows, attempt(0.5, "captured")).failures(URL, "page") == GIVE_UP - 1


def test_retry_after_is_kept_by_the_url_and_with_429_by_the_host() -> None:
    other = "http://paper.example/b"
    for status, host_rests in ((429, True), (503, False)):
        past = state(attempt(0, "too_many_requests", status=status, retry_after=120.0))
        assert not past.wants(URL, LEAD, after(1.99))
        assert past.wants(URL, LEAD, after(2))
        assert past.rest(URL, after(1.5)) == 30.0
        assert past.rest(other, after(1.5)) == (30.0 if host_rests else 0.0)
        assert past.rest(other, after(3)) == 0.0
        assert past.rest("http://other.example/b", DAWN) == 0.0


def test_a_429_behind_a_redirect_rests_the_host_that_said_it() -> None:
    there = "http://cdn.example/x"
    past = state(attempt(0, "too_many_requests", status=429, retry_after=60.0, redirected_to=there))
    assert past.rest("http://cdn.example/y", DAWN) == 60.0
    assert past.rest("http://paper.example/y", DAWN) == 0.0


def feed(minute: float, outcome: str, **more: Any) -> dict[str, Any]:
    return attempt(minute, outcome, FEED, **({"input_kind": "feed", "lead_digest": None} | more))


def test_each_validator_is_kept_for_itself() -> None:
    first = feed(0, "captured", etag='"1"', last_modified="Mon")
    assert state(first).conditional(FEED, after(1)) == ('"1"', "Mon")
    assert state(first, feed(1, "not_modified", etag='"2"')).conditional(FEED, after(2)) == ('"2"', "Mon")
    assert state(first, feed(1, "not_modified")).conditional(FEED, after(2)) == ('"1"', "Mon")
    assert state(first, feed(1, "captured", last_modified="Tue")).conditional(FEED, after(2)) == (None, "Tue")
    assert state(first, feed(1, "timeout", etag='"9"')).conditional(FEED, after(2)) == ('"1"', "Mon")
    assert state().conditional(FEED, DAWN) == (None, None)


def test_now_and_then_a_whole_feed_is_due() -> None:
    rows = [feed(0, "captured", etag='"1"'), feed(1000, "not_modified", status=304)]
    assert state(*rows).conditional(FEED, DAWN + AUDIT) == ('"1"', None)
    assert state(*rows).conditional(FEED, DAWN + AUDIT + timedelta(seconds=1)) == (None, None)
    assert state(*rows).last_success(FEED) == after(1000)


def test_what_was_only_put_off_comes_first() -> None:
    assert state(attempt(0, "deferred")).was_deferred(URL)
    assert not state(attempt(0, "deferred"), attempt(1, "timeout")).was_deferred(URL)
    assert not state().was_deferred(URL)


def test_rows_of_archives_and_without_a_date_say_nothing() -> None:
    past = state(attempt(0, "captured", url=None, url_key=None), attempt(0, "captured", captured=None))
    assert past.wants(URL, LEAD, DAWN)


ROWS = st.builds(
    lambda minute, outcome, status, etag, lead, retry: attempt(
        minute, outcome, status=status, etag=etag, lead_digest=lead, retry_after=retry
    ),
    st.integers(0, 25),
    st.sampled_from(["captured", "not_modified", "timeout", "deferred", *OUTCOMES]),
    st.sampled_from([None, 200, 404, 429, 500]),
    st.sampled_from([None, '"1"', '"2"']),
    st.sampled_from([None, *(str(number) * 16 for number in range(9))]),
    st.sampled_from([None, 60.0, 600.0]),
)


@given(st.lists(ROWS, unique_by=lambda row: row["captured"], max_size=25), st.randoms())
def test_the_order_of_reading_does_not_matter(rows: list[dict], shuffler: random.Random) -> None:
    shuffled = rows + rows[: len(rows) // 2]  # and reading a row twice does not either
    shuffler.shuffle(shuffled)
    assert fold([ATTEMPTS.batch(rows)])._pasts == state(*shuffled)._pasts
    assert fold([ATTEMPTS.batch(rows)])._hosts == state(*shuffled)._hosts
