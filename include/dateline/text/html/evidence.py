"""All that a page says of itself outside its body, gathered in one walk and not yet judged."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from dateline.text.html import jsonld
from dateline.text.html.bylines import BOUNDARY, Bylines, find_bylines
from dateline.text.html.date_places import around, for_machines, headline_of, stated
from dateline.text.html.headings import Heading, heading_of, lines_of
from dateline.text.html.marks import Marked, marked
from dateline.text.html.shown_details import NO_DETAILS, ShownDetails
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
        others: all JSON-LD objects but those of other stories.
        title: of the `<title>` element.
        headings: texts of the `<h1>` elements.
        heads: the `<h1>` to `<h3>` elements, with what tells headlines from other headings.
        times: (machine-readable or visible text, whether it is marked as publication) of `<time>` elements.
        changed: machine-readable and visible texts of `<time>` elements that are marked as a change.
        bylines: texts of elements marked as byline or author.
        shown: what the page shows of its authors.
        dated: short texts of elements marked as date.
        has_headline: whether an element shows the headline; around it are the next three.
        before: short texts before the headline, nearest first.
        after: short texts after the headline, in order.
        below: those that have prose between them and the headline.
        lines: gives the short texts of other elements; asked only where no heading is a headline.
        short_texts: gives all short text runs with a digit; asked only where nothing else tells a date.
        stated: gives the times of publication in the state that scripts keep; asked as rarely.
        details: what the markup shows of tags, breadcrumbs and pictures; asked where data leave one open.
        frame: classes and ids of the elements `html` and `body`, in lower case.
        item_types: microdata types of these, of `main` and of a lone `article`, in lower case.
        canonical: what `<link rel=canonical>` says.
        language: what `<html lang>` says.
        affixes: parts of titles that are known to recur on its site, and are of no headline.
        house: authors whom its site is known to name for want of another.
    """

    url: str | None
    meta: dict[str, list[str]] = field(default_factory=dict)
    items: dict[str, list[str]] = field(default_factory=dict)
    linked: jsonld.Node = field(default_factory=dict)
    others: list[jsonld.Node] = field(default_factory=list)
    title: str = ""
    headings: list[str] = field(default_factory=list)
    heads: list[Heading] = field(default_factory=list)
    times: list[tuple[str, bool]] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    shown: Bylines = field(default_factory=Bylines)
    dated: list[str] = field(default_factory=list)
    has_headline: bool = False
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    lines: Callable[[], list[str]] = list
    short_texts: Callable[[], list[str]] = list
    stated: Callable[[], list[str]] = list
    details: ShownDetails = NO_DETAILS
    frame: str = ""
    item_types: set[str] = field(default_factory=set)
    canonical: str | None = None
    language: str | None = None
    affixes: list[str] = field(default_factory=list)
    house: list[str] = field(default_factory=list)

    def first(self, *names: str) -> str:
        """The first value of the first of these meta names that has one, else the empty text."""
        for name in names:
            if values := self.meta.get(name):
                return values[0]
        return ""


_ITEMS = frozenset({
    "headline", "datepublished", "datemodified", "datecreated", "articlesection", "inlanguage",
    "isaccessibleforfree", "description", "keywords", "publisher",
})  # fmt: skip
_HOLDING = frozenset({"article", "section", "main"})
"""They hold far more than what they are marked as."""
_MOST_MARKED = 400
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|respond|replies|sidebar|related|recommended|teasers?|popular)",
    re.IGNORECASE,
)
_SHORT = etree.XPath(
    "/*/body/descendant::text()[translate(., '0123456789', '') != . and string-length(normalize-space()) > 7"
    " and string-length(normalize-space()) < 160][not(ancestor::script or ancestor::style)]",
    smart_strings=False,
)
_MOST_SHORT = 300


