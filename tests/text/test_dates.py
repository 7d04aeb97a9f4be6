"""Dates of the wild: a table of texts with what they name, and properties of what is read."""

from __future__ import annotations

import time
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.text.date_words import _MONTH_NAMES, _SOUTHERN_LINES, MONTHS, fold
from dateline.text.dates import is_impossible, parse, parse_day

READ = """
2024-03-25                                        | 2024-03-25
2024-03                                           | 2024-03
2024/03/25                                        | 2024-03-25
2024-085                                          | 2024-03-25
20240325                                          | 2024-03-25
25. 3. 2024                                       | 2024-03-25
25.\u00a03.\u00a02024 v 18:30                         | 2024-03-25T18:30:00+00:00
25. 3. 2024 o 18.30                               | 2024-03-25T18:30:00+00:00
25 / 03 / 2024                                    | 2024-03-25
2024 / 03 / 25                                    | 2024-03-25
2024-03-25 18.30                                  | 2024-03-25T18:30:00+00:00
25 mars 2024, 18.30                               | 2024-03-25T18:30:00+00:00
2024-03-25Z                                       | 2024-03-25
2024-03-25+02:00                                  | 2024-03-25
2024-03-25T10:30:05Z                              | 2024-03-25T10:30:05+00:00
2024-03-25t10:30:05z                              | 2024-03-25T10:30:05+00:00
2024-03-25 10:30:05 UTC                           | 2024-03-25T10:30:05+00:00
2024-03-25T10:30:05.123+0200                      | 2024-03-25T10:30:05.123000+02:00
2024-03-25T10:30:05 +02:00                        | 2024-03-25T10:30:05+02:00
2024-03-25T10:30+02                               | 2024-03-25T10:30:00+02:00
2024-03-25T10:30:05-0430                          | 2024-03-25T10:30:05-04:30
2024-03-25T24:00:00Z                              | 2024-03-26T00:00:00+00:00
2024-03-25T23:59:60Z                              | 2024-03-25T23:59:59+00:00
2024-03-25T10:00:00+01:00[Europe/Paris]           | 2024-03-25T10:00:00+01:00
20240325T103005Z                                  | 2024-03-25T10:30:05+00:00
Mon, 25 Mar 2024 10:30:05 GMT                     | 2024-03-25T10:30:05+00:00
Tue, 25 Mar 2024 10:30:05 +0100                   | 2024-03-25T10:30:05+01:00
25 Mar 24 10:30 EST                               | 2024-03-25T10:30:00-05:00
25 Mar 98 10:30 CEST                              | 1998-03-25T10:30:00+02:00
Mon, 25 Mar 2024 10:30:05 GMT+1                   | 2024-03-25T10:30:05+01:00
Mon Mar 25 10:30:05 2024                          | 2024-03-25T10:30:05+00:00
Mon Mar 25 10:30:05 PDT 2024                      | 2024-03-25T10:30:05-07:00
Mon Mar 25 2024 10:00:00 GMT+0100 (Ortszeit)      | 2024-03-25T10:00:00+01:00
March 25, 2024 5:30 p.m. ET                       | 2024-03-25T17:30:00-04:00
Jan 25, 2024 5:30 PM Eastern Time                 | 2024-01-25T17:30:00-05:00
Published: March 25, 2024 at 12:05 a.m.           | 2024-03-25T00:05:00+00:00
3/25/2024 12:05 PM                                | 2024-03-25T12:05:00+00:00
03/04/2024 5:00 PM                                | 2024-03-04T17:00:00+00:00
25/03/2024                                        | 2024-03-25
03.04.2024                                        | 2024-04-03
25.03.2024, 17.30 Uhr                             | 2024-03-25T17:30:00+00:00
lundi 1er avril 2024 à 17h30                      | 2024-04-01T17:30:00+00:00
mar 26 mars 2024                                  | 2024-03-26
25 de marzo de 2024                               | 2024-03-25
25 de março de 2024 às 14h05                      | 2024-03-25T14:05:00+00:00
mercoledì 27 marzo 2024                           | 2024-03-27
Montag, 25. März 2024                             | 2024-03-25
25 maart 2024                                     | 2024-03-25
25. maaliskuuta 2024                              | 2024-03-25
25. mars 2024 kl. 10.30                           | 2024-03-25T10:30:00+00:00
25 marca 2024                                     | 2024-03-25
25 listopada 2024                                 | 2024-11-25
25. listopada 2024.                               | 2024-10-25
25. března 2024                                   | 2024-03-25
2024. március 25.                                 | 2024-03-25
25 martie 2024                                    | 2024-03-25
25 марта 2024 г., 15:05                           | 2024-03-25T15:05:00+00:00
25 березня 2024                                   | 2024-03-25
25 Μαρτίου 2024                                   | 2024-03-25
25 Ağustos 2024 Pazar 10:15                       | 2024-08-25T10:15:00+00:00
25 KASIM 2024                                     | 2024-11-25
2024年3月25日                                     | 2024-03-25
2024年3月25日 下午3:05                            | 2024-03-25T15:05:00+00:00
2024年3月25日（月） 15時05分                      | 2024-03-25T15:05:00+00:00
2024년 3월 25일 오후 3:05                         | 2024-03-25T15:05:00+00:00
2024-03-25 오전 11:23:17                          | 2024-03-25T11:23:17+00:00
25 tháng 3, 2024                                  | 2024-03-25
٢٥ مارس ٢٠٢٤                                      | 2024-03-25
25 मार्च 2024                                     | 2024-03-25
२५ सितम्बर २०२४, 10:15                            | 2024-09-25T10:15:00+00:00
25 जन॰ 2024                                       | 2024-01-25
25 জুন, ২০২৪                                      | 2024-06-25
25 ഒക്‌ടോബർ 2024                                   | 2024-10-25
25 اکتوبر 2024                                    | 2024-10-25
25 มีนาคม 2567                                    | 2024-03-25
25 มี.ค. 67                                       | 2024-03-25
วันจันทร์ที่ 25 มีนาคม พ.ศ. 2567                   | 2024-03-25
25 มีนาคม 2024                                    | 2024-03-25
March 25, 2024 7.30pm                             | 2024-03-25T19:30:00+00:00
25 March 2024, 19.30 GMT                          | 2024-03-25T19:30:00+00:00
Updated 2010 GMT (0410 HKT) March 25, 2024        | 2024-03-25T20:10:00+00:00
25 March 2024 1430 hrs                            | 2024-03-25T14:30:00+00:00
25 Mar 2024 GMT                                   | 2024-03-25
25 maart 2024, 14u30                              | 2024-03-25T14:30:00+00:00
25. März 2024, 14 Uhr                             | 2024-03-25T14:00:00+00:00
25 March 2024 10:00 IST                           | 2024-03-25T10:00:00+05:30
25 March 2024 10:00 WAT                           | 2024-03-25T10:00:00+01:00
25 March 2024 10:00 COT                           | 2024-03-25T10:00:00-05:00
March 2024                                        | 2024-03
1711363805                                        | 2024-03-25T10:50:05+00:00
1711363805123                                     | 2024-03-25T10:50:05.123000+00:00
1814-01-01                                        | 1814-01-01
-1000000000                                       | 1938-04-24T22:13:20+00:00
"""

