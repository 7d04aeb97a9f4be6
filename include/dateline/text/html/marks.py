"""Elements whose attributes may tell what they hold, found in one walk for all who look for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from dateline.text.html.tree import Tree

_NAMED = etree.XPath(
    "/*/body/descendant::*[@class or @id or @itemprop or @rel or @property][not(self::script or self::style)]"
)
_DATED = re.compile(
    r"(?:^|[\s_-])(?:date|datetime|dateline|pubdate|published?|timestamp|time)(?:$|[\s_-])", re.IGNORECASE
)
_SIGNED = re.compile(
    r"uthor|yline|utor|uteur|riter|osted|signat|firma|eporter|ournalist|vcard|erfasser|ubmitted|by-line|\bby\b|"
    r"enulis|azar|orfatter|edakt"
)
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Marked:
    """An element of the page's body.

    Args:
        element: the element itself.
        names: its class and id.
        item: its microdata properties.
        rel: what it links to.
        told: its RDFa properties.
        is_dated: whether its names tell a date.
        may_sign: whether its names may tell an author.
    """

    element: Tree
    names: str
    item: str
    rel: str
    is_dated: bool
    may_sign: bool
    told: str = ""


def marked(tree: Tree) -> Iterator[Marked]:
    """The elements that are marked as something, in the order of the page."""
    # Most elements share their names with others.
    told: dict[str, tuple[bool, bool]] = {}
    for element in _NAMED(tree):
        get = element.get
        names, item, rel = f"{get('class') or ''} {get('id') or ''}", get("itemprop"), get("rel")
        tells = told.get(names)
        if tells is None:
            tells = bool(_DATED.search(names)), bool(_SIGNED.search(names[:_LONGEST]))
            told[names] = tells
        told_as = get("property")
        if item or rel or told_as or tells[0] or tells[1]:
            yield Marked(element, names, item or "", rel or "", *tells, told_as or "")
