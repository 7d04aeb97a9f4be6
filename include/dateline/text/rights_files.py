"""What a site's own files say of the rights in a page: robots.txt, /.well-known/tdmrep.json, /ai.txt.

A file is read once (`read_…`) and held against each URL (`from_…`). What can't be read says nothing: none of
these files may keep a page from being read, and a site that wants that has Disallow.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dateline.text.rights_paths import LONGEST_PATTERN, binds, path_of
from dateline.text.rights_words import AGENT, Signal, reservation, usages, written
from dateline.text.robots_lines import lines, readable

LONGEST_FILE = 512 * 1024
"""Bytes of a tdmrep.json that are read."""

AI_AGENTS = frozenset({
    "ai2bot", "amazonbot", "anthropic-ai", "applebot-extended", "bytespider", "ccbot", "claude-web",
    "claudebot", "cohere-ai", "cohere-training-data-crawler", "diffbot", "facebookbot", "google-extended",
    "gptbot", "img2dataset", "meta-externalagent", "omgili", "omgilibot", "timpibot", "webzio-extended",
})  # fmt: skip
"""Product tokens, as their makers give them, of agents that gather texts to train models."""

_MOST_RULES = 2_000
"""Rules of the groups that matter here, and rules of a tdmrep.json. Real files have some dozens."""

_USAGES = ("content-signal", "content-usage")
_OF_INTEREST = frozenset({"*", AGENT, *AI_AGENTS})


@dataclass(frozen=True, slots=True)
class _Rule:
    """A line of a group: its name, the pattern it is for (empty: every path), and what it says."""

    name: str
    pattern: str
    value: str = ""


Groups = dict[str, list[_Rule]]
"""Agent in lower case → what a robots.txt or an ai.txt says to it; a second group of an agent adds to its
first (RFC 9309 §2.2.1)."""


def read_robots(body: bytes) -> Groups:
    """What a robots.txt says of use: for `from_robots`.

    Lines above any group are said to nobody, by the RFC's grammar. Here they count as said to everybody: who
    states a use there means it, and a statement that is kept too often harms less than one that is not.
    """
    groups: Groups = {}
    count = 0
    for line in lines(body, _OF_INTEREST):
        made = [] if line.agents == () else list(_rules(line.name, readable(line.value)))
        for agent in ("*",) if line.agents is None else line.agents:
            if count + len(made) <= _MOST_RULES:
                groups.setdefault(agent, []).extend(made)
                count += len(made)
    return groups


def from_robots(groups: Groups, url: str) -> list[Signal]:
    """What a robots.txt says of the use of a page.

    `content-signal` (Cloudflare's vocabulary) and `content-usage` (draft-ietf-aipref-attach) of our own
    group, else of `*`, as far as our own does not speak: a publisher who names us and says nothing there
    has not taken back what is said to all. The longest pattern decides, and of equal ones each holds.
    `disallow` names an agent that trains models and may not ask for this page.
    """
    path = path_of(url)
    if path is None:
        return []
    ours, all_ = (_usages_for(groups.get(agent, []), path) for agent in (AGENT, "*"))
    said = {**all_, **ours}
    signals = [
        ("robots.txt", name, f"{key}={value}") for (name, key), values in said.items() for value in values
    ]
    barred = [
        ("robots.txt", "disallow", agent)
        for agent in sorted(AI_AGENTS & groups.keys())
        if _is_barred(groups[agent], path)
    ]
    return written([*signals, *barred])


def _rules(name: str, value: str) -> Iterator[_Rule]:
    if name in ("allow", "disallow"):
        if value and len(value) <= LONGEST_PATTERN:
            yield _Rule(name, value)
    elif name in _USAGES:
        pattern, said = ("", value)
        if value.startswith("/"):
            pattern, _, said = value.replace("\t", " ").partition(" ")
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


def read_ai_txt(body: bytes) -> Groups:
    """What an /ai.txt says: for `from_ai_txt`."""
    # Many hosts answer any address with a page.
    return {} if body[:1_000].lstrip()[:1] in (b"<", b"{") else read_robots(body)


def from_ai_txt(groups: Groups, url: str) -> list[Signal]:
    """What an /ai.txt says of training models with a page.

    Its lines are those of robots.txt, and mean use, not crawling; patterns mostly name kinds of file
    (`*.html`), so a page whose address has none counts as HTML. The longest pattern decides; of equal
    ones, unlike in robots.txt, the one that forbids.
    """
    path = path_of(url)
    if path is None:
        return []
    rules = groups.get(AGENT) or groups.get("*", [])
    name = path.partition("?")[0].rpartition("/")[2]
    paths = [path] if "." in name else [path, f"{path.partition('?')[0]}.html"]
    bars, allows = (max(_longest(word, rules, each) for each in paths) for word in ("disallow", "allow"))
    if not bars and not allows:
        return []
    return written([("ai.txt", "disallow" if bars >= allows else "allow", "*")])


Reservations = tuple[tuple[str, str, str], ...]
"""(location, reservation, policy or the empty text) of each rule of a tdmrep.json that has the first two."""


def read_tdmrep(body: bytes) -> Reservations:
    """What a /.well-known/tdmrep.json says: for `from_tdmrep`."""
    if len(body) > LONGEST_FILE:
        return ()
    try:
        found = json.loads(body.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        return ()
    rules = found if isinstance(found, list) else [found]
    return tuple(made for rule in rules[:_MOST_RULES] if (made := _tdm_rule(rule)))


def from_tdmrep(rules: Reservations, url: str) -> list[Signal]:
    """What a /.well-known/tdmrep.json says of a page: the first rule in it whose location binds.

    TDMRep (final report of 10 May 2024): "the most specific match is the first in sequence".
    """
    path = path_of(url)
    if path is None:
        return []
    for location, said, policy in rules:
        if binds(location, path):
            values = (("tdm-reservation", said), ("tdm-policy", policy))
            return written([("tdmrep.json", name, value) for name, value in values if value])
    return []


def _tdm_rule(rule: Any) -> tuple[str, str, str] | None:
    if not isinstance(rule, dict):
        return None
    location, policy = rule.get("location"), rule.get("tdm-policy")
    said = reservation(rule.get("tdm-reservation"))
    if not isinstance(location, str) or not said:
        return None
    return location, said, policy if isinstance(policy, str) else ""
