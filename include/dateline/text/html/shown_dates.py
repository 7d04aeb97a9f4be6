"""Dates as people read them: the first in a line, with the time of day beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.text.date_words import JOINING, LETTER, fold
from dateline.text.dateline_words import WEEKDAYS

# The languages of India have months of two signs, that of the Levant months of two words.
_MONTH = rf"(?:(?:كانون|تشرين)\s+[^\W\d_]{{5,6}}|[^\W\d_]{{3,12}}|{LETTER}{{2,14}})"
_DAY = re.compile(
    r"(?<![\d/.:-])\d{4}\s?[-/.年년]\s?\d{1,2}\s?[-/.月월]\s?\d{1,2}(?!\d)[日일]?"
    r"|(?<![\d/.:-])\d{1,2}\s?(?P<sign>[./-])\s?\d{1,2}\s?(?P=sign)\s?(?:\d{4}|\d{2})(?![\d/]|[.,:-]\d)"
    rf"|\b\d{{1,2}}(?:\.|st|nd|rd|th|er)?(?:\s+(?:de|of))?\s+{_MONTH}\.?,?(?:\s+(?:de|del|of|พ\.?ศ\.?))?\s+"
    r"\d{4}|\b\d{1,2}\s+[ก-ฮ][\u0e30-\u0e3a]?\.\s?[ก-ฮ]\.\s?(?:\d{4}|\d{2})(?!\d)"
    rf"|\b{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|\b\d{{4}}\.?\s+(?:gada\s+\d{{1,2}}\.?\s+{_MONTH}|m\.\s+{_MONTH}\s+\d{{1,2}}(?:\s+d\.)?)"
    rf"|\b\d{{4}}\.?\s+{_MONTH}\.?\s+\d{{1,2}}\b\.?"
)
_HALF_DAY = r"(?:\s?(?:[apAP]\.?\s?[mM]\b\.?|[πμ]\.?\s?μ\.?|صباح\w*|مساء\w*|[صم]\b))?"
_ZONE = (
    r"(?:\s?[(,]?\s?(?:(?:UTC|GMT)\s?[+-]\s?\d{1,2}(?::?\d{2})?(?!\d)|[A-Z]{2,5}\b|TSİ|[+-]\d{2}:?\d{2}|Z"
    r"|(?:по )?(?:мск|МСК|московскому)\b(?: времени)?|(?:Eastern|Central|Mountain|Pacific)\b(?: \w+)? [Tt]ime"
    r"|(?:Moscow|Beijing) [Tt]ime)\)?)?"
)
_TIME = (
    r"\d{1,2}(?:[:.]\d{2}(?::\d{2}(?:[.,]\d{1,6})?)?|\s?[hHuU]\s?\d{2}"
    r"|\s?[時时點点시](?:\s?\d{1,2}\s?[分분])?|\s?(?=[apAP]\.?\s?[mM]\b))"
    # What has a sign of money behind it is no time.
    r"(?!\d|\s?(?:[€$£%]|[Ee]uros?\b|EUR\b|kr\b))" + _HALF_DAY
)
_UNIT = r"(?:\s?(?:Uhr|uur|hod|hrs?|h)\b\.?)?"
_BEHIND = re.compile(rf"(?P<between>\D{{0,40}}?)(?P<clock>{_TIME}{_UNIT}{_ZONE})")
# Points alone may be of a price, a score or a number.
_AHEAD = re.compile(
    r"(?<![\d:.,/+-])(?:\d{1,2}(?::\d{2}(?::\d{2})?|\s?[hH]\s?\d{2}|\.\d{2}(?=\s?(?:[apAP]\.?[mM]|Uhr|uur)))"
    rf"{_HALF_DAY}{_UNIT}{_ZONE})(?P<between>\D{{0,24}})\Z"
)
_NEAR = 6
"""Characters between day and clock that may be anything; more must be words that join them."""
_FARTHEST = 64
"""Characters before and behind a day that are looked at."""
_WORD = re.compile(rf"{LETTER}+(?:-{LETTER}+)*")


def shown_date(line: str) -> str | None:
    """The first date in a line, with its time of day behind or before it; None where there is none."""
    span = next(shown_dates(line), None)
    return line[slice(*span)] if span else None


def shown_dates(line: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the dates in a line in order, each with its time of day behind or before it."""
    last = 0
    while day := _DAY.search(line, last):
        start, end = day.span()
        behind = _BEHIND.match(line, end, end + _FARTHEST)
        ahead = _AHEAD.search(line, max(last, start - _FARTHEST), start)
        if behind and (len(behind["between"]) <= _NEAR or _joins(behind["between"])):
            end = behind.end()
        elif ahead and _joins(ahead["between"]):
            start = ahead.start()
        yield start, end
        last = end


def day_of(text: str) -> str | None:
    """The first day in a text without its time of day."""
    found = _DAY.search(text)
    return found[0] if found else None


def _joins(between: str) -> bool:
    """Whether what stands between a day and a clock only joins them: `, godz.`, ` a las `, ` вторник, `."""
    return all(fold(word) in JOINING or fold(word) in WEEKDAYS for word in _WORD.findall(between))
