"""Whether an answer from another address is the story that was captured before at the old one.

Publishers redirect for good what they rename, and also what they drop: to the front page, to a topic, to
the next day's story, to a login. The address does not tell which it is; what stands there does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dateline.errors import Refused
from dateline.text import shingles
from dateline.text.html.kinds import refuse_unless_article
from dateline.text.html.page import read_page
from dateline.text.html.times import Limits
from dateline.text.normalise import clean_text, word_count
from dateline.text.urls import is_home, known_by, same_site, url_key
from dateline.text.when import When
from dateline.text.words import read_words

ENOUGH = 0.3
"""Share of the shorter text's shingles that the other has. Stories grow, are cut, and are written anew in
part; two articles of one publisher seldom reach .2."""

LEAST = shingles.SHORT
"""Fewest shingles in common: what stands under every story of a publisher may be most of a short text."""


@dataclass(frozen=True, slots=True)
class _Story:
    """What a capture tells."""

    shingles: shingles.Hashes
    published: When | None


def may_move(url: str, there: str | None, moved_to: str | None) -> bool:
    """Whether addresses alone allow that a page has moved for good: by permanent redirects and no other, to
    another page of its site that is no front page.

    Args:
        url: what was asked for.
        there: what answered.
        moved_to: where permanent redirects alone led.
    """
    if there is None or moved_to is None or is_home(there) or not same_site(url, there):
        return False
    return url_key(there) == url_key(moved_to) != url_key(url)


def known_as(before: Mapping[str, Any], after: Mapping[str, Any]) -> str | None:
    """The URL that the story was known by, where both are captures of one story; None where in doubt: two
    articles that are one are linked by their texts, one that took another's place is not found again.

    Args:
        before, after: captures, or exchanges that may become one.
    """
    old, new = _read(before), _read(after)
    if old is None or new is None or not _is_same(old[1], new[1]):
        return None
    return old[0]


def _read(capture: Mapping[str, Any]) -> tuple[str | None, _Story] | None:
    """(what it is known by, what it tells); None where it is no article."""
    url = capture["final_url"] or capture["url"]
    try:
        # Without the lead: that is one and the same of both.
        page = read_page(
            capture["body"] or b"", capture["content_type"], url, None, Limits(capture["captured"])
        )
        text = clean_text("\n\n".join(page.whole or page.paragraphs))
        refuse_unless_article(page, word_count(text), 1)
    except Refused:
        return None
    told = _Story(shingles.shingles(read_words([text]))[0], page.published.value)
    return known_by(url, page.canonical, capture["known_as"]), told


def _is_same(old: _Story, new: _Story) -> bool:
    """Whether they share much of their words; or some, and say that they are of the same minute."""
    common = shingles.shared(old.shingles, new.shingles)
    least = min(len(old.shingles), len(new.shingles))
    if common >= LEAST and common >= ENOUGH * least:
        return True
    minute = _to_the_minute(old.published)
    return common > 0 and minute is not None and minute == _to_the_minute(new.published)


def _to_the_minute(when: When | None) -> Any:
    """The instant of a time that is known to the minute, without its seconds; else None."""
    if when is None or when.precision not in ("instant", "minute"):
        return None
    return when.instant.replace(second=0, microsecond=0)
