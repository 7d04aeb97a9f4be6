"""What a robots.txt says to one agent: RFC 9309, and which of its lines decides about a URL.

Lines are read as generously as the parser that the RFC was written from reads them: common misspellings,
a missing colon, a byte order mark. Where that errs, it errs towards a rule that is obeyed.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import NamedTuple

LONGEST = 512 * 1024
"""Bytes of a robots.txt that are read; RFC 9309 §2.5 asks for at least 500 KiB."""

_LONGEST_LINE = 2083 * 8
_LONGEST_QUOTE = 500
_MOST_SITEMAPS = 1000
_MOST_WORK = 50_000_000
"""Characters of a URL times those of patterns behind asterisks: a tenth of a second at worst."""
_BOM = "\xef\xbb\xbf"
_BLANK = " \t\v\f"
_GAP = re.compile(r"[ \t]+")
_AGENT = re.compile(r"[A-Za-z_-]*")
_USER_AGENT = ("user-agent", "useragent", "user agent")
_DISALLOW = ("disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw")
_SITEMAP = ("sitemap", "site-map")
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

    rules: list[_Rule]
    delay: float = 0.0
    named: bool = False


class _Reader:
    """Reads line by line, and keeps what concerns the agent."""

    def __init__(self, agent: str) -> None:
        self._agent = agent.lower()
        self._ours = _Group([])
        self._all = _Group([])
        self._now: list[_Group] = []
        self._closed = False
        self.sitemaps: list[str] = []

    def line(self, line: str) -> None:
        """Take in one line."""
        words = line.partition("#")[0].strip(_BLANK)
        key, value = _split(words)
        if key.startswith(_USER_AGENT):
            self._user_agent(value)
        elif key.startswith("allow") or key.startswith(_DISALLOW):
            self._rule(key.startswith("allow"), value, words)
        elif key.startswith("crawl-delay"):
            for group in self._now:
                group.delay = max(group.delay, _seconds(value))
        elif key.startswith(_SITEMAP) and value and len(self.sitemaps) < _MOST_SITEMAPS:
            self.sitemaps.append(_text(value))

    def robots(self, longest_delay: float) -> Robots:
        """What was read. A group that names the agent stands alone, also where it is empty."""
        group = self._ours if self._ours.named else self._all
        rules = sorted(group.rules, key=lambda rule: rule.rank)
        return Robots(min(group.delay, longest_delay), tuple(self.sitemaps), tuple(rules))

    def _user_agent(self, value: str) -> None:
        if self._closed:
            self._now, self._closed = [], False
        if value[:1] == "*" and value[1:2].strip(_BLANK) == "":
            self._now.append(self._all)
        elif (found := _AGENT.match(value)) and found[0].lower() == self._agent:
            self._ours.named = True
            self._now.append(self._ours)

    def _rule(self, allows: bool, pattern: str, line: str) -> None:
        # Any rule ends the list of agents; lines of other kinds do not (RFC 9309 §2.2.4).
        self._closed = True
        if pattern:  # an empty pattern disallows nothing
            for group in self._now:
                group.rules += _rules(allows, pattern, _text(line))


def parse(body: bytes, agent: str, longest_delay: float = math.inf) -> Robots:
    """What a robots.txt says, whatever bytes it is: lines that make no sense are left out.

    Args:
        body: the file; what lies beyond `LONGEST` bytes is not read.
        agent: our product token, compared as a whole and without regard to case.
        longest_delay: the longest Crawl-delay that is believed, in seconds.
    """
    # One character for each byte: the RFC compares octets, and no file fails to decode.
    text = body[:LONGEST].decode("latin-1").removeprefix(_BOM).replace("\r", "\n")
    if len(body) >= LONGEST:
        # The last line may be cut, and half of `Allow: /a` would allow more than was meant.
        text = text.rpartition("\n")[0]
    reader = _Reader(agent)
    for line in text.split("\n"):
        reader.line(line[:_LONGEST_LINE].partition("\0")[0])
    return reader.robots(longest_delay)


def _split(line: str) -> tuple[str, str]:
    """Key (lower case) and value; without a colon, a line of just two words is taken for them."""
    key, colon, value = line.partition(":")
    if not colon:
        words = _GAP.split(line)
        return (words[0].lower(), words[1]) if len(words) == 2 else ("", "")
    return key.strip(_BLANK).lower(), value.strip(_BLANK)


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


def _text(octets: str) -> str:
    return octets.encode("latin-1")[:_LONGEST_QUOTE].decode("utf-8", "replace")