UNREADABLE = [
    None, "", " ", "yesterday", "10:30", "2024", "25 March", "Monday", "03/04/2024", "25.03.24", "12", "١٢",
    "12345678901234567890", "3 of 4", "2024-03-25 to 2024-03-27", "25 March 2024 - 27 March 2024",
    "in March 2024 the council of the town met", "x" * 5000,
    "፩፪", "²⁰²⁴", "1.2.3.4", "version 2.03.2024.1", "\ud800",
]  # fmt: skip

IMPOSSIBLE = [
    "2024-02-31", "2023-02-29", "2024-13-01", "31 February 2024", "2024-03-25T25:00:00Z", "Feb 30, 2024",
    "2024年2月31日", "1500-01-01", "2101-01-01", "2023-366", "31.02.2024", "2024-03-25T10:75", "2024-00-10",
    "2026-03-00", "2026-03-00T10:30:00Z", "0 Mar 2026", "9999-999", "0000-000",
    "0000-00-00 00:00:00", "0001-01-01T00:00:00", "0001-01-01", "2024-03-25T10:30:05+99:00",
    "2024-03-25T10:30:05-16:00", "2024-03-25T10:30:05+02:60", "2024-03-25 10:30 GMT+99",
    "20240325T103005+9900",
    "20240325T253005Z", "202403251075", "-62135596800", "-62135596800000", "-" + "9" * 99, "9999999999",
    "9999999999999",
]  # fmt: skip


