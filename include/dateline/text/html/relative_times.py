"""Times told from the moment of reading: "2 hours ago", "yesterday", "сегодня, 14:05", "17 June"."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise

from dateline.text.date_words import LETTER, MONTHS, fold, western
from dateline.text.dates import parse
from dateline.text.when import When

_LONGEST = 60
"""Characters: longer texts are sentences, whose "yesterday" is the story's."""

_UNIT_WORDS = {
    "second": """second seconds sec secs s sekunde sekunden seconde secondes segundo segundos secondo
        secondi seconden sekund sekunda sekundy sekunder sekunnin sekunti sekuntia секунду
        секунды секунд saniye δευτερόλεπτα masodperce detik giay 秒 초""",
    "minute": """minute minutes min mins m minuten minuto minutos minuti minuut minuten minut minuty
        minute minuta minutter minuter minuuttia минуту минуты минут мин хвилин хвилини хвилину
        dakika dk λεπτά λεπτό perce percc menit phut 分钟 分鐘 分 분 دقيقة دقائق דקות मिनट মিনিট""",
    "hour": """hour hours hr hrs h std stunde stunden heure heures hora horas ora ore uur uren u godz
        godziny godzin godzinę hodinou hodinami hodin hodiny hodinu timme timmar time timer
        tuntia tunti час часа часов ч годину години годин saat ώρες ώρα oraja orája sata sati
        sat jam gio 小时 小時 时间 時間 시간 ساعة ساعات שעות שעה घंटे घंटा ঘণ্টা ঘন্টা""",
    "day": """day days d tag tage tagen jour jours día días dia dias giorno giorni dag dagen dni dzień
        dnem dny dagar dage dager päivää день дня дней дні днів gün ημέρες ημέρα μέρες napja nap
        zile zi dana hari ngay 天 日 일 يوم أيام ימים दिन দিন""",
}
_AGO_WORDS = """ago vor hace fa atras ha geleden temu sedan siden назад тому önce πριν ezelőtt ezelott
    acum pred před prije pre преди prieš pirms tagasi sitten lalu trước 前 전 منذ לפני पहले আগে"""
_TODAY = """today heute aujourd hoy hoje oggi vandaag dzisiaj dziś dnes idag i_dag tänään сегодня
    сьогодні bugün σήμερα ma azi danas днес hari_ini hôm_nay 今天 今日 오늘 اليوم היום आज"""
_YESTERDAY = """yesterday gestern hier ayer ontem ieri gisteren wczoraj včera vcera igår i_går eilen
    вчера вчора dün χθες tegnap jučer kemarin hôm_qua 昨天 昨日 어제 أمس אתמול कल"""


def _plain(word: str) -> str:
    """As `western` leaves it."""
    return fold(word.replace("_", " "))


UNITS = {_plain(word): unit for unit, words in _UNIT_WORDS.items() for word in words.split()}
"""Folded word → second, minute, hour or day."""
AGO = tuple(sorted((_plain(word) for word in _AGO_WORDS.split()), key=len, reverse=True))
_ONE_WORDS = """a an one eine einer einem ein un une una uno um uma een jeden jedną en ett ena один одну bir
    ένα μία"""
_ONE = frozenset(map(_plain, _ONE_WORDS.split()))
DAY_NAMES = {_plain(word): back for back, words in ((0, _TODAY), (1, _YESTERDAY)) for word in words.split()}
"""Folded word → how many days ago."""
_ASIAN = re.compile(r"[^\x00-\u2fff]")
_SPANS = {"second": timedelta(seconds=1), "minute": timedelta(minutes=1), "hour": timedelta(hours=1),
          "day": timedelta(days=1)}  # fmt: skip
_MOST = {"second": 600, "minute": 600, "hour": 96, "day": 31}
"""More of a unit is no answer of a template; weeks and months tell no day, so they are not read at all."""

_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.h]\d{2}(?:\s?[ap]\.?m\.?)?")


def relative(
    text: str, captured: datetime | None, zone: tzinfo | None = None, here: tzinfo | None = None
) -> When | None:
    """The day, or the time of a named day, that a text tells from the moment of reading.

    Args:
        text: a short text alone.
        captured: when the page was seen, aware; without it nothing can be told.
        zone: in which its days and clocks are; UTC if None.
        here: where no zone is given, that in which today is today; clocks stay without a zone, as in `parse`.

    Only the day is taken from "2 hours ago": pages come out of caches, and the hours were rounded. Near
    midnight it may be the day before or after.
    """
    if captured is None or not text or len(text) > _LONGEST:
        return None
    words = " ".join(western(text.replace("'", " ").replace("’", " ")).split())
    return (
        _ago(words, captured)
        or _named_day(words, captured, zone, here)
        or _this_year(text, words, captured, zone)
    )


def _ago(words: str, captured: datetime) -> When | None:
    if not any(_has(words, ago) for ago in AGO) and "il y a" not in words and "yang lalu" not in words:
        return None
    tokens = re.findall(rf"\d+|{LETTER}+", words)
    for amount, word in pairwise(tokens):
        unit = _unit(word)
        if unit is None or not (amount in _ONE or (amount.isdecimal() and len(amount) < 4)):
            continue
        many = int(amount) if amount.isdecimal() else 1
        if many > _MOST[unit]:
            return None
        return When.day((captured - many * _SPANS[unit]).astimezone(UTC).date())
    return None


def _unit(word: str) -> str | None:
    """The unit of a word; the languages without spaces put what follows right behind it."""
    if word in UNITS or not _ASIAN.match(word):
        return UNITS.get(word)
    return next((UNITS[word[:size]] for size in range(len(word), 0, -1) if word[:size] in UNITS), None)


def _has(words: str, name: str) -> bool:
    if _ASIAN.search(name):
        return name in words
    return re.search(rf"(?<!{LETTER}){re.escape(name)}(?!{LETTER})", words) is not None


def _named_day(words: str, captured: datetime, zone: tzinfo | None, here: tzinfo | None) -> When | None:
    """Today and yesterday, with or without a clock."""
    back = next((back for name, back in DAY_NAMES.items() if _has(words, name)), None)
    if back is None or re.search(r"\d{4}", words):
        return None
    day = captured.astimezone(zone or here or UTC).date() - timedelta(days=back)
    if not (clock := _CLOCK.search(words)):
        return When.day(day)
    time = clock[0].replace("h", ":")
    return parse(f"{day.isoformat()} {time}" if ":" in time else f"{day.isoformat()} {time} hrs", zone=zone)


def _this_year(text: str, words: str, captured: datetime, zone: tzinfo | None) -> When | None:
    """A day and a month without a year, as of the last twelve months."""
    if re.search(r"\d{4}", words) or not re.search(r"\d", words):
        return None
    months = [token for token in re.findall(rf"{LETTER}+", words) if token in MONTHS]
    eastern = re.search(r"(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]", text)
    if not months and not eastern:
        return None
    clock = found[0] if (found := _CLOCK.search(words)) else ""
    for year in (captured.year + 1, captured.year, captured.year - 1):
        if eastern:
            told = f"{year}-{eastern[1]}-{eastern[2]} {clock}"
        else:
            told = f"{words.replace(clock, '') if clock else words} {year} {clock}"
        when = parse(told, zone=zone)
        if when and when.instant <= captured + timedelta(days=1):
            return when
    return None
