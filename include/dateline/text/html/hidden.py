"""Text that no reader sees: in elements that their own markup hides."""

from __future__ import annotations

import re

from lxml import etree

from dateline.text.html.tree import Tree

_MOST = 1000
"""Hidden elements looked at; pages have some dozen."""
_MARKED = etree.XPath(
    "(/*/descendant::*[@hidden or contains(@style, 'isplay') or contains(@style, 'isibility') or "
    f"contains(@style, 'ISPLAY') or contains(@style, 'ISIBILITY')])[position() <= {_MOST}]"
)
_STYLE = re.compile(
    r"(?:^|[;\s])(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)\b", re.IGNORECASE
)
_LONGEST = 1000
_WHOLE = frozenset({"html", "head", "body", "main", "article"})
"""Elements that templates hide until their scripts have run."""
_PROSE = etree.XPath(
    "descendant::text()[string-length() > 30][not(parent::script or parent::style or parent::noscript or "
    "parent::template or parent::textarea)]",
    smart_strings=False,
)


def drop_hidden(tree: Tree) -> None:
    """Take what is hidden out of a tree, unless it holds more prose than what is not.

    Stories are also hidden until a script or a click shows them: then they are read.
    """
    hidden: dict[Tree, None] = {}
    for element in _MARKED(tree):
        if _is_hidden(element) and not any(above in hidden for above in element.iterancestors()):
            hidden[element] = None
    if not hidden:
        return
    unseen = sum(map(_prose, hidden))
    if unseen and 2 * unseen > _prose(tree):
        return
    for element in hidden:
        element.drop_tree()


def _is_hidden(element: Tree) -> bool:
    """Whether an element's own attributes hide it (https://html.spec.whatwg.org/#the-hidden-attribute).

    What is hidden until it is found is there to be found.
    """
    if element.tag in _WHOLE:
        return False
    said = element.get("hidden")
    if said is not None and said.strip().lower() != "until-found":
        return True
    return _STYLE.search((element.get("style") or "")[:_LONGEST]) is not None


def _prose(element: Tree) -> int:
    """How many characters stand in longer texts below an element."""
    return sum(map(len, _PROSE(element)))
