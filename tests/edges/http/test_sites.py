"""What sites say is asked for once a day, over runs too; their files on rights go with each page."""

from __future__ import annotations

import asyncio
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dateline.edges.clock import Clock
from dateline.edges.http import AI_TXT, TDMREP, Client, Remembered, Request
from dateline.settings import Settings
from dateline.text import rights
from dateline.text.rights import read_robots
from scripted_client import QUICK, get
from scripted_web import Web, answer, redirect

NOON = datetime(2024, 3, 25, 12, tzinfo=UTC)
ORIGIN = "http://www.paper.test"
PAGE = f"{ORIGIN}/a"
SCRIPTS = {
    "www.paper.test/robots.txt": answer("User-agent: *\nDisallow: /b\nContent-Signal: ai-train=no"),
    "www.paper.test/.well-known/tdmrep.json": answer('[{"location": "/a*", "tdm-reservation": 1}]'),
    "www.paper.test/ai.txt": answer("User-agent: *\nDisallow: *.html"),
    "www.paper.test/a": answer("<p>Tide.", tdm_reservation="0"),
}


def ask(
    remembered: Remembered, *kinds: str, scripts: dict[str, Any] | None = None, hours: float = 0.0
) -> tuple[list[dict[str, Any]], list[str], list[dict[str, Any]]]:
    """One exchange for each kind, each so many hours after the one before; what was asked; what beside."""

    async def run() -> tuple[list[dict[str, Any]], list[str], list[dict[str, Any]]]:
        async with Web(scripts or SCRIPTS) as web:
            clock = Ticking(NOON, timedelta(hours=hours))
            settings = Settings(connect_to=web.connect_to)
            async with Client(settings, clock, QUICK, remembered=remembered) as client:
                found = []
                for kind in kinds:
                    found.append(await client.get(Request(PAGE, "paper", kind)))
                    clock.instant += clock.step
                return found, web.urls(robots=True), client.drain()

    return asyncio.run(run())


class Ticking(Clock):
    """Stands still until it is set on."""

    def __init__(self, instant: datetime, step: timedelta) -> None:
        object.__setattr__(self, "instant", instant)
        object.__setattr__(self, "step", step)

    __setattr__ = object.__setattr__

    def now(self) -> datetime:
        return self.instant


def test_files_on_rights_go_with_each_page() -> None:
    [page], asked, beside = ask({}, "page")
    assert [(one["origin"], one["name"], one["value"]) for one in page["signals"]] == [
        ("header", "tdm-reservation", "0"),
        ("robots.txt", "content-signal", "ai-train=no"),
        ("tdmrep.json", "tdm-reservation", "1"),
        ("ai.txt", "disallow", "*"),
    ]
    assert asked == [f"www.paper.test{path}" for path in ("/robots.txt", TDMREP, AI_TXT, "/a")]
    assert {one["input_kind"] for one in beside} == {"robots"}
    assert all(one["body"] and one["signals"] == [] for one in beside)


@pytest.mark.parametrize("kind", ["feed", "sitemap", "section"])
def test_what_is_no_page_needs_no_files_on_rights(kind: str) -> None:
    [exchange], asked, _ = ask({}, kind)
    assert asked == ["www.paper.test/robots.txt", "www.paper.test/a"]
    assert [one["origin"] for one in exchange["signals"]] == ["header", "robots.txt"]


def test_files_on_rights_are_asked_for_only_where_robots_allow_it() -> None:
    text = answer("User-agent: *\nDisallow: /ai.txt\nDisallow: /.well-known/")
    [page], asked, beside = ask({}, "page", scripts={**SCRIPTS, "www.paper.test/robots.txt": text})
    assert asked == ["www.paper.test/robots.txt", "www.paper.test/a"]
    assert [one["failure"] for one in beside] == [None, "robots_disallowed", "robots_disallowed"]
    assert [one["origin"] for one in page["signals"]] == ["header"]


@pytest.mark.parametrize(
    "script", [answer("no", 500), answer("<!doctype html>Not here."), redirect("/ai.txt")]
)
def test_a_file_on_rights_that_is_none_keeps_no_page_away(script: bytes) -> None:
    [page], _, _ = ask({}, "page", scripts={**SCRIPTS, "www.paper.test/ai.txt": script})
    assert page["failure"] is None
    assert "ai.txt" not in {one["origin"] for one in page["signals"]}


@pytest.mark.parametrize(("hours", "times"), [(23.9, 1), (24.0, 2)])
def test_a_file_counts_for_a_day(hours: float, times: int) -> None:
    _, asked, beside = ask({}, "page", "page", hours=hours)
    assert [asked.count(f"www.paper.test{path}") for path in ("/robots.txt", TDMREP, AI_TXT)] == [times] * 3
    assert len(beside) == 3 * times


