"""What a robots.txt allows (RFC 9309)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from protego import Protego

AGENT = "dateline"
"""Our product token in robots.txt."""

_NOBODY = "-"
_AGENT_LINE = re.compile(r"(\s*(?:user-agent|useragent|user agent)\s*[:\s]\s*)(\*|[a-z_-]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one host.

    Args:
        failure: why the host can't be asked at all (`contracts.exchanges.FAILURES`); None if it can.
        detail: one sentence on that.
        delay: Crawl-delay, in seconds; 0 if none.
    """

    failure: str | None = None
    detail: str | None = None
    delay: float = 0.0
    _parsed: Protego | None = None

    @classmethod
    def parse(cls, body: bytes, longest_delay: float) -> Rules:
        """The rules of a robots.txt, whatever it holds: lines that make no sense are left out."""
        text = "\n".join(_for_us(line) for line in body.decode("utf-8-sig", "replace").splitlines())
        parsed = _parsed(text)
        if parsed is None:
            parsed = _parsed("\n".join(line for line in text.splitlines() if _is_readable(line)))
        delay = parsed.crawl_delay(AGENT) if parsed else None
        if delay is None or math.isnan(delay) or delay < 0:
            delay = 0.0
        return cls(delay=min(delay, longest_delay), _parsed=parsed)

    def allows(self, url: str) -> bool:
        """Whether we may ask for the URL."""
        return self._parsed is None or self._parsed.can_fetch(url, AGENT)


def _for_us(line: str) -> str:
    """The line, with any agent that is not us replaced by nobody.

    The parser matches agents by substring (a group for `line` would bind `dateline`), where the standard
    compares whole product tokens. It also keeps the rules once for each agent of a group, so that half a
    megabyte of agents and rules would become millions.
    """
    found = _AGENT_LINE.match(line)
    if not found:
        return line
    agent = found[2].lower()
    return found[1] + (agent if agent in (AGENT, "*") else _NOBODY)


def _parsed(text: str) -> Protego | None:
    try:
        return Protego.parse(text)
    except (ValueError, IndexError):
        # The parser splits paths as URLs, and raises at those that are none (`Disallow: x://[`).
        return None


def _is_readable(line: str) -> bool:
    return _parsed(f"User-agent: *\n{line}") is not None
