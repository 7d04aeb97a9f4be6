"""What the answer to a robots.txt means for its host."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.contracts.attempts import ATTEMPTS, OUTCOMES
from dateline.edges.http.robots import Rules
from dateline.text.crawl_state import fold

BODY = b"User-agent: dateline\nDisallow: /a\nCrawl-delay: 90\nSitemap: https://paper.example/s.xml\n"

ANSWERS: dict[str, tuple[dict[str, Any], str | None]] = {
    "a file": ({"body": b"", "status": 200}, None),
    "not found": ({"failure": "http_error", "status": 404}, None),
    "forbidden": ({"failure": "http_error", "status": 403}, None),
    "gone": ({"failure": "http_error", "status": 410}, None),
    "empty": ({"failure": "empty", "status": 200}, None),
    "in a circle": ({"failure": "too_many_redirects", "status": 301, "redirects": ["x"] * 5}, None),
    "strained": ({"failure": "too_many_requests", "status": 429}, "robots_unreachable"),
    "one of several": ({"failure": "http_error", "status": 300}, "robots_unreachable"),
    "unused": ({"failure": "http_error", "status": 306}, "robots_unreachable"),
    "another protocol": ({"failure": "http_error", "status": 101}, "robots_unreachable"),
    "too early": ({"failure": "http_error", "status": 425}, None),
    "stopped by a proxy": ({"failure": "http_error", "status": 407}, "robots_unreachable"),
    "broken": ({"failure": "http_error", "status": 500}, "robots_unreachable"),
    "resting": ({"failure": "too_many_requests", "status": 503}, "robots_unreachable"),
    "silent": ({"failure": "timeout"}, "robots_unreachable"),
    "torn": ({"failure": "bad_response", "status": 200}, "robots_unreachable"),
    "private": ({"failure": "address_refused"}, "address_refused"),
    "moved to a private place": ({"failure": "address_refused", "redirects": ["x"]}, "robots_unreachable"),
}


NOON = datetime(2026, 3, 25, 12, tzinfo=UTC)
URL = "http://paper.example/robots.txt"


@pytest.mark.parametrize("name", ANSWERS)
def test_what_an_answer_means(name: str) -> None:
    given, failure = ANSWERS[name]
    exchange = {
        "failure": None,
        "status": None,
        "body": None,
        "detail": "so it was",
        "redirects": [],
        **given,
    }
    rules = Rules.of(exchange, 60.0)
    assert rules.failure == failure
    assert bool(rules.detail) == bool(failure)


def test_rules_carry_all_that_the_file_says() -> None:
    rules = Rules.parse(b"\xef\xbb\xbf" + BODY, 60.0)
    assert rules.judge("https://paper.example/a/1") == (False, "Disallow: /a")
    assert rules.allows("https://paper.example/b")
    assert rules.delay == 60.0
    assert rules.sitemaps == ("https://paper.example/s.xml",)
    assert rules.body.endswith(BODY)


@given(st.sampled_from(OUTCOMES), st.none() | st.integers(100, 999))
def test_the_next_poll_takes_an_answer_for_what_this_one_did(outcome: str, status: int | None) -> None:
    failure = None if outcome == "captured" else outcome
    exchange = {"failure": failure, "status": status, "detail": "so", "redirects": ["x"], "body": b"# none"}
    row = dict.fromkeys(ATTEMPTS.names) | {
        "batch": "b" * 16, "seq": 0, "source": "paper", "input_kind": "robots", "url": URL, "captured": NOON,
        "outcome": outcome, "status": status, "bytes": 0, "tries": 1, "wire_bytes": 0, "signals": [],
        "hops": [], "capture_id": None if failure else "c" * 32,
    }  # fmt: skip
    known = fold([ATTEMPTS.batch([row])]).site_file(URL)
    assert (known is not None) <= (Rules.of(exchange, 60.0).failure is None)
    if failure:
        assert known == (None if Rules.of(exchange, 60.0).failure else (NOON, None))
