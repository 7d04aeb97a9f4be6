"""The place line that opens a story: told from other short lines, and split off the first sentence."""

from __future__ import annotations

import re
from itertools import islice

from dateline.text.date_words import MONTHS, fold
from dateline.text.dateline_mentions import is_named_as_place
from dateline.text.dateline_parts import Parts, eastern, take_apart
from dateline.text.dateline_words import NO_PLACE, NO_PLACE_WORDS, WEEKDAYS

_END = re.compile(
    r"(?P<dash>\s?[—–―]\s{0,3}|\s--?\s{1,3}|\.-\s)|(?P<stop>[.:](?=\s))"
    r"|(?P<none>(?<=[)\]/])\s{0,3}(?=[^\W\d_]))|(?P<line>\n\n)"
)
"""Where a place line may end: a dash, a stop, nothing but the bracket of its agency, or its own line."""
_START = re.compile(r"[\"'“‘«„(¿¡]?(?![a-z])[^\W_]")
_EASTERN_END = re.compile(r"[)）]?\s?(?:(?: ?[\uac00-\ud7a3·]{2,12}){1,4} ?= ?)?[\s:：／/，,=-]{0,4}")
_LONGEST = 100
_ACRONYM = 4
_MOST_ENDS = 6
_FEWEST = 20
_PROSE = 60
"""Characters of a paragraph behind a bare name: shorter ones are captions and entries of lists."""
_PROSE_STOP = re.compile(r"[.!?…][\"'”’»)]?\Z")

_SIGNS = re.compile(r"[\W_]+")
"""What a summary in the head of a page and the same words on it may differ in."""

_DAYS = MONTHS.keys() | WEEKDAYS

_SHORT = 60
_LAST = re.compile(r"[.!?:;,…。！？：；，\"”»]$")
_SMALL = frozenset(
    {"and", "de", "del", "der", "di", "do", "du", "el", "la", "las", "le", "los", "of", "on", "y"}
)


def split_dateline(text: str) -> tuple[str | None, str]:
    """(place line as printed, without its dash; the text after it); (None, the text) where none opens it.

    Errs towards leaving it in the text. What tells a place line is an agency, a day, a region, or capitals
    before a dash, if the story names the place again; without these it is one only if it is a city known for
    news. A sentence has to begin behind it.
    """
    if found := eastern(text):
        rest = _after_eastern(text, found[0])
        return (found[0], rest) if len(rest) >= _FEWEST else (None, text)
    kept: tuple[str | None, str] = (None, text)
    for end in islice(_END.finditer(text, 0, _LONGEST), _MOST_ENDS):
        rest = text[end.end() :].lstrip()
        if len(rest) < _FEWEST or not _START.match(rest) or rest[0].islower():
            continue
        line = text[: end.start()].rstrip()
        parts = take_apart(line)
        if parts is not None and _tells(parts, end.lastgroup or "", rest):
            kept = line, rest
    return kept


def split_behind_summary(text: str, summary: str | None) -> tuple[str | None, str]:
    """As `split_dateline`, of the second paragraph where the first is the page's own summary.

    A newspaper that takes over an agency's story prints a line of its own above the agency's place.
    """
    dateline, rest = split_dateline(text)
    first, _, behind = text.partition("\n\n")
    if dateline is None and behind and summary and _SIGNS.sub("", first) == _SIGNS.sub("", summary):
        dateline, rest = split_dateline(behind)
        return dateline, f"{first}\n\n{rest}"
    return dateline, rest


def _after_eastern(text: str, line: str) -> str:
    """What follows a line, without the signs around it and the reporter that Korean agencies name there."""
    at = text.index(line) + len(line)
    found = _EASTERN_END.match(text, at)
    return text[found.end() if found else at :]


def _tells(parts: Parts, end: str, rest: str) -> bool:
    """Whether a line that could be a place line is one, by what it has and how it ends."""
    if not _may_be_place(parts):
        return False
    has_day = parts.day is not None
    if parts.agency is not None and not parts.is_apart and not (parts.in_capitals or parts.is_city):
        return False
    if parts.agency is not None:
        # Other brackets hold a party, an age, a short name.
        return parts.is_known or has_day or (end == "dash" and (parts.in_capitals or _is_like_agency(parts)))
    if end == "none":
        return False
    if has_day:
        return parts.in_capitals or (parts.is_city and end != "line")
    if end == "dash" and parts.in_capitals and not parts.is_city:
        # Capitals alone are those of labels and of people as well.
        return parts.place != parts.name or is_named_as_place(parts.name, rest)
    if end == "dash" and parts.in_capitals:
        return True
    paragraph = rest.partition("\n\n")[0]
    return parts.is_city and len(paragraph) >= _PROSE and bool(_PROSE_STOP.search(paragraph))


def _may_be_place(parts: Parts) -> bool:
    """Whether the name is not a label that stands before a dash, a name of a medium or the word of a day."""
    if parts.is_city:
        return True
    words = [fold(word.strip(".")) for word in re.split(r"[\s-]", parts.name)]
    if fold(parts.name) in NO_PLACE or not {words[0], words[-1]}.isdisjoint(NO_PLACE_WORDS):
        return False
    if not {words[0], words[-1]}.isdisjoint(_DAYS):
        return False
    # Of names as short as this, most in capitals are those of agencies and companies.
    return len(parts.name) > _ACRONYM or parts.agency is not None or parts.day is not None


def _is_like_agency(parts: Parts) -> bool:
    """Whether an unknown word in brackets looks like an agency's sign behind a place in small letters.

    In capitals it may as well be the party of the person named before it.
    """
    sign = parts.agency or ""
    return sign.islower() or parts.is_city or parts.place != parts.name


def is_place_line(line: str, *, capitals_only: bool = False) -> bool:
    """Whether a line of its own may be the place: short, without an end, in capitals or all capitalised.

    Args:
        capitals_only: where a headline or a name could stand as well, only capitals tell a place.
    """
    words = line.replace(",", " ").replace("/", " ").split()
    if not words or len(line) > _SHORT or len(words) > 6 or _LAST.search(line):
        return False
    if fold(line) in NO_PLACE or not any(map(str.isalpha, line)) or any(map(str.isdigit, line)):
        return False
    if line == line.upper() and line != line.lower():
        return True
    if capitals_only:
        return False
    if line == line.lower() and line == line.upper():
        # Scripts without case: a line as short as a name.
        return len(line) <= 12
    return all(word[0].isupper() or word in _SMALL for word in words) and words[0] not in ("By", "The")