def gather(tree: Tree, url: str | None) -> Evidence:
    """Read a page's tree; the tree is not changed."""
    found = Evidence(
        url=url, language=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    )
    scripts: list[str] = []
    for element in tree.iter(*_READERS):
        _READERS[element.tag](element, found, scripts)
    named = [*marked(tree)]
    _read_marked(named, found)
    found.shown = find_bylines(tree, named, [found.title, found.first("og:title")])
    found.bylines = [line.replace(BOUNDARY, " ") for line in found.shown.marked]
    _read_frame(tree, found)
    found.lines = lambda: lines_of(tree)
    found.short_texts = lambda: [clean_line(text[:_LONGEST]) for text in _SHORT(tree)[:_MOST_SHORT]]
    found.stated = lambda: stated(tree)
    found.details = ShownDetails(tree)
    addresses = [url, found.canonical, found.first("og:url")]
    called = jsonld.Called.by(addresses, [found.title, found.first("og:title"), *found.headings])
    found.others = jsonld.without_teasers(jsonld.nodes(scripts), called)
    found.linked = jsonld.main_node(found.others, called)
    titles = [found.title, found.first("og:title"), *jsonld.texts(found.linked.get("headline"))[:1]]
    headline = headline_of(tree, titles)
    found.has_headline = headline is not None
    found.before, found.after, found.below = around(headline)
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
        _read_lesser_heading(element, found, _)


def _read_lesser_heading(element: Tree, found: Evidence, _: list[str]) -> None:
    if len(found.heads) < _MOST and (heading := heading_of(element)):
        found.heads.append(heading)


def _read_time(element: Tree, found: Evidence, _: list[str]) -> None:
    if len(found.times) >= _MOST or _is_aside(element):
        return
    text = (for_machines(element) or element.get("content") or "").strip()
    if not text and element.tag == "time":
        text = text_of(element)
    marks = f"{element.get('itemprop')} {element.get('class')} {element.get('pubdate')}".lower()
    if not text or len(text) >= 100:
        return
    is_published = "publ" in marks or element.get("pubdate") is not None
    is_changed = "modif" in marks or "updat" in marks
    if is_changed and not is_published:
        found.changed += dict.fromkeys((text, clean_line(text_of(element)[:_LONGEST])))
    else:
        # What was never changed is marked as both by the themes of a well-known software.
        found.times.append((text, is_published and not is_changed))


_READERS = {
    "meta": _read_meta,
    "link": _read_link,
    "title": _read_title,
    "script": _read_script,
    "h1": _read_heading,
    "h2": _read_lesser_heading,
    "h3": _read_lesser_heading,
    "time": _read_time,
    "relative-time": _read_time,
    "abbr": _read_time,
}


def _read_frame(tree: Tree, found: Evidence) -> None:
    """What the outermost elements say of the page as a whole."""
    articles = list(islice(tree.iter("article"), 2))
    outer = [element for name in ("html", "body", "main") for element in islice(tree.iter(name), 1)]
    # Of several, each is a teaser or a comment.
    outer += articles if len(articles) == 1 else []
    found.frame = " ".join(
        f"{element.get('class') or ''} {element.get('id') or ''}"[:_LONGEST].lower()
        for element in outer
        if element.tag in ("html", "body")
    )
    for element in outer:
        found.item_types |= {
            name.rpartition("/")[2] for name in (element.get("itemtype") or "")[:_LONGEST].lower().split()
        }


def _read_marked(named: list[Marked], found: Evidence) -> None:
    """Microdata, and elements that their class names mark as date."""
    left = _MOST_MARKED
    for one in named:
        element, item, is_dated = one.element, one.item.lower(), one.is_dated
        if not (item or is_dated) or element.tag in _HOLDING:
            continue
        if element.tag in ("meta", "link", "img", "input") and not item:
            continue
        for name in item.split():
            if name in _ITEMS and not _is_aside(element):
                _keep(found.items, name, _item_text(element))
        if is_dated and len(found.dated) < _MOST and not _is_aside(element):
            text = clean_line(" ".join(element.itertext())[:_LONGEST])
            if text and len(text) <= 160:
                found.dated.append(text)
        left -= 1
        if left == 0:
            break


def _is_aside(element: Tree) -> bool:
    """Whether an element stands among comments, teasers, or in the frame around the article."""
    while element is not None and element.tag not in ("body", "article", "main"):
        if element.tag in ("aside", "nav", "footer", "blockquote") or _ASIDE.search(
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