@pytest.mark.parametrize("line", READ.strip().splitlines())
def test_a_text_names_a_time(line: str) -> None:
    text, wanted = (part.strip() for part in line.rsplit("|", 1))
    when = parse(text)
    assert when is not None
    assert when.iso == wanted


MONTHS_OF = {
    "hi": "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    "mr": "जानेवारी फेब्रुवारी मार्च एप्रिल मे जून जुलै ऑगस्ट सप्टेंबर ऑक्टोबर नोव्हेंबर डिसेंबर",
    "bn": "জানুয়ারী ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
    "ta": "ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்",
    "si": "ජනවාරි පෙබරවාරි මාර්තු අප්‍රේල් මැයි ජූනි ජූලි අගෝස්තු සැප්තැම්බර් ඔක්තෝබර් නොවැම්බර් දෙසැම්බර්",
    "th": "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
}


@pytest.mark.parametrize("language", MONTHS_OF)
def test_the_months_of_a_language_follow_each_other(language: str) -> None:
    read = [parse(f"25 {name} 2024") for name in MONTHS_OF[language].split()]
    assert [when and when.iso for when in read] == [f"2024-{month:02}-25" for month in range(1, 13)]


@pytest.mark.parametrize("name", MONTHS)
def test_every_month_is_read(name: str) -> None:
    when = parse(f"25 {name} 2024")
    assert when is not None
    assert when.iso == f"2024-{MONTHS[name]:02}-25"


def test_no_month_has_two_numbers() -> None:
    told = defaultdict(set)
    for month, names in _MONTH_NAMES.items():
        for name in names.split():
            told[fold(name)].add(month)
    for line in _SOUTHERN_LINES:
        for month, name in enumerate(line, 1):
            told[fold(name)].add(month)
    assert [name for name, months in told.items() if len(months) > 1] == []


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_names_no_time_is_none(text: str | None) -> None:
    assert parse(text) is None
    assert not is_impossible(text)


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_what_names_no_real_day_is_never_bent_into_one(text: str) -> None:
    assert parse(text) is None
    assert is_impossible(text)


@pytest.mark.parametrize(
    ("text", "precision", "offset"),
    [
        ("2024-03-25T10:30:05+02:00", "instant", 120),
        ("2024-03-25T10:30+02:00", "minute", 120),
        ("2024-03-25T10:30:05", "instant", None),
        ("2024-03-25T10:30:05Z", "instant", 0),
        ("Mon, 25 Mar 2024 10:30:05 QQQ", "instant", None),
        ("1890-03-25T10:30:05-15:56", "instant", -956),
        ("2024-03-25T10:30:05+14:00", "instant", 840),
        ("2024-03-25", "day", None),
        ("2024-03", "month", None),
    ],
)
def test_precision_and_offset_are_what_the_text_gives(text: str, precision: str, offset: int | None) -> None:
    when = parse(text)
    assert when is not None
    assert (when.precision, when.offset) == (precision, offset)


