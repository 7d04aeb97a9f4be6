"""Days in URLs, and how the voices of a page are weighed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from dateline.text.html.date_voices import in_url
from dateline.text.html.evidence import Evidence
from dateline.text.html.times import Limits, published, updated
from dateline.text.when import When

DAYS = {
    "https://greywater.example/2024/03/25/harbour": date(2024, 3, 25),
    "https://greywater.example/2024-03-25-harbour": date(2024, 3, 25),
    "https://greywater.example/news/20240325/harbour": date(2024, 3, 25),
    "https://greywater.example/2024/mar/25/harbour": date(2024, 3, 25),
    "https://greywater.example/2024/3/5/harbour": date(2024, 3, 5),
    "https://greywater.example/2024/3/5": None,
    "https://greywater.example/2024/03/harbour": None,
    "https://greywater.example/2024/02/31/harbour": None,
    "https://greywater.example/id/9202403251": None,
    "https://greywater.example/?date=2024-03-25": None,
}


@pytest.mark.parametrize("url", DAYS)
def test_in_url(url: str) -> None:
    assert in_url(url) == DAYS[url]


def page(**meta: str) -> Evidence:
    found = Evidence(url="https://greywater.example/harbour")
    found.meta = {name.replace("__", ":"): [value] for name, value in meta.items()}
    return found


def test_a_clock_with_a_zone_beats_the_same_clock_without() -> None:
    given = page(article__published_time="2024-03-25T10:15:00", pubdate="2024-03-25T10:15:00+03:00")
    found = published(given, Limits(), None)
    assert found.value is not None
    assert found.value.offset == 180
    assert found.value.instant == datetime(2024, 3, 25, 7, 15, tzinfo=UTC)


def test_the_first_voice_decides_on_the_day() -> None:
    given = page(article__published_time="2024-03-25", pubdate="2019-01-01T10:00:00Z")
    found = published(given, Limits(), None)
    assert found.value is not None
    assert found.value.iso == "2024-03-25"


@pytest.mark.parametrize(
    "shown", ["Jan 16, 2024 7:46 PM PT", "16 January 2024, 00:10 AEDT", "January 17, 2024", "15 January 2024"]
)
def test_a_clock_agrees_with_the_day_that_it_shows(shown: str) -> None:
    """The evening of the 16th in California is the 17th in UTC, more than a day after the 16th began."""
    given = page(pubdate="2024-01-16")
    given.language, given.after = "en", [shown]
    assert published(given, Limits(), None).confidence > 0.92
    given.after = ["Jan 18, 2024 7:46 PM PT"]
    assert published(given, Limits(), None).confidence < 0.8


YEARS_ELSEWHERE = [
    ("2031-05-06", "https://greywater.example/harbour", [], False),
    ("2031-05-06", "https://greywater.example/harbour", ["© 2024 Greywater Gazette"], False),
    ("2031-05-06", "https://greywater.example/harbour", ["by 2031 the harbour will be deep"], False),
    ("2031-05-06", "https://greywater.example/2024/harbour", [], False),
    ("2024-05-06", "https://greywater.example/harbour", ["© 2024 Greywater Gazette"], True),
    ("2024-05-06", "https://greywater.example/harbour", ["Copyright 2019-2025"], True),
    ("2025-01-02", "https://greywater.example/harbour", ["© 2024 Greywater Gazette"], True),
    ("2012-05-06", "https://greywater.example/harbour", ["© 2024 Greywater Gazette"], True),
    ("2024-05-06", "https://greywater.example/harbour", ["Ferry runs late 7 May 2024"], True),
    ("2024-05-06", "https://greywater.example/2024/harbour", [], True),
    ("2024-05-06", "https://greywater.example/2024/05/06/harbour", [], True),
]


@pytest.mark.parametrize(("said", "url", "lines", "is_backed"), YEARS_ELSEWHERE)
def test_a_lone_day_is_believed_where_the_page_tells_a_year_so_late(
    said: str, url: str, lines: list[str], is_backed: bool
) -> None:
    given = page(article__published_time=said, article__modified_time=said)
    given.url, given.short_texts = url, lambda: lines
    assert (published(given, Limits(), None).confidence >= 0.9) is is_backed
    # Whoever knows when the page was seen needs no years.
    seen = Limits(datetime(2032, 1, 1, tzinfo=UTC))
    assert published(given, seen, None).confidence >= 0.9


@pytest.mark.parametrize("kind", ["archive", "feed"])
def test_another_source_backs_a_lone_day(kind: str) -> None:
    given = page(article__published_time="2031-05-06")
    assert published(given, Limits(), "2031-05-06", kind).confidence >= 0.9


def test_agreement_is_trust_and_contradiction_is_none() -> None:
    alone = published(page(article__published_time="2024-03-25T10:00:00Z"), Limits(), None)
    agreed = published(
        page(article__published_time="2024-03-25T10:00:00Z"), Limits(), "2024-03-25T10:00:00+00:00"
    )
    against = published(page(article__published_time="2024-03-25T10:00:00Z"), Limits(), "2021-01-01")
    assert agreed.confidence > 0.9 > against.confidence
    assert against.confidence < alone.confidence < agreed.confidence


def test_an_update_on_the_day_of_publication_is_kept() -> None:
    given = page(article__published_time="2024-03-25", article__modified_time="2024-03-25T10:00:00Z")
    day = published(given, Limits(), None).value
    assert updated(given, Limits(), None, day).value is not None


@pytest.mark.parametrize(
    ("name", "is_read"),
    [
        ("vr:published_time", True), ("twt-published-at", True), ("parsely-pub-date", True),
        ("cxenseparse:recs:publishtime", True), ("dc.date.issued", True), ("publish_time", True),
        ("rbpubdate", False), ("dcsext.articlefirstpublished", False),
        ("analyticsattributes.articledate", False),
    ],
)  # fmt: skip
def test_names_that_several_publishers_use_tell_the_day(name: str, is_read: bool) -> None:
    given = page()
    given.meta = {name: ["2024-03-25T10:00:00Z"]}
    assert (published(given, Limits(), None).value is not None) is is_read


EVENING = "2024-03-26T01:30:44Z"


@pytest.mark.parametrize(
    ("language", "shown", "wanted"),
    [
        ("en", "March 25, 2024 9:30 PM", "2024-03-25T21:30:44-04:00"),
        ("en", "March 25, 2024 9:31 PM", "2024-03-26T01:30:44+00:00"),
        ("en", "March 25, 2024", "2024-03-26T01:30:44+00:00"),
        ("ja", "2024年3月26日", "2024-03-26T01:30:44+00:00"),
    ],
)
def test_a_clock_on_the_page_tells_the_offset(language: str, shown: str, wanted: str) -> None:
    given = page(article__published_time=EVENING)
    given.language, given.after = language, [shown]
    found = published(given, Limits(), None).value
    assert found is not None
    assert found.iso == wanted
    assert found.instant == datetime(2024, 3, 26, 1, 30, 44, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "shown", "wanted", "offset", "printed"),
    [
        ("2024-03-24T23:00:00Z", [], "2024-03-25", None, "2024-03-25"),
        ("2024-03-24T23:00:00Z", ["24. März 2024"], "2024-03-25", None, "2024-03-25"),
        ("2024-03-24T23:00:00Z", ["25. März 2024"], "2024-03-25T00:00:00+01:00", 60, "2024-03-25"),
        ("2024-03-24T23:10:00Z", ["25. März 2024"], "2024-03-25T00:10:00+01:00", 60, "2024-03-25"),
        ("2024-03-24T23:10:00Z", ["24. März 2024"], "2024-03-24T23:10:00+00:00", 0, "2024-03-24"),
        ("2024-03-24T23:10:00Z", [], "2024-03-24T23:10:00+00:00", 0, "2024-03-24"),
        ("2024-03-25T00:30:00", [], "2024-03-24T23:30:00+00:00", None, "2024-03-25"),
        ("2024-06-25T00:30:00", [], "2024-06-24T22:30:00+00:00", None, "2024-06-25"),
        ("2024-03-31T04:00:00", [], "2024-03-31T02:00:00+00:00", None, "2024-03-31"),
        ("2024-03-25T00:00:00", [], "2024-03-25", None, "2024-03-25"),
    ],
)
def test_the_zone_of_a_language_places_clocks_and_is_no_offset(
    said: str, shown: list[str], wanted: str, offset: int | None, printed: str
) -> None:
    given = page(article__published_time=said)
    given.language, given.after = "de", shown
    found = published(given, Limits(), None).value
    assert found is not None
    assert (found.iso, found.offset) == (wanted, offset)
    assert found.printed_day(ZoneInfo("Europe/Berlin")).isoformat() == printed


def test_a_clock_in_the_zone_of_a_language_is_trusted_a_little_less() -> None:
    given, told = page(article__published_time="2024-03-25T10:30:00"), []
    for language in ("en", "de"):
        given.language = language
        told.append(published(given, Limits(), None).confidence)
    assert 0 < told[0] - told[1] < 0.05


def test_a_configured_zone_goes_before_that_of_the_language() -> None:
    given = page(article__published_time="2024-03-25T00:30:00")
    given.language = "de"
    found = published(given, Limits(zone=ZoneInfo("Asia/Tokyo")), None).value
    assert found is not None
    assert (found.instant, found.offset) == (datetime(2024, 3, 24, 15, 30, tzinfo=UTC), None)


@pytest.mark.parametrize(
    "filler",
    [
        "1970-01-01T00:00:00Z",
        "0001-01-01T00:00:00",
        "2000-01-01 00:00:00",
        "1999-11-30",
        "0",
        "2099-01-01",
        "-1",
    ],
)
def test_fillers_are_no_days(filler: str) -> None:
    given = page(article__published_time=filler, pubdate="2024-03-25", article__modified_time="2024-03-25")
    given.after = ["25 March 2024"]
    found = published(given, Limits(), None).value
    assert found is not None
    assert found.iso == "2024-03-25"


def test_nothing_is_published_after_it_was_seen() -> None:
    seen = Limits(datetime(2024, 3, 25, 12, tzinfo=UTC))
    given = page(article__published_time="2024-04-25T10:00:00Z", pubdate="2024-03-24")
    assert published(given, seen, None).value == When(datetime(2024, 3, 24, tzinfo=UTC), "day")
    assert published(page(article__published_time="1711363805000"), seen, None).value is not None
    assert published(page(article__published_time="2024-04-25"), seen, None).value is None


def test_two_are_against_one() -> None:
    given = page(article__published_time="2024-03-28T10:00:00Z")
    given.linked, given.after = {"datepublished": "2024-03-25T10:00:00Z"}, ["28 March 2024"]
    found = published(given, Limits(), None)
    assert found.value is not None
    assert (found.value.iso[:10], found.source) == ("2024-03-28", "meta")
    given.items = {"datepublished": ["2024-03-25"]}
    found = published(given, Limits(), None)
    assert found.value is not None
    assert found.value.iso[:10] == "2024-03-25"


def test_a_relative_time_counts_from_the_capture() -> None:
    given = page()
    given.language, given.dated, given.after = "de", ["vor 2 Stunden"], ["Heute", "5 min"]
    seen = Limits(datetime(2024, 3, 25, 12, tzinfo=UTC))
    found = published(given, seen, None)
    assert found.value == When(datetime(2024, 3, 25, tzinfo=UTC), "day")
    assert found.source == "html"
    assert published(given, Limits(), None).value is None


def test_a_clock_of_yesterday_is_placed_once() -> None:
    given = page()
    given.language, given.dated = "ja", ["昨日 04:30"]
    # In Tokyo it is the 26th already.
    seen = Limits(datetime(2024, 3, 25, 20, tzinfo=UTC))
    found = published(given, seen, None).value
    assert found is not None
    assert found.instant == datetime(2024, 3, 24, 19, 30, tzinfo=UTC)


def test_an_ambiguous_day_is_read_as_the_page_writes_others() -> None:
    given = page()
    given.language, given.after = "en", ["03/04/2024", "03/25/2024"]
    found = published(given, Limits(), None).value
    assert found is not None
    assert found.iso == "2024-03-04"
    given.after = ["03/04/2024"]
    assert published(given, Limits(), None).value is None


def test_an_order_of_machines_is_not_that_of_the_language() -> None:
    given = page(date="03/01/2024 12:43:42")
    given.language, given.short_texts = "de", lambda: ["Erstellt am: 01.03.2024"]
    found = published(given, Limits(), None).value
    assert found is not None
    assert found.iso[:10] == "2024-03-01"


def test_an_update_is_in_the_zone_of_the_publication() -> None:
    given = page(
        article__published_time="2024-03-25T15:00:00-05:00", article__modified_time="2024-03-25T16:00:00"
    )
    found = updated(given, Limits(), None, published(given, Limits(), None).value).value
    assert found is not None
    assert (found.instant, found.offset) == (datetime(2024, 3, 25, 21, tzinfo=UTC), None)


def test_an_update_tells_the_day_where_nothing_else_does() -> None:
    found = published(page(article__modified_time="2024-03-25T10:00:00Z"), Limits(), None)
    assert found.value is not None
    assert found.confidence < 0.6
