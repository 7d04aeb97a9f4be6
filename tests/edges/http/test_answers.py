"""What is told of an answer beside its body: tries, waits, bytes, the rule, moves, freshness, rights."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from multidict import CIMultiDict

from dateline.edges.http import Limits, Request
from dateline.edges.http.headers import fresh_for
from dateline.edges.http.request import Trail
from dateline.settings import Settings
from scripted_client import PAGE, QUICK, get
from scripted_web import answer, cut, redirect

NOON = datetime(2024, 3, 25, 12, tzinfo=UTC)
SOON = "Mon, 25 Mar 2024 12:10:00 GMT"
DATE = "Mon, 25 Mar 2024 12:05:00 GMT"

FRESH = {
    "nothing said": ({}, None),
    "max-age": ({"Cache-Control": "public, max-age=300"}, 300.0),
    "quoted, with blanks": ({"Cache-Control": 'Max-Age = "300"'}, 300.0),
    "s-maxage wins": ({"Cache-Control": "max-age=0, s-maxage=300"}, 300.0),
    "twice: the shorter": ({"Cache-Control": "max-age=300, max-age=60"}, 60.0),
    "less Age": ({"Cache-Control": "max-age=300", "Age": "100"}, 200.0),
    "older than it may be": ({"Cache-Control": "max-age=300", "Age": "900"}, 0.0),
    "an Age that is none": ({"Cache-Control": "max-age=300", "Age": "-1"}, 300.0),
    "no-cache": ({"Cache-Control": "no-cache, max-age=300"}, 0.0),
    "no-cache for a field": ({"Cache-Control": 'no-cache="set-cookie", max-age=300'}, 0.0),
    "no-store": ({"Cache-Control": "NO-STORE"}, 0.0),
    "a negative age": ({"Cache-Control": "max-age=-5"}, 0.0),
    "no number": ({"Cache-Control": "max-age=soon"}, None),
    "a huge number": ({"Cache-Control": "max-age=999999999999"}, 366 * 86_400.0),
    "a number without end": ({"Cache-Control": "max-age=" + "9" * 3000}, 366 * 86_400.0),
    "other words": ({"Cache-Control": "public, stale-max-age=7, must-revalidate"}, None),
    "Expires against the clock": ({"Expires": SOON}, 600.0),
    "Expires against Date": ({"Expires": SOON, "Date": DATE}, 300.0),
    "Expires less Age": ({"Expires": SOON, "Date": DATE, "Age": "60"}, 240.0),
    "Expires against a Date long ago": ({"Expires": SOON, "Date": "Thu, 01 Jan 1970 00:00:00 GMT"}, 600.0),
    "expired": ({"Expires": DATE, "Date": SOON}, 0.0),
    "Expires: 0": ({"Expires": "0"}, 0.0),
    "max-age before Expires": ({"Cache-Control": "max-age=60", "Expires": SOON}, 60.0),
    "far away": ({"Expires": "Fri, 31 Dec 9999 23:59:59 GMT"}, 366 * 86_400.0),
}


@pytest.mark.parametrize("name", FRESH)
def test_for_how_long_an_answer_holds(name: str) -> None:
    headers, seconds = FRESH[name]
    assert fresh_for(CIMultiDict(headers), [headers.get("Cache-Control", "")], NOON) == seconds


def test_all_that_is_told_of_a_page() -> None:
    body = gzip.compress(b"<p>Tide, tide, tide, tide and more tide.")
    scripts = {
        "www.paper.test/robots.txt": answer("User-agent: *\nAllow: /a # this too\nDisallow: /b"),
        "www.paper.test/a": answer(
            body, content_encoding="gzip", cache_control="max-age=90", x_robots_tag="noarchive"
        ),
    }
    [page], _, [robots, *_] = get(scripts, PAGE, limits=replace(QUICK, gap=0.05))
    assert page["tries"] == 1
    assert page["wire_bytes"] == len(body)
    assert page["robots_rule"] == "Allow: /a"
    assert page["moved_to"] is None
    assert page["fresh_for"] == 90.0
    assert page["entries"] is None
    assert page["signals"] == [{"origin": "header", "name": "x-robots-tag", "value": "noarchive"}]
    assert 0.15 <= page["waited"] <= page["seconds"]
    assert robots["tries"] == 1
    assert robots["robots_rule"] is None


def test_the_rule_that_forbids_is_told_and_nothing_is_asked() -> None:
    scripts = {"www.paper.test/robots.txt": answer("User-agent: *\nDisallow: /*a$\nDisallow: /")}
    [page], web, _ = get(scripts, PAGE)
    assert page["failure"] == "robots_disallowed"
    assert page["robots_rule"] == "Disallow: /*a$"
    assert (page["tries"], page["wire_bytes"], page["fresh_for"]) == (0, 0, None)
    assert web.urls() == []


def test_tries_count_those_at_the_url_that_answered() -> None:
    scripts = {
        "www.paper.test/a": [answer("no", 503), redirect("/b")],
        "www.paper.test/b": [cut(b""), answer("<p>Tide.")],
    }
    [page], web, _ = get(scripts, PAGE)
    assert page["tries"] == 2
    assert len(web.urls()) == 4


def test_bytes_are_counted_of_bodies_that_came_to_nothing() -> None:
    scripts = {
        "www.paper.test/a": answer("x" * 30_000, content_length="", transfer_encoding=""),
        "www.paper.test/b": cut(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"),
    }
    scripts["www.paper.test/a"] = cut(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 30_000)
    [large, torn], _, _ = get(scripts, PAGE, "http://www.paper.test/b")
    assert (large["failure"], torn["failure"]) == ("too_large", "connection_failed")
    assert QUICK.body < large["wire_bytes"] <= 30_000
    assert torn["wire_bytes"] == 4


MOVES = {
    "for good": ([(301, "b")], "b"),
    "for good, twice": ([(301, "b"), (308, "c")], "c"),
    "for good, then for now": ([(308, "b"), (302, "c")], "b"),
    "for now": ([(302, "b")], None),
    "for now, then for good": ([(307, "b"), (301, "c")], None),
    "see other": ([(303, "b")], None),
}


@pytest.mark.parametrize("name", MOVES)
def test_permanent_redirects_alone_move_a_page(name: str) -> None:
    hops, moved = MOVES[name]
    names = ["a", *(to for _, to in hops)]
    scripts = {f"www.paper.test/{here}": redirect(f"/{to}#top", status)
               for here, (status, to) in zip(names, hops, strict=False)}  # fmt: skip
    scripts[f"www.paper.test/{names[-1]}"] = answer("<p>Tide.")
    [page], _, _ = get(scripts, PAGE)
    assert page["moved_to"] == (moved and f"http://www.paper.test/{moved}")
    assert page["final_url"] == f"http://www.paper.test/{names[-1]}"


SCHEMES = {
    "up": (["http", "https"], 1), "stays": (["https", "https"], 1), "down": (["https", "http"], 0),
    "down and up": (["https", "http", "https"], 0), "up and down": (["http", "https", "http"], 1),
}  # fmt: skip


@pytest.mark.parametrize("name", SCHEMES)
def test_no_page_moves_for_good_to_where_anybody_could_move_it_on(name: str) -> None:
    schemes, moves = SCHEMES[name]
    first, *urls = (f"{scheme}://www.paper.test/{place}" for place, scheme in enumerate(schemes))
    trail = Trail(Request(first, "paper"), 0.0, 0.0)
    for here, there in pairwise([first, *urls]):
        trail.redirects.append(here)
        trail.go_on(there, 308)
    assert trail.moved_to == (urls[moves - 1] if moves else None)


def test_nowhere_is_moved_that_may_not_be_asked() -> None:
    [page], _, _ = get({"www.paper.test/a": redirect("http://10.0.0.1/", 301)}, PAGE)
    assert page["failure"] == "address_refused"
    assert page["moved_to"] is None


def test_an_answer_without_a_page_says_nothing_of_its_freshness() -> None:
    feed = Request(PAGE, "paper", "feed", etag='"1"')
    [gone], _, _ = get({"www.paper.test/a": answer("no", 404, cache_control="max-age=90")}, feed)
    assert gone["fresh_for"] is None
    [same], _, _ = get({"www.paper.test/a": answer("", 304, cache_control="max-age=90")}, feed)
    assert same["fresh_for"] == 90.0


MODIFIED = "Mon, 25 Mar 2024 10:00:00 GMT"
CONDITIONAL = {
    "an ETag": (Request(PAGE, "paper", "feed", etag='"1"'), True),
    "a Last-Modified": (Request(PAGE, "paper", "feed", last_modified=MODIFIED), True),
    "neither": (Request(PAGE, "paper", "feed"), False),
    "elsewhere in the end": (Request("http://www.paper.test/moved", "paper", "feed", etag='"1"'), True),
    "moved to where it may not ask": (
        Request("http://www.paper.test/away", "paper", "feed", etag='"1"'),
        True,
    ),
    "forbidden": (Request("http://www.paper.test/b", "paper", "feed", etag='"1"'), None),
    "refused": (Request("http://10.0.0.1/", "paper", "feed", etag='"1"'), None),
    "out of time": (Request(PAGE, "paper", "feed", etag='"1"'), None),
}


@pytest.mark.parametrize("name", CONDITIONAL)
def test_what_was_sent_tells_whether_it_was_conditional(name: str) -> None:
    scripts = {
        "www.paper.test/robots.txt": answer("User-agent: *\nDisallow: /b"),
        "www.paper.test/a": answer("<p>Tide."),
        "www.paper.test/moved": redirect("/a"),
        "www.paper.test/away": redirect("/b"),
    }
    request, told = CONDITIONAL[name]
    [page], web, beside = get(scripts, request, deadline=-1.0 if name == "out of time" else 60.0)
    assert page["conditional"] is told
    assert all(one["conditional"] is False for one in beside)
    sent = [one for one in web.asked if one.path != "/robots.txt"]
    assert {bool({"if-none-match", "if-modified-since"} & one.headers.keys()) for one in sent} <= {told}


@pytest.mark.parametrize(
    ("kind", "size", "failure"),
    [
        ("sitemap", 5_000, None), ("sitemap", 5_001, "too_large"), ("feed", 1_000, None),
        ("feed", 1_001, "too_large"), ("page", 1_001, "too_large"), ("section", 1_001, "too_large"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("packed", [False, True])
def test_a_sitemap_may_be_larger_than_all_else(
    kind: str, size: int, failure: str | None, packed: bool
) -> None:
    body = b"x" * size
    script = answer(gzip.compress(body), content_encoding="gzip") if packed else answer(body)
    limits = replace(QUICK, body=1_000, sitemap=5_000)
    [found], _, _ = get({"www.paper.test/a": script}, Request(PAGE, "paper", kind), limits=limits)
    assert found["failure"] == failure
    assert found["body"] == (None if failure else body)


@pytest.mark.parametrize(("most", "of_sitemaps"), [(16, 50), (17, 50), (60, 60), (15, 15)])
def test_a_bound_that_was_lowered_holds_for_sitemaps_too(most: int, of_sitemaps: int) -> None:
    limits = Limits.of(Settings(max_bytes=most * 2**20))
    assert (limits.of_kind("page"), limits.of_kind("sitemap")) == (most * 2**20, of_sitemaps * 2**20)
    assert limits.of_kind("robots") == Limits().robots


def test_no_user_nor_password_is_sent_or_told() -> None:
    url = "http://me:secret@www.paper.test/a"
    scripts = {
        "www.paper.test/a": redirect(url.replace("/a", "/b"), 301),
        "www.paper.test/b": answer("<p>Tide."),
    }
    found, web, beside = get(scripts, url, "ftp://me:secret@www.paper.test/a")
    assert found[0]["body"] == b"<p>Tide."
    assert found[0]["url"] == PAGE
    assert not [seen for seen in web.asked if "authorization" in seen.headers]
    assert "secret" not in repr((found, beside))