def test_a_zone_is_used_where_the_text_gives_none() -> None:
    east = timezone(timedelta(hours=3))
    bare, zoned = parse("2024-03-25 01:30", zone=east), parse("2024-03-25 01:30Z", zone=east)
    assert bare is not None
    assert zoned is not None
    assert (bare.instant, bare.offset) == (datetime(2024, 3, 24, 22, 30, tzinfo=UTC), None)
    assert zoned.instant == datetime(2024, 3, 25, 1, 30, tzinfo=UTC)
    assert parse("2024-03-25", zone=east) == parse("2024-03-25")


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("March 9, 2024 10:00 ET", -5), ("March 10, 2024 10:00 ET", -4), ("November 2, 2024 10:00 PT", -7),
        ("November 3, 2024 10:00 PT", -8), ("April 1, 2000 10:00 ET", -5), ("April 2, 2000 10:00 ET", -4),
    ],
)  # fmt: skip
def test_american_zones_follow_their_season(text: str, hours: int) -> None:
    when = parse(text)
    assert when is not None
    assert when.offset == hours * 60


_MOMENTS = st.datetimes(datetime(1600, 1, 2), datetime(2100, 12, 30)).map(lambda one: one.replace(tzinfo=UTC))  # noqa: DTZ001


@given(_MOMENTS, st.integers(-14 * 60, 14 * 60))
def test_what_is_written_as_iso_is_read_back(moment: datetime, offset: int) -> None:
    local = moment.astimezone(timezone(timedelta(minutes=offset)))
    when = parse(local.isoformat(timespec="microseconds"))
    assert when is not None
    assert (when.instant, when.offset, when.precision) == (moment, offset, "instant")
    assert parse(when.iso) == when


@given(st.dates(date(1600, 1, 1), date(2100, 12, 31)))
def test_days_of_many_forms_are_that_day(day: date) -> None:
    forms = ("%d %B %Y", "%B %d, %Y", "%Y%m%d", "%d.%m.%Y", "%Y/%m/%d", "%a, %d %b %Y", "%Y年%m月%d日")
    for form in forms:
        when = parse(day.strftime(form))
        assert when is not None, form
        assert when.iso == day.isoformat()


@settings(max_examples=300)
@given(st.text(alphabet=st.sampled_from("0123456789-/:.,+TZ apmetMarch年월일()[]\ud800\0"), max_size=120))
def test_any_text_is_read_or_refused_without_error(text: str) -> None:
    when = parse(text)
    assert when is None or 1600 <= when.instant.year <= 2101
    assert not (when and is_impossible(text))


@pytest.mark.parametrize(
    "piece", ["1", "1:", "1 ", "a", "(", "25 March ", "1-", "年", "1.", " ", "+01", "1h"]
)
def test_long_texts_take_no_time(piece: str) -> None:
    began = time.process_time()
    for length in (99, 100, 101, 100_000):
        parse((piece * length)[:length])
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2024-03-25", date(2024, 3, 25)), ("2024-02-31", None), ("2024-3-25", None), ("20240325", None),
        (" 2024-03-25", None), ("2024-03-25\n", None), ("٢٠٢٤-٠٣-٢٥", None), ("../../etc", None),
    ],
)  # fmt: skip
def test_parse_day_is_strict(text: str, wanted: date | None) -> None:
    assert parse_day(text) == wanted


PLAIN = st.builds(
    "{:04}-{:02}-{:02}{}".format,
    st.integers(0, 9999) | st.integers(1998, 2026),
    st.integers(0, 13),
    st.integers(0, 32),
    st.just("")
    | st.builds(
        "T{:02}:{:02}:{:02}{}".format,
        st.integers(0, 25),
        st.integers(0, 61),
        st.integers(0, 61),
        st.sampled_from(["", "Z", "+00:00", "-05:30", "+15:59", "+16:00", "+02:60"]),
    ),
)


@given(PLAIN, st.sampled_from([None, timezone(timedelta(hours=3))]))
def test_what_machines_write_is_read_as_what_people_write(text: str, zone: timezone | None) -> None:
    """The quick way of reading gives what the careful one does, which a blank at the end brings about."""
    assert parse(text, zone=zone) == parse(f"{text} ", zone=zone)
    assert is_impossible(text) == is_impossible(f"{text} ")
