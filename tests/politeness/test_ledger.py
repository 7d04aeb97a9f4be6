"""How real runs behaved, out of attempts: pauses, second visits, refusals and failures by host."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dateline.cli.main import main
from dateline.edges.lake import Lake
from dateline.intake import fetch_batch
from dateline.politeness.ledger import of_lake
from dateline.politeness.pace import Pace
from dateline.sources.exchange import exchange
from dateline.text.leads import make_lead

NOON = datetime(2026, 3, 25, 12, tzinfo=UTC)


def hop(url: str, at: float, seconds: float = 0.1, **facts: Any) -> dict[str, Any]:
    """A request that began so many seconds after noon."""
    times = {"began": NOON + timedelta(seconds=at), "ended": NOON + timedelta(seconds=at + seconds)}
    return {"url": f"http://{url}", "status": 200, "gap": 1.0, "retry_after": None} | times | facts


def answered(url: str, at: float, *hops: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """An exchange that ended so many seconds after noon, by one request unless said otherwise."""
    row = exchange("page", "paper", "", 0, NOON + timedelta(seconds=at))
    live = {"archive": None, "path": None, "index": None, "url": f"http://{url}", "status": 200}
    made = {"hops": list(hops) or [hop(url, at - 0.1)]}
    body = {"body": b"<p>quay"} if "failure" not in facts else {"detail": "so"}
    return row | live | made | body | facts


def lake_of(folder: Path, rows: Iterable[dict[str, Any]]) -> Lake:
    lake = Lake.open(str(folder))
    numbered = [{**row, "seq": seq} for seq, row in enumerate(rows)]
    fetch_batch(lake, "live/a/000/0", {"resolved": "a"}, lambda *_: numbered)
    return lake


NO = {"hops": [], "status": None}


def test_hosts_by_name(tmp_path: Path) -> None:
    rows = [
        answered("b.test/1", 1),
        answered("b.test/2", 3.1),
        answered("a.test/robots.txt", 1, input_kind="robots"),
        answered("a.test/1", 5, *(hop("a.test/1", at, status=503) for at in (2, 3, 4))),
        answered("a.test/2", 6, failure="robots_disallowed", **NO),
        answered("a.test/3", 6, failure="deferred", **NO),
        answered("a.test/4", 7, *(hop("a.test/4", at, status=None) for at in (6, 7)), failure="timeout"),
        answered("a.test/5", 9, failure="http_error", status=404),
    ]
    found = of_lake(lake_of(tmp_path, rows))
    assert list(found) == ["a.test", "b.test"]
    b = found["b.test"]
    assert (b.requests, b.again, b.deferred, b.forbidden, dict(b.failures)) == (2, 0, 0, 0, {})
    a = found["a.test"]
    assert (a.requests, a.deferred, a.forbidden) == (7, 1, 1)
    assert a.failures == {"timeout": 1, "http_error": 1}


def test_what_redirects_lead_to_counts_there(tmp_path: Path) -> None:
    moved = [hop("proxy.test/1", 1, status=302), hop("paper.test/1", 2, status=404)]
    put_off = [hop("proxy.test/2", 3, status=302)]
    rows = [
        answered("proxy.test/1", 3, *moved, failure="http_error", status=404),
        answered("proxy.test/2", 4, *put_off, failure="deferred", status=None),
        answered("paper.test/3", 2.5),
    ]
    found = of_lake(lake_of(tmp_path, rows))
    assert {name: host.requests for name, host in found.items()} == {"paper.test": 2, "proxy.test": 2}
    assert found["paper.test"].failures == {"http_error": 1}
    assert found["proxy.test"].failures == {}
    assert found["proxy.test"].deferred == 1
    # From 2.1 to 2.4, and that was to be a second.
    assert found["paper.test"].visits.pace() == Pace(pytest.approx(0.3), 1.0, hasty=1)


def test_second_visits(tmp_path: Path) -> None:
    feed = {"input_kind": "feed", "etag": '"1"'}
    unchanged = {"failure": "not_modified", "status": 304, "input_kind": "feed"}
    rows = [
        answered("a.test/feed", 0, **feed),
        answered("a.test/feed", 10, **unchanged),
        answered("a.test/feed", 20, **unchanged),
        answered("a.test/feed", 30, input_kind="feed"),  # has no validator any more
        answered("a.test/feed", 40, input_kind="feed"),
        answered("a.test/page", 50),
        answered("a.test/page", 60),
    ]
    host = of_lake(lake_of(tmp_path, rows))["a.test"]
    assert (host.requests, host.again, host.unchanged) == (7, 5, 2)


DAY = 86_400
OTHER = make_lead("feed", title="Quay")
SAME = {"conditional": True, "etag": '"1"', "failure": "not_modified", "status": 304}
WHOLE = {"conditional": False}
MOVED = {"moved_to": "http://a.test/2"}


def unchanged(count: int, **facts: Any) -> list[dict[str, Any]]:
    return [{"at": 60 + number, **SAME, **facts} for number in range(count)]


ASKED_AGAIN: dict[str, tuple[list[dict[str, Any]], tuple[int, int, int, int, int]]] = {
    # again, told, conditional, whole as due, missed
    "as it should be": (
        [{"at": 60, "conditional": True, "etag": '"2"'}, {"at": 120, "conditional": True}], (2, 2, 2, 0, 0),
    ),
    "asked whole": ([{"at": 60, **WHOLE}], (1, 1, 0, 0, 1)),
    "after a day and few 304s": ([*unchanged(7), {"at": DAY + 1, **WHOLE}], (8, 8, 7, 0, 1)),
    "after a day and many": ([*unchanged(8), {"at": DAY + 1, **WHOLE}], (9, 9, 8, 1, 0)),
    "many and no day": ([*unchanged(8), {"at": DAY - 1, **WHOLE}], (9, 9, 8, 0, 1)),
    "after a week": ([{"at": 7 * DAY + 1, **WHOLE}], (1, 1, 0, 1, 0)),
    "no validator is known any more": (
        [{"at": 60, "conditional": True}, {"at": 90, **WHOLE}], (2, 2, 1, 1, 0),
    ),
    "a 304 from where it has moved to": ([*unchanged(1, **MOVED), {"at": 90, **WHOLE}], (2, 2, 1, 1, 0)),
    "other words led to it": ([{"at": 60, **WHOLE, "lead": OTHER}], (1, 1, 0, 0, 1)),
    "kept anew after a 304": (
        [{"at": 60, "conditional": True, "status": 304, "lead": OTHER}, {"at": 90, **SAME}], (2, 2, 2, 0, 0),
    ),
    "what was kept anew did not come": (
        [*unchanged(7), {"at": 90, "conditional": True, "status": 304}, {"at": DAY + 1, **WHOLE}],
        (9, 9, 8, 1, 0),
    ),
    "the same bytes came": (
        [*unchanged(8), {"at": 90, **SAME, "status": 200}, {"at": DAY + 1, **WHOLE}], (10, 10, 9, 0, 1),
    ),
    "not told": ([{"at": 60}], (1, 0, 0, 0, 0)),
    "never asked": ([{"at": 60, "failure": "deferred", **NO}], (0, 0, 0, 0, 0)),
}  # fmt: skip


@pytest.mark.parametrize("name", ASKED_AGAIN)
def test_what_should_have_been_conditional_and_was(tmp_path: Path, name: str) -> None:
    later, counts = ASKED_AGAIN[name]
    rows = [answered("a.test/1", 0, etag='"1"', conditional=False)]
    rows += [answered("a.test/1", **facts) for facts in later]
    host = of_lake(lake_of(tmp_path, rows))["a.test"]
    assert (host.again, host.told, host.conditional, host.whole, host.missed) == counts


def test_what_was_never_had_is_not_asked_again(tmp_path: Path) -> None:
    rows = [answered("a.test/1", at, failure="timeout", status=None) for at in (0, 2)]
    assert of_lake(lake_of(tmp_path, rows))["a.test"].again == 0


def test_from_a_day_on_what_was_known_before_counts(tmp_path: Path) -> None:
    feed = {"input_kind": "feed", "etag": '"1"'}
    rows = [answered("a.test/feed", 0, **feed), answered("a.test/feed", 86_400, **feed)]
    lake = lake_of(tmp_path, rows)
    assert of_lake(lake, date(2026, 3, 26))["a.test"].again == 1
    assert of_lake(lake, date(2026, 3, 26))["a.test"].requests == 1
    assert of_lake(lake, date(2026, 3, 27)) == {}


def test_archives_were_asked_of_nobody(tmp_path: Path) -> None:
    row = exchange("page", "old", "a.warc", 0, NOON, url="http://a.test/1", body=b"<p>quay")
    assert of_lake(lake_of(tmp_path, [row])) == {}


def test_the_command_prints_a_line_a_host(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [answered("a.test/1", 0, etag='"1"'), answered("a.test/1", 2.1, conditional=True)]
    lake_of(tmp_path, [*rows, answered("http://[", 3)])
    with pytest.raises(SystemExit) as ended:
        main(["politeness", "--lake", str(tmp_path)])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert "a.test" in told
    assert "2.00 s" in told
    assert "1 of 1" in told
    assert "3 requests at 2 hosts" in told
    assert "BROKEN" not in told


def test_a_condition_that_was_not_sent_breaks_a_promise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [answered("a.test/1", 0, etag='"1"'), answered("a.test/1", 2.1, conditional=False)]
    lake_of(tmp_path, rows)
    with pytest.raises(SystemExit) as ended:
        main(["politeness", "--lake", str(tmp_path)])
    assert ended.value.code == 1
    told = capsys.readouterr()
    assert "0 of 1" in told.out
    assert "BROKEN" in told.out
    assert "at 1 of 1 hosts" in told.err


def test_a_promise_that_was_not_kept_is_told_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lake_of(tmp_path, [answered("a.test/1", 1), answered("a.test/2", 1.5), answered("b.test/2", 1.5)])
    with pytest.raises(SystemExit) as ended:
        main(["politeness", "--lake", str(tmp_path)])
    assert ended.value.code == 1
    told = capsys.readouterr()
    assert told.out.count("BROKEN") == 1
    assert "at 1 of 2 hosts" in told.err
