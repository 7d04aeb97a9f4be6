"""How much of a page's text is prose."""

from __future__ import annotations


def has_prose(paragraphs: list[str]) -> bool:
    """Whether a good part of the text stands in paragraphs longer than a teaser."""
    long = sum(len(paragraph) for paragraph in paragraphs if len(paragraph) > 120)
    return long * 2 > sum(map(len, paragraphs))
