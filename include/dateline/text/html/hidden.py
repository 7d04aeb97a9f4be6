"""Text that no reader sees: in elements that their own markup hides."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from dateline.text.html.tree import Tree

_MOST = 1000
"""Hidden elements looked at; pages have some dozen."""
_MARKED = etree.XPath("/*/descendant::*[@hidden or @style]")
_STYLE = re.compile(
    r"(?:^|[;\s])(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)\b", re.IGNORECASE
)
_LONGEST = 1000
_WHOLE = frozenset({"html", "head", "body", "main", "article"})
"""Elements that templates hide until their scripts have run."""
_INLINE = frozenset(
    {"a", "abbr", "b", "cite", "em", "i", "label", "mark", "small", "span", "strong", "sub", "sup"}
)
"""Elements that may stand within a sentence."""


def hidden_of(tree: Tree) -> dict[Tree, None]:
    """The outermost hidden elements of a tree, without those within a line: these are taken out of it.

    Others stay, as a story may be hidden until a script or a click shows it.
    """
    hidden: dict[Tree, None] = {}
    for element in islice(filter(_is_hidden, _MARKED(tree)), _MOST):
        if not any(above in hidden for above in element.iterancestors()):
            hidden[element] = None
    for element in [one for one in hidden if one.tag in _INLINE and not any(map(_is_block, one.iter()))]:
        del hidden[element]
        element.drop_tree()
    return hidden


def _is_block(element: Tree) -> bool:
    return element.tag not in _INLINE


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
