"""What is forgotten goes from every dataset and does not come back, whatever the order."""

from __future__ import annotations

import os
from itertools import permutations
from pathlib import Path

import pytest

from dateline.cli.main import main
from dateline.edges.lake import Lake, tombstones
from dateline.errors import UsageError
from dateline.text.urls import article_id
from taken import (
    FEED,
    GONE,
    HOST,
    KEPT,
    ROWS,
    SECRET,
    URL,
    findings,
    holders,
    is_open,
    page,
    rows_of,
    settings_of,
    settle,
    state,
    take_down,
    take_in,
)

NOTHING_LEFT = ("note", "1 things were forgotten, and nothing of them is left")


@pytest.fixture
def settings(tmp_path):
    return settings_of(tmp_path)


@pytest.fixture
def settled(settings):
    take_in(settings, "first")
    settle(settings)
    assert len(rows_of(settings, "articles")) == 2
    assert holders(settings)
    return settings


def test_it_goes_from_captures_on(settled):
    take_down(settled)
    assert holders(settled) == []
    assert [row["url"] for row in rows_of(settled, "articles")] == [KEPT["url"]]
    assert [row["url"] for row in rows_of(settled, "captures") if row["input_kind"] == "page"] == [
        KEPT["url"]
    ]
    assert findings(settled) == [NOTHING_LEFT]
    assert not is_open(settled)


def test_the_record_of_what_was_asked_for_stays(settled):
    take_down(settled)
    attempts = {
        (row["url"], row["outcome"], row["capture_id"] is None) for row in rows_of(settled, "attempts")
    }
    assert attempts == {
        (FEED["url"], "captured", False), (URL, "forgotten", True), (KEPT["url"], "captured", False),
    }  # fmt: skip


def test_a_feed_that_names_it_loses_its_body(settled):
    take_down(settled)
    [feed] = [row for row in rows_of(settled, "captures") if row["input_kind"] == "feed"]
    assert feed["body"] == b""
    assert holders(settled, "A story") == []


def test_a_feed_that_does_not_name_it_stays(settled):
    take_down(settled, f"{HOST}/2026/03/24/nothing-of-this-name")
    assert holders(settled, "A story")
    assert len(rows_of(settled, "articles")) == 2


def test_the_history_says_why(settled):
    take_down(settled)
    assert "the family asked for it" in {row["note"] for row in rows_of(settled, "changes")}


VARIANTS = (
    URL + "?utm_source=feed",
    URL.replace("https://www.", "http://m."),
    URL + "/amp",
    URL + "#comments",
    URL + "/",
    URL.replace("https", "http"),
)


@pytest.mark.parametrize("variant", VARIANTS)
def test_variants_of_its_url_are_it(settled, variant):
    take_down(settled, variant)
    assert holders(settled) == []


@pytest.mark.parametrize("variant", VARIANTS)
def test_variants_of_its_url_are_refused(settings, variant):
    take_down(settings)
    take_in(settings, "first", [page(variant, "A lamp on the pier", SECRET), KEPT])
    settle(settings)
    assert holders(settings) == []
    assert [row["outcome"] for row in rows_of(settings, "attempts")] == ["forgotten", "captured"]
    assert findings(settings) == [NOTHING_LEFT]


def test_an_id_names_it_as_well(settled):
    take_down(settled, article_id(URL))
    assert holders(settled) == []
    [tombstone] = tombstones.tombstones(Lake.open(settled.lake).store)
    assert tombstone.url == URL


def test_a_redirect_to_it_is_refused(settings):
    take_down(settings)
    take_in(settings, "first", [{**GONE, "url": f"{HOST}/latest"}, KEPT])
    assert holders(settings) == []


def test_a_page_that_calls_itself_by_its_url_goes_too(settled):
    take_down(settled)
    take_in(settled, "second", [page(f"{HOST}/print/17", "A lamp on the pier", SECRET, canonical=URL), KEPT])
    settle(settled)
    assert holders(settled) == []
    assert findings(settled) == [NOTHING_LEFT]
    assert {row["outcome"] for row in rows_of(settled, "attempts") if "print" in row["url"]} == {"forgotten"}


def test_a_page_that_called_itself_by_its_url_before_goes_too(settings):
    take_in(settings, "first", [page(f"{HOST}/print/17", "A lamp on the pier", SECRET, canonical=URL), KEPT])
    settle(settings)
    take_down(settings)
    assert holders(settings) == []
    assert findings(settings) == [NOTHING_LEFT]


