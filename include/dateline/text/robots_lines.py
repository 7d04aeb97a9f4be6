"""The lines of a robots.txt, and which agents each of them is said to: one reading for all who ask.

Lines are read as generously as the parser that RFC 9309 was written from reads them: common misspellings,
a missing colon, a byte order mark. Where that errs, it errs towards a rule that is obeyed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

LONGEST = 512 * 1024
"""Bytes of a robots.txt that are read; RFC 9309 §2.5 asks for at least 500 KiB."""

_LONGEST_LINE = 2083 * 8
_BOM = "\xef\xbb\xbf"
_BLANK = " \t\v\f"
_GAP = re.compile(r"[ \t]+")
_TOKEN = re.compile(r"[A-Za-z_-]*")
_VERSIONED = re.compile(r"[^/ \t\v\f]*")
_USER_AGENT = ("user-agent", "useragent", "user agent")
_DISALLOW = ("disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw")
_SITEMAP = ("sitemap", "site-map")
_OTHERS = ("allow", "crawl-delay", "content-signal", "content-usage")


class Line(NamedTuple):
    """A line that means something. Texts have one character for each byte; see `readable`.

    Args:
        name: user-agent, allow, disallow, crawl-delay, sitemap, content-signal or content-usage.
        value: what stands behind the colon; may be empty.
        text: the whole line, without its comment.
        agents: whom it is said to, of those that were asked after, each once; None above all groups.
    """

    name: str
    value: str
    text: str
    agents: tuple[str, ...] | None


def lines(body: bytes, wanted: Collection[str]) -> Iterator[Line]:
    """The lines of a robots.txt in order, whatever bytes it is; those that make no sense are left out.

    A line is said to all agents named since the last rule, where rules are Allow and Disallow alone: no
    other line ends a list of agents (RFC 9309 §2.2.4, and the tests of its parser). A Content-Signal, a
    Content-Usage or a Crawl-delay is a member of its group like a rule (contentsignals.org shows it so,
    draft-ietf-aipref-attach adds it to `rule`), behind the rules too and across blank lines; but as the
    RFC does not know it, an agent named after it and before the next rule joins the same group. That errs
    towards more agents that a Disallow binds.

    Args:
        body: the file; what lies beyond `LONGEST` bytes is not read.
        wanted: product tokens in lower case, and `*` for everybody; all others are passed over.
    """
    agents: tuple[str, ...] | None = None
    is_closed = False
    for text in _texts(body):
        key, value = _split(text)
        name = _name(key)
        if name == "user-agent":
            if is_closed or agents is None:
                agents, is_closed = (), False
            agents += tuple(token for token in _tokens(value) if token in wanted and token not in agents)
        is_closed = is_closed or name in ("allow", "disallow")
        if name:
            yield Line(name, value, text, agents)


def readable(octets: str) -> str:
    """The text that such characters stand for, one for each byte of it in UTF-8."""
    return octets.encode("latin-1").decode("utf-8", "replace")


def _texts(body: bytes) -> Iterator[str]:
    """Each line without its comment."""
    # One character for each byte: the RFC compares octets, and no file fails to decode.
    text = body[:LONGEST].decode("latin-1").removeprefix(_BOM).replace("\r", "\n")
    if len(body) >= LONGEST:
        # The last line may be cut, and half of `Allow: /a` would allow more than was meant.
        text = text.rpartition("\n")[0]
    for line in text.split("\n"):
        yield line[:_LONGEST_LINE].partition("\0")[0].partition("#")[0].strip(_BLANK)


def _split(line: str) -> tuple[str, str]:
    """Key (lower case) and value; without a colon, a line of just two words is taken for them."""
    key, colon, value = line.partition(":")
    if not colon:
        words = _GAP.split(line)
        return (words[0].lower(), words[1]) if len(words) == 2 else ("", "")
    return key.strip(_BLANK).lower(), value.strip(_BLANK)


def _name(key: str) -> str:
    """The name that a key stands for; empty if it means nothing."""
    if key.startswith(_USER_AGENT):
        return "user-agent"
    if key.startswith(_DISALLOW):
        return "disallow"
    if key.startswith(_SITEMAP):
        return "sitemap"
    return next((name for name in _OTHERS if key.startswith(name)), "")


def _tokens(value: str) -> tuple[str, ...]:
    """The product tokens that a User-agent line may mean: as the RFC spells one, and with the digits that
    some makers put into theirs; a version may follow."""
    if value[:1] == "*" and value[1:2].strip(_BLANK) == "":
        return ("*",)
    found = (pattern.match(value) for pattern in (_TOKEN, _VERSIONED))
    return tuple(dict.fromkeys(match[0].lower() for match in found if match and match[0]))
