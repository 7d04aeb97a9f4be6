"""Which feeds, sitemaps and section pages name what was taken down, and which only seem to."""

from __future__ import annotations

import gzip
from html import escape
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dateline.sources import naming
from dateline.sources.naming import is_named
from dateline.text.forgotten import NOTHING, Forgotten
from dateline.text.urls import article_id

HOST = "https://www.gull.example"
PATH = "/2026/03/24/ferry"
QUERY = "/?p=48213"


def gone(*urls: str) -> Forgotten:
    return Forgotten(frozenset(map(article_id, urls)), frozenset(), frozenset(urls))


def row(kind: str, body: bytes | str, **known: Any) -> dict[str, Any]:
    data = body.encode() if isinstance(body, str) else body
    place = {"url": f"{HOST}/{kind}", "final_url": None, "content_type": None}
    return {"input_kind": kind, "body": data, **place, **known}


def rss(link: str, more: str = "") -> str:
    item = f"<item><title>A story</title><link>{link}</link>{more}</item>"
    return f"<rss version='2.0'><channel><title>Gull</title>{item}</channel></rss>"


def sitemap(url: str) -> str:
    return f"<urlset><url><loc>{url}</loc><lastmod>2026-03-24</lastmod></url></urlset>"


def section(link: str, frame: str = "main") -> str:
    return f"<html><body><{frame}><a href='{link}'>The ferry stays</a></{frame}></body></html>"


NAMED = [
    ("an address", PATH, row("feed", rss(HOST + PATH))),
    ("a variant", PATH, row("feed", rss(f"http://m.gull.example{PATH}/amp?utm_source=feed#top"))),
    ("a relative link", PATH, row("feed", rss(PATH))),
    ("no scheme", PATH, row("feed", rss(f"//gull.example{PATH}"))),
    ("relative to where it answered", PATH,
     row("section", section("ferry"), final_url=f"{HOST}/2026/03/24/")),
    ("under a base", PATH, row("section", f"<base href='{HOST}/2026/03/'>" + section("24/ferry"))),
    ("a guid", QUERY, row("feed", rss(f"{HOST}/new-slug", f"<guid>{HOST}{QUERY}</guid>"))),
    ("its identity is in the query", QUERY, row("feed", rss(HOST + QUERY))),
    ("escaped", "/?a=1&b=ferry", row("feed", rss(escape(HOST + "/?b=ferry&a=1")))),
    ("a summary", PATH, row("feed", rss("/other", f"<description>&lt;a href=&quot;{PATH}&quot;&gt;"))),
    ("JSON", PATH, row("feed", '{"items": [{"id": "1", "url": "https:\\/\\/gull.example' + PATH + '"}]}')),
    ("letters of JSON", PATH, row("feed", '{"items": [{"url": "' + HOST + '/2026/03/24/f\\u0065rry"}]}')),
    ("percent", PATH, row("feed", rss(HOST + "/2026/03/24/f%65rry"))),
    ("numbers of XML", PATH, row("feed", rss(HOST + "/2026/03/24/f&#101;rry"))),
    ("a sitemap", PATH, row("sitemap", sitemap(HOST + PATH))),
    ("packed", PATH, row("sitemap", gzip.compress(sitemap(HOST + PATH).encode()))),
    ("two bytes a letter", PATH, row("sitemap", sitemap(HOST + PATH).encode("utf-16"))),
    ("cut short", PATH, row("sitemap", gzip.compress((sitemap(HOST + PATH) + "x" * 99).encode())[:-9])),
    ("lines", PATH, row("sitemap", f"{HOST}/other\n{HOST}{PATH}\n")),
    ("a section", PATH, row("section", section(PATH))),
    ("a section's frame", PATH, row("section", section(PATH, "nav"))),
    ("a script", PATH, row("section", section("/x") + f'<script>{{"url":"{HOST}{PATH}"}}</script>')),
    ("nothing that anybody can read", PATH, row("feed", f"ferries: {HOST}{PATH}, and others")),
    ("other letters", "/fähre", row("feed", rss(HOST + "/" + quote("fähre")))),
    ("letters in two parts", "/fähre", row("feed", rss(HOST + "/fa\u0308hre"))),
]  # fmt: skip

NOT_NAMED = [
    ("a longer slug", PATH, row("feed", rss(HOST + PATH + "-sinks"))),
    ("a page below", PATH, row("feed", rss(HOST + PATH + "/sinks"))),
    ("another day", PATH, row("feed", rss(HOST + "/2026/03/25/ferry"))),
    ("a section of the site", "/news", row("sitemap", sitemap(HOST + "/news/ferry"))),
    ("another query", QUERY, row("feed", rss(HOST + "/?p=482130"))),
    ("another host", PATH, row("feed", rss("https://heron.example" + PATH))),
    ("the word alone", PATH, row("feed", rss("/x", "<description>the ferry /ferry ferry</description>"))),
    ("a longer slug that nobody can read", PATH, row("feed", f"see {HOST}{PATH}-sinks and {HOST}{PATH}/b")),
    ("a page", PATH, row("page", section(PATH))),
    ("no body", PATH, row("feed", b"")),
    ("a front page", "/", row("feed", rss(HOST + "/"))),
    ("bytes", PATH, row("feed", b"\xff\xfe%%%ferry\0")),
]


@pytest.mark.parametrize(("path", "given"), [case[1:] for case in NAMED], ids=[case[0] for case in NAMED])
def test_what_names_it(path: str, given: dict[str, Any]) -> None:
    assert is_named(given, gone(HOST + path))
    assert is_named(given, gone("https://heron.example/other", HOST + path))
    assert not is_named(given, gone("https://heron.example/other"))
    assert not is_named(given, NOTHING)


@pytest.mark.parametrize(
    ("path", "given"), [case[1:] for case in NOT_NAMED], ids=[case[0] for case in NOT_NAMED]
)
def test_what_only_seems_to_name_it(path: str, given: dict[str, Any]) -> None:
    assert not is_named(given, gone(HOST + path))


def test_what_is_too_large_to_be_looked_through_names_what_is_of_its_site(monkeypatch: Any) -> None:
    monkeypatch.setattr(naming, "LONGEST", 1000)
    large = row("sitemap", gzip.compress((sitemap("/x") + " " * 2000).encode()))
    assert is_named(large, gone(HOST + PATH))
    assert not is_named(large, gone("https://heron.example/ferry"))


SPELLINGS = st.sampled_from([
    str, quote, escape, lambda text: "".join(f"&#{ord(char)};" for char in text),
    lambda text: "".join(f"%{byte:02X}" for byte in text.encode()), lambda text: text + "?utm_medium=rss",
])  # fmt: skip
SLUGS = st.text("abcéü漢字-_0123456789", min_size=1, max_size=12).filter(lambda slug: slug.strip("-_"))


@given(slug=SLUGS, spelled=SPELLINGS, packed=st.booleans())
@example("éé", str, False)
def test_however_it_is_spelled(slug: str, spelled: Any, packed: bool) -> None:
    body = rss(f"{HOST}/news/{spelled(slug)}").encode()
    body = gzip.compress(body) if packed else body
    assert is_named(row("feed", body), gone(f"{HOST}/news/{slug}"))


@given(kind=st.sampled_from(naming.LEADING), body=st.binary(max_size=300), more=st.text(max_size=60))
def test_no_body_breaks_it(kind: str, body: bytes, more: str) -> None:
    text = more.encode("utf-8", "replace")
    assert is_named(row(kind, text + b" //gull.example/ferry " + body), gone(HOST + "/ferry")) in (
        True,
        False,
    )