def test_an_archive_that_is_imported_again_is_refused(settings):
    place = {"archive": "box", "path": "a.html", "index": 0}
    rows = [page(URL, "A lamp on the pier", SECRET, **place), {**KEPT, **place, "path": "b.html"}]
    take_in(settings, "box/a", rows)
    settle(settings)
    take_down(settings)
    before = {(row["input_key"], row["reason"]) for row in rows_of(settings, "rejects")}
    take_in(settings, "another name for box", rows)
    settle(settings)
    assert before == {("box/a.html#0", "forgotten")}
    assert {(row["input_key"], row["reason"]) for row in rows_of(settings, "rejects")} == before
    assert holders(settings) == []
    assert findings(settings) == [NOTHING_LEFT]


def test_a_source_goes_with_all_it_has(settled):
    take_in(settled, "other", [page("https://heron.example/a", "Herons are counted", source="heron")])
    settle(settled)
    take_down(settled, "gull")
    take_in(settled, "third", [page(f"{HOST}/later", "Later in the week")])
    settle(settled)
    assert [row["source"] for row in rows_of(settled, "articles")] == ["heron"]
    assert [row["source"] for row in rows_of(settled, "captures")] == ["heron"]
    assert findings(settled) == [NOTHING_LEFT]


def test_the_last_article_of_a_day_takes_the_day_with_it(settings):
    take_in(settings, "first", [GONE])
    settle(settings)
    take_down(settings)
    assert state(settings) == {}
    assert holders(settings) == []
    assert findings(settings) == [NOTHING_LEFT]


STEPS = {
    "first": lambda settings: take_in(settings, "first"),
    "second": lambda settings: take_in(settings, "second", [{**GONE, "url": URL + "?utm_source=x"}, KEPT]),
    "forget": take_down,
    "settle": settle,
}


def test_the_order_does_not_matter(tmp_path):
    ends = set()
    for number, order in enumerate(permutations(STEPS)):
        settings = settings_of(tmp_path / str(number))
        for step in order:
            STEPS[step](settings)
        settle(settings)
        assert holders(settings) == [], order
        assert findings(settings) == [NOTHING_LEFT], order
        ends.add(tuple(sorted(state(settings).items())))
    assert len(ends) == 1


def test_forgetting_twice_is_forgetting_once(settled):
    take_down(settled)
    before = state(settled)
    take_down(settled)
    assert state(settled) == before
    assert len(list(tombstones.tombstones(Lake.open(settled.lake).store))) == 1


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("no-such-source", "no source or archive"),
        ("ftp://gull.example/a", "no http"),
        ("", "no source or archive"),
    ],
)
def test_what_names_nothing_is_a_mistake(settled, what, told):
    with pytest.raises(UsageError, match=told):
        take_down(settled, what)
    assert not is_open(settled)


def test_the_command_tells_what_it_did(settled, capsys):
    main_ends(["forget", URL, "--reason", "the family asked", "--lake", settled.lake])
    assert "captures" in capsys.readouterr().out
    main_ends(["forget", "--list", "--lake", settled.lake])
    assert f"article {URL}: the family asked" in capsys.readouterr().out.replace("\n", " ")
    main_ends(["forget", URL, "--lake", settled.lake], code=2)
    assert "give a --reason" in capsys.readouterr().err


def main_ends(arguments: list[str], code: int = 0) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert (ended.value.code or 0) == code


def test_check_tells_what_is_left(settled):
    """A batch that came back from a copy brings back what was forgotten."""
    lake = Lake.open(settled.lake)
    kept = {path: lake.store.get(path) for path in lake.store.list(".") if not path.startswith("changes/")}
    take_down(settled)
    for path, data in kept.items():
        lake.store.put(path, data)
    told = [what for level, what in findings(settled) if level == "broken" and "forgotten" in what]
    assert len(told) == 1
    assert "captures" in told[0]
    assert "articles" in told[0]
    take_down(settled)
    assert holders(settled) == []
    assert findings(settled) == [NOTHING_LEFT]


def test_nothing_is_told_where_nothing_was_forgotten(settled):
    assert findings(settled) == []
    assert len(ROWS) == len(rows_of(settled, "captures"))


def test_files_of_a_clock_that_is_ahead_go_at_once_too(settled):
    for path in Path(settled.lake).rglob("*.parquet"):
        os.utime(path, (4_000_000_000, 4_000_000_000))
    take_down(settled)
    assert holders(settled) == []
