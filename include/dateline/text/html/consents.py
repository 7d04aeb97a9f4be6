"""Boxes that ask a reader for consent, among a page's blocks: told by their frame and by what they say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from dateline.text.html.blocks import Block
from dateline.text.html.interstitial_words import PHRASES
from dateline.text.html.interstitials import folded

_ASKED = (*PHRASES["consent"], "cookie", "куки", "クッキー", "쿠키")
_MOST = 3_000
"""Characters of a box. A story about such boxes, in a frame with a name of that kind, is longer."""
_LEAST = 0.5
"""How much of a box's text must speak of it."""


def asking(blocks: Sequence[Block], kept: Iterable[int]) -> list[int]:
    """Those of the blocks at these places that stand in a box for consent."""
    boxes: dict[int, list[int]] = defaultdict(list)
    for at in kept:
        box = next((number for number, frame in reversed(blocks[at].frames) if frame == "offer"), None)
        if box is not None:
            boxes[box].append(at)
    return [
        at for members in boxes.values() if _asks([blocks[one].text for one in members]) for at in members
    ]


def _asks(texts: list[str]) -> bool:
    size = sum(map(len, texts))
    if size > _MOST:
        return False
    about = sum(len(text) for text in texts if any(word in folded(text) for word in _ASKED))
    return about >= _LEAST * size
