"""Places by name: countries, their adjectives, states, cities. A pure data structure.

It is filled by `edges.models` from GeoNames data (CC BY 4.0) and from `data/places.json`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

COUNTRY, STATE, CONTINENT, REGION = "PCLI", "ADM1", "CONT", "RGN"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place.

    Args:
        geonames_id: its GeoNames id; None for a region that GeoNames has no one entry for.
        name: primary name, in English for countries and states.
        feature_code: GeoNames feature code (PCLI country, ADM1 state, PPL city, CONT continent, RGN).
        country: ISO 3166-1 alpha-2; None for what lies in several.
        admin1: code of the state or province, as GeoNames has it.
        lat, lon: WGS 84 degrees; of a country or state the mean of its cities weighted by population,
            which is where its people are, not its outline's centre.
        population: people; 0 if unknown.
    """

    geonames_id: int | None
    name: str
    feature_code: str
    country: str | None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    population: int = 0


def fold(name: str) -> str:
    """A name in the form in which names are compared: no case, accents, dots, leading article.

    >>> fold("The U.S.") == fold("US"), fold("São Paulo")
    (True, 'sao paulo')
    """
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
        name = name.replace("’", "'")
    words = name.casefold().replace(".", "").replace("-", " ").split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)


@dataclass(frozen=True)
class Gazetteer:
    """Names to places.

    Args:
        names: folded name → candidates, best first (countries, states, then cities by population).
        aliases: folded name → candidates under other names than their own; asked only where `names`
            knows nothing, as small towns borrow the names of large ones.
        adjectives: folded adjective or demonym → ISO code of its country (`Japanese` → JP).
        countries: ISO code → country.
        states: (ISO code, folded name or abbreviation) → state.
        continents: folded adjective → continent (`European` → Europe).
    """

    names: Mapping[str, tuple[Spot, ...]] = field(default_factory=dict)
    aliases: Mapping[str, tuple[Spot, ...]] = field(default_factory=dict)
    adjectives: Mapping[str, str] = field(default_factory=dict)
    countries: Mapping[str, Spot] = field(default_factory=dict)
    states: Mapping[tuple[str, str], Spot] = field(default_factory=dict)
    continents: Mapping[str, Spot] = field(default_factory=dict)

    def lookup(self, name: str) -> tuple[Spot, ...]:
        """Candidates for a name, best first; adjectives are not asked."""
        key = fold(name)
        return self.names.get(key) or self.aliases.get(key) or ()

    def country_of(self, name: str) -> Spot | None:
        """The country that a name or an adjective stands for, if it is one."""
        key = fold(name)
        code = self.adjectives.get(key)
        if code is not None:
            return self.countries.get(code)
        found = self.names.get(key) or self.aliases.get(key)
        return found[0] if found and found[0].feature_code == COUNTRY else None

    def state(self, name: str, country: str | None = None) -> Spot | None:
        """The state that a name or abbreviation stands for; of any country if none is given."""
        key = fold(name)
        if country is not None:
            return self.states.get((country, key))
        return next((self.states[code, key] for code in ("US", "CA", "AU", "GB")
                     if (code, key) in self.states), None)  # fmt: skip


def ranked(spots: Iterable[Spot]) -> tuple[Spot, ...]:
    """Candidates of one name, best first: what holds others before what lies in them, then by people."""
    order = {COUNTRY: 0, CONTINENT: 0, REGION: 1, STATE: 1}
    return tuple(
        sorted(
            spots,
            key=lambda spot: (order.get(spot.feature_code, 2), -spot.population, spot.geonames_id or 0),
        )
    )
