"""The entries of a live blog as the page shows them: marked as microdata, or blocks that show a time each."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from dateline.text.date_words import FILLER, MONTHS
from dateline.text.html.live_blocks import CLOCK, LEAST_BLOCKS, MOST_ENTRIES, MOST_TIMES, blocks
from dateline.text.html.live_rows import Row, rows
from dateline.text.html.tree import Tree, beginning_of, text_of
from dateline.text.normalise import clean_line

SHORT_TEXT = 40
"""Characters of a line that may be no sentence but a button, a name, a time."""
_WORD = re.compile(r"\w+")

_MACHINE = re.compile(r"\d{10}|\d{13}|\d{4}-\d\d-\d\d(?:[T ]\d.{0,30})?")
"""A time as machines write it: epoch seconds or milliseconds, ISO 8601."""
_CHANGED = re.compile(r"modif|updat|edit|chang|end|expir", re.IGNORECASE)
_NAMED = re.compile(r"(?:data-(?:[a-z]+-)*)?id")
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:byline|authors?|autor(?:es)?|auteur|writer|reporter)(?:$|[\s_-])", re.IGNORECASE
)

_PARTING = re.compile(r"\s*[:|–—-]\s+")
"""What parts a time of day from what follows it."""

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SILENT = frozenset({
    "script", "style", "noscript", "template", "figure", "button", "form", "nav", "aside", "svg", "iframe",
    "select", "textarea", "object", "video", "audio", "time", "footer", "meta", "link",
})  # fmt: skip
"""What holds no words of an entry."""
_BREAKING = frozenset({
    "p", "div", "li", "ul", "ol", "blockquote", "section", "article", "table", "tr", "pre", "br", "header",
    "dl", "dt", "dd", *_HEADINGS,
})  # fmt: skip
_UPDATES = etree.XPath(
    "/*/body/descendant::*[@itemscope and contains(concat(' ', @itemprop, ' '), ' liveBlogUpdate ')]"
)
_LINE_TAGS = ("p", "li")


@dataclass(slots=True)
class Update:
    """An entry as a page gives it, nothing of it judged.

    Args:
        title: its headline, empty without one.
        text: its paragraphs, with an empty line between them.
        whole: all its words, captions and names included.
        published: times, best first, of which any may be unreadable.
        clock: a time of day alone, empty without one.
        modified: when it was changed.
        authors: author strings.
        links: what it calls its own address.
        names: ids that it has in the page.
        image: its picture.
        source: word of `contracts.shared.FACT_SOURCES`.
    """

    title: str = ""
    text: str = ""
    whole: str = ""
    published: list[str] = field(default_factory=list)
    clock: str = ""
    modified: str = ""
    authors: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    image: str | None = None
    source: str = "html"


def shown(tree: Tree, *, is_said: bool | None) -> list[Update]:
    """The entries that a page shows, in its order; the tree is not changed.

    Args:
        tree: of the page.
        is_said: whether its data call it a live blog; None where they tell its entries too, so that none
            need be found that no element wraps.
    """
    marked = set(_UPDATES(tree)[: MOST_ENTRIES + 1])
    if marked:
        outer = (block for block in _UPDATES(tree) if marked.isdisjoint(block.iterancestors()))
        return _unframed([_of_microdata(block) for block in islice(outer, MOST_ENTRIES + 1)])
    found = _unframed([_of_block(block, stamps) for block, stamps in blocks(tree)])
    if is_said is None:
        return found
    in_rows = _unframed([_of_row(row) for row in rows(tree, is_said=is_said)])
    return in_rows if _length(found) < 0.5 * _length(in_rows) else found


def _length(updates: list[Update]) -> int:
    return sum(len(each.text) for each in updates)


def _of_row(row: Row) -> Update:
    """An entry with its time before it; how its line began tells that line among the page's paragraphs."""
    found = _of_block(row.block, [row.stamp])
    found.whole = f"{clean_line(row.line)}\n{found.whole}"
    return found


def _of_microdata(block: Tree) -> Update:
    """An entry with `itemprop`s of its own: what they say, and what the block shows."""
    items = _items(block)
    found = _of_block(block, [])
    told, title = "\n\n".join(items["articlebody"]), next(iter(items["headline"]), "") or found.title
    seen = without_head(found.text, title)
    return Update(
        title=title,
        text=told if len(seen) < 0.8 * len(told) else seen,
        whole=f"{found.whole}\n{told}",
        published=[*items["datepublished"], *items["datecreated"], *found.published],
        clock=found.clock,
        modified=next(iter(items["datemodified"]), ""),
        authors=items["author"] or found.authors,
        links=items["url"],
        names=found.names,
        source="microdata",
    )


def _unframed(updates: list[Update]) -> list[Update]:
    """Without the short lines that several blocks have: buttons, names of writers, marks of importance."""
    often = Counter(line for each in updates for line in set(each.text.split("\n\n")))
    for each in updates:
        lines = each.text.split("\n\n")
        own = [line for line in lines if often[line] < LEAST_BLOCKS or len(line) > SHORT_TEXT]
        # What says nothing else says this: "Goal!"
        each.text = "\n\n".join(own or lines)
    return updates


