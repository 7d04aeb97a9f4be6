"""What a page shows of its authors: marked bylines, links to authors, and the lines around the headline."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from dateline.text.html.byline_words import BYLINE_MARK
from dateline.text.html.cards import is_in_card
from dateline.text.html.marks import Marked
from dateline.text.html.near_headline import Run, around, headline_of, holder_of, is_aside, prose_at, upwards
from dateline.text.html.old_lines import BLOCKS
from dateline.text.html.tree import Tree, beginning_of
from dateline.text.normalise import clean_line

BOUNDARY = " ¦ "
"""Stands between the texts of different elements of one byline."""

_MOST = 40
_LONGEST = 300
_TEXTS = etree.XPath(
    "descendant::text()[normalize-space()][not(ancestor::script or ancestor::style or ancestor::noscript)]",
    smart_strings=False,
)
_SPOKEN = etree.XPath(
    "/*/body/descendant::text()[string-length() < 200 and string-length() > 1][normalize-space()]"
    "[not(parent::script or parent::style)]"
)
_NO_BYLINES = frozenset({
    "img", "input", "meta", "link", "form", "script", "style", "article", "section", "main",
})  # fmt: skip
_MOST_SPOKEN = 4_000
_MOST_MARKED = 400
_MOST_BELOW = 80
_FAR = 1_000
_RDFA_AUTHOR = re.compile(r"(?:^|[\s:/])(?:author|creator)(?:$|\s)")
_NAME = re.compile(r"(?:^|[\s:])name(?:$|\s)", re.IGNORECASE)


@dataclass(slots=True)
class Bylines:
    """What a page shows of its authors.

    Args:
        signed: texts of links and elements marked `rel=author`, of those near the headline if there are any.
        is_signed_close: whether there are.
        marked: texts of elements whose class or id tells the author, `BOUNDARY` between those of different
            elements; first those near the headline.
        close: how many of `marked` stand near the headline.
        items: authors of the page's own article in microdata and RDFa.
        after: what follows the headline.
        before: what stands before it, in order.
        spoken: gives the short texts of the whole page that begin with "posted by" and the like.
    """

    signed: list[str] = field(default_factory=list)
    is_signed_close: bool = False
    marked: list[str] = field(default_factory=list)
    close: int = 0
    items: list[str] = field(default_factory=list)
    after: list[Run] = field(default_factory=list)
    before: list[Run] = field(default_factory=list)
    spoken: Callable[[], list[str]] = list


def find_bylines(tree: Tree, named: Iterable[Marked], titles: Iterable[str]) -> Bylines:
    """Gather from a page's tree, which is not changed.

    Args:
        tree: of the page.
        named: the elements of it that are marked as something.
        titles: what the page calls itself, to know its headline by.
    """
    ranks: dict[Tree, int] = {}
    head = headline_of(tree, titles)
    frame = frozenset(upwards(head)) if head is not None else frozenset()
    found = Bylines(spoken=lambda: _spoken(tree, frame))
    if head is not None:
        found.after, found.before = around(head, ranks)
    _Gathering(found, ranks, frame).read(named)
    return found


class _Gathering:
    """Marked elements on their way into a page's bylines."""

    def __init__(self, found: Bylines, ranks: dict[Tree, int], frame: frozenset[Tree]) -> None:
        self._found = found
        self._ranks = ranks
        self._frame = frame
        self._prose_at = prose_at(found.after)
        self._close: list[tuple[int, str]] = []
        self._far: list[str] = []
        self._signed_far: list[str] = []
        self._scope: Tree | None = None
        self._last: Tree | None = None

    def read(self, named: Iterable[Marked]) -> None:
        """Read elements; at most so many of them that tell authors, as pages have a dozen."""
        left = _MOST_MARKED
        for one in named:
            element = one.element
            is_item = (
                "author" in one.item
                or "creator" in one.item
                or bool(_RDFA_AUTHOR.search(one.told[:_LONGEST]))
            )
            is_signed = "author" in one.rel.lower().split()
            if not (is_signed or is_item or one.may_sign):
                continue
            left -= 1
            if left < 0:
                break
            if not is_aside(element) and not self._is_others(element):
                if is_item:
                    self._read_item(element)
                if element.tag not in _NO_BYLINES:
                    self._read_mark(element, one.names[:_LONGEST], is_signed)
        self._close.sort(key=lambda pair: pair[0])
        found = self._found
        found.is_signed_close = bool(found.signed)
        found.signed = found.signed or self._signed_far
        found.marked = list(dict.fromkeys(line for _, line in self._close))
        found.close = len(found.marked)
        found.marked += self._far

    def _is_others(self, element: Tree) -> bool:
        """Whether an element behind the beginning of the text stands in a card of another story."""
        is_behind = self._ranks.get(element, _FAR) > self._prose_at
        return is_behind and is_in_card(element, self._frame)

    def _read_item(self, element: Tree) -> None:
        scope = next((above for above in element.iterancestors() if _is_item(above)), None)
        # A page that teases others says of each who wrote it: the first article is its own.
        if not self._found.items or scope is self._scope:
            self._scope = scope
            _keep(self._found.items, _item_text(element))

    def _read_mark(self, element: Tree, marks: str, is_signed: bool) -> None:
        is_close = element in self._ranks
        if is_signed:
            line = clean_line(beginning_of(element, _LONGEST))
            _keep(self._found.signed if is_close else self._signed_far, line)
        elif BYLINE_MARK.search(marks) and (line := line_of(element)):
            if not is_close:
                _keep(self._far, line)
            elif self._is_next(element):
                rank, before = self._close[-1]
                self._close[-1] = rank, f"{before}{BOUNDARY},{BOUNDARY}{line}"[: 2 * _LONGEST]
            else:
                self._close.append((self._ranks[element], line))
            self._last = element

    def _is_next(self, element: Tree) -> bool:
        """Whether an element is the sibling, marked alike, of the last: authors one after the other."""
        last = self._last
        return (
            bool(self._close)
            and last is not None
            and last.getparent() is element.getparent()
            and last.get("class") == element.get("class")
            and last.tag == element.tag
        )


