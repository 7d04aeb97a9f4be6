"""A site that has much to give, or that keeps others waiting, takes no turns of other sites."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

import pytest

from dateline.edges.clock import Clock
from dateline.edges.http import Client, Request
from dateline.live import turns as module
from dateline.live.line import in_line, last_turns
from dateline.live.pages import Page, Rank
from dateline.live.turns import Job, Turns
from dateline.text.crawl_past import Past
from dateline.text.crawl_state import State
from scripted_polls import NOON, Paper

PAUSES = {"slow.test": 0.3}


class Scripted:
    """A client that takes a moment for each URL, and longer for those that ask for it."""

    def __init__(self) -> None:
        self.met: list[str] = []
        self.busy = self.most = 0

    def pause(self, url: str) -> float:
        return PAUSES.get(url.split("/")[2], 0.0) if any(url[:14] in one for one in self.met) else 0.0

    async def get(self, request: Request, _: float, aside: Callable[[float], Any]) -> dict[str, Any]:
        self.met.append(request.url)
        if request.url.endswith("/aside"):
            await aside(0.2)
            self.met.append(f"{request.url} again")
        self.busy += 1
        self.most = max(self.most, self.busy)
        await asyncio.sleep(0.01)
        self.busy -= 1
        return {}


def asked(*urls: str, seconds: float = 30.0) -> Scripted:
    """What a client was asked for by these jobs."""
    client = Scripted()

    async def run() -> None:
        deadline = asyncio.get_running_loop().time() + seconds
        turns = Turns(State(), cast(Client, client), Clock(NOON), deadline, asyncio.Queue())

        def job(url: str) -> Job:
            async def one() -> None:
                await turns.get(Request(url, "paper"))

            return Job(url, one)

        async with asyncio.timeout(5):
            await turns.by_site(map(job, urls))

    asyncio.run(run())
    return client


def test_a_site_has_one_page_before_another_has_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HOSTS_AT_ONCE", 2)
    sites = [f"site{number}.test" for number in range(7)]
    client = asked(*(f"http://{site}/{page}" for site in sites for page in range(3)))
    assert client.most == 2
    hosts = [url.split("/")[2] for url in client.met]
    assert [hosts[start : start + 7] for start in (0, 7, 14)] == [sites] * 3
    assert [url for url in client.met if sites[3] in url] == [f"http://{sites[3]}/{n}" for n in range(3)]


def test_a_site_that_waits_for_its_pause_holds_no_slot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HOSTS_AT_ONCE", 1)
    slow = [f"http://slow.test/{page}" for page in range(2)]
    client = asked(*slow, *(f"http://quick.test/{page}" for page in range(5)))
    assert client.met[-1] == slow[1]
    # What would come after the end is told so at once.
    assert len(asked(*slow, seconds=0.1).met) == 2


def test_a_page_that_stands_aside_holds_no_slot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HOSTS_AT_ONCE", 1)
    client = asked("http://a.test/aside", "http://a.test/b", "http://other.test/a", "http://other.test/b")
    assert client.most == 1
    assert client.met == [
        "http://a.test/aside", "http://other.test/a", "http://a.test/b", "http://other.test/b",
        "http://a.test/aside again",
    ]  # fmt: skip


def waits(slug: str) -> Page:
    return Page(slug, Rank(0, 0, ("", "", 0)), Paper(slug), f"http://{slug}.test/")


def put_off(slug: str, since: int) -> Past:
    first = (NOON - timedelta(hours=since), "", 0)
    return Past((first, slug, f"http://{slug}.test/"), in_vain=first)


def test_who_waits_longest_is_first_over_sources_too() -> None:
    since = {"a": 1, "b": 3, "c": 2, "d": 3}
    pasts = {f"http://{slug}.test/": put_off(slug, hours) for slug, hours in since.items()}
    pages = [waits(slug) for slug in "abcdef"]
    line = [place.page.key for place in in_line(pages, pasts.get)]
    assert line == ["b", "d", "c", "a", "e", "f"]
    # b had a page at noon, d an hour before; the others never had one.
    had = [Past(((NOON, "", 0), slug, ""), tried=(NOON - timedelta(hours=ago), "", 0)) for slug, ago in
           (("b", 0), ("b", 9), ("d", 1), ("e", 2))]  # fmt: skip
    line = [place.page.key for place in in_line(pages, pasts.get, last_turns(had))]
    assert line == ["c", "a", "d", "b", "f", "e"]
