"""Where a page is asked for that has moved, and what it was known by: out of attempts, in any order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from dateline.contracts.attempts import ATTEMPTS
from dateline.text import crawl_moves
from dateline.text.crawl_state import State, fold
from dateline.text.urls import url_key

DAWN = datetime(2024, 3, 25, tzinfo=UTC)
OLD, NEW, THIRD = (f"http://paper.example/{name}" for name in ("old", "new", "third"))


def attempt(hour: float, url: str, outcome: str = "captured", **more: Any) -> dict[str, Any]:
    row = dict.fromkeys(ATTEMPTS.names) | {
        "batch": f"{hour:016.4f}", "seq": 0, "source": "paper", "input_kind": "page", "url": url,
        "url_key": url_key(url), "captured": DAWN + timedelta(hours=hour), "outcome": outcome, "bytes": 0,
        "tries": 1, "wire_bytes": 0, "signals": [], "hops": [],
        "capture_id": f"{hour:032}",
    }  # fmt: skip
    return row | more


FIRST = attempt(0, OLD, entry_key="e" * 16)
MOVE = attempt(1, OLD, moved_to=NEW, known_as=OLD)


def state(*rows: dict[str, Any]) -> State:
    made = fold([ATTEMPTS.batch([row]) for row in rows])
    backwards = fold([ATTEMPTS.batch([row]) for row in reversed(rows)])
    assert made._pasts == backwards._pasts
    return made


def test_a_page_that_moved_is_asked_for_where_it_was() -> None:
    moved = state(FIRST, MOVE)
    assert crawl_moves.address(moved, f"{NEW}?utm_source=feed") == OLD
    assert crawl_moves.known_as(moved, NEW) == OLD
    assert crawl_moves.address(moved, OLD) == OLD
    assert crawl_moves.address(moved, THIRD) == THIRD
    assert crawl_moves.known_as(moved, OLD) is None


def test_a_redirect_of_which_it_is_not_sure_that_the_story_moved_tells_nothing() -> None:
    other = state(FIRST, MOVE | {"known_as": None})
    assert crawl_moves.address(other, NEW) == NEW
    assert crawl_moves.known_as(other, NEW) is None


def test_where_the_old_address_fails_the_new_one_is_asked() -> None:
    gone = state(FIRST, MOVE, attempt(2, OLD, "http_error", status=410))
    assert crawl_moves.address(gone, NEW) == NEW
    assert crawl_moves.known_as(gone, NEW) == OLD
    down = [attempt(2 + hour, OLD, "timeout") for hour in range(3)]
    assert crawl_moves.address(state(FIRST, MOVE, *down[:2]), NEW) == OLD
    assert crawl_moves.address(state(FIRST, MOVE, *down), NEW) == NEW
    # What was asked for by itself goes on so, also when the old address answers again.
    alone = state(FIRST, MOVE, *down, attempt(6, NEW), attempt(7, OLD))
    assert crawl_moves.address(alone, NEW) == NEW


def test_what_was_put_off_is_owed_where_it_was_put_off() -> None:
    owed = state(FIRST, attempt(0.5, NEW, "deferred"), MOVE)
    assert not crawl_moves.is_met(owed, NEW)
    assert crawl_moves.address(owed, NEW) == NEW
    assert [page.url for page in owed.owed()] == [NEW]


def test_of_two_pages_that_moved_to_one_the_first_counts() -> None:
    both = state(FIRST, MOVE, attempt(0, THIRD), attempt(2, THIRD, moved_to=NEW, known_as=THIRD))
    assert crawl_moves.address(both, NEW) == OLD
    assert crawl_moves.known_as(both, NEW) == OLD


def test_a_page_that_moved_is_not_looked_through_by_polls() -> None:
    moved = state(FIRST, MOVE)
    [place] = [past for (kind, _), past in moved.fresh.items() if kind == "moved"]
    assert not moved.is_active(place)
    assert [key for key, _ in moved.pages()] == [url_key(OLD)]


def test_entries_of_feeds_lead_to_one_page_or_to_none() -> None:
    assert crawl_moves.entries(state(FIRST, MOVE)) == {"e" * 16: OLD}
    assert crawl_moves.entries(state(FIRST, attempt(1, THIRD, entry_key="e" * 16))) == {}
    assert crawl_moves.entries(state(FIRST | {"outcome": "timeout"})) == {}


def test_the_last_capture() -> None:
    found = crawl_moves.last_capture(state(FIRST, MOVE, attempt(2, OLD, "timeout", capture_id=None)), OLD)
    assert found is not None
    assert (found.capture_id, found.batch) == (MOVE["capture_id"], MOVE["batch"])
    assert crawl_moves.last_capture(state(FIRST | {"outcome": "timeout", "capture_id": None}), OLD) is None
