"""A page's visible text as blocks in the order of the page, each with what its markup says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dateline.text.html.tree import Tree

_UNSEEN = frozenset({
    "script", "style", "noscript", "template", "select", "textarea", "button", "svg", "canvas", "iframe",
    "object", "embed", "audio", "video", "map", "head", "input", "dialog", "math", "applet",
})  # fmt: skip
"""Elements whose text is not read as part of the page."""

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
    ("related", r"related\w*|recommend\w*|teasers?|popular|most-?(?:read|viewed)|trending|read-?(?:more|also|next)|"
     r"more-?(?:on|from|stories|news)|see-?also|outbrain|taboola|mgid|zergnet"),
    ("comments", r"comments?|comment-?list|commentlist|disqus\w*|respond|replies|reply|guestbook"),
    ("offer", r"shar(?:e|es|ing)\w*|social\w*|newsletters?\w*|subscri\w*|sign-?up|promo\w*|advert\w*|ads?|banner|"
     r"sponsor\w*|cookies?|consent|gdpr|modal|popup|overlay|login|search\w*|paywall|donat\w*|follow"),
    ("about", r"by-?line|author\w*|bio|meta\w*|tags?|tag-?list|date|time-?stamp|copyright|credits?|info|kicker"),
    ("caption", r"caption\w*|figure|picture|photo\w*|image\w*|img|gallery|slide\w*|video\w*|media\w*|player"),
    ("hidden", r"hidden|hide|invisible|sr-only|visually-?hidden|screen-?reader\w*|print-?only|skip\w*|tooltip"),
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
_FRAMING = frozenset({*_TAG_FRAMES, "article"})
"""Elements that are a frame without a word of it."""
_ROLES = {
    "navigation": "nav",
    "contentinfo": "nav",
    "banner": "nav",
    "complementary": "aside",
    "dialog": "offer",
}
_LONGEST_NAME = 200
MOST_BLOCKS = 3000
"""Blocks looked at. News pages have some hundred; what comes after is the comments' or an endless scroll's."""


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
    """

    text: str
    linked: int
    tag: str
    path: tuple[int, ...]
    frames: tuple[tuple[int, str], ...]
    look: str
    is_new: bool


def read_blocks(tree: Tree) -> list[Block]:
    """The blocks of a page, at most `MOST_BLOCKS`; the tree is not changed."""
    reader = _Reader()
    if tree.tag not in _UNSEEN:
        reader.read(tree)
    # One element may hold thousands of line breaks.
    return reader.blocks[:MOST_BLOCKS]


Frames = tuple[tuple[int, str], ...]
Level = tuple[Tree, Iterator[Tree], Frames, bool]
"""An element, its children that are not yet read, the frames around what is in it, whether that is linked."""


class _Reader:
    """Where the walk stands."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._pieces: list[tuple[str | None, bool]] = []
        self._path: list[int] = []
        self._tags = ["body"]
        self._looks = ["body "]
        self._count = 0

    def read(self, tree: Tree) -> None:
        """Read an element that is seen, and what is in it, until there are blocks enough."""
        walk: list[Level] = [(tree, iter(tree), *self._enter(tree, tree.tag, (), False))]
        while walk and len(self.blocks) < MOST_BLOCKS:
            element, children, frames, is_linked = walk[-1]
            for child in children:
                tag = child.tag
                if tag not in _UNSEEN:
                    within, is_inner = self._enter(child, tag, frames, is_linked)
                    if len(child):
                        walk.append((child, iter(child), within, is_inner))
                        break
                    self._leave(tag, within)
                self._hear(child.tail, is_linked)
            else:
                walk.pop()
                self._leave(element.tag, frames)
                if walk:
                    self._hear(element.tail, walk[-1][3])
        self.flush(frames)

    def _enter(self, element: Tree, tag: str, frames: Frames, is_linked: bool) -> tuple[Frames, bool]:
        """Begin an element; gives the frames around what is in it, and whether that is linked."""
        if tag in _BREAKING:
            frames = self._open(element, tag, frames)
        elif tag == "a":
            is_linked = True
        elif tag == "br":
            self._pieces.append((None, False))
        if text := element.text:
            self._hear(text, is_linked)
        return frames, is_linked

    def _leave(self, tag: str, frames: Frames) -> None:
        if tag in _BREAKING:
            self.flush(frames)
            for stack in (self._path, self._tags, self._looks):
                stack.pop()

    def _open(self, element: Tree, tag: str, frames: Frames) -> Frames:
        """Begin an element with lines of its own; gives the frames that these stand in."""
        self.flush(frames)
        self._count += 1
        self._path.append(self._count)
        self._tags.append(tag)
        said = dict(element.items())
        self._looks.append(f"{tag} {said.get('class', '')}")
        frame = self._frame(tag, said) if said or tag in _FRAMING else ""
        return (*frames, (self._count, frame)) if frame else frames

    def _hear(self, text: str | None, is_linked: bool) -> None:
        # Most texts are blanks between elements that begin lines.
        if text and (self._pieces or not text.isspace()):
            self._pieces.append((text, is_linked))

    def flush(self, frames: Frames) -> None:
        """End the line."""
        if not self._pieces:
            return
        pieces, self._pieces = self._pieces, []
        is_new, breaks = True, 0
        words: list[str] = []
        linked = 0
        for text, is_linked in [*pieces, (None, False)]:
            if text is not None:
                words.append(text)
                if is_linked:
                    linked += len(" ".join(text.split()))
                continue
            line = " ".join("".join(words).split())
            if line:
                self._add(line, min(linked, len(line)), is_new or breaks > 1, frames)
                is_new, breaks = False, 0
            breaks += 1
            words, linked = [], 0

    def _add(self, line: str, linked: int, is_new: bool, frames: Frames) -> None:
        path = tuple(self._path)
        self.blocks.append(Block(line, linked, self._tags[-1], path, frames, self._looks[-1], is_new))

    def _frame(self, tag: str, said: dict[str, str]) -> str:
        if tag in ("body", "main"):
            return ""
        if found := _TAG_FRAMES.get(tag) or _ROLES.get(said.get("role", "")):
            return found
        if "hidden" in said or "display:none" in said.get("style", "").replace(" ", ""):
            return "hidden"
        if said.get("itemprop") == "articleBody":
            return "story"
        if tag == "article":
            return "article"
        name = f"{said.get('class', '')} {said.get('id', '')}"[:_LONGEST_NAME]
        return _of_name(name)


@lru_cache(maxsize=4096)
def _of_name(name: str) -> str:
    name = _CAMEL.sub("-", name)
    if found := _FRAME.search(name):
        return found.lastgroup or ""
    return "story" if _STORY.search(name) else ""
