"""The headings that a reader of a page sees, with the forms in which each can be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from dateline.text.html.tree import Tree, beginning_of
from dateline.text.normalise import clean_line
from dateline.text.urls import is_home

_LONGEST = 400
_MOST_RUNS = 24
"""Of one heading: more pieces are words or letters set singly, and no label among them."""
_LINES = (
    "b",
    "strong",
    "font",
    "big",
    "div",
    "p",
    "span",
    "td",
    "center",
    "h4",
    "h5",
    "h6",
    "u",
    "em",
    "i",
    "dt",
)
_MOST_LINES, _MOST_ELEMENTS = 400, 4_000
_JOINTS = ":-–—|/ "

_RUNS = etree.XPath(
    "(descendant::text()[normalize-space()]"
    "[not(ancestor::style or ancestor::script or ancestor::rt or ancestor::rp)])"
    f"[position() <= {_MOST_RUNS + 1}]"
)
_BLOCKS = frozenset({"div", "p", "br", "small", "h1", "h2", "h3", "h4", "h5", "h6", "section", "header"})

# A line over the headline, or under it, inside the same heading.
_LABEL = re.compile(
    r"kicker|dachzeile|(?:top|over|roof|under)[-_]?line|(?:top|over|pre|sur|sub)[-_]?(?:title|head)|spitzmarke|"
    r"eyebrow|label|(?:^|[\s_-])small|h1small|rubric|rubrik|category|byline|author|badge|antetitulo|occhiello",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    r"(?:^|[\s_-])(?:hidden|invisible|sr-only|screen-?reader(?:-text)?|visually-?hidden|aural|offscreen)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
# What stands around articles on every page of a site.
_FRAME = re.compile(
    r"(?:^|[\s_-])(?:logo|brand|branding|masthead|breadcrumbs?|nav|navbar|navigation|menu|sidebar|kopf|"
    r"share|sharing|social|comments?|related|recommended|"
    r"site-?(?:title|name|header|branding)|(?:blog|page)-?title-?bar|blog-?title|header-?img)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CONTENT = re.compile(
    r"(?:^|[\s_-])(?:article|entry|post|story|content|main|beitrag|artikel)(?:$|[\s_-])", re.IGNORECASE
)
_FRAME_TAGS = frozenset({"li", "nav", "aside", "footer"})


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page.

    Args:
        text: all of it, labels too.
        level: 1 for `<h1>`, and so on.
        forms: what is left of the text without pieces at its ends, longest first; may be empty.
        unlabelled: the text without what is marked as a label, the text itself where nothing is.
        is_frame: whether it stands in what is around articles: navigation, logo, breadcrumbs.
        is_hidden: whether it is marked as unseen.
        is_marked: whether microdata calls it the headline.
    """

    text: str
    level: int
    forms: tuple[str, ...] = ()
    unlabelled: str = ""
    is_frame: bool = False
    is_hidden: bool = False
    is_marked: bool = False


def lines_of(tree: Tree) -> list[str]:
    """The short texts of a page's elements but those of links and of what stands around articles, the first
    hundreds."""
    found: list[str] = []
    for element in islice(tree.iter(*_LINES), _MOST_ELEMENTS):
        text = clean_line((element.text or "")[: 2 * _LONGEST])
        if 0 < len(text) <= _LONGEST and not _is_in_frame(element):
            found.append(text)
            if len(found) == _MOST_LINES:
                break
    return found


def _is_in_frame(element: Tree) -> bool:
    return any(above.tag in _FRAME_TAGS or above.tag == "a" for above in element.iterancestors())


def heading_of(element: Tree) -> Heading | None:
    """An `<h1>` to `<h6>` as a heading; None for one without text or with that of a whole section."""
    pieces = _pieces(element) if len(element) else []
    if not 0 < len(pieces) <= _MOST_RUNS:
        pieces = [(beginning_of(element, 2 * _LONGEST), False)]
    text = clean_line("".join(piece for piece, _ in pieces))
    if not 0 < len(text) <= _LONGEST:
        return None
    said = [piece for piece, is_label in pieces if not is_label]
    return Heading(
        text=text,
        level=int(element.tag[1]),
        forms=_forms(pieces),
        unlabelled=clean_line("".join(said)).strip(_JOINTS) or text,
        is_frame=_is_frame(element),
        is_hidden=_is_hidden(element),
        is_marked="headline" in (element.get("itemprop") or "").lower(),
    )


def _pieces(element: Tree) -> list[tuple[str, bool]]:
    """The text runs of a heading, each with whether it is marked as a label."""
    pieces: list[tuple[str, bool]] = []
    for run in _RUNS(element):
        owner = run.getparent()
        is_apart = owner.tag in _BLOCKS
        if run.is_tail:
            owner = owner.getparent()
        is_label = False
        while owner is not element:
            marks = f"{owner.get('class') or ''} {owner.get('id') or ''}"
            is_label = is_label or owner.tag == "small" or bool(_LABEL.search(marks) or _UNSEEN.search(marks))
            is_apart = is_apart or owner.tag in _BLOCKS or is_label
            owner = owner.getparent()
        pieces.append((f" {run} " if is_apart else str(run), is_label))
    # Where all is marked, nothing is.
    return [(piece, False) for piece, _ in pieces] if all(marked for _, marked in pieces) else pieces


def _forms(pieces: list[tuple[str, bool]]) -> tuple[str, ...]:
    """What is left without pieces at one end; not of labels alone."""
    runs = [pieces[at:] for at in range(1, len(pieces))] + [pieces[:at] for at in range(1, len(pieces))]
    kept = [run for run in runs if not all(is_label for _, is_label in run)]
    forms = {clean_line("".join(piece for piece, _ in run)).strip(_JOINTS) for run in kept}
    return tuple(sorted(filter(None, forms), key=lambda form: (-len(form), form)))


def _is_frame(element: Tree) -> bool:
    link = element.find(".//a")
    if link is not None and _is_link_home(link):
        return True
    while element is not None and element.tag not in ("body", "article", "main"):
        marks = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.tag in _FRAME_TAGS or element.get("id") == "header" or _FRAME.search(marks):
            return True
        if element.tag == "a" and _is_link_home(element):
            return True
        if element.tag not in ("h1", "h2", "h3") and _CONTENT.search(marks):
            return False
        element = element.getparent()
    return False


def _is_link_home(link: Tree) -> bool:
    href = (link.get("href") or "").strip()
    return href == "/" or "home" in (link.get("rel") or "") or (href[:4] == "http" and is_home(href))


def _is_hidden(element: Tree) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return (
        element.get("hidden") is not None
        or "display:none" in style
        or bool(_UNSEEN.search(element.get("class") or ""))
    )
