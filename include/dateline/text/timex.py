"""Time expressions of English prose as patterns, and the calendar spans of TIMEX3 values."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateline.text.numbers import SPELLED, read

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
UNITS = {"second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "month": "M", "quarter": "Q",
         "year": "Y", "decade": "E", "century": "C", "centurie": "C", "weekend": "WE"}  # fmt: skip
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
DAY_PARTS = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}

MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.|Apr\.?|Jun\.|Jul\.|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_UNIT = r"(?:second|minute|hour|day|week|month|quarter|year|decade)"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_EDGE = r"(?:(?i:early|late|mid|earlier|later)[ -](?:in )?)?"
_NUMBER = rf"(?i:\d{{1,4}}(?:\.\d)?|{SPELLED}|a couple of|a few|several|many|an?|half an?)"
_APPROX = r"(?:(?i:about|nearly|almost|around|roughly|more than|over|at least|less than|some) )?"

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("iso", r"\b(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)\b"),
        ("slashed", r"(?<![\d/])(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4}|\d\d)(?![\d/])"),
        ("day", rf"\b(?:{_WEEKDAY}, )?(?:the )?(?P<month>{MONTH}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b"
                rf"(?!\d|:|,\d{{3}}|%)(?:,? (?P<y>{_YEAR})\b)?"),
        ("day", rf"\b(?:{_WEEKDAY},? )?(?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{MONTH})"
                rf"(?![\w])(?:,? (?P<y>{_YEAR})\b)?"),
        ("month", rf"\b(?P<edge>{_EDGE})(?P<last>(?i:last|next|this|past) )?(?P<month>{MONTH})(?![\w-])"
                  rf"(?:(?:,| of)? (?P<y>{_YEAR})\b)?"),
        ("weekday", rf"\b(?P<last>(?i:last|next|this|this past|this coming) )?(?P<weekday>{_WEEKDAY})\b"
                    r"(?: (?P<part>morning|afternoon|evening|night)\b)?"),
        ("following", r"\b(?i:(?:the )?(?P<dir>following|next|previous|preceding|same) day"
                      r"|the day (?P<dir2>before|after|earlier)(?! yesterday| tomorrow))\b"),
        ("relative", rf"\b(?P<edge>{_EDGE})(?:(?i:the) )?(?P<dir>(?i:last|next|this|past|previous|coming"
                     r"|following|current)) (?P<unit>(?i:week|month|quarter|year|decade|weekend|century))"
                     r"\b(?!-)"),
        ("season", r"\b(?:(?P<dir>(?i:last|next|this|past)) |(?i:in|during|since|by) (?i:the )?"
                   r"(?:early |late )?)"
                   rf"(?P<season>(?i:spring|summer|autumn|fall|winter))\b(?: of)?(?: (?P<y>{_YEAR})\b)?"),
        ("part", r"\b(?i:(?P<dir>this|yesterday|tomorrow) (?P<part>morning|afternoon|evening|night)|tonight"
                 r"|last night)\b"),
        ("word", r"\b(?i:the day before yesterday|the day after tomorrow|yesterday|today|tomorrow)\b"),
        ("reference", r"\b(?i:now|currently|nowadays|at present|recently|lately|soon|at the moment)\b"),
        ("ago", rf"\b(?P<n>{_APPROX}{_NUMBER})[ -](?P<unit>{_UNIT})s?[ -](?P<dir>(?i:ago|earlier|later|before"
                r"|after|from now|hence))\b"),
        ("span", r"\b(?i:(?:the|these|those) )?"
                 r"(?P<dir>(?i:last|past|next|previous|coming|first|final|recent)) "
                 rf"(?P<n>{_NUMBER} )?(?P<unit>{_UNIT}|weekend)s\b"),
        ("duration", rf"\b(?P<n>{_APPROX}{_NUMBER})[ -](?P<unit>{_UNIT})(?:s\b|\b)(?![- ]old)(?!['’]s)"),
        ("vague", r"\b(?P<unit>(?i:weeks|months|years|decades|centuries))\b"),
        ("set", rf"\b(?i:every|each) (?:(?P<weekday>{_WEEKDAY})|(?P<unit>{_UNIT}))\b"
                r"|\b(?i:annually)\b"),
        ("quarter", r"\b(?:(?i:the) )?(?P<q>(?i:first|second|third|fourth))[ -](?i:quarter)\b"
                    rf"(?:(?: of)? (?P<y>{_YEAR})\b)?"),
        ("fiscal", rf"\b(?i:fiscal)(?: year)? (?P<y>{_YEAR})\b"),
        ("decade", r"\b(?:(?i:the) )?(?P<edge>(?i:early|late|mid)[ -])?"
                   r"(?:(?P<c>1[89]|20)|['’])?(?P<t>\d)0s\b"),
        ("year", rf"(?<![\w$£€.,:/#-])(?P<edge>(?i:early|late|mid)[ -])?(?P<y>{_YEAR})(?![\w%:/]|[.,]\d)"),
        ("weekend", r"\b(?:(?i:over|during|on|at) )(?P<body>(?i:the) weekend)\b"),
        ("clock", r"\b(?P<h>\d{1,2})(?:[:.](?P<min>\d\d))? ?(?P<ampm>(?i:a\.?m\b\.?|p\.?m\b\.?))"
                  r"|\b(?P<h24>[01]?\d|2[0-3]):(?P<m24>[0-5]\d)(?![:\d])|\b(?P<noon>(?i:noon|midnight))\b"),
    )
)  # fmt: skip
"""(kind, pattern), the more telling ones first: of two that overlap, the longer wins, then the first."""

FUTURE = re.compile(
    r"\b(?:will|won't|shall|is to|are to|to be|due|scheduled|plans?|planned|planning|expects?|expected|set to"
    r"|slated|upcoming|going to|'ll|ahead of|later|deadline|until|starting|beginning|by)\b",
    re.IGNORECASE,
)
"""Words before a day that say it lies ahead."""

NO_YEAR_AFTER = re.compile(
    r" (?:people|men|women|jobs|votes|miles|meters|metres|feet|troops|points|pounds|dollars|shares|tons|acres"
    r"|members|workers|employees|soldiers|students|homes|civilians|children|euros|calories|km|square)\b"
)
"""What a number of four digits counts is no year."""


def month_number(word: str) -> int:
    """`Sept.` → 9."""
    key = word.rstrip(".").casefold()[:3]
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(key))


def day(year: int, month: int, number: int) -> date | None:
    """The day, None if the calendar has none."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def shift_month(year: int, month: int, by: int) -> tuple[int, int]:
    """(year, month) so many months later."""
    count = year * 12 + month - 1 + by
    return count // 12, count % 12 + 1


