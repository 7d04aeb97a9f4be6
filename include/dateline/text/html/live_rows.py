"""Entries of a live blog that no element wraps: lines, headings or terms that begin with a time of day.

An entry reaches from such an element to the next one of its make. As much else is laid out like this, a
page's word must stand for it: data that call it a live blog, or else times that go back, as no timetable and
no chronicle is told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import islice, pairwise

from lxml import etree

from dateline.text.date_words import AMERICAN, OFFSETS
from dateline.text.html.live_blocks import LEAST_BLOCKS, MOST_ENTRIES, MOST_TIMES, is_aside
from dateline.text.html.tree import Tree, beginning_of, text_of

_ZONES = "|".join(sorted(map(re.escape, {*OFFSETS, *AMERICAN}), key=len, reverse=True))
_TIME_FIRST = re.compile(
    r"[\[(]?(?:kl\.?\s|at\s)?(?P<hour>\d{1,2})(?:\s?[:.h]\s?(?P<minute>\d{2})(?::\d{2})?)?"
    r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?|\s?(?:uhr|hrs?|h)\b)?"
    rf"(?:\s?\(?(?P<zone>{_ZONES})\b\)?)?[\])]?(?:(?P<end>\s*[:|•·–—-]+\s*|\.?$)|\.?\s+)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*[:|•·–—-]+\s*")
_OPENING = 40
"""Characters in which a time of day stands with its zone."""

_LEAST_UNSAID = 4
_MOSTLY = 0.8
_ABOUT = 0.8
_LEVELS = 6
"""How far above its time of day an entry's first element is looked for."""
_BEFORE = 3
"""Elements without a word that may stand before a time: an anchor, a picture, a rule."""
_MOST_STAMPS = MOST_TIMES * MOST_ENTRIES
_LONGEST_TITLE = 200
_HALF, _DAY = 720, 1_440
"""Minutes."""

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NAMING = frozenset({*_HEADINGS, "dt"})
_ROWS = frozenset({"p", "li", "div", "section", "article", *_NAMING})


@dataclass(frozen=True, slots=True)
class Row:
    """An entry: `block` holds a copy of its elements, `stamp` in it the time, `line` is how it begins."""

    block: Tree
    stamp: Tree
    line: str


@dataclass(frozen=True, slots=True)
class _Head:
    """The first element of an entry: `holder` below it has the time, which ends at `end` in its text."""

    element: Tree
    holder: Tree
    clock: str
    minute: int
    end: int


def rows(tree: Tree, *, is_said: bool) -> list[Row]:
    """The entries of a page, in its order; [] where none are to be seen. The tree is not changed.

    Args:
        tree: of a page.
        is_said: whether its data call it a live blog. Else its times must go back.

    Of all ways to see them the one that covers most of the page's text; of those that cover about the same,
    that by headings or terms.
    """
    body = tree.find("body")
    if body is None:
        return []
    groups: defaultdict[tuple[Tree, str], list[_Head]] = defaultdict(list)
    for head in islice(_heads(body), _MOST_STAMPS):
        groups[head.element.getparent(), head.element.tag].append(head)
    likely = [_spans(heads) for heads in groups.values() if _is_likely(heads, is_said=is_said)]
    sizes = [sum(len(text_of(each)) for _, span in spans for each in span) for spans in likely]
    best = [spans for spans, size in zip(likely, sizes, strict=True) if size >= _ABOUT * max(sizes)]
    chosen = next((spans for spans in best if spans[0][0].element.tag in _NAMING), (best or [[]])[0])
    return [_row(head, span) for head, span in chosen]


def untimed(line: str) -> str:
    """A line without the time of day that it begins with; a time alone stays."""
    found = _TIME_FIRST.match(line[:_OPENING])
    if found is None or _minute(found) is None:
        return line
    return line[found.end() :] or line


def _is_likely(heads: list[_Head], *, is_said: bool) -> bool:
    if not LEAST_BLOCKS <= len(heads) <= MOST_ENTRIES or is_aside(heads[0].element):
        return False
    if is_said:
        return True
    ways = [(before.minute - at.minute) % _DAY for before, at in pairwise(heads)]
    return len(heads) >= _LEAST_UNSAID and sum(way < _HALF for way in ways) >= _MOSTLY * len(ways)


