"""The place line that opens a story: told from other short lines, and split off the first sentence."""

from __future__ import annotations

import re

_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_CAPITALS = rf"{_UPPER}(?:{_UPPER}|[.'’-]){{2,24}}(?: (?:{_UPPER}|[.'’-]){{2,24}}){{0,3}}"
_NAME = r"[^\W\d_][\w.'’-]{1,24}(?: [^\W\d_][\w.'’-]{1,24}){0,2}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}}\.? {_MONTH})(?:,? \d{{4}})?"
_AGENCY = r"\([^\W\d_][\w .,&’'/-]{1,30}\)"
_DASH = r"(?:\s?[—–―]\s?|\s--?\s)"
_START = r"(?=[\"'“‘«„(]?[^\W_])"

_IN_TEXT = tuple(
    re.compile(pattern)
    for pattern in (
        # TOKYO, Japan, March 25 (AP) —: a place in capitals; date and agency may be missing.
        rf"(?P<line>(?P<place>(?P<capitals>{_CAPITALS}))(?:, {_NAME})?(?:,? {_DAY})?(?: {_AGENCY})?)"
        rf"{_DASH}{_START}(?![a-z])",
        # Paris (AFP) –, Kyiv, 3 March (Reuters) —: in mixed case only with the agency.
        rf"(?P<line>(?P<place>{_NAME})(?:, {_NAME})?(?:,? {_DAY})? {_AGENCY}){_DASH}{_START}(?![a-z])",
    )
)
_NO_PLACE = frozenset(
    {
        "UPDATE", "EXCLUSIVE", "BREAKING", "BREAKING NEWS", "CORRECTION", "ANALYSIS", "OPINION", "WATCH",
        "VIDEO", "LIVE", "EDITORIAL", "COMMENT", "FEATURE", "INTERVIEW", "REVIEW", "SUMMARY", "BACKGROUND",
        "NEWS", "SPORT", "SPORTS", "BUSINESS", "POLITICS", "PHOTO", "PHOTOS", "ADVISORY", "ALERT", "FLASH",
        "URGENT", "WARNING", "NOTE", "EDITOR'S NOTE", "END", "ENDS", "TOPSHOT", "FACTBOX", "EXPLAINER",
    }
)  # fmt: skip
_SHORT = 60
_LAST = re.compile(r"[.!?:;,…。！？：；，\"”»]$")
_SMALL = frozenset(
    {"and", "de", "del", "der", "di", "do", "du", "el", "la", "las", "le", "los", "of", "on", "y"}
)


def split_dateline(text: str) -> tuple[str | None, str]:
    """(place line as printed, without its dash; the text after it); (None, the text) where none opens it.

    Errs towards leaving it in the text: a place in capitals before a dash, or any name with an agency in
    brackets before a dash, and then a new sentence.
    """
    for pattern in _IN_TEXT:
        found = pattern.match(text)
        if not found or found["place"] in _NO_PLACE or len(text) - found.end() < 20:
            continue
        capitals = found.groupdict().get("capitals")
        # The class of capitals also takes letters of other scripts, with and without case.
        if capitals is None or (capitals == capitals.upper() and capitals != capitals.lower()):
            return found["line"], text[found.end() :]
    return None, text


def is_place_line(line: str, *, capitals_only: bool = False) -> bool:
    """Whether a line of its own may be the place: short, without an end, in capitals or all capitalised.

    Args:
        capitals_only: where a headline or a name could stand as well, only capitals tell a place.
    """
    words = line.replace(",", " ").replace("/", " ").split()
    if not words or len(line) > _SHORT or len(words) > 6 or _LAST.search(line):
        return False
    if line.upper() in _NO_PLACE or not any(map(str.isalpha, line)) or any(map(str.isdigit, line)):
        return False
    if line == line.upper() and line != line.lower():
        return True
    if capitals_only:
        return False
    if line == line.lower() and line == line.upper():
        # Scripts without case: a line as short as a name.
        return len(line) <= 12
    return all(word[0].isupper() or word in _SMALL for word in words) and words[0] not in ("By", "The")
