"""Pages that stand for one that is not there, though they come with status 200.

Their text is a sentence of regret, and often a list of what else there is. Errs on the side of keeping: what
is refused as no article is not asked for again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from dateline.text.html.interstitials import LITTLE, MOST, SCANT, folded, titles_named
from dateline.text.html.missing_words import NAMES, PHRASES

_CODE = re.compile(
    r"(?:http[- ]?|error|fehler|erreur|errore|erro|ошибка|błąd|fout|fel|hata)?[ :#-]{0,3}(?:404|410)\b"
)
_JOINTS = " :.,!?-–—|#()"
_MOST_HEADINGS = 4


def says_missing(
    title: str, headings: Iterable[str], paragraphs: list[str], words: int, *, says_article: bool
) -> bool:
    """Whether a page says that the one asked for is not there.

    Args:
        title: of it.
        headings: its main ones.
        paragraphs: its text.
        words: how many that has.
        says_article: whether its data call it an article: templates do so of all their pages, so that its
            text has to say it as well.
    """
    if words >= MOST:
        return False
    titles = [title, *islice(headings, _MOST_HEADINGS)]
    names = [_without_code(part) for one in titles for part in titles_named(one)]
    is_named = any(name in NAMES for name, _ in names)
    if is_named and not says_article:
        return True
    if words >= LITTLE:
        return False
    is_said = _speaks(titles) or _speaks(paragraphs)
    if is_named or _speaks(titles) or any(has_code and not name for name, has_code in names):
        return is_said or not words
    return is_said and words < SCANT and not says_article


def _without_code(part: str) -> tuple[str, bool]:
    """(a part of a title without the code of the answer, whether there is one): `error 404: not found`."""
    rest = _CODE.sub(" ", part, count=1)
    return rest.strip(_JOINTS), rest != part


def _speaks(lines: Iterable[str]) -> bool:
    said = folded(" ".join(lines))
    return any(phrase in said for phrase in PHRASES)
