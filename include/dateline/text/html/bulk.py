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
_NARROW = re.compile(
    rb"(?:[^<]++|<(?![a-zA-Z/!?])|</?+(?!(?:[sS](?i:cript|tyle)|[tT](?i:extarea|itle)|[iI](?i:frame)"
    rb"|[nN](?i:oembed|oframes)|[xX](?i:mp))[ \t\n\r\f/>])[a-zA-Z][^ \t\n\r\f/>]*+"
    rb"(?:" + _ATTRIBUTE + rb"){0,%d}+(?!" % MOST_ATTRIBUTES + _ATTRIBUTE + rb"))*+"
)
"""Text and tags, but for those of elements of text alone, and those with too many attributes."""
_OPEN = re.compile(rb"<[a-zA-Z].*+", re.DOTALL)
_WORD = re.compile(rb"[^ \t\n\r\f/=\"']++")


def excess(page: bytes) -> str | None:
    """What a page in UTF-8 has too much of; None for one that may be parsed."""
    if page.count(b"<") > MOST_BRACKETS:
        return f"more than {MOST_BRACKETS} tags"
    if any(is_wide(attributes, MOST_ATTRIBUTES) for _, attributes in tags(page, _NARROW)) or _is_wordy(page):
        return f"more than {MOST_ATTRIBUTES} attributes of one element"
    return None


def tags(page: bytes, skipped: re.Pattern[bytes] | None = None) -> Iterator[tuple[bool, bytes]]:
    """(whether it is a start, its attributes as they stand) of each tag, by one look along the bytes.

    Comments, declarations and what stands in elements of text alone are left out.

    Args:
        page: in UTF-8, or another charset in which tags are ASCII.
        skipped: whole tags, and texts between them, that are passed over.
    """
    at = 0
    while found := _PIECE.search(page, _end(skipped, page, at)):
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


def _end(skipped: re.Pattern[bytes] | None, page: bytes, at: int) -> int:
    passed = skipped.match(page, at) if skipped else None
    return passed.end() if passed else at


def _is_wordy(page: bytes) -> bool:
    """Whether there is a `<` with far too many words behind it."""
    # None of the words has a `>`, and each has two bytes with its blank.
    long = (piece for piece in page.split(b">") if len(piece) > 2 * MOST_WORDS)
    opened = (found[0] for piece in long if (found := _OPEN.search(piece)))
    return any(len({word[0] for word in _WORD.finditer(tag)}) > MOST_WORDS for tag in opened)