def without_head(text: str, title: str) -> str:
    """An entry's paragraphs without its headline and its time of day, where these stand above them."""
    lines = text.split("\n\n")
    head = {clean_line(title).casefold(), ""}
    while lines and (lines[0].casefold() in head or is_time(lines[0])):
        del lines[0]
    return "\n\n".join(lines)


def is_time(line: str) -> bool:
    """Whether a line is a time of day, alone or with a day: `19:02 (IST), 2 Oct`."""
    if len(line) > SHORT_TEXT or not (found := CLOCK.search(line)):
        return False
    rest = _WORD.findall(f"{line[: found.start()]} {line[found.end() :]}".casefold())
    return all(word.isdecimal() or word in MONTHS or word in FILLER for word in rest)


def _items(item: Tree) -> defaultdict[str, list[str]]:
    """The properties of an item, not those of the items in it (https://html.spec.whatwg.org/#microdata)."""
    items: defaultdict[str, list[str]] = defaultdict(list)
    waiting = list(reversed(item))
    while waiting:
        element = waiting.pop()
        for name in (element.get("itemprop") or "").lower().split():
            items[name].append(_value(element))
        if element.get("itemscope") is None:
            waiting.extend(reversed(element))
    return items


def _value(element: Tree) -> str:
    """The value of a property; of an item its name."""
    if element.get("itemscope") is not None:
        named = (inner for inner in element.iterdescendants() if inner.get("itemprop") == "name")
        element = next(named, element)
    said = element.get("content") or element.get("datetime") or element.get("href")
    return clean_line(said or text_of(element))


def _of_block(block: Tree, stamps: list[Tree]) -> Update:
    stamps = stamps or list(islice(block.iter("time"), MOST_TIMES))
    heading = next(block.iter(*_HEADINGS), None)
    signed = list(islice(filter(_is_byline, block.iterdescendants()), 1))
    left_out = {*stamps, *signed, *([heading] if heading is not None else [])}
    machine, clock = _times(block, stamps)
    title = clean_line(text_of(heading)) if heading is not None else ""
    text = without_head(_paragraphs(block, left_out), title)
    if stamps and _PARTING.match(stamps[0].tail or ""):
        text = _PARTING.sub("", text, count=1)
    return Update(
        title=title,
        text=text,
        whole="\n".join(filter(None, (clean_line(text) for text in block.itertext()))),
        published=machine,
        clock=clock,
        authors=[clean_line(text_of(element)) for element in signed],
        names=[name for element in _first(block) for name in _ids(element)],
    )


def _is_byline(element: Tree) -> bool:
    marks = f"{element.get('class') or ''} {element.get('rel') or ''} {element.get('itemprop') or ''}"
    return _BYLINE.search(marks) is not None and len(text_of(element)) < 100


def _first(block: Tree) -> Iterator[Tree]:
    """The block and what wraps the same text: its only parent's child, its only child."""
    parent = block.getparent()
    if (parent is not None and len(parent) == 1) or (parent is not None and parent.tag == "li"):
        yield parent
    yield block
    if len(block) == 1:
        yield block[0]


def _ids(element: Tree) -> list[str]:
    return [value for name, value in element.attrib.items() if _NAMED.fullmatch(str(name).lower())]


def _times(block: Tree, stamps: list[Tree]) -> tuple[list[str], str]:
    """(times as machines write them, those with a zone first; a time of day alone) of a block."""
    found: list[str] = []
    for element in (*stamps[:1], *_first(block)):
        for name, value in element.attrib.items():
            if _MACHINE.fullmatch(value.strip()) and not _CHANGED.search(str(name)):
                found.append(value.strip())
    shown = [clean_line(beginning_of(stamp, 200)) for stamp in stamps[:1]]
    clock = next((at[0] for text in shown for at in CLOCK.finditer(text)), "")
    exact = [value for value in found if value.isdigit() or re.search(r"(?:Z|[+-]\d\d:?\d\d)$", value[10:])]
    return [*exact, *(value for value in found if value not in exact), *shown], clock


def _paragraphs(block: Tree, left_out: set[Tree]) -> str:
    parts: list[str] = []
    _flow(block, left_out, parts)
    lines = ("".join(parts)).split("\n")
    return "\n\n".join(filter(None, map(clean_line, lines)))


def _flow(element: Tree, left_out: set[Tree], parts: list[str]) -> None:
    """Add the words below an element, with line breaks where a paragraph ends."""
    for child in _with_text(element, parts):
        is_block = child.tag in _BREAKING
        if is_block:
            parts.append("\n")
        if child.tag not in _SILENT and child not in left_out and not _is_link_line(child):
            _flow(child, left_out, parts)
        if is_block:
            parts.append("\n")
        parts.append(_SPACES.sub(" ", child.tail or ""))


_SPACES = re.compile(r"\s+")


def _with_text(element: Tree, parts: list[str]) -> Iterator[Tree]:
    parts.append(_SPACES.sub(" ", element.text or ""))
    yield from element


def _is_link_line(element: Tree) -> bool:
    """Whether a paragraph is nothing but a link: to another story, to share this one."""
    if element.tag not in _LINE_TAGS or len(element) == 0:
        return False
    linked = sum(len(text_of(link)) for link in element.iter("a"))
    return linked > 0 and linked >= 0.9 * len(text_of(element))
