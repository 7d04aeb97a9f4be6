"""Section pages: where a publisher has neither feed nor sitemap, the links of a list page to its articles.

The last resort: such a link tells nothing of the article, and which links are articles is a judgment.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from dateline.errors import Refused
from dateline.text.article_urls import is_article_url
from dateline.text.html.charset import decode
from dateline.text.html.tree import Tree, beginning_of, parse, refuse_other_than_text
from dateline.text.leads import make_lead
from dateline.text.normalise import clean_line
from dateline.text.urls import absolute, same_site, url_key

__all__ = ["MOST_LINKS", "lead", "links", "read"]

MOST_LINKS = 300
"""Article links of one page; front pages of large papers have some two hundred."""

_MOST_LOOKED_AT = 10_000
_MOST_SIGNS = 5000
"""Of a link's text: one that is never closed, and stands in another such, has all the page in it."""
_FRAME = frozenset({"nav", "header", "footer", "aside", "form", "dialog"})
_FRAME_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "menu", "menubar"})


def read(body: bytes, *, url: str, content_type: str | None = None) -> tuple[str, ...]:
    """The addresses of the articles that a page links to, in the page's order, each once.

    Args:
        body: the page as it came.
        url: of the page; only its own site counts.
        content_type: the Content-Type header.

    Never raises: what is no page gives none.
    """
    try:
        refuse_other_than_text(body)
        tree = parse(decode(body, content_type))
    except Refused:
        return ()
    found: dict[str, str] = {}
    titles: dict[str, str] = {}
    own = url_key(url)
    for link, title in links(tree, url):
        key = url_key(link)
        if key is None or key == own or not same_site(link, url):
            continue
        # A picture and a headline often link to one article: the longest words are its title.
        if len(title) >= len(titles.get(key, "")):
            titles[key] = title
        found.setdefault(key, link)
    articles = (link for key, link in found.items() if is_article_url(link, titles[key]))
    return tuple(islice(articles, MOST_LINKS))


def lead(section_url: str) -> dict[str, Any]:
    """What a section page tells of an article: that it links to it (`contracts.shared.LEAD_TYPE`)."""
    return make_lead("section", origin_url=section_url)


def links(tree: Tree, url: str) -> Iterator[tuple[str, str]]:
    """(absolute address, words) of the links of a page outside its navigation, in order.

    Without fragments; those that the page asks not to be followed are left out.
    """
    base = next((base for each in tree.iter("base") if (base := absolute(each.get("href") or "", url))), url)
    for count, element in enumerate(_outside_the_frame(tree)):
        if count >= _MOST_LOOKED_AT:
            return
        href = (element.get("href") or "").partition("#")[0].strip()
        if not href or "nofollow" in (element.get("rel") or "").lower().split():
            continue
        if link := absolute(href, base):
            words = " ".join(beginning_of(element, _MOST_SIGNS).split())[:500]
            yield link, clean_line(words or element.get("title") or "")[:300]


def _outside_the_frame(tree: Tree) -> Iterator[Tree]:
    """The links of a tree, without those in elements that HTML means for navigation.

    A header or footer inside an article, and so of a teaser, is no frame.
    """
    framed: set[Tree] = set()
    for element in tree.iter("a", *_FRAME, "div", "ul", "section"):
        if element.tag == "a":
            if not any(above in framed for above in element.iterancestors()):
                yield element
        elif _is_frame(element):
            framed.add(element)


def _is_frame(element: Tree) -> bool:
    role = (element.get("role") or "").lower()
    if role in _FRAME_ROLES:
        return True
    if element.tag in ("header", "footer"):
        return not any(above.tag in ("article", "main", "section") for above in element.iterancestors())
    return element.tag in _FRAME and element.tag != "aside"
