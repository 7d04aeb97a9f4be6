"""Does a path pattern of robots.txt, tdmrep.json or ai.txt bind a URL (RFC 9309 §2.2.2)?"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote, unquote_to_bytes, urlsplit

LONGEST_PATTERN = 1_000
"""Characters; a longer pattern binds nothing."""

_LONGEST_PATH = 4_000
_MOST_STARS = 20
_SAFE = "/-._~!&'()+,;=:@?"


@lru_cache(maxsize=1024)
def path_of(url: str) -> str | None:
    """The part of a URL that patterns are held against, path and query in one spelling; None without one."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if not parts.netloc:
        return None
    query = f"?{parts.query}" if parts.query else ""
    return _spelt(((parts.path or "/") + query)[:_LONGEST_PATH])


def binds(pattern: str, path: str) -> bool:
    """Whether a pattern matches a path of `path_of` from its start: `*` for any run, `$` for the end.

    Without backtracking: each piece between stars is looked for once, from left to right, so that no
    pattern is slow. The empty pattern binds nothing, and neither does one with more stars than anybody
    means.
    """
    if not pattern or len(pattern) > LONGEST_PATTERN or pattern.count("*") > _MOST_STARS:
        return False
    ends = pattern.endswith("$")
    first, *rest = _pieces(pattern.removesuffix("$"))
    if not path.startswith(first):
        return False
    if not rest:
        return not ends or path == first
    at = len(first)
    for piece in rest[:-1]:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return path[at:].endswith(rest[-1]) if ends else path.find(rest[-1], at) >= 0


@lru_cache(maxsize=8192)
def _pieces(pattern: str) -> tuple[str, ...]:
    return tuple(_spelt(piece) for piece in pattern.split("*"))


def _spelt(text: str) -> str:
    """One spelling of percent-encoded text; `*` and `$` stand encoded, as they are meant verbatim here."""
    return quote(unquote_to_bytes(text.encode("utf-8", "replace")), safe=_SAFE)
