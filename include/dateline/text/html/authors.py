"""Who wrote it: what a page's voices agree on, as names of people, or of a desk or agency."""

from __future__ import annotations

from dataclasses import replace

from dateline.text.html.author_credits import is_agency_name
from dateline.text.html.author_names import (
    desks,
    is_person,
    looks_like_name,
    names_site,
    people,
    site_forms,
    split_names,
)
from dateline.text.html.author_voices import Voice, voices
from dateline.text.html.evidence import Evidence
from dateline.text.html.fact import Fact
from dateline.text.html.titles import plain, site_names

__all__ = ["desks", "is_person", "people", "split_names", "writers"]

Names = frozenset[str]

_WRITTEN = frozenset({"json-ld", "lead", "meta", "labelled", "second"})
_SHOWN = frozenset({"after", "close", "profiles", "signed", "microdata"})
_WEAK = frozenset({"far", "bare", "spoken", "before", "slug", "signed far"})
_EXACT = frozenset({"json-ld", "lead"})
_PLAIN = frozenset({"json-ld", "after"})
"""Those that speak of the article itself: another person told by them stays a doubt, whatever the weights."""
_CLEAR = frozenset({"after", "close", "signed"})


def writers(page: Evidence, lead_authors: list[str], lead_source: str = "feed") -> Fact[list[str]]:
    """The authors of a page: whom most voices name, by their weights.

    People count before desks and agencies, full names before accounts and first names; the site itself is
    named only where nobody else is.
    """
    said = voices(page, lead_authors, lead_source)
    if not said:
        return Fact([])
    sites = {form for name in [*site_names(page), *page.house] for form in site_forms(name)}
    others = [voice for voice in (_without_site(voice, sites) for voice in said) if voice.names]
    own = next((voice for voice in said if voice.kind in _SHOWN), said[0])
    if all(voice.kind in _WEAK and own.kind in _SHOWN for voice in others):
        # A blog is often called as its author is.
        return Fact(own.names, own.source, 0.8 if own.kind in _SHOWN else 0.4)
    groups: dict[Names, list[Voice]] = {}
    for voice in others:
        groups.setdefault(_key(voice), []).append(voice)
    best = max(groups, key=lambda key: _rank(key, groups))
    names, trust = _spelled(best, groups[best]), _confidence(best, groups)
    if not any(map(is_person, names)) and any(_shares(voice, sites) for voice in said):
        trust = round(trust - 0.05, 3)
    return Fact(names, groups[best][0].source, trust)


def named_by(page: Evidence) -> list[list[str]]:
    """The names that each voice of a page gives, from the most to the least formal; without silent voices."""
    return [voice.names for voice in voices(page, [], "feed")]


def _without_site(voice: Voice, sites: set[str]) -> Voice:
    """A voice without the site's name."""
    return replace(voice, names=[name for name in voice.names if not names_site(name, sites)])


def _shares(voice: Voice, sites: set[str]) -> bool:
    """Whether a voice names the site and an agency and no person: some count the site as an author then."""
    own = [names_site(name, sites) for name in voice.names]
    return any(own) and not all(own) and not any(map(is_person, voice.names))


def _key(voice: Voice) -> Names:
    """Whom a voice names: the people, without them the bodies."""
    persons = [name for name in voice.names if is_person(name)]
    return frozenset(map(plain, persons or voice.names))


def _spelled(key: Names, said: list[Voice]) -> list[str]:
    """The names as the most formal voice has them that writes them in full, with the bodies beside them.

    But a byline or a bare meta element names beside its people the outlet, or who built the site.
    """
    whole = [voice for voice in said if any(looks_like_name(name) for name in voice.names)]
    first = (whole or said)[0]
    kept = [name for name in first.names if first.kind in _EXACT or plain(name) in key]
    agencies = (name for voice in said for name in voice.names if is_agency_name(name))
    return people([*kept, *agencies], is_told=True)


def _rank(key: Names, groups: dict[Names, list[Voice]]) -> float:
    """The weight of who says so or a part of it; of people in full more than of accounts and bodies."""
    weight = sum(voice.weight for voice in groups[key])
    is_clear = any(voice.kind in _CLEAR for voice in groups[key])
    for other, said in groups.items():
        if other != key and _is_part(other, key):
            weight += (1.0 if is_clear else 0.6) * sum(voice.weight for voice in said)
    names = groups[key][0].names
    if not any(map(is_person, names)):
        return weight * 0.2
    whole = any(looks_like_name(name) for voice in groups[key] for name in voice.names)
    return weight if whole else weight * 0.5


def _is_part(other: Names, key: Names) -> bool:
    """Whether each name of one list is one of the other list, or its first or last part."""
    return all(
        any(name == own or (len(name) > 2 and (own.startswith(name) or own.endswith(name))) for own in key)
        for name in other
    )


def _confidence(key: Names, groups: dict[Names, list[Voice]]) -> float:
    """How often such authors are right, by which voices name them and which name other people.

    The steps are shares of right lists among some 450 pages; a list of several is right only if all of it is.
    """
    kinds = {voice.kind for voice in groups[key]}
    shown, written = len(kinds & _SHOWN), len(kinds & _WRITTEN)
    if written and shown:
        trust = 0.97
    elif shown > 1 or "after" in kinds:
        trust = 0.95 if len(key) == 1 else 0.88
    elif "json-ld" in kinds and kinds & _WEAK:
        trust = 0.92 if len(key) == 1 else 0.88
    elif shown or "json-ld" in kinds:
        trust = 0.84
    else:
        trust = 0.6
    if not any(is_person(name) for name in groups[key][0].names):
        trust -= 0.04 if written and shown else 0.2
    return round(max(0.3, trust - _doubt(key, groups)), 3)


def _doubt(key: Names, groups: dict[Names, list[Voice]]) -> float:
    """What is taken off for voices that name other people."""
    own = against = 0.0
    is_denied = False
    for other, said in groups.items():
        weight = sum(voice.weight for voice in said if voice.kind not in _WEAK)
        if _is_part(other, key):
            own += weight
        elif any(is_person(name) for name in said[0].names):
            against += weight
            is_denied = is_denied or any(
                voice.kind in _PLAIN and any(map(looks_like_name, voice.names)) for voice in said
            )
    if not against:
        return 0.0
    if against * 2 > own:
        return 0.15
    return 0.08 if is_denied else 0.02
