"""The sample newsroom serves what its README says, at the instant it is pinned to."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator

import pytest
from serve import Newsroom

MORNING, EVENING = "2026-03-25T06:00:00Z", "2026-03-25T18:00:00Z"
COURIER, LIGHT, DIARIO = (
    "www.harbour-courier.test",
    "nordlicht-tageblatt.test",
    "www.diario-del-estrecho.test",
)
WIRE, PRAIRIE, TASMAN = "www.meridian-wire.test", "www.prairie-ledger.test", "www.tasman-post.test"
DINGHY = "/news/2026/03/25/search-for-dinghy-off-sandsend"


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with Newsroom(now=MORNING) as room:
        yield room


def get(room: Newsroom, host: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", room.port, timeout=5)
    try:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers={"Host": host, **names})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def test_the_clock_decides_what_is_there(room: Newsroom) -> None:
    assert b"search for dinghy" in get(room, COURIER, DINGHY)[2]
    assert get(room, WIRE, "/culture/lisbon-tram-depot-reopens")[0] == 404
    room.now = EVENING
    _, headers, page = get(room, COURIER, DINGHY)
    assert b"Two found safe" in page
    assert b'"dateModified": "2026-03-25T15:45:00+00:00"' in page
    assert b'"datePublished": "2026-03-25T05:10:00+00:00"' in page
    assert headers["last-modified"] == "Wed, 25 Mar 2026 15:45:00 GMT"
    assert headers["date"] == "Wed, 25 Mar 2026 18:00:00 GMT"
    assert get(room, WIRE, "/culture/lisbon-tram-depot-reopens")[0] == 200


def test_equal_instants_give_equal_bytes(room: Newsroom) -> None:
    with Newsroom(now="2026-03-25T07:00:00+01:00") as other:
        for site in room.sites.values():
            path = site.facts["feed"]["path"]
            assert get(room, site.host, path)[2] == get(other, site.host, path)[2]


def test_a_clock_needs_a_zone(room: Newsroom) -> None:
    with pytest.raises(ValueError, match="no zone"):
        room.now = "2026-03-25T06:00:00"


@pytest.mark.parametrize(
    ("host", "validator", "question"),
    [
        (COURIER, "etag", "If_None_Match"),
        (COURIER, "last-modified", "If_Modified_Since"),
        (WIRE, "etag", "If_None_Match"),
        (LIGHT, "last-modified", "If_Modified_Since"),
        (TASMAN, "etag", "If_None_Match"),
    ],
)
def test_a_second_look_is_answered_304(room: Newsroom, host: str, validator: str, question: str) -> None:
    path = room.sites[host].facts["feed"]["path"]
    value = get(room, host, path)[1][validator]
    status, _, body = get(room, host, path, **{question: value})
    assert (status, body) == (304, b"")
    room.now = EVENING
    later = get(room, host, path, **{question: value})[0]
    assert later == (304 if host == TASMAN else 200)


def test_if_none_match_wins_over_the_date(room: Newsroom) -> None:
    date = get(room, COURIER, DINGHY)[1]["last-modified"]
    assert get(room, COURIER, DINGHY, If_None_Match='"other"', If_Modified_Since=date)[0] == 200
    assert get(room, COURIER, DINGHY, If_Modified_Since="no date")[0] == 200


def test_robots_forbid_what_the_feeds_list(room: Newsroom) -> None:
    for host, path in ((WIRE, "/clients/schedule"), (LIGHT, "/intern/probeseite")):
        status, headers, body = get(room, host, "/robots.txt")
        assert status == 200
        assert headers["content-type"].startswith("text/plain")
        assert f"Disallow: {path.rsplit('/', 1)[0]}/\nCrawl-delay: 0." in body.decode()
        assert path.encode() in get(room, host, room.sites[host].facts["feed"]["path"])[2]


def test_charsets_are_wrong_where_the_readme_says(room: Newsroom) -> None:
    _, headers, page = get(room, LIGHT, "/lokales/flensburg-heizt-mit-foerdewaerme")
    assert headers["content-type"] == "text/html"
    assert b"charset=utf-8" in page
    with pytest.raises(UnicodeDecodeError):
        page.decode("utf-8")
    assert "„Wir haben nichts gegen warme Wohnungen“, sagte ihre Vorsitzende Käthe" in page.decode("cp1252")
    _, headers, page = get(room, DIARIO, "/cultura/vecinos-la-vina-cine-de-verano")
    assert headers["content-type"] == "text/html; charset=iso-8859-1"
    assert "La Viña" in page.decode("utf-8")


def test_the_broken_feed_is_broken_but_whole_in_its_entries(room: Newsroom) -> None:
    text = get(room, DIARIO, "/rss")[2].decode()
    assert "<title>Sal & Viento gana" in text
    assert "?origen=rss&canal=portada</link>" in text
    assert text.count("<link>http://www.diario-del-estrecho.test/") == 4
    assert "</channel>" not in text


def test_times_stand_as_each_publisher_writes_them(room: Newsroom) -> None:
    assert b"Tue, 24 Mar 2026 22:40:00 -0500" in get(room, PRAIRIE, "/rss.xml")[2]
    page = get(room, PRAIRIE, "/articles/school-board-keeps-rural-bus-routes.html")[2]
    assert b"Posted Tuesday, March 24, 2026 at 10:40 PM CDT" in page
    assert b"<dc:date>2026-03-25T08:15:00</dc:date>" in get(room, TASMAN, "/index.rdf")[2]
    assert (
        b'"datePublished": "2026-03-25T08:15:00"'
        in get(room, TASMAN, "/story/1047/one-test-for-wet-grain")[2]
    )


def test_a_copy_has_the_words_of_its_original(room: Newsroom) -> None:
    original = get(room, WIRE, "/markets/grain-exporters-single-moisture-test")[2].decode()
    copy = get(room, TASMAN, "/story/1047/one-test-for-wet-grain")[2].decode()
    paragraphs = [line for line in copy.splitlines() if line.startswith("<p>")]
    assert len(paragraphs) == 5
    assert all(paragraph in original for paragraph in paragraphs)
    assert len([line for line in original.splitlines() if line.startswith("<p>")]) == 9


def test_what_is_no_article_is_served_as_such(room: Newsroom) -> None:
    assert get(room, COURIER, "/news/2026/03/23/tide-tables-correction")[0] == 404
    assert b"CollectionPage" in get(room, COURIER, "/sport")[2]
    assert get(room, PRAIRIE, "/pictures/first-calves.html")[2].count(b"<img") == 4
    assert get(room, "www.elsewhere.test", "/")[0] == 421
    assert get(room, COURIER, "/../../site.toml")[0] == 404


def test_a_redirect_leads_to_a_slow_page(room: Newsroom) -> None:
    room.now = EVENING
    status, headers, _ = get(room, DIARIO, "/ir/ferri?origen=rss&canal=portada")
    assert status == 301
    start = time.monotonic()
    assert get(room, DIARIO, headers["location"].removeprefix(f"http://{DIARIO}"))[0] == 200
    assert 0.5 < time.monotonic() - start < 3


def test_requests_are_logged_with_what_they_asked(room: Newsroom) -> None:
    get(room, COURIER, "/feed.xml?a=1", User_Agent="test/1")
    request = room.requests[-1]
    assert (request.method, request.host, request.path, request.status) == (
        "GET",
        COURIER,
        "/feed.xml?a=1",
        200,
    )
    assert request.headers["user-agent"] == "test/1"


def test_gzip_only_where_it_is_offered_and_asked_for(room: Newsroom) -> None:
    assert get(room, COURIER, "/feed.xml", Accept_Encoding="gzip")[2].startswith(b"\x1f\x8b")
    assert get(room, COURIER, "/feed.xml")[2].startswith(b"<?xml")
    assert json.loads(get(room, WIRE, "/feed.json", Accept_Encoding="gzip")[2])["version"].endswith("1.1")
