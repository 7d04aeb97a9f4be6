"""An article goes under every address that it was met at, and comes back by none."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dateline.cli.main import main
from dateline.edges.lake import Lake, tombstones
from dateline.forget import UNKNOWN, forget
from dateline.text.urls import article_id
from taken import (
    GONE,
    HOST,
    KEPT,
    SECRET,
    URL,
    feed,
    findings,
    holders,
    is_open,
    page,
    rows_of,
    settings_of,
    settle,
    take_down,
    take_in,
)

SHORT, PRINT, GUID = f"{HOST}/s/77", f"{HOST}/read/the-lamp-on-the-pier-17", f"{HOST}/?p=4821"
MOVED = {**GONE, "url": SHORT}
CALLED = page(PRINT, "A lamp on the pier", SECRET, canonical=URL)
LED = {**GONE, "lead": {"origin": "feed", "origin_url": f"{HOST}/feed.xml", "entry_id": GUID, "authors": [],
                        "categories": []}}  # fmt: skip
NOTHING_LEFT = ("note", "1 things were forgotten, and nothing of them is left")


@pytest.fixture
def settings(tmp_path):
    return settings_of(tmp_path)


def nothing_left(settings) -> None:
    settle(settings)
    assert holders(settings) == []
    assert [found for found in findings(settings) if found[0] != "stale"] == [NOTHING_LEFT]
    assert not is_open(settings)
    assert [row["url"] for row in rows_of(settings, "articles")] == [KEPT["url"]]


@pytest.mark.parametrize("asked", [URL, SHORT, PRINT, GUID, PRINT + "?utm_source=x", article_id(URL)])
def test_any_of_its_addresses_names_it(settings, asked):
    take_in(settings, "first", [feed(SHORT, KEPT["url"]), feed(PRINT), feed(GUID), MOVED, KEPT])
    take_in(settings, "second", [CALLED, LED])
    settle(settings)
    take_down(settings, asked)
    nothing_left(settings)
    [tombstone] = tombstones.tombstones(Lake.open(settings.lake).store)
    assert {article_id(url) for url in tombstone.addresses} == {
        article_id(url) for url in (URL, SHORT, PRINT, GUID)
    }
    assert {row["body"] for row in rows_of(settings, "captures") if row["input_kind"] == "feed"} == {b""}


@pytest.mark.parametrize("asked", [URL, SHORT, PRINT])
@pytest.mark.parametrize("later", [URL, SHORT, PRINT, SHORT + "?utm_source=x"])
def test_none_of_them_brings_it_back(settings, asked, later):
    take_in(settings, "first", [MOVED, CALLED, KEPT])
    settle(settings)
    take_down(settings, asked)
    take_in(settings, "second", [feed(later), page(later, "A lamp on the pier", SECRET)])
    nothing_left(settings)
    asked_for = {row["outcome"] for row in rows_of(settings, "attempts") if row["url"] == later}
    assert asked_for == {"forgotten"}


@pytest.mark.parametrize("met", [MOVED, CALLED])
def test_an_address_that_it_is_met_at_later_is_learnt(settings, met):
    take_down(settings)
    take_in(settings, "first", [feed(met["url"]), met, KEPT])
    assert is_open(settings)
    nothing_left(settings)
    take_in(settings, "second", [feed(met["url"]), page(met["url"], "A lamp on the pier", SECRET)])
    nothing_left(settings)
    [tombstone] = tombstones.tombstones(Lake.open(settings.lake).store)
    assert met["url"] in tombstone.urls


def test_what_leads_to_this_and_that_stays_open(settings):
    """`/latest` has led to it, and leads to another the next day."""
    latest = f"{HOST}/latest"
    other = {**page(f"{HOST}/2026/03/24/herons-are-counted", "Herons are counted"), "url": latest}
    take_in(settings, "first", [{**GONE, "url": latest}, other])
    settle(settings)
    take_down(settings)
    assert [row["title"] for row in rows_of(settings, "articles")] == ["Herons are counted"]
    take_in(settings, "second", [page(latest, "Nets are mended")])
    assert [row["outcome"] for row in rows_of(settings, "attempts") if row["batch"]].count("captured") == 2


def test_pages_that_end_where_many_end_stay(settings):
    consent = f"{HOST}/consent"
    rows = [{**page(f"{HOST}/2026/03/2{day}/story", f"Before you read {day}"), "final_url": consent}
            for day in range(1, 5)]  # fmt: skip
    take_in(settings, "first", [*rows, KEPT])
    settle(settings)
    take_down(settings, rows[0]["url"])
    assert {row["url"] for row in rows_of(settings, "captures")} == {row["url"] for row in (*rows[1:], KEPT)}
    assert findings(settings) == [NOTHING_LEFT]


def test_what_was_never_met_is_told_and_kept_out(settings):
    take_in(settings, "first", [KEPT])
    settle(settings)
    for asked in (URL, article_id(SHORT)):
        assert UNKNOWN in [done.skipped for done in forget(settings, asked, "by order")]
    take_in(settings, "second", [GONE, page(SHORT, "A lamp on the pier", SECRET)])
    settle(settings)
    assert holders(settings) == []
    assert [row["url"] for row in rows_of(settings, "articles")] == [KEPT["url"]]


def test_what_was_met_is_not_told_to_be_unknown(settings):
    take_in(settings, "first", [GONE, KEPT])
    assert UNKNOWN not in [done.skipped for done in forget(settings, URL, "by order")]


def test_a_batch_that_comes_back_from_a_copy_is_known_by_its_other_addresses(settings):
    """A tombstone of before the copy knows the one address; the copy has the article at another."""
    take_in(settings, "first", [CALLED, MOVED, KEPT])
    settle(settings)
    lake = Lake.open(settings.lake)
    copy = {path: lake.store.get(path) for path in lake.store.list(".") if not path.startswith("changes/")}
    take_down(settings, PRINT)
    [tombstone] = tombstones.tombstones(lake.store)
    tombstones.extend(lake.store, tombstones.Tombstone("article", tombstone.value, PRINT, "x", tombstone.at))
    for path, data in copy.items():
        lake.store.put(path, data)
    # What was met at the other two addresses is only known by where they lead.
    [told] = [what for level, what in findings(settings) if level == "broken" and "forgotten" in what]
    assert "2 rows of captures, 2 rows of documents" in told
    take_down(settings, PRINT)
    nothing_left(settings)


# Archives


def html(folder: Path, url: str | None, canonical: str | None) -> list[str]:
    (folder / "a.html").write_bytes(page(URL, "A lamp on the pier", SECRET, canonical or "")["body"])
    lines = [{"url": url, "html_path": "a.html"}] if url else []
    (folder / "pages.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return [str(folder / "a.html"), "--kind", "html", "--manifest", str(folder / "pages.jsonl")]


def jsonl(folder: Path, url: str, _: str | None) -> list[str]:
    record = {
        "link": url,
        "headline": "A lamp on the pier",
        "story": f"The lamp was lit. {SECRET} came. " * 9,
    }
    (folder / "a.jsonl").write_text(json.dumps(record) + "\n")
    return [str(folder / "a.jsonl"), "--kind", "jsonl"]


def warc(folder: Path, url: str, canonical: str | None) -> list[str]:
    stream = BytesIO()
    writer, body = WARCWriter(stream, gzip=True), page(URL, "A lamp", SECRET, canonical or "")["body"]
    http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    writer.write_record(writer.create_warc_record(url, "response", payload=BytesIO(body), http_headers=http))
    (folder / "a.warc.gz").write_bytes(stream.getvalue())
    return [str(folder / "a.warc.gz"), "--kind", "warc"]


IMPORTS: list[tuple[Any, str | None, str | None]] = [
    (html, URL + "?utm_source=box", None),
    (html, URL.replace("https://www.", "http://m.") + "/amp", None),
    (html, SHORT, None),
    (html, None, URL),
    (html, None, PRINT + "#top"),
    (html, f"{HOST}/unknown", URL + "?fbclid=1"),
    (jsonl, URL + "/", None),
    (jsonl, PRINT, None),
    (warc, URL + "?utm_campaign=a", None),
    (warc, SHORT, None),
    (warc, f"{HOST}/unknown", PRINT),
]


@pytest.mark.parametrize(("make", "url", "canonical"), IMPORTS)
def test_no_archive_brings_it_back(settings, tmp_path, make, url, canonical):
    take_in(settings, "first", [MOVED, CALLED, KEPT])
    settle(settings)
    take_down(settings)
    box = tmp_path / "box"
    box.mkdir()
    with pytest.raises(SystemExit) as ended:
        main(["import", *make(box, url, canonical), "--lake", settings.lake, "--captured-at", "2026-03-25"])
    assert not ended.value.code
    assert {row["reason"] for row in rows_of(settings, "rejects") if row["source"] != "gull"} == {"forgotten"}
    nothing_left(settings)
