"""The client against a web that misbehaves: each fault is one word of the vocabulary, in bounded time."""

from __future__ import annotations

import gzip
import time
import zlib

import brotli
import pytest
from backports import zstd

from dateline.edges.http import Client, Request
from dateline.errors import UsageError
from dateline.settings import Settings
from scripted_client import NOON, PAGE, get
from scripted_web import SITE_FILES, Script, answer, cut, endless, redirect


def test_a_page_comes_with_all_that_was_said_of_it() -> None:
    script = answer("<p>Tide.", etag='"1"', last_modified="Mon, 25 Mar 2024 10:00:00 GMT")
    [page], web, [robots, *_] = get({"www.paper.test/a": script}, PAGE, contact="desk@example.org")
    assert page["failure"] is None
    assert page["status"] == 200
    assert page["body"] == b"<p>Tide."
    assert page["etag"] == '"1"'
    assert page["last_modified"] == "Mon, 25 Mar 2024 10:00:00 GMT"
    assert page["content_type"] == "text/html; charset=utf-8"
    assert page["final_url"] == PAGE
    assert page["redirects"] == []
    assert page["captured"] == NOON.now()
    assert robots["input_kind"] == "robots"
    assert robots["source"] == "paper"
    assert robots["status"] == 404
    assert web.asked[-1].headers["user-agent"].endswith(" (+desk@example.org)")
    assert "cookie" not in web.asked[-1].headers


BOMB = gzip.compress(b"\0" * 5_000_000)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
TWICE = answer(gzip.compress(gzip.compress(b"<p>Tide.")), content_encoding="gzip\r\nContent-Encoding: gzip")

