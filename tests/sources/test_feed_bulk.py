"""Feeds of more markup than any real one: refused before they cost anything, and real ones are not."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from dateline.sources.feed_bulk import DEEPEST, LONGEST_TAG, MOST_ATTRIBUTES, MOST_PREFIXES, MOST_TAGS, excess
from dateline.sources.feeds import read

ITEM = b"<item><title>Quay</title><link>http://quay.test/a</link></item>"
N = 60_000


def wrapped(inside: bytes, end: bytes = b"</channel></rss>") -> bytes:
    return b"<rss><channel>" + ITEM + inside + end


def attributes(count: int, form: bytes = b' a%d="q"') -> bytes:
    return b"".join(form % number for number in range(count))


HOSTILE = {
    "attributes": (wrapped(b"<a" + attributes(N) + b"/>"), "attributes"),
    "attributes in broken XML": (wrapped(b"<a" + attributes(N) + b"/>", b"</q>"), "attributes"),
    "attributes with odd blanks": (wrapped(b"<a" + attributes(N, b"\n\ta%d \r= 'q>'") + b">"), "attributes"),
    "attributes of a type": (
        b"<!-- --><!DOCTYPE rss [<!ATTLIST rss" + attributes(N, b' a%d CDATA "q"') + b">]>" + wrapped(b""),
        "of its own",
    ),
    "attributes in an entity": (
        b"<!-- --><!DOCTYPE rss [<!ENTITY  e '&#x3C;a" + attributes(N) + b"/>'>]>" + wrapped(b"&e;"),
        "of its own",
    ),
    "depth": (wrapped(b"<a>" * N + b"</a>" * N), "deeper"),
    "depth without an end": (wrapped(b"<a>" * N), "deeper"),
    "depth between quotes": (wrapped(b"<x '><![CDATA['>" + b"<a>" * N), "deeper"),
    "depth behind a comment's odd end": (wrapped(b"<!-- -- >" + b"<a>" * N), "deeper"),
    "left open": (wrapped(b"<p>" * N), "deeper"),
    "tags": (wrapped(b"<a/>" * (MOST_TAGS // 2 + 1)), "tags"),
    "namespaces": (
        wrapped(b"".join(b"<q%d:a xmlns:q%d='u%d'/>" % (n, n, n) for n in range(N))),
        "namespaces",
    ),
    "a long tag": (wrapped(b"<a " + b"q" * N * 20 + b">", b"</q>"), "bytes"),
    "a long tag between quotes": (wrapped(b"<a &#39;>&#39; " + b"q" * N * 20 + b">", b"</q>"), "bytes"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_feeds_are_refused_in_no_time(name: str) -> None:
    body, word = HOSTILE[name]
    began = time.process_time()
    feed = read(body)
    assert time.process_time() - began < 1
    assert not feed.entries
    assert word in feed.warnings[0]


def test_refusing_takes_no_memory() -> None:
    body = wrapped(b"<a " + b"q" * 3_000_000 + b">", b"</q>")
    tracemalloc.start()
    excess(body)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5 * len(body)


REAL = {
    "attributes": b"<a" + attributes(MOST_ATTRIBUTES) + b"/>",
    "depth": b"<a>" * (DEEPEST - 2) + b"</a>" * (DEEPEST - 2),
    "breaks": b"<description>" + b"<br>quay<br/><p>" * 2_000 + b"</description>",
    "breaks in many entries": (b"<item><description><p>q<br>" + b"</description></item>") * 4_000,
    "the same element over and over": b"<a>q</a>" * 10_000,
    "empty elements": b'<media:content url="a > b" />' * 10_000,
    "markup in CDATA": b"<description><![CDATA[" + b"<div>" * 10_000 + b"]]></description>",
    "escaped markup": b"<description>" + b'&lt;a href="b" c="d"&gt;' * 10_000 + b"</description>",
    "a picture in a tag": b"<img src='data:image/png;base64," + b"q" * 2 * LONGEST_TAG + b"'/>",
    "a namespace over and over": b"<b:a xmlns:b='c'>q</b:a>" * 10_000,
    "namespaces": b"".join(b"<a xmlns:q%d='c'/>" % number for number in range(MOST_PREFIXES)),
}


@pytest.mark.parametrize("end", [b"</channel></rss>", b"</q>"], ids=["proper", "broken"])
@pytest.mark.parametrize("name", REAL)
def test_what_feeds_do_is_read(name: str, end: bytes) -> None:
    feed = read(wrapped(REAL[name], end))
    assert feed.entries
    assert feed.entries[0].title == "Quay"


def test_entities_for_single_letters_are_no_markup() -> None:
    entities = b"<!DOCTYPE rss [<!ENTITY lt '&#38;#60;'><!ENTITY less \"&#60;\"><!ENTITY nbsp '&#160;'>]>"
    assert read(entities + wrapped(b"")).entries


def test_a_second_declaration_changes_no_letter() -> None:
    body = b"<?xml version='1.0'?><?xml version='1.0' encoding='utf-7'?>" + wrapped(
        b"+ADw-item+AD4APA-title+AD4-hidden+ADw-/title+AD4APA-/item+AD4-"
    )
    assert len(read(body).entries) == 1
