"""Stubs: what a site shows in place of many articles ("reserved for our subscribers") tells of none of them.

A site that has the same few words under three titles shows them for several articles; under two it may have
given a notice a better title. Errs towards keeping apart: a notice under its third title is one text too
many. The second of the articles that a stub stands for is still taken for a copy of the first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import islice, takewhile

from dateline.text.hosts import registrable
from dateline.text.sketches import LEAST
from dateline.text.texts import Texts

LONGEST = 56
"""Fewer shingles than this (a text of under 60 words) may be a stub."""
TITLES = 3
"""Titles on one site from which on the words are a stub wherever they stand."""


class Stubs:
    """Tells texts that only their title makes an article of."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._since: dict[str, list[int]] = {}
        self._own: dict[tuple[str, str], list[int]] = {}

    def equal(self, place: int, oldest: int) -> Iterator[int]:
        """The texts before the one at `place` that repeat the same words, earliest first, from `oldest` on.

        Where the words alone are no evidence, only those of the same title or article.
        """
        texts = self._texts
        content, article = texts.contents[place], texts.articles[place]
        if not self._needs_title(place, oldest):
            return _between(texts.by_content[content], oldest, place)
        titled = texts.by_titled_content[content, texts.titles[place]]
        if (article, content) not in self._own:
            own = [text for text in texts.by_article.get(article, []) if texts.contents[text] == content]
            self._own[article, content] = own
        return merge(_between(titled, oldest, place), _between(self._own[article, content], oldest, place))

    def _needs_title(self, place: int, oldest: int) -> bool:
        # A few words ("Watch the video") are a text of their own only together with their title.
        count = int(self._texts.shingles.counts[place])
        return count < LEAST or (count < LONGEST and self._stub_since(place) >= oldest)

    def _stub_since(self, place: int) -> int:
        """From which place on a site has the words under so many titles; -1 where none has."""
        content = self._texts.contents[place]
        if content not in self._since:
            self._since[content] = self._found(content)
        return self._since[content][bisect_left(self._texts.by_content[content], place)]

    def _found(self, content: str) -> list[int]:
        """`_stub_since` of each of the texts with some words."""
        texts = self._texts
        newest: dict[str, list[int]] = {}
        found, since = [], -1
        for place in texts.by_content[content]:
            title, site = texts.titles[place], self._site(place)
            if title is not None and site is not None:
                others = [
                    text
                    for text in newest.get(site, [])
                    if texts.titles[text] != title and texts.articles[text] != texts.articles[place]
                ]
                newest[site] = [place, *others][:TITLES]
                if len(newest[site]) == TITLES:
                    since = max(since, newest[site][-1])
            found.append(since)
        return found

    def _site(self, place: int) -> str | None:
        key = self._texts.pages[place]
        host = key.partition(":")[2].partition("/")[0].partition("?")[0] if key else ""
        return registrable(host) if host else None


def _between(places: Sequence[int], first: int, end: int) -> Iterator[int]:
    """Those of some places, which rise, that lie from `first` on and before `end`."""
    return takewhile(lambda place: place < end, islice(places, bisect_left(places, first), None))