def _heads(body: Tree) -> Iterator[_Head]:
    """Elements of the kinds that stand in a row and whose text begins with a time of day."""
    for holder in body.iter(etree.Element):
        text = holder.text or ""
        start = len(text) - len(text.lstrip())
        found = _TIME_FIRST.match(text, start, start + _OPENING)
        if found is None or (minute := _minute(found)) is None:
            continue
        for element in _begun_by(holder):
            yield _Head(element, holder, _written(found), minute, found.end())


def _minute(found: re.Match[str]) -> int | None:
    """The minute of the day; None for a mere number, or a time that no day has.

    Of an hour alone ("5pm deadline set") something must part it from what follows.
    """
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    is_whole = found["minute"] or (found["half"] and found["end"] is not None)
    if not is_whole or hour > 23 or minute > 59:
        return None
    if found["half"] and hour <= 12:
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
    return 60 * hour + minute


def _written(found: re.Match[str]) -> str:
    """The time with a colon: dots alone may stand in a date."""
    half = f" {found['half']}m" if found["half"] else ""
    return f"{found['hour']}:{found['minute'] or '00'}{half} {found['zone'] or ''}".strip()


def _begun_by(holder: Tree) -> Iterator[Tree]:
    """The element that holds a time, and those above it whose text it begins."""
    element = holder
    for _ in range(_LEVELS):
        parent = element.getparent()
        if parent is None or element.tag in ("body", "html"):
            return
        if element.tag in _ROWS:
            yield element
        before = list(islice(element.itersiblings(preceding=True), _BEFORE + 1))
        said = (parent.text, *(each.tail for each in before), *(beginning_of(each, 40) for each in before))
        if len(before) > _BEFORE or any(text and text.strip() for text in said):
            return
        element = parent


def _spans(heads: list[_Head]) -> list[tuple[_Head, list[Tree]]]:
    """Each entry's elements: from its first to the next entry, the last no longer than the longest other.

    Where headings stand above the times, the entries begin with those.
    """
    siblings = list(heads[0].element.getparent())
    places = {element: place for place, element in enumerate(siblings)}
    starts = [places[head.element] for head in heads]
    headed = [start > 0 and siblings[start - 1].tag in _HEADINGS for start in starts]
    if heads[0].element.tag not in _NAMING and sum(headed) >= _MOSTLY * len(headed):
        starts = [start - has_heading for start, has_heading in zip(starts, headed, strict=True)]
    longest = max(later - start for start, later in pairwise(starts))
    ends = [*starts[1:], starts[-1] + longest]
    return [(head, siblings[start:end]) for head, start, end in zip(heads, starts, ends, strict=True)]


def _row(head: _Head, span: list[Tree]) -> Row:
    """A copy of an entry's elements in one block, with its time in an element of its own before them."""
    block = head.element.makeelement("div", {**head.element.attrib, **span[0].attrib})
    stamp = etree.SubElement(block, "time", dict(head.holder.attrib))
    stamp.text = head.clock
    for element in span:
        copy = deepcopy(element)
        block.append(copy)
        if element is head.element:
            _without_time(copy, head)
            if len(span) > 1 and _is_all_strong(copy):
                copy.tag = "h3"
    return Row(block, stamp, text_of(head.element))


def _without_time(copy: Tree, head: _Head) -> None:
    """Take the time and what parts it from the rest out of a copied element."""
    steps, element = [], head.holder
    while element is not head.element:
        steps.append(element.getparent().index(element))
        element = element.getparent()
    holder = copy
    for step in reversed(steps):
        holder = holder[step]
    holder.text = holder.text[head.end :]
    if not holder.text and len(holder) == 0 and holder is not copy and holder.tail:
        holder.tail = (
            _SEPARATOR.sub("", holder.tail, count=1) if _SEPARATOR.match(holder.tail) else holder.tail
        )


def _is_all_strong(element: Tree) -> bool:
    """Whether a line is set in bold as a whole, as a headline is."""
    if element.tag != "p":
        return False
    text = text_of(element)
    bold = next(element.iter("strong", "b"), None)
    return bold is not None and 0 < len(text) <= _LONGEST_TITLE and text_of(bold) == text
