"""The years that a page tells besides its own: whether a day that stands alone may lie in its future."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dateline.text.html.date_voices import Voice
from dateline.text.html.evidence import Evidence
from dateline.text.html.shown_dates import day_of

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_RIGHTS = re.compile(r"[©℗]|\(c\)|copyright", re.IGNORECASE)


def reaches(page: Evidence, decided: Voice, heard: Sequence[Voice]) -> bool:
    """Whether a page tells a year elsewhere that is at most one before that of its decided day.

    Asked are notices of rights, dates that readers see, addresses, and the voices that say another day. Pages
    name the year in which they are made, so that a day years after all of these is a slip or a template's
    filler. Under an old story they may be later, and say nothing against it.
    """
    wanted = decided.when.instant.year - 1
    return any(year >= wanted for year in _years(page, decided, heard))


def _years(page: Evidence, decided: Voice, heard: Sequence[Voice]) -> Iterator[int]:
    # The template that tells a false day tells it as that of a change, too.
    yield from (voice.when.instant.year for voice in heard if voice.kind not in (decided.kind, "changed"))
    addresses = [page.first("og:image", "twitter:image")]
    if decided.kind != "url":
        addresses += [page.url or "", page.canonical or ""]
    lines = (line for line in page.short_texts() if _RIGHTS.search(line) or day_of(line))
    for text in (*addresses, *lines):
        yield from map(int, _YEAR.findall(text))