def test_what_earlier_runs_were_told_is_not_asked_again() -> None:
    hour = NOON - timedelta(hours=1)
    remembered = {
        ORIGIN: (b"User-agent: *\nAllow: /a\nContent-Signal: search=yes", hour),
        ORIGIN + TDMREP: (None, hour),
        ORIGIN + AI_TXT: (b"User-agent: *\nAllow: /", hour),
    }
    [page], asked, beside = ask(remembered, "page")
    assert asked == ["www.paper.test/a"]
    assert beside == []
    assert page["robots_rule"] == "Allow: /a"
    assert [one["origin"] for one in page["signals"]] == ["header", "robots.txt", "ai.txt"]


@pytest.mark.parametrize("age", [timedelta(hours=24), timedelta(days=400), timedelta(hours=-1)])
def test_what_is_old_or_from_the_future_is_asked_again(age: timedelta) -> None:
    remembered = {ORIGIN: (b"User-agent: *\nDisallow: /", NOON - age)}
    [page], asked, _ = ask(remembered, "page")
    assert page["failure"] is None
    assert asked[0] == "www.paper.test/robots.txt"


@pytest.mark.parametrize("body", [None, b""])
def test_a_host_that_had_no_rules_is_remembered_too(body: bytes | None) -> None:
    [feed], asked, _ = ask({ORIGIN: (body, NOON)}, "feed")
    assert feed["failure"] is None
    assert asked == ["www.paper.test/a"]


def test_rules_that_came_before_bind_as_those_that_come_now() -> None:
    [page], asked, _ = ask({ORIGIN: (b"User-agent: dateline\nDisallow: /", NOON)}, "page")
    assert page["failure"] == "robots_disallowed"
    assert asked == []


def test_old_rules_are_no_way_past_a_host_that_is_broken() -> None:
    old = {ORIGIN: (b"User-agent: *\nAllow: /", NOON - timedelta(hours=25))}
    [page], _, _ = ask(old, "page", scripts={**SCRIPTS, "www.paper.test/robots.txt": answer("no", 500)})
    assert page["failure"] == "robots_unreachable"


@pytest.mark.parametrize(("hops", "failure"), [(5, "robots_disallowed"), (6, None)])
def test_five_redirects_of_robots_are_followed(hops: int, failure: str | None) -> None:
    scripts = {f"www.paper.test/r{n}": redirect(f"/r{n + 1}") for n in range(1, hops)}
    scripts |= {"www.paper.test/robots.txt": redirect("/r1"), "www.paper.test/a": answer("<p>Tide.")}
    scripts[f"www.paper.test/r{hops}"] = answer("User-agent: *\nDisallow: /")
    [page], _, _ = get(scripts, PAGE)
    assert page["failure"] == failure


class Slow(dict[str, tuple[bytes | None, datetime]]):
    """What a disk gives that takes its time; knows who asked, and whether two did at once."""

    def get(self, name: str, default: Any = None) -> Any:
        self.threads.append(threading.current_thread())
        assert self.free.acquire(blocking=False)
        time.sleep(0.02)
        self.free.release()
        return super().get(name, default)

    threads: list[threading.Thread]
    free: threading.Lock


def test_what_is_remembered_is_read_beside_the_event_loop_one_after_another() -> None:
    slow = Slow()
    slow.threads, slow.free = [], threading.Lock()

    async def run() -> None:
        scripts = {f"{host}.test/a": answer("<p>Tide.") for host in "bcd"}
        async with Web(scripts) as web:
            settings = Settings(connect_to=web.connect_to)
            async with Client(settings, Clock(NOON), QUICK, remembered=slow) as client:
                urls = [f"http://{place}" for place in scripts]
                await asyncio.gather(*(client.get(Request(url, "paper", "feed")) for url in urls))
                await client.get(Request(urls[0], "paper", "feed"))

    asyncio.run(run())
    assert len(slow.threads) == 3, "once for each host, not for each request"
    assert threading.main_thread() not in slow.threads


def test_the_files_of_many_sites_are_read_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[bytes] = []

    def watched(body: bytes) -> Any:
        read.append(body)
        return read_robots(body)

    monkeypatch.setattr(rights, "read_robots", watched)
    hosts = [f"h{number}.test" for number in range(60)]
    scripts = {f"{host}/a": answer("<p>Tide.") for host in hosts}
    scripts |= {f"{host}/robots.txt": answer(f"# {host}\nContent-Signal: search=yes") for host in hosts}

    async def run() -> list[dict[str, Any]]:
        async with (
            Web(scripts) as web,
            Client(Settings(connect_to=web.connect_to), Clock(NOON), QUICK) as client,
        ):
            asked = [Request(f"http://{host}/a", "paper", "feed") for _ in range(3) for host in hosts]
            return [await client.get(one) for one in asked]

    found = asyncio.run(run())
    assert all([one["value"] for one in exchange["signals"]] == ["search=yes"] for exchange in found)
    assert len(read) == 60
