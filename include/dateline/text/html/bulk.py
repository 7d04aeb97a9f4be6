"""How much markup a page may hold: refused before the parser sees it, in one pass over the bytes.

The parser walks along all attributes of an element for each one that it adds, and keeps three hundred
bytes of each element, also of a page that has far too many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_ATTRIBUTES = 1_000
"""Of one tag; those of real pages have up to some hundred."""

MOST_WORDS = 10_000
"""Different words behind a `<` without a `>`. What stands in a script, a comment or between quotes is no tag,
so attributes are not counted there; but where those end is not told the same by all, and this many words
hide no page's text."""

MOST_BRACKETS = 500_000
"""Places where a tag may be. A page that has as many elements as it may has a start and an end of each; the
others may stand in its scripts."""

_ATTRIBUTE = (
    rb"[ \t\n\r\f/]*+[^ \t\n\r\f/>][^ \t\n\r\f/>=]*+(?:[ \t\n\r\f]*+=[ \t\n\r\f]*+"
    rb"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^ \t\n\r\f>"'][^ \t\n\r\f>]*+)?+)?+"""
)
_PIECE = re.compile(
    rb"<!--(?:-?>|.*?(?:--!?>|\Z))|</?+([a-zA-Z][^ \t\n\r\f/>]*+)((?:" + _ATTRIBUTE + rb")*+)|<[!?/][^>]*+",
    re.DOTALL,
)
"""Comments, tags and declarations, as HTML has them (https://html.spec.whatwg.org/#tokenization)."""
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_RAW = {
    name: re.compile(rb"</" + name + rb"(?=[ \t\n\r\f/>])", re.IGNORECASE)
    for name in b"script style textarea title iframe noembed noframes xmp".split()
}
"""Elements that hold text alone, and their ends."""
_OPEN = re.compile(rb"<[a-zA-Z][^>]*+")
_WORD = re.compile(rb"[^ \t\n\r\f/=\"']++")


def excess(page: bytes) -> str | None:
    """What a page in UTF-8 has too much of; None for one that may be parsed."""
    if page.count(b"<") > MOST_BRACKETS:
        return f"more than {MOST_BRACKETS} tags"
    if any(is_wide(attributes, MOST_ATTRIBUTES) for _, attributes in tags(page)) or any(
        _is_wordy(found[0]) for found in _OPEN.finditer(page)
    ):
        return f"more than {MOST_ATTRIBUTES} attributes of one element"
    return None


def tags(page: bytes) -> Iterator[tuple[bool, bytes]]:
    """(whether it is a start, its attributes as they stand) of each tag, by one look along the bytes.

    Comments, declarations and what stands in elements of text alone are left out.

    Args:
        page: in UTF-8, or another charset in which tags are ASCII.
    """
    at = 0
    while found := _PIECE.search(page, at):
        at = found.end()
        if found[1] is None:
            continue
        is_start = page[found.start() + 1 : found.start() + 2] != b"/"
        yield is_start, found[2]
        if is_start and (end := _RAW.get(found[1].lower())):
            closed = end.search(page, at)
            if closed is None:
                return  # all the rest is text
            at = closed.start()


def is_wide(attributes: bytes, most: int) -> bool:
    """Whether a tag has more attributes than this."""
    # Each has two bytes at least.
    return len(attributes) > 2 * most and len(_ATTRIBUTES.findall(attributes)) > most


def _is_wordy(tag: bytes) -> bool:
    return len(tag) > 2 * MOST_WORDS and len({found[0] for found in _WORD.finditer(tag)}) > MOST_WORDS
