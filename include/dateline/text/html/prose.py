"""How much of a page's text is prose, and how much the words of links."""

from __future__ import annotations

from itertools import islice

from dateline.text.html.tree import Tree
from dateline.text.normalise import clean_line

_MOST_LINKS = 1000
_LONG_TEXT = 3000
"""Longer texts are not all links, and searching them for every link would cost."""


def link_texts(tree: Tree) -> list[str]:
    """The words of the page's links, longest first."""
    found = {clean_line(link.text_content()[:500]) for link in islice(tree.iter("a"), _MOST_LINKS)}
    return sorted((text for text in found if len(text) > 2), key=lambda text: (-len(text), text))


def link_share(paragraphs: list[str], links: list[str]) -> float:
    """How much of a short text is the words of links; 0 for a text of some length.

    Where a page has no article, extractors give what there is: menus and lists of headlines.
    """
    text = " ".join(paragraphs)
    if not text or len(text) > _LONG_TEXT:
        return 0.0
    rest = clean_line(text)
    for link in links:
        rest = rest.replace(link, "")
    return 1 - len(rest) / len(clean_line(text) or " ")


def has_prose(paragraphs: list[str]) -> bool:
    """Whether a good part of the text stands in paragraphs longer than a teaser."""
    long = sum(len(paragraph) for paragraph in paragraphs if len(paragraph) > 120)
    return long * 2 > sum(map(len, paragraphs))
