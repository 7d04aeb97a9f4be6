"""A page's visible text as blocks in the order of the page, each with what its markup says of it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from lxml import etree

from dateline.text.html.tree import Tree

_UNSEEN = frozenset({
    "script", "style", "noscript", "template", "select", "textarea", "button", "svg", "canvas", "iframe",
    "object", "embed", "audio", "video", "map", "title", "input", "dialog", "math", "applet",
})  # fmt: skip
"""Elements whose text is not read as part of the page. Not the head: of a page without a tag for its body the
parser puts all into it."""

_BREAKING = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "legend", "li", "listing", "main", "menu", "nav", "ol", "optgroup", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
"""Elements that begin a line of their own (https://html.spec.whatwg.org/#flow-content-3); all others,
those of custom names among them, stand within a line."""

FRAMES = (
    ("nav", r"nav\w*|menu\w*|breadcrumbs?|footer|foot|toolbar|pagination|pager|masthead|topbar"),
    ("aside", r"side-?bar\w*|side|aside|rail|widgets?|column-?right|right-?col\w*"),
    ("related", r"related\w*|recommend\w*|teasers?|popular|most-?(?:read|viewed)|trending|"
     r"read-?(?:more|also|next)|more-?(?:on|from|stories|news)|see-?also|outbrain|taboola|mgid|zergnet"),
    ("comments", r"comments?|comment-?list|commentlist|disqus\w*|respond|replies|reply|guestbook"),
    ("offer", r"shar(?:e|es|ing)\w*|social\w*|newsletters?\w*|subscri\w*|sign-?up|promo\w*|advert\w*|ads?|"
     r"banner|sponsor\w*|cookies?|consent|gdpr|modal|popup|overlay|login|search\w*|paywall|donat\w*|follow"),
    ("about", r"by-?line|author\w*|bio|meta\w*|tags?|tag-?list|date|time-?stamp|copyright|credits?|info|"
     r"kicker"),
    ("caption", r"caption\w*|figure|picture|photo\w*|image\w*|img|gallery|slide\w*|video\w*|media\w*|player"),
    ("hidden", r"hidden|hide|invisible|sr-only|visually-?hidden|screen-?reader\w*|print-?only|skip\w*|"
     r"tooltip"),
)  # fmt: skip
"""What the name of a class or an id may say that a container is, by what it is for."""
_FRAME = re.compile(
    r"(?:^|[\s_-])(?:" + "|".join(f"(?P<{name}>{words})" for name, words in FRAMES) + r")(?=$|[\s_-])",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_STORY = re.compile(
    r"(?:^|[\s_-])(?:article|story|post|entry|page|news|art|content|main|field|text|rich)?[_-]*"
    r"(?:body|text|content|copy|bodycopy|fulltext|articlebody|storytext|prose|wysiwyg)(?=$|[\s_-])|"
    r"(?:^|\s)(?:article|story|post|entry|news|text)(?=$|\s)",
    re.IGNORECASE,
)
_TAG_FRAMES = {
    "nav": "nav", "menu": "nav", "footer": "nav", "aside": "aside", "figure": "caption",
    "figcaption": "caption", "form": "offer",
}  # fmt: skip
_ROLES = {
    "navigation": "nav",
    "contentinfo": "nav",
    "banner": "nav",
    "complementary": "aside",
    "dialog": "offer",
}
_HOLDING = frozenset(
    {"table", "caption", "tr", "td", "th", "ul", "ol", "dl", "menu", "dir", "li", "dt", "dd"}
)
_LONGEST_NAME = 200
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
    linked: int
    tag: str
    path: tuple[int, ...]
    frames: tuple[tuple[int, str], ...]
    look: str
    is_new: bool
    is_time: bool = False
    held: tuple[tuple[int, str], ...] = ()
    is_hidden: bool = False


def read_blocks(tree: Tree, hidden: Collection[Tree] = ()) -> list[Block]:
    """The blocks of a page, at most `MOST_BLOCKS`; the tree is not changed.

    Args:
        tree: of the page.
        hidden: elements that it hides.
    """
    reader = _Reader()
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in _UNSEEN:
                walk.skip_subtree()
                continue
            if hidden and element in hidden:
                reader.hide(1)
            reader.start(tag, element)
        else:
            if tag not in _UNSEEN:
                reader.end(tag)
                if hidden and element in hidden:
                    reader.hide(-1)
            reader.hear(element.tail)
        if len(reader.blocks) >= MOST_BLOCKS:
            break
    reader.flush()
    # One element may hold thousands of line breaks.
    return reader.blocks[:MOST_BLOCKS]


class _Reader:
    """Where the walk stands."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._pieces: list[tuple[str | None, bool, bool]] = []
        self._path: list[int] = []
        self._tags: list[str] = []
        self._frames: list[str] = []
        self._looks: list[str] = []
        self._held: list[tuple[tuple[int, str], ...]] = [()]
        self._links = self._times = self._count = self._hides = 0
        self._named: dict[str, str] = {}

    def start(self, tag: str, element: Tree) -> None:
        if tag == "br":
            self._pieces.append((None, False, False))
        elif tag in _BREAKING:
            self.flush()
            self._count += 1
            name = f"{element.get('class') or ''} {element.get('id') or ''}"[:_LONGEST_NAME]
            self._path.append(self._count)
            self._tags.append(tag)
            self._frames.append(self._frame(tag, name, element))
            self._looks.append(f"{tag} {element.get('class') or ''}")
            held = self._held[-1]
            self._held.append((*held, (self._count, tag)) if tag in _HOLDING else held)
        elif tag == "a":
            self._links += 1
        elif tag == "time":
            self._times += 1
        self.hear(element.text)

    def end(self, tag: str) -> None:
        if tag in _BREAKING:
            self.flush()
            for stack in (self._path, self._tags, self._frames, self._looks, self._held):
                stack.pop()
        elif tag == "a":
            self._links -= 1
        elif tag == "time":
            self._times -= 1

    def hide(self, step: int) -> None:
        """Begin or end what is hidden."""
        self.flush()
        self._hides += step

    def hear(self, text: str | None) -> None:
        if text:
            self._pieces.append((text, self._links > 0, self._times > 0))

    def flush(self) -> None:
        """End the line."""
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
                self._add(line, min(linked, len(line)), is_new or breaks > 1, is_time)
                is_new, breaks = False, 0
            breaks += 1
            words, linked, is_time = [], 0, True

    def _add(self, line: str, linked: int, is_new: bool, is_time: bool) -> None:
        frames = tuple(
            (number, frame) for number, frame in zip(self._path, self._frames, strict=True) if frame
        )
        tag = self._tags[-1] if self._tags else "body"
        look = self._looks[-1] if self._looks else "body "
        held, path, is_hidden = self._held[-1], tuple(self._path), self._hides > 0
        self.blocks.append(Block(line, linked, tag, path, frames, look, is_new, is_time, held, is_hidden))

    def _frame(self, tag: str, name: str, element: Any) -> str:
        if tag in ("body", "main"):
            return ""
        if found := _TAG_FRAMES.get(tag) or _ROLES.get(element.get("role") or ""):
            return found
        if element.get("hidden") is not None or "display:none" in (element.get("style") or "").replace(
            " ", ""
        ):
            return "hidden"
        if element.get("itemprop") == "articleBody":
            return "story"
        if tag == "article":
            return "article"
        if name == " ":
            return ""
        known = self._named.get(name)
        if known is None:
            known = self._named[name] = _of_name(name)
        return known


def _of_name(name: str) -> str:
    name = _CAMEL.sub("-", name)
    if found := _FRAME.search(name):
        return found.lastgroup or ""
    return "story" if _STORY.search(name) else ""
