"""Hosts that say when to come back are taken at their word; what failed is repeated after growing pauses."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import pairwise

import pytest

from dateline.edges.http import Client, Request
from dateline.edges.http.headers import retry_after
from dateline.settings import Settings
from scripted_client import NOON, PAGE, QUICK, get
from scripted_web import Web, answer, cut

WELL = answer("<p>Tide.")

RETRY_AFTER = [
    ("120", None, 120.0),
    (" 7 ", None, 7.0),
    ("0", None, 0.0),
    ("Mon, 25 Mar 2024 12:01:30 GMT", None, 90.0),
    ("Mon, 25 Mar 2024 12:01:30 GMT", "Mon, 25 Mar 2024 12:01:00 GMT", 30.0),
    ("Monday, 25-Mar-24 12:01:30 GMT", None, 90.0),
    ("Mon Mar 25 12:01:30 2024", None, 90.0),
    ("Mon, 25 Mar 2024 13:01:30 +0100", None, 90.0),
    ("Mon, 25 Mar 2019 12:00:00 GMT", None, 0.0),
    ("9" * 12, None, 366 * 86_400.0),
    ("Mon, 25 Mar 9999 12:01:30 GMT", None, 366 * 86_400.0),
    ("9" * 3000, None, 366 * 86_400.0),
    ("0\n300\n20", None, 300.0),
    ("0, 300", None, 300.0),
    ("soon\n5", None, 5.0),
    ("5\nMon, 25 Mar 2024 12:01:30 GMT", None, 90.0),
    ("Mon, 25 Mar 2024 12:01:30 GMT", "Mon, 25 Mar 2024 09:01:00 GMT", 3 * 3600 + 30.0),
    ("Mon, 25 Mar 2024 12:01:30 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", 90.0),
    ("Mon, 25 Mar 2024 12:01:30 GMT", "Mon, 25 Mar 2999 12:00:00 GMT", 90.0),
    ("Mon, 25 Mar 2024 12:01:30 GMT", "now", 90.0),
    ("Thu, 01 Jan 1970 00:01:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", 60.0),
    ("Mon, 25 Mar 2999 12:02:00 GMT", "Mon, 25 Mar 2999 12:00:00 GMT", 120.0),
    ("Thu, 01 Jan 1970 00:00:00 GMT", "Mon, 25 Mar 2999 12:00:00 GMT", 0.0),
    ("soon", None, None),
    ("-5", None, None),
    ("1.5", None, None),
    ("٣", None, None),
    (None, None, None),
]


@pytest.mark.parametrize(("value", "date", "seconds"), RETRY_AFTER)
def test_retry_after_in_both_forms(value: str | None, date: str | None, seconds: float | None) -> None:
    assert retry_after([] if value is None else value.split("\n"), date, NOON.now()) == seconds


@pytest.mark.parametrize("headers", [{"retry_after": "60"}, {"retry_after": "Mon, 25 Mar 2024 12:01:00 GMT"}])
def test_a_429_rests_its_whole_host_and_a_503_only_its_url(headers: dict[str, str]) -> None:
    scripts = {
        "www.paper.test/a": answer("no", 503, **headers),
        "www.paper.test/b": answer("no", 429, **headers),
        "www.paper.test/c": WELL,
        "www.other.test/d": WELL,
    }
    urls = [f"http://www.paper.test/{name}" for name in "abc"] + ["http://www.other.test/d"]
    found, web, _ = get(scripts, *urls)
    assert [page["failure"] for page in found] == ["too_many_requests", "too_many_requests", "deferred", None]
    assert [page["retry_after"] for page in found[:2]] == [60.0, 60.0]
    assert 59 < found[2]["retry_after"] <= 60
    assert [page["tries"] for page in found] == [1, 1, 0, 1]
    assert "www.paper.test/c" not in web.urls()


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("value", ["1", "Mon, 25 Mar 2024 12:00:01 GMT"])
def test_a_wait_within_patience_is_kept_to_the_second(status: int, value: str) -> None:
    scripts = {"www.paper.test/a": [answer("no", status, retry_after=value), WELL]}
    [page], web, _ = get(scripts, PAGE, limits=replace(QUICK, patience=2.0))
    first, second = (seen.at for seen in web.asked if seen.path == "/a")
    assert page["failure"] is None
    assert page["tries"] == 2
    assert page["waited"] >= 1.0
    assert 1.0 <= second - first < 1.5


def test_while_a_503_waits_others_of_its_host_have_their_turns() -> None:
    scripts = {
        "www.paper.test/a": [answer("no", 503, retry_after="1"), WELL],
        "www.paper.test/b": WELL,
        "www.paper.test/robots.txt": answer("User-agent: *"),
    }
    order: list[str] = []

    async def one(client: Client, name: str) -> None:
        await client.get(Request(f"http://www.paper.test/{name}", "paper"))
        order.append(name)

    async def run() -> None:
        async with Web(scripts) as web:
            limits = replace(QUICK, patience=2.0)
            async with Client(Settings(connect_to=web.connect_to), NOON, limits) as client:
                await asyncio.gather(one(client, "a"), one(client, "b"))

    asyncio.run(run())
    assert order == ["b", "a"]


def test_a_wait_beyond_the_deadline_is_not_begun() -> None:
    scripts = {"www.paper.test/a": answer("no", 503, retry_after="2")}
    [page], web, _ = get(scripts, PAGE, limits=replace(QUICK, patience=9.0), deadline=1.0)
    assert page["failure"] == "too_many_requests"
    assert len(web.urls()) == 1
    assert page["seconds"] < 0.9


def test_a_429_without_a_time_rests_for_the_usual_one() -> None:
    scripts = {"www.paper.test/a": answer("no", 429), "www.paper.test/b": WELL}
    found, web, _ = get(scripts, PAGE, "http://www.paper.test/b")
    assert [page["failure"] for page in found] == ["too_many_requests", None]
    times = [seen.at for seen in web.asked if seen.path in "/a/b"]
    assert len(times) == 3
    assert all(later - earlier >= QUICK.rest for earlier, later in pairwise(times))


@pytest.mark.parametrize(("chance", "least", "most"), [(0.0, 0.3, 0.45), (1.0, 0.6, 0.8)])
def test_pauses_before_repeats_double_and_chance_lengthens_them(
    chance: float, least: float, most: float
) -> None:
    async def run() -> Web:
        async with Web({"www.paper.test/a": cut(b"")}) as web:
            limits = replace(QUICK, retries=2, backoff=0.1)
            settings = Settings(connect_to=web.connect_to)
            async with Client(settings, NOON, limits, chance=lambda: chance) as client:
                page = await client.get(Request(PAGE, "paper"))
            assert page["failure"] == "connection_failed"
            assert page["tries"] == 3
            return web

    first, second, third = (seen.at for seen in asyncio.run(run()).asked if seen.path == "/a")
    assert least <= third - first < most
    assert third - second > 1.5 * (second - first)


def test_the_longest_of_several_waits_is_kept_to() -> None:
    twice = (
        b"HTTP/1.1 429 Slowly\r\nRetry-After: 0\r\nRetry-After: 99999999999999\r\nContent-Length: 0\r\n\r\n"
    )
    found, web, _ = get({"www.paper.test/a": twice}, PAGE, "http://www.paper.test/b")
    assert found[0]["retry_after"] == 366 * 86_400.0
    assert found[1]["failure"] == "deferred"
    assert len(web.urls()) == 1
