"""What attempts tell about each URL, in whatever order they are read."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.contracts.attempts import ATTEMPTS, OUTCOMES
from dateline.text.crawl_looks import AUDIT, AUDIT_ANSWERS, LONGEST_AUDIT
from dateline.text.crawl_past import LEADS, Owed
from dateline.text.crawl_state import State, fold
from dateline.text.urls import url_key

DAWN = datetime(2024, 3, 25, tzinfo=UTC)
URL = "http://paper.example/a"
FEED = "http://paper.example/feed"
LEAD, NEWS = "a" * 16, "b" * 16


def attempt(minute: float, outcome: str, url: str = URL, **more: Any) -> dict[str, Any]:
    row = dict.fromkeys(ATTEMPTS.names) | {
        "batch": f"{minute:016.4f}", "seq": 0, "source": "paper", "input_kind": "page", "url": url,
        "url_key": url_key(url), "captured": DAWN + timedelta(minutes=minute), "outcome": outcome, "bytes": 0,
        "lead_digest": LEAD, "tries": 1, "wire_bytes": 0, "signals": [], "hops": [],
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
    ("http_error", 404, True, True),
    ("http_error", 410, True, True),
    ("http_error", 403, False, True),
    ("http_error", 451, False, True),
    ("address_refused", None, True, True),
    ("too_many_redirects", 302, True, True),
    ("too_large", 200, False, True),
    ("deferred", None, True, True),
]


@pytest.mark.parametrize(("outcome", "status", "same", "other"), WANTED)
def test_after_one_attempt(outcome: str, status: int | None, same: bool, other: bool) -> None:
    past = state(attempt(0, outcome, status=status))
    assert past.wants(URL, LEAD, after(120)) is same
    assert past.wants(f"{URL}?utm_source=x", LEAD, after(120)) is same
    assert past.wants(URL, NEWS, after(120)) is other
    assert past.wants(URL, None, after(120)) is same
    assert past.owed() == ([Owed("paper", URL)] if same else [])


def test_a_lead_of_another_feed_is_news_only_once() -> None:
    past = state(attempt(0, "captured"), attempt(1, "captured", lead_digest=NEWS))
    assert not past.wants(URL, LEAD, after(2))
    assert not past.wants(URL, NEWS, after(2))
    many = [attempt(2 + number, "captured", lead_digest=f"{number:016}") for number in range(LEADS)]
    assert state(attempt(0, "captured"), *many).wants(URL, LEAD, after(99))


def test_retry_after_is_kept_by_the_url_and_with_429_by_the_host() -> None:
    other = "http://paper.example/b"
    for status, host_rests in ((429, True), (503, False)):
        past = state(attempt(0, "too_many_requests", status=status, retry_after=600.0))
        assert not past.wants(URL, LEAD, after(9.99))
        assert past.wants(URL, LEAD, after(10))
        assert past.rest(URL, after(9.5)) == 30.0
        assert past.rest(other, after(9.5)) == (30.0 if host_rests else 0.0)
        assert past.rest(other, after(11)) == 0.0
        assert past.rest("http://other.example/b", DAWN) == 0.0


def test_a_429_behind_a_redirect_rests_the_host_that_said_it() -> None:
    there = "http://cdn.example/x"
    past = state(attempt(0, "too_many_requests", status=429, retry_after=60.0, redirected_to=there))
    assert past.rest("http://cdn.example/y", DAWN) == 60.0
    assert past.rest("http://paper.example/y", DAWN) == 0.0


def feed(minute: float, outcome: str, **more: Any) -> dict[str, Any]:
    return attempt(minute, outcome, **({"url": FEED, "input_kind": "feed", "lead_digest": None} | more))


def test_each_validator_is_kept_for_itself() -> None:
    first = feed(0, "captured", etag='"1"', last_modified="Mon")
    assert state(first).conditional(FEED, after(1)) == ('"1"', "Mon")
    assert state(first, feed(1, "not_modified", etag='"2"')).conditional(FEED, after(2)) == ('"2"', "Mon")
    assert state(first, feed(1, "not_modified")).conditional(FEED, after(2)) == ('"1"', "Mon")
    assert state(first, feed(1, "captured", last_modified="Tue")).conditional(FEED, after(2)) == (None, "Tue")
    assert state(first, feed(1, "timeout", etag='"9"')).conditional(FEED, after(2)) == ('"1"', "Mon")
    assert state().conditional(FEED, DAWN) == (None, None)


def test_now_and_then_a_whole_feed_is_due() -> None:
    rows = [feed(0, "captured", etag='"1"')]
    rows += [feed(1000 + number, "not_modified", status=304) for number in range(AUDIT_ANSWERS)]
    second = timedelta(seconds=1)
    for count, pause in ((AUDIT_ANSWERS, AUDIT), (AUDIT_ANSWERS - 1, LONGEST_AUDIT), (0, LONGEST_AUDIT)):
        past = state(*rows[: count + 1])
        assert past.conditional(FEED, DAWN + pause - second) == ('"1"', None)
        assert past.conditional(FEED, DAWN + pause) == (None, None)
    assert state(*rows).last_success(FEED) == after(1000 + AUDIT_ANSWERS - 1)
    # Another body begins anew.
    again = state(*rows, feed(2000, "captured", etag='"2"'))
    assert again.conditional(FEED, after(2000) + LONGEST_AUDIT - second) == ('"2"', None)


def test_what_was_only_put_off_comes_first() -> None:
    put_off = attempt(1, "deferred"), attempt(2, "deferred")
    cases = [
        ((), after(1)),
        ((attempt(3, "timeout"),), None),
        ((attempt(0, "timeout"),), DAWN),
        ((attempt(3, "captured"),), None),
    ]
    for more, since in cases:
        past = state(*put_off, *more).past("page", URL)
        assert past is not None
        assert past.put_off_since == since
    assert state().past("page", URL) is None


def test_rows_of_archives_and_without_a_date_say_nothing() -> None:
    past = state(attempt(0, "captured", url=None, url_key=None), attempt(0, "captured", captured=None))
    assert past.wants(URL, LEAD, DAWN)


ROWS = st.builds(
    lambda minute, outcome, status, etag, lead, retry, kind, moved, known: attempt(
        minute, outcome, status=status, etag=etag, lead_digest=lead, retry_after=retry, input_kind=kind,
        moved_to=moved, fresh_for=retry, entries=status, capture_id=etag, quiet=status, body_digest=etag,
        known_as=known, entry_key=lead, detail=etag,
    ),
    st.integers(0, 25),
    st.sampled_from(["captured", "not_modified", "timeout", "http_error", "deferred", *OUTCOMES]),
    st.sampled_from([None, 200, 304, 403, 404, 429, 500]),
    st.sampled_from([None, '"1"', '"2"']),
    st.sampled_from([None, *(str(number) * 16 for number in range(9))]),
    st.sampled_from([None, 60.0, 600.0]),
    st.sampled_from(["page", "feed"]),
    st.sampled_from([None, "http://paper.example/new"]),
    st.sampled_from([None, URL, "http://paper.example/known"]),
)  # fmt: skip


@given(st.lists(ROWS, unique_by=lambda row: row["captured"], max_size=25), st.randoms())
def test_the_order_of_reading_does_not_matter(rows: list[dict], shuffler: random.Random) -> None:
    shuffled = rows + rows[: len(rows) // 2]  # and reading a row twice does not either
    shuffler.shuffle(shuffled)
    assert fold([ATTEMPTS.batch(rows)])._pasts == state(*shuffled)._pasts
    assert fold([ATTEMPTS.batch(rows)])._hosts == state(*shuffled)._hosts


def test_each_address_of_a_feed_is_a_feed() -> None:
    """Also where a page under such addresses would be one page."""
    others = [
        FEED + "?source=politics", FEED + "?utm_source=x", FEED + "/",
        "https://paper.example/feed", "http://www.paper.example/feed", "http://m.paper.example/feed",
    ]  # fmt: skip
    for kind in ("feed", "sitemap", "section"):
        past = state(feed(0, "captured", etag='"1"', input_kind=kind), feed(1, "timeout", input_kind=kind))
        for url in others:
            assert past.conditional(url, after(2), kind) == (None, None)
            assert past.due(url, kind, after(2))
            assert (past.next_poll(url, kind), past.failures(url, kind)) == (None, 0)
        assert past.conditional(FEED + "#top", after(2), kind) == ('"1"', None)
        assert past.failures(FEED + "#top", kind) == 1
    assert state(page(0, url=FEED)).wants(FEED + "?utm_source=x", LEAD, after(1)) is False


def test_a_feed_has_changed_where_its_body_has() -> None:
    same = [feed(hour * 60, "captured", bytes=9, body_digest="a" * 16) for hour in range(20)]
    other = [feed(hour * 60, "captured", bytes=9, body_digest=f"{hour:016}") for hour in range(20)]
    # Written down before bodies had digests.
    sized = [feed(hour * 60, "captured", bytes=hour) for hour in range(20)]
    fresh = [attempt(hour * 60 + 1, "captured", url=f"http://paper.example/{hour}") for hour in range(20)]
    pauses = [state(*rows, *fresh).next_poll(FEED) for rows in (same, other, sized)]
    assert pauses[0] is not None
    assert pauses[1] is not None
    assert pauses[0] > pauses[1] == pauses[2]


# Moves, dues, revisits

NEW = "http://paper.example/new-feed"


def test_a_feed_that_moved_for_good_is_asked_at_its_new_place() -> None:
    moved = feed(0, "captured", etag='"1"', moved_to=NEW)
    past = state(moved)
    assert past.place(FEED) == NEW
    assert state(moved, feed(1, "captured")).place(FEED) == FEED  # it moved back
    assert state(moved, feed(1, "timeout")).place(FEED) == NEW
    there = [feed(minute, "http_error", status=404, url=NEW) for minute in (1, 2, 3)]
    assert state(moved, *there[:2]).place(FEED) == NEW
    assert state(moved, *there).place(FEED) == FEED
    assert state(moved, *there[:2]).failures(FEED) == 2
    assert state(moved, *there[:2]).last_success(FEED) == DAWN
    # Validators of the old address are none of the new one.
    assert past.conditional(NEW, after(1)) == (None, None)


def test_moves_in_a_circle_or_to_nowhere_end() -> None:
    there = feed(1, "captured", url=NEW, moved_to=FEED)
    assert state(feed(0, "captured", moved_to=NEW), there).place(FEED) in (FEED, NEW)
    assert state(feed(0, "captured", moved_to="javascript:alert(1)")).place(FEED) == FEED
    assert state(feed(0, "captured", moved_to=FEED + "#top")).place(FEED) == FEED
    assert state(feed(0, "captured", moved_to=FEED + "/")).place(FEED) == FEED + "/"
    assert state(feed(0, "captured", moved_to="https://paper.example/feed")).place(FEED)[:5] == "https"


def page(minute: float, outcome: str = "captured", **more: Any) -> dict[str, Any]:
    return attempt(minute, outcome, capture_id=f"{minute:032}", **more)


def test_a_young_page_is_looked_at_again_ever_more_rarely() -> None:
    rows = [page(0, etag='"1"')]
    asked, sent = [], {}
    for minute in range(0, 60 * 24 * 10, 20):
        if state_of := fold([ATTEMPTS.batch(rows)]).revisits(after(minute)):
            asked.append(minute / 60)
            [capture] = state_of
            assert (capture.source, capture.url) == ("paper", URL)
            sent[minute / 60] = fold([ATTEMPTS.batch(rows)]).conditional(URL, after(minute), "page")[0]
            rows.append(page(minute, "not_modified", status=304))
    assert asked == [1, 4, 24, 72, 168]
    # Once whole, at the last look: whatever the host says of changes.
    assert sent == dict.fromkeys([1, 4, 24, 72], '"1"') | {168: None}


def test_looks_that_were_missed_count_as_one() -> None:
    assert [one.capture_id for one in state(page(0)).revisits(after(60 * 30))] == [f"{0:032}"]
    assert state(page(0), page(60 * 30)).revisits(after(60 * 31)) == []
    assert state(page(0)).revisits(after(59)) == []
    # One that failed is owed, and not looked at again on top.
    failed = state(page(0), attempt(60, "timeout"))
    assert (failed.revisits(after(240)), len(failed.owed())) == ([], 1)
    gone = state(page(0), attempt(60, "http_error", status=410))
    assert (gone.revisits(after(240)), gone.owed()) == ([], [])


def test_a_sitemap_asks_for_another_look_where_a_page_has_changed_since() -> None:
    past = state(page(10))
    assert not past.wants_since(URL, None, after(99))
    assert not past.wants_since(URL, after(10), after(99))
    assert past.wants_since(URL, after(11), after(99))
    assert not past.wants_since(URL, after(100), after(99)), "a date in the future is new for ever"
    assert past.wants_since("http://paper.example/b", None, after(99))


def test_owed_pages_that_rest_are_not_owed_now() -> None:
    past = state(attempt(0, "too_many_requests", status=503, retry_after=600.0))
    assert past.owed(after(1)) == []
    assert past.owed(after(10)) == past.owed() == [Owed("paper", URL)]


def test_a_feed_s_next_poll_waits_for_what_its_host_asked() -> None:
    assert state().next_poll(FEED) is None
    assert state().due(FEED, "feed", DAWN)
    past = state(feed(0, "captured"), feed(5, "too_many_requests", status=429, retry_after=7200.0))
    assert past.next_poll(FEED) == after(125)
    only = state(attempt(0, "too_many_requests", status=429, retry_after=7200.0))
    assert only.next_poll(FEED) is None
