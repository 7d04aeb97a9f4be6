"""What a publisher says of the use of a page, read from wherever it is said, and judged.

| said in | by |
|---|---|
| `X-Robots-Tag`, `<meta name=robots>` | the de-facto directives of the search engines; `noai`, `noimageai` |
| `tdm-reservation`, `tdm-policy` | TDMRep: header, meta, /.well-known/tdmrep.json |
| `Content-Signal` | robots.txt, header (contentsignals.org) |
| `Content-Usage` | robots.txt, header (draft-ietf-aipref-attach) |
| `Disallow` for agents that train models; ai.txt | robots.txt; /ai.txt |

Reading keeps statements as they were made (`Signal`); `judge` alone says what they come to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from dateline.text.dates import parse
from dateline.text.rights_files import (
    from_ai_txt,
    from_robots,
    from_tdmrep,
    read_ai_txt,
    read_robots,
    read_tdmrep,
)
from dateline.text.rights_words import AGENT, Signal, reservation, usages, written
from dateline.text.urls import web_url

__all__ = [
    "Signal", "from_ai_txt", "from_headers", "from_page", "from_robots", "from_tdmrep", "judge",
    "read_ai_txt", "read_robots", "read_tdmrep",
]  # fmt: skip

RIGHTS_VERSION = "1"
"""Raised whenever equal statements may be read or judged otherwise."""

_DIRECTIVES = frozenset({
    "noarchive", "nocache", "noindex", "none", "nosnippet", "noai", "noimageai", "unavailable_after",
})  # fmt: skip
"""Directives that say something of rights; the others (nofollow, notranslate, …) are not kept."""

_VALUED = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})
_EVERYBODY = frozenset({"*", "robots", "all"})
_AGENT = re.compile(r"\s*([a-z*][a-z0-9_.*-]{0,60})\s*:", re.IGNORECASE)
_LONGEST_LINE = 4_000
_MOST_META = 500
_TDM = ("tdm-reservation", "tdm-policy")
_USAGES = ("content-signal", "content-usage")


def from_headers(headers: Iterable[tuple[str, str]]) -> list[Signal]:
    """The statements in the headers of an answer, given as (name, value) in any case, repeats included."""
    return written(_headers(headers))


def _headers(headers: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    for name, value in headers:
        lower = name.strip().lower()
        if lower == "x-robots-tag":
            for directive in _directives(value, for_us=True):
                yield "header", lower, directive
        elif lower in _TDM:
            yield "header", lower, value.strip()
        elif lower in _USAGES:
            for key, word in usages(lower, value):
                yield "header", lower, f"{key}={word}"


def from_page(tree: Any) -> list[Signal]:
    """The statements in the `<meta>` elements of a page's lxml tree, which is not changed.

    `name=robots` speaks to all and `name=dateline` to us; `http-equiv=X-Robots-Tag` is read too, as who
    writes it means it.
    """
    return written(_metas(tree))


def _metas(tree: Any) -> Iterator[tuple[str, str, str]]:
    for number, element in enumerate(tree.iter("meta")):
        if number >= _MOST_META:
            return
        name = (element.get("name") or element.get("http-equiv") or "").strip().lower()
        value = element.get("content") or ""
        if name in ("robots", AGENT, "x-robots-tag"):
            for directive in _directives(value, for_us=True):
                yield "meta", "robots", directive
        elif name in _TDM:
            yield "meta", name, value.strip()


def _directives(value: str, *, for_us: bool) -> Iterator[str]:
    """The directives of a list that are for us.

    An agent's name with a colon binds what follows it, up to the next one: in `noindex, otherbot: noai`
    only `noindex` is for all. A date may hold a comma, as in `unavailable_after: Monday, 02-Feb-26 …`.
    """
    parts = iter(value[:_LONGEST_LINE].split(","))
    for part in parts:
        found = _AGENT.match(part)
        while found and found[1].lower() not in _VALUED:
            for_us = found[1].lower() in _EVERYBODY or found[1].lower() == AGENT
            part = part[found.end() :]
            found = _AGENT.match(part)
        name, _, said = (text.strip() for text in part.lower().partition(":"))
        if name == "unavailable_after" and said.isalpha():
            said += "," + next(parts, "").lower()
        if for_us and (name in _DIRECTIVES or (name, said) == ("max-snippet", "0")):
            yield f"{name}: {said}" if said else name


def judge(signals: Iterable[Signal]) -> dict[str, Any]:
    """What statements come to, as the `rights` column has it but for `kept` and `signals`.

    - Directives add up (Google: of conflicting rules the more restrictive holds), whoever states them.
    - A TDM reservation in the page beats the header, which beats tdmrep.json (TDMRep, "Processing
      priority"); what is not said there does not reset what was said before. Twice said in one place,
      the reservation holds.
    - A use is `no` if anybody says so, else `yes` if anybody says that, else null: contentsignals.org
      says of silence that it neither grants nor restricts. `noai`, and an /ai.txt that forbids, say
      `ai_train` no.
    """
    found = list(signals)
    directives = [signal["value"] for signal in found if signal["name"] in ("x-robots-tag", "robots")]
    said = set(directives)
    uses = _uses(found)
    return {
        "noindex": bool(said & {"noindex", "none"}),
        # Bing knows `nocache` as another word for it.
        "noarchive": bool(said & {"noarchive", "nocache"}),
        "nosnippet": bool(said & {"nosnippet", "max-snippet: 0"}),
        "noai": "noai" in said,
        "noimageai": "noimageai" in said,
        "unavailable_after": min(_instants(directives), default=None),
        **_tdm(found),
        **{name: "no" if "no" in words else "yes" if words else None for name, words in uses.items()},
        "barred_agents": sorted({s["value"] for s in found if _named(s) == ("robots.txt", "disallow")}),
    }


def _named(signal: Signal) -> tuple[str, str]:
    return signal["origin"], signal["name"]


def _instants(directives: list[str]) -> Iterator[Any]:
    for directive in directives:
        name, _, said = directive.partition(": ")
        if name == "unavailable_after" and (when := parse(said)):
            yield when.instant


def _tdm(signals: list[Signal]) -> dict[str, Any]:
    reserved: bool | None = None
    policy: str | None = None
    for origin in ("tdmrep.json", "header", "meta"):
        values = {name: [s["value"] for s in signals if _named(s) == (origin, name)] for name in _TDM}
        said = {
            word
            for value in values["tdm-reservation"]
            for part in value.split(",")
            if (word := reservation(part))
        }
        if said:
            reserved = "1" in said
        policy = next((value for value in values["tdm-policy"] if web_url(value)), policy)
    # Without a reservation a policy has nothing to offer: the report says not to process it.
    return {"tdm_reserved": reserved, "tdm_policy": policy if reserved else None}


_USES = {
    "search": (("content-signal", "search"), ("content-usage", "search")),
    "ai_input": (("content-signal", "ai-input"), ("content-usage", "ai-use")),
    "ai_train": (
        ("content-signal", "ai-train"),
        ("content-usage", "train-ai"),
        ("content-usage", "train-genai"),
    ),
}
_WORDS = {"yes": "yes", "y": "yes", "no": "no", "n": "no", "allow": "yes", "disallow": "no"}


def _uses(signals: list[Signal]) -> dict[str, set[str]]:
    """Use → the words said of it."""
    said: dict[tuple[str, str], set[str]] = {}
    for signal in signals:
        key, _, word = signal["value"].partition("=")
        if signal["name"] in _USAGES and word in _WORDS:
            said.setdefault((signal["name"], key), set()).add(_WORDS[word])
    found = {use: set().union(*(said.get(key, set()) for key in keys)) for use, keys in _USES.items()}
    # `bots` is all automated use: it holds where a narrower word is not said.
    general = said.get(("content-usage", "bots"), set())
    found = {use: words or general for use, words in found.items()}
    trained = {_WORDS[s["name"]] for s in signals if s["origin"] == "ai.txt" and s["name"] in _WORDS}
    if any(s["name"] in ("x-robots-tag", "robots") and s["value"] == "noai" for s in signals):
        trained.add("no")
    return {**found, "ai_train": found["ai_train"] | trained}
