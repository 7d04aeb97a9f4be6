"""How a URL is spelled on the wire, and where a Location leads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.edges.http.spelling import joined, spelled
from scripted_client import PAGE, get
from scripted_web import answer

HOST = "http://paper.example"
SPELLED = {
    "": "/",
    "/a?b=c#d": "/a?b=c",
    "/sig%3D%27x%2Fy%2fz": "/sig%3D%27x%2Fy%2fz",
    "/a%41%7e": "/a%41%7e",
    "/it's(not)*all!;v=1,2:3@4+5&$": "/it's(not)*all!;v=1,2:3@4+5&$",
    "?q=a+b%2Bc%20d&e=%26%3D": "/?q=a+b%2Bc%20d&e=%26%3D",
    "/caf\u00e9/\u6f6e?\u00e9": "/caf%C3%A9/%E6%BD%AE?%C3%A9",
    "/caf\udce9": "/caf%E9",
    '/a b|c[d]{e}"f"<g>^`\\': "/a%20b%7Cc%5Bd%5D%7Be%7D%22f%22%3Cg%3E%5E%60%5C",
    "/100%-safe": "/100%-safe",
    "/a\n\t/b\r\n": "/a/b",
    "/a\x00\x7f": "/a%00%7F",
    "/a/../b/./c/%2e%2E/d": "/b/d",
    "/../../a": "/a",
    "/a/..": "/",
    "/a/.": "/a/",
    "/a..b/.c/...": "/a..b/.c/...",
    "/a//b/?c/../d": "/a//b/?c/../d",
    "/a%2F..%2Fb": "/a%2F..%2Fb",
}
ORIGINS = {
    "HTTP://Paper.Example": "http://paper.example/",
    "http://paper.example.": "http://paper.example/",
    "http://paper.example.:80": "http://paper.example/",
    "https://paper.example:443": "https://paper.example/",
    "https://paper.example:80": "https://paper.example:80/",
    "http://me:secret@paper.example:81": "http://paper.example:81/",
    "http://a@b@paper.example": "http://paper.example/",
    "http://fa\u00df.example": "http://xn--fa-hia.example/",
    "http://\u0915\u094d\u200d.example:81": "http://xn--11b6iy14e.example:81/",
    "http://[2606:2800::1]:81": "http://[2606:2800::1]:81/",
    "http://paper\n.example": "http://paper.example/",
}
JOINED = {
    "/b": "/b", "b": "/a/b", "b/": "/a/b/", "?c": "/a/?c", "": "/a/?q", "#c": "/a/?q", "../b": "/b",
    " /b\t ": "/b",
    "//paper.example/c": "/c", "http://paper.example/d ": "/d", "./b:c": "/a/b:c",
    "/b?u=http://c/../d": "/b?u=http://c/../d",
}  # fmt: skip


@pytest.mark.parametrize("text", SPELLED)
def test_what_no_url_may_hold_is_encoded_and_nothing_else_is_changed(text: str) -> None:
    assert str(spelled(HOST + text)) == HOST + SPELLED[text]


@pytest.mark.parametrize("text", ORIGINS)
def test_one_origin_has_one_spelling(text: str) -> None:
    assert str(spelled(text)) == ORIGINS[text]


@pytest.mark.parametrize("location", JOINED)
def test_where_a_reference_leads(location: str) -> None:
    assert str(spelled(joined(f"{HOST}/a/?q", location))) == HOST + JOINED[location]


@given(st.text(max_size=40), st.text(max_size=20))
def test_a_spelling_is_ascii_and_its_own_spelling(path: str, query: str) -> None:
    try:
        url = spelled(f"{HOST}/{path}?{query}")
    except ValueError:  # a surrogate that no bytes stand behind
        return
    assert url is not None
    assert str(url).isascii()
    assert str(url).isprintable()
    assert " " not in str(url)
    assert spelled(str(url)) == url
    assert joined(str(url), str(url)) == str(url)


LOCATIONS = {
    "trailing blanks": b"/b \t ",
    "bytes of Latin-1": b"/caf\xe9",
    "UTF-8": "/caf\u00e9".encode(),
    "reserved characters, encoded": b"/sig%3D%27x?u=%26",
}


@pytest.mark.parametrize("name", LOCATIONS)
def test_a_redirect_leads_where_it_says(name: str) -> None:
    head = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + LOCATIONS[name] + b"\r\n\r\n"
    there = [f"www.paper.test{path}" for path in ("/b", "/caf%E9", "/caf%C3%A9", "/sig%3D%27x?u=%26")]
    [page], web, _ = get({"www.paper.test/a": head, **dict.fromkeys(there, answer("<p>Tide."))}, PAGE)
    assert page["body"] == b"<p>Tide."
    assert web.urls()[1] == there[list(LOCATIONS).index(name)]


@pytest.mark.parametrize("blank", [b"", b" "])
def test_a_redirect_to_nowhere_is_a_bad_response(blank: bytes) -> None:
    [page], web, _ = get({"www.paper.test/a": b"HTTP/1.1 302 Found\r\nLocation:" + blank + b"\r\n\r\n"}, PAGE)
    assert page["failure"] == "bad_response"
    assert len(web.urls()) == 1


def test_a_host_with_a_dot_behind_it_is_asked_for_its_rules_once() -> None:
    scripts = {f"www.paper.test/{name}": answer("<p>Tide.") for name in "ab"}
    found, web, _ = get(scripts, PAGE, "http://www.paper.test.:80/b")
    assert [page["failure"] for page in found] == [None, None]
    assert web.urls(robots=True).count("www.paper.test/robots.txt") == 1
