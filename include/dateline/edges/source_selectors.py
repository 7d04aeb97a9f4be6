"""The selectors in a source file: where a person found the facts on a publisher's pages, and when."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from dateline.edges.source_shown import shown
from dateline.errors import UsageError
from dateline.text.site_selectors import Selectors

MOST_RANGES = 50
MOST_DROPPED = 20


def selectors(value: object) -> tuple[Selectors, ...]:
    """The tables `[[selectors]]` of a source file, oldest first.

    Raises:
        UsageError: a key is unknown, a value is wrong, or two hold on the same day.
    """
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_RANGES:
        raise UsageError(f"has to be 1 to {MOST_RANGES} tables, each under [[selectors]]")
    ranges = sorted(map(_table, value), key=lambda one: one.start or date.min)
    for one, other in pairwise(ranges):
        if one.end is None or other.start is None or other.start < one.end:
            raise UsageError(
                f"{_days(one)} and {_days(other)} overlap; the day `to` of the older may be the day `from` "
                "of the newer"
            )
    return tuple(ranges)


def _table(table: object) -> Selectors:
    if not isinstance(table, dict):
        raise UsageError("has to be tables, each under [[selectors]]")
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, n=1)
            raise UsageError(f"{key[:80]}: no such key" + (f"; is it {near[0]}?" if near else ""))
        name, read = _KEYS[key]
        try:
            values[name] = read(value)
        except UsageError as error:
            raise UsageError(f"{key}: {error}") from error
    if not values.keys() - {"start", "end"}:
        raise UsageError("a table selects nothing; it needs title, authors, published, body or drop")
    found = Selectors(**values)
    if found.start and found.end and found.start >= found.end:
        raise UsageError("to: has to lie after from; it is the first day on which they hold no more")
    return found


def _days(one: Selectors) -> str:
    return f"those from {one.start or 'ever'} to {one.end or 'ever'}"


def _day(value: object) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise UsageError(f"{shown(value)} is no day such as 2026-03-25 (without quotes)")
    return value


def _selector(value: object) -> str:
    # lxml is no light thing, and most that reads source files reads no page.
    from dateline.text.html.selectors import compiled

    if not isinstance(value, str) or not value.isprintable():
        raise UsageError('is no selector such as "div.story"')
    compiled(value)
    return value


def _elements(value: object) -> str:
    from dateline.text.html.selectors import compiled

    text = _selector(value)
    if (attribute := compiled(text).attribute) is not None:
        raise UsageError(f"@{attribute} names an attribute, and elements are wanted; leave it out")
    return text


def _dropped(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_DROPPED:
        raise UsageError(f'has to be a list of 1 to {MOST_DROPPED} selectors, as [".newsletter"]')
    return tuple(map(_elements, value))


_KEYS: dict[str, tuple[str, Callable[[object], Any]]] = {
    "from": ("start", _day), "to": ("end", _day), "title": ("title", _selector),
    "authors": ("authors", _selector), "published": ("published", _selector), "body": ("body", _elements),
    "drop": ("drop", _dropped),
}  # fmt: skip
