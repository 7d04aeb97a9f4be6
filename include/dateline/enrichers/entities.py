"""Names as they stand in the text, and who or what they name, once for the whole article."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from dateline.text.gazetteer import COUNTRY, Spot, fold
from dateline.text.geocode import resolve
from dateline.text.names import Name, Naming, group
from dateline.text.story import Knowledge, Paragraph, Story

NAMED = frozenset(
    {"PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"}
)
"""OntoNotes labels kept: dates and numbers have columns of their own."""

_LABELS = {"PER": "PERSON"}
"""Models of other languages use the four labels of CoNLL; LOC and ORG are the same."""

_HEAD = re.compile(r"(?:the|an?|mrs?\.?|ms\.?|dr\.?)\s+|[\s\"“”‘’'(,.-]+", re.IGNORECASE)
_TAIL = re.compile(r"(?:['’]s?|[\s\"“”‘(,;:-]+)$")
_CAPITALISED = re.compile(r"[A-Z][\w.'’&-]*(?: (?:[A-Z][\w.'’&-]*|of|the|and))*")
_NO_WORD = re.compile(r"[^\W\d_]")
_WINDOW = 4
_METROPOLIS = 1_000_000
_SHORT = ("U.S.", "US", "U.K.", "UK", "EU", "U.N.", "UN")
"""Names of two letters that are names wherever they stand in capitals."""


def entities(story: Story, found: dict[str, Any]) -> dict[str, Any]:
    """Columns: mentions, entities.

    Beside them `spots` (a place or None for each mention), for the enrichers that follow. Without a
    model of the language there are no mentions: a model of another language would mangle the text.
    """
    if not story.parsed:
        return {"mentions": [], "entities": [], "spots": []}
    names: list[Name] = []
    for paragraph in story.paragraphs:
        names += _paragraph(paragraph, story.knowledge, story.english)
    names = _with_dateline(names, found["place_line"])
    names = _vote(names, story.knowledge)
    names.sort(key=lambda name: name.start)
    spots = _spots(story, names, found["home"])
    made, index = group(names, spots, Naming(story, found["home"]))
    mentions = [
        {"exact": name.exact, "start": name.start, "end": name.end, "label": name.label, "entity": entity}
        for name, entity in zip(names, index, strict=True)
    ]
    return {"mentions": mentions, "entities": made, "spots": spots}


def _paragraph(paragraph: Paragraph, knowledge: Knowledge, english: bool) -> list[Name]:
    text = paragraph.text
    found: list[tuple[int, int, str]] = []
    for span in paragraph.doc.ents:
        label = _LABELS.get(span.label_, span.label_)
        if label in NAMED and not (english and span.text.islower()):
            trimmed = _trim(text, span.start_char, span.end_char)
            if trimmed:
                found += _split(text, *trimmed, label, knowledge)
    if english:
        found = _with_known(text, found, knowledge)
    return [Name(paragraph.start + s, paragraph.start + e, label, text[s:e]) for s, e, label in found]


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Without leading article, closing possessive, quotes and white space; None if nothing is left."""
    while (match := _HEAD.match(text, start, end)) and match.end() > start:
        start = match.end()
    while start < end and (match := _TAIL.search(text[start:end])):
        end = start + match.start()
    return (start, end) if start < end and _NO_WORD.search(text, start, end) else None


def _split(text: str, start: int, end: int, label: str, knowledge: Knowledge) -> list[tuple[int, int, str]]:
    """`U.S.-Japan` is two countries."""
    exact = text[start:end]
    parts = re.split(r"[-–/]", exact)
    if len(parts) == 2 and all(knowledge.gazetteer.country_of(part) for part in parts):
        middle = start + len(parts[0])
        return [
            (start, middle, _label(parts[0], "GPE", knowledge)),
            (middle + 1, end, _label(parts[1], "GPE", knowledge)),
        ]
    return [(start, end, _label(exact, label, knowledge))]


def _label(exact: str, label: str, knowledge: Knowledge) -> str:
    """The label that the tables give a name, else the model's.

    A model sees a sentence only; what a country, its adjective or an outlet is called it need not guess.
    """
    key = fold(exact)
    if key in knowledge.outlets or key in knowledge.organisations:
        return label if label in ("WORK_OF_ART", "PERSON") and " " not in key else "ORG"
    if key in knowledge.ambiguous:
        return label
    if key in knowledge.gazetteer.adjectives:
        return label if label == "LANGUAGE" else "NORP"
    places = knowledge.gazetteer.names.get(key)
    if places and _is_place(places[0], label):
        return "GPE" if places[0].feature_code not in ("RGN", "CONT") else "LOC"
    return label