def line_of(element: Tree) -> str:
    """The texts below an element, `BOUNDARY` between them; empty where they are more than a byline."""
    if sum(1 for _ in islice(element.iter(), _MOST_BELOW)) == _MOST_BELOW:
        return ""
    texts = [line for text in _TEXTS(element)[:_MOST] if (line := clean_line(text[:_LONGEST]))]
    line = BOUNDARY.join(texts)
    return line if len(line) <= _LONGEST else ""


def _keep(kept: list[str], line: str) -> None:
    if line and len(kept) < _MOST and line not in kept:
        kept.append(line)


def _is_item(element: Tree) -> bool:
    """Whether an element is an object of microdata or RDFa."""
    return element.get("itemscope") is not None or element.get("typeof") is not None


def _item_text(element: Tree) -> str:
    """The value of a property of microdata or RDFa: of its inner `name`, its attribute, or its text."""
    for inner in islice(element.iter(), 1, _MOST_BELOW):
        if _NAME.search((inner.get("itemprop") or inner.get("property") or "")[:_LONGEST]):
            return clean_line((inner.get("content") or beginning_of(inner, _LONGEST))[:_LONGEST])
    return clean_line(element.get("content") or line_of(element))[:_LONGEST]


_POSTED = re.compile(
    r"(?:posted|written|published|submitted)\s+by|(?:geschrieben|verfasst|ver[öo]ffentlicht|eingestellt|gepostet|erstellt)\s+von|"
    r"(?:publi[ée]|post[ée]|[ée]crit|rédigé)\s+par|(?:publicad[oa]|escrito|postado)\s+por|(?:pubblicato|scritto)\s+da|"
    r"(?:author|autor|autorin|auteur|autore|автор|作者|记者|記者)\s*[:：]|(?:text|texte|testo|texto|текст)\s*:",
    re.IGNORECASE,
)


def _spoken(tree: Tree, frame: frozenset[Tree]) -> list[str]:
    """Short lines that say who wrote or posted, with what follows them in the same block."""
    found: list[str] = []
    for text in _SPOKEN(tree)[:_MOST_SPOKEN]:
        if len(found) >= _MOST:
            break
        line = text.strip()
        if not _POSTED.match(line):
            continue
        element = holder_of(text)
        if element is not None and not is_aside(element) and not is_in_card(element, frame):
            block = line_of(next((above for above in upwards(element) if above.tag in BLOCKS), element))
            # A block that is no line of its own holds the text as well, on many old pages.
            _keep(found, block[max(0, block.find(line[:40])) :] or clean_line(line))
    return found
