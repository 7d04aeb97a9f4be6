"""Lines of a page that breaks and blocks make, where no element of their own holds them."""

from __future__ import annotations

from dateline.text.html.tree import Tree, beginning_of

BLOCKS = frozenset(
    {"p", "div", "li", "td", "section", "article", "header", "footer", "h1", "h2", "h3", "h4", "body"}
)
"""Elements that begin a line."""

_BREAKS = BLOCKS | {
    "br",
    "hr",
    "table",
    "ul",
    "ol",
    "center",
    "h5",
    "h6",
    "tr",
    "figure",
    "blockquote",
    "main",
}
_LONGEST = 150
_MOST_STEPS = 30


def is_own_line(element: Tree, text: str, before: Tree | None) -> bool:
    """Whether a text begins a line, and that line is too short for one of a paragraph.

    Args:
        element: holds the text.
        text: as it is in the page.
        before: the child of the element that the text follows, None if it is the first in it.
    """
    return len(text) <= _LONGEST and _begins(element, before) and _is_short(element, len(text), before)


def _begins(element: Tree, before: Tree | None) -> bool:
    """Whether a break or the beginning of a block stands before a text."""
    if before is not None:
        return before.tag in _BREAKS
    for _ in range(_MOST_STEPS):
        parent, before = element.getparent(), element.getprevious()
        if element.tag in BLOCKS or parent is None:
            return True
        if before is not None:
            return before.tag in _BREAKS and not (before.tail or "").strip()
        if (parent.text or "").strip():
            return False
        element = parent
    return False


def _is_short(element: Tree, length: int, before: Tree | None) -> bool:
    """Whether a break or the end of a block follows within so many characters, inline elements and all."""
    after = before.getnext() if before is not None else next(iter(element), None)
    for _ in range(_MOST_STEPS):
        if after is not None and after.tag in _BREAKS:
            return True
        if after is not None:
            length += len(beginning_of(after, _LONGEST + 1)) + len((after.tail or "").strip())
            after = after.getnext()
        else:
            parent = element.getparent()
            if element.tag in BLOCKS or parent is None:
                return True
            length += len((element.tail or "").strip())
            element, after = parent, element.getnext()
        if length > _LONGEST:
            return False
    return False
