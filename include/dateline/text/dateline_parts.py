"""A place line taken apart: `KYIV, 3 March (Reuters)` is a place, a day and an agency."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dateline.text.date_words import MONTHS, fold
from dateline.text.dateline_words import AGENCIES, AGENCY_NAMES, CITIES, WEEKDAYS

_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_CAPITALS = re.compile(rf"{_UPPER}(?:{_UPPER}|[.'’-]){{2,24}}(?: (?:{_UPPER}|[.'’-]){{2,24}}){{0,3}}")
_NAME = re.compile(r"[^\W\d_][\w.'’-]{1,24}(?: [^\W\d_][\w.'’-]{0,24}){0,3}")
_REGION = re.compile(r"(?:[,،] ?|/| ?[-–] ?| \()([^\W\d_][\w.'’ -]{1,40})\)?")

_LONGEST = 120
_MONTH = r"[^\W\d_]{3,12}\.?"
_DATE = re.compile(
    rf"[,.،]? (?:(?P<weekday>{_MONTH}),? )?(?:(?:(?P<year1>\d{{4}})\. )?"
    rf"(?P<month1>{_MONTH}) (?P<day1>\d{{1,2}})(?:st|nd|rd|th|\.)?(?:, (?P<week>{_MONTH}))?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th|\.|º|°|er)?(?: de| d['’]| of)? ?(?P<month2>{_MONTH})"
    r")(?:,?(?: de)? (?P<year2>\d{4}))?\.?\Z"
)
_NUMERIC = re.compile(
    r",? (?:(?P<year1>\d{4})-(?P<month1>\d\d)-(?P<day1>\d\d)"
    r"|(?P<day2>\d\d?)\.(?P<month2>\d\d?)\.(?P<year2>\d{4}))\Z"
)
_FIRST = re.compile(r"[(\[]([^\W\d_][\w/ .-]{1,24})[)\]] ?(?:[-–—] ?)?")
_BRACKETS = re.compile(r",?\s?[(\[（/]([^\W\d_][^()\[\]（）\n]{0,30}[\w.])[)\]）/]\.?\Z")
_BARE = re.compile(r"(?:[.,]| ?[-–—]) (?:[-–—] )?([^\W\d_][\w./-]*(?: [^\W\d_][\w./-]*){0,2})\Z")

_HAN = r"\u3400-\u9fff"
_KANA = r"\u30a0-\u30ff"
_EASTERN = tuple(
    re.compile(pattern)
    for pattern in (
        # 新华社北京3月3日电, （中央社記者林秋實台北11日電）: the day and the sign for a dispatch tell it.
        rf"[（(]?(?P<line>(?:本[报報台刊]|[\w·]{{1,6}}?[社网網報报台])(?:[记記]者[{_HAN}]{{2,3}})?"
        rf"(?P<place>[{_HAN}、]{{2,8}}?)\s?(?:(?P<month>\d{{1,2}})月)?(?P<day>\d{{1,2}})[日号]\s?[电電讯訊])",
        # 【ロンドン共同】, 【ソウル聯合ニュース】
        rf"(?P<line>【(?P<place>[{_KANA}{_HAN}]{{2,12}}?)(?:[ \u3000][{_HAN}\u3000 ]{{2,8}})?"
        r"(?:共同|時事|聯合ニュース|AFP=時事|ロイター)】)",
        # [東京 3日 ロイター] -
        rf"(?P<line>[\[［](?P<place>[{_KANA}{_HAN}]{{2,12}}) (?:(?P<month>\d{{1,2}})月)?"
        r"(?P<day>\d{1,2})日 (?:ロイター|AFP|時事|共同)[\]］])",
        # (서울=연합뉴스)
        r"(?P<line>[(\[（](?P<place>[\uac00-\ud7a3·]{2,10})=[\uac00-\ud7a3A-Za-z0-9]{2,10}[)\]）])",
    )
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a place line is made of.

    Args:
        place: as printed, its state or country with it; the empty text where there is only an agency.
        name: the place alone.
        agency: as printed.
        is_apart: whether the agency stands in brackets or slashes.
        is_known: whether the agency is one of `AGENCIES`.
        month, day, year: as printed; None where it gives none.
    """

    place: str
    name: str
    agency: str | None = None
    is_apart: bool = False
    is_known: bool = False
    month: int | None = None
    day: int | None = None
    year: int | None = None

    @property
    def in_capitals(self) -> bool:
        """Letters of scripts without case are none."""
        return self.name == self.name.upper() != self.name.lower()

    @property
    def is_city(self) -> bool:
        """Whether news come from there every day."""
        return fold(self.name.rstrip(".")) in CITIES


