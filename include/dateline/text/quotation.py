"""Quoted passages: where quotation marks open and close."""

from __future__ import annotations

import re

_CLOSING = {"“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", "「": "」", "『": "』", "”": "”"}
_MARK = re.compile(r"[\"“”„«»‘’「」『』]|''|``")
_LONGEST = 3_000


def passages(text: str, opens_next: bool = False) -> list[tuple[int, int]]:
    """Spans of the quoted passages of one paragraph, marks included, in order and disjoint.

    Straight marks alternate, but one between a space and a letter opens and one behind a letter closes
    whatever came before. Single curly marks count only around two words or more: most are apostrophes.

    Args:
        text: one paragraph.
        opens_next: whether the next paragraph opens with a quotation mark: then a passage left open here
            runs to the end of the paragraph.
    """
    found: list[tuple[int, int]] = []
    opened: tuple[int, str] | None = None
    for match in _MARK.finditer(text):
        mark, at = match[0], match.start()
        if opened and at - opened[0] > _LONGEST:
            opened = None
        if opened is None:
            opened = _opening(text, mark, at, match.end())
            continue
        closes = _closes(opened[1], mark)
        if closes and _may_close(text, opened[1], mark, at, match.end()):
            if _counts(text, opened, match.end()):
                found.append((opened[0], match.end()))
            opened = None
        elif mark == opened[1] and mark in '"“«„' and _opens_here(text, at, match.end()):
            # Never closed: what opens here is the passage that matters.
            opened = (at, mark)
    if opened is not None and opens_next and opened[1] != "‘" and len(text) - opened[0] <= _LONGEST:
        found.append((opened[0], len(text.rstrip())))
    return found


def _opening(text: str, mark: str, at: int, end: int) -> tuple[int, str] | None:
    if mark in ("’", "''", "」", "』"):
        return None
    if mark == '"' and not _opens_here(text, at, end) and at and text[at - 1].isalnum():
        return None  # inches, or the close of a passage whose opening is lost
    if mark == "‘" and at and text[at - 1].isalnum():
        return None
    if mark == "”" or (mark == "»" and not text[end : end + 1].isalnum()):
        return None
    return at, mark


def _closes(opening: str, mark: str) -> bool:
    if opening in ('"', "``"):
        return mark in ('"', "''", "”")
    return mark in _CLOSING.get(opening, "") or (opening == "“" and mark == '"')


def _may_close(text: str, opening: str, mark: str, at: int, end: int) -> bool:
    """A single mark inside a word is an apostrophe; a straight one before a word opens."""
    if opening == "‘":
        return not text[end : end + 1].isalnum()
    return mark != '"' or not _opens_here(text, at, end)


def _opens_here(text: str, at: int, end: int) -> bool:
    """A space (or nothing) before the mark and none behind it."""
    before, behind = text[at - 1 : at], text[end : end + 1]
    return (not before or before.isspace() or before in "([—–-") and bool(behind) and not behind.isspace()


def _counts(text: str, opened: tuple[int, str], end: int) -> bool:
    inside = text[opened[0] + len(opened[1]) : end - 1]
    return " " in inside.strip() if opened[1] == "‘" else bool(inside.strip())
