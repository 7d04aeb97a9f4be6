"""What stands over a story and is no part of it: who wrote it, when, and how long it takes to read.

Templates put these lines in the same element as the story, where they look like short paragraphs of it. They
are told by being made of nothing else.
"""

from __future__ import annotations

import re
from itertools import islice

from dateline.text.date_words import AMERICAN, MONTHS, OFFSETS, fold, western
from dateline.text.dateline_words import WEEKDAYS
from dateline.text.html.author_names import looks_like_name, split_names
from dateline.text.html.author_ranks import is_rank
from dateline.text.html.author_words import AGENCY
from dateline.text.html.byline_words import CREDIT, LEAD_IN, ROLE
from dateline.text.html.opening_words import (
    AGO_WORDS,
    EASTERN_WORDS,
    LABEL_AHEAD,
    NAME_WORDS,
    READING_WORDS,
    SOURCE,
    TIME_WORDS,
)
from dateline.text.html.relative_times import DAY_NAMES, UNITS
from dateline.text.html.titles import plain

_MOST = 6
"""Lines looked at."""
_LONGEST = 160
"""Characters. Longer lines are prose, after which a date of its own is an entry's."""
_SHORT = 80
_MOST_DATES = 2
"""Of publication and of the last change. A chronicle has more."""
_PARTS = re.compile(r"\s*[|•·¦▪►]\s*|\s+[-–—/]\s+|\t")
_WORD = re.compile(r"[^\W\d_]+")
_DAY = re.compile(
    r"(?<!\d)(?:\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)|\d{1,2}[:.h]\d\d)(?!\d)"
)
_NUMBER = re.compile(r"(?<!\d)\d{1,3}(?!\d)")
"""Of a day, hours or minutes: a month and a year may be all that a heading says."""
_YEAR = re.compile(r"(?<!\d)(?:(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-]\d\d)(?!\d)")
_WITHIN_DAYS = frozenset({"am", "de", "del", "den", "der", "of", "on", "the", "um"})
_CALENDAR = _WITHIN_DAYS | {*MONTHS, *WEEKDAYS, *AMERICAN, *OFFSETS}
_BRACKETS = re.compile(r"[(\[（【][^()\[\]（）【】]{0,60}[)\]）】]")
_SENTENCE = re.compile(r"[^\W\d_]{4}[.!?…。！？]\W{0,2}\Z")
_BY = re.compile(r"\s*(?:by|von|par|por|door)\s+(?=[^\W\d_])", re.IGNORECASE)
_FEW = 3
"""Words of a place or a role beside a name or a date."""
_BESIDE = 6
"""Words beside the names of a byline: what they are, and where."""


def without_opening(paragraphs: list[str], authors: list[str]) -> list[str]:
    """A story without the lines over it that are but its byline, its date, its source or its length.

    Args:
        paragraphs: of the story, which may be of several lines.
        authors: as read of the page.

    Nothing is dropped where nothing else would be left, and no date of a chronicle, which has more of them.
    """
    lines = [(at, line) for at, paragraph in enumerate(paragraphs) for line in paragraph.split("\n")]
    dropped = _about([(line, not _is_table(paragraphs[at])) for at, line in lines[:_MOST]], authors)
    if any(_has_time(lines[number][1]) for number in dropped) and _is_chronicle(lines):
        dropped = {number for number in dropped if not _has_time(lines[number][1])}
    if not dropped or len(dropped) == len(lines):
        return paragraphs
    kept: dict[int, list[str]] = {}
    for number, (at, line) in enumerate(lines):
        if number not in dropped:
            kept.setdefault(at, []).append(line)
    return ["\n".join(left) for left in kept.values()]


def _about(lines: list[tuple[str, bool]], authors: list[str]) -> set[int]:
    """Numbers of the lines that tell who wrote the story, and when.

    Args:
        lines: the first ones, each with whether it may be such a line.
        authors: as read of the page.
    """
    found: set[int] = set()
    is_above = True
    for number, (line, may_be) in enumerate(lines):
        is_above = is_above and len(line) <= _LONGEST
        if may_be and len(line) <= _LONGEST and _is_about(line, authors, is_above=is_above):
            found.add(number)
    dates = [number for number, (line, _) in enumerate(lines) if number in found and _is_calendar(line)]
    between = {*range(dates[0], dates[-1])} - found if dates else set()
    # A programme has such lines for headings: one after the other, or without a year behind other lines.
    return {
        number
        for number in found
        if number not in dates
        or not (between or (len(found & {*range(number)}) < number and not _YEAR.search(lines[number][0])))
    }


