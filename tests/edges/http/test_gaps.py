"""A host's pause is that of all its ports and of every kind of request: the longest that was asked for."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from dateline.edges.http import Client, Request
from dateline.edges.lake.holds import Holds
from dateline.settings import Settings
from scripted_client import NOON, QUICK
from scripted_web import Web, answer, redirect

DELAY, LEAST = 0.3, 0.02
SLOW = answer(f"User-agent: *\nCrawl-delay: {DELAY}")
PAPER, CDN = "www.paper.test", "cdn.other.test"


def asked(scripts: dict[str, Any], *rounds: list[Request], folder: Path | None = None) -> list[list[float]]:
    """For each round, by a client of its own, the pauses before its requests at either host, in order."""

    async def run() -> list[list[float]]:
        found, seen = [], 0
        async with Web(scripts) as web:
            for requests in rounds:
                holds = Holds(folder, NOON) if folder else None
                settings = Settings(connect_to=web.connect_to)
                limits = replace(QUICK, gap=LEAST, backoff=0.25)
                async with Client(settings, NOON, limits, holds=holds) as client:
                    for request in requests:
                        await client.get(request)
                times: dict[str, list[tuple[int, float]]] = {}
                for place, one in enumerate(web.asked):
                    times.setdefault(one.host.partition(":")[0], []).append((place, one.at))
                pauses = [
                    (later[0], later[1] - sooner[1])
                    for at in times.values()
                    for sooner, later in pairwise(at)
                ]
                found.append([pause for place, pause in sorted(pauses) if place >= seen])
                seen = len(web.asked)
        return found

    return asyncio.run(run())


def feed(url: str, gap: float = 0.0) -> Request:
    return Request(f"http://{url}", "paper", "feed", gap=gap)


def test_over_the_ports_of_a_host_and_for_its_robots_files() -> None:
    scripts = {
        f"{PAPER}/robots.txt": SLOW,
        f"{PAPER}/a": redirect(f"http://{PAPER}:81/b"),
        f"{PAPER}:81/b": answer("<p>Tide."),
    }
    [pauses] = asked(scripts, [feed(f"{PAPER}/a")])
    assert len(pauses) == 3, "the feed, the robots.txt of the other port, what it moved to"
    assert min(pauses) >= DELAY


def test_for_a_robots_file_that_redirects_to_a_slow_host() -> None:
    scripts = {
        f"{CDN}/robots.txt": SLOW,
        f"{CDN}/x": answer(""),
        f"{PAPER}/robots.txt": redirect(f"http://{CDN}/x"),
        f"{PAPER}/a": answer("<p>Tide."),
    }
    [[_, at_cdn, at_paper]] = asked(scripts, [feed(f"{CDN}/x"), feed(f"{PAPER}/a")])
    assert at_cdn >= DELAY
    assert LEAST <= at_paper < DELAY + 0.1, "it is not this host that is slow"


def test_for_another_source_at_the_same_host() -> None:
    scripts = {f"{PAPER}/a": answer("<p>Tide."), f"{PAPER}/b": answer("<p>Ebb.")}
    [pauses] = asked(scripts, [feed(f"{PAPER}/a", gap=DELAY), feed(f"{PAPER}/b")])
    assert len(pauses) == 2
    assert min(pauses) >= DELAY


@pytest.mark.parametrize("knows", [True, False])
def test_for_a_later_client_that_asks_for_the_robots_file_first(knows: bool, tmp_path: Path) -> None:
    scripts = {f"{PAPER}/robots.txt": SLOW, f"{PAPER}/a": answer("<p>Tide.")}
    once = [feed(f"{PAPER}/a")]
    first, later = asked(scripts, once, once, folder=tmp_path if knows else None)
    assert first[0] >= DELAY
    assert (later[0] >= DELAY) == knows, "the pause before robots.txt"
    assert later[1] >= DELAY


def test_a_pause_of_once_is_not_kept() -> None:
    scripts = {
        f"{PAPER}/a": [answer("busy", 429, retry_after="0"), answer("<p>Tide.")],
        f"{PAPER}/b": answer("b"),
    }
    [pauses] = asked(scripts, [feed(f"{PAPER}/a"), feed(f"{PAPER}/b")])
    assert len(pauses) == 3
    assert pauses[-1] < 0.2


def test_clients_at_once_take_up_what_one_of_them_learns() -> None:
    """A request that waits for the common pause when the longer one becomes known waits for that."""
    scripts = {f"{PAPER}/robots.txt": SLOW, f"{PAPER}/a": answer("<p>Tide.")}

    async def run() -> list[float]:
        async with Web(scripts) as web:
            limits = replace(QUICK, gap=LEAST, backoff=0.25)
            async with Client(Settings(connect_to=web.connect_to), NOON, limits) as client:
                urls = (f"{PAPER}/a", *(f"{PAPER}:{port}/a" for port in range(81, 84)))
                await asyncio.gather(*(client.get(feed(url)) for url in urls))
            return [one.at for one in web.asked]

    times = asyncio.run(run())
    assert len(times) == 8
    assert all(later - sooner >= DELAY for sooner, later in pairwise(times[1:]))
