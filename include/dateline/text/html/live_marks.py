"""What names the entries of a live blog, whatever comes above them later."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urldefrag

from dateline.text.html.evidence import Evidence
from dateline.text.html.fact import Fact
from dateline.text.html.live_markup import Update
from dateline.text.normalise import content_hash
from dateline.text.urls import absolute, same_site, url_key
from dateline.text.when import When

_COUNTER = re.compile(r"\D*\d{1,4}\D*")
"""`post-3`, `7_box`: mostly a place in the page, which is another entry's in the next capture."""


def own_keys(page: Evidence) -> set[str | None]:
    """The keys of the URLs by which a page calls itself."""
    return {url_key(page.url), url_key(absolute(page.canonical or "", page.url))}


def marks_of(found: Sequence[Update], times: Sequence[Fact[When | None]], page: Evidence) -> list[str]:
    """For each entry what no other of the page has and what stays, whatever is added above it.

    Its name in the page or its own URL; else its instant; else its headline or words. Where two have the
    same, the older ones come first: a page that is added to keeps their order.
    """
    own = own_keys(page)
    names = [names_of(each, own, page.url) for each in found]
    often = Counter(name for each in names for name in set(each))
    marks = []
    for each, mine, when in zip(found, names, times, strict=True):
        name = next((name for name in mine if often[name] == 1), None)
        marks.append(f"name {name}" if name else _said(each, when))
    return _numbered(marks, times)


def _said(update: Update, posted: Fact[When | None]) -> str:
    when = posted.value
    if when is not None and when.precision in ("instant", "minute"):
        return f"at {when.instant.isoformat()}"
    return f"said {content_hash(update.title or update.text)}"


def names_of(update: Update, own: set[str | None], base: str | None = None) -> list[str]:
    """Fragments and ids of an entry, and URLs of its own; no mere numbers of places."""
    found = []
    for said in (*update.links, *update.names):
        said = said.strip()[:500]
        address, fragment = urldefrag(said) if "#" in said else (said, "")
        link = absolute(address, base) if address.startswith(("http:", "https:", "/")) else None
        if fragment or link is None:
            found.append(fragment or said)
        elif own and url_key(link) not in own and same_site(link, base):
            found.append(url_key(link) or "")
    return [name for name in dict.fromkeys(found) if len(name) > 2 and not _COUNTER.fullmatch(name)]


def _numbered(marks: list[str], times: Sequence[Fact[When | None]]) -> list[str]:
    """The marks, those that are met again with a number, counted from the oldest end of the page."""
    known = [time.value.instant for time in times if time.value]
    is_oldest_first = len(known) > 1 and known[0] < known[-1]
    places = range(len(marks)) if is_oldest_first else range(len(marks) - 1, -1, -1)
    met: Counter[str] = Counter()
    made = list(marks)
    for place in places:
        mark = marks[place]
        if met[mark]:
            made[place] = f"{mark} {met[mark]}"
        met[mark] += 1
    return made
