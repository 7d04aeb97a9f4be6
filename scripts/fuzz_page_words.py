"""What pages for the fuzzer are spoilt with: scraps of markup, dates and bylines."""

from __future__ import annotations

import random

WORDS = (
    b"<!doctype html>", b"<html>", b"</html>", b"<head>", b"<body>", b"</body>", b"<title>", b"<h1>",
    b"</h1>", b"<article>", b"<p>", b"</p>", b"<div class=byline>By Anna Quay",
    b"<time datetime='2026-03-24'>", b"<span class=date>", b"<table><tr>", b"<td>", b"<ul><li>",
    b"<a rel=author href=/a>", b"<script type=application/ld+json>", b"</script>", b"<!--", b"-->",
    b"<![CDATA[", b"<style>", b"<noscript>", b"<template>", b"<svg><title>", b"<math><mi>",
    b"<select><option>", b"<plaintext>", b"<textarea>", b"<iframe srcdoc='<p>'>", b"<base href='//['>",
    b"<meta charset=utf-7>", b"<meta name=author content='",
    b"<meta property=article:published_time content='", b"<link rel=canonical href='http://[::1'>",
    b"<xml:a b:c='d'>", b"<p itemprop=datePublished content=", b"itemscope itemprop='author name'",
    b"99999-99-99T99:99:99+99:99", b"-1", b"1e400", b"0000-00-00", b"253402300800", b"2026-02-30",
    b"24 Mar 2026 25:61 XST", b"9" * 400, b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"&#0;", b"&#xd800;",
    b"&#x110000;", b"&nbsp;", b"&lt;p&gt;", b"&", b"<", b">", b'"', b"'", b"=", b"{", b"}", b'"@type":',
    b'"Article"', b'"author":', b"null", b"[", b"]", b",", b"\xe2\x80\x8b", b"\xe2\x80\xae",
    b"\xcc\x81" * 50, b"a" * 300,
)  # fmt: skip
REPEATED = (
    b" a%d='q'", b" data-%d", b"<p>", b"<div>", b"<b>", b"<td>", b"<table>",
    b"<p>Boats %d lay at the quay.</p>", b"</div>", b"<h1>Harbour %d</h1>",
    b"<a href=/%d>Ferry %d</a>".replace(b"%d</a>", b"moves</a>"), b"<meta name=author content=A%d>",
    b"<meta property=og:title content='Quay %d'>", b"<time>2026-03-%d</time>",
    b"<span class=byline>By Anna Q%d</span>", b"<span class=date>24 Mar %d</span>",
    b"<span itemprop=author>Ben L%d</span>",
    b'<script type="application/ld+json">{"@type":' b'"Article","headline":"%d"}</script>',
    b'{"@type":"Article","author":', b"[", b'{"a":', b"&#39;", b"&amp;", b"<!--", b"<br>", b" | ",
    b" - Greywater", b"Anna Quay and ", b", ", b"(", b"By ", b" \n", b"\xc2\xa0", b"- ", b"2026-03-",
    b"1", b"<svg>", b"<li>", b"<select>", b"<form>", b"<font>", b"<iframe>", b"<script>",
)  # fmt: skip

_NAMES = (
    "Anna Quay", "Ben Lamp", "C. D. Crane", "Eva van der Pier", "greywater desk", "by by by", "A" * 200,
)  # fmt: skip
_DATES = (
    "2026-03-24T23:30:00-05:00", "March 24, 2026 11:30 PM EST", "24/03/26", "24. März 2026, 23.30 Uhr",
    "2 hours ago", "yesterday", "1774416600000", "2026年3月24日", "24 Μαρτίου 2026",
    "Tue, 31 Feb 2026 25:61:00 +9999", "9" * 60, "3/24", "Updated 24 Mar 2026",
)  # fmt: skip
_HOLDERS = (
    "<p class='byline author'>By {name} | {date}</p>", "<time datetime='{date}'>{date}</time>",
    "<span class=date>{date}</span>", "<meta name=author content='{name}'>",
    "<meta property='article:published_time' content='{date}'>",
    "<span itemprop='author'>{name}, {name} and {name}</span>", "<a rel=author>{name}</a>",
    "<h1>{name} {date}</h1>", "<p>{date}</p>",
    "<script type='application/ld+json'>{{\"@type\": \"Article\", \"datePublished\": \"{date}\", \"author\": "
    "\"{name}\"}}</script>",
)  # fmt: skip


def dates_and_bylines(chance: random.Random, count: int) -> bytes:
    """So many elements with dates and names, of one kind or of all."""
    holders = chance.choice((_HOLDERS, (chance.choice(_HOLDERS),)))
    parts = (
        chance.choice(holders).format(name=chance.choice(_NAMES), date=chance.choice(_DATES))
        for _ in range(count)
    )
    return "".join(parts).encode()
