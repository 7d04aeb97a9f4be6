"""Which earlier text each text repeats, renews or extends: the matching that step and command share.

Every link goes to the earliest direct match in the total order (publication day, instant, id; unknown
last), and strictly backwards. Nothing follows links on to further links, so what is found for a text
depends on no other result and on no order of input.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from dateline.text.candidates import candidates
from dateline.text.compare import Likeness, Limits, compare
from dateline.text.origin import Origin, origin_of
from dateline.text.shingles import SHORT, jaccard
from dateline.text.texts import UNKNOWN_DAY, UNKNOWN_INSTANT, Rank, Texts
from dateline.text.urls import id_over

_HOUR = 3_600_000_000


@dataclass(frozen=True, slots=True)
class Link:
    """One link.

    Args:
        relation: duplicate, version or extends.
        kind: exact, near or contained for a duplicate, else None.
        similarity: Jaccard similarity, or the share of the part for contained and extends, 0 to 1.
        rank: place of the target in the total order.
        target: id of the target.
        day: its publication day, None if unknown.
        origin: where a duplicate on another site was first published, as it is guessed; else None.
    """

    relation: str
    kind: str | None
    similarity: float
    rank: Rank
    target: str
    day: date | None
    origin: Origin | None = None


Links = dict[str, Link]
"""The links of one text by relation."""


def keep_earliest(links: Links, found: Links) -> None:
    """Put the links of `found` into `links` where they go further back.

    A text extends only what was there before the text that it repeats: the full story was told then.
    """
    for relation, link in found.items():
        if relation not in links or link.rank < links[relation].rank:
            links[relation] = link
    duplicate, extends = links.get("duplicate"), links.get("extends")
    if duplicate and extends and duplicate.rank < extends.rank:
        del links["extends"]


def find_links(
    own: Texts, earlier: Texts, limits: Limits, window_days: int | None = None
) -> Iterator[tuple[int, Links]]:
    """The links of the texts of `own` to texts of `earlier` (which may be `own` itself).

    `window_days` is the most days that a link spans, None for any; a text of unknown day then links to
    such only. Yields the place in `own` and its links, only for texts that have any.
    """
    pairing = _Pairing(own, earlier, limits, window_days)
    sources, targets = candidates(own, earlier)
    for content, places in own.by_content.items():
        first, last = np.searchsorted(sources, (places[0], places[0] + 1))
        others = targets[first:last].tolist()
        for place in places:
            if links := pairing.links(place, content, others):
                yield place, links


class _Pairing:
    """Compares texts of two sets; remembers no more than the pairs of one content."""

    def __init__(self, own: Texts, earlier: Texts, limits: Limits, window_days: int | None) -> None:
        self._own, self._earlier, self._limits, self._window = own, earlier, limits, window_days
        self._seen: dict[int, Likeness] = {}
        self._seen_of = ""

    def links(self, place: int, content: str, others: list[int]) -> Links:
        """The links of one text; `others` are the first texts of contents like its own."""
        links: Links = {}
        for found in (self._exact(place, content), self._version(place)):
            if found is not None:
                links[found.relation] = found
        for found in self._headline(place):
            keep_earliest(links, {found.relation: found})
        for target, other in self._reachable(place, others):
            if "duplicate" in links and links["duplicate"].rank < self._earlier.rank(target):
                break
            found = self._alike(place, content, target, other)
            if found is not None:
                keep_earliest(links, {found.relation: found})
        return links

    def _exact(self, place: int, content: str) -> Link | None:
        own, earlier = self._own, self._earlier
        count = int(own.shingles.counts[place])
        if not count:
            return None
        for target in self._before(place, earlier.by_content.get(content, [])):
            if self._is_page_of_other(place, target):
                continue
            same = own.articles[place] == earlier.articles[target]
            # A few words ("Watch the video") are a text of their own only together with their title.
            if same or count >= SHORT or own.titles[place] == earlier.titles[target]:
                return self._link(place, "duplicate", "exact", 1.0, target)
        return None

    def _version(self, place: int) -> Link | None:
        own, earlier = self._own, self._earlier
        for target in self._before(place, earlier.by_article.get(own.articles[place], [])):
            if own.contents[place] == earlier.contents[target]:
                return self._link(place, "version", None, 1.0, target)
            similarity = jaccard(own.shingles[place], earlier.shingles[target])
            return self._link(place, "version", None, similarity, target)
        return None

    def _headline(self, place: int) -> Iterator[Link]:
        """The links between a text that is but the headline of a story and that story."""
        own, earlier = self._own, self._earlier
        headline, title = own.headlines[place], own.titles[place]
        if title is not None and own.shingles.counts[place] >= SHORT:
            for target in self._before(place, earlier.by_headline.get(title, [])):
                if not self._apart(place, target, self._limits.extends_hours):
                    yield self._link(place, "extends", None, 1.0, target)
                    break
        if headline is not None:
            for target in self._before(place, earlier.by_title.get(headline, [])):
                is_whole = earlier.shingles.counts[target] >= SHORT
                if is_whole and not self._apart(place, target, self._limits.extends_hours):
                    yield self._link(place, "duplicate", "contained", 1.0, target)
                    break

    def _reachable(self, place: int, others: list[int]) -> list[tuple[int, int]]:
        """(earliest text of another article that has the content, first text of the content), earliest
        first."""
        found = []
        for other in others:
            texts = self._earlier.by_content[self._earlier.contents[other]]
            for target in self._before(place, texts):
                same = self._own.articles[place] == self._earlier.articles[target]
                if not same and not self._is_page_of_other(place, target):
                    found.append((target, other))
                    break
        return sorted(found)

    def _is_page_of_other(self, place: int, target: int) -> bool:
        """Whether one is a live blog and the other an entry of it: a page may well say a thing twice."""
        ids, key = {self._own.articles[place], self._earlier.articles[target]}, self._own.pages[place]
        is_one_page = key is not None and key == self._earlier.pages[target] and len(ids) > 1
        return is_one_page and id_over("url", key) in ids

    def _before(self, place: int, texts: list[int]) -> Iterator[int]:
        """Those of `texts` that lie before the text and in its window, earliest first."""
        own, earlier, window = self._own, self._earlier, self._window
        first = 0
        if window is not None:
            oldest = int(own.days[place]) - window
            first = bisect_left(texts, oldest, key=lambda text: int(earlier.days[text]))
        rank = own.rank(place)
        for text in texts[first:]:
            if earlier.rank(text) >= rank:
                return
            yield text

    def _alike(self, place: int, content: str, target: int, other: int) -> Link | None:
        if content != self._seen_of:
            self._seen, self._seen_of = {}, content
        if other not in self._seen:
            self._seen[other] = compare(self._own, place, self._earlier, other, self._limits)
        likeness, limits = self._seen[other], self._limits
        if likeness.is_notice and self._apart(place, target, limits.recurring_hours):
            return None
        if likeness.is_doubtful and not self._close(place, target, limits.correction_hours):
            return None
        if likeness.duplicate is not None:
            kind, similarity = likeness.duplicate
            return self._link(place, "duplicate", kind, similarity, target)
        if likeness.extends is not None and not self._apart(place, target, limits.extends_hours):
            return self._link(place, "extends", None, likeness.extends, target)
        return None

    def _apart(self, place: int, target: int, hours: int) -> bool:
        """Whether it is known that more than so many hours lie between two texts."""
        between = self._hours(place, target)
        return between is not None and between > hours

    def _close(self, place: int, target: int, hours: int) -> bool:
        """Whether it is known that no more than so many hours lie between two texts."""
        between = self._hours(place, target)
        return between is not None and between <= hours

    def _hours(self, place: int, target: int) -> float | None:
        """Hours between two texts, by their days where an instant is unknown; None where a day is."""
        own, earlier = self._own, self._earlier
        later, sooner = int(own.instants[place]), int(earlier.instants[target])
        if UNKNOWN_INSTANT not in (later, sooner):
            return (later - sooner) / _HOUR
        days = int(own.days[place]), int(earlier.days[target])
        return None if UNKNOWN_DAY in days else (days[0] - days[1]) * 24

    def _link(self, place: int, relation: str, kind: str | None, similarity: float, target: int) -> Link:
        earlier = self._earlier
        rank, day, origin = earlier.rank(target), earlier.day(target), None
        if relation == "duplicate":
            origin = origin_of(self._own.provenance(place), earlier.provenance(target))
        return Link(relation, kind, similarity, rank, earlier.ids[target], day, origin)
