"""Feeds: what is read of each format, and what hostile or broken ones become."""

from __future__ import annotations

import gzip
import json
import time

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.contracts.shared import LEAD_TYPE
from dateline.sources.feed_guard import MOST_CATEGORIES, MOST_ENTRIES
from dateline.sources.feeds import LONGEST, lead, lead_digest, read

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbour &amp; Heath</title><link>https://harbour.example/</link><language>en-gb</language>
<item><title>Ferry &lt;b&gt;returns&lt;/b&gt; to Port&amp;nbsp;Ness</title>
 <link>https://harbour.example/ferry</link><guid isPermaLink="false">hh-1</guid>
 <pubDate>Mon, 25 Mar 2024 10:30:00 +0100</pubDate><dc:creator>Ines Corrie</dc:creator>
 <category>Sea</category><category>Sea</category><category>Transport</category>
 <description>&lt;p&gt;After two years.&lt;/p&gt;&lt;p&gt;A boat.&lt;/p&gt;</description></item>
<item><title>No id</title><link>/second</link><dc:date>2024-03-24</dc:date></item>
<item><title>Nothing else</title></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Nordblatt</title>
<link href="https://nord.example/"/>
<entry><id>tag:nord.example,2024:7</id><title type="text">Ein Deich, zwei Dörfer</title>
<link rel="alternate" href="https://nord.example/7"/><published>2024-03-25T08:00:00Z</published>
<updated>2024-03-25T09:00:00+01:00</updated><author><name>Jette Maas</name></author>
<author><name>Ole Brandt</name></author></entry></feed>"""

JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Puerto",
    "home_page_url": "https://puerto.example/",
    "language": "es",
    "items": [
        {
            "id": 12,
            "url": "barco",
            "title": "El barco",
            "date_published": "2024-03-25T08:00:00-03:00",
            "authors": [{"name": "Lía Sosa"}],
            "tags": ["mar"],
            "content_html": "<p>Zarpó.</p>",
        },
        "no object",
    ],
}


def test_rss() -> None:
    feed = read(RSS.encode())
    assert (feed.title, feed.url, feed.language) == ("Harbour & Heath", "https://harbour.example/", "en-gb")
    first, second, third = feed.entries
    assert (first.entry_id, first.id_source, first.url) == ("hh-1", "guid", "https://harbour.example/ferry")
    assert first.title == "Ferry returns to Port Ness"
    assert first.published is not None
    assert first.published.iso == "2024-03-25T10:30:00+01:00"
    assert (first.authors, first.categories) == (("Ines Corrie",), ("Sea", "Transport"))
    assert first.summary == "After two years. A boat."
    assert (second.id_source, second.entry_id) == ("link", "https://harbour.example/second")
    assert second.published is not None
    assert (second.published.iso, second.updated) == ("2024-03-24", None)
    assert (third.id_source, third.url, third.published) == ("made", None, None)
    assert feed.warnings == ()


def test_atom() -> None:
    feed = read(ATOM.encode())
    (entry,) = feed.entries
    assert (entry.entry_id, entry.url) == ("tag:nord.example,2024:7", "https://nord.example/7")
    assert entry.published is not None
    assert entry.updated is not None
    assert (entry.published.iso, entry.updated.iso) == (
        "2024-03-25T08:00:00+00:00",
        "2024-03-25T09:00:00+01:00",
    )
    assert entry.authors == ("Jette Maas", "Ole Brandt")
    assert entry.language == "de"


def test_json_feed() -> None:
    feed = read(json.dumps(JSON).encode())
    (entry,) = feed.entries
    assert (entry.entry_id, entry.id_source, entry.url) == ("12", "guid", "https://puerto.example/barco")
    assert (entry.authors, entry.categories, entry.summary) == (("Lía Sosa",), ("mar",), "Zarpó.")
    assert len(feed.warnings) == 1


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Tea &amp;amp; toast", "Tea & toast"),
        ("Tea &amp;amp;amp; toast", "Tea & toast"),
        ("1 &lt; 2", "1 < 2"),
        ("Review: &lt;Titane&gt;", "Review: <Titane>"),
        ("How &amp;lt;table&amp;gt; came to be", "How <table> came to be"),
        ("<![CDATA[It&#8217;s <em>late</em>]]>", "It’s late"),
        ("a\n   b\t c", "a b c"),
        ("x&#x0;y", "x y"),
    ],
)
def test_titles_are_plain_text(title: str, wanted: str) -> None:
    feed = read(f"<rss><channel><item><title>{title}</title></item></channel></rss>".encode())
    assert feed.entries[0].title == wanted


@pytest.mark.parametrize(
    ("charset", "declared", "content_type"),
    [
        ("utf-8", 'encoding="iso-8859-1"', None),
        ("windows-1252", 'encoding="iso-8859-1"', None),
        ("windows-1252", "", "text/xml; charset=windows-1252"),
        ("windows-1252", "", None),
        ("utf-16", "", None),
        ("utf-16-le", 'encoding="utf-16"', None),
        ("utf-8-sig", "", "text/xml; charset=us-ascii"),
    ],
)
def test_charsets(charset: str, declared: str, content_type: str | None) -> None:
    item = "<item><title>Größe: „naïve café“</title></item>"
    text = f'<?xml version="1.0" {declared}?><rss><channel>{item}</channel></rss>'
    assert read(text.encode(charset), content_type=content_type).entries[0].title == "Größe: „naïve café“"


@pytest.mark.parametrize("declared", ['encoding="utf-8"', "", 'encoding="UTF8"'])
@pytest.mark.parametrize("charset", ["iso-8859-1", "cp1251"])
def test_a_feed_that_is_not_the_utf_8_it_says_is_read_with_a_warning(declared: str, charset: str) -> None:
    title = "Größe der Fähre überrascht" if charset == "iso-8859-1" else "Совет решил открыть старую гавань"
    text = (
        f'<?xml version="1.0" {declared}?><rss><channel><item><title>{title}</title></item></channel></rss>'
    )
    feed = read(text.encode(charset))
    assert feed.entries[0].title == title
    assert [warning[:27] for warning in feed.warnings] == ["the feed is not in UTF-8, a"]
    assert read(text.encode()).warnings == ()
    assert read(text.encode(charset), content_type=f"text/xml; charset={charset}").warnings == ()


@pytest.mark.parametrize("text", [RSS, ATOM, json.dumps(JSON)])
def test_a_packed_feed_is_unpacked(text: str) -> None:
    assert read(gzip.compress(text.encode())) == read(text.encode())


def test_a_packed_feed_that_is_cut_gives_its_first_entries() -> None:
    items = "".join(f"<item><title>Tide {number * 7919}</title></item>" for number in range(2000))
    packed = gzip.compress(f"<rss><channel>{items}</channel></rss>".encode())
    feed = read(packed[: len(packed) // 2])
    assert 100 < len(feed.entries) < 2000
    assert [entry.title for entry in feed.entries] == [f"Tide {n * 7919}" for n in range(len(feed.entries))]
    assert feed.warnings == ("the gzip data is damaged or cut short",)


def _big(kind: str) -> str:
    """A feed of three entries and then more bytes than are read."""
    filling = "ö" * (LONGEST // 2)
    if kind == "json":
        items = [{"id": str(number), "title": f"Tide {number}"} for number in range(3)]
        return json.dumps(
            {"title": "Puerto", "items": [*items, {"content_text": filling}]}, ensure_ascii=False
        )
    tag = "entry" if kind == "atom" else "item"
    entries = "".join(f"<{tag}><title>Tide {number}</title></{tag}>" for number in range(3))
    entries += f"<{tag}><title>Long</title><summary>{filling}</summary></{tag}>"
    return {
        "rss": f"<rss><channel><title>Puerto</title>{entries}</channel></rss>",
        "atom": f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Puerto</title>{entries}</feed>',
        "rdf": '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        f"<channel><title>Puerto</title></channel>{entries}</r:RDF>",
    }[kind]


@pytest.mark.parametrize("kind", ["rss", "atom", "rdf", "json"])
@pytest.mark.parametrize("is_packed", [False, True])
def test_a_feed_of_too_many_bytes_gives_its_first_entries(kind: str, is_packed: bool) -> None:
    body = _big(kind).encode()
    feed = read(gzip.compress(body, 1) if is_packed else body)
    assert [entry.title for entry in feed.entries] == ["Tide 0", "Tide 1", "Tide 2"]
    assert feed.title == "Puerto"
    assert feed.warnings == (f"the feed has more than {LONGEST} bytes; the rest is left out",)


def test_a_feed_of_too_many_entries_gives_the_first() -> None:
    items = b"".join(b"<item><guid>%d</guid></item>" % number for number in range(MOST_ENTRIES + 3))
    feed = read(b"<rss><channel>" + items + b"</channel></rss>")
    assert [entry.entry_id for entry in feed.entries] == [str(number) for number in range(MOST_ENTRIES)]
    assert feed.warnings == (f"the feed has more than {MOST_ENTRIES} entries; the rest is left out",)


def test_a_broken_feed_gives_what_can_be_read_and_a_warning() -> None:
    cut = RSS[: RSS.index("<item><title>Nothing")].encode() + b"<item><title>Cut </titl"
    feed = read(cut)
    assert [entry.title for entry in feed.entries[:2]] == ["Ferry returns to Port Ness", "No id"]
    assert len(feed.warnings) == 1
    assert "broken" in feed.warnings[0]


def test_a_date_that_is_none_stays_in_its_words() -> None:
    feed = read(RSS.replace("Mon, 25 Mar 2024 10:30:00 +0100", "2024-02-31").encode())
    assert (feed.entries[0].published, feed.entries[0].published_raw) == (None, "2024-02-31")
    assert lead(feed.entries[0], "https://harbour.example/rss")["published"] == "2024-02-31"


_BOMB = b"<!DOCTYPE rss [<!ENTITY a 'ha'>" + b"".join(
    b"<!ENTITY %c '&%c;&%c;&%c;'>" % (98 + n, 97 + n, 97 + n, 97 + n) for n in range(20)
)

HOSTILE = {
    "empty": b"",
    "white": b" \n\t ",
    "html": b"<!DOCTYPE html><html><head><title>Not found</title></head><body>Gone</body></html>",
    "words": b"service unavailable",
    "binary": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
    "zeros": b"\0" * 5000,
    "huge": b"<rss>" + b" " * LONGEST,
    "bomb": _BOMB + b"]><rss><channel><item><title>&u;</title></item></channel></rss>",
    "many categories": b"<rss><channel><item>" + b"<category>a</category>" * (MOST_CATEGORIES + 1),
    "json": b'{"items": 3}',
    "json cut": b'{"items": [{"id": ',
    "json deep": b"[" * 100_000,
    "json number": b'{"items": [' + b"9" * 5000 + b"]}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_feed_is_one_warning(name: str) -> None:
    began = time.process_time()
    feed = read(HOSTILE[name])
    assert feed.entries == ()
    assert len(feed.warnings) == 1
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    "inside",
    [
        b"<author>" + b"a" * 50_000 + b"@" + b"a." * 50_000 + b"</author>",
        b"<author><![CDATA[" + b"a" * 50_000 + b"@" + b"a." * 50_000 + b"]]></author>",
        b"<author>b<b/>" + b"a" * 50_000 + b"@" + b"a." * 50_000 + b"</author>",
        b"<author x='>'>" + b"&#97;" * 20_000 + b"@" + b"a." * 20_000 + b"</author>",
        b"<itunes:keywords>" + b",".join(b"%d" % number for number in range(50_000)) + b"</itunes:keywords>",
        b"<author>" * 50_000,
        b"<description>" + b"<div>" * 20_000 + b"</description>",
        b"<x>" * 20_000,
        b"<title>" + b"&" * 100_000,
        b"<title>" + b"&lt;" * 100_000 + b"</title>",
        b"<" * 100_000,
        b"<!--" * 50_000,
        b"<![CDATA[" * 50_000,
        b"<pubDate>" + b"1:" * 50_000 + b"</pubDate>",
        b"<!ENTITY " * 50_000,
    ],
)
def test_hostile_entries_take_no_time(inside: bytes) -> None:
    began = time.process_time()
    read(b"<rss><channel><item>" + inside + b"</item></channel></rss>")
    assert time.process_time() - began < 3


def test_only_authors_of_no_person_are_left_out() -> None:
    link = b"<author/><comments>https://harbour.example/" + b"a" * 500 + b"</comments>"
    people = link + b"<author>" + b"Ana Lux, " * 500 + b"</author><author>" + b"a" * 500 + b"</author>"
    feed = read(RSS.encode().replace(b"<dc:creator>Ines Corrie</dc:creator>", people))
    assert len(feed.entries) == 3
    assert feed.entries[0].authors[0].startswith("Ana Lux, Ana Lux")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(RSS)), st.binary(max_size=12), st.integers(0, 40))
def test_damage_anywhere_raises_nothing(at: int, put: bytes, drop: int) -> None:
    body = RSS.encode()
    feed = read(body[:at] + put + body[at + drop :])
    assert feed.entries or feed.warnings


def test_a_lead_has_the_shape_of_its_contract() -> None:
    made = lead(read(RSS.encode()).entries[0], "https://harbour.example/rss")
    assert set(made) == {field.name for field in LEAD_TYPE}
    assert pa.array([made], LEAD_TYPE)[0].as_py() == made
    assert (made["origin"], made["published"]) == ("feed", "2024-03-25T10:30:00+01:00")


def test_a_lead_digest_follows_what_is_said_of_the_article_alone() -> None:
    entry = read(RSS.encode()).entries[0]
    digest = lead_digest(lead(entry, "https://harbour.example/rss"))
    assert len(digest) == 16
    assert digest == lead_digest({**lead(entry, "https://other.example/rss"), "categories": ["Front"]})
    assert digest != lead_digest({**lead(entry, "https://harbour.example/rss"), "title": "Ferry late"})
    assert digest != lead_digest({**lead(entry, "https://harbour.example/rss"), "updated": "2024-03-26"})