def _is_place(spot: Spot, label: str) -> bool:
    """Whether a name is that place whatever the model made of it.

    Virginia may be a woman, not a company; a city must be large, as most teams and firms share the name
    of a small one.
    """
    if spot.feature_code == COUNTRY or label in ("NORP", "FAC", "PRODUCT"):
        return True
    if spot.feature_code == "ADM1":
        return label == "ORG"
    return spot.population > _METROPOLIS and label in ("ORG", "PERSON")


def _with_known(
    text: str, found: list[tuple[int, int, str]], knowledge: Knowledge
) -> list[tuple[int, int, str]]:
    """Add names of the tables that the model missed; a longer one replaces what lies inside it."""
    added: list[tuple[int, int, str]] = []
    for match in _CAPITALISED.finditer(text):
        start = match.start()
        words = [(start + w.start(), start + w.end()) for w in re.finditer(r"[^\s-]+", match[0])]
        position = 0
        while position < len(words):
            step = 1
            for count in range(min(_WINDOW, len(words) - position), 0, -1):
                first, last = words[position][0], words[position + count - 1][1]
                label, last = _known(text, first, last, knowledge)
                if label and not any(s <= first and last <= e for s, e, _ in found):
                    added.append((first, last, label))
                    step = count
                    break
            position += step
    kept = [name for name in found if not any(s <= name[0] and name[1] <= e for s, e, _ in added)]
    kept += [name for name in added if not any(s < name[1] and name[0] < e for s, e, _ in kept)]
    return sorted(kept)


def _known(text: str, start: int, end: int, knowledge: Knowledge) -> tuple[str, int]:
    """(label, end) of a name of the tables; the label is empty for what may be another word."""
    exact = text[start:end].rstrip(".,'’")
    if exact.endswith(("'s", "’s")):
        exact = exact[:-2]
    full = text[start : start + len(exact) + 1]
    if full.endswith(".") and full.count(".") > 1:
        exact = full  # U.S.
    key = fold(exact)
    if not key or key in knowledge.ambiguous or (len(key) < 3 and exact not in _SHORT):
        return "", end
    stop = start + len(exact)
    if key in knowledge.gazetteer.adjectives:
        return "NORP", stop
    places = knowledge.gazetteer.names.get(key, ())
    if places and places[0].feature_code in (COUNTRY, "CONT"):
        return ("GPE" if places[0].feature_code == COUNTRY else "LOC"), stop
    if places and places[0].feature_code == "RGN":
        return "LOC", stop
    certain = " " in key or (exact.isupper() and len(exact) > 2)
    if certain and (key in knowledge.outlets or key in knowledge.organisations):
        return "ORG", stop
    return "", end


def _with_dateline(names: list[Name], line: dict[str, Any] | None) -> list[Name]:
    """The place of the place line is a mention like any other, where it stands in the text."""
    if line is None or line["start"] is None or line["country"] is None:
        return names
    city = line["exact"].split(",")[0]
    start, end = line["start"], line["start"] + len(city)
    rest = [name for name in names if name.end <= start or name.start >= end]
    return [Name(start, end, "GPE", city), *rest]


def _vote(names: list[Name], knowledge: Knowledge) -> list[Name]:
    """One label a name in an article: the most frequent; and a lone surname is that person's.

    A country is nobody's surname: the last word of a name may be one where the model took too much.
    """
    labels: dict[str, Counter[str]] = {}
    for name in names:
        labels.setdefault(fold(name.exact), Counter())[name.label] += 1
    people = {
        fold(name.exact).split(" ")[-1]
        for name in names
        if name.label == "PERSON" and 1 <= name.exact.count(" ") <= 3
    }
    voted = []
    for name in names:
        key = fold(name.exact)
        best = max(labels[key].items(), key=lambda item: (item[1], item[0] == name.label, item[0]))[0]
        lone = key in people and knowledge.gazetteer.country_of(key) is None
        if lone and best in ("ORG", "GPE", "PRODUCT", "NORP", "WORK_OF_ART", "FAC"):
            best = "PERSON"
        voted.append(Name(name.start, name.end, best, name.exact))
    return voted


def _spots(story: Story, names: list[Name], home: Spot | None) -> list[Spot | None]:
    """Places for the names that can be on a map."""
    placed = [i for i, name in enumerate(names) if name.label in ("GPE", "LOC", "NORP", "FAC")]
    mentions = [(names[i].start, names[i].end, names[i].label) for i in placed]
    found = resolve(story.text, mentions, story.knowledge.gazetteer, home)
    spots: list[Spot | None] = [None] * len(names)
    for i, spot in zip(placed, found, strict=True):
        spots[i] = spot
    return spots
