"""What a site's own files say of the rights in a page: robots.txt, /.well-known/tdmrep.json, /ai.txt.

A file is parsed once and held against each URL. What can't be read says nothing: none of these files may
keep a page from being read, and a site that wants that has Disallow.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from dateline.text.rights_paths import LONGEST_PATTERN, binds, path_of
from dateline.text.rights_words import AGENT, Signal, reservation, usages, written

LONGEST_FILE = 512 * 1024
"""Bytes or characters of a file that are read; RFC 9309 §2.5 asks for at least 500 KiB."""

AI_AGENTS = frozenset({
    "ai2bot", "amazonbot", "anthropic-ai", "applebot-extended", "bytespider", "ccbot", "claude-web",
    "claudebot", "cohere-ai", "cohere-training-data-crawler", "diffbot", "facebookbot", "google-extended",
    "gptbot", "img2dataset", "meta-externalagent", "omgili", "omgilibot", "timpibot", "webzio-extended",
})  # fmt: skip
"""Product tokens, as their makers give them, of agents that gather texts to train models."""

_MOST_RULES = 2_000
"""Rules of the groups that matter here, and rules of a tdmrep.json. Real files have some dozens."""

_RULES = ("allow", "disallow", "content-signal", "content-usage", "crawl-delay")
_USAGES = ("content-signal", "content-usage")


@dataclass(frozen=True, slots=True)
class _Rule:
    """A line of a group: its name, the pattern it is for (empty: every path), and what it says."""

    name: str
    pattern: str
    value: str = ""


@dataclass(slots=True)
class _Groups:
    """Agent in lower case → its rules; those above any group are everybody's (`*`)."""

    rules: dict[str, list[_Rule]] = field(default_factory=dict)
    count: int = 0

    def add(self, agents: Iterable[str], made: list[_Rule]) -> None:
        """Rules for some agents; a second group of an agent adds to its first (RFC 9309 §2.2.1)."""
        for agent in agents:
            if self.count + len(made) <= _MOST_RULES:
                self.rules.setdefault(agent, []).extend(made)
                self.count += len(made)


def from_robots(text: str, url: str) -> list[Signal]:
    """What a robots.txt says of the use of a page.

    `content-signal` (Cloudflare's vocabulary) and `content-usage` (draft-ietf-aipref-attach) of our own
    group, else of `*`, as far as our own does not speak: a publisher who names us and says nothing there
    has not taken back what is said to all. The longest pattern decides, and of equal ones each holds.
    `disallow` names an agent that trains models and may not ask for this page.
    """
    path = path_of(url)
    if path is None:
        return []
    groups = _read_robots(text[:LONGEST_FILE])
    ours, all_ = (_usages_for(groups.rules.get(agent, []), path) for agent in (AGENT, "*"))
    said = {**all_, **ours}
    signals = [
        ("robots.txt", name, f"{key}={value}") for (name, key), values in said.items() for value in values
    ]
    barred = [
        ("robots.txt", "disallow", agent)
        for agent in sorted(AI_AGENTS & groups.rules.keys())
        if _is_barred(groups.rules[agent], path)
    ]
    return written([*signals, *barred])


@lru_cache(maxsize=32)
def _read_robots(text: str) -> _Groups:
    groups = _Groups()
    agents: list[str] = ["*"]
    rules: list[_Rule] = []
    is_open = False
    for name, value in _lines(text):
        if name in ("user-agent", "useragent", "user agent"):
            if not is_open:
                groups.add(_of_interest(agents), rules)
                agents, rules, is_open = [], [], True
            if len(agents) < _MOST_RULES:
                agents.append(value.lower())
        elif name in _RULES:
            is_open = False
            rules.extend(_rules(name, value))
    groups.add(_of_interest(agents), rules)
    return groups


def _of_interest(agents: list[str]) -> list[str]:
    """The agents whose rules are asked for here, each once; a token may have a version behind a slash."""
    tokens = dict.fromkeys(agent.partition("/")[0].strip() for agent in agents)
    return [token for token in tokens if token in ("*", AGENT) or token in AI_AGENTS]


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """(name in lower case, value) of each line that has both."""
    for line in text.lstrip("\ufeff").splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        if colon and value.strip():
            yield name.strip().lower(), value.strip()