FAULTS: dict[str, tuple[Script, str]] = {
    "says nothing": (endless(b"", b"", 0.05), "timeout"),
    "drips for ever": (endless(CHUNKED, b"1\r\nx\r\n", 0.05), "timeout"),
    "drips its head": (endless(b"HTTP/1.1 200 OK\r\n", b"X", 0.05), "timeout"),
    "never ends": (endless(CHUNKED, b"1000\r\n" + b"x" * 4096 + b"\r\n"), "too_large"),
    "declares too much": (HEAD + b"Content-Length: 999999999\r\n\r\n", "too_large"),
    "gzip bomb": (answer(BOMB, content_encoding="gzip"), "too_large"),
    "deflate bomb": (answer(zlib.compress(b"a" * 5_000_000), content_encoding="deflate"), "too_large"),
    "brotli bomb": (answer(brotli.compress(b"a" * 5_000_000), content_encoding="br"), "too_large"),
    "zstd bomb": (answer(zstd.compress(b"a" * 5_000_000), content_encoding="zstd"), "too_large"),
    "nothing, packed for ever": (answer(gzip.compress(b"") * 2_000, content_encoding="gzip"), "bad_response"),
    "cut gzip": (answer(gzip.compress(b"Tide.")[:20], content_encoding="gzip"), "bad_response"),
    "no gzip at all": (answer(b"<p>plain", content_encoding="gzip"), "bad_response"),
    "unknown coding": (answer(b"<p>plain", content_encoding="rot13"), "bad_response"),
    "double coding": (answer(gzip.compress(b"x"), content_encoding="gzip, gzip"), "bad_response"),
    "double coding in two lines": (TWICE, "bad_response"),
    "packed on the way": (
        HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
        "bad_response",
    ),
    "packed on the way, in two lines": (CHUNKED[:-2] + b"Transfer-Encoding: gzip\r\n\r\n", "bad_response"),
    "half a page": (answer("<p>Half", 206, content_range="bytes 0-6/99"), "bad_response"),
    "a page to come": (answer("<script>prove()</script>", 202), "bad_response"),
    "huge header": (answer(b"x", x_policy="y" * 9_000), "bad_response"),
    "large head": (answer(b"x", **{f"x_{number}": "y" * 1_000 for number in range(9)}), "bad_response"),
    "large head in pieces": (endless(b"HTTP/1.1 200 OK\r\n", b"X: " + b"y" * 500 + b"\r\n"), "bad_response"),
    "heads for ever": (endless(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"), "bad_response"),
    "many headers": (answer(b"x", **{f"x_{number}": "y" for number in range(90)}), "bad_response"),
    "endless header": (endless(b"HTTP/1.1 200 OK\r\nX: ", b"y" * 4096), "bad_response"),
    "bad status line": (cut(b"HELLO THERE\r\n\r\n"), "bad_response"),
    "bad status": (cut(b"HTTP/1.1 two OK\r\n\r\n"), "bad_response"),
    "other protocol": (cut(b"220 smtp.paper.test ESMTP\r\n"), "bad_response"),
    "bad chunk": (cut(CHUNKED + b"zz\r\nx\r\n"), "bad_response"),
    "bad length": (cut(HEAD + b"Content-Length: -5\r\n\r\nx"), "bad_response"),
    "cut at once": (cut(b""), "connection_failed"),
    "cut in the head": (cut(b"HTTP/1.1 200 OK\r\nContent-"), "connection_failed"),
    "cut in the body": (cut(HEAD + b"Content-Length: 100\r\n\r\nhalf"), "connection_failed"),
    "cut in a chunk": (cut(CHUNKED + b"10\r\nhalf"), "connection_failed"),
    "promises more than it sends": (HEAD + b"Content-Length: 100\r\n\r\nhalf", "timeout"),
    "empty": (answer(b""), "empty"),
    "no content": (answer(b"", 204), "empty"),
    "not found": (answer(b"gone", 404), "http_error"),
    "broken": (answer(b"sorry", 500), "http_error"),
    "a film": (answer(b"\0", content_type="video/mp4"), "binary"),
    "304 for nothing": (answer(b"", 304), "bad_response"),
    "redirect to nowhere": (answer(b"", 302), "bad_response"),
    "redirect to itself": (redirect("/a"), "too_many_redirects"),
    "redirect to a file": (redirect("file:///etc/hosts"), "address_refused"),
    "redirect to a script": (redirect("javascript:alert(1)"), "address_refused"),
    "redirect to loopback": (redirect("http://127.0.0.1/admin"), "address_refused"),
    "redirect to metadata": (redirect("http://169.254.169.254/latest/"), "address_refused"),
    "redirect to a number": (redirect("http://2130706433/"), "address_refused"),
    "redirect to rubbish": (redirect("http://[::1"), "address_refused"),
}


@pytest.mark.parametrize(
    "coding", ["none", "utf-8", "UTF8, identity", "", "\r\nContent-Encoding: none", "ISO-8859-1"]
)
def test_what_is_no_compression_is_none(coding: str) -> None:
    script = (
        b"HTTP/1.1 203 OK\r\nContent-Encoding: " + coding.encode() + b"\r\nContent-Length: 8\r\n\r\n<p>Tide."
    )
    [page], _, _ = get({"www.paper.test/a": script}, PAGE)
    assert page["body"] == b"<p>Tide."


def test_a_compression_is_known_beside_words_that_are_none() -> None:
    script = answer(gzip.compress(b"<p>Tide."), content_encoding="utf-8\r\nContent-Encoding: GZIP")
    [page], _, _ = get({"www.paper.test/a": script}, PAGE)
    assert page["body"] == b"<p>Tide."


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_one_word_in_bounded_time(name: str) -> None:
    script, failure = FAULTS[name]
    scripts = {"www.paper.test/a": script, "www.paper.test/b": answer("<p>Still well.")}
    begun = time.monotonic()
    [fault, next_page], _, _ = get(scripts, PAGE, "http://www.paper.test/b")
    assert time.monotonic() - begun < 5.0
    assert fault["failure"] == failure, fault["detail"]
    assert fault["body"] is None
    assert fault["detail"]
    assert next_page["body"] == b"<p>Still well."


def test_a_length_that_is_too_short_hurts_no_later_page() -> None:
    scripts = {
        "www.paper.test/a": HEAD + b"Content-Length: 4\r\n\r\nfour and then more",
        "www.paper.test/b": answer("<p>Well."),
    }
    [short, well], _, _ = get(scripts, PAGE, "http://www.paper.test/b")
    assert short["failure"] == "bad_response"  # a whole body can't be told from a torn one
    assert well["body"] == b"<p>Well."


def test_headers_in_any_bytes_become_text() -> None:
    script = answer(b"x", content_type="text/html; charset=\udcff\udcfe", etag='"\udce9"')
    [page], _, _ = get({"www.paper.test/a": script}, PAGE)
    assert page["failure"] is None
    assert page["content_type"].startswith("text/html; charset=")
    assert page["etag"] is None  # could not be sent back as it came


def test_redirects_are_followed_across_hosts_and_each_asks_its_robots() -> None:
    scripts = {
        "www.paper.test/a": redirect("//news.other.test/b?x=1", 301),
        "news.other.test/b?x=1": redirect("c", 307),
        "news.other.test/c": answer("<p>There."),
        "news.other.test/robots.txt": answer("User-agent: *\nDisallow: /private/"),
    }
    [page], _, beside = get(scripts, PAGE)
    assert page["body"] == b"<p>There."
    assert page["redirects"] == [PAGE, "http://news.other.test/b?x=1"]
    assert page["final_url"] == "http://news.other.test/c"
    assert page["url"] == PAGE
    assert [exchange["url"] for exchange in beside] == [
        f"http://{host}{path}" for host in ("www.paper.test", "news.other.test") for path in SITE_FILES
    ]


def test_credentials_in_a_redirect_are_not_sent() -> None:
    scripts = {
        "www.paper.test/a": redirect("http://me:secret@www.paper.test/b"),
        "www.paper.test/b": answer("x"),
    }
    [page], web, _ = get(scripts, PAGE)
    assert page["final_url"] == "http://www.paper.test/b"
    assert "authorization" not in web.asked[-1].headers


@pytest.mark.parametrize(
    "contact",
    [
        "desk@example.org",
        " mailto:news+bot@mail.example.co.uk ",
        "https://example.org",
        "http://example.org:81/b?c=d",
    ],
)
def test_a_contact_is_told_to_whom_we_ask(contact: str) -> None:
    _, web, _ = get({"www.paper.test/a": answer("x")}, PAGE, contact=contact)
    assert web.asked[0].headers["user-agent"].endswith(f" (+{contact.strip()})")


def test_one_connection_serves_a_host() -> None:
    scripts = {
        **{f"www.paper.test{path}": answer("#") for path in SITE_FILES},
        "www.paper.test/a": answer("<p>Tide."),
        "www.paper.test/b": answer(b"", 304),
    }
    feed = Request("http://www.paper.test/b", "paper", "feed", etag='"1"')
    _, web, _ = get(scripts, PAGE, feed, PAGE)
    assert len(web.asked) == 6
    assert web.connections == 1


NO_CONTACTS = [
    "x", "a\r\nX: y", "p\u00e9rez@example.org", "example.org", "desk at example.org", "desk@localhost",
    "@example.org", "ftp://example.org", "https://", "https://example.org/a) (b",
    "https://example.org/\\", "desk@127.0.0.1", "a@b@c.org",
]  # fmt: skip


@pytest.mark.parametrize(
    "settings",
    [
        *({"contact": contact} for contact in NO_CONTACTS),
        {"connect_to": "a=b"},
        {"connect_to": "a=1.2.3.4:0"},
    ],
)
def test_settings_that_make_no_sense_are_one_sentence(settings: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        Client(Settings(**settings), NOON)
