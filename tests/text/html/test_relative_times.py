"""Times told from the moment of reading, in many languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.html.relative_times import relative

NOON = datetime(2024, 3, 25, 12, 0, tzinfo=UTC)

TOLD = {
    "2 hours ago": "2024-03-25", "13 hours ago": "2024-03-24", "an hour ago": "2024-03-25",
    "2h ago": "2024-03-25",
    "Updated 5 mins ago": "2024-03-25", "vor 3 Stunden": "2024-03-25", "vor einer Stunde": "2024-03-25",
    "hace 2 días": "2024-03-23", "hace una hora": "2024-03-25", "il y a 2 jours": "2024-03-23",
    "há 3 dias": "2024-03-22", "2 ore fa": "2024-03-25", "3 dagen geleden": "2024-03-22",
    "2 godziny temu": "2024-03-25", "2 dni temu": "2024-03-23", "2 дня назад": "2024-03-23",
    "15 хвилин тому": "2024-03-25", "för 3 dagar sedan": "2024-03-22", "for 3 timer siden": "2024-03-25",
    "2 päivää sitten": "2024-03-23", "2 gün önce": "2024-03-23", "πριν από 2 ημέρες": "2024-03-23",
    "před 2 dny": "2024-03-23", "3小时前": "2024-03-25", "3天前": "2024-03-22", "3 時間前": "2024-03-25",
    "5시간 전": "2024-03-25", "منذ 3 ساعات": "2024-03-25", "לפני 3 שעות": "2024-03-25",
    "Today": "2024-03-25", "yesterday": "2024-03-24", "Gestern": "2024-03-24", "вчера": "2024-03-24",
    "сегодня, 14:05": "2024-03-25T14:05:00+00:00", "Hoy, 10:05": "2024-03-25T10:05:00+00:00",
    "gestern um 18.30 Uhr": "2024-03-24T18:30:00+00:00", "hier à 18h30": "2024-03-24T18:30:00+00:00",
    "Aujourd'hui à 9:05": "2024-03-25T09:05:00+00:00", "昨天 14:05": "2024-03-24T14:05:00+00:00",
    "Yesterday at 7:30 pm": "2024-03-24T19:30:00+00:00", "17 June": "2023-06-17", "Mar 20": "2024-03-20",
    "25 марта в 10:00": "2024-03-25T10:00:00+00:00",
    "06月24日 11時30分": "2023-06-24T11:30:00+00:00",
    "30 Dec": "2023-12-30", "3 घंटे पहले": "2024-03-25", "2 दिन पहले": "2024-03-23", "3 ঘণ্টা আগে": "2024-03-25",
    "कल": "2024-03-24", "12 जून": "2023-06-12",
}  # fmt: skip

UNTOLD = [
    "", "3 weeks ago", "2 months ago", "vor 400 Tagen", "long ago", "2 hours", "5 min read", "3 comments",
    "gestern war der 25.03.2020", "17", "June", "0" * 50, "x" * 200, "ago ago ago", "9999999999 days ago",
    "it happened yesterday, said the mayor of the town on the river, and will again",
    "2 hours\0", "\ud800 ago", "कला", "3 घंटेवाला पहले",
]  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_a_time_is_told_from_the_capture(text: str) -> None:
    when = relative(text, NOON)
    assert when is not None
    assert when.iso == TOLD[text]
    assert when.precision == ("minute" if "T" in when.iso else "day")


@pytest.mark.parametrize("text", UNTOLD)
def test_what_tells_no_day_is_none(text: str) -> None:
    assert relative(text, NOON) is None


@pytest.mark.parametrize("text", TOLD)
def test_without_a_capture_nothing_is_told(text: str) -> None:
    assert relative(text, None) is None


def test_named_days_are_those_of_the_zone() -> None:
    late = datetime(2024, 3, 25, 20, 0, tzinfo=UTC)
    tokyo = relative("今日 04:30", late, ZoneInfo("Asia/Tokyo"))
    assert tokyo is not None
    assert tokyo.instant == datetime(2024, 3, 25, 19, 30, tzinfo=UTC)


@given(st.text(max_size=70), st.datetimes(datetime(1995, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001
def test_any_text_tells_nothing_after_the_capture(text: str, moment: datetime) -> None:
    captured = moment.replace(tzinfo=UTC)
    when = relative(text, captured)
    assert when is None or when.instant <= captured + timedelta(days=1)


@given(st.integers(1, 31))
def test_days_are_counted_back(days: int) -> None:
    when = relative(f"vor {days} Tagen", NOON)
    assert when is not None
    assert when.instant == datetime(2024, 3, 25, tzinfo=UTC) - timedelta(days=days)
