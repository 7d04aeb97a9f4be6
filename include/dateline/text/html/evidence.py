"""All that a page says of itself outside its body, gathered in one walk and not yet judged."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from dateline.text.html import jsonld
from dateline.text.html.tree import Tree, text_of
from dateline.text.normalise import clean_line

_MOST = 60
"""Values kept of one kind: a page with more is no better known by them."""

_LONGEST = 2_000


@dataclass(slots=True)
class Evidence:
    """What a page says.

    Args:
        url: of the page, None if unknown.
        meta: name (in lower case) of a meta element → its values in order.
        items: microdata property (in lower case) → its values in order.
        linked: the main JSON-LD object, {} without one; names in lower case.
        others: all JSON-LD objects.
        title: of the `<title>` element.
        headings: texts of the `<h1>` elements.
        times: (machine-readable or visible text, whether it is marked as publication) of `<time>` elements.
        signed: texts of links to the author.
    bylines: texts of elements marked as byline or author.
        dated: short texts of elements marked as date.
    near: texts that follow the first `<h1>`.
    short_texts: gives all text runs of the length of a date; asked only where nothing else tells one.
        canonical: what `<link rel=canonical>` says.
        language: what `<html lang>` says.
    """

    url: str | None
    meta: dict[str, list[str]] = field(default_factory=dict)
    items: dict[str, list[str]] = field(default_factory=dict)
    linked: jsonld.Node = field(default_factory=dict)
    others: list[jsonld.Node] = field(default_factory=list)
    title: str = ""
    headings: list[str] = field(default_factory=list)
    times: list[tuple[str, bool]] = field(default_factory=list)
    signed: list[str] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    dated: list[str] = field(default_factory=list)
    near: list[str] = field(default_factory=list)
    short_texts: Callable[[], list[str]] = list
    canonical: str | None = None
    language: str | None = None

    def first(self, *names: str) -> str:
        """The first value of the first of these meta names that has one, else the empty text."""
        for name in names:
            if values := self.meta.get(name):
                return values[0]
        return ""


_ITEMS = frozenset({
    "headline", "datepublished", "datemodified", "datecreated", "author", "creator", "articlesection",
    "inlanguage", "isaccessibleforfree",
})  # fmt: skip
_WORDS = "translate(concat(@class,' ',@id), 'ABDEILNORTUWHSP', 'abdeilnortuwhsp')"
_MARKED = etree.XPath(
    "/*/body/descendant::*[@itemprop or @rel='author' or @data-author or ("
    f"(contains({_WORDS},'byline') or contains({_WORDS},'author') or contains({_WORDS},'autor')"
    f" or contains({_WORDS},'date') or contains({_WORDS},'publish') or contains({_WORDS},'writer'))"
    " and not(self::script or self::style or self::article or self::section or self::main))]"
)
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|respond|replies|sidebar|related|recommended|teasers?|popular)",
    re.IGNORECASE,
)
_NEAR = etree.XPath(
    "(/descendant::h1)[1]/following::text()[normalize-space()][not(ancestor::script or ancestor::style)]"
    "[position() < 40]",
    smart_strings=False,
)
_SHORT = etree.XPath(
    "/*/body/descendant::text()"
    "[string-length(normalize-space()) > 7 and string-length(normalize-space()) < 41]"
    "[not(ancestor::script or ancestor::style)]",
    smart_strings=False,
)
_MOST_SHORT = 300
_BYLINE = re.compile(
    r"(?:^|[\s_-]|__)(?:byline|by-line|authors?|autor(?:es)?|auteurs?|writer|contributor)(?:[-_]{1,2}(?:name|link|info|text|list))?(?:$|[\s_-])|"
    r"[a-z]Byline|[a-z]Author(?:Name)?(?:$|\s)",
)
_DATED = re.compile(
    r"(?:^|[\s_-])(?:date|datetime|dateline|pubdate|published?|timestamp|time)(?:$|[\s_-])", re.IGNORECASE
)


def gather(tree: Tree, url: str | None) -> Evidence:
    """Read a page's tree; the tree is not changed."""
    found = Evidence(
        url=url, language=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    )
    scripts: list[str] = []
    for element in tree.iter("meta", "link", "title", "script", "h1", "time"):
        _READERS[element.tag](element, found, scripts)
    _read_marked(tree, found)
    found.short_texts = lambda: [clean_line(text[:_LONGEST]) for text in _SHORT(tree)[:_MOST_SHORT]]
    found.near = [clean_line(text[:_LONGEST]) for text in _NEAR(tree)]
    found.others = jsonld.nodes(scripts)
    found.linked = jsonld.main_node(found.others, url)
    return found


