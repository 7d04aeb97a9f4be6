"""What the places of a page that tell its headline say."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dateline.text.html.evidence import Evidence
from dateline.text.html.jsonld import texts
from dateline.text.html.site_names import plain, sides, without_site
from dateline.text.normalise import clean_line, words

_LONGEST = 400
_NAMED = (
    "parsely-title", "dc.title", "dcterms.title", "citation_title", "sailthru.title", "hdl", "title",
)  # fmt: skip
_OF_PAGES = frozenset({"shared", "named", "title"})
"""Kinds that title a page, often with the site's name, section or slogan beside the headline."""
# What a site puts where there is no headline.
EMPTY_WORDS = frozenset({"", "home", "news", "untitled", "article", "index", "404", "menu", "search"})
_CUT_SHORT = re.compile(r"\s?(?:…|\.\.\.)(?=\s?\Z|\s?[-–—|│·•:»]\s)")
"""At the end, or before the name of the site. Texts here have single blanks."""
_LONGEST_LINE = 200
_LEAST_CUT = 20
"""Letters that a headline cut short must still have to tell which one it was."""

AGREES, BESIDE, _SOFTLY = 1.0, 0.8, 0.3
"""A voice says a text; says it beside something else; before or behind a colon."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What one place says: its text without the site's name, and which texts it says beside others."""

    text: str
    kind: str
    source: str
    weight: float
    said: dict[str, float]
    stems: frozenset[str]

    def agrees(self, key: str) -> float:
        """How far it says a text, given in plain form."""
        return self.said.get(key, 0.0)


def voices_of(page: Evidence, sites: list[str], lead: str | None, lead_source: str) -> list[Voice]:
    """All that speak of the headline, what names it itself first; no two of them are one element."""
    told = [
        (kind, clean_line(html.unescape(text)), source, weight)
        for kind, text, source, weight in _told(page, lead or "", lead_source)
    ]
    whole = [*(text for _, text, _, _ in told), *(head.unlabelled for head in page.heads)]
    known = {plain(site) for site in sites} | EMPTY_WORDS
    voices = []
    for kind, said, source, weight in told:
        text = _completed(said, whole, page.lines)
        if not 0 < len(text) <= _LONGEST:
            continue
        # What names the headline itself is not cut to what others make of it.
        others = [other for of, other, _, _ in told if of != kind] if kind in _OF_PAGES else []
        cut = without_site(text, sites, others)
        # Rather too much than nothing, where a page gives a part of its own title for the site's name.
        short = text if plain(cut) in known else cut
        if plain(short) not in known:
            voices.append(Voice(short, kind, source, weight, _said(text, short), stems_of(short)))
    return voices


def _told(page: Evidence, lead: str, lead_source: str) -> Iterator[tuple[str, str, str, float]]:
    """(kind, text, source, weight) of each place. Weights settle only what no seen heading does."""
    yield "lead", lead, lead_source, 1.2
    for text in texts(page.linked.get("headline"))[:1]:
        yield "linked", text, "json-ld", 2.0
    marked = {head.text for head in page.heads if head.is_marked}
    for text in page.items.get("headline", [])[:1]:
        if clean_line(text) not in marked:
            yield "item", text, "microdata", 0.8
    for text in page.meta.get("og:title", [])[:1]:
        yield "shared", text, "meta", 1.0
    yield "shared", page.first("twitter:title", "twitter:text:title"), "meta", 0.4
    yield "named", page.first(*_NAMED), "meta", 0.3
    yield "title", page.title, "html", 0.5


def _completed(text: str, others: list[str], lines: Callable[[], list[str]]) -> str:
    """A text cut short for space, as another place has all of it; what stands behind the cut is the site's.

    Args:
        text: as said.
        others: what voices and headings say.
        lines: gives other lines of the page, where old pages show their headline.
    """
    cut = _CUT_SHORT.search(text)
    stub = plain(text[: cut.start()]) if cut else ""
    if len(stub) < _LEAST_CUT:
        return text
    longer = _longer(stub, others) or _longer(stub, [line for line in lines() if len(line) <= _LONGEST_LINE])
    return min(longer, key=len, default=text)


def _longer(stub: str, others: list[str]) -> list[str]:
    return [other for other in others if not _CUT_SHORT.search(other) and plain(other).startswith(stub)]


def _said(raw: str, text: str) -> dict[str, float]:
    """Plain text → how far a voice says it."""
    said = {}
    for head, tail, is_soft in sides(raw):
        said.update(dict.fromkeys((plain(head), plain(tail)), _SOFTLY if is_soft else BESIDE))
    said.update({plain(raw): AGREES, plain(text): AGREES})
    return said


def stems_of(text: str) -> frozenset[str]:
    """The beginnings of the longer words of a text, equal for most inflections."""
    kept = (word for word in words(text) if len(word) >= 4 or not word.isascii() or word.isdigit())
    return frozenset(word[:5] for word in kept)
