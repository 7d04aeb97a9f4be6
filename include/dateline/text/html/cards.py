"""Cards of other stories: small boxes behind the text, with a linked headline before who wrote it."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import islice

from dateline.text.html.byline_words import LEAD_IN, PROFILE
from dateline.text.html.tree import Tree, beginning_of

_LEVELS = 4
_LONGEST = 500
_LONGEST_LINK = 500
_MOST_TEXTS = 100
_MOST_BEFORE = 60
_LEAST_WORDS = 4
_LEAST_SIGNS = 9
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def is_in_card(element: Tree, frame: Collection[Tree]) -> bool:
    """Whether what an element tells is told of another story, judged by structure alone.

    The box of an author names her before it links to what else she wrote, so that only links before the
    element count. A story that a page tells of in less than a headline's words is not seen as one.

    Args:
        element: that may tell an author; stands behind prose of the page.
        frame: the page's headline and all that hold it, which are no cards; where none is known, none is one.
    """
    above: Tree | None = element if frame else None
    for _ in range(_LEVELS):
        above = above.getparent() if above is not None else None
        if above is None or above in frame or not _is_small(above):
            return False
        if above.tag == "a" and next(above.iter(_HEADINGS), None) is not None:
            return _is_headline(above)
        for node in islice(above.iter(), _MOST_BEFORE):
            if node is element:
                break
            if node.tag == "a" and _is_headline(node) and element not in set(islice(node.iter(), 20)):
                return True
    return False


def _is_small(box: Tree) -> bool:
    """Whether a box has no more texts than a card; no more are looked at."""
    length = 0
    for number, text in enumerate(box.itertext()):
        length += len(text.strip())
        if length >= _LONGEST or number >= _MOST_TEXTS:
            return False
    return True


def _is_headline(link: Tree) -> bool:
    """Whether a link has as many words as a headline, and leads to another page than an author's."""
    href = (link.get("href") or "")[:_LONGEST_LINK]
    if not href or href.startswith("#") or PROFILE.search(href):
        return False
    text = beginning_of(link, _LONGEST).strip()
    is_long = len(text.split()) >= _LEAST_WORDS or len(_UNSPACED.findall(text)) >= _LEAST_SIGNS
    return is_long and not LEAD_IN.match(text)
