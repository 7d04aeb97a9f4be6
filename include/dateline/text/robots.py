"""What a robots.txt says to one agent: RFC 9309, and which of its lines decides about a URL."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from dateline.text.robots_lines import Line, lines, readable

_LONGEST_QUOTE = 500
_MOST_SITEMAPS = 1000
_MOST_WORK = 50_000_000
"""Characters of a URL times those of patterns behind asterisks: a tenth of a second at worst."""
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{0,9})?")

_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")
_UNSAFE = re.compile(r"""[^!-~]|[<>"{}|\\^`]""")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_RESERVED = frozenset(":/?@!'(),;[]")
_PATH = re.compile(r"[/?;#]")
_IN_URL = {ord("*"): "%2A", ord("$"): "%24"}
"""Characters that mean something in a pattern stand for themselves in a URL (RFC 9309 §2.2.3)."""
_IN_PATTERN = {ord("$"): "%24"}
"""In a pattern, `$` is special at its end alone."""


def means_none(failure: str | None, status: int | None) -> bool:
    """Whether what came of asking for robots.txt says that there is no such file ("unavailable", RFC 9309
    §2.3.1.3), so that nothing is forbidden; all other failures mean that it can't be had.

    429 speaks of a host under strain. 407 is a proxy's, and not the host's. Redirects without end are
    named in §2.3.1.2; a file without a byte has no rules.

    Args:
        failure: of `contracts.exchanges.FAILURES`; None where a file came.
        status: the HTTP status; None without one.
    """
    if failure == "http_error":
        return status is not None and 400 <= status <= 499 and status not in (407, 429)
    return failure in ("empty", "too_many_redirects")


class Verdict(NamedTuple):
    """What was decided about a URL, and the line that did it; no line where none applied."""

    allowed: bool
    line: str | None = None


@dataclass(frozen=True, slots=True)
class _Rule:
    """One rule: its pattern between the asterisks, and whether it must reach the end of the path.

    Args:
        length: characters that may have to be looked for: those behind an asterisk.
    """

    parts: tuple[str, ...]
    ends: bool
    allows: bool
    rank: tuple[int, bool]
    line: str
    length: int

    def matches(self, path: str) -> bool:
        """Whether the pattern fits, in steps of no more than its `length` times that of the path."""
        first, *rest = self.parts
        if not path.startswith(first):
            return False
        at = len(first)
        if not rest:
            return not self.ends or at == len(path)
        # The leftmost place of each part leaves most room for those after it.
        for part in rest[:-1]:
            at = path.find(part, at)
            if at < 0:
                return False
            at += len(part)
        if self.ends:
            return path.endswith(rest[-1]) and len(path) - len(rest[-1]) >= at
        return path.find(rest[-1], at) >= 0


@dataclass(frozen=True, slots=True)
class Robots:
    """What one robots.txt says to one agent.

    Args:
        delay: Crawl-delay in seconds, 0 if none. It is no part of the RFC, and obeyed all the same.
        sitemaps: URLs of Sitemap lines, as written; they hold for everybody.
    """

    delay: float = 0.0
    sitemaps: tuple[str, ...] = ()
    _rules: tuple[_Rule, ...] = ()

    def judge(self, url: str) -> Verdict:
        """Whether the URL may be asked for: the longest pattern wins, and Allow a tie (RFC 9309 §2.2.2).

        It may not, and no line is named, where too many long patterns stand against a long URL: not even ten
        thousand stand against one of a news site.
        """
        if not self._rules:
            return Verdict(True)
        forms = _forms(_path(url), _IN_URL)
        left = _MOST_WORK // max(map(len, forms))
        for rule in self._rules:  # the longest first
            left -= rule.length
            if left < 0:
                return Verdict(False)
            for form in forms:
                if rule.matches(form):
                    return Verdict(rule.allows, rule.line)
        return Verdict(True)


