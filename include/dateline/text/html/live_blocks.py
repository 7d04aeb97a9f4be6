"""Blocks of one make in a page, each with a time: what a reader sees as the entries of a live blog.

No class name of a publisher is known here: siblings of one kind that show a time each (or cousins, where they
hang in pages or days).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import islice

from lxml import etree

from dateline.text.date_words import western
from dateline.text.html.relative_times import AGO
from dateline.text.html.tree import Tree, text_of

MOST_ENTRIES = 2_000
"""Of one page. The longest blogs of a day of elections have some hundred."""

LEAST_BLOCKS = 3
MOST_TIMES = 3
"""Times that one entry shows: when it was posted, when changed, and one of a message in it."""

CLOCK = re.compile(
    r"(?:kl\.?\s|at\s)?\d{1,2}\s?[:.h]\s?\d{2}(?::\d{2})?"
    r"(?:\s?(?:[ap]\.?\s?m\.?|uhr|hrs?|h)(?!\w))?(?:\s?\(?[A-Z]{2,5}\)?(?!\w))?",
    re.IGNORECASE,
)
"""A time of day alone."""

_AGO = re.compile(
    "|".join(word if word > "\u2fff" else rf"\b{word}\b" for word in (*AGO, "il y a", "yang lalu"))
)

_LEVELS = 12
"""How far above its time the block of an entry is looked for."""
_MOST_STAMPS = MOST_TIMES * MOST_ENTRIES
_SHORT_TEXT = 40
_NUMBER = re.compile(r"\d")
_ABOUT = 0.8
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|replies|sidebar|related|recommended|popular)", re.IGNORECASE
)


def blocks(tree: Tree) -> list[tuple[Tree, list[Tree]]]:
    """(block, the times in it) of the entries of a page; [] where none are to be seen.

    Of all ways to see the page as blocks with times, the one that covers most of its text; of those that
    cover about the same, the one with most blocks, as a day or a page of entries is no entry.
    """
    weighed = [
        (sum(len(text_of(block)) for block in found), found)
        for found in _groups(tree)
        if LEAST_BLOCKS <= len(found) <= MOST_ENTRIES + 1
        and sum(map(len, found.values())) <= MOST_TIMES * len(found)
    ]
    most = max((size for size, _ in weighed), default=0)
    likely = (found for size, found in weighed if size >= _ABOUT * most)
    return list(max(likely, key=len, default={}).items())


def _groups(tree: Tree) -> Iterable[dict[Tree, list[Tree]]]:
    """Elements with times in them, those together that hang equally deep in parents of one kind."""
    groups: defaultdict[tuple[int, str, str, str], dict[Tree, list[Tree]]] = defaultdict(dict)
    for stamp in _stamps(tree):
        depth, child = sum(1 for _ in stamp.iterancestors()), stamp
        for level, above in enumerate(islice(stamp.iterancestors(), _LEVELS)):
            key = (depth - level, str(above.tag), above.get("class") or "", str(child.tag))
            groups[key].setdefault(child, []).append(stamp)
            child = above
    return groups.values()


def _stamps(tree: Tree) -> list[Tree]:
    """Elements that show a time: `<time>`, or where there are none, short times of day and ages."""
    body = tree.find("body")
    if body is None:
        return []
    found = [one for one in islice(body.iter("time"), _MOST_STAMPS) if not is_aside(one)]
    if len(found) >= LEAST_BLOCKS:
        return found
    short = (one for one in body.iter(etree.Element) if len(one) == 0 and _is_clock(one.text or ""))
    return [one for one in islice(short, _MOST_STAMPS) if not is_aside(one)]


def _is_clock(text: str) -> bool:
    if not 3 < len(text) < _SHORT_TEXT:
        return False
    return CLOCK.fullmatch(text.strip()) is not None or is_ago(text)


def is_ago(text: str) -> bool:
    """Whether a short text may tell an age: "2 hours ago"."""
    if len(text) >= _SHORT_TEXT or not _NUMBER.search(text):
        return False
    return _AGO.search(text.lower() if text.isascii() else western(text)) is not None


def is_aside(element: Tree) -> bool:
    """Whether an element stands among comments or links to other stories."""
    return any(
        above.tag in ("aside", "nav", "footer")
        or _ASIDE.search(f"{above.get('class') or ''} {above.get('id') or ''}")
        for above in islice(element.iterancestors(), _LEVELS)
        if above.tag not in ("body", "html")
    )
