"""Boxes that ask a reader for consent, among a page's blocks: told by their frame and by what they say."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from dateline.text.html.blocks import Block
from dateline.text.html.interstitial_words import PHRASES
from dateline.text.html.interstitials import folded

_PARTNERS = re.compile(
    r"\b(?:our|unsere[nr]?|nos|nuestros|nostri|nossos|onze|nasi|våra|vores|våre|naši|наши(?:ми)?)\s(?:\d+\s)?"
    r"(?:partn|parten|socios|parceir|партн)"
)
_COOKIES = ("cookie", "куки", "クッキー", "쿠키")
_ASKED = (
    *(
        phrase
        for phrase in PHRASES["consent"]
        if " " in phrase and "cookie" not in phrase and not re.search(r"partn|parten|socios|parceir", phrase)
    ),
    *("use cookies", "verwenden cookies", "utilisons des cookies", "usamos cookies", "utilizamos cookies"),
    *("usiamo cookie", "gebruiken cookies", "używamy plików", "используем файлы", "använder cookies"),
)
_MOST = 3_000
"""Characters of a box. A story about such boxes, in a frame with a name of that kind, is longer."""
_LEAST = 0.5
"""How much of a box's text must speak of it."""
_FEWEST = 2
"""Different things that it says. A story may be about personal data."""
_LEFT = 150
"""Characters of the page's text that must be left: what has nothing else to say is looked at as a page."""


def asking(blocks: Sequence[Block], kept: Sequence[int]) -> list[int]:
    """Those of the blocks at these places that stand in a box for consent."""
    boxes: dict[int, list[int]] = defaultdict(list)
    for at in kept:
        box = next((number for number, frame in reversed(blocks[at].frames) if frame == "offer"), None)
        if box is not None:
            boxes[box].append(at)
    found = [at for box in boxes.values() if _asks([blocks[one].text for one in box]) for at in box]
    left = sum(len(blocks[at].text) for at in kept) - sum(len(blocks[at].text) for at in found)
    return found if left >= _LEFT else []


def _asks(texts: list[str]) -> bool:
    size = sum(map(len, texts))
    if size > _MOST:
        return False
    said = [_said(folded(text)) for text in texts]
    about = sum(len(text) for text, things in zip(texts, said, strict=True) if things)
    return len(set().union(*said)) >= _FEWEST and about >= _LEAST * size


def _said(text: str) -> set[str]:
    """The things of a box for consent that a folded text speaks of."""
    things = {word for word in _ASKED if word in text}
    if any(word in text for word in _COOKIES):
        things.add("cookies")
    if _PARTNERS.search(text):
        things.add("partners")
    return things