def place_and_day(line: str, published: date | None) -> tuple[str | None, date | None]:
    """(place or places, day) of a place line as printed; None for what it does not give.

    Args:
        line: as printed, without its dash.
        published: day of publication; a day without a year, or without a month, is the one nearest to it.
    """
    if found := eastern(line):
        return found[1].place, _nearest(found[1], published)
    parts = take_apart(line)
    if parts is None:
        # A line that an archive gives under its own name: the place, whatever it looks like.
        rest = _without_agency(line)[0].strip()
        return (rest if rest and not any(map(str.isdigit, rest)) else None), None
    return parts.place or None, _nearest(parts, published)


def take_apart(line: str) -> Parts | None:
    """The parts of a line, None where it is made of other things as well."""
    rest, agency, is_apart = _without_agency(line.strip())
    rest, day = _without_day(rest)
    rest = rest.rstrip(" ,،-")
    name = _name(rest)
    is_known = agency is not None and is_agency(agency)
    return Parts(rest, name, agency, is_apart, is_known, *day) if name else None


def eastern(text: str) -> tuple[str, Parts] | None:
    """(the line, its parts) where a Chinese, Japanese or Korean place line opens a text."""
    for pattern in _EASTERN:
        if found := pattern.match(text, 0, _LONGEST):
            known = found.groupdict()
            month, day = (int(known[name]) if known.get(name) else None for name in ("month", "day"))
            return found["line"], Parts(found["place"], found["place"], None, True, True, month, day)
    return None


def _without_day(line: str) -> tuple[str, tuple[int | None, int | None, int | None]]:
    """(the rest of a line, (month, day, year) that end it)."""
    for pattern in (_DATE, _NUMERIC):
        found = pattern.search(line)
        while found:
            if read := _read_day(found):
                return line[: found.start()], read
            found = pattern.search(line, found.start() + 1)
    first, _, last = line.rpartition(" ")
    is_weekday = bool(first) and fold(last.strip(",.")) in WEEKDAYS
    return first if is_weekday else line, (None, None, None)


def _name(text: str) -> str | None:
    """The place alone, without state, country or a second place; None if the text is no place."""
    for pattern in (_CAPITALS, _NAME):
        found = pattern.match(text)
        if found and (found.end() == len(text) or _REGION.fullmatch(text, found.end())):
            return None if fold(text.rsplit(" ", 1)[-1].rstrip(".")) in MONTHS else found[0]
    return None


def _without_agency(line: str) -> tuple[str, str | None, bool]:
    """(the rest of a line, its agency as printed, whether that stands in brackets)."""
    first = _FIRST.match(line)
    if first and is_agency(first[1]):
        return line[first.end() :], first[1], True
    if found := _BRACKETS.search(line):
        return line[: found.start()], found[1], True
    found = _BARE.search(line)
    return (line[: found.start()], found[1], False) if found and is_agency(found[1]) else (line, None, False)


def is_agency(text: str) -> bool:
    """Whether this is the name of a news agency, or of several (`dpa/lby`)."""
    words = fold(text).strip(" .")
    return words in AGENCY_NAMES or words in AGENCIES or words.split("/")[0].split(" ")[0] in AGENCIES


def _read_day(found: re.Match[str]) -> tuple[int, int, int | None] | None:
    """(month, day, year) of a match, None where its words are no month and no weekday."""
    known = {name.rstrip("12"): value for name, value in found.groupdict().items() if value}
    month, extra = known["month"], (known.get("weekday"), known.get("week"))
    number = int(month) if month.isdecimal() else MONTHS.get(fold(month.rstrip(".")))
    if number is None or any(word and fold(word.rstrip(".")) not in WEEKDAYS for word in extra):
        return None
    return number, int(known["day"]), int(known["year"]) if "year" in known else None


def _nearest(parts: Parts, published: date | None) -> date | None:
    """The day of a line; None if it gives none, or none that is real."""
    if parts.day is None or (parts.year is None and published is None):
        return None
    years, months = _around(parts, published)
    days = []
    for year in years:
        for month in months:
            try:
                days.append(date(year, month, parts.day))
            except ValueError:
                continue
    since = published or date(years[0], 1, 1)
    return min(days, key=lambda one: (abs(one - since), one)) if days else None


def _around(parts: Parts, published: date | None) -> tuple[list[int], list[int]]:
    """The years and months in which a line's day may lie."""
    months = [parts.month] if parts.month else list(range(1, 13))
    if parts.year is not None or published is None:
        return [parts.year or 0], months
    return [published.year - 1, published.year, published.year + 1], months
