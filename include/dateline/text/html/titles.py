"""The headline: the heading that a reader sees, if anything else on the page speaks of the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dateline.text.html.evidence import Evidence
from dateline.text.html.fact import Fact
from dateline.text.html.headings import Heading
from dateline.text.html.jsonld import texts
from dateline.text.html.site_names import plain, sides, site_names
from dateline.text.html.title_ends import beside_the_name
from dateline.text.html.title_voices import AGREES, BESIDE, EMPTY_WORDS, Voice, stems_of, voices_of
from dateline.text.normalise import clean_line

_DAY = r"\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})(?:,? \d{1,2}[.:]\d{2}(?: Uhr)?)?"
_DATED = re.compile(rf"\A{_DAY}\s?[-–—|:]\s+|\s+[-–—|:]\s?{_DAY}\Z")
"""A day that the site sets before or behind its headlines."""
_RANK = {1: 2.0, 2: 0.3, 3: 0.1}
_IN_FRAME, _HIDDEN = -2.0, -0.8
_SUPPORTED = 0.4
"""The `<title>` alone carries a heading; a colon's side of it does not."""
_CLOSE = 0.25
"""Shared words over all words. Headlines and what search engines are told of them have .3 and more."""
_LEAST_ALONE = 10
"""Letters of a heading that nothing else speaks for: "Report", "Local" and the like are sections."""

_UNSURE = 0.5
_BESIDE_THE_NAME = 0.85


@dataclass(frozen=True, slots=True)
class _Seen:
    """A heading read in its best form."""

    form: str
    heading: Heading
    support: float
    score: float


def headline(page: Evidence, lead_title: str | None = None, lead_source: str = "feed") -> Fact[str | None]:
    """The headline of a page.

    It is the heading a reader sees, in the form (with or without a label before it) that most voices
    (JSON-LD, microdata, OpenGraph, other meta, `<title>`, feed entry) say. Where these say something else,
    it is still the heading as long as they share words: what is written for search engines and for
    sharing differs from the headline, not the other way round. Only where no heading has anything to do
    with them the voices choose among themselves.

    Args:
        page: what was gathered.
        lead_title: what the lead says, None if nothing.
        lead_source: of the lead; an archive's own word of a page stands above the page.
    """
    sites = _all_names(page)
    voices = voices_of(page, sites, lead_title, lead_source)
    known = {plain(site) for site in sites} | EMPTY_WORDS
    heads = [head for head in page.heads if plain(head.text) not in known]
    told = next((voice for voice in voices if voice.source == "archive"), None)
    if told is not None:
        is_echoed = _support(plain(told.text), voices) > told.weight
        return Fact(told.text, told.source, 0.97 if is_echoed else 0.85)
    seen = _seen(heads, voices)
    other = beside_the_name(page, (seen.heading, seen.form) if seen else None, voices, sites)
    if other is not None:
        return Fact(other, "html", _BESIDE_THE_NAME)
    if seen is not None:
        return _fact(seen.form, seen, voices)
    if voices:
        return _fact(_loudest(voices).text, None, voices)
    lone = next((head for head in heads if head.level == 1), None)
    return Fact(lone.unlabelled, "html", _UNSURE) if lone else Fact(None)


def _all_names(page: Evidence) -> list[str]:
    """The site's names, also one that its logo alone tells: a heading in the frame that ends `<title>`."""
    names = site_names(page)
    told = {plain(clean_line(text)) for text in _told(page)}
    ends = {plain(tail) for head, tail, is_soft in sides(page.title) if plain(head) and not is_soft}
    logos = [head.text for head in page.heads if head.level == 1 and head.is_frame]
    return [*names, *(logo for logo in logos if plain(logo) in ends - told)]


def _told(page: Evidence) -> Iterable[str]:
    """What the page says for machines to be the headline."""
    return [
        *texts(page.linked.get("headline"))[:1],
        *page.items.get("headline", [])[:1],
        *page.meta.get("og:title", [])[:1],
    ]


