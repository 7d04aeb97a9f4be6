"""Where a page shows its date: around the headline, in marked elements, in sentences that tell of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from dateline.text.html.tree import Tree, beginning_of
from dateline.text.normalise import clean_line

_MOST_HEADINGS = 60
_MOST_BEFORE = 8
_MOST_AFTER = 40
_MOST_LEVELS = 6
_MOST_WALKED = 400
_LONG = 140
"""Characters: a text that is longer is prose, and its dates are the story's."""
_PROSE = 1_000
"""Characters of prose under the headline, after which no date of the page is awaited."""
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_BEGINNING = 400
"""Characters of prose under the headline, behind which a date may be another story's: a lead is shorter."""
_NO_TEXT = frozenset({"script", "style", "noscript", "template", "svg", "form", "select", "blockquote", "nav",
                      "aside", "footer", "iframe", "button"})  # fmt: skip


def headline_of(tree: Tree, titles: list[str]) -> Tree | None:
    """The element that shows the headline: the highest heading that a title repeats, else the first `<h1>`.

    Args:
        titles: what the page calls itself; site names may stand around the headline.
    """
    said = [title.casefold() for title in titles if title]
    best = first = None
    for heading in islice(tree.iter("h1", "h2", "h3"), _MOST_HEADINGS):
        text = clean_line(beginning_of(heading, 300)).casefold()
        if any(_repeats(text, title) for title in said) and (best is None or heading.tag < best.tag):
            best = heading
        if first is None and heading.tag == "h1" and text:
            first = heading
    return best if best is not None else first


def _repeats(text: str, title: str) -> bool:
    """Whether heading and title are the same but for what is put around one; a site's name is less."""
    short, long = sorted((text, title), key=len)
    return len(short) >= 8 and 5 * len(short) >= 2 * len(long) and short in long


def around(headline: Tree | None) -> tuple[list[str], list[str], list[str]]:
    """The short texts before the headline, nearest first; those after it, and those behind its story's
    beginning, in order.

    A `<time>` counts with its text, then with what it has for machines.
    """
    if headline is None:
        return [], [], []
    after: tuple[list[str], list[str]] = ([], [])
    for line, is_below in islice(_after(headline), _MOST_AFTER):
        after[is_below].append(line)
    return list(islice(_before(headline), _MOST_BEFORE)), *after


def _before(element: Tree) -> Iterator[str]:
    for _ in range(_MOST_LEVELS):
        parent = element.getparent()
        if parent is None or element.tag == "body":
            return
        for sibling in islice(element.itersiblings(preceding=True), 4):
            if sibling.tail and (line := clean_line(sibling.tail[: _LONG + 1])) and len(line) <= _LONG:
                yield line
            yield from reversed([line for line in islice(_texts(sibling), 13) if len(line) <= _LONG][:12])
        element = parent


def _after(element: Tree) -> Iterator[tuple[str, bool]]:
    """(text, whether prose stands before it)."""
    prose = 0
    for line in islice(_following(element), _MOST_WALKED):
        if len(line) <= _LONG:
            yield line, prose > _BEGINNING
        else:
            prose += len(line)
            if prose > _PROSE:
                return


def _following(element: Tree) -> Iterator[str]:
    while element is not None and element.tag != "body":
        if element.tail and (line := clean_line(element.tail[:_PROSE])):
            yield line
        for sibling in element.itersiblings():
            yield from _texts(sibling)
            if sibling.tail and (line := clean_line(sibling.tail[:_PROSE])):
                yield line
        element = element.getparent()


def _texts(element: Tree) -> Iterator[str]:
    """The texts of an element in order, without its tail and without what shows none."""
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, inner in walk:
        if event == "end":
            texts = [inner.tail] if inner is not element else []
        elif inner.tag in _NO_TEXT:
            walk.skip_subtree()
            continue
        else:
            # Readers would complain of a wrong text, but not of a wrong attribute.
            texts = [inner.text, for_machines(inner)]
        for text in texts:
            if text and (line := clean_line(text[:_PROSE])):
                yield line


def for_machines(element: Tree) -> str | None:
    """What an element that shows a time has for machines: the attribute of a `<time>` or of its kin, and the
    title of an abbreviation, as the microformats before HTML 5 have it."""
    if element.tag in ("time", "relative-time"):
        return element.get("datetime")
    title = element.get("title") if element.tag == "abbr" else None
    return title if title and _ISO.match(title) else None


_STATES = etree.XPath(
    "/descendant::script[not(@src)][contains(., 'ublish') or contains(., 'reated')]", smart_strings=False
)
_STATED = re.compile(
    r'\\?"(?P<name>datePublished|publishedAt|published_at|publishDate|publish_date|publishedDate|published_date|'
    r'publicationDate|publication_date|firstPublished|dateCreated|createdAt|created_at)\\?"\s?:\s?'
    r'\\?"(?P<value>[0-9][0-9T:.+Z/\s-]{7,34})\\?"'
)
_LARGEST_STATE = 400_000


def stated(tree: Tree) -> list[str]:
    """Times of publication in the state that scripts keep, in order; 400,000 characters are read."""
    found: list[str] = []
    left = _LARGEST_STATE
    for script in _STATES(tree)[:40]:
        text = (script.text or "")[:left]
        left -= len(text)
        found += [match["value"] for match in islice(_STATED.finditer(text), 5)]
    return found
