"""What a page shows of its authors: marked bylines, links to authors, and the lines around the headline."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from dateline.text.html.byline_words import ASIDE_MARK, BYLINE_MARK, LEAD_IN, PROFILE
from dateline.text.html.tree import Tree, text_of
from dateline.text.normalise import clean_line

BOUNDARY = " ¦ "
"""Stands between the texts of different elements of one byline."""

_MOST = 40
_LONGEST = 300
_LONGEST_RUN = 160
_AFTER = etree.XPath(
    "following::text()[normalize-space()][not(ancestor::script or ancestor::style or ancestor::noscript)]"
    "[position() < 50]"
)
_BEFORE = etree.XPath(
    "preceding::text()[normalize-space()][not(ancestor::script or ancestor::style)][position() < 14]"
)
_TEXTS = etree.XPath(
    ".//text()[normalize-space()][not(ancestor::script or ancestor::style or ancestor::noscript)]",
    smart_strings=False,
)
_NAMED = etree.XPath("//body//*[@class or @id or @rel or @itemprop or @data-author]")
_HEADINGS = etree.XPath("//body//*[self::h1 or self::h2 or self::h3]")
_SPOKEN = etree.XPath(
    "//body//text()[string-length() < 200 and string-length() > 1][normalize-space()]"
    "[not(parent::script or parent::style)]"
)
_MARK = re.compile(
    r"uthor|yline|utor|uteur|riter|osted|signat|firma|eporter|ournalist|vcard|erfasser|ubmitted|by-line|\bby\b|"
    r"enulis|azar|orfatter|edakt"
)
_BLOCKS = frozenset({"p", "div", "li", "td", "section", "article", "header", "footer", "h1", "h2", "h3", "h4", "body"})
_FRAMES = frozenset({"aside", "nav", "footer", "figure", "figcaption", "blockquote"})
_WORD = re.compile(r"\w+")
_MOST_SPOKEN = 4_000
_LONG_BLOCK = 300


@dataclass(slots=True)
class Run:
    """A text of one element near the headline.

    Args:
        text: on one line.
        profile: last part of the path where it links to an author's page, else None.
        is_short: whether the block that it stands in is too short for a paragraph.
    """

    text: str
    profile: str | None = None
    is_short: bool = True


@dataclass(slots=True)
class Bylines:
    """What a page shows of its authors.

    Args:
        signed: texts of links and elements marked `rel=author`, of those near the headline if there are any.
        is_signed_close: whether there are.
        marked: texts of elements whose class or id tells the author, `BOUNDARY` between those of different
            elements; first those near the headline.
        close: how many of `marked` stand near the headline.
        items: microdata authors of the page's own article.
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


def find_bylines(tree: Tree, titles: Iterable[str]) -> Bylines:
    """Gather from a page's tree, which is not changed.

    Args:
        titles: what the page calls itself, to know its headline by.
    """
    found = Bylines(spoken=lambda: _spoken(tree))
    seen: dict[Tree, int] = {}
    if (head := _headline(tree, titles)) is not None:
        found.after = _runs(_AFTER(head), seen)
        found.before = _runs(_BEFORE(head), seen)
    _read_marked(tree, found, seen)
    return found


def _headline(tree: Tree, titles: Iterable[str]) -> Tree | None:
    """The heading that is in the page's title or holds it, else the first `<h1>`."""
    known = [words for title in titles if len(words := _words(title)) > 1]
    first = None
    for heading in islice(_HEADINGS(tree), 60):
        words = _words(text_of(heading)[:_LONGEST])
        if len(words) > 1 and any(words <= title or title <= words for title in known):
            return heading
        if first is None and heading.tag == "h1":
            first = heading
    return first


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _runs(texts: list[Tree], seen: dict[Tree, int]) -> list[Run]:
    """Texts as runs; the elements that they stand in, five levels up, are added to `seen`."""
    runs = []
    for text in texts:
        parent = text.getparent()
        element = parent.getparent() if text.is_tail else parent
        if element is None:
            continue
        profile = None
        at = element
        for _ in range(5):
            if at is None:
                break
            if at.tag == "a" and profile is None:
                profile = profile_of(at.get("href"))
            seen.setdefault(at, len(runs))
            at = at.getparent()
        line = clean_line(text[:_LONGEST])
        if line:
            runs.append(Run(line[:_LONGEST_RUN], profile, not (profile or LEAD_IN.match(line)) or _is_short(element)))
    return runs


def _is_short(element: Tree) -> bool:
    """Whether the block around an element is no paragraph of the text."""
    for block in (element, *element.iterancestors()):
        if block.tag in _BLOCKS:
            return len(text_of(block)) < _LONG_BLOCK or block.tag not in ("p", "li", "td")
    return True


