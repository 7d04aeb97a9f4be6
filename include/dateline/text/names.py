"""Mentions of one article brought together: which of them name the same person, body or place."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from dateline.text.gazetteer import Spot, fold
from dateline.text.story import Story

_TITLE = re.compile(
    r"^(?:(?:mr|mrs|ms|dr|prof|sir|lord|lady|dame|president|minister|senator|sen|rep|gov|gen|judge|king"
    r"|queen|prince|pope)\.? )+"
)
_STATE_OFFICE = re.compile(
    r"\b(?:prime|foreign|defen[cs]e|finance|interior) (?:minister|secretary)|\bpresident\b(?! of)"
    r"|\bgovernment\b|\bchancellor\b",
    re.IGNORECASE,
)
_ROLE_WORDS = 8
_ALIKE = 100
"""Names compared with one name at most: a text with more people of one surname is a list."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text: code points start to end, OntoNotes label, the words themselves."""

    start: int
    end: int
    label: str
    exact: str


@dataclass(frozen=True, slots=True)
class Naming:
    """What the merging of names may look at: the story, and where it was written."""

    story: Story
    home: Spot | None


def group(
    names: list[Name], spots: list[Spot | None], naming: Naming
) -> tuple[list[dict[str, Any]], list[int]]:
    """Entities in the order of their first mention, and for each name the index of its entity.

    Persons are one if the shorter name is the first or last part of the longer; organisations if one is
    the other's canonical name or its initials; places if they are the same place.
    """
    keys = _keys(names, spots, naming.story)
    order = list(dict.fromkeys(keys))
    index = {key: position for position, key in enumerate(order)}
    members: list[list[int]] = [[] for _ in order]
    for position, key in enumerate(keys):
        members[index[key]].append(position)
    roles = _roles(names, naming.story) if naming.story.english else {}
    made = []
    for idx, group_members in enumerate(members):
        mine = [names[i] for i in group_members]
        spot = spots[group_members[0]]
        role = next((roles[i] for i in group_members if i in roles), None)
        made.append(
            {
                "idx": idx,
                "name": _name(mine, spot, naming.story),
                "label": mine[0].label,
                "count": len(mine),
                "role": role,
                "country": spot.country if spot else _country(role, naming),
                "geonames_id": spot.geonames_id if spot else None,
                "wikidata": None,
            }
        )
    return made, [index[key] for key in keys]


def _keys(names: list[Name], spots: list[Spot | None], story: Story) -> list[tuple[str, str]]:
    """What each name is known by: equal key, same entity."""
    full: dict[str, str] = {}
    people = sorted(
        {person_key(name.exact) for name in names if name.label == "PERSON"},
        key=lambda key: (-key.count(" "), key),
    )
    first = {person_key(name.exact): -position for position, name in enumerate(names)}
    by_word: dict[str, list[str]] = {}
    for key in people:
        for word in {key.split(" ")[0], key.split(" ")[-1]}:
            by_word.setdefault(word, []).append(key)
    for key in people:
        alike = by_word[key.split(" ")[-1]] + by_word[key.split(" ")[0]]
        longer = [other for other in alike[:_ALIKE] if len(other) > len(key) and _part(key, other)]
        # Two Kishidas: the one named last before is not known here, so the one named first it is.
        full[key] = max(longer, key=lambda other: (first.get(other, -len(names)), other)) if longer else key
    initials = {
        "".join(word[0] for word in name.exact.split() if word[0].isupper()).casefold(): fold(name.exact)
        for name in names
        if name.label == "ORG" and name.exact.count(" ") >= 1
    }
    keys = []
    for name, spot in zip(names, spots, strict=True):
        key = fold(name.exact)
        if name.label == "PERSON":
            key = person_key(name.exact)
            keys.append(("PERSON", full.get(full[key], full[key])))
        elif spot is not None:
            keys.append((name.label, f"{spot.geonames_id}/{spot.name}"))
        elif name.label == "ORG":
            known = story.knowledge.outlets.get(key) or story.knowledge.organisations.get(key)
            keys.append(("ORG", known or initials.get(key, key)))
        else:
            keys.append((name.label, key))
    return keys


def person_key(exact: str) -> str:
    """A person's name without title.

    >>> person_key("Mr. Fumio Kishida")
    'fumio kishida'
    """
    key = fold(exact)
    return _TITLE.sub("", key) or key


def _part(short: str, long: str) -> bool:
    """Whether the shorter name is the last or the first part of the longer."""
    return long.endswith(" " + short) or long.startswith(short + " ")


def _name(names: list[Name], spot: Spot | None, story: Story) -> str:
    """The best name: the table's, else the longest form of a person, else the most frequent form."""
    first = names[0]
    if spot is not None and first.label != "NORP":
        return spot.name
    key = fold(first.exact)
    known = story.knowledge.outlets.get(key) or story.knowledge.organisations.get(key)
    if known and first.label == "ORG":
        return known
    forms = Counter(name.exact for name in names)
    if first.label in ("PERSON", "ORG"):
        return max(forms, key=lambda form: (form.count(" "), len(form), forms[form], form))
    return max(forms, key=lambda form: (forms[form], form))


def _country(role: str | None, naming: Naming) -> str | None:
    """The country that a role names, else for an office of state the one the story comes from.

    Errs where a story from one country speaks of another's minister without naming it.
    """
    if not role:
        return None
    for word in re.findall(r"[A-Z][\w.]*", role):
        spot = naming.story.knowledge.gazetteer.country_of(word)
        if spot is not None:
            return spot.country
    return naming.home.country if naming.home and _STATE_OFFICE.search(role) else None


def _roles(names: list[Name], story: Story) -> dict[int, str]:
    """For persons, by position in `names`: the words before the name or in apposition behind it."""
    roles: dict[int, str] = {}
    position = 0
    for paragraph in story.paragraphs:
        while position < len(names) and names[position].start < paragraph.start:
            position += 1
        while position < len(names) and names[position].end <= paragraph.end:
            name = names[position]
            if name.label == "PERSON":
                role = _role(paragraph.doc, name.start - paragraph.start, name.end - paragraph.start)
                if role:
                    roles[position] = role
            position += 1
    return roles


def _role(doc: Any, start: int, end: int) -> str | None:
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    root = span.root
    before = []
    for i in range(span.start - 1, max(-1, span.start - 1 - _ROLE_WORDS), -1):
        token = doc[i]
        if not (token.dep_ in ("compound", "amod", "nmod", "poss", "case", "punct") and _under(token, root)):
            break
        if token.text in (",", '"', "“", "”"):
            break
        before.append(token)
    if before and any(token.pos_ in ("NOUN", "PROPN") for token in before):
        text = doc.text[before[-1].idx : start].strip(" -'’")
        return text if len(text) > 2 and text.casefold().rstrip(".") not in ("mr", "mrs", "ms") else None
    for child in root.children:
        if child.dep_ == "appos" and child.i >= span.end and child.pos_ in ("NOUN", "PROPN"):
            tokens = [t for t in child.subtree if t.i >= span.end]
            stop = next((t.i for t in tokens if t.dep_ in ("relcl", "acl") or t.text in (",", ";")), None)
            kept = [t for t in tokens if stop is None or t.i < stop]
            if 0 < len(kept) <= _ROLE_WORDS:
                text = doc.text[kept[0].idx : kept[-1].idx + len(kept[-1])]
                return re.sub(r"^(?:the|an?|his|her|its|their) ", "", text)
    return None


def _under(token: Any, root: Any) -> bool:
    """Whether the token depends on the name, within three steps."""
    for _ in range(3):
        token = token.head
        if token == root:
            return True
    return False
