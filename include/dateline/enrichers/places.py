"""Places on the map: each place once, with all the spans that name it."""

from __future__ import annotations

import re
from typing import Any

from dateline.text.gazetteer import COUNTRY, Spot
from dateline.text.story import Story

_NAME = re.compile(r"(?<![\w-])[^\W\d_a-zß-öø-ÿ][\w'’-]+(?: (?:[^\W\d_a-z][\w'’-]+|d[aeiou]s?|l[ao]s?)){0,2}")
_WORLD_CITY = 500_000
"""Without a model that tells names from words, only countries and cities of this size are taken."""


def places(story: Story, found: dict[str, Any]) -> dict[str, Any]:
    """Columns: places, in the order of their first span.

    Adjectives (`Japanese`) count as their country, as the sets that measure geocoding have it.
    """
    spans: list[tuple[int, int, Spot]] = [
        (mention["start"], mention["end"], spot)
        for mention, spot in zip(found["mentions"], found["spots"], strict=True)
        if spot is not None and mention["label"] in ("GPE", "LOC", "NORP", "FAC")
    ]
    if not story.parsed:
        spans = _by_name(story)
    groups: dict[tuple[int | None, str], list[tuple[int, int, Spot]]] = {}
    for span in spans:
        groups.setdefault((span[2].geonames_id, span[2].name), []).append(span)
    return {"places": [_place(group) for group in groups.values()]}


def _place(group: list[tuple[int, int, Spot]]) -> dict[str, Any]:
    spot = group[0][2]
    return {
        "geonames_id": spot.geonames_id,
        "name": spot.name,
        "feature_code": spot.feature_code,
        "country": spot.country,
        "admin1": spot.admin1,
        "lat": spot.lat,
        "lon": spot.lon,
        "count": len(group),
        "spans": [{"start": start, "end": end} for start, end, _ in group],
    }


def _by_name(story: Story) -> list[tuple[int, int, Spot]]:
    """Names of countries and large cities as they stand, for a language without a model.

    Errs towards finding too little: names in other spellings than the gazetteer's are missed.
    """
    gazetteer, made = story.knowledge.gazetteer, []
    for paragraph in story.paragraphs:
        for match in _NAME.finditer(paragraph.text):
            if not match[0][0].isupper():
                continue
            words = match[0].split(" ")
            for count in range(len(words), 0, -1):
                name = " ".join(words[:count])
                spot = next(iter(gazetteer.lookup(name)[:1]), None) if len(name) > 4 else None
                if spot and (spot.feature_code == COUNTRY or spot.population >= _WORLD_CITY):
                    start = paragraph.start + match.start()
                    made.append((start, start + len(name), spot))
                    break
    return made
