"""The text of a page that gives it as data alone (https://schema.org/articleBody), for scripts to show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dateline.text.html.block_numbers import key
from dateline.text.html.body import UNSEEN, Body
from dateline.text.html.evidence import Evidence
from dateline.text.html.live_data import paragraphs_of, says_live
from dateline.text.html.paragraphs import without_headlines
from dateline.text.html.paywalls import says_paid, stands_behind
from dateline.text.mojibake import is_damaged

_SHORTCODE = re.compile(
    r"\[(?:caption|gallery|audio|video|embed|playlist|vc_\w{1,40}|et_pb_\w{1,40})\b[^\[\]]{0,300}\]"
    r"(?:[^\[\]]{0,300}\[/caption\])?|\[/\w{1,40}\]"
)
"""Commands of WordPress to put in a picture or a box (https://codex.wordpress.org/Shortcode)."""
_LEAST = 200
"""Characters; what is shorter is a summary."""
_PIECE = 20
"""Letters and digits that are compared."""
_COMPARED = 50_000
"""Letters and digits. What is longer is compared by its beginning."""
_OTHER = 0.3
"""How much two texts of one page may share and be of different things."""
_MORE = 1.5
"""How much longer the data are than a part of them; some tell a notice or captions, too."""
_SURE = 0.8
_NOTICE = 400
"""Characters that notices of cookies and teasers rarely have."""
_LINKED = 0.5
"""How much of a list of other stories stands in links."""


def with_data(read: Body, page: Evidence, html: str, headlines: Sequence[str]) -> Body:
    """A body as read, or as the page's main object tells it where that is the story rather than what is read.

    Args:
        read: what the page shows.
        page: what was gathered of it.
        html: the page.
        headlines: to drop where they open the text.

    So it is where nothing was read, or the very words without their paragraphs, or something else, as a
    question about cookies, or a part of a story which nobody has to pay for.
    """
    said = _SHORTCODE.sub("\n\n", paragraphs_of(page.linked.get("articlebody")))
    told = [part for part in map(str.strip, said.split("\n\n")) if part]
    is_story = sum(map(len, told)) >= _LEAST and not is_damaged("\n".join(told))
    if not read.paragraphs:
        return Body(without_headlines(told, headlines), UNSEEN) if is_story else read
    if not told:
        return read
    words, shown = key("".join(told)), key("".join(read.paragraphs))
    if words == shown:
        return replace(read, paragraphs=told) if len(told) > len(read.paragraphs) else read
    # Of a live blog the data tell the first lines, or the last entry.
    if not is_story or says_live(page) or not (_is_part(shown, words) or _is_other(read, shown, words)):
        return read
    if says_paid(page) or stands_behind(html, read.paragraphs):
        return read
    return Body(without_headlines(_parted(told, read.paragraphs), headlines), UNSEEN)


def _parted(told: list[str], shown: list[str]) -> list[str]:
    """A text as told, its beginning in paragraphs as shown where the data have fewer."""
    whole, start = " ".join(told), " ".join(shown)
    if len(told) >= len(shown) or not whole.startswith(start):
        return told
    return [*shown, whole[len(start) :].strip()]


def _is_part(shown: str, words: str) -> bool:
    """Whether what is shown is a part of the words told, in one piece."""
    return len(words) >= _MORE * len(shown) and shown[:_COMPARED] in words


def _is_other(read: Body, shown: str, words: str) -> bool:
    """Whether what is shown is of something else than the words told, and no story by its looks."""
    if read.linked < _LINKED and (len(words) < len(shown) or _is_story(read)):
        return False
    one, other = _pieces(shown), _pieces(words)
    return len(one & other) < _OTHER * min(len(one), len(other))


def _is_story(read: Body) -> bool:
    """Whether what is shown has more than a notice, as surely as stories are read."""
    return read.confidence >= _SURE and sum(map(len, read.paragraphs)) >= _NOTICE


def _pieces(text: str) -> set[str]:
    text = text[:_COMPARED]
    return {text[at : at + _PIECE] for at in range(max(1, len(text) - _PIECE + 1))}
