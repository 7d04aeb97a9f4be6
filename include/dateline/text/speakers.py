"""Who the words before a cue stand for: a name, a pronoun, an office."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import Any

from dateline.text.story import Story

_PERSONAL = frozenset({"he", "she", "him", "her"})
_FIRST = frozenset(
    {"i", "we", "they", "who", "you", "that", "this", "which", "one", "some", "many", "others"}
)
_OUTLET_WORDS = frozenset(
    {"newspaper", "paper", "daily", "magazine", "agency", "broadcaster", "outlet", "network", "website",
     "tabloid", "weekly", "station", "channel"}
)  # fmt: skip
_MEMORY = 200
"""Mentions that a pronoun looks back over: more than a reader does."""

_LABEL_RANK = {"PERSON": 0, "ORG": 1, "GPE": 2, "NORP": 3}


class Cast:
    """The named of one article, asked in the order of the text: pronouns look at who spoke before."""

    def __init__(self, story: Story, mentions: list[dict[str, Any]], entities: list[dict[str, Any]]) -> None:
        self._text = story.text
        self._outlets = frozenset(story.knowledge.outlets.values())
        self._mentions = mentions
        self._starts = [mention["start"] for mention in mentions]
        self._entities = entities
        self._last: int | None = None
        self._roles = [
            (entity["idx"], frozenset(re.findall(r"[a-z]+", entity["role"].casefold())))
            for entity in entities
            if entity["role"]
        ]

    def speaker(
        self, source: tuple[int, int] | None, head: int | None, content: tuple[int, int]
    ) -> tuple[int | None, str | None]:
        """(entity, name) of a source; (None, its own words) where it names nobody known, as `officials`."""
        if source is None:
            return None, None
        words = self._text[source[0] : source[1]]
        lower = words.casefold().strip()
        if lower in _PERSONAL:
            entity = self._person_before(source[0], content)
        elif lower == "it":
            entity = self._before(source[0], ("ORG",), said=True)
        elif lower in _FIRST:
            return None, words
        else:
            entity = self._named(source, head)
            if entity is None:
                entity = self._office(lower, source[0])
        if entity is None:
            return None, (None if lower in _PERSONAL or lower == "it" else words)
        self._last = entity
        name: str = self._entities[entity]["name"]
        return entity, name

    def _named(self, source: tuple[int, int], head: int | None) -> int | None:
        """The name that heads the source; in `Hill, head of X` Hill, in `Tokyo's spokesman` nobody."""
        first, last = bisect_left(self._starts, source[0]), bisect_right(self._starts, source[1])
        inside = [m for m in self._mentions[first:last] if m["end"] <= source[1] + 1]
        if not inside:
            return None
        if head is not None:
            for mention in inside:
                if mention["start"] <= head < mention["end"] and mention["label"] in _LABEL_RANK:
                    entity: int = mention["entity"]
                    return entity
        people = [m for m in inside if m["label"] == "PERSON"]
        if people:
            chosen: int = people[0]["entity"]
            return chosen
        best = min(inside, key=lambda m: (_LABEL_RANK.get(m["label"], 9), m["start"]))
        own = best["label"] == "ORG" and best["end"] >= source[1] - 8
        known = best["label"] == "ORG" and self._entities[best["entity"]]["name"] in self._outlets
        return int(best["entity"]) if own or known else None

    def _person_before(self, at: int, content: tuple[int, int]) -> int | None:
        """Who spoke last, if that is a person named since; else the person named last before."""
        persons = [m for m in self._earlier(min(at, content[0])) if m["label"] == "PERSON"]
        last = self._last
        if last is not None and self._entities[last]["label"] == "PERSON":
            others = [m for m in persons[-2:] if m["entity"] != last and at - m["end"] < 250]
            if not others:
                return last
        return int(persons[-1]["entity"]) if persons else last if self._is_person(last) else None

    def _earlier(self, at: int) -> list[dict[str, Any]]:
        """The mentions that end before a place in the text, the nearest `_MEMORY` of them."""
        last = bisect_left(self._starts, at)
        return [m for m in self._mentions[max(0, last - _MEMORY) : last] if m["end"] <= at]

    def _is_person(self, entity: int | None) -> bool:
        return entity is not None and self._entities[entity]["label"] == "PERSON"

    def _before(self, at: int, labels: tuple[str, ...], said: bool) -> int | None:
        if said and self._last is not None and self._entities[self._last]["label"] in labels:
            return self._last
        found = [m for m in self._earlier(at) if m["label"] in labels]
        return int(found[-1]["entity"]) if found else None

    def _office(self, words: str, at: int) -> int | None:
        """`the newspaper` is the outlet named last; `the spokesman` the person with that office."""
        tail = re.findall(r"[a-z]+", words.split(",")[0].split(" of ")[0].split(" for ")[0])
        if not tail:
            return None
        if tail[-1] in _OUTLET_WORDS and " " in words:
            outlets = [
                m for m in self._earlier(at)
                if m["label"] == "ORG" and self._entities[m["entity"]]["name"] in self._outlets
            ]  # fmt: skip
            return int(outlets[-1]["entity"]) if outlets else None
        fits = [(-len(set(tail) & role), idx) for idx, role in self._roles if tail[-1] in role]
        return min(fits)[1] if fits else None
