"""Where a line ends that no tag ends: by a style, by an empty line that is shown, by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dateline.text.html.tree import Tree

_OWN_LINE = re.compile(r"display\s{0,9}:\s{0,9}(?:block|flex|grid|list-item|table)", re.IGNORECASE)
_KEEPS_LINES = re.compile(r"white-?space(?:\s{0,9}:\s{0,9}|-)pre(?:-line|-wrap)?\b", re.IGNORECASE)
"""As a style (https://www.w3.org/TR/css-text-3/#white-space-property), or as a class named after it."""
_LONGEST = 200
"""Characters of a style or of classes that are looked at."""
_SENTENCES = 60
"""Characters. What is as long and ends a sentence is a paragraph rather than a part of one."""
_ENDS = re.compile(r"[.!?…。！？][\"'”’»」)]?\s{0,9}\Z")


def has_line(element: Tree) -> bool:
    """Whether an element's own style gives it lines of its own."""
    style = element.get("style")
    return bool(style) and _OWN_LINE.search(style[:_LONGEST]) is not None


def keeps_lines(said: Mapping[str, str]) -> bool:
    """Whether the attributes of an element have line breaks of the markup shown."""
    return any(
        "white" in value and _KEEPS_LINES.search(value[:_LONGEST]) is not None
        for value in (said.get("style", ""), said.get("class", ""))
    )


def goes_on_with_like(element: Tree, tag: str) -> bool:
    """Whether the next element of the same kind follows an inline one at once.

    Blanks between spans are those between words.
    """
    tail = element.tail
    if tail and (tag == "span" or not tail.isspace()):
        return False
    following = element.getnext()
    return following is not None and following.tag == tag and following.get("class") == element.get("class")


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return _ENDS.search(text[-_SENTENCES:]) is not None


def is_long(text: str) -> bool:
    """Whether a text is long enough for a paragraph."""
    return len(text) >= _SENTENCES
