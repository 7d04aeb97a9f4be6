"""Which blocks of a page are its story, by a reference of its text, and how much each of them counts.

References differ in what they hold. So each kind of them has a weight, and some say nothing of some blocks:

- A whole text: a block is of the story if most of what it says stands in the text. It counts by its share
  of the text, so that a long article teaches no more than a short one.
- Sentences that must be kept and others that must not: the blocks that hold them, or are parts of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dateline.text.html.block_numbers import Numbers, key
from dateline.text.html.blocks import Block

_WORD = re.compile(r"\w+")
_SHINGLE = 4
"""Words, or characters where words are not parted."""
_UNPARTED = ("zh", "ja")
_MOST_SENTENCES = 6
"""Sentences that count: where a page has more, they were made of one another."""
_MOST_SHARE = 0.5
_LEAST = 0.0005
"""Each block says something, if it is only where menus stand."""
_SAME = 0.4
"""A page that shows less of its reference is another version of it, or was read in a wrong charset."""
_KEPT, _DROPPED = 0.06, 0.08
"""A sentence, as if it were so much of a text. They are few, and chosen where extractors go wrong."""
_LISTED = frozenset({"li", "td", "th", "tr", "dd", "dt"})
_LEADS = 0.3
"""A list item with so much of it in links leads elsewhere, whatever the reference holds."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What references of one origin are worth.

    Args:
        weight: of a page.
        has_lists: whether they hold lists and tables of the story.
    """

    weight: float
    has_lists: bool = True


# By the field `source` of a page.
KINDS = {
    # All that a reader would call the article, marked by hand.
    "aeb": Kind(8.0),
    # By rules written for each publisher: exact, but paragraphs, subheads and summaries alone.
    "fundus": Kind(1.5, has_lists=False),
    # Sentences of many kinds of pages.
    "trafilatura_eval": Kind(1.5),
    # Many pages of few publishers, some years old, with what stands in the article's box as well.
    "waddle_daniel": Kind(0.4),
}
_TOOLS = Kind(1.0)
"""What another extractor gave, slips and all: few pages, so they may say little."""
_OTHERS = Kind(1.5)


@dataclass(frozen=True, slots=True)
class Labels:
    """What a reference says of the blocks of a page.

    Args:
        is_story: for each block 0 or 1.
        weights: for each block; 0 where the reference says nothing.
    """

    is_story: Numbers
    weights: Numbers


def kind_of(truth: dict[str, Any]) -> Kind:
    """What the reference of a page is worth."""
    if known := KINDS.get(truth["source"]):
        return known
    return _TOOLS if (truth.get("body_kind") or "").startswith("silver") else _OTHERS


def is_unparted(truth: dict[str, Any]) -> bool:
    """Whether the page is in a language that sets no spaces between words."""
    return truth.get("language") in _UNPARTED


def whole_text(truth: dict[str, Any]) -> str:
    """The text of a page, empty where its reference is none or only the beginning."""
    is_whole = (truth.get("body_kind") or "").startswith(("gold_full", "silver"))
    return (truth.get("body") or "") if is_whole else ""


def shingles(text: str, *, by_character: bool) -> Counter[tuple[str, ...]]:
    """All runs of four words, or characters; of a shorter text the one run that it is."""
    words = [one for one in text if one.isalnum()] if by_character else _WORD.findall(text)
    starts = range(max(1, len(words) - _SHINGLE + 1)) if words else ()
    return Counter(tuple(words[at : at + _SHINGLE]) for at in starts)


def squeeze(text: str) -> str:
    """All white space as single spaces."""
    return " ".join(text.split())


def label(blocks: list[Block], truth: dict[str, Any], is_headline: Sequence[bool]) -> Labels | None:
    """What a reference says of the blocks of a page; None if nothing.

    Args:
        blocks: of the page.
        truth: the page's row of references.
        is_headline: which blocks say nothing but the headline: references differ in whether they hold it.
    """
    kind = kind_of(truth)
    if text := whole_text(truth):
        found = _by_text(blocks, text, is_unparted(truth))
        if not kind.has_lists:
            plain = [block.tag in _LISTED and block.linked < _LEADS * len(block.text) for block in blocks]
            found.weights[np.array(plain, bool) & (found.is_story == 0)] = 0
    elif truth.get("body_with") or truth.get("body_without"):
        found = _by_sentences(blocks, _sentences(truth, "body_with"), _sentences(truth, "body_without"))
    else:
        return None
    weights = np.where(np.array(is_headline, bool), 0.0, found.weights * kind.weight)
    return Labels(found.is_story, weights)


def _by_text(blocks: list[Block], text: str, by_character: bool) -> Labels:
    wanted = shingles(text, by_character=by_character)
    lines = {key(line) for line in text.split("\n")} - {""}
    met: Counter[tuple[str, ...]] = Counter()
    is_story, sizes = [], []
    for block in blocks:
        has = shingles(block.text, by_character=by_character)
        met |= has & wanted
        sizes.append(has.total())
        words = len(block.text) if by_character else len(block.text.split())
        if words >= _SHINGLE:
            is_story.append((has & wanted).total() > 0.5 * has.total())
        else:
            is_story.append(key(block.text) in lines)
    whole = max(wanted.total(), 1)
    weights = np.minimum(np.array(sizes, float) / whole, _MOST_SHARE) + _LEAST
    # Of a line without a letter it cannot be told.
    weights[np.array(sizes) == 0] = 0
    return Labels(np.array(is_story, float), weights * (met.total() >= _SAME * whole))


def _sentences(truth: dict[str, Any], name: str) -> list[str]:
    return [squeeze(sentence) for sentence in (truth.get(name) or [])[:_MOST_SENTENCES]]


def _by_sentences(blocks: list[Block], wanted: list[str], unwanted: list[str]) -> Labels:
    is_story, weights = [], []
    for block in blocks:
        kept, dropped = _met(block.text, wanted), _met(block.text, unwanted)
        is_story.append(kept > 0)
        weights.append(_KEPT * kept if kept else _DROPPED * dropped)
    return Labels(np.array(is_story, float), np.array(weights, float))


def _met(text: str, sentences: Iterable[str]) -> int:
    """How many sentences a block holds, or is a part of."""
    return sum(one in text or (len(text) > 15 and text in one) for one in sentences)
