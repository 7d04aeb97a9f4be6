"""What is kept of a text whose publisher reserves something: a policy of the user's, in one line.

`noarchive=facts, tdm_reserved=reject, harbour-post:noarchive=keep`: for each statement what to do, for all
sources or for one. What is not named is kept and only marked: the statements reserve rights against certain
uses, and which use is made of a text is known to who reads it, not to who stores it. Whole newspapers say
`noarchive` of every page, by which they mean a search engine's public copy; a default that emptied those
would leave out, unasked, what most users may well read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dateline.errors import Refused, UsageError
from dateline.text.rights import judge
from dateline.text.rights_words import Signal

Policy = tuple[tuple[str, str, str], ...]
"""(slug of a source or the empty text for all, statement, action), sorted, each of the first two once."""

ACTIONS = ("keep", "facts", "reject")
"""From the most to the least that is kept: all; everything but the words; nothing but a reject."""

_MARKS = ("noindex", "noarchive", "nosnippet", "noai", "tdm_reserved", "barred_agents")
_USES = ("search", "ai_input", "ai_train")
STATEMENTS = tuple(sorted((*_MARKS, *_USES, "unavailable")))
"""What a rule can be for: a mark that is set, a use to which the publisher says no, a time that is over."""

_RULE = re.compile(r"(?:([a-z0-9][a-z0-9_-]*):)?([a-z_]+)=([a-z]+)")


def parse(line: str) -> Policy:
    """The policy that a line names; the empty line keeps everything.

    Raises:
        UsageError: a part is no `[SOURCE:]STATEMENT=ACTION`, or names what is said already.
    """
    rules: dict[tuple[str, str], str] = {}
    for part in filter(None, (part.strip() for part in line.split(","))):
        found = _RULE.fullmatch(part)
        if not found or found[2] not in STATEMENTS or found[3] not in ACTIONS:
            raise UsageError(
                f"DATELINE_RIGHTS_POLICY: {part[:60]!r} is no [SOURCE:]STATEMENT=ACTION; statements are "
                f"{', '.join(STATEMENTS)}; actions {', '.join(ACTIONS)}"
            )
        if (found[1] or "", found[2]) in rules:
            raise UsageError(f"DATELINE_RIGHTS_POLICY: {part.partition('=')[0]} is named twice")
        rules[found[1] or "", found[2]] = found[3]
    return tuple(sorted((source, statement, action) for (source, statement), action in rules.items()))


def decide(
    policy: Policy, rights: Mapping[str, Any], source: str, captured: datetime | None
) -> tuple[str, str | None]:
    """(action, the statement that it is for): the strictest of all that hold; of equals the first by name.

    Args:
        rights: as `text.rights.judge` gives them.
        captured: when; a text is `unavailable` that was captured after its `unavailable_after`.

    What is named for the source itself replaces what is named for all.
    """
    wanted = {statement: action for slug, statement, action in policy if not slug}
    wanted |= {statement: action for slug, statement, action in policy if slug == source}
    found: tuple[str, str | None] = ("keep", None)
    for statement, action in sorted(wanted.items()):
        if ACTIONS.index(action) > ACTIONS.index(found[0]) and _holds(statement, rights, captured):
            found = (action, statement)
    return found


def _holds(statement: str, rights: Mapping[str, Any], captured: datetime | None) -> bool:
    if statement == "unavailable":
        # By the capture's own time: no wall clock enters what is made of captures.
        until = rights["unavailable_after"]
        return captured is not None and until is not None and captured > until
    return rights[statement] == "no" if statement in _USES else bool(rights[statement])


def heed(document: dict[str, Any], signals: list[Signal], policy: Policy) -> dict[str, Any]:
    """A document with its `rights`, and with no more of it than the policy lets it keep.

    Its hash and count of words stay: they tell that two texts are one, and are not the text.

    Raises:
        Refused: rights; the policy keeps nothing of it.
    """
    rights = judge(signals)
    action, because = decide(policy, rights, document["source"], document["captured"])
    if action == "reject":
        raise Refused("rights", f"the policy keeps nothing where the publisher says {because}")
    kept = {"kept": "all", "because": None}
    left_out: dict[str, Any] = {}
    if action == "facts":
        kept = {"kept": "facts", "because": because}
        left_out = {"text": "", "description": None, "image_caption": None}
    return {**document, **left_out, "rights": {**rights, **kept, "signals": signals}}
