"""What inputs for the fuzzer are made of: proper ones to spoil, and words of each language to mix."""

from __future__ import annotations

XML = (
    b"<?xml version='1.0' encoding='utf-8'?>", b"<!DOCTYPE a [<!ENTITY q '&q;&q;'>]>", b"&q;", b"&#0;",
    b"&#x110000;", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<item>", b"</item>", b"<link>", b"</link>",
    b"<title>", b"</title>", b"<a:b xmlns:a='c'>", b"<entry>", b"<url>", b"<loc>http://fuzz.test/a</loc>",
    b"<sitemap>", b"</sitemap>", b"\xff\xfe", b"\xef\xbb\xbf", b"\0", b"\xed\xa0\x80",
    b"text/xml; charset=utf-16\n", b"x; charset=utf-7\n", b"<ttl>9e999</ttl>", b"<ttl>-1</ttl>",
    b"<hour>25</hour>", b"<guid>", b"</guid>", b"http://[::1", b"<b>" * 300,
    b"<lastmod>99999-99-99</lastmod>", b"<lastmod>0000-00-00T99:99</lastmod>", b"<news:title>",
    b"<pubDate>", b"Mon, 99 Foo 9999999999 25:61:61 +9999", b"1e400", b'{"items": [',
    b'{"version": "https://jsonfeed.org/version/1"', b"[" * 200, b"null", b"NaN", b"9" * 400, b'"\\ud800"',
    b"\x1f\x8b\x08\0", b"urn:x", b"<rdf:RDF>", b"<channel>",
)  # fmt: skip
SITEMAP = (
    b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/'
    b'sitemap-news/0.9"><url><loc>http://fuzz.test/a</loc><lastmod>2026-03-24</lastmod><news:news><news:title>Q'
    b"</news:title><news:publication_date>2026-03-24T09:30:00Z</news:publication_date><news:keywords>a, b"
    b"</news:keywords></news:news></url></urlset>"
)
JSON_FEED = (
    b'{"version": "https://jsonfeed.org/version/1.1", "title": "Q", "items": [{"id": "1", "url": '
    b'"http://fuzz.test/a", "title": "A", "date_published": "2026-03-24T09:30:00+01:00", '
    b'"authors": [{"name": "B"}]}]}'
)
ATOM = (
    b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Q</title><entry><id>1</id><title>A</title>'
    b'<link href="a"/><updated>2026-03-24T09:30:00Z</updated></entry></feed>'
)
ROBOTS = (
    b"User-agent: *\n", b"User-agent: dateline\n", b"user-agent:dateline/2 *\r", b"Disallow: /a\n",
    b"Allow: /\n", b"Disallow: /*a*b*c$\n", b"Disallow: " + b"*a" * 200 + b"$\n", b"Crawl-delay: 1e999\n",
    b"Crawl-delay: nan\n", b"Crawl-delay: -3\n", b"Sitemap: http://[::1\n",
    b"Content-Signal: ai-train=no, search=yes\n", b"%", b"%2", b"%zz", b"%c3%28", b"\0", b"\xef\xbb\xbf",
    b"#", b"/a?b$", b"http://[x", b"a" * 300, b"*" * 300, b"\xff", b"\r", b"\x0b", b"User-agent: GPTBot\n",
    b"DisallowAITraining: /\n",
)  # fmt: skip
FILES = (
    b'[{"location": "/a", "tdm-reservation": 1, "tdm-policy": "http://fuzz.test/p"}]', b"[" * 300, b"{",
    b"1e999", b'"tdm-reservation":', b"null", b"9" * 500, b'"\\ud800"', b"User-Agent: *\nDisallow: *.txt\n",
    b"/**/*" * 50, b"\0", b"location", b",", b"]", b"}", b"NaN", b"\xff",
)  # fmt: skip
HEADERS = (
    b"120", b"Wed, 25 Mar 2026 06:00:05 GMT", b"Wed, 25 Mar 99999 06:00:05 GMT", b"-1", b"1e9", b"9" * 400,
    b"max-age=", b"s-maxage=9", b"no-store", b",", b'"', b"=", b"noindex", b"noai, noarchive",
    b"googlebot: none", b"unavailable_after: ", b"25 Jun 2010 15:00:00 PST", b"text/html; charset=",
    b"utf-8", b"idna", b"base64", b"\n", b"\r", b"\0", b"\xff", b"\xed\xa0\x80", b"+9999", b"-2400",
    b"0 0 0 0:0", b"((((", b"ai-train=no", b"W/\"a\"", b" " * 300, b"1, 2",
)  # fmt: skip
URLS = (
    b"http://", b"https://", b"//", b"fuzz.test", b"/a/b", b"?", b"utm_source=a", b"&", b"=", b"#", b"%",
    b"%zz", b"%C3%BC", b"\xc3\xbc", b"xn--", b"xn--a.test", b"..", b"/../", b":80", b":99999", b"@",
    b"[::1]", b"[", b"]", b"0x7f.1", b"127.1", b"\\", b" ", b"\t", b"\n", b"\0", b"\xed\xa0\x80",
    b"javascript:", b"data:", b"amp", b"m.", b"a" * 300, b".", b"\xe3\x80\x82", b"\xc7\x85",
    b"\xef\xbc\x8f", b";", b"v1:",
)  # fmt: skip
TEXT = b"Boats of the quay. " * 200
REPEATED_MARKUP = (
    b" a%d='q'", b" a%d", b" xmlns:q%d='u'", b"<q%d:a xmlns:q%d='u%d'/>", b"<a>", b"<b><a></b>", b"<a/>",
    b"</a>", b"<p>", b"<div>", b"<item><title>%d</title></item>", b"<category>%d</category>",
    b"<url><loc>/%d</loc></url>", b"<!--", b"<![CDATA[", b"&#39;", b"'", b'"', b"<a b='", b"[", b'{"a":',
    b"<author>a%d@b ", b"<a href=/2026/quay-of-a-town-%d>q",
)  # fmt: skip
"""To stand in an input very often, with a number for `%d`."""
REPEATED_LINES = (
    b"User-agent: q%d\n", b"Disallow: /%d*a\n", b"Allow: /*%d$\n", b"Sitemap: /%d\n",
    b"Content-Signal: a%d=no\n", b"\n", b"\r", b"*", b"%%%d",
)  # fmt: skip
REPEATED_VALUES = (b"a%d=b, ", b"a%d: noindex, ", b'"', b"(", b'W/"%d", ', b";q=%d", b" ", b",")