def _read_meta(element: Tree, found: Evidence, _: list[str]) -> None:
    content = element.get("content") or element.get("value")
    if not content:
        return
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        if name := element.get(attribute):
            values = found.items if attribute == "itemprop" else found.meta
            _keep(values, name.strip().lower(), content)


def _read_link(element: Tree, found: Evidence, _: list[str]) -> None:
    if found.canonical is None and (element.get("rel") or "").strip().lower() == "canonical":
        found.canonical = (element.get("href") or "").strip() or None


def _read_title(element: Tree, found: Evidence, _: list[str]) -> None:
    # A `<title>` further down belongs to an SVG picture.
    if not found.title:
        found.title = clean_line(text_of(element)[:_LONGEST])


def _read_script(element: Tree, _: Evidence, scripts: list[str]) -> None:
    if element.text and "ld+json" in (element.get("type") or "").lower() and len(scripts) < _MOST:
        scripts.append(element.text)


def _read_heading(element: Tree, found: Evidence, _: list[str]) -> None:
    text = clean_line(text_of(element)[:_LONGEST])
    if text and len(found.headings) < _MOST:
        found.headings.append(text)


def _read_time(element: Tree, found: Evidence, _: list[str]) -> None:
    if len(found.times) >= _MOST or _is_aside(element):
        return
    text = (element.get("datetime") or element.get("content") or "").strip() or text_of(element)
    marks = f"{element.get('itemprop')} {element.get('class')} {element.get('pubdate')}".lower()
    if text and len(text) < 100 and "modif" not in marks and "updat" not in marks:
        found.times.append((text, "publ" in marks or element.get("pubdate") is not None))


_READERS = {
    "meta": _read_meta,
    "link": _read_link,
    "title": _read_title,
    "script": _read_script,
    "h1": _read_heading,
    "time": _read_time,
}


def _read_marked(tree: Tree, found: Evidence) -> None:
    """Microdata, and elements that their class names mark as byline or date."""
    for element in _MARKED(tree)[:400]:
        item = (element.get("itemprop") or "").lower()
        if element.tag in ("meta", "link", "img", "input") and not item:
            continue
        for name in item.split():
            if name in _ITEMS and not _is_aside(element):
                _keep(found.items, name, _item_text(element))
        _read_class(element, found)


def _read_class(element: Tree, found: Evidence) -> None:
    marks = f"{element.get('class') or ''} {element.get('id') or ''}"
    is_signed = "author" in (element.get("rel") or "").lower().split()
    if is_signed:
        kept = found.signed
    elif _BYLINE.search(marks):
        kept = found.bylines
    elif _DATED.search(marks):
        kept = found.dated
    else:
        return
    if len(kept) >= _MOST or _is_aside(element):
        return
    text = clean_line(" ".join(element.itertext())[:_LONGEST])
    if text and len(text) <= 160:
        kept.append(text)


def _is_aside(element: Tree) -> bool:
    """Whether an element stands among comments, teasers, or in the frame around the article."""
    while element is not None and element.tag not in ("body", "article", "main"):
        if element.tag in ("aside", "nav", "footer") or _ASIDE.search(
            f"{element.get('class') or ''} {element.get('id') or ''}"
        ):
            # The foot of an article often names its author and day.
            return element.tag != "footer" or not any(
                above.tag == "article" for above in element.iterancestors()
            )
        element = element.getparent()
    return False


def _item_text(element: Tree) -> str:
    """The value of a microdata property: of its inner `name`, its attribute, or its text."""
    for inner in element.iter():
        if inner is not element and "name" in (inner.get("itemprop") or "").lower().split():
            return inner.get("content") or text_of(inner)
    return element.get("content") or element.get("datetime") or text_of(element)


def _keep(values: dict[str, list[str]], name: str, value: str) -> None:
    text = clean_line(value[:_LONGEST])
    kept = values.setdefault(name, [])
    if text and len(kept) < _MOST and text not in kept:
        kept.append(text)