def _rules(name: str, value: str) -> Iterator[_Rule]:
    if name in ("allow", "disallow"):
        if len(value) <= LONGEST_PATTERN:
            yield _Rule(name, value)
    elif name in _USAGES:
        pattern, _, said = value.partition(" ") if value.startswith("/") else ("", "", value)
        for key, word in usages(name, said):
            yield _Rule(name, pattern, f"{key}={word}")


def _usages_for(rules: list[_Rule], path: str) -> dict[tuple[str, str], list[str]]:
    """(name, key) → the values of the longest patterns that bind the path."""
    best: dict[tuple[str, str], tuple[int, list[str]]] = {}
    for rule in rules:
        if rule.name in _USAGES and (not rule.pattern or binds(rule.pattern, path)):
            key, _, value = rule.value.partition("=")
            length, values = best.get((rule.name, key), (-1, []))
            if len(rule.pattern) > length:
                best[rule.name, key] = (len(rule.pattern), [value])
            elif len(rule.pattern) == length and value not in values:
                values.append(value)
    return {named: values for named, (_, values) in best.items()}


def _is_barred(rules: list[_Rule], path: str) -> bool:
    """Whether the longest Disallow that binds is longer than any such Allow (RFC 9309 §2.2.2)."""
    return _longest("disallow", rules, path) > _longest("allow", rules, path)


def _longest(name: str, rules: list[_Rule], path: str) -> int:
    return max(
        (len(rule.pattern) for rule in rules if rule.name == name and binds(rule.pattern, path)), default=0
    )


def from_ai_txt(body: bytes, url: str) -> list[Signal]:
    """What an /ai.txt says of training models with a page.

    Its lines are those of robots.txt, and mean use, not crawling; patterns mostly name kinds of file
    (`*.html`), so a page whose address has none counts as HTML. The longest pattern decides; of equal
    ones, unlike in robots.txt, the one that forbids.
    """
    path = path_of(url)
    # Many hosts answer any address with a page.
    if path is None or body[:1_000].lstrip()[:1] in (b"<", b"{"):
        return []
    groups = _read_robots(body[:LONGEST_FILE].decode("utf-8-sig", "replace"))
    rules = groups.rules.get(AGENT) or groups.rules.get("*", [])
    name = path.partition("?")[0].rpartition("/")[2]
    paths = [path] if "." in name else [path, f"{path.partition('?')[0]}.html"]
    bars, allows = (max(_longest(word, rules, each) for each in paths) for word in ("disallow", "allow"))
    if not bars and not allows:
        return []
    return written([("ai.txt", "disallow" if bars >= allows else "allow", "*")])


def from_tdmrep(body: bytes, url: str) -> list[Signal]:
    """What a /.well-known/tdmrep.json says of a page: the first rule in it whose location binds.

    TDMRep (final report of 10 May 2024): "the most specific match is the first in sequence".
    """
    path = path_of(url)
    if path is None or len(body) > LONGEST_FILE:
        return []
    for location, said, policy in _read_tdmrep(body):
        if binds(location, path):
            values = (("tdm-reservation", said), ("tdm-policy", policy))
            return written([("tdmrep.json", name, value) for name, value in values if value])
    return []


@lru_cache(maxsize=32)
def _read_tdmrep(body: bytes) -> tuple[tuple[str, str, str], ...]:
    """(location, reservation, policy or the empty text) of each rule that has the first two."""
    try:
        found = json.loads(body.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        return ()
    rules = found if isinstance(found, list) else [found]
    return tuple(made for rule in rules[:_MOST_RULES] if (made := _tdm_rule(rule)))


def _tdm_rule(rule: Any) -> tuple[str, str, str] | None:
    if not isinstance(rule, dict):
        return None
    location, policy = rule.get("location"), rule.get("tdm-policy")
    said = reservation(rule.get("tdm-reservation"))
    if not isinstance(location, str) or not said:
        return None
    return location, said, policy if isinstance(policy, str) else ""
