"""The texts around a page's headline, where readers look for who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml import etree

from dateline.text.html.byline_words import ASIDE_MARK, COMMENT_MARK, LEAD_IN, PROFILE
from dateline.text.html.tree import Tree, beginning_of
from dateline.text.normalise import clean_line

BLOCKS = frozenset(
    {"p", "div", "li", "td", "section", "article", "header", "footer", "h1", "h2", "h3", "h4", "body"}
)
"""Elements that begin a line."""

_AFTER = etree.XPath(
    "following::text()[normalize-space()][not(ancestor::script or ancestor::style or ancestor::noscript)]"
    "[position() < 50]"
)
_BEFORE = etree.XPath(
    "preceding::text()[normalize-space()][not(ancestor::script or ancestor::style)][position() < 14]"
)
_HEADINGS = etree.XPath("/*/body/descendant::*[self::h1 or self::h2 or self::h3]")
_FRAMES = frozenset({"aside", "nav", "footer", "figure", "figcaption", "blockquote"})
_LINES = ("b", "strong", "font", "big", "div", "p", "span", "td", "center")
_MOST_LINES = 4_000
_JOINT = re.compile(r"\s+[-–—|:»·]+\s+|\s*[|:]\s+")
_WORD = re.compile(r"\w+")
_MOST_HEADINGS = 60
_LEVELS = 5
_LONGEST = 300
_LONGEST_RUN = 160
_LONGEST_LINK = 500
_LONG_BLOCK = 300


@dataclass(slots=True)
class Run:
    """A text of one element near the headline.

    Args:
        text: on one line.
        profile: last part of the path where it links to an author's page, else None.
        is_short: whether the block that it stands in is too short for a paragraph; told, as the next, only
            of runs that may tell an author.
        is_aside: whether it stands in a caption or among comments.
    """

    text: str
    profile: str | None = None
    is_short: bool = True
    is_aside: bool = False


def around(head: Tree, ranks: dict[Tree, int]) -> tuple[list[Run], list[Run]]:
    """(runs that follow a headline, runs that stand before it), each in order.

    The elements around them, five levels up, are put into `ranks` with the number of their first run.
    """
    return _runs(_AFTER(head), ranks), _runs(_BEFORE(head), ranks)


def headline_of(tree: Tree, titles: Iterable[str]) -> Tree | None:
    """The heading that is in the page's title or holds it, else the first `<h1>`, else a line of that."""
    titles = list(titles)
    known = [words for title in titles if len(words := _words(title)) > 1]
    first = None
    for heading in _HEADINGS(tree)[:_MOST_HEADINGS]:
        words = _words(beginning_of(heading, _LONGEST))
        if len(words) > 1 and any(words <= title or title <= words for title in known):
            return heading
        if first is None and heading.tag == "h1":
            first = heading
    return first if first is not None else _line_of_title(tree, titles)


def _line_of_title(tree: Tree, titles: Iterable[str]) -> Tree | None:
    """The element with the most words whose own text is a part of the page's title: on pages without headings
    the headline is a bold line. None if there is none, or only links have such a text."""
    parts = [words for title in titles for part in _JOINT.split(title) if len(words := _words(part)) > 1]
    best: tuple[int, Tree] | None = None
    for element in islice(tree.iter(*_LINES), _MOST_LINES) if parts else ():
        text = element.text
        if not text or not 3 < len(text) < _LONGEST:
            continue
        words = _words(text)
        if words in parts and len(words) > (best[0] if best else 0) and not _is_linked(element):
            best = len(words), element
    return best[1] if best else None


def _is_linked(element: Tree) -> bool:
    return any(above.tag in ("a", "nav", "li") for above in islice(upwards(element), _LEVELS))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _runs(texts: list[Any], ranks: dict[Tree, int]) -> list[Run]:
    """Texts as runs; the elements around them, five levels up, are ranked by the order of their texts."""
    runs: list[Run] = []
    short: dict[Tree, bool] = {}
    for text in texts:
        element = holder_of(text)
        line = clean_line(text[:_LONGEST])
        if element is None or not line:
            continue
        profile = None
        for above in islice(upwards(element), _LEVELS):
            ranks.setdefault(above, len(runs))
            if profile is None and above.tag == "a":
                profile = profile_of(above.get("href"))
        run = Run(line[:_LONGEST_RUN], profile)
        if profile or LEAD_IN.match(line):
            run.is_short = _is_short(element, short) or _is_own_line(text)
            run.is_aside = _is_others(element)
        runs.append(run)
    return runs


def holder_of(text: Any) -> Tree | None:
    """The element that a text stands in."""
    parent = text.getparent()
    return parent.getparent() if parent is not None and text.is_tail else parent


def upwards(element: Tree) -> Iterator[Tree]:
    yield element
    yield from element.iterancestors()


def _is_short(element: Tree, known: dict[Tree, bool]) -> bool:
    """Whether the block around an element is too short for a paragraph."""
    block = next((above for above in upwards(element) if above.tag in BLOCKS), element)
    if block not in known:
        known[block] = len(" ".join(beginning_of(block, 4 * _LONG_BLOCK).split())) < _LONG_BLOCK
    return known[block]


def _is_own_line(text: Any) -> bool:
    """Whether a text stands between breaks, as lines do in old layouts."""
    element = text.getparent()
    if not text.is_tail and element.tag in BLOCKS:
        return False
    if text.is_tail:
        before, after = element, element.getnext()
    else:
        before, after = element.getprevious(), element.getnext()
        if (element.tail or "").strip() or (before is not None and (before.tail or "").strip()):
            return False
    return before is not None and before.tag == "br" and after is not None and after.tag == "br"


def profile_of(href: str | None) -> str | None:
    """The name in the address of an author's page, None if it is none."""
    found = PROFILE.search(href) if href and len(href) <= _LONGEST_LINK else None
    return found[1] if found else None


def _is_others(element: Tree) -> bool:
    """Whether an element stands in a caption or among comments: closer to the headline less is aside.

    An `<address>` is there for its author (HTML, 4.3.10), even in a caption.
    """
    for above in upwards(element):
        if above.tag in ("body", "article", "main", "address"):
            break
        marks = f"{above.get('class') or ''} {above.get('id') or ''}"[:_LONGEST]
        if above.tag == "figcaption" or COMMENT_MARK.search(marks):
            return True
    return False


def is_aside(element: Tree) -> bool:
    """Whether an element stands among comments, teasers, or in the frame around the article."""
    for above in upwards(element):
        if above.tag in ("body", "article", "main"):
            break
        marks = f"{above.get('class') or ''} {above.get('id') or ''}"[:_LONGEST]
        if above.tag in _FRAMES or ASIDE_MARK.search(marks):
            # The foot of an article often names its author.
            return above.tag != "footer" or not any(outer.tag == "article" for outer in above.iterancestors())
    return False
