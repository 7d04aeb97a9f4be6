"""What a host allows, from the answer to its robots.txt (RFC 9309 §2.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dateline.text.robots import Robots, Verdict, means_none, parse

AGENT = "dateline"
"""Our product token in robots.txt."""

_SILENT = Robots()


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one host.

    Args:
        failure: why the host can't be asked at all (`contracts.exchanges.FAILURES`); None if it can.
        detail: one sentence on that.
        body: the file, for what else it says; empty if there is none.
    """

    failure: str | None = None
    detail: str | None = None
    body: bytes = b""
    _robots: Robots = _SILENT

    @classmethod
    def parse(cls, body: bytes, longest_delay: float) -> Rules:
        """The rules of a robots.txt, whatever it holds."""
        return cls(body=body, _robots=parse(body, AGENT, longest_delay))

    @classmethod
    def of(cls, exchange: dict[str, Any], longest_delay: float) -> Rules:
        """What the answer to a robots.txt means for the rest of its host."""
        failure, status = exchange["failure"], exchange["status"]
        if failure is None:
            return cls.parse(exchange["body"], longest_delay)
        if failure == "address_refused" and not exchange["redirects"]:
            return cls(failure, exchange["detail"])
        if means_none(failure, status):
            return cls()
        return cls("robots_unreachable", f"robots.txt: {exchange['detail']}")

    @property
    def delay(self) -> float:
        """Crawl-delay, in seconds; 0 if none."""
        return self._robots.delay

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """URLs of the sitemaps that the file names, as written."""
        return self._robots.sitemaps

    def judge(self, url: str) -> Verdict:
        """Whether we may ask for the URL, and the line that says so."""
        return self._robots.judge(url)

    def allows(self, url: str) -> bool:
        """Whether we may ask for the URL."""
        return self.judge(url).allowed
