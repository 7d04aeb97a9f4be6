"""Titles that stand over many stories: what is but such a title is the headline of none of them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from dateline.text.shingles import SHORT, shared
from dateline.text.texts import Texts

_MOST = 32
"""Texts under one title that are looked at, the earliest: bounds the work on a title that thousands have."""


def is_rubric(texts: Texts, story: int, titled: Iterable[int], alike: float) -> bool:
    """Whether the title of a story ("Your horoscope for the week ahead") is that of another story too.

    Errs towards a headline: of the first story under a rubric nothing tells that there will be more.

    Args:
        texts: where all lie.
        story: place of the story.
        titled: texts under its title that count, earliest first.
        alike: the share of the shorter text that one story has in common with its copies and updates.
    """
    counts = texts.shingles.counts
    for other in islice(titled, _MOST):
        least = int(min(counts[story], counts[other]))
        if texts.articles[other] == texts.articles[story] or least < SHORT:
            continue
        if shared(texts.shingles[story], texts.shingles[other]) < alike * least:
            return True
    return False
