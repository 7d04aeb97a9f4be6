"""The place line that opens a story: `TOKYO`, `PARIS, Texas (AP) -`, `Kyiv, 3 March (Reuters) —`."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from dateline.text.gazetteer import Gazetteer, Spot
from dateline.text.geocode import resolve
from dateline.text.story import Story

_CAPS = r"[^\W\d_a-zß-öø-ÿ][^\W\d_a-zß-öø-ÿ.'’-]+(?: [^\W\d_a-zß-öø-ÿ][^\W\d_a-zß-öø-ÿ.'’-]*){0,3}"
_MIXED = r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,2}"
_MONTH = (
    r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? (?P<day>\d{1,2})"
    r"|(?P<day2>\d{1,2}) (?P<month2>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
)
_AGENCY = r"\([A-Z][^()\n]{1,30}\)"
_DASH = r"(?:--|[-–—―])"
_LINE = re.compile(
    rf"\s*(?P<place>(?P<caps>{_CAPS})(?:, {_MIXED})?)(?:, (?:{_MONTH}))?\s*"
    rf"(?:(?:{_AGENCY})?\s*{_DASH}\s|{_AGENCY}\s|:\s|\n)"
)
_LINE_MIXED = re.compile(
    rf"\s*(?P<place>{_MIXED}(?:, {_MIXED})?)(?:,? (?:{_MONTH}))?\s*(?P<agency>{_AGENCY})\s*{_DASH}\s"
)
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"


def dateline(story: Story, found: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """Columns: place_line, None if there is none.

    A line in capitals counts only if the gazetteer knows it as a place or a dash or agency follows:
    a headline in capitals above a text is none.
    """
    gazetteer = story.knowledge.gazetteer
    if story.given_dateline:
        # Split off as printed: agency and day may stand behind the place.
        line = story.given_dateline
        given = _LINE.match(line + "\n") or _LINE_MIXED.match(line + " - ")
        place, day = (given["place"], _day(given, story.day)) if given else (line, None)
        spot = _spot(place, gazetteer)
        return {"place_line": _line(place, None, spot, day), "home": spot}
    match = _LINE.match(story.text, 0, 200) or _LINE_MIXED.match(story.text, 0, 200)
    if match is None or match["place"].count(" ") > 5:
        return {"place_line": None, "home": None}
    spot = _spot(match["place"], gazetteer)
    bare = not re.search(rf"{_DASH}|\(", match[0][match.end("place") - match.start() :])
    if spot is None and bare:
        return {"place_line": None, "home": None}
    made = _line(match["place"], match.start("place"), spot, _day(match, story.day))
    return {"place_line": made, "home": spot}


def _spot(place: str, gazetteer: Gazetteer) -> Spot | None:
    """The place of a line; without its state or country if the whole is unknown."""
    city = re.split(r", | and |/| \(", place, maxsplit=1)[0].strip()
    return resolve(place, [(0, len(city), "GPE")], gazetteer, None)[0]


def _line(exact: str, start: int | None, spot: Spot | None, day: str | None) -> dict[str, Any]:
    is_city = spot is not None and spot.feature_code == "PPL"
    return {
        "exact": exact,
        "start": start,
        "end": None if start is None else start + len(exact),
        "city": spot.name if spot and is_city else None,
        "country": spot.country if spot else None,
        "geonames_id": spot.geonames_id if spot else None,
        "date": day,
    }


def _day(match: re.Match[str], published: date | None) -> str | None:
    """The day in the line, in the year in which it lies nearest to publication; None without one."""
    groups = match.groupdict()
    month, day = groups["month"] or groups["month2"], groups["day"] or groups["day2"]
    if not month or published is None:
        return None
    number = _MONTHS.index(month) // 3 + 1
    days = []
    for year in (published.year - 1, published.year, published.year + 1):
        try:
            days.append(date(year, number, int(day)))
        except ValueError:
            continue
    return min(days, key=lambda one: abs(one - published)).isoformat() if days else None
