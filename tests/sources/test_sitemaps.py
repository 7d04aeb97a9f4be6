"""Sitemaps: what each form tells, how much of a broken one is kept, and that no hostile one holds us up."""

from __future__ import annotations

import gzip
import json
import time
import tracemalloc

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.contracts.shared import LEAD_TYPE
from dateline.sources.sitemaps import LONGEST, MOST_ENTRIES, Sitemap, lead, read

URL = "https://harbour.example/sitemap.xml"

NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<!-- made nightly -->
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:video="http://www.google.com/schemas/sitemap-video/1.1">
 <url>
  <image:loc>https://cdn.harbour.example/stray.jpg</image:loc>
  <loc> https://harbour.example/ferry?a=1&amp;b=2 </loc><lastmod>2024-03-25T11:00:00+01:00</lastmod>
  <image:image><image:loc>https://cdn.harbour.example/ferry.jpg</image:loc>
   <image:title>A boat</image:title></image:image>
  <video:video><video:title>Moving boat</video:title>
   <video:publication_date>2019-01-01</video:publication_date></video:video>
  <news:news><news:publication><news:name>Harbour Courier</news:name><news:language>en</news:language>
   </news:publication><news:publication_date>2024-03-25T10:30:00+01:00</news:publication_date>
   <news:title><![CDATA[Ferry & crew <return>]]></news:title>
   <news:keywords>sea, Port&#32;Ness,, sea</news:keywords></news:news>
 </url>
 <url><loc>https://harbour.example/second</loc><lastmod>soon</lastmod></url>
</urlset>"""

INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://harbour.example/news.xml</loc><lastmod>2024-03-25</lastmod></sitemap>
<sitemap><loc>/old.xml.gz</loc></sitemap></sitemapindex>"""


def _read(text: str | bytes) -> Sitemap:
    return read(text.encode() if isinstance(text, str) else text, url=URL)


def test_a_news_sitemap_keeps_its_facts_and_leaves_pictures_alone() -> None:
    found = _read(NEWS)
    first, second = found.entries
    assert first.url == "https://harbour.example/ferry?a=1&b=2"
    assert first.published is not None
    assert first.lastmod is not None
    assert (first.published.iso, first.lastmod.iso) == (
        "2024-03-25T10:30:00+01:00",
        "2024-03-25T11:00:00+01:00",
    )
    assert (first.title, first.language, first.publication) == (
        "Ferry & crew <return>", "en", "Harbour Courier",
    )  # fmt: skip
    assert first.keywords == ("sea", "Port Ness")
    assert (second.url, second.lastmod, second.lastmod_raw) == (
        "https://harbour.example/second", None, "soon",
    )  # fmt: skip
    assert (found.children, found.warnings) == ((), ())


def test_an_index_names_its_sitemaps() -> None:
    found = _read(INDEX)
    assert [child.url for child in found.children] == [
        "https://harbour.example/news.xml", "https://harbour.example/old.xml.gz",
    ]  # fmt: skip
    assert found.children[0].lastmod is not None
    assert found.children[0].lastmod.iso == "2024-03-25"
    assert (found.children[1].lastmod, found.entries, found.warnings) == (None, (), ())


@pytest.mark.parametrize("text", [NEWS, INDEX])
@pytest.mark.parametrize("form", ["gzip", "prefixes", "capitals", "utf-16", "no namespaces"])
def test_a_sitemap_in_other_clothes_says_the_same(text: str, form: str) -> None:
    plain = _read(text)
    other: str | bytes = text
    if form == "gzip":
        other = gzip.compress(text.encode())
    elif form == "prefixes":
        for name in ("urlset", "url", "loc", "lastmod", "sitemapindex", "sitemap"):
            other = str(other).replace(f"<{name}", f"<ns0:{name}").replace(f"</{name}", f"</ns0:{name}")
        other = str(other).replace("news:", "n:").replace("image:", "i:")
    elif form == "capitals":
        other = text.replace("<loc>", "<LOC>").replace("</loc>", "</LOC>").replace("url>", "URL>")
    elif form == "utf-16":
        other = text.replace("UTF-8", "UTF-16").encode("utf-16")
    else:
        other = text.replace("xmlns", "x")
    assert _read(other) == plain


