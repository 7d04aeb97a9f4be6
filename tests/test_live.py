"""Polling a scripted web: what is asked for, what is not, and that nothing is lost."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta

import pytest

from dateline import live
from dateline.contracts.exchanges import EXCHANGES
from dateline.edges.clock import Clock
from dateline.errors import UsageError
from dateline.live.leading import Leading
from dateline.settings import Settings
from dateline.text.crawl_state import State
from scripted_polls import NOON, QUICK, Aside, Paper, Polls, of_kind, rss
from scripted_web import Script, answer, cut, late, redirect

A, B, C = (f"http://paper.test/{name}" for name in "abc")
PAGES = {f"paper.test/{name}": answer(f"<p>{name}") for name in "abc"}


def test_feed_then_pages_then_only_what_is_new() -> None:
    polls = Polls(PAGES | {"paper.test/feed": [rss(A, B), rss(A, B, C)]})
    first = polls.poll()
    assert of_kind(first) == {A: None, B: None}
    assert of_kind(first, "feed") == {"http://paper.test/feed": None}
    assert of_kind(first, "robots")["http://paper.test/robots.txt"] == "http_error"
    page = next(row for row in first if row["url"] == A)
    assert page["lead"]["title"] == "Tide"
    assert page["lead"]["origin_url"] == "http://paper.test/feed"
    assert page["source"] == "paper"
    assert of_kind(polls.poll()) == {C: None}
    assert polls.web.urls() == ["paper.test/feed", "paper.test/c"]
    assert polls.web.asked[1].headers["if-none-match"] == '"1"'


def test_a_changed_lead_asks_for_another_look() -> None:
    polls = Polls(PAGES | {"paper.test/feed": [rss(A), rss(A, title="Flood")]})
    polls.poll()
    assert of_kind(polls.poll()) == {A: None}
    assert of_kind(polls.poll()) == {}


def test_a_feed_that_did_not_change_names_nothing() -> None:
    polls = Polls(PAGES | {"paper.test/feed": [rss(A), answer(b"", 304)]})
    polls.poll()
    second = polls.poll()
    assert [(row["failure"], row["status"]) for row in second if row["input_kind"] == "feed"] == [
        ("not_modified", 304)
    ]
    assert of_kind(second) == {}


FAULTS: dict[str, Script] = {
    "cut": cut(b""),
    "429": answer("no", 429, retry_after="60"),
    "503": answer("no", 503, retry_after="60"),
    "500": answer("no", 500),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failed_page_is_owed_and_had_the_next_time_with_its_lead(fault: str) -> None:
    page = [FAULTS[fault], PAGES["paper.test/a"]]
    polls = Polls({"paper.test/feed": [rss(A), answer(b"", 304)], "paper.test/a": page})
    assert list(of_kind(polls.poll())) == [A]
    second = polls.poll()
    assert polls.web.asked[1].headers["if-none-match"] == '"1"'
    assert of_kind(second) == {A: None}
    assert next(row for row in second if row["url"] == A)["lead"]["title"] == "Tide"
    assert of_kind(polls.poll()) == {}


def test_an_owed_page_is_had_even_if_no_feed_names_it_any_more() -> None:
    scripts = {"paper.test/feed": [rss(A), rss(B)], "paper.test/a": [cut(b""), PAGES["paper.test/a"]]}
    polls = Polls(PAGES | scripts)
    polls.poll()
    assert of_kind(polls.poll()) == {A: None, B: None}


def test_a_url_in_several_feeds_and_spellings_is_asked_for_once() -> None:
    one = Paper("one", ("http://one.test/feed", "http://one.test/more"))
    two = Paper("two", ("http://two.test/feed", "http://one.test/feed"))
    scripts = PAGES | {
        "one.test/more": rss(A, f"{A}?utm_medium=rss", title="More"),
        "one.test/feed": late(rss(f"{A}?utm_source=one", title="One")),
        "two.test/feed": rss(A, title="Two"),  # comes first, and yet does not win
        "paper.test/a?utm_source=one": answer("<p>a"),
    }
    for sources in ((one, two), (two, one)):
        rows = Polls(scripts, *sources).poll()
        [page] = [row for row in rows if row["input_kind"] == "page"]
        assert page["lead"]["title"] == "One"
        assert page["source"] == "one"
        assert len(of_kind(rows, "feed")) == 3


def test_when_the_time_is_up_the_rest_is_deferred_and_comes_first() -> None:
    polls = Polls(PAGES | {"paper.test/feed": [rss(A, B, C), rss("http://paper.test/d", A, B, C)]})
    first = of_kind(polls.poll(limits=replace(QUICK, gap=0.3), run_seconds=0.8))
    assert set(first) == {A, B, C}
    put_off = [url for url, failure in first.items() if failure == "deferred"]
    assert put_off[-2:] == [B, C]
    assert [*of_kind(polls.poll())] == [*put_off, "http://paper.test/d"]


def test_more_pages_than_a_source_may_have_are_deferred() -> None:
    polls = Polls(PAGES | {"paper.test/feed": rss(A, B, C)}, Paper(max_articles=2))
    assert of_kind(polls.poll()) == {A: None, B: None, C: "deferred"}
    assert of_kind(polls.poll()) == {C: None}


def test_a_resting_host_is_left_alone_and_what_it_has_is_deferred() -> None:
    scripts = PAGES | {"paper.test/feed": rss(A, B), "paper.test/a": answer("no", 429, retry_after="7200")}
    polls = Polls(scripts)
    assert of_kind(polls.poll()) == {A: "too_many_requests", B: "deferred"}
    assert of_kind(polls.poll(), "feed") == {"http://paper.test/feed": "deferred"}
    assert polls.web.asked == []
    polls.now = NOON + timedelta(hours=3)
    assert of_kind(polls.poll()) == {B: None, A: "too_many_requests"}


NO_FEEDS = {
    "HTML": (answer("<!doctype html><html><body><p>Welcome"), "unreadable"),
    "binary": (answer(b"\x89PNG\r\n\x1a\n" + b"\0" * 99), "unreadable"),
    "empty": (answer(b""), "empty"),
    "gone": (answer("gone", 410), "http_error"),
    "quiet": (rss(), None),
}


@pytest.mark.parametrize("name", NO_FEEDS)
def test_a_feed_that_is_none_is_told_and_hurts_no_other(name: str) -> None:
    script, failure = NO_FEEDS[name]
    other = Paper("other", ("http://other.test/feed",))
    polls = Polls(PAGES | {"paper.test/feed": script, "other.test/feed": rss(A)}, Paper(), other)
    rows = polls.poll()
    assert of_kind(rows, "feed") == {"http://paper.test/feed": failure, "http://other.test/feed": None}
    assert of_kind(rows) == {A: None}
    polls.poll()
    sent = [seen.headers for seen in polls.web.asked if seen.url == "paper.test/feed"]
    assert ("if-none-match" in sent[0]) == (failure is None)


def test_links_that_can_not_be_asked_for_are_told() -> None:
    odd = (
        '{"version": "https://jsonfeed.org/version/1.1", "title": "Paper", "items": ['
        + ",".join(
            f'{{"id": "{number}", "url": "{url}"}}'
            for number, url in enumerate(
                ["http://127.0.0.1/a", "http://\\ud800/", "http://paper.test/a\\u0000b", A]
            )
        )
        + "]}"
    )
    rows = Polls(PAGES | {"paper.test/feed": answer(odd, content_type="application/json")}).poll()
    pages = of_kind(rows)
    assert pages[A] is None
    assert pages["http://127.0.0.1/a"] == "address_refused"


RELATIVE = {
    "RSS": answer(
        '<rss version="2.0"><channel><title>Paper</title><item><link>/a</link></item>'
        "<item><link>//paper.test/b</link></item><item><link>c?x=1</link></item></channel></rss>"
    ),
    "JSON Feed": answer(
        '{"version": "https://jsonfeed.org/version/1.1", "title": "Paper", "items": ['
        '{"id": "1", "url": "/a"}, {"id": "2", "url": "//paper.test/b"}, {"id": "3", "url": "c?x=1"}]}',
        content_type="application/json",
    ),
}


@pytest.mark.parametrize("kind", RELATIVE)
def test_relative_links_are_meant_from_where_the_feed_lies(kind: str) -> None:
    scripts = PAGES | {
        "paper.test/feed": redirect("http://paper.test/feeds/new"),
        "paper.test/feeds/new": RELATIVE[kind],
        "paper.test/feeds/c?x=1": answer("<p>c"),
    }
    assert of_kind(Polls(scripts).poll()) == {A: None, B: None, "http://paper.test/feeds/c?x=1": None}


def test_links_that_lead_nowhere_on_the_web_are_counted() -> None:
    polls = Polls(PAGES | {"paper.test/feed": rss(A, "mailto:desk@paper.test", "ftp://paper.test/b")})
    rows = polls.poll()
    assert of_kind(rows) == {A: None}
    [feed] = [row for row in rows if row["input_kind"] == "feed"]
    assert (feed["entries"], feed["detail"]) == (3, "2 entries without an http(s) address are not followed")


def test_without_a_contact_a_live_source_is_refused() -> None:
    source = Paper(feeds=("http://live.example/feed",))
    with pytest.raises(UsageError, match="DATELINE_CONTACT"):
        list(live.exchanges([source], live.Plan(State()), Settings(), Clock(NOON)))


def test_exchanges_are_streamed_and_can_be_left() -> None:
    links = [f"http://paper.test/{number}" for number in range(40)]
    scripts = {"paper.test/feed": rss(*links)} | {link[7:]: answer("<p>Tide.") for link in links}
    web = Aside(scripts)
    try:
        settings = Settings(connect_to=web.connect_to, host_gap=0.0)
        rows = list(live.exchanges([Paper()], live.Plan(State()), settings, Clock(NOON)))
        assert len(of_kind(rows)) == 40
        EXCHANGES.batch([{"seq": seq, **row} for seq, row in enumerate(rows)])
        web.asked.clear()
        left = live.exchanges([Paper()], live.Plan(State()), settings, Clock(NOON))
        for _ in range(3):
            next(left)
        left.close()
        # Nothing was asked for far ahead of the reader.
        assert len(web.asked) < 20
    finally:
        web.close()


def test_a_fault_of_our_own_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("ours")

    monkeypatch.setattr(Leading, "_ask", broken)
    with pytest.raises(ExceptionGroup) as caught:
        Polls({"paper.test/feed": rss(A)}).poll()
    assert caught.group_contains(RuntimeError, match="ours")


def test_hosts_are_asked_at_the_same_time() -> None:
    papers = [Paper(f"p{n}", (f"http://p{n}.test/feed",)) for n in range(10)]
    scripts = {f"p{n}.test/feed": rss(f"http://p{n}.test/a", f"http://p{n}.test/b") for n in range(10)}
    begun = time.monotonic()
    rows = Polls(scripts, *papers).poll(limits=replace(QUICK, gap=0.1))
    assert (len(of_kind(rows)), len(of_kind(rows, "feed"))) == (20, 10)
    assert time.monotonic() - begun < 2.0  # one after the other it would be three seconds at least


def test_shards() -> None:
    hosts = [f"host{number}.example" for number in range(200)]
    assert {live.shard_of(host, 4) for host in hosts} == {0, 1, 2, 3}
    assert live.shard_of("www.paper.co.uk", 64) == live.shard_of("https://feeds.paper.co.uk/a?b", 64)
    assert live.shard_of("paper.example", 64) == SHARD
    papers = [Paper(host, (f"http://{host}/feed",)) for host in hosts]
    parts = [live.of_shard(papers, shard, 4) for shard in range(4)]
    assert sorted(paper.slug for part in parts for paper in part) == sorted(hosts)
    assert max(map(len, parts)) < 80


SHARD = 14
"""Held still: a host that moves to another shard would be asked by two tasks at once during an update."""
