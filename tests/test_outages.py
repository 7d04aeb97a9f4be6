"""Hosts that are down for a day, pages that are late, feeds that sleep, at the beats of real schedules."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from dateline.edges.http import Limits
from scripted_polls import NOON, Paper, Polls, of_kind, rss
from scripted_web import Script, answer, cut

A, B = "http://paper.test/a", "http://paper.test/b"
PAGES: dict[str, Script] = {"paper.test/a": answer("<p>a"), "paper.test/b": answer("<p>b")}
FEEDS = Paper(feeds=("http://feeds.test/feed",))
QUICK = Limits(total=1.0, connect=0.2, silence=0.2, retries=0, gap=0.0, patience=0.0, body=100_000)

ROUND = answer("", 302, location="http://paper.test/round")

OUTAGES: dict[str, dict[str, Script]] = {
    "the pages fail": {"paper.test/a": answer("", 500), "paper.test/b": cut(b"")},
    "robots.txt fails": {**PAGES, "paper.test/robots.txt": answer("", 503)},
    "too busy": {
        "paper.test/a": answer("", 503, retry_after="60"),
        "paper.test/b": answer("", 429, retry_after="60"),
    },
    "robots.txt forbids all": {**PAGES, "paper.test/robots.txt": answer("User-agent: *\nDisallow: /\n")},
    "in a circle": dict.fromkeys(["paper.test/a", "paper.test/b", "paper.test/round"], ROUND),
    "at a private address": dict.fromkeys(PAGES, answer("", 302, location="http://10.0.0.1/")),
}  # fmt: skip


def asked(polls: Polls, beat: timedelta, until: timedelta) -> dict[str, list[float]]:
    """Poll at a beat; gives the hours after noon at which what is no site's file was asked for."""
    found: dict[str, list[float]] = {}
    while polls.now < NOON + until:
        now = polls.now
        polls.poll(QUICK)
        for url in polls.web.urls():
            if not url.endswith((".txt", ".json")):
                found.setdefault(url, []).append((now - NOON) / timedelta(hours=1))
        polls.now = now + beat
    return found


@pytest.mark.parametrize("beat", [timedelta(hours=1), timedelta(minutes=10)])
@pytest.mark.parametrize("outage", OUTAGES)
@pytest.mark.parametrize("rolls", [False, True])
def test_a_day_s_outage_loses_no_page(outage: str, beat: timedelta, rolls: bool) -> None:
    feed: Any = [rss(A, B), rss()] if rolls else rss(A, B)
    polls = Polls({"feeds.test/feed": feed} | OUTAGES[outage], FEEDS)
    tries = asked(polls, beat, timedelta(hours=24))
    for page in PAGES:
        # Not asked at each beat while it is down.
        assert len(tries.get(page, [])) <= 12
    polls.scripts = {"feeds.test/feed": feed, **PAGES}
    back = asked(polls, beat, timedelta(hours=31))
    assert {page: len(back.get(page, [])) for page in PAGES} == dict.fromkeys(PAGES, 1)
    assert of_kind(polls.poll(QUICK)) == {}


def test_a_feed_that_is_ahead_of_its_site_loses_no_page() -> None:
    late = [answer("", 404), answer("", 404), answer("<p>a")]
    polls = Polls(
        {"feeds.test/feed": rss(A, B), "paper.test/a": late, "paper.test/b": answer("", 410)}, FEEDS
    )
    tries = asked(polls, timedelta(hours=1), timedelta(hours=30))
    assert tries["paper.test/a"] == [0, 1, 2]
    assert tries["paper.test/b"] == [0, 1, 2, 4], "said again four hours later, it is believed"


SKIPS = "<skipHours>" + "".join(f"<hour>{hour}</hour>" for hour in range(14, 22)) + "</skipHours>"


def sleepy(body: bytes) -> bytes:
    return body.partition(b"\r\n\r\n")[2].replace(b"<channel>", f"<channel>{SKIPS}".encode())


LATER: dict[str, Any] = {
    "304s": answer("", 304),
    "the same": answer(sleepy(rss(A)), content_type="application/rss+xml"),
    "failures": answer("", 500),
}


@pytest.mark.parametrize("later", LATER)
def test_a_feed_is_left_alone_in_the_hours_that_it_skips(later: str) -> None:
    first = answer(sleepy(rss(A)), content_type="application/rss+xml", etag='"1"')
    polls = Polls({"feeds.test/feed": [first, LATER[later]], **PAGES}, FEEDS)
    at = asked(polls, timedelta(minutes=30), timedelta(hours=36))["feeds.test/feed"]
    hours = {int(12 + hour) % 24 for hour in at}
    assert len(at) > 3
    assert not hours & set(range(14, 22))
