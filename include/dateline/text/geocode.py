"""Which of the places of a name is meant: by what follows the name, and by the story's other places."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from dateline.text.gazetteer import CONTINENT, COUNTRY, REGION, STATE, Gazetteer, Spot, fold

_WITHIN = re.compile(r",? ?\(?((?:[A-Z][\w.'’-]*)(?: [A-Z][\w.'’-]*){0,2})")
_AFFIX = re.compile(
    r"^(?:(?:north|south|east|west|central|northern|southern|eastern|western|mainland|upstate|downtown"
    r"|greater|city of|state of|province of) ?)+|(?:'s?| city| state| province| county| region)$"
)

_COUNTRY_VOTE, _STATE_VOTE, _HOLDER = 2.0, 1.5, 8.0
"""Weights beside log10 of the population (a city of a million: 6): the story's own country can lift a
small town over a distant city of ten times its size, not over one of a thousand times."""


def resolve(
    text: str, mentions: Sequence[tuple[int, int, str]], gazetteer: Gazetteer, home: Spot | None
) -> list[Spot | None]:
    """A place for each mention (start, end, label), None where the name is of no known place.

    Args:
        text: the whole text, for what follows a name (`Paris, Texas`).
        home: where the story was written, if known; counts as one more mention of its country.

    One name means one place in one text, unless followed by its state or country.
    """
    hints = [_hint(text, end, gazetteer) for _, end, _ in mentions]
    countries: Counter[str] = Counter()
    states: Counter[tuple[str, str]] = Counter()
    for spot in (home, *hints, *(_certain(text[start:end], gazetteer) for start, end, _ in mentions)):
        if spot is not None and spot.country:
            countries[spot.country] += 1
            if spot.admin1:
                states[spot.country, spot.admin1] += 1
    found: list[Spot | None] = []
    meant: dict[str, Spot | None] = {}
    hinted = {
        fold(text[start:end]): hint for (start, end, _), hint in zip(mentions, hints, strict=True) if hint
    }
    for start, end, label in mentions:
        key = fold(text[start:end])
        if key not in meant:
            meant[key] = _choose(text[start:end], label, hinted.get(key), gazetteer, countries, states)
        found.append(meant[key])
    return found


def _hint(text: str, end: int, gazetteer: Gazetteer) -> Spot | None:
    """The state or country right after a comma: `Paris, Texas`, `Lyon, France`."""
    match = _WITHIN.match(text, end, end + 60) if text[end : end + 1] == "," else None
    if match is None:
        return None
    words = match[1].split(" ")
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count]).rstrip(",")
        spot = gazetteer.state(name) or gazetteer.state(name.rstrip("."))
        spot = spot or next((s for s in gazetteer.lookup(name)[:1] if s.feature_code == COUNTRY), None)
        if spot is not None:
            return spot
    return None


def _certain(name: str, gazetteer: Gazetteer) -> Spot | None:
    """The country or state that a name stands for, unless cities or several states share it."""
    country = gazetteer.country_of(name)
    if country is not None:
        shared = gazetteer.state(name) if len(name) > 3 else None
        return country if shared is None else None
    candidates = gazetteer.lookup(name)
    if candidates and candidates[0].feature_code == STATE:
        return candidates[0]
    return gazetteer.state(name) if "." in name else None


def _choose(
    name: str,
    label: str,
    hint: Spot | None,
    gazetteer: Gazetteer,
    countries: Counter[str],
    states: Counter[tuple[str, str]],
) -> Spot | None:
    if label == "NORP":
        return gazetteer.country_of(name) or gazetteer.continents.get(fold(name))
    if "." in name and (state := gazetteer.state(name)) and not gazetteer.country_of(name):
        return state
    candidates = _candidates(name, gazetteer)
    if not candidates:
        return gazetteer.country_of(name)
    if hint is not None:
        inside = [spot for spot in candidates if _inside(spot, hint)]
        if inside:
            return inside[0]
    all_countries, all_states = sum(countries.values()) or 1, sum(states.values()) or 1

    def score(position: int) -> tuple[float, int]:
        spot = candidates[position]
        weight = math.log10(spot.population + 1000)
        if spot.feature_code in (COUNTRY, CONTINENT, REGION):
            weight = _HOLDER + 1.0
        elif spot.feature_code == STATE:
            weight = _HOLDER
        weight += _COUNTRY_VOTE * countries[spot.country or ""] / all_countries
        weight += _STATE_VOTE * states[spot.country or "", spot.admin1 or ""] / all_states
        # The first candidate is the gazetteer's own choice among equals (Washington is the capital).
        return weight + (0.5 if position == 0 else 0.0), -position

    if candidates[0].feature_code == "PPL" and candidates[0].population > 400_000:
        # A world city named without its country is itself, also beside a state of that name.
        candidates = tuple(spot for spot in candidates if spot.feature_code != STATE)
    return candidates[max(range(len(candidates)), key=score)]


def _candidates(name: str, gazetteer: Gazetteer) -> tuple[Spot, ...]:
    """Places of that name, else of the name without `northern` or `city`."""
    found = gazetteer.lookup(name)
    short = "" if found else _AFFIX.sub("", fold(name)).strip()
    return gazetteer.lookup(short) if short else found


def _inside(spot: Spot, holder: Spot) -> bool:
    if spot.country != holder.country or spot.feature_code in (COUNTRY, CONTINENT):
        return False
    return holder.feature_code == COUNTRY or (
        spot.admin1 == holder.admin1 and spot.geonames_id != holder.geonames_id
    )
