"""A page's visible text as blocks in the order of the page, each with what its markup says of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from dateline.text.html.block_frames import FRAMING, frame_of
from dateline.text.html.block_lines import ends_sentence, goes_on_with_like, has_line, is_long, keeps_lines
from dateline.text.html.tree import Tree, text_of

_UNSEEN = frozenset({
    "script", "style", "noscript", "template", "select", "textarea", "button", "svg", "canvas", "iframe",
    "object", "embed", "audio", "video", "map", "title", "input", "dialog", "math", "applet",
    "amp-ad", "amp-consent", "amp-embed", "amp-sidebar",
})  # fmt: skip
"""Elements whose text is not read as part of the page. Not the head: of a page without a tag for its body the
parser puts all into it."""

_CODE = frozenset({"script", "style"})

_BREAKING = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "legend", "li", "listing", "main", "menu", "nav", "ol", "optgroup", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
"""Elements that begin a line of their own (https://html.spec.whatwg.org/#flow-content-3); all others,
those of custom names among them, stand within a line, unless their style or what they hold says otherwise."""
_EMPTY_LINE = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_TITLES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PARTED = (None, False, False)
_LAST_PIECES = 8
"""Of a line, looked at where a paragraph may end."""

_HOLDING = frozenset(
    {"table", "caption", "tr", "td", "th", "ul", "ol", "dl", "menu", "dir", "li", "dt", "dd"}
)
MOST_BLOCKS = 3000
"""Blocks looked at. News pages have some hundred; what follows is mostly comments, or an endless scroll."""


@dataclass(slots=True)
class Block:
    """A line of its own on the page.

    Args:
        text: on one line.
        linked: how many of its characters stand in links.
        tag: of the element that it belongs to.
        path: numbers of the elements around it, outermost first, the last its own.
        frames: (number of an element of `path`, what its name or tag says it is for).
        look: tag and class of its own element.
        is_new: whether it begins its element, or follows an empty line; else a line break stands before it.
        is_time: whether all of it stands in `<time>` elements.
        held: (number, tag) of the tables, rows, cells, lists and items of `path`.
        is_hidden: whether its page hides it.
    """

    text: str
    linked: int = 0
    tag: str = "body"
    path: tuple[int, ...] = ()
    frames: tuple[tuple[int, str], ...] = ()
    look: str = "body "
    is_new: bool = True
    is_time: bool = False
    held: tuple[tuple[int, str], ...] = ()
    is_hidden: bool = False


def read_blocks(tree: Tree, hidden: Collection[Tree] = ()) -> list[Block]:
    """The blocks of a page, at most `MOST_BLOCKS`; the tree is not changed.

    Args:
        tree: of the page.
        hidden: elements that it hides.
    """
    reader = _Reader(hidden)
    if tree.tag not in _UNSEEN:
        reader.read(tree)
    # One element may hold thousands of line breaks.
    return reader.blocks[:MOST_BLOCKS]


def unread(tree: Tree) -> int:
    """Characters of what is no part of the page for readers whose browsers run scripts."""
    return sum(len(text_of(element)) for element in tree.iter(*_UNSEEN - _CODE))


Numbered = tuple[tuple[int, str], ...]
"""Elements of a path by their number, each with what it is."""


class _Place(NamedTuple):
    """What holds for the texts that stand directly in an element; see `Block`."""

    frames: Numbered = ()
    held: Numbered = ()
    is_linked: bool = False
    is_timed: bool = False
    is_hidden: bool = False


Level = tuple[Tree, Iterator[Tree], _Place]
"""An element, its children that are not yet read, what holds in it."""


class _Reader:
    """Where the walk stands."""

    def __init__(self, hidden: Collection[Tree]) -> None:
        self.blocks: list[Block] = []
        self._hidden = hidden
        self._pieces: list[tuple[str | None, bool, bool]] = []
        self._path: list[int] = []
        self._tags = ["body"]
        self._looks = ["body "]
        self._keeps_lines = [False]
        self._count = 0

    def read(self, tree: Tree) -> None:
        """Read an element that is seen, and what is in it, until there are blocks enough."""
        around = within = _Place()
        walk: list[Level] = [(tree, iter(tree), self._enter(tree, tree.tag, around))]
        while walk and len(self.blocks) < MOST_BLOCKS:
            element, children, place = walk[-1]
            for child in children:
                tag = child.tag
                if tag not in _UNSEEN:
                    within = self._enter(child, tag, place)
                    if len(child):
                        walk.append((child, iter(child), within))
                        break
                    self._leave(child, tag, within, place)
                self._hear(child.tail, place)
            else:
                walk.pop()
                around = walk[-1][2] if walk else _Place()
                self._leave(element, element.tag, place, around)
                self._hear(element.tail, around)
        self._flush(within)

    def _enter(self, element: Tree, tag: str, place: _Place) -> _Place:
        """Begin an element; gives what holds in it."""
        if self._hidden and element in self._hidden:
            self._flush(place)
            place = place._replace(is_hidden=True)
        if tag in _BREAKING:
            place = self._open(element, tag, place)
        elif tag == "a":
            frames, held, _, is_timed, is_hidden = place
            place = _Place(frames, held, True, is_timed, is_hidden)
        elif tag == "time":
            place = place._replace(is_timed=True)
        elif tag == "br":
            self._pieces.append(_PARTED)
        elif (tag == "span" or "-" in tag) and self._has_line(element):
            self._part()
        if text := element.text:
            self._hear(text, place)
        return place

    def _leave(self, element: Tree, tag: str, within: _Place, around: _Place) -> None:
        """End an element, given what holds in it and around it."""
        if tag in _BREAKING:
            self._flush(within)
            for stack in (self._path, self._tags, self._looks, self._keeps_lines):
                stack.pop()
        elif within.is_hidden and not around.is_hidden:
            self._flush(within)
        elif (tag == "span" or "-" in tag) and self._is_apart(element, tag):
            self._part()

    def _is_apart(self, element: Tree, tag: str) -> bool:
        """Whether an inline element that ends here is a paragraph: it has lines of its own, or it is a long
        one of several of its kind that end their sentences."""
        if self._has_line(element):
            return True
        if (
            not self._pieces
            or not ends_sentence(self._pieces[-1][0] or "")
            or not goes_on_with_like(element, tag)
        ):
            return False
        return is_long("".join(text or "" for text, _, _ in self._pieces[-_LAST_PIECES:]))

    def _has_line(self, element: Tree) -> bool:
        # A headline may be broken for its looks.
        return has_line(element) and self._tags[-1] not in _TITLES

    def _part(self) -> None:
        """End a paragraph, but not its element."""
        if self._pieces:
            self._pieces += (_PARTED, _PARTED)

    def _open(self, element: Tree, tag: str, place: _Place) -> _Place:
        """Begin an element with lines of its own; gives what holds in it."""
        self._flush(place)
        self._count += 1
        self._path.append(self._count)
        self._tags.append(tag)
        said = dict(element.items())
        self._looks.append(f"{tag} {said.get('class', '')}")
        self._keeps_lines.append(self._keeps_lines[-1] or tag == "pre" or (bool(said) and keeps_lines(said)))
        frame = frame_of(tag, said) if said or tag in FRAMING else ""
        is_holding = tag in _HOLDING
        if not frame and not is_holding:
            return place
        frames, held, is_linked, is_timed, is_hidden = place
        frames = (*frames, (self._count, frame)) if frame else frames
        held = (*held, (self._count, tag)) if is_holding else held
        return _Place(frames, held, is_linked, is_timed, is_hidden)

    def _hear(self, text: str | None, place: _Place) -> None:
        # Most texts are blanks between elements that begin lines.
        if not text or not (self._pieces or not text.isspace()):
            return
        if not self._keeps_lines[-1] or "\n" not in text:
            self._pieces.append((text, place.is_linked, place.is_timed))
            return
        for number, part in enumerate(_EMPTY_LINE.split(text)):
            if number:
                self._part()
            if part:
                self._pieces.append((part, place.is_linked, place.is_timed))

    def _flush(self, place: _Place) -> None:
        """End the line."""
        if not self._pieces:
            return
        pieces, self._pieces = self._pieces, []
        is_new, breaks = True, 0
        words: list[str] = []
        linked, is_time = 0, True
        for text, is_linked, is_timed in [*pieces, (None, False, False)]:
            if text is not None:
                words.append(text)
                if is_linked:
                    linked += len(" ".join(text.split()))
                is_time = is_time and (is_timed or text.isspace())
                continue
            line = " ".join("".join(words).split())
            if line:
                linked = min(linked, len(line))
                self._add(Block(line, linked, is_new=is_new or breaks > 1, is_time=is_time), place)
                is_new, breaks = False, 0
            breaks += 1
            words, linked, is_time = [], 0, True

    def _add(self, block: Block, place: _Place) -> None:
        """Keep a line with where it stands."""
        block.tag, block.look, block.path = self._tags[-1], self._looks[-1], tuple(self._path)
        block.frames, block.held, block.is_hidden = place.frames, place.held, place.is_hidden
        self.blocks.append(block)
