"""Which earlier text each text repeats, renews or extends: the matching that step and command share.

Every link goes to the earliest direct match in the total order (publication day, instant, id; unknown
last), and strictly backwards. Nothing follows links on to further links, so what is found for a text
depends on no other result and on no order of input.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import NamedTuple

import numpy as np

from dateline.text.candidates import Hot, Pairs, Search
from dateline.text.compare import Likeness, Limits, judge, judge_equal
from dateline.text.nearness import first_within, is_within
from dateline.text.origin import Origin, origin_of
from dateline.text.others import Others
from dateline.text.recurrence import Template
from dateline.text.rubrics import is_rubric
from dateline.text.shingles import SHORT, jaccard
from dateline.text.sketches import Places
from dateline.text.stubs import Stubs
from dateline.text.texts import UNKNOWN_DAY, Texts
from dateline.text.urls import id_over
from dateline.text.writings import Writings


@dataclass(frozen=True, slots=True)
class Link:
    """One link.

    Args:
        relation: duplicate, version or extends.
        kind: exact, near or contained for a duplicate, else None.
        similarity: Jaccard similarity, or the share of the part for contained and extends, 0 to 1.
        target: place of what it goes to.
        origin: where a duplicate on another site was first published, as it is guessed; else None.
    """

    relation: str
    kind: str | None
    similarity: float
    target: int
    origin: Origin | None = None


Links = dict[str, Link]
"""The links of one text by relation."""


def keep_earliest(links: Links, found: Links) -> None:
    """Put the links of `found` into `links` where they go further back.

    A text extends only what was there before the text that it repeats: the full story was told then.
    """
    for relation, link in found.items():
        if relation not in links or link.target < links[relation].target:
            links[relation] = link
    duplicate, extends = links.get("duplicate"), links.get("extends")
    if duplicate and extends and duplicate.target < extends.target:
        del links["extends"]


def candidates(texts: Texts, window_days: int | None = None) -> tuple[Pairs, Hot]:
    """Pairs of texts that may be alike, and the keys that too many have."""
    return Search(texts.sketches, since=texts.since(window_days)).pairs()


def find_links(
    texts: Texts,
    later: Places,
    sooner: Places,
    limits: Limits,
    window_days: int | None = None,
    first: int = 0,
) -> Iterator[tuple[int, Links]]:
    """The links of texts to earlier ones among them.

    Args:
        texts: all that links may come from and point to.
        later: of each pair that may be alike the later text, the first of its content on its day.
        sooner: the sooner one, likewise.
        limits: what counts as like.
        window_days: most days that a link spans, None for any; a text of unknown day then links to such only.
        first: from which place on links are wanted.

    Yields:
        Place and links, in order, only of texts that have any.
    """
    pairing = _Pairing(texts, Others.of(texts, later, sooner, limits), limits, window_days)
    repeated = texts.contents_of.has_earlier | texts.articles_of.has_earlier | texts.has_headline
    active = repeated | pairing.others.has_any[texts.contents_of.first]
    for place in (first + np.flatnonzero(active[first:])).tolist():
        if links := pairing.links(place):
            yield place, links


class _Reached(NamedTuple):
    """A text that may be linked to.

    Args:
        target: its place.
        other: place of the first text of its content that day.
        common: shingles in common.
    """

    target: int
    other: int
    common: int


class _Pairing:
    """Compares texts; remembers what it found of texts that come again."""

    def __init__(self, texts: Texts, others: Others, limits: Limits, window_days: int | None) -> None:
        self._texts, self.others, self._limits = texts, others, limits
        self._since = texts.since(window_days)
        self._comes_again = texts.contents_of.comes_again
        self._writings, self._stubs = Writings(texts), Stubs(texts)
        self._seen: dict[tuple[int, int], Likeness] = {}

    def links(self, place: int) -> Links:
        """The links of one text."""
        links: Links = {}
        for found in (self._exact(place), self._version(place)):
            if found is not None:
                links[found.relation] = found
        if self._texts.has_headline[place]:
            for found in self._headline(place):
                keep_earliest(links, {found.relation: found})
        exact, reachable = links.get("duplicate"), self._reachable(place)
        template = Template(self._texts, [target for target, *_ in reachable])
        for target, other, common in reachable:
            if exact is not None and exact.target < target:
                break
            # Which of equal texts count was told by `_exact`; here they only show what comes back.
            if self._texts.contents[other] == self._texts.contents[place]:
                continue
            for found in self._alike(place, other, common):
                if not template.is_filled_otherwise(place, other, common):
                    keep_earliest(links, {found.relation: found})
            exact = links.get("duplicate")
        return links

    def _exact(self, place: int) -> Link | None:
        texts = self._texts
        if not texts.shingles.counts[place] or not texts.contents_of.has_earlier[place]:
            return None
        oldest = 0 if self._since is None else int(self._since[place])
        for target in self._stubs.equal(place, oldest):
            if self._is_page_of_other(place, target):
                continue
            if texts.articles[place] == texts.articles[target]:
                return self._link(place, "duplicate", "exact", 1.0, target)
            likeness = judge_equal(texts, place, target, self._limits)
            hours = self._hours(likeness)
            if likeness.duplicate and self._is_near(place, target, likeness, hours):
                return self._link(place, "duplicate", *likeness.duplicate, target)
        return None

    def _version(self, place: int) -> Link | None:
        texts = self._texts
        if not texts.articles_of.has_earlier[place]:
            return None
        for target in self._before(place, texts.by_article[texts.articles[place]]):
            if texts.contents[place] == texts.contents[target]:
                return self._link(place, "version", None, 1.0, target)
            similarity = jaccard(texts.shingles[place], texts.shingles[target])
            return self._link(place, "version", None, similarity, target)
        return None

    def _headline(self, place: int) -> Iterator[Link]:
        """The links between a text that is but the headline of a story and that story."""
        texts, hours = self._texts, self._limits.extends_hours
        headline, title = texts.headlines[place], texts.titles[place]
        if title is not None and texts.shingles.counts[place] >= SHORT:
            for target in self._before(place, texts.by_headline.get(title, []), hours):
                if self._may_reach(place, target) and is_within(texts, place, target, hours):
                    if not self._is_rubric(title, place, place):
                        yield self._link(place, "extends", None, 1.0, target)
                    break
        if headline is not None:
            for target in self._before(place, texts.by_title.get(headline, []), hours):
                if self._may_reach(place, target) and is_within(texts, place, target, hours):
                    if not self._is_rubric(headline, target, place):
                        yield self._link(place, "duplicate", "contained", 1.0, target)
                    break

    def _is_rubric(self, title: str, story: int, place: int) -> bool:
        texts = self._texts
        return is_rubric(texts, story, self._before(place, texts.by_title[title]), self._limits.near)

    def _reachable(self, place: int) -> list[_Reached]:
        """Of each content that the text is like the earliest text of another article, earliest first."""
        texts, found = self._texts, []
        oldest = 0 if self._since is None else int(self._since[place])
        for other, common in self.others[int(texts.contents_of.first[place])]:
            target = other
            while oldest <= target < place:
                if self._may_reach(place, target):
                    found.append(_Reached(target, other, common))
                    break
                target = int(texts.contents_of.following[target])
        return sorted(found)

    def _may_reach(self, place: int, target: int) -> bool:
        """Whether two texts are of two articles, neither of them the page of the other."""
        same = self._texts.articles[place] == self._texts.articles[target]
        return not same and not self._is_page_of_other(place, target)

    def _is_page_of_other(self, place: int, target: int) -> bool:
        """Whether one is a live blog and the other an entry of it: a page may well say a thing twice."""
        key = self._texts.pages[place]
        if key is None or key != self._texts.pages[target]:
            return False
        ids = {self._texts.articles[place], self._texts.articles[target]}
        return len(ids) > 1 and id_over("url", key) in ids

    def _before(self, place: int, texts: list[int], hours: int | None = None) -> Iterator[int]:
        """Those of `texts` that lie before the text and in its window, earliest first; with `hours` without
        those of days that lie further back."""
        oldest = 0 if self._since is None else int(self._since[place])
        day = int(self._texts.days[place])
        if hours is not None and day != UNKNOWN_DAY:
            oldest = max(oldest, int(np.searchsorted(self._texts.days, day - hours // 24 - 1)))
        first = bisect_left(texts, oldest)
        return takewhile(lambda text: text < place, islice(texts, first, None))

    def _alike(self, place: int, other: int, common: int) -> Iterator[Link]:
        """The links to the earliest of the texts of a day with the words of `other`.

        Each is judged by its own names and its own hour: what is written in capitals tells no names, and
        the same words later that day may be near enough where those in the morning were not.
        """
        for writing in self._writings.of_day(other):
            found = self._alike_of(place, writing, common)
            if found is not None:
                yield found

    def _alike_of(self, place: int, writing: list[int], common: int) -> Link | None:
        texts = self._texts
        pair = self._writings.first(place), writing[0]
        likeness = self._seen.get(pair)
        if likeness is None:
            likeness = judge(texts, place, writing[0], common, self._limits)
            if self._comes_again[place] or len(writing) > 1:
                self._seen[pair] = likeness
        if likeness.duplicate is None and likeness.extends is None:
            return None
        target = self._earliest(place, writing, likeness)
        if target is None:
            return None
        if likeness.duplicate is not None:
            return self._link(place, "duplicate", *likeness.duplicate, target)
        return self._link(place, "extends", None, likeness.extends or 0.0, target)

    def _earliest(self, place: int, writing: list[int], likeness: Likeness) -> int | None:
        """The earliest of some equal texts of a day that is of another article and near enough in time."""
        hours = self._hours(likeness)
        start = 0 if hours is None else first_within(self._texts, place, writing, hours)
        for target in islice(writing, start, None):
            if target >= place:
                return None
            if self._may_reach(place, target):
                return target if self._is_near(place, target, likeness, hours) else None
        return None

    def _is_near(self, place: int, target: int, likeness: Likeness, hours: int | None) -> bool:
        return hours is None or is_within(self._texts, place, target, hours, not likeness.is_doubtful)

    def _hours(self, likeness: Likeness) -> int | None:
        """Most hours that may lie between two texts for their likeness to count; None for any."""
        limits = self._limits
        bounds = [
            (likeness.is_notice, limits.recurring_hours),
            (likeness.is_doubtful, limits.correction_hours),
            (likeness.duplicate is None, limits.extends_hours),
        ]
        return min((hours for counts, hours in bounds if counts), default=None)

    def _link(self, place: int, relation: str, kind: str | None, similarity: float, target: int) -> Link:
        texts, origin = self._texts, None
        if relation == "duplicate" and texts.provenances is not None:
            origin = origin_of(texts.provenance(place), texts.provenance(target))
        return Link(relation, kind, similarity, target, origin)
