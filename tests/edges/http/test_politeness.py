"""How the client behaves towards hosts: robots, pauses, conditions, what is asked again and what is not."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import pairwise

import pytest

from dateline.edges.http import Client, Limits, Request, guard
from dateline.errors import UsageError
from dateline.settings import Settings
from scripted_client import NOON, PAGE, QUICK, get
from scripted_resolver import Scripted
from scripted_web import SITE_FILES, Script, Web, answer, cut, endless, redirect

HEAD = b"HTTP/1.1 200 OK\r\n"


def test_a_redirect_into_what_robots_disallow_is_not_followed() -> None:
    scripts = {
        "www.paper.test/a": redirect("/private/b"),
        "www.paper.test/robots.txt": answer("User-agent: dateline\nDisallow: /private/"),
        "www.paper.test/private/b": answer("<p>Secret."),
    }
    [page], web, _ = get(scripts, PAGE)
    assert page["failure"] == "robots_disallowed"
    assert web.urls() == ["www.paper.test/a"]


ROBOTS: dict[str, tuple[Script, str | None]] = {
    "allows": (answer("User-agent: *\nDisallow: /b"), None),
    "disallows": (answer("User-agent: *\nDisallow: /a"), "robots_disallowed"),
    "is not there": (answer("no", 404), None),
    "is forbidden": (answer("no", 403), None),
    "is empty": (answer(""), None),
    "is HTML": (answer("<!doctype html><title>Paper</title>"), None),
    "is under strain": (answer("slow down", 429), "robots_unreachable"),
    "is broken": (answer("sorry", 500), "robots_unreachable"),
    "rests": (answer("sorry", 503, retry_after="30"), "robots_unreachable"),
    "is cut": (cut(b""), "robots_unreachable"),
    "is silent": (endless(b"", b"", 0.05), "robots_unreachable"),
    "moved": (redirect("http://cdn.paper.test/robots.txt"), "robots_disallowed"),
    "moved in a circle": (redirect("/robots.txt"), None),
    "moved inside": (redirect("http://10.0.0.1/robots.txt"), "robots_unreachable"),
    "is long, and says so early": (answer("User-agent: *\nDisallow: /a\n" + "#" * 9000), "robots_disallowed"),
}


@pytest.mark.parametrize("name", ROBOTS)
def test_robots_decide(name: str) -> None:
    script, failure = ROBOTS[name]
    scripts = {
        "www.paper.test/robots.txt": script,
        "cdn.paper.test/robots.txt": answer("User-agent: *\nDisallow: /a"),
        "www.paper.test/a": answer("<p>Tide."),
    }
    [page], web, beside = get(scripts, PAGE)
    assert page["failure"] == failure
    assert ("www.paper.test/a" in web.urls()) == (failure is None)
    assert [one["url"] for one in beside].count("http://www.paper.test/robots.txt") == 1


def test_files_of_a_site_are_asked_for_once() -> None:
    scripts = {f"www.paper.test/{name}": answer("<p>Tide.") for name in "abc"}
    _, web, beside = get(scripts, *(f"http://www.paper.test/{name}" for name in "abc"))
    assert web.urls(robots=True)[:3] == [f"www.paper.test{path}" for path in SITE_FILES]
    assert len(web.asked) == 6
    assert len(beside) == 3


def test_conditions_are_sent_and_304_is_an_answer() -> None:
    request = Request(PAGE, "paper", "feed", etag='"1"', last_modified="Mon, 25 Mar 2024 10:00:00 GMT")
    [page], web, _ = get({"www.paper.test/a": answer(b"", 304, etag='"2"')}, request)
    assert page["failure"] == "not_modified"
    assert page["status"] == 304
    assert page["etag"] == '"2"'
    assert web.asked[1].headers["if-none-match"] == '"1"'
    assert web.asked[1].headers["if-modified-since"] == "mon, 25 mar 2024 10:00:00 gmt"


@pytest.mark.parametrize("fault", [cut(b""), answer("no", 503), cut(HEAD + b"Content-Length: 9\r\n\r\nx")])
def test_what_may_pass_is_tried_again(fault: Script) -> None:
    [page], web, _ = get({"www.paper.test/a": [fault, answer("<p>Tide.")]}, PAGE)
    assert page["failure"] is None
    assert web.urls() == ["www.paper.test/a"] * 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 500, 502])
def test_what_means_no_is_not_tried_again(status: int) -> None:
    [page], web, _ = get({"www.paper.test/a": answer("no", status)}, PAGE)
    assert page["failure"] == "http_error"
    assert page["status"] == status
    assert web.urls() == ["www.paper.test/a"]


@pytest.mark.parametrize(
    ("gap", "source_gap", "robots"),
    [(0.2, 0.0, ""), (0.0, 0.2, ""), (0.01, 0.1, "User-agent: *\nCrawl-delay: 0.2")],
)
def test_the_longest_pause_counts(gap: float, source_gap: float, robots: str) -> None:
    scripts = {f"www.paper.test/{name}": answer("<p>Tide.") for name in "abc"}
    scripts |= {"www.paper.test/robots.txt": answer(robots), "www.other.test/a": answer("<p>Ebb.")}

    async def run() -> Web:
        async with Web(scripts) as web:
            settings = Settings(connect_to=web.connect_to)
            async with Client(settings, NOON, replace(QUICK, gap=gap)) as client:
                wanted = [Request(f"http://www.paper.test/{name}", "paper", gap=source_gap) for name in "abc"]
                await asyncio.gather(*map(client.get, wanted))
            return web

    asked = [seen.at for seen in asyncio.run(run()).asked]
    assert len(asked) == 6
    assert all(later - earlier >= 0.2 for earlier, later in pairwise(asked))


@pytest.mark.usefixtures("_one_more_public_address")
def test_the_live_web_has_a_pause_whatever_is_set() -> None:
    async def run() -> Web:
        async with Web({}, address="127.0.0.2") as web:
            settings = Settings(contact="desk@example.org", host_gap=0.0)
            limits = replace(QUICK, gap=0.0, least_gap=Limits.of(settings).least_gap)
            async with Client(settings, NOON, limits, Scripted(["127.0.0.2"])) as client:
                for name in "ab":
                    await client.get(Request(f"http://live.example:{web.port}/{name}", "paper", "feed"))
            return web

    asked = [seen.at for seen in asyncio.run(run()).asked]
    assert len(asked) == 3
    assert all(later - earlier >= 0.5 for earlier, later in pairwise(asked))


@pytest.fixture
def _one_more_public_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "is_public", lambda text: text == "127.0.0.2")


def test_no_cookie_is_ever_sent() -> None:
    cookie = {"set_cookie": "reader=1; Path=/; Max-Age=99999\r\nSet-Cookie: visit=2; Domain=paper.test"}
    scripts = {
        "www.paper.test/robots.txt": answer("User-agent: *\nAllow: /", **cookie),
        "www.paper.test/a": answer("moved", 302, location="/b", **cookie),
        "www.paper.test/b": [answer("busy", 503, **cookie), answer("<p>Tide.", **cookie)],
    }
    found, web, _ = get(scripts, PAGE, "http://www.paper.test/b", "http://m.paper.test/b")
    assert found[1]["body"] == b"<p>Tide."
    assert len(web.urls()) == 5
    assert not [seen for seen in web.asked if "cookie" in seen.headers]


def test_nothing_is_begun_after_the_deadline() -> None:
    scripts = {"www.paper.test/a": answer("<p>Tide."), "www.paper.test/b": answer("<p>Ebb.")}
    limits = replace(QUICK, gap=0.3)
    found, web, beside = get(scripts, PAGE, "http://www.paper.test/b", limits=limits, deadline=1.0)
    assert [page["failure"] for page in found] == [None, "deferred"]
    [late], web, beside = get(scripts, PAGE, deadline=-1.0)
    assert late["failure"] == "deferred"
    assert web.asked == []
    assert beside == []


def test_without_a_contact_the_live_web_is_not_asked() -> None:
    [page], _, _ = get({"www.paper.test/a": redirect("http://live.example/b")}, PAGE)
    assert page["failure"] == "address_refused"
    assert "contact" in page["detail"]
    client = Client(Settings(connect_to=".test=127.0.0.1:1"), NOON)
    client.require_contact([PAGE])
    with pytest.raises(UsageError, match=r"live\.example"):
        client.require_contact([PAGE, "http://live.example/b"])
