"""When a lead may have a page looked at again, and how attempts in any order tell so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dateline.contracts.attempts import ATTEMPTS
from dateline.text import crawl_looks
from dateline.text.crawl_past import Past
from dateline.text.crawl_state import State, fold
from dateline.text.leads import FACTS, facts_digest, lead_digest, make_lead
from dateline.text.urls import url_key

DAWN = datetime(2024, 3, 25, tzinfo=UTC)
URL = "http://paper.example/a"
CAME, SAME_BYTES, NOT_MODIFIED, ANEW, FAILED, NO = range(6)
KINDS: dict[int, dict[str, Any]] = {
    CAME: {"outcome": "captured", "status": 200},
    SAME_BYTES: {"outcome": "not_modified", "status": 200},
    NOT_MODIFIED: {"outcome": "not_modified", "status": 304},
    ANEW: {"outcome": "captured", "status": 304, "body_digest": "c" * 16},
    FAILED: {"outcome": "timeout"},
    NO: {"outcome": "http_error", "status": 403},
}


def attempt(hour: float, kind: int, **more: Any) -> dict[str, Any]:
    row = dict.fromkeys(ATTEMPTS.names) | {
        "batch": f"{hour:016.4f}", "seq": 0, "source": "paper", "input_kind": "page", "url": URL, "bytes": 0,
        "url_key": url_key(URL), "captured": DAWN + timedelta(hours=hour), "tries": 1, "wire_bytes": 0,
        "signals": [], "hops": [], "lead_digest": digest(0, 0),
        "body_digest": "c" * 16 if kind == CAME else None,
    }  # fmt: skip
    return row | KINDS[kind] | more


def digest(facts: int, hints: int) -> str:
    return f"{facts:08x}{hints:08x}"


def state(*rows: dict[str, Any]) -> State:
    return fold([ATTEMPTS.batch([row]) for row in rows])


def past(*rows: dict[str, Any]) -> Past:
    found = state(*rows).past("page", URL)
    assert found is not None
    return found


PAUSES = [
    ([CAME], 0),
    ([CAME, CAME], 1),
    ([CAME, NOT_MODIFIED], 1),
    ([CAME, SAME_BYTES, NOT_MODIFIED], 2),
    ([CAME, NOT_MODIFIED, ANEW, NOT_MODIFIED], 4),
    ([CAME, *[NOT_MODIFIED] * 6], 32),
    ([CAME, *[NOT_MODIFIED] * 7], 64),
    ([CAME, *[NOT_MODIFIED] * 8], 72),
    ([CAME, *[NOT_MODIFIED] * 99], 72),
    ([CAME, FAILED], 1),
    ([NO, NO, NO], 4),
]


@pytest.mark.parametrize(("kinds", "hours"), PAUSES)
def test_pauses(kinds: list[int], hours: float) -> None:
    rows = [attempt(hour, kind) for hour, kind in enumerate(kinds)]
    assert crawl_looks.look_pause(past(*rows)) == timedelta(hours=hours)
    assert crawl_looks.look_pause(past(*reversed(rows))) == timedelta(hours=hours)


def test_another_body_ends_the_pause() -> None:
    rows = [attempt(hour, NOT_MODIFIED) for hour in range(5)]
    assert crawl_looks.look_pause(past(*rows, attempt(5, CAME))) == timedelta(0)
    other = attempt(5, CAME, body_digest="d" * 16)
    assert crawl_looks.look_pause(past(attempt(0, CAME), attempt(1, CAME), other)) == timedelta(0)


def test_hints_wait_and_facts_do_not_but_for_those_that_are_always_new() -> None:
    rows = [attempt(0, CAME), attempt(1, NOT_MODIFIED), attempt(2, NOT_MODIFIED)]
    soon, later = DAWN + timedelta(hours=3), DAWN + timedelta(hours=4)
    found = state(*rows)
    assert not found.wants(URL, digest(0, 0), later), "the very words that were heard"
    assert [found.wants(URL, digest(0, 1), at) for at in (soon, later)] == [False, True]
    assert found.wants(URL, digest(1, 0), soon)
    assert [found.wants_since(URL, at, at) for at in (soon, later)] == [False, True]
    assert found.wants_since(URL, soon, soon, digest(1, 0))
    told = [attempt(3 + number, NOT_MODIFIED, lead_digest=digest(number, 0)) for number in range(1, 4)]
    assert not state(*rows, *told).wants(URL, digest(9, 0), DAWN + timedelta(hours=7))
    assert state(*rows, *told).wants(URL, digest(9, 0), DAWN + timedelta(hours=6 + 16))


def test_what_did_not_come_is_no_whole_body() -> None:
    rows = [attempt(0, CAME, etag='"1"'), *(attempt(hour, ANEW) for hour in range(1, 9))]
    found = state(*rows)
    assert found.conditional(URL, DAWN + timedelta(hours=23), "page") == ('"1"', None)
    assert found.conditional(URL, DAWN + timedelta(hours=24), "page") == (None, None)
    came = state(*rows, attempt(23, SAME_BYTES, etag='"2"'))
    assert came.conditional(URL, DAWN + timedelta(hours=30), "page") == ('"2"', None)


def test_facts_and_hints_of_a_lead() -> None:
    lead = make_lead(
        "feed", title="Tide", published="2024-03-25", authors=["Ines Corrie"], summary="3 comments"
    )
    for name, value in {"title": "Flood", "published": "2024-03-26", "authors": []}.items():
        assert facts_digest(lead | {name: value}) != facts_digest(lead)
    for name, value in {"updated": "2024-03-26", "summary": "4 comments"}.items():
        assert facts_digest(lead | {name: value}) == facts_digest(lead)
        assert lead_digest(lead | {name: value}) != lead_digest(lead)
    assert lead_digest(lead)[:FACTS] == facts_digest(lead)
    assert len(lead_digest(lead)) == 16