def _seen(heads: list[Heading], voices: list[Voice]) -> _Seen | None:
    """The heading that is the headline, None if none has anything to do with the voices."""
    is_told = any(voice.kind in ("linked", "item", "lead") for voice in voices)
    mains = sum(head.level == 1 and not head.is_frame and not head.is_hidden for head in heads)
    loudest = max((_support(plain(voice.text), voices) for voice in voices), default=0.0)
    best: _Seen | None = None
    for head in heads:
        form, support = _best_form(head, voices)
        is_main = (head.level == 1 or head.is_marked) and not head.is_frame
        # Breadcrumbs repeat what search engines are told; JSON-LD knows better than they.
        if not is_main and (support < max(_SUPPORTED, loudest / 2) or (head.is_frame and is_told)):
            continue
        close = _closeness(form, voices)
        is_related = head.is_marked or support >= _SUPPORTED or close >= _CLOSE
        is_all_there_is = mains == 1 and not is_told and len(plain(form)) >= _LEAST_ALONE
        if not is_related and not is_all_there_is:
            continue
        score = support + close + _RANK[1 if is_main else head.level]
        score += _IN_FRAME * head.is_frame + _HIDDEN * head.is_hidden
        if score > (best.score if best else 0.0):
            best = _Seen(form, head, support, score)
    return best


def _best_form(head: Heading, voices: list[Voice]) -> tuple[str, float]:
    """The form of a heading that voices say most, and how much; else without its label."""
    best = (head.unlabelled, 0.0)
    for form in (head.unlabelled, head.text, *head.forms):
        support = _support(plain(form), voices)
        if support > best[1]:
            best = form, support
    return best


def _support(key: str, voices: list[Voice]) -> float:
    return sum(voice.weight * voice.agrees(key) for voice in voices)


def _loudest(voices: list[Voice]) -> Voice:
    return max(voices, key=lambda voice: _support(plain(voice.text), voices))


def _closeness(text: str, voices: list[Voice]) -> float:
    """The greatest share of its words that a text has in common with a voice.

    Words count by their beginnings: they may be inflected.
    """
    stems = stems_of(text)
    shares = (2 * len(stems & voice.stems) / (len(stems) + len(voice.stems) or 1) for voice in voices)
    return max(shares, default=0.0)


def _fact(form: str, seen: _Seen | None, voices: list[Voice]) -> Fact[str | None]:
    """A chosen text, shown in the spelling of what names headlines best."""
    key = plain(form)
    same = [voice for voice in voices if plain(voice.text) == key]
    shown = next((voice.text for voice in same if not voice.text.isupper()), form)
    undated = _DATED.sub("", shown)
    value = undated if plain(undated) else shown
    return Fact(value, same[0].source if same else "html", _trust(key, seen, voices))


def _trust(key: str, seen: _Seen | None, voices: list[Voice]) -> float:
    """About how often such a headline is the one that people gave (measured on 700 pages).

    What counts is who else says it: a reader's heading that is also what the page wants shared is nearly
    always right, whatever the rest says. Where JSON-LD and what is shared differ, people differ too.
    """
    # Of lesser headings one that is a part of a longer title only may be the name of a section.
    least = BESIDE if seen is None or seen.heading.level == 1 else AGREES
    linked = _stand(key, "linked", voices, least)
    shared = _stand(key, "lead", voices, least) or _stand(key, "shared", voices, least)
    if seen is None:
        return 0.92 if linked and shared else 0.8 if linked else _UNSURE
    if seen.heading.is_frame:
        return _UNSURE
    if linked is False:
        return 0.7
    if shared:
        return 0.97 if seen.heading.level == 1 else 0.93
    if shared is False:
        return 0.7 if linked else 0.85
    if _stand(key, "title", voices, least) or linked:
        return 0.95
    return 0.75


def _stand(key: str, kind: str, voices: list[Voice], least: float) -> bool | None:
    """Whether the first voice of a kind says a text; None if there is no such voice."""
    first = next((voice for voice in voices if voice.kind == kind), None)
    return None if first is None else first.agrees(key) >= least
