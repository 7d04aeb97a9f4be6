"""Whom or what the story cites: outlets, unnamed sources, documents, persons, organisations. English."""

from __future__ import annotations

import re
from typing import Any

from dateline.text.story import PARSED, Story

_ANONYMOUS = re.compile(
    r"\b(?:(?:[A-Z][\w.-]{1,30}|diplomatic|government|security|intelligence|military|police|industry|judicial"
    r"|banking|trading|senior|several|multiple|unnamed|anonymous|informed|well-placed|familiar|local|political"
    r"|medical|hospital|defen[cs]e|law enforcement|two|three|four|and|or) ){0,6}sources?\b"
    r"(?! of\b| code)"
    r"(?: (?:familiar with|close to|with knowledge of|in) (?:the )?\w{1,30})?"
)
_GENERIC = re.compile(
    r"\b(?:(?:[A-Z][\w.-]{1,30}|local|state|international|foreign|national|domestic|several|social) )?"
    r"(?:media(?: reports| outlets)?|news (?:reports|agencies|outlets)|newspapers|press reports)\b"
    r"|\b(?:the )?reports(?= (?:said|say|that|suggest|claim|indicat))",
    re.IGNORECASE,
)
_BY_WORD = re.compile(
    r"\bthe (?:newspaper|paper|daily|magazine|news agency|agency|broadcaster|network|website|outlet|tabloid"
    r"|weekly)\b",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"\b(?:a|an|the|its|their|his|her) (?:\w{1,30} ){0,2}"
    r"(?:statement|report|study|survey|memo|letter|indictment|affidavit|court filing|lawsuit|complaint"
    r"|press release|news release|poll|blog post|tweet|document)s?\b"
    r"(?= (?:said|says|showed|shows|found|finds|read|reads|stated|states|published|issued|released|seen))",
    re.IGNORECASE,
)
_CITING = re.compile(r"\b(?:citing|quoting|according to|told|reported by|quoted by)\b")


def cited_sources(story: Story, found: dict[str, Any]) -> dict[str, Any]:
    """Columns: cited_sources, in the order of their first span.

    An outlet counts when it speaks, is cited or is told; a person or organisation when it is the speaker
    of an attribution. Errs towards too many outlets: news rarely names one it does not cite.
    """
    if not story.english:
        return {"cited_sources": []}
    made = _Sources(story, found["entities"])
    text = story.text[:PARSED]
    outlets = frozenset(story.knowledge.outlets.values())
    named = [(m, found["entities"][m["entity"]]) for m in found["mentions"]]
    for mention, entity in named:
        if entity["label"] == "ORG" and entity["name"] in outlets:
            made.add("outlet", entity["name"], entity["idx"], mention["start"], mention["end"])
    for match in _BY_WORD.finditer(text):
        made.word_for_outlet(*match.span())
    for one in found["attributions"]:
        _speaker(made, one, found["entities"], outlets)
    for kind, pattern in (("anonymous", _ANONYMOUS), ("outlet_generic", _GENERIC), ("document", _DOCUMENT)):
        for match in pattern.finditer(text):
            if kind != "anonymous" or _is_source(text, match):
                made.add(kind, _plain_name(match[0]), None, *match.span())
    return {"cited_sources": made.rows()}


def _is_source(text: str, match: re.Match[str]) -> bool:
    """`sources` that speak or are cited, not sources of energy; one source only where it speaks."""
    after = text[match.end() : match.end() + 30]
    before = text[max(0, match.start() - 40) : match.start()]
    speaks = re.match(
        r",? (?:said|say|told|tell|added|who|close|familiar|reported|confirmed|have said)", after
    )
    return bool(speaks or _CITING.search(before) or re.search(r"\bsaid(?: the)? $", before))


def _plain_name(words: str) -> str:
    """The words without article and without a doubled word."""
    words = re.sub(r"^(?:the|an?) ", "", words, flags=re.IGNORECASE)
    return re.sub(r"\b(\w+) \1\b", r"\1", words)


def _speaker(
    made: _Sources, one: dict[str, Any], entities: list[dict[str, Any]], outlets: frozenset[str]
) -> None:
    idx = one["speaker_entity"]
    if idx is None or one["source_start"] is None:
        return
    entity = entities[idx]
    if entity["name"] in outlets:
        made.add("outlet", entity["name"], idx, one["source_start"], one["source_end"])
    elif entity["label"] in ("PERSON", "ORG"):
        kind = "person" if entity["label"] == "PERSON" else "organisation"
        made.add(kind, entity["name"], idx, one["source_start"], one["source_end"])


_MOST_SPANS = 200
"""Spans kept of one source: a text that names an outlet more often is no prose."""


class _Sources:
    """Sources collected so far, one for each kind and name."""

    def __init__(self, story: Story, entities: list[dict[str, Any]]) -> None:
        self._story = story
        self._entities = entities
        self._found: dict[tuple[str, str], tuple[int | None, set[tuple[int, int]]]] = {}

    def add(self, kind: str, name: str, entity: int | None, start: int, end: int) -> None:
        key = (kind, name if entity is not None else name.casefold())
        spans = self._found.setdefault(key, (entity, set()))[1]
        if len(spans) < _MOST_SPANS and not any(s < end and start < e for s, e in spans):
            spans.add((start, end))

    def word_for_outlet(self, start: int, end: int) -> None:
        """`the newspaper` stands for the outlet named last before it."""
        before = [
            (max(span for span in spans if span[1] <= start), key)
            for key, (_, spans) in self._found.items()
            if key[0] == "outlet" and any(span[1] <= start for span in spans)
        ]
        if before:
            key = max(before)[1]
            if len(self._found[key][1]) < _MOST_SPANS:
                self._found[key][1].add((start, end))

    def rows(self) -> list[dict[str, Any]]:
        made: list[dict[str, Any]] = []
        for (kind, name), (entity, spans) in self._found.items():
            ordered = sorted(spans)
            shown = name if entity is not None else _plain_name(self._story.text[slice(*ordered[0])])
            made.append(
                {
                    "kind": kind,
                    "name": shown,
                    "entity": entity,
                    "spans": [{"start": start, "end": end} for start, end in ordered],
                }
            )
        made.sort(key=lambda row: (row["spans"][0]["start"], row["kind"], row["name"]))
        return made
