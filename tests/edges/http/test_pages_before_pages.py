"""A page that stands before the one asked for is not kept, and while it is looked at other hosts go on."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from dateline.edges.http import Client, Request
from dateline.settings import Settings
from scripted_client import NOON, PAGE, QUICK, get
from scripted_web import Web, answer, redirect

CHECK = answer(
    "<!doctype html><title>Just a moment...</title><p>Enable JavaScript and cookies to continue.</p>",
    etag='"1"', last_modified="Mon, 25 Mar 2024 10:00:00 GMT",
)  # fmt: skip
STORY = "http://www.paper.test/2024/03/25/ferry-stays-in-harbour"
TEXT = "".join(
    f"<p>On day {day} the ferry stayed in harbour, and nobody on the pier could say why.</p>"
    for day in range(20)
)
ELSEWHERE = "http://www.other.test/node/9912"


def test_a_wall_is_not_kept() -> None:
    [page], *_ = get({"www.paper.test/a": CHECK}, PAGE)
    assert (page["failure"], page["detail"]) == ("interstitial", "a page that checks browsers")
    assert (page["body"], page["etag"], page["last_modified"]) == (None, None, None)
    assert (page["status"], page["final_url"], page["tries"]) == (200, PAGE, 1)


def test_only_pages_are_looked_at() -> None:
    [feed], *_ = get({"www.paper.test/a": CHECK}, Request(PAGE, "paper", "feed"))
    assert feed["failure"] is None
    assert feed["body"]


@pytest.mark.parametrize(("text", "failure"), [(TEXT, None), ("<p>Tell us all of it.", "interstitial")])
def test_what_a_redirect_off_the_site_led_to(text: str, failure: str | None) -> None:
    scripts = {
        STORY.removeprefix("http://"): redirect(ELSEWHERE),
        ELSEWHERE.removeprefix("http://"): answer(f"<!doctype html><title>Ferry</title><main>{text}</main>"),
    }
    [page], *_ = get(scripts, STORY)
    assert page["failure"] == failure
    assert page["final_url"] == ELSEWHERE


def test_other_hosts_go_on_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    came, seen = threading.Event(), []

    def slow(*_: Any) -> None:
        seen.append(came.wait(5))

    async def run() -> list[dict[str, Any]]:
        scripts = {"www.paper.test/a": CHECK, "www.other.test/b": answer("<p>Tide.")}
        async with Web(scripts) as web, Client(Settings(connect_to=web.connect_to), NOON, QUICK) as client:
            first = asyncio.create_task(client.get(Request(PAGE, "paper")))
            while web.urls() != ["www.paper.test/a"]:
                await asyncio.sleep(0.01)
            second = await client.get(Request("http://www.other.test/b", "other"))
            came.set()
            return [await first, second]

    monkeypatch.setattr("dateline.text.html.walls.wall", slow)
    assert [page["failure"] for page in asyncio.run(run())] == [None, None]
    assert seen == [True]


def test_an_ordinary_page_needs_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.text.html.walls.wall", pytest.fail)
    [page], *_ = get({"www.paper.test/a": answer(f"<title>Ferry</title>{TEXT}")}, PAGE)
    assert page["failure"] is None