def profile_of(href: str | None) -> str | None:
    """The name in the address of an author's page, None if it is none."""
    found = PROFILE.search(href[:500]) if href else None
    return found[1] if found else None


def _read_marked(tree: Tree, found: Bylines, seen: dict[Tree, int]) -> None:
    far: list[str] = []
    close: list[tuple[int, str]] = []
    last: Tree | None = None
    signed_far: list[str] = []
    scope: Tree | None = None
    for element in _NAMED(tree):
        marks = f"{element.get('class') or ''} {element.get('id') or ''}"
        item = (element.get("itemprop") or "").lower().split()
        is_signed = "author" in (element.get("rel") or "").lower().split()
        is_item = "author" in item or "creator" in item
        if not (is_signed or is_item or _MARK.search(marks)) or is_aside(element):
            continue
        if is_item and len(found.items) < _MOST:
            owner = next((above for above in element.iterancestors() if above.get("itemscope") is not None), None)
            # A page that teases others says of each who wrote it: the first article is its own.
            if not found.items or owner is scope:
                scope = owner
                found.items.append(_item_text(element))
        if element.tag in ("img", "input", "meta", "link", "form", "script", "style", "article", "section", "main"):
            continue
        if is_signed:
            _keep(found.signed if element in seen else signed_far, clean_line(text_of(element)[:_LONGEST]))
        elif BYLINE_MARK.search(marks):
            line = line_of(element)
            if last is not None and last.getparent() is element.getparent() and last.get("class") == element.get("class"):
                # One author after the other, each in an element of its own.
                kept = close if element in seen and close else None
                if kept and line and line not in kept[-1][1]:
                    kept[-1] = (kept[-1][0], f"{kept[-1][1]}{BOUNDARY},{BOUNDARY}{line}")
            elif element in seen:
                if line and len(close) < _MOST:
                    close.append((seen[element], line))
            else:
                _keep(far, line)
            last = element
    # The nearest first; of nested ones the outer.
    found.marked = list(dict.fromkeys(line for _, line in sorted(close, key=lambda pair: pair[0])))
    found.is_signed_close = bool(found.signed)
    found.signed = found.signed or signed_far
    found.close = len(found.marked)
    found.marked += far[:_MOST]


def line_of(element: Tree) -> str:
    """The texts below an element, `BOUNDARY` between them; empty where they are more than a byline."""
    texts = [line for text in _TEXTS(element)[:_MOST] if (line := clean_line(text[:_LONGEST]))]
    line = BOUNDARY.join(texts)
    return line if len(line) <= _LONGEST else ""


def _keep(kept: list[str], line: str) -> None:
    if line and len(kept) < _MOST and line not in kept:
        kept.append(line)


def is_aside(element: Tree) -> bool:
    """Whether an element stands among comments, teasers, or in the frame around the article."""
    while element is not None and element.tag not in ("body", "article", "main"):
        if element.tag in _FRAMES or ASIDE_MARK.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            # The foot of an article often names its author.
            return element.tag != "footer" or not any(
                above.tag == "article" for above in element.iterancestors()
            )
        element = element.getparent()
    return False


def _item_text(element: Tree) -> str:
    """The value of a microdata property: of its inner `name`, its attribute, or its text."""
    for inner in element.iter():
        if inner is not element and "name" in (inner.get("itemprop") or "").lower().split():
            return clean_line((inner.get("content") or text_of(inner))[:_LONGEST])
    return clean_line((element.get("content") or line_of(element))[:_LONGEST])


_POSTED = re.compile(
    r"(?:posted|written|published|submitted)\s+by|(?:geschrieben|verfasst|ver[öo]ffentlicht|eingestellt|gepostet|erstellt)\s+von|"
    r"(?:publi[ée]|post[ée]|[ée]crit|rédigé)\s+par|(?:publicad[oa]|escrito|postado)\s+por|(?:pubblicato|scritto)\s+da|"
    r"(?:author|autor|autorin|auteur|autore|автор|作者|记者|記者)\s*[:：]|(?:text|texte|testo|texto|текст)\s*:|by\b|von\b|par\b|por\b",
    re.IGNORECASE,
)


def _spoken(tree: Tree) -> list[str]:
    """Short lines that say who wrote or posted, with what follows them in the same block."""
    found: list[str] = []
    for text in islice(_SPOKEN(tree), _MOST_SPOKEN):
        line = text.strip()
        if not _POSTED.match(line):
            continue
        parent = text.getparent()
        element = parent.getparent() if text.is_tail else parent
        if element is None or is_aside(element):
            continue
        while element.tag not in _BLOCKS and element.getparent() is not None:
            element = element.getparent()
        block = line_of(element)
        _keep(found, block[max(0, block.find(line[:40])) :][:_LONGEST])
        if len(found) >= _MOST:
            break
    return found
