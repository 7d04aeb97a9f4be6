"""What the answer to a robots.txt means for its host."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.edges.http.robots import Rules

BODY = b"User-agent: dateline\nDisallow: /a\nCrawl-delay: 90\nSitemap: https://paper.example/s.xml\n"

ANSWERS: dict[str, tuple[dict[str, Any], str | None]] = {
    "a file": ({"body": b"", "status": 200}, None),
    "not found": ({"failure": "http_error", "status": 404}, None),
    "forbidden": ({"failure": "http_error", "status": 403}, None),
    "gone": ({"failure": "http_error", "status": 410}, None),
    "empty": ({"failure": "empty", "status": 200}, None),
    "in a circle": ({"failure": "too_many_redirects", "status": 301, "redirects": ["x"] * 5}, None),
    "strained": ({"failure": "too_many_requests", "status": 429}, "robots_unreachable"),
    "stopped by a proxy": ({"failure": "http_error", "status": 407}, "robots_unreachable"),
    "broken": ({"failure": "http_error", "status": 500}, "robots_unreachable"),
    "resting": ({"failure": "too_many_requests", "status": 503}, "robots_unreachable"),
    "silent": ({"failure": "timeout"}, "robots_unreachable"),
    "torn": ({"failure": "bad_response", "status": 200}, "robots_unreachable"),
    "private": ({"failure": "address_refused"}, "address_refused"),
    "moved to a private place": ({"failure": "address_refused", "redirects": ["x"]}, "robots_unreachable"),
}


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
