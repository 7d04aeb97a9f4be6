"""Every request is told of: redirects, repeats, and those after which something was put off."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from dateline.edges.http import Request
from scripted_client import NOON, PAGE, QUICK, get
from scripted_web import Script, answer, cut, redirect

PAPER, OTHER = "www.paper.test", "www.other.test"
BUSY = answer("busy", 429, retry_after="600")
TIDE = answer("<p>Tide.")


def hops(exchange: dict[str, Any]) -> list[tuple[str, int | None]]:
    return [(hop["url"].removeprefix("http://"), hop["status"]) for hop in exchange["hops"]]


CASES: dict[str, tuple[dict[str, Script | list[Script]], str | None, list[tuple[str, int | None]]]] = {
    "one": ({f"{PAPER}/a": TIDE}, None, [(f"{PAPER}/a", 200)]),
    "a redirect": (
        {f"{PAPER}/a": redirect(f"http://{OTHER}/b"), f"{OTHER}/b": TIDE},
        None, [(f"{PAPER}/a", 302), (f"{OTHER}/b", 200)],
    ),
    "repeats before and after a redirect": (
        {f"{PAPER}/a": [answer("no", 503), redirect(f"http://{OTHER}/b")], f"{OTHER}/b": [cut(b""), TIDE]},
        None, [(f"{PAPER}/a", 503), (f"{PAPER}/a", 302), (f"{OTHER}/b", None), (f"{OTHER}/b", 200)],
    ),
    "a redirect to what robots.txt forbids": (
        {f"{PAPER}/a": redirect("/b"), f"{PAPER}/robots.txt": answer("User-agent: *\nDisallow: /b")},
        "robots_disallowed", [(f"{PAPER}/a", 302)],
    ),
    "a redirect to a private place": (
        {f"{PAPER}/a": redirect("http://10.0.0.1/")}, "address_refused", [(f"{PAPER}/a", 302)],
    ),
    "forbidden": ({f"{PAPER}/robots.txt": answer("User-agent: *\nDisallow: /")}, "robots_disallowed", []),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_is_told_is_what_was_asked(name: str) -> None:
    scripts, failure, wanted = CASES[name]
    [page], web, beside = get(scripts, PAGE)
    assert page["failure"] == failure
    assert hops(page) == wanted
    told = Counter(url for exchange in (page, *beside) for url, _ in hops(exchange))
    assert told == Counter(web.urls(robots=True))
    assert page["conditional"] == (False if wanted else None)


def test_times_pauses_and_what_is_asked_for_are_told() -> None:
    scripts: dict[str, Any] = {f"{PAPER}/a": [answer("busy", 429, retry_after="0"), TIDE]}
    scripts[f"{PAPER}/robots.txt"] = answer("User-agent: *\nCrawl-delay: 0.2")
    [page], _, [robots, *_] = get(scripts, PAGE, limits=replace(QUICK, gap=0.1))
    assert [hop["retry_after"] for hop in page["hops"]] == [0.0, None]
    assert [hop["gap"] for hop in page["hops"]] == [0.2, 0.2]
    assert [hop["gap"] for hop in robots["hops"]] == [0.1]
    assert all(hop["began"] == hop["ended"] == NOON.now() for hop in page["hops"])


def test_a_redirect_to_a_host_that_rests() -> None:
    scripts = {f"{PAPER}/a": redirect(f"http://{OTHER}/b"), f"{OTHER}/c": BUSY}
    [_, page], _, _ = get(scripts, f"http://{OTHER}/c", PAGE)
    assert page["failure"] == "deferred"
    assert OTHER in page["detail"]
    assert hops(page) == [(f"{PAPER}/a", 302)]


def test_a_robots_file_that_leads_to_a_host_that_rests_is_asked_for_once() -> None:
    scripts = {f"{PAPER}/robots.txt": redirect(f"http://{OTHER}/b"), f"{OTHER}/c": BUSY}
    first = Request(f"http://{OTHER}/c", "paper", "feed")
    found, web, beside = get(scripts, first, PAGE, f"http://{PAPER}/b")
    assert [page["failure"] for page in found] == ["too_many_requests", "deferred", "deferred"]
    assert all(OTHER in page["detail"] for page in found[1:]), "it is not the paper that rests"
    assert all(590 < page["retry_after"] <= 600 for page in found[1:])
    assert web.urls(robots=True).count(f"{PAPER}/robots.txt") == 1
    [told] = [exchange for exchange in beside if PAPER in exchange["url"]]
    assert told["failure"] == "deferred"
    assert hops(told) == [(f"{PAPER}/robots.txt", 302)]


def test_what_was_never_asked_is_told_once() -> None:
    [page], web, beside = get({}, PAGE, deadline=-1.0)
    assert (page["failure"], page["hops"], beside, web.asked) == ("deferred", [], [], [])
