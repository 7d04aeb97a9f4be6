"""Live blogs through all steps: captures of one blog, its entries as articles, their order, their end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from dateline.cli.extract import extract
from dateline.edges.lake import Lake
from dateline.run import clean_one
from dateline.settings import Settings
from dateline.text.moves import known_as
from dateline.text.urls import article_id
from live_pages import LEAD, POSTS, TITLE, URL, Post, as_shown, with_data
from taken import (
    HOST,
    KEPT,
    NOON,
    answer,
    findings,
    holders,
    is_open,
    rows_of,
    settings_of,
    settle,
    state,
    take_down,
    take_in,
)

NEXT = Post(
    "p-77118", "2026-03-25T07:30:00+00:00", "Ferries sail", "All ferries sail again as they are timed."
)
EDITED = replace(POSTS[1], text=POSTS[1].text + " It is closed until the surveyor has seen the beams of it.")
NOTHING_LEFT = ("note", "1 things were forgotten, and nothing of them is left")


def capture(html: str, hours: int) -> dict[str, Any]:
    return answer("page", URL, html.encode(), captured=NOON + timedelta(hours=hours))


EVENING = capture(with_data(POSTS[1:]), 10)
MORNING = capture(with_data([NEXT, POSTS[0], EDITED, *POSTS[2:]]), 20)
"""Two entries more, and one that was edited."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_of(tmp_path)


@pytest.fixture
def settled(settings: Settings) -> Settings:
    take_in(settings, "evening", [EVENING, KEPT])
    take_in(settings, "morning", [MORNING])
    settle(settings)
    return settings


def entries(settings: Settings) -> dict[str, dict[str, Any]]:
    """Headline → row of `articles`, of each entry."""
    return {row["title"]: row for row in rows_of(settings, "articles") if row["kind"] == "live_entry"}


def test_each_entry_is_one_article_on_its_own_day(settled: Settings) -> None:
    found = entries(settled)
    assert sorted(found) == sorted(post.title for post in (NEXT, *POSTS))
    assert {row["title"]: str(row["date"]) for row in found.values()} == {
        NEXT.title: "2026-03-25", **{post.title: "2026-03-24" for post in POSTS},
    }  # fmt: skip
    assert found[NEXT.title]["sighting_count"] == found[POSTS[0].title]["sighting_count"] == 1
    assert {found[post.title]["sighting_count"] for post in POSTS[1:]} == {2}


def test_an_edited_entry_is_another_version(settled: Settings) -> None:
    found = entries(settled)
    assert found[EDITED.title]["text"] == EDITED.text
    assert {row["title"]: row["version_count"] for row in found.values() if row["version_count"] > 1} == {
        EDITED.title: 2
    }


def test_the_page_is_an_article_with_what_stands_outside(settled: Settings) -> None:
    (blog,) = [row for row in rows_of(settled, "articles") if row["kind"] == "live_blog"]
    assert blog["text"] == "\n\n".join(LEAD)
    assert (blog["sighting_count"], blog["version_count"]) == (2, 1)
    assert {row["url_key"] for row in entries(settled).values()} == {blog["url_key"]}


def test_documents_name_their_parent(settled: Settings) -> None:
    rows = [row for row in rows_of(settled, "documents") if row["url"] == URL]
    assert {row["parent_id"] for row in rows if row["entry"]} == {article_id(URL)}
    assert {row["article_id"] for row in rows if not row["entry"]} == {article_id(URL)}
    numbers = sorted(row["entry"] for row in rows if row["captured"] == MORNING["captured"])
    assert numbers == list(range(len(POSTS) + 2))
    assert {row["canonical_url"] for row in rows if row["title"] == NEXT.title} == {f"{URL}#{NEXT.name}"}


def test_the_sums_hold(settled: Settings) -> None:
    receipts = [receipt.sums for receipt in Lake.open(settled.lake).receipts("clean")]
    assert sorted((sums["documents"], sums["entries"]) for sums in receipts) == [(5, 3), (6, 5)]
    assert [what for level, what in findings(settled) if level != "note"] == []


def test_the_order_does_not_matter(tmp_path: Path) -> None:
    batches = {"evening": [EVENING, KEPT], "morning": [MORNING], "again": [EVENING, MORNING]}
    ends = []
    for number, order in enumerate(permutations(batches)):
        settings = settings_of(tmp_path / str(number))
        for name in order:
            take_in(settings, name, batches[name])
            if number % 2:
                settle(settings)
        settle(settings)
        ends.append(state(settings))
    assert all(end == ends[0] for end in ends)
    assert len(entries(settings)) == len(POSTS) + 1


def test_how_it_is_written_does_not_matter(tmp_path: Path) -> None:
    found = []
    for form in (with_data, as_shown):
        settings = settings_of(tmp_path / form.__name__)
        take_in(settings, "one", [capture(form(POSTS), 20)])
        found.append({(row["article_id"], row["text"]) for row in rows_of(settings, "documents")})
    assert found[0] == found[1]


LONG = replace(POSTS[2], text=" ".join([POSTS[2].text, POSTS[1].text, POSTS[3].text]))
REST = " ".join([*LEAD, POSTS[0].text])
NEW = [replace(NEXT, name=f"q-7712{place}", text=f"Ferry {place} sails again.") for place in range(2)]


