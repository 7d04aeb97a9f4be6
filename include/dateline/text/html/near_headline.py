"""The texts around a page's headline, where readers look for who wrote it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from lxml import etree

from dateline.text.html.byline_words import ASIDE_MARK, COMMENT_MARK, LEAD_IN, PROFILE
from dateline.text.html.cards import is_in_card
from dateline.text.html.eastern_names import eastern_names
from dateline.text.html.old_lines import BLOCKS, is_own_line
from dateline.text.html.tree import Tree, beginning_of
from dateline.text.normalise import clean_line

_HEADINGS = etree.XPath("/*/body/descendant::*[self::h1 or self::h2 or self::h3]")
_FRAMES = frozenset({"aside", "nav", "footer", "figure", "figcaption", "blockquote"})
_LINES = ("b", "strong", "font", "big", "div", "p", "span", "td", "center")
_MOST_LINES = 4_000
_JOINT = re.compile(r"\s+[-–—|:»·]+\s+|\s*[|:]\s+")
_UNSEEN = frozenset({"script", "style"})
_BLANKS = " \t\n\r"
"""Texts of these alone are none."""
_MOST_AFTER = 49
_MOST_BEFORE = 13
_WORD = re.compile(r"\w+")
_MOST_HEADINGS = 60
_LEVELS = 5
_LONGEST = 300
_LONGEST_RUN = 160
_LONGEST_LINK = 500
_LONG_BLOCK = 300
PROSE = 120
"""Characters of a run that is prose; after three of them the text has begun."""


@dataclass(slots=True)
class Run:
    """A text of one element near the headline.

    Args:
        text: on one line.
        profile: last part of the path where it links to an author's page, else None.
        is_short: whether the block that it stands in is too short for a paragraph; told, as the next, only
            of runs that may tell an author.
        is_aside: whether it stands in a caption, among comments, or in a card of another story.
    """

    text: str
    profile: str | None = None
    is_short: bool = True
    is_aside: bool = False


def around(head: Tree, ranks: dict[Tree, int]) -> tuple[list[Run], list[Run]]:
    """(runs that follow a headline, runs that stand before it), each in order.

    The elements around them, five levels up, are put into `ranks` with the number of their first run.
    """
    after, before = islice(_following(head), _MOST_AFTER), islice(_preceding(head), _MOST_BEFORE)
    frame = frozenset(upwards(head))
    return _runs(after, ranks, frame), _runs(reversed([*before]), ranks, frame)


def prose_at(runs: list[Run]) -> int:
    """The number of the first run that is prose, of all of them if none is."""
    return next((at for at, run in enumerate(runs) if len(run.text) > PROSE), len(runs))


Held = tuple[Tree, str, Tree | None]
"""An element, a text that stands in it, and the child that the text follows, None if it is the first."""


def _following(element: Tree) -> Iterator[Held]:
    """The texts behind an element's end, in order."""
    for above in [element, *element.iterancestors()]:
        for sibling in chain([above], above.itersiblings()):
            if sibling is not above:
                yield from _texts(sibling)
            yield from _held(above.getparent(), sibling.tail, sibling)


def _texts(element: Tree) -> Iterator[Held]:
    """The texts in an element, in order."""
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, inner in walk:
        if event == "end":
            if inner is not element:
                yield from _held(inner.getparent(), inner.tail, inner)
        elif inner.tag in _UNSEEN or inner.tag == "noscript":
            walk.skip_subtree()
        else:
            yield from _held(inner, inner.text)


def _preceding(element: Tree) -> Iterator[Held]:
    """The texts before an element's start, nearest first."""
    parent = element.getparent()
    while parent is not None:
        for sibling in element.itersiblings(preceding=True):
            yield from _held(parent, sibling.tail, sibling)
            yield from _texts_back(sibling)
        yield from _held(parent, parent.text)
        element, parent = parent, parent.getparent()


def _texts_back(element: Tree) -> Iterator[Held]:
    """The texts in an element, the last first."""
    if element.tag not in _UNSEEN:
        for child in reversed(element):
            yield from _held(element, child.tail, child)
            yield from _texts_back(child)
        yield from _held(element, element.text)


def _held(element: Tree, text: str | None, before: Tree | None = None) -> Iterator[Held]:
    if text and text.strip(_BLANKS):
        yield element, text, before


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


def _runs(texts: Iterable[Held], ranks: dict[Tree, int], frame: Collection[Tree]) -> list[Run]:
    """Texts as runs; the elements around them, five levels up, are ranked by the order of their texts."""
    runs: list[Run] = []
    short: dict[Tree, bool] = {}
    is_behind = False
    for element, text, before in texts:
        line = clean_line(text[:_LONGEST])
        if not line:
            continue
        profile = None
        for above in islice(upwards(element), _LEVELS):
            ranks.setdefault(above, len(runs))
            if profile is None and above.tag == "a":
                profile = profile_of(above.get("href"))
        run = Run(line[:_LONGEST_RUN], profile)
        is_behind = is_behind or len(run.text) > PROSE
        if profile or LEAD_IN.match(line) or eastern_names(line):
            run.is_short = _is_short(element, short) or is_own_line(element, text, before)
            run.is_aside = _is_others(element) or (is_behind and is_in_card(element, frame))
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
