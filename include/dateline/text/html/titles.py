"""The headline: what most of a page's voices agree on, without the site's name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from dateline.text.html.evidence import Evidence
from dateline.text.html.fact import Fact
from dateline.text.html.jsonld import texts
from dateline.text.normalise import clean_line
from dateline.text.urls import site_of

_LONGEST = 400
_SEPARATOR = re.compile(
    r"\s+[|\-–—·•:»«>/_~]+\s+|\s*[|｜»«]\s*|(?<=\w): |_(?=[^\W_])|(?<=[\u3000-\u9fff])-(?=\S)"
)
_NOT_PLAIN = re.compile(r"[\W_]+")
# What a site puts where there is no headline.
_EMPTY_WORDS = frozenset({"home", "news", "untitled", "article", "index", "404", "menu", "search"})


@dataclass(frozen=True, slots=True)
class _Voice:
    text: str
    source: str
    weight: float


def headline(page: Evidence, lead_title: str | None = None, lead_source: str = "feed") -> Fact[str | None]:
    """The headline of a page.

    Every voice (JSON-LD, `<h1>`, OpenGraph, other meta, `<title>`, feed entry) votes for its words with
    the weight of its kind; the form shown is that of the heaviest voice among the winners.
    """
    sites = site_names(page)
    voices = [voice for voice in _voices(page, sites, lead_title, lead_source) if plain(voice.text)]
    if not voices:
        return Fact(None)
    votes: dict[str, float] = {}
    for voice in voices:
        votes[plain(voice.text)] = votes.get(plain(voice.text), 0.0) + voice.weight
    best = max(votes, key=lambda words: (votes[words], -_first(voices, words)))
    shown = max((voice for voice in voices if plain(voice.text) == best), key=lambda voice: voice.weight)
    share = votes[best] / sum(votes.values())
    confidence = min(0.99, 0.45 + 0.25 * min(votes[best], 2.0) / 2.0 + 0.29 * share)
    return Fact(shown.text, shown.source, round(confidence, 3))


def site_names(page: Evidence) -> list[str]:
    """What the site is called, as far as the page tells: names, the account, the domain's own label."""
    names = [
        *page.affixes,
        page.first("og:site_name", "al:ios:app_name", "application-name", "apple-mobile-web-app-title"),
        page.first("dc.publisher", "publisher", "twitter:app:name:iphone", "cre"),
        page.first("twitter:site").lstrip("@"),
        *texts(page.linked.get("publisher")),
    ]
    for node in page.others:
        if str(node.get("@type")).lower() in ("website", "newsmediaorganization"):
            names.extend(texts(node.get("name"))[:1])
    site = site_of(page.url) or site_of(page.canonical)
    names.append(site or "")
    names.append((site or "").partition(".")[0])
    return [name for name in dict.fromkeys(map(clean_line, names)) if name and len(name) < 80]


def plain(text: str) -> str:
    """Letters and digits alone, in lower case: equal for titles that read alike."""
    return _NOT_PLAIN.sub("", unicodedata.normalize("NFKC", text)).casefold()


def without_site(title: str, sites: list[str], others: list[str]) -> str:
    """A title without the site's name, section and slogan around it.

    A part is cut where it is the site's name, or where what remains is what another voice says.
    """
    known = {plain(site) for site in sites}
    said = {plain(other) for other in others}
    while True:
        cuts = [(found.start(), found.end()) for found in _SEPARATOR.finditer(title)]
        for start, end in [*reversed(cuts), *cuts]:
            head, tail = title[:start].strip(), title[end:].strip()
            if (head and _is_site(tail, known)) or (head and plain(head) in said and len(plain(head)) > 8):
                title = head
                break
            if (tail and _is_site(head, known)) or (tail and plain(tail) in said and len(plain(tail)) > 8):
                title = tail
                break
        else:
            return title


def _is_site(part: str, known: set[str]) -> bool:
    words = plain(part)
    if not words:
        return False
    if words in known:
        return True
    return any(_is_named(words.removeprefix("the"), name.removeprefix("the")) for name in known)


def _is_named(words: str, name: str) -> bool:
    """One name in the other: "Harbour News Online" for the site Harbour News, "Harbour" for harbourtimes."""
    if len(name) < 3:
        return False
    return (
        words == name
        or (words.startswith(name) and len(words) <= len(name) + 12)
        or (name.startswith(words) and len(words) >= 4)
    )


def _voices(page: Evidence, sites: list[str], lead: str | None, lead_source: str) -> list[_Voice]:
    heading = 1.6 if len(page.headings) == 1 else 0.5
    named = page.first("parsely-title", "dc.title", "dcterms.title", "sailthru.title", "hdl", "title")
    raw = [
        # Weights by how often each is the headline that people gave: JSON-LD .86, a lone h1 .84, OpenGraph
        # .83, Twitter .76, title .70 (over 600 pages); and what agrees counts twice by itself.
        *(_Voice(text, "json-ld", 3.0) for text in texts(page.linked.get("headline"))[:1]),
        *(_Voice(text, "html", heading) for text in page.headings[:1]),
        *(_Voice(text, "html", 0.2) for text in page.headings[1:3]),
        *(_Voice(text, "meta", 0.8) for text in page.meta.get("og:title", [])[:1]),
        *(_Voice(text, "microdata", 0.8) for text in page.items.get("headline", [])[:1]),
        _Voice(lead or "", lead_source, 5.0 if lead_source == "archive" else 1.2),
        _Voice(page.first("twitter:title", "twitter:text:title"), "meta", 0.4),
        _Voice(named, "meta", 0.3),
        _Voice(page.title, "html", 0.2),
    ]
    voices = [_Voice(clean_line(voice.text), voice.source, voice.weight) for voice in raw]
    voices = [voice for voice in voices if 0 < len(voice.text) <= _LONGEST]
    known = {plain(site) for site in sites}
    kept = []
    for voice in voices:
        others = [other.text for other in voices if other is not voice]
        text = without_site(voice.text, sites, others)
        if plain(text) not in known and plain(text) not in _EMPTY_WORDS:
            kept.append(_Voice(text, voice.source, voice.weight))
    return kept


def _first(voices: list[_Voice], words: str) -> int:
    return next(at for at, voice in enumerate(voices) if plain(voice.text) == words)