def test_a_list_of_addresses_is_a_sitemap() -> None:
    found = _read("\ufeffhttps://harbour.example/a\r\n\r\nhttps://harbour.example/ö\nftp://x/\nno address\n")
    assert [entry.url for entry in found.entries] == [
        "https://harbour.example/a",
        "https://harbour.example/ö",
    ]
    assert found.warnings == ("lines that are no addresses: 2",)


def test_a_feed_may_stand_for_a_sitemap() -> None:
    facts = "<pubDate>2024-03-25</pubDate><category>Sea</category>"
    item = f"<item><title>Ferry</title><link>/ferry</link>{facts}</item>"
    found = _read(f"<rss><channel>{item}<item><title>No link</title></item></channel></rss>")
    (entry,) = found.entries
    assert (entry.url, entry.title, entry.keywords) == ("https://harbour.example/ferry", "Ferry", ("Sea",))
    assert entry.published is not None
    assert entry.published.iso == "2024-03-25"


A, B = "https://harbour.example/a", "https://harbour.example/b"

BROKEN = {
    "bare ampersand": (f"<urlset><url><loc>{A}?x=1&y=2&copy=3</loc></url></urlset>", [f"{A}?x=1&y=2&copy=3"]),
    "cut in an entry": (f"<urlset><url><loc>{A}</loc></url><url><loc>{B}</loc><lastm", [A]),
    "cut in an address": (f"<urlset><url><loc>{A}</loc></url><url><loc>{B[:-4]}", [A]),
    "entry not closed": (f"<urlset><url><loc>{A}</loc><url><loc>{B}</loc></url></urlset>", [A, B]),
    "field not closed": (f"<urlset><url><loc>{A}<lastmod>2024</lastmod></url></urlset>", [A]),
    "closed too often": (f"<urlset></url><url><loc>{A}</loc></loc></url></news></urlset>", [A]),
    "two addresses": (f"<urlset><url><loc>{A}</loc><loc>{B}</loc></url></urlset>", [A]),
    "foreign unit inside": (
        f"<urlset><url><v:video><v:url>x</v:url></v:video><loc>{A}</loc></url></urlset>", [A],
    ),
    "no root": (f"<url><loc>{A}</loc></url><url><loc>{B}</loc></url>", [A, B]),
    "two roots": (
        f"<urlset><url><loc>{A}</loc></url></urlset><urlset><url><loc>{B}</loc></url></urlset>", [A, B],
    ),
    "words before": (f"Warning: cache <br />\n<urlset><url><loc>{A}</loc></url></urlset>", [A]),
    "tag in a tag": (f"<urlset><url <loc>{A}</loc></url></urlset>", [A]),
    "control signs": (f"<urlset><url><loc>\x0b{A}\x00</loc></url></urlset>", [A]),
    "no address": (f"<urlset><url><lastmod>2024</lastmod></url><url><loc>{A}</loc></url></urlset>", [A]),
    "own entity": (
        f'<!DOCTYPE x [<!ENTITY e "{B}"><!ENTITY f SYSTEM "file:///etc/passwd">]><urlset><url><loc>&e;</loc>'
        f"<lastmod>&f;</lastmod></url><url><loc>{A}</loc></url></urlset>",
        ["https://harbour.example/&e", A],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_read_as_far_as_it_goes(name: str) -> None:
    text, wanted = BROKEN[name]
    found = _read(text)
    assert [entry.url for entry in found.entries] == wanted
    assert bool(found.warnings) == (name in ("cut in an entry", "cut in an address", "no address"))


@pytest.mark.parametrize(
    "body",
    [
        b"", b" \n", b"<html><body>Gone</body></html>", b"<!doctype html><title>x</title>", b"not here",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, b"\0" * 5000, b"\x1f\x8bbroken", b"<urlset></urlset>",
        b"<a", b"<", b"{}", b"<urlset>" + b"&" * 1000, json.dumps({"urls": [A]}).encode(),
        b"<!ENTITY " * 1000,
    ],
)  # fmt: skip
def test_what_is_no_sitemap_is_one_warning(body: bytes) -> None:
    found = _read(body)
    assert (found.entries, found.children) == ((), ())
    assert len(found.warnings) == 1


@pytest.mark.parametrize(
    "piece",
    [b"<", b"<a:", b"<url>", b"<![CDATA[", b"<!--", b"<![", b"<!DOCTYPE x [", b"&", b"&#", b"<?", b"</url>",
     b"<url><loc>x<![CDATA[y]]>", b"<url><loc><loc>", b"<" + b"a" * 63 + b":"],
)  # fmt: skip
def test_hostile_markup_takes_time_in_proportion_to_its_length(piece: bytes) -> None:
    began = time.process_time()
    _read(b"<urlset>" + piece * (1_000_000 // len(piece)))
    assert time.process_time() - began < 5


def test_more_entries_than_the_protocol_allows_are_left_out() -> None:
    lines = "\n".join(f"{A}/{number}" for number in range(MOST_ENTRIES + 1))
    marked = "".join(f"<url><loc>{A}/{number}</loc></url>" for number in range(MOST_ENTRIES + 1))
    for found in (_read(lines), _read(f"<urlset>{marked}</urlset>")):
        assert len(found.entries) == MOST_ENTRIES
        assert found.warnings == (f"the sitemap has more than {MOST_ENTRIES} entries; the rest is left out",)


def test_a_gzip_bomb_is_not_unpacked_beyond_the_limit() -> None:
    bomb = f"<urlset><url><loc>{A}</loc></url>".encode() + b" " * (LONGEST + 10)
    found = _read(gzip.compress(bomb, 1))
    assert [entry.url for entry in found.entries] == [A]
    assert found.warnings == (f"the sitemap has more than {LONGEST} bytes; the rest is left out",)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(NEWS)), st.binary(max_size=12), st.integers(0, 40))
def test_damage_anywhere_raises_nothing(at: int, put: bytes, drop: int) -> None:
    body = NEWS.encode()
    found = _read(body[:at] + put + body[at + drop :])
    assert found.entries or found.warnings
    assert all(entry.url.startswith("http") for entry in found.entries)


def test_a_lead_has_the_shape_of_its_contract() -> None:
    first, second = _read(NEWS).entries
    made = lead(first, URL)
    assert pa.array([made], LEAD_TYPE)[0].as_py() == made
    assert (made["origin"], made["origin_url"], made["title"]) == ("sitemap", URL, "Ferry & crew <return>")
    assert (made["published"], made["updated"]) == ("2024-03-25T10:30:00+01:00", "2024-03-25T11:00:00+01:00")
    assert (made["categories"], made["language"]) == (["sea", "Port Ness"], "en")
    assert lead(second, URL)["updated"] == "soon"


@pytest.mark.parametrize("lead", ["", "<?xml version='1.0'?>", "A notice of the server.\n"])
def test_a_large_sitemap_is_not_copied_again_and_again(lead: str) -> None:
    """50 MiB are allowed: more than the bytes, which are the caller's, and their text is too much."""
    filler = "<!-- " + "x" * 4_000_000 + " -->"
    body = f"{lead}<urlset><url><loc>https://harbour.example/a</loc></url>{filler}</urlset>".encode()
    read(body[:200] + b"</urlset>", url=URL)  # what is imported or compiled once
    tracemalloc.start()
    try:
        found = read(body, url=URL)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [entry.url for entry in found.entries] == ["https://harbour.example/a"]
    assert peak < 1.2 * len(body)