@dataclass(slots=True)
class _Group:
    """All groups for one kind of agent, which count as one (RFC 9309 §2.2.1)."""

    rules: list[_Rule] = field(default_factory=list)
    delay: float = 0.0
    named: bool = False

    def add(self, line: Line) -> None:
        """Take in a line that is said to this agent."""
        self.named = True
        if line.name == "crawl-delay":
            self.delay = max(self.delay, _seconds(line.value))
        elif line.name in ("allow", "disallow") and line.value:  # an empty pattern disallows nothing
            self.rules += _rules(line.name == "allow", line.value, _quote(line.text))


def parse(body: bytes, agent: str, longest_delay: float = math.inf) -> Robots:
    """What a robots.txt says, whatever bytes it is: lines that make no sense are left out.

    Args:
        body: the file; what lies beyond `robots_lines.LONGEST` bytes is not read.
        agent: our product token, compared as a whole and without regard to case.
        longest_delay: the longest Crawl-delay that is believed, in seconds.
    """
    groups = {"*": _Group(), agent.lower(): _Group()}
    sitemaps: list[str] = []
    for line in lines(body, groups.keys()):
        if line.name == "sitemap" and line.value and len(sitemaps) < _MOST_SITEMAPS:
            sitemaps.append(_quote(line.value))
        # Above all groups a rule binds nobody, as in the RFC's own parser.
        for named in line.agents or ():
            groups[named].add(line)
    # A group that names the agent stands alone, also where it is empty.
    group = groups[agent.lower()] if groups[agent.lower()].named else groups["*"]
    rules = sorted(group.rules, key=lambda rule: rule.rank)
    return Robots(min(group.delay, longest_delay), tuple(sitemaps), tuple(rules))


def _seconds(value: str) -> float:
    try:
        seconds = float(value[:40])
    except ValueError:
        found = _NUMBER.match(value)
        seconds = float(found[0]) if found else 0.0
    return seconds if seconds > 0 else 0.0  # NaN is not


def _rules(allows: bool, pattern: str, line: str) -> list[_Rule]:
    """The rule that a pattern stands for: one, or two where its query can be written in two ways."""
    rank = (-len(_escape(pattern)), not allows)
    ends = pattern.endswith("$")
    forms = _forms(pattern[:-1] if ends else pattern, _IN_PATTERN)
    split = (tuple(form.split("*")) for form in forms)
    return [_Rule(parts, ends, allows, rank, line, sum(map(len, parts[1:]))) for parts in split]


def _path(url: str) -> str:
    """Path and query of an absolute URL, from the first slash on, one character for each byte."""
    rest = url.encode("utf-8", "surrogatepass").decode("latin-1").partition("://")[2]
    found = _PATH.search(rest)
    path = rest[found.start() :].partition("#")[0] if found else ""
    return path if path.startswith("/") else f"/{path}"


def _forms(path: str, special: dict[int, str]) -> list[str]:
    """The forms of a path that count as one: in RFC 9309 §2.2.2, `?u=https://a` is `?u=https%3A%2F%2Fa`."""
    plain = _escape(path).translate(special)
    head, mark, query = plain.partition("?")
    opened = head + mark + _ESCAPED.sub(_open_reserved, query) if "%" in query else plain
    return [plain] if opened == plain else [plain, opened]


def _escape(path: str) -> str:
    """The path with every octet written in one way: unreserved ones plain, all others as `%XX`."""
    if "%" in path:
        path = _ESCAPED.sub(_open_unreserved, path)
    return _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", path)


def _open_unreserved(found: re.Match[str]) -> str:
    octet = chr(int(found[0][1:], 16))
    return octet if octet in _UNRESERVED else found[0].upper()


def _open_reserved(found: re.Match[str]) -> str:
    octet = chr(int(found[0][1:], 16))
    return octet if octet in _RESERVED else found[0]


def _quote(octets: str) -> str:
    return readable(octets[:_LONGEST_QUOTE])
