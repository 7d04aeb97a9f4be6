"""What stands below a story and is no part of it: whose it is, where else to find it, whom to write to.

Templates put these lines in the same element as the story. Only its last lines are looked at, and each has to
be such a notice from its beginning to its end: a story may be about a copyright, and its last sentence may
give the number to call. In doubt a line stays. Corrections and who else reported stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.text.date_words import fold
from dateline.text.html.ending_words import (
    BESIDE_NAMES,
    BIOGRAPHY,
    COPYRIGHT,
    ELSEWHERE,
    ENTRY,
    FOLLOW,
    MORE_OF_IT,
    OFFICIAL,
    OWNED,
    RESERVED,
    SIGN_UP,
    TOLD,
    WRITE,
    WRITE_TO,
)

_LONGEST = 300
"""Characters of a line."""
_LONGEST_BIOGRAPHY = 500
_MOST = 8
"""Lines dropped."""
_MOST_NAMED = 25
"""Words of names and dates."""
_LEAD = r"[^\w\"“”„«»‘’'「『]{0,6}"
"""What may stand before a notice; a mark of quotation says that somebody else is heard."""
_NOTICE = re.compile(rf"{_LEAD}(?:{OWNED}|{FOLLOW}|{ENTRY}|{WRITE}|{SIGN_UP})", re.IGNORECASE)
_COPYRIGHT = re.compile(rf"{_LEAD}(?:{COPYRIGHT})", re.IGNORECASE)
_RESERVED = re.compile(rf"(?<!\w)(?:{RESERVED})", re.IGNORECASE)
_ELSEWHERE = re.compile(rf"{_LEAD}(?:{ELSEWHERE})", re.IGNORECASE)
_MORE = re.compile(rf"(?:{MORE_OF_IT})\b.*", re.IGNORECASE)
_WRITE_TO = re.compile(rf"{_LEAD}(?:{WRITE_TO})", re.IGNORECASE)
_OFFICIAL = re.compile(rf"\b(?:{OFFICIAL})", re.IGNORECASE)
_BIOGRAPHY = re.compile(rf"\s(?:{BIOGRAPHY})", re.IGNORECASE)
_EDGES = "\"“”„«»‘’'()[]{}<>.,;:!?*|/–—-"
_GOES_ON = re.compile(r"\s?[.!|,;:©–—-](?!\s?[\"“”’'])|\s(?:by|to)\s|\s(?=[^\W\d_])")


def without_ending(paragraphs: list[str], authors: Sequence[str] = ()) -> list[str]:
    """A story without the notices that end it.

    Args:
        paragraphs: of the story, which may be of several lines.
        authors: as read of the page.

    Nothing is dropped where nothing else would be left.
    """
    kept = [paragraph.split("\n") for paragraph in paragraphs]
    for _ in range(_MOST):
        if not kept or not (is_notice(kept[-1][-1], authors) or _is_biography(kept[-1][-1], authors)):
            break
        kept[-1].pop()
        if not kept[-1]:
            kept.pop()
    return ["\n".join(lines) for lines in kept] or paragraphs


def is_notice(line: str, authors: Sequence[str] = ()) -> bool:
    """Whether a line says nothing of a story, but of its text: whose it is, whom to follow.

    Args:
        authors: as read of the page; how to reach others may be of the story.
    """
    if len(line) > _LONGEST or TOLD.search(line):
        return False
    return (
        _NOTICE.fullmatch(line) is not None
        or _is_reserved(line)
        or _is_named_behind(_COPYRIGHT, line)
        or _is_named_behind(_ELSEWHERE, line)
        or _is_address(line, authors)
    )


def _is_biography(line: str, authors: Sequence[str]) -> bool:
    """Whether it tells what else somebody does who wrote the story."""
    return len(line) <= _LONGEST_BIOGRAPHY and any(
        " " in author and line.startswith(author) and _BIOGRAPHY.fullmatch(line, len(author)) is not None
        for author in authors
    )


def _is_reserved(line: str) -> bool:
    """Whether it reserves all rights, with nothing but names before that."""
    found = _RESERVED.search(line)
    if found is None or not _is_named(line[: found.start()]):
        return False
    rest = line[found.end() :]
    goes_on = _GOES_ON.match(rest)
    return not rest or (goes_on is not None and (goes_on[0] != " " or not rest[1:2].islower()))


def _is_named_behind(pattern: re.Pattern[str], line: str) -> bool:
    """Whether a line begins so, and goes on with names and dates alone."""
    found = pattern.match(line)
    return found is not None and _is_named(_MORE.sub("", line[found.end() :]))


def _is_named(text: str) -> bool:
    """Whether a text is but names, dates and addresses, as far as capitals tell them."""
    words = [stripped for word in text.split() if (stripped := word.strip(_EDGES))]
    return len(words) <= _MOST_NAMED and all(
        not word[0].islower() or fold(word) in BESIDE_NAMES or "." in word for word in words
    )


def _is_address(line: str, authors: Sequence[str]) -> bool:
    """Whether it tells how to reach who wrote the story."""
    if _OFFICIAL.search(line) or not any(author and author in line for author in authors):
        return False
    return _WRITE_TO.fullmatch(line) is not None