def _is_calendar(line: str) -> bool:
    """Whether a line with a time has no word but those of a day, so that it may be a heading."""
    return _has_time(line) and all(word in _CALENDAR for word in _WORD.findall(western(line)))


def _is_table(paragraph: str) -> bool:
    """Whether it has rows of cells."""
    return sum(" | " in line for line in paragraph.split("\n")) > 1


def _is_chronicle(lines: list[tuple[int, str]]) -> bool:
    """Whether a text has more short lines with dates of their own than a template puts over it."""
    short = (line for _, line in lines if len(line) <= _SHORT)
    return len([*islice(filter(_has_time, short), _MOST_DATES + 1)]) > _MOST_DATES


def _has_time(line: str) -> bool:
    return any(map(is_time, _parts(line)))


def _parts(line: str) -> list[str]:
    return [part for part in _PARTS.split(LABEL_AHEAD.sub(" | ", line)) if part.strip()]


def is_time(line: str) -> bool:
    """Whether a line tells nothing but a date, a time of day, an age, or how long it takes to read."""
    if not any(map(str.isdigit, line)) and len(line) > 2 * _BESIDE:
        return False
    words = western(line.replace("'", " ").replace("’", " "))
    told = _WORD.findall(EASTERN_WORDS.sub(" ", words))
    if any(word not in TIME_WORDS for word in told):
        return False
    if _DAY.search(words) or any(word in DAY_NAMES for word in told):
        return True
    has_unit = any(word in UNITS for word in told)
    is_span = has_unit and any(word in AGO_WORDS or word in READING_WORDS for word in told)
    return _NUMBER.search(words) is not None and (is_span or any(word in MONTHS for word in told))


def _is_about(line: str, authors: list[str], *, is_above: bool) -> bool:
    """Whether each part of a line is a byline, a time, a source, or a place or a role beside one of these.

    Args:
        authors: as read of the page.
        is_above: whether no prose stands before it, so that also those count who were not read as authors.
    """
    parts = _parts(line)
    told = [
        is_signed(part, authors)
        or (is_above and (is_time(part) or SOURCE.fullmatch(part) is not None or _is_other(part)))
        for part in parts
    ]
    return any(told) and all(
        is_told or (len(part.split()) <= _FEW and (part[:1].isupper() or is_rank(part)))
        for part, is_told in zip(parts, told, strict=True)
    )


def is_signed(part: str, authors: list[str]) -> bool:
    """Whether a text tells nothing but who wrote it: these authors, as "by", "with" and roles aside."""
    if not authors or _SENTENCE.search(part):
        return False
    bare = rest = _BRACKETS.sub(" ", part)
    for name in sorted(authors, key=len, reverse=True):
        rest = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", rest, flags=re.IGNORECASE)
    if rest != bare and (all(map(_is_beside, _WORD.findall(rest))) or is_time(rest)):
        return True
    known = {plain(name) for name in authors}
    named = split_names(part)
    return all(plain(name) in known for name in named) and _begins(part, named)


def _begins(part: str, named: list[str]) -> bool:
    """Whether a text begins with the first of its names, and has but few words beside them."""
    beside = len(part.split()) - sum(len(name.split()) for name in named)
    begun = plain(LEAD_IN.sub("", part))
    return bool(named) and beside <= _BESIDE and begun.startswith(plain(named[0]))


def _is_beside(word: str) -> bool:
    return fold(word) in NAME_WORDS or fold(word) in TIME_WORDS or ROLE.fullmatch(word) is not None


def _is_other(part: str) -> bool:
    """Whether a text is a byline of others, or an agency, or thanks for pictures."""
    if _SENTENCE.search(part):
        return False
    if CREDIT.match(part):
        return ":" in part or "：" in part
    if AGENCY.fullmatch(part.strip()):
        return True
    if not _BY.match(part):
        return False
    named = split_names(part)
    return _begins(part, named) and all(map(looks_like_name, named))
