"""One parse a page: the tree that evidence and body are read from."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree
from lxml.html import HtmlComment, HtmlElement, HtmlEntity, HtmlProcessingInstruction

from dateline.errors import Refused
from dateline.text.charsets import is_binary
from dateline.text.html.bulk import excess

Tree = Any
"""An lxml.html element. lxml ships no types."""

DEEPEST = 200
"""Levels of nesting. Of 1,600 news pages none has 100; the parser itself stops at 256."""

MOST_ELEMENTS = 40_000
"""Elements. Of 1,600 news pages none has more than ten thousand; a page made to be slow is refused before it
is."""

MOST_LEVELS = 2_000_000
"""Levels of all elements together, of which none of these pages has 150,000: much looks from each element
upwards."""

_COUNT = etree.XPath("count(/descendant::*)")
_IS_DEEP = etree.XPath(f"boolean({'/*' * DEEPEST})")

_STRING = etree.XPath("string()", smart_strings=False)
_BEGINNING = etree.XPath("substring(string(), 1, $most)", smart_strings=False)

_HTML = re.compile(
    r"<\s*(?:!doctype\s+html|html|head|body|meta|title|div|p|article|section|span|table|h[1-6]|br|a|script)\b",
    re.IGNORECASE,
)
_XML_ROOT = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.DOTALL
)
_SNIFFED = 100_000


def refuse_other_than_text(body: bytes) -> None:
    """Refuse bytes that are plainly no text.

    Raises:
        Refused: no_body or not_html.
    """
    if not body.strip():
        raise Refused("no_body", "the body is empty")
    if is_binary(body):
        raise Refused("not_html", "the body is a binary file")


def parse(text: str) -> Tree:
    """The tree of a page.

    Raises:
        Refused: not_html (no tag of HTML, JSON, plain text), wrong_type (a feed or sitemap), too_deep,
            too_large, parse_failure.
    """
    if found := _XML_ROOT.match(text[:_SNIFFED]):
        raise Refused("wrong_type", f"an XML document with the root <{found[1]}>")
    if not _HTML.search(text[:_SNIFFED]) and not _HTML.search(text[_SNIFFED:]):
        raise Refused("not_html", "no tag of HTML in it")
    if text.lstrip()[:1] in ("{", "["):
        raise Refused("not_html", "JSON")
    # As bytes: lxml refuses text with an XML declaration, and lone surrogates can't be encoded.
    data = text.encode("utf-8", "replace")
    if reason := excess(data):
        raise Refused("too_large", reason)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    # Looking a class up in Python for each element, as lxml.html does, costs 5 % of an extraction.
    parser.set_element_class_lookup(
        etree.ElementDefaultClassLookup(
            element=HtmlElement, comment=HtmlComment, pi=HtmlProcessingInstruction, entity=HtmlEntity
        )
    )
    try:
        tree = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise Refused("parse_failure", f"the parser gives up ({type(error).__name__})") from error
    if tree is None or len(tree) == 0:
        raise Refused("parse_failure", "no element in it")
    if _IS_DEEP(tree):
        raise Refused("too_deep", f"nested deeper than {DEEPEST} levels")
    count = _COUNT(tree)
    if count > MOST_ELEMENTS:
        raise Refused("too_large", f"more than {MOST_ELEMENTS} elements")
    if count * DEEPEST > MOST_LEVELS and _levels(tree) > MOST_LEVELS:
        raise Refused("too_large", f"more than {MOST_LEVELS} levels of all elements together")
    return tree


def _levels(tree: Tree) -> int:
    """How deep the elements of a tree are nested, all together."""
    depth = total = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        total += depth if event == "start" else 0
    return total


def text_of(element: Tree) -> str:
    """All text below an element on one line."""
    return " ".join(_STRING(element).split())


def beginning_of(element: Tree, most: int) -> str:
    """The beginning of the text below an element, `most` code points of it, as it stands."""
    told: str = _BEGINNING(element, most=most)
    return told
