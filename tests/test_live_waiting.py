"""What waits for another poll is told once, and is neither lost nor overtaken."""

from __future__ import annotations

from datetime import timedelta

from dateline.text.crawl_past import Owed
from scripted_polls import NOON, Paper, Polls, of_kind, rss
from scripted_web import answer

A, B, C, D = (f"http://paper.test/{name}" for name in "abcd")
PAGES = {f"paper.test/{name}": answer(f"<p>{name}") for name in "abcd"}
RESTS = answer("no", 429, retry_after="86400")


def test_a_page_that_waits_on_is_told_once() -> None:
    polls = Polls(PAGES | {"paper.test/feed": rss(A, B, C)}, Paper(max_articles=0))
    assert of_kind(polls.poll()) == dict.fromkeys([A, B, C], "deferred")
    for _ in range(3):
        assert of_kind(polls.poll(force=True)) == {}
        assert polls.state.owed() == [Owed("paper", url) for url in (A, B, C)]
    polls.sources = (Paper(max_articles=2),)
    assert of_kind(polls.poll()) == {A: None, B: None}
    polls.sources = (Paper(),)
    [page] = [row for row in polls.poll() if row["input_kind"] == "page"]
    assert (page["url"], page["failure"], page["lead"]["title"]) == (C, None, "Tide")


def test_other_words_and_other_reasons_are_told() -> None:
    feed = [rss(A), rss(A, title="Flood"), rss(A, title="Flood"), rss(A, B, title="Flood"), answer(b"", 304)]
    polls = Polls(PAGES | {"paper.test/feed": feed, "paper.test/b": RESTS}, Paper(max_articles=0))
    assert [of_kind(polls.poll(force=True)) for _ in range(3)] == [{A: "deferred"}, {A: "deferred"}, {}]
    polls.sources = (Paper(max_articles=1),)
    polls.scripts["paper.test/a"] = RESTS
    # One is asked for, and rests; from then on the other waits because its host does.
    assert of_kind(polls.poll(force=True)) == {A: "too_many_requests", B: "deferred"}
    polls.sources = (Paper(),)
    assert of_kind(polls.poll(force=True)) == {B: "deferred"}
    assert of_kind(polls.poll(force=True)) == {}


def test_what_waits_longest_is_first_though_it_is_told_once() -> None:
    feed = [rss(C), rss(B, C), rss(A, B, C)]
    polls = Polls(PAGES | {"paper.test/feed": feed}, Paper(max_articles=0))
    told = [of_kind(polls.poll(force=True)) for _ in range(3)]
    assert told == [{C: "deferred"}, {B: "deferred"}, {A: "deferred"}]
    polls.sources = (Paper(max_articles=1),)
    assert [[*of_kind(polls.poll())] for _ in range(4)] == [[C], [B], [A], []]


def test_after_a_failure_waiting_is_told_anew() -> None:
    polls = Polls(PAGES | {"paper.test/feed": rss(A), "paper.test/a": answer("", 500)}, Paper(max_articles=0))
    assert of_kind(polls.poll(force=True)) == {A: "deferred"}
    polls.sources = (Paper(),)
    assert of_kind(polls.poll(force=True)) == {A: "http_error"}
    polls.sources = (Paper(max_articles=0),)
    assert of_kind(polls.poll(force=True)) == {A: "deferred"}
    assert of_kind(polls.poll(force=True)) == {}
    past = polls.state.past("page", A)
    assert past is not None
    assert past.put_off_since == NOON + timedelta(hours=1)