def week(one: date) -> str:
    """TIMEX3 value of the ISO week of a day."""
    year, number, _ = one.isocalendar()
    return f"{year:04d}-W{number:02d}"


def quarter(one: date) -> tuple[int, int]:
    """(year, quarter) of a day."""
    return one.year, (one.month - 1) // 3 + 1


_MODS = {"early": "START", "earlier": "START", "late": "END", "later": "END", "mid": "MID"}
_HEDGES = (("about", "APPROX"), ("nearly", "LESS_THAN"), ("almost", "LESS_THAN"), ("around", "APPROX"),
           ("roughly", "APPROX"), ("more than", "MORE_THAN"), ("over", "MORE_THAN"),
           ("at least", "EQUAL_OR_MORE"), ("less than", "LESS_THAN"), ("some", "APPROX"))  # fmt: skip


def modifier(edge: str | None) -> str | None:
    return _MODS.get((edge or "").strip(" -").split(" ")[0].lower())


def count(words: str) -> tuple[float | str, str | None]:
    """(number, or X for a vague one; mod)."""
    lower, mod = words.strip().lower(), None
    for word, meaning in _HEDGES:
        if lower.startswith(word + " "):
            lower, mod = lower[len(word) + 1 :], meaning
            break
    if lower in ("a", "an"):
        return 1.0, mod
    if lower.startswith("half a"):
        return 0.5, mod
    if lower == "a couple of":
        return 2.0, mod
    number = read(lower)
    return ("X" if number is None else number), mod


def period(count: float | str, unit: str) -> str:
    """TIMEX3 duration: P2Y, PT1H, PXM."""
    shown = count if isinstance(count, str) else f"{count:g}"
    if unit in ("E", "C"):
        return f"P{shown}{'DE' if unit == 'E' else 'CE'}"
    if unit == "WE":
        return f"P{shown}WE"
    if unit.startswith("T"):
        return f"PT{shown}{unit[1]}"
    return f"P{shown}{unit}"


_VALUE = re.compile(
    r"(?P<y>\d{4})(?:-(?:(?P<m>\d\d)(?:-(?P<d>\d\d)(?:T.*)?)?|W(?P<w>\d\d)(?:-(?P<we>WE))?|Q(?P<q>\d)))?$"
)


def calendar(value: str) -> tuple[str | None, str | None]:
    """First and last day (ISO 8601) that a TIMEX3 value covers; (None, None) where it has none.

    >>> calendar("2024-04"), calendar("198"), calendar("P2Y")
    (('2024-04-01', '2024-04-30'), ('1980-01-01', '1989-12-31'), (None, None))
    """
    if re.fullmatch(r"\d{3}", value):
        return f"{value}0-01-01", f"{value}9-12-31"
    match = _VALUE.match(value)
    if match is None or not 1 <= int(match["y"]) <= 9998:
        return None, None
    year = int(match["y"])
    try:
        first, last = _bounds(year, match)
    except ValueError:
        return None, None
    return first.isoformat(), last.isoformat()


def _bounds(year: int, match: re.Match[str]) -> tuple[date, date]:
    if match["d"]:
        one = date(year, int(match["m"]), int(match["d"]))
        return one, one
    if match["w"]:
        monday = date.fromisocalendar(year, int(match["w"]), 1)
        return monday + timedelta(5 if match["we"] else 0), monday + timedelta(6)
    first, count = (int(match["m"]), 1) if match["m"] else (1, 12)
    if match["q"]:
        first, count = int(match["q"]) * 3 - 2, 3
    end_year, end_month = shift_month(year, first, count)
    return date(year, first, 1), date(end_year, end_month, 1) - timedelta(1)
