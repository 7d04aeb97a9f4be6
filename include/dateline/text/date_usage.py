"""How a country and a language write dates: order of numbers, zone names, the zone of clocks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

_NO_ZONES: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Usage:
    """What the texts of dates leave open.

    Args:
        order: of day (d), month (m) and year (y) in numeric dates: dmy, mdy or ymd; `dots` if only dates with
            dots are known to be dmy; None if nothing is known.
        zones: zone abbreviation → minutes east of UTC, where it means another zone here than elsewhere.
        zone: of clocks without one, where all clocks of a country or a language show one; else None.
    """

    order: str | None = None
    zones: Mapping[str, int] = field(default_factory=lambda: _NO_ZONES)
    zone: tzinfo | None = None


_AMERICAN = frozenset({"us", "ph", "pr", "gu"})
_YEAR_FIRST_LANDS = frozenset({"cn", "jp", "kr", "tw", "hu", "lt", "mn", "ir"})
_YEAR_FIRST = frozenset({"zh", "ja", "ko", "hu", "lt", "mn", "fa"})

_LAND_ZONES = {
    "at": "Europe/Vienna", "be": "Europe/Brussels", "bg": "Europe/Sofia", "by": "Europe/Minsk",
    "ch": "Europe/Zurich", "cz": "Europe/Prague", "de": "Europe/Berlin", "dk": "Europe/Copenhagen",
    "ee": "Europe/Tallinn", "es": "Europe/Madrid", "fi": "Europe/Helsinki", "fr": "Europe/Paris",
    "gr": "Europe/Athens", "hr": "Europe/Zagreb", "hu": "Europe/Budapest", "ie": "Europe/Dublin",
    "it": "Europe/Rome", "lt": "Europe/Vilnius", "lu": "Europe/Luxembourg", "lv": "Europe/Riga",
    "nl": "Europe/Amsterdam", "no": "Europe/Oslo", "pl": "Europe/Warsaw", "pt": "Europe/Lisbon",
    "ro": "Europe/Bucharest", "rs": "Europe/Belgrade", "se": "Europe/Stockholm", "si": "Europe/Ljubljana",
    "sk": "Europe/Bratislava", "tr": "Europe/Istanbul", "ua": "Europe/Kyiv", "uk": "Europe/London",
    "ae": "Asia/Dubai", "bd": "Asia/Dhaka", "cn": "Asia/Shanghai", "hk": "Asia/Hong_Kong",
    "il": "Asia/Jerusalem", "in": "Asia/Kolkata", "ir": "Asia/Tehran", "jp": "Asia/Tokyo",
    "kr": "Asia/Seoul", "lk": "Asia/Colombo", "my": "Asia/Kuala_Lumpur", "np": "Asia/Kathmandu",
    "ph": "Asia/Manila", "pk": "Asia/Karachi", "sa": "Asia/Riyadh", "sg": "Asia/Singapore",
    "th": "Asia/Bangkok", "tw": "Asia/Taipei", "vn": "Asia/Ho_Chi_Minh",
    "ar": "America/Argentina/Buenos_Aires", "bo": "America/La_Paz", "co": "America/Bogota",
    "cu": "America/Havana", "do": "America/Santo_Domingo",
    "gt": "America/Guatemala", "pe": "America/Lima", "py": "America/Asuncion", "uy": "America/Montevideo",
    "ve": "America/Caracas", "dz": "Africa/Algiers", "eg": "Africa/Cairo", "gh": "Africa/Accra",
    "ke": "Africa/Nairobi", "ma": "Africa/Casablanca", "ng": "Africa/Lagos", "sn": "Africa/Dakar",
    "tn": "Africa/Tunis", "za": "Africa/Johannesburg", "nz": "Pacific/Auckland",
}  # fmt: skip
"""Countries in which clocks show one time, but for islands; `.co` and `.in` are used elsewhere too, rarely in
news. Countries of several zones are left out."""

_LANGUAGE_LANDS = {
    "de": "de", "it": "it", "nl": "nl", "pl": "pl", "cs": "cz", "sk": "sk", "hu": "hu", "sv": "se",
    "da": "dk", "no": "no", "nb": "no", "nn": "no", "fi": "fi", "et": "ee", "lv": "lv", "lt": "lt",
    "el": "gr", "bg": "bg", "ro": "ro", "hr": "hr", "sl": "si", "sr": "rs", "tr": "tr", "uk": "ua",
    "he": "il", "iw": "il", "ja": "jp", "ko": "kr", "th": "th", "vi": "vn", "zh": "cn", "hi": "in",
}  # fmt: skip
"""Language → the country in whose zone nearly all of its news is written. English, French, Spanish,
Portuguese, Russian and Arabic have no such country."""

_ISRAEL = {"ist": 120, "idt": 180}
_CHINA = {"cst": 480}
_AUSTRALIA = {"est": 600, "edt": 660, "aest": 600, "aedt": 660, "cst": 570, "cdt": 630, "wst": 480}
_LAND_NAMES = {
    "il": _ISRAEL, "ie": {"ist": 60}, "cn": _CHINA, "tw": _CHINA, "hk": _CHINA, "au": _AUSTRALIA,
    "cu": {"cst": -300, "cdt": -240}, "bd": {"bst": 360}, "ph": {"pst": 480}, "pk": {"pst": 300},
    "sa": {"ast": 180}, "iq": {"ast": 180}, "kw": {"ast": 180}, "qa": {"ast": 180}, "ws": {"wst": 780},
}  # fmt: skip

_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z]{4})?(?:[-_]([a-z]{2}))?(?![a-z])")


def usage_of(language: str | None, url: str | None) -> Usage:
    """The usage of a page.

    Args:
        language: as it declares it (`de`, `pt-BR`, `en_US`), None if it does not.
        url: of the page; its country is the last label of its host.

    The country of the host goes before that of the language tag: templates say `en_US` everywhere.
    """
    found = _TAG.match((language or "").strip().lower())
    tongue, region = (found[1], found[2]) if found else ("", None)
    return _usage(tongue, region, _land(url))


def _land(url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return None
    last = host.rpartition(".")[2]
    return last if len(last) == 2 else None


@lru_cache(maxsize=512)
def _usage(tongue: str, region: str | None, land: str | None) -> Usage:
    region = "uk" if region == "gb" else region
    # Short names of other countries are sold as words: .io, .tv, .me, .ai, .fm say nothing of the place.
    here = (
        land if land in _LAND_ZONES or land in _LAND_NAMES or land in ("us", "ca", "br", "mx", "ru") else None
    )
    home = _LANGUAGE_LANDS.get(tongue)
    place = here or (region if tongue != "en" else None) or home
    zone_name = _LAND_ZONES.get(place or "") or _LAND_ZONES.get(home or "")
    return Usage(
        order=_order(tongue, here or region),
        zones=_LAND_NAMES.get(here or region or home or "", _NO_ZONES),
        zone=ZoneInfo(zone_name) if zone_name else None,
    )


def _order(tongue: str, land: str | None) -> str | None:
    """English alone tells nothing: its dates are written both ways."""
    if tongue in _YEAR_FIRST or (not tongue and land in _YEAR_FIRST_LANDS):
        return "ymd"
    if tongue == "en":
        return "dots" if land in (None, "ca") else "mdy" if land in _AMERICAN else "dmy"
    return "dmy" if tongue or land else "dots"
