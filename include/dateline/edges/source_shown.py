"""Wrong values of a source file, shown as who wrote it would know them again."""

from __future__ import annotations

from datetime import date, time


def shown(value: object) -> str:
    """A value about as it may stand in the file, its first 80 characters."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list):
        return f"[{', '.join(map(_shown_within, value[:10]))}"[:79] + "]"
    if isinstance(value, dict):
        return "a table"
    try:
        return repr(value)[:80]
    except ValueError:  # an int of more digits than Python prints
        return "that value"


def _shown_within(value: object) -> str:
    return "a list" if isinstance(value, list) else shown(value)
