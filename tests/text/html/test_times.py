"""Days in URLs, and how the voices of a page are weighed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dateline.text.html.evidence import Evidence
from dateline.text.html.times import Limits, in_url, published, updated

DAYS = {
    "https://greywater.example/2024/03/25/harbour": date(2024, 3, 25),
    "https://greywater.example/2024-03-25-harbour": date(2024, 3, 25),
    "https://greywater.example/news/20240325/harbour": date(2024, 3, 25),
    "https://greywater.example/2024/mar/25/harbour": date(2024, 3, 25),
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


def test_agreement_is_trust_and_contradiction_is_none() -> None:
    alone = published(page(article__published_time="2024-03-25T10:00:00Z"), Limits(), None)
    agreed = published(
        page(article__published_time="2024-03-25T10:00:00Z"), Limits(), "2024-03-25T10:00:00+00:00"
    )
    against = published(page(article__published_time="2024-03-25T10:00:00Z"), Limits(), "2021-01-01")
    assert against.confidence < alone.confidence < agreed.confidence


def test_an_update_on_the_day_of_publication_is_kept() -> None:
    given = page(article__published_time="2024-03-25", article__modified_time="2024-03-25T10:00:00Z")
    day = published(given, Limits(), None).value
    assert updated(given, Limits(), None, day).value is not None
