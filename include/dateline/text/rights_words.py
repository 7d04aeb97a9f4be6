"""The words in which rights are stated, and the bounds on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dateline.text.normalise import clean_line

Signal = dict[str, str]
"""A statement as it was made: `origin`, `name`, `value` (`contracts.shared.SIGNAL_TYPE`)."""

AGENT = "dateline"
"""Our product token: what is said to it is said to us."""

MOST = 64
"""Statements kept of one origin."""

LONGEST = 500
"""Characters of a value. A longer one says nothing, as half of it might."""

_KEYS = {
    "content-signal": frozenset({"search", "ai-input", "ai-train"}),
    "content-usage": frozenset({"bots", "train-ai", "train-genai", "ai-use", "search"}),
}
_WORDS = {"content-signal": ("yes", "no"), "content-usage": ("y", "n")}


def written(found: Iterable[tuple[str, str, str]]) -> list[Signal]:
    """Statements, each once, at most `MOST`, as text that can be stored anywhere."""
    kept: dict[tuple[str, str, str], None] = {}
    for origin, name, value in found:
        if len(value) <= LONGEST and len(kept) < MOST:
            kept[origin, name, clean_line(value)] = None
    return [{"origin": origin, "name": name, "value": value} for origin, name, value in kept]


def usages(name: str, value: str) -> Iterator[tuple[str, str]]:
    """(key, value) of each preference in a `content-signal` or `content-usage`; others say nothing.

    Content-Usage is a structured dictionary (RFC 9651): parameters behind a semicolon do not count.
    """
    keys, words = _KEYS[name], _WORDS[name]
    for part in value[:2_000].lower().split(","):
        key, _, said = part.partition(";")[0].partition("=")
        if key.strip() in keys and said.strip() in words:
            yield key.strip(), said.strip()


def reservation(value: Any) -> str:
    """`1` or `0` for a TDM reservation; the empty text for what is neither, which counts as unset.

    `true` counts as 1, though the report knows only the numbers: who writes it reserves.
    """
    if value is True:
        return "1"
    if isinstance(value, int) and not isinstance(value, bool):
        return {1: "1", 0: "0"}.get(value, "")
    if isinstance(value, str):
        return {"1": "1", "true": "1", "0": "0"}.get(value[:20].strip().lower(), "")
    return ""
