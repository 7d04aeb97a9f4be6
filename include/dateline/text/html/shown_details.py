"""What the markup of a page shows of its tags, its place on the site and its pictures.

Asked only where what the page says for machines leaves something open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from lxml import etree

from dateline.text.html.tree import Tree, beginning_of
from dateline.text.normalise import clean_line

_LONGEST = 300
_LONGEST_CAPTION = 1_000
_LONGEST_LINK = 2_000
_MOST_LINKS = 200
_MOST_STEPS = 10
_MOST_CRUMBS = 20
_MOST_FIGURES = 40
_MOST_PICTURES = 10

_LINKS = etree.XPath("/*/body/descendant::a[contains(@rel, 'tag')]")
_CRUMBS = etree.XPath("/*/body/descendant::*/@*[contains(., 'readcrumb')]/..")
"""By any attribute; to ask for each by its name takes thrice as long."""
_NAMING = ("class", "id", "aria-label", "itemtype")
_PICTURES = etree.XPath("/*/head/link[@rel='image_src'] | /*/descendant::*/@itemprop[.='image']/..")
_ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:comments?|sidebar|related|recommended|teasers?|popular|trending|widget|cloud|cards?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_OF_OTHERS = frozenset({"author", "publisher", "comment", "logo"})
"""Properties whose pictures show somebody, and nothing of the story."""
_SOURCES = ("src", "data-src", "data-original", "data-lazy-src", "content", "href")


class ShownDetails:
    """What a tree shows, each found when it is first asked for; the tree is not changed."""

    def __init__(self, tree: Tree | None = None) -> None:
        self._tree = tree

    @cached_property
    def tags(self) -> list[str]:
        """Texts of links that lead to a tag of the page."""
        return [text for text, kinds in self._linked if "category" not in kinds]

    @cached_property
    def categories(self) -> list[str]:
        """Texts of links that lead to a category of it."""
        return [text for text, kinds in self._linked if "category" in kinds]

    @cached_property
    def steps(self) -> list[tuple[str, str]]:
        """(text, address or the empty text) of the links of its breadcrumbs, from the front page on."""
        return _steps(self._tree) if self._tree is not None else []

    @cached_property
    def pictures(self) -> list[str]:
        """Addresses that the markup names as its picture."""
        return _pictures(self._tree) if self._tree is not None else []

    @cached_property
    def captions(self) -> list[tuple[list[str], str]]:
        """(addresses of a picture, its caption) of figures."""
        return _captions(self._tree) if self._tree is not None else []

    @cached_property
    def _linked(self) -> list[tuple[str, list[str]]]:
        return list(_tagged(self._tree)) if self._tree is not None else []


NO_DETAILS = ShownDetails()
"""Of a page that shows none."""


def _tagged(tree: Tree) -> Iterator[tuple[str, list[str]]]:
    """(text, what it links to) of the story's own links to tags. Of several articles all but the first are
    teasers."""
    story: Tree | None = None
    for link in _LINKS(tree)[:_MOST_LINKS]:
        kinds = (link.get("rel") or "").lower().split()
        text = clean_line(beginning_of(link, _LONGEST))
        if "tag" not in kinds or not text or _is_elsewhere(link):
            continue
        above = next(link.iterancestors("article"), None)
        story = above if story is None else story
        if above is story:
            yield text, kinds


def _is_elsewhere(element: Tree) -> bool:
    return any(
        above.tag in ("aside", "nav")
        or (above.tag not in ("body", "html", "article", "main") and _ELSEWHERE.search(_marks(above)))
        for above in element.iterancestors()
    )


def _marks(element: Tree) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:_LONGEST]


def _steps(tree: Tree) -> list[tuple[str, str]]:
    """The links of the first breadcrumbs that have any; a menu below that name has too many."""
    for crumbs in _CRUMBS(tree)[:_MOST_CRUMBS]:
        links = list(islice(crumbs.iter("a"), _MOST_STEPS + 1))
        steps = [
            (text, (link.get("href") or "").strip()[:_LONGEST_LINK])
            for link in links
            if (text := clean_line(beginning_of(link, _LONGEST)))
        ]
        is_named = any("readcrumb" in (crumbs.get(name) or "") for name in _NAMING)
        if is_named and crumbs.tag != "a" and steps and len(links) <= _MOST_STEPS:
            return steps
    return []


def _pictures(tree: Tree) -> list[str]:
    found = []
    for element in _PICTURES(tree)[:_MOST_PICTURES]:
        if not any(_is_of_another(above) for above in element.iterancestors()):
            found += list(islice(_addresses(element), 1))
    return found


def _is_of_another(element: Tree) -> bool:
    return bool(_OF_OTHERS & set((element.get("itemprop") or "").lower().split()))


def _addresses(element: Tree) -> Iterator[str]:
    """The addresses of an element's own picture, or of those inside it."""
    for inner in islice(element.iter("img", "meta", "link", "source", "a"), 20):
        if inner.tag in ("meta", "link") and inner is not element and inner.get("itemprop") not in (
            "url", "contentUrl",
        ):  # fmt: skip
            continue
        for name in _SOURCES:
            if (link := (inner.get(name) or "").strip()) and not link.startswith("data:"):
                yield link[:_LONGEST_LINK]


def _captions(tree: Tree) -> list[tuple[list[str], str]]:
    found = []
    for caption in islice(tree.iter("figcaption"), _MOST_FIGURES):
        figure = next(caption.iterancestors("figure"), None)
        text = clean_line(beginning_of(caption, _LONGEST_CAPTION))
        if figure is not None and text and (links := list(islice(_addresses(figure), 20))):
            found.append((links, text))
    return found
