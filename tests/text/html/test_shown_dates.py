"""Dates as people read them: what of a line is one, and the instant that it tells on a page."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.html.evidence import Evidence
from dateline.text.html.shown_dates import day_of, shown_date
from dateline.text.html.times import Limits, published

SHOWN = {
    "12 de marzo de 2024 a las 00:30 CET": "12 de marzo de 2024 a las 00:30 CET",
    "12 de marzo de 2024 a las 22:30 h.": "12 de marzo de 2024 a las 22:30 h.",
    "Hafen | 12 marca 2024, godz. 00:20": "12 marca 2024, godz. 00:20",
    "12 marzo 2024 alle ore 23:45 di Ada": "12 marzo 2024 alle ore 23:45",
    "12. mars 2024 klokken 10.30": "12. mars 2024 klokken 10.30",
    "12 марта 2024, 01:15 МСК": "12 марта 2024, 01:15 МСК",
    "12 марта 2024, вторник, 01:15 (мск)": "12 марта 2024, вторник, 01:15 (мск)",
    "12 марта 2024 в 01:15 по московскому времени": "12 марта 2024 в 01:15 по московскому времени",
    "2024年3月12日 22時30分": "2024年3月12日 22時30分",
    "2024年3月12日 午後10時30分 更新": "2024年3月12日 午後10時30分",
    "2024년 3월 12일 22시 30분": "2024년 3월 12일 22시 30분",
    "12 March 2024 10:30 PM EST": "12 March 2024 10:30 PM EST",
    "12 March 2024 10:30 GMT+2": "12 March 2024 10:30 GMT+2",
    "12.03.24, 23:50 Uhr MEZ": "12.03.24, 23:50 Uhr MEZ",
    "23:50 Uhr, 12.03.2024": "23:50 Uhr, 12.03.2024",
    "11.30pm GMT, 12 March 2024": "11.30pm GMT, 12 March 2024",
    "12:30 AM ET, Tue March 12, 2024": "12:30 AM ET, Tue March 12, 2024",
    "12 मार्च 2024, 09:30 PM IST": "12 मार्च 2024, 09:30 PM IST",
    "1 मई 2024": "1 मई 2024",
    "12 มี.ค. 2567 เวลา 22:30 น.": "12 มี.ค. 2567 เวลา 22:30",
    "12 March 2024 | Updated 13:30": "12 March 2024",
    "12 March 2024, edition of 10:30": "12 March 2024",
    "Rovers 3.25 City 12 March 2024": "12 March 2024",
    "Rovers play at 3:15, says the club on 12 March 2024": "12 March 2024",
    "Hafen, 12. 3. 2024 v 18:30": "12. 3. 2024 v 18:30",
    "12.\u00a03.\u00a02024\u00a018:30": "12.\u00a03.\u00a02024\u00a018:30",
    "March 12, 2024 5 a.m. PT": "March 12, 2024 5 a.m. PT",
    "12.03.2024 12.50 Euro": "12.03.2024",
    "2024. gada 12. marts, 23:45": "2024. gada 12. marts, 23:45",
    "2024 m. kovo 12 d. 23:45": "2024 m. kovo 12 d. 23:45",
    "12/03/2024 - 3 comments": "12/03/2024",
    "no date, 10:30": None,
}


@pytest.mark.parametrize("line", SHOWN)
def test_a_date_is_shown_with_its_time_of_day(line: str) -> None:
    assert shown_date(line) == SHOWN[line]


TOLD = [
    ("lv", "2024. gada 12. marts, 23:45", "2024-03-12T21:45"),
    ("ms", "12 Mac 2024, 10:30 MYT", "2024-03-12T02:30"),
    ("ar", "12 آذار 2024 10:30", "2024-03-12T10:30"),
    ("ar", "12 تشرين الأول 2024 10:30", "2024-10-12T10:30"),
    ("ar", "12 كانون الثاني 2024 10:30", "2024-01-12T10:30"),
    ("cs", "12. 3. 2024 18:30", "2024-03-12T17:30"),
    ("sk", "12.\u00a03.\u00a02024 o 18.30", "2024-03-12T17:30"),
    ("sv", "2024-03-12 23.45", "2024-03-12T22:45"),
    ("en", "March 12, 2024 5 a.m. PT", "2024-03-12T12:00"),
    ("ru", "12 марта 2024, 01:15 МСК", "2024-03-11T22:15"),
    ("ru", "12 марта 2024 в 01:15 по московскому времени", "2024-03-11T22:15"),
    ("es", "12 de marzo de 2024 a las 00:30 CET", "2024-03-11T23:30"),
    ("pl", "12 marca 2024, godz. 00:20", "2024-03-11T23:20"),
    ("it", "12 marzo 2024 alle ore 23:45", "2024-03-12T22:45"),
    ("ja", "2024年3月12日 22時30分", "2024-03-12T13:30"),
    ("ja", "2024年3月12日 午後10時30分", "2024-03-12T13:30"),
    ("ko", "2024. 3. 12. 오후 10:30", "2024-03-12T13:30"),
    ("tr", "12 Mart 2024 Salı 23:15 (TSİ)", "2024-03-12T20:15"),
    ("el", "12 Μαρτίου 2024, 10:30 μ.μ.", "2024-03-12T20:30"),
    ("ar", "12 مارس 2024 الساعة 10:30 مساءً بتوقيت غرينتش", "2024-03-12T22:30"),
    ("hi", "12 मार्च 2024, 09:30 PM IST", "2024-03-12T16:00"),
    ("hi", "12 मार्च 2024 को 09:30 बजे", "2024-03-12T04:00"),
    ("th", "12 มี.ค. 2567 เวลา 22:30 น.", "2024-03-12T15:30"),
    ("en", "March 12, 2024 11:30 PM EST", "2024-03-13T04:30"),
    ("en", "12 March 2024, 22:30 Moscow time", "2024-03-12T19:30"),
    ("en", "12 March 2024 10:30 UTC+05:30", "2024-03-12T05:00"),
    ("de", "23:50 Uhr, 12.03.2024", "2024-03-12T22:50"),
]


@pytest.mark.parametrize(("language", "line", "wanted"), TOLD)
def test_the_instant_of_what_is_shown_is_told(language: str, line: str, wanted: str) -> None:
    page = Evidence(url="https://greywater.example/harbour", language=language, after=[line])
    found = published(page, Limits(), None).value
    assert found is not None
    assert (found.instant.isoformat()[:16], found.precision) == (wanted, "minute")


def test_what_is_no_time_of_day_leaves_the_day() -> None:
    page = Evidence(url=None, language="en", after=["12 March 2024 99:10"])
    found = published(page, Limits(), None).value
    assert found is not None
    assert found.iso == "2024-03-12"


PIECES = st.sampled_from(
    ["12 ", "March ", "2024 ", ", ", "10:30", "年", "3月", "मई ", "Z", "+02", "(", "uhr ", "ก."]
)


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=80))
def test_what_is_shown_is_of_the_line(line: str) -> None:
    found, day = shown_date(line), day_of(line)
    assert (found is None) == (day is None)
    assert found is None or (found in line and str(day) in found)


@pytest.mark.parametrize(
    "piece", ["1", "12 March ", "a", "1.", "मई ", " ", "10:30 ", "2024 ", "1 a", "年", "(", "ก."]
)
def test_long_lines_take_no_time(piece: str) -> None:
    began = time.process_time()
    shown_date(piece * 2_000)
    assert time.process_time() - began < 0.5