@pytest.mark.parametrize("lead", [[f"{LONG.text} {REST}"], [LONG.text, REST], [LONG.text], []])
def test_no_entry_is_a_copy_of_its_own_page(settings: Settings, lead: Sequence[str]) -> None:
    take_in(settings, "one", [capture(with_data([LONG, *NEW], lead=lead), 20)])
    settle(settings)
    rows = rows_of(settings, "articles")
    assert len(rows) == len(NEW) + 2
    assert [row["title"] for row in rows if row["duplicate_of"] or row["extends"]] == []


def test_an_entry_that_repeats_a_story_is_a_copy(settings: Settings) -> None:
    text = " ".join([POSTS[2].text, *LEAD])
    told = '<meta property="article:published_time" content="2026-03-24T09:00:00Z">'
    story = f"<html><head>{told}</head><body><h1>Ferry turned back</h1><p>{text}</p></body></html>"
    take_in(settings, "story", [answer("page", f"{HOST}/ferry", story.encode())])
    take_in(settings, "blog", [capture(with_data([replace(POSTS[2], text=text), *POSTS[3:]]), 20)])
    settle(settings)
    assert entries(settings)[POSTS[2].title]["duplicate_of"] == article_id(f"{HOST}/ferry")


@pytest.mark.parametrize("what", [URL, f"{URL}#{POSTS[2].name}", "an entry's id"])
def test_what_is_taken_down_goes_with_all_entries(settled: Settings, what: str) -> None:
    named = entries(settled)[POSTS[2].title]["article_id"] if what == "an entry's id" else what
    take_down(settled, named)
    assert holders(settled, POSTS[2].text) == []
    assert [row["url"] for row in rows_of(settled, "articles")] == [KEPT["url"]]
    assert findings(settled) == [NOTHING_LEFT]


@pytest.mark.parametrize("what", [URL, "an entry's id"])
def test_what_was_taken_down_does_not_come_back(settled: Settings, what: str) -> None:
    named = entries(settled)[POSTS[2].title]["article_id"] if what == "an entry's id" else what
    take_down(settled, named)
    take_in(settled, "later", [capture(with_data([NEXT, *POSTS]), 22), KEPT])
    settle(settled)
    assert holders(settled, POSTS[2].text) == []
    assert not is_open(settled)
    assert findings(settled) == [NOTHING_LEFT]


def test_an_entry_that_is_gone_from_the_page_takes_no_later_capture(settled: Settings) -> None:
    take_down(settled, entries(settled)[POSTS[3].title]["article_id"])
    take_in(settled, "later", [capture(with_data([NEXT, *POSTS[:3]]), 22)])
    settle(settled)
    assert sorted(entries(settled)) == sorted(post.title for post in (NEXT, *POSTS[:3]))


def test_a_blog_that_moves_is_known_by_its_entries() -> None:
    moved = f"{HOST}/storm-is-over"
    html = with_data([NEXT, *POSTS], lead=(), url=moved).replace("2026-03-24T18:00", "2026-03-25T08:00")
    after = {**capture(html, 22), "url": moved, "final_url": moved}
    assert known_as(capture(with_data(lead=()), 20), after) == URL


def test_clean_again_is_the_same(settled: Settings) -> None:
    before = state(settled)
    for receipt in list(Lake.open(settled.lake).receipts("clean")):
        Lake.open(settled.lake).store.delete(f"receipts/clean/{receipt.batch}.json")
        clean_one(settled, receipt.id)
    settle(settled)
    assert state(settled) == before


@pytest.mark.parametrize("action", ["facts", "reject"])
def test_the_policy_is_heeded_by_all_of_a_page(tmp_path: Path, action: str) -> None:
    settings = replace(settings_of(tmp_path), rights_policy=f"noarchive={action}")
    html = with_data().replace("<head>", '<head><meta name="robots" content="noarchive">')
    take_in(settings, "one", [capture(html, 20)])
    rows, rejects = rows_of(settings, "documents"), rows_of(settings, "rejects")
    assert {row["text"] for row in rows} == ({""} if action == "facts" else set())
    assert (len(rows), len(rejects)) == ((5, 0) if action == "facts" else (0, 1))


def test_extract_gives_one_line(tmp_path: Path) -> None:
    (tmp_path / "blog.html").write_text(with_data())
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "a", "url": URL, "html_path": "blog.html"}) + "\n")
    extract(tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    (line,) = map(json.loads, (tmp_path / "out.jsonl").read_text().splitlines())
    assert (line["title"], line["kind"]) == (TITLE, "live_blog")
    assert [entry["text"] for entry in line["entries"]] == [post.text for post in POSTS]
    assert [datetime.fromisoformat(entry["published"]).isoformat() for entry in line["entries"]] == [
        post.at for post in POSTS
    ]
    assert [line["text"].count(text) for text in (*LEAD, *(post.text for post in POSTS))] == [1] * 6


def test_extract_of_a_page_that_shows_nothing_is_what_it_tells(tmp_path: Path) -> None:
    html = with_data(lead=()).partition("<body>")[0] + "<body><div id='app'></div></body></html>"
    (tmp_path / "blog.html").write_text(html)
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "a", "url": URL, "html_path": "blog.html"}) + "\n")
    extract(tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    (line,) = map(json.loads, (tmp_path / "out.jsonl").read_text().splitlines())
    assert len(line["entries"]) == len(POSTS)
    assert all(post.text in line["text"] for post in POSTS)
