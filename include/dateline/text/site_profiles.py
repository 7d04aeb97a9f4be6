"""What recurs on the pages of one site and is no story: learnt from many of its articles, never from a batch.

A paragraph is boilerplate where it stands on several articles that are not copies of each other, often
enough for its length, at the edge of the text or on a good part of all pages, and where it has no more to do
with the articles that it stands on than with others. The last keeps what agencies repeat under each report
of a long story: it is told again and again, and it is told. All of this errs on the side of keeping.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from itertools import pairwise, takewhile

from dateline.step import digest
from dateline.text.html.titles import plain
from dateline.text.normalise import words

PROFILE_VERSION = "1"
"""Raised whenever equal profiles may be applied to other effect."""

LEAST_ARTICLES = 4
"""Articles that must have a thing before it counts as recurring."""
LONGEST_PARAGRAPH = 1_000
"""Characters. What is longer and recurs is a text of its own: terms, a standing feature."""
_SHARES = ((120, 0.02), (400, 0.05), (LONGEST_PARAGRAPH, 0.2))
"""(Characters up to which, least share of all articles): the longer, the more of a story it may be."""
_INSIDE_SHARE = 0.1
"""Of all articles, for what stands between paragraphs of the story: `Yes.` in interviews is rarer."""
_AT_EDGE = 0.8
_EVERYWHERE = 0.5
"""Share from which a paragraph says nothing of whether two pages tell the same."""
_LEAST_OWN = 0.5
"""Share of its text that a page must have for itself, to be no copy."""
_MOST_RELATED = 0.1
"""How much more of a paragraph's words may stand elsewhere on its own pages than on others."""
_LEAST_WORDS = 4
_COMPARED = 50
_TAIL_SHARE, _HEAD_SHARE = 0.2, 0.5
_LONGEST_AFFIX = 80
_HOUSE_SHARE, _CONTRADICTED = 0.5, 0.1
_SEPARATOR = re.compile(r"\s[|\-–—·•:»«>/_~]+\s|\s?[|｜]\s?")

_MOST_KEPT = 500
"""Of one kind, the most frequent."""

EDGE, INSIDE = "edge", "inside"


@dataclass(frozen=True, slots=True)
class Seen:
    """One article as it was read without a profile.

    Args:
        article: its identity; of two with the same, one counts.
        headline: as judged.
        titles: of the page, as written for machines, site name and all.
        paragraphs: of its text.
        authors: the names that each voice of the page gives.
    """

    article: str
    headline: str = ""
    titles: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    authors: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Recurring:
    """A paragraph that recurs.

    Args:
        text: as first seen, in the order of texts.
        articles: how many have it.
        place: EDGE where it goes only at the start and end of a text, INSIDE where it goes anywhere.
    """

    text: str
    articles: int
    place: str = EDGE


@dataclass(frozen=True, slots=True)
class Profile:
    """What recurs on the pages of a site.

    Args:
        articles: how many it was learnt from.
        paragraphs: that are no text of a story.
        titles: (part of a title that is not of the headline, how many articles have it).
        names: (author whom pages name for want of another, how many articles do).
    """

    articles: int = 0
    paragraphs: tuple[Recurring, ...] = ()
    titles: tuple[tuple[str, int], ...] = ()
    names: tuple[tuple[str, int], ...] = ()

    @property
    def affixes(self) -> tuple[str, ...]:
        """Parts of titles, without their counts."""
        return tuple(text for text, _ in self.titles)

    @property
    def authors(self) -> tuple[str, ...]:
        """Default authors, without their counts."""
        return tuple(name for name, _ in self.names)

    def digest(self) -> str:
        """16 hex digits over what it changes on a page: counts may move, and nothing is made again."""
        places = sorted((plain(one.text), one.place) for one in self.paragraphs)
        return digest([PROFILE_VERSION, places, sorted(self.affixes), sorted(self.authors)])


NOTHING = Profile()


def without_boilerplate(paragraphs: list[str], profile: Profile) -> list[str]:
    """The paragraphs of a page but for what recurs on its site; all gone where it has nothing else."""
    if not profile.paragraphs:
        return paragraphs
    places = {plain(one.text): one.place for one in profile.paragraphs}
    kept = [one for one in paragraphs if places.get(plain(one)) != INSIDE]
    start = len(list(takewhile(lambda one: plain(one) in places, kept)))
    end = len(list(takewhile(lambda one: plain(one) in places, reversed(kept[start:]))))
    return kept[start : len(kept) - end]


def learn(pages: Iterable[Seen]) -> Profile:
    """What recurs on these pages; the same whatever their order.

    Args:
        pages: articles of one site, read without a profile.
    """
    known: dict[str, Seen] = {}
    for page in pages:
        held = known.get(page.article)
        known[page.article] = page if held is None else max(held, page, key=astuple)
    seen = _Pages([known[article] for article in sorted(known)])
    often = sorted(_paragraphs(seen), key=lambda one: (-one.articles, one.text))[:_MOST_KEPT]
    paragraphs = sorted(often, key=lambda one: one.text)
    return Profile(
        len(known), tuple(paragraphs), tuple(_titles(seen))[:_MOST_KEPT], tuple(_names(seen))[:_MOST_KEPT]
    )


class _Pages:
    """Pages with what of them recurs; `witnesses` are those that are no copies of others."""

    def __init__(self, pages: list[Seen]) -> None:
        self.keys = {page.article: [plain(one) for one in page.paragraphs] for page in pages}
        everywhere = _EVERYWHERE * len(pages)
        counts = Counter(key for keys in self.keys.values() for key in set(keys))
        self.recurring = {key for key, count in counts.items() if count >= LEAST_ARTICLES and key}
        told = {
            article: [key for key in keys if counts[key] < max(everywhere, LEAST_ARTICLES)]
            for article, keys in self.keys.items()
        }
        self.own = {
            article: sum(len(key) for key in keys if key not in self.recurring)
            for article, keys in told.items()
        }
        self.witnesses = [
            page for page in pages if self.own[page.article] > _LEAST_OWN * sum(map(len, told[page.article]))
        ]
        self.story = {page.article: self._story(page) for page in self.witnesses}

    def _story(self, page: Seen) -> set[str]:
        """The words that a page has outside of what recurs."""
        own = (
            one
            for one, key in zip(page.paragraphs, self.keys[page.article], strict=True)
            if key not in self.recurring
        )
        return {word for one in (page.headline, *own) for word in _telling(one)}

    def share(self, count: int) -> float:
        return count / max(len(self.witnesses), 1)


def _telling(text: str) -> set[str]:
    """The words of a text that may tell what it is about; pairs of characters where words are characters."""
    found = words(text)
    pairs = {one + other for one, other in pairwise(found) if len(one) == len(other) == 1}
    return {word for word in found if len(word) >= _LEAST_WORDS} | pairs


def _paragraphs(seen: _Pages) -> Iterator[Recurring]:
    """The paragraphs that are boilerplate, in the order of their texts."""
    standing, inner = defaultdict(set), Counter[str]()
    shown: dict[str, str] = {}
    for page in seen.witnesses:
        keys = seen.keys[page.article]
        edges = _edges(keys, seen.recurring)
        for at, key in enumerate(keys):
            if key in seen.recurring:
                standing[key].add(page.article)
                shown[key] = min(shown.get(key, page.paragraphs[at]), page.paragraphs[at])
        inner.update({key for at, key in enumerate(keys) if at not in edges})
    for key, articles in sorted(standing.items(), key=lambda item: shown[item[0]]):
        text, share = shown[key], seen.share(len(articles))
        least = next((share for most, share in _SHARES if len(text) <= most), None)
        if least is None or len(articles) < LEAST_ARTICLES or share < least:
            continue
        is_edge = inner[key] <= (1 - _AT_EDGE) * len(articles)
        if (is_edge or share >= _INSIDE_SHARE) and not _is_related(text, articles, seen):
            yield Recurring(text, len(articles), EDGE if is_edge else INSIDE)


def _edges(keys: list[str], recurring: set[str]) -> set[int]:
    """Places that only recurring paragraphs part from the start or the end."""
    start = len(list(takewhile(recurring.__contains__, keys)))
    end = len(list(takewhile(recurring.__contains__, reversed(keys))))
    return {*range(start), *range(len(keys) - end, len(keys))}


def _is_related(text: str, articles: set[str], seen: _Pages) -> bool:
    """Whether a paragraph is about what the articles are about that it stands on."""
    said = _telling(text)
    others = [page.article for page in seen.witnesses if page.article not in articles]
    if len(said) < _LEAST_WORDS or not others:
        return False
    return _echo(said, sorted(articles), seen) - _echo(said, others, seen) > _MOST_RELATED


def _echo(said: set[str], articles: list[str], seen: _Pages) -> float:
    """The share of some words that an article has, over those nearest the start of the list."""
    compared = articles[:_COMPARED]
    return sum(len(said & seen.story[article]) for article in compared) / (len(said) * len(compared))


def _titles(seen: _Pages) -> Iterator[tuple[str, int]]:
    """Parts of titles that recur at their end, or at their start on most pages, and in no headline."""
    tails, heads = Counter[str](), Counter[str]()
    for page in seen.witnesses:
        said = [(title, found) for title in page.titles for found in _SEPARATOR.finditer(title)]
        tails.update({title[found.end() :].strip() for title, found in said})
        heads.update({title[: found.start()].strip() for title, found in said})
    printed = [plain(page.headline) for page in seen.witnesses]
    for text in sorted({*tails, *heads}):
        key, count = plain(text), max(tails[text], heads[text])
        is_often = seen.share(tails[text]) >= _TAIL_SHARE or seen.share(heads[text]) >= _HEAD_SHARE
        if not key or len(text) > _LONGEST_AFFIX or count < LEAST_ARTICLES or not is_often:
            continue
        if _printed(text, printed) < count / 2:
            yield text, count


def _printed(text: str, headlines: list[str]) -> int:
    """How many headlines have a part of a title themselves, as the name of a series, or the part of it that
    lies next to them."""
    cuts = [*_SEPARATOR.finditer(text)]
    ends = (plain(text), *(plain(text[: cut.start()]) for cut in cuts))
    starts = (plain(text), *(plain(text[cut.end() :]) for cut in cuts))
    ends, starts = tuple(filter(None, ends)), tuple(filter(None, starts))
    return sum(one.endswith(ends) or one.startswith(starts) for one in headlines)


def _names(seen: _Pages) -> Iterator[tuple[str, int]]:
    """Authors on most pages whom other voices of some of these contradict: not the only one of a blog."""
    named, against = Counter[str](), Counter[str]()
    shown: dict[str, str] = {}
    others: dict[str, set[str]] = defaultdict(set)
    for page in seen.witnesses:
        voices = [{plain(name): name for name in voice} for voice in page.authors if voice]
        for key, name in sorted({item for voice in voices for item in voice.items()}):
            shown[key] = min(shown.get(key, name), name)
            named[key] += 1
            # A piece of a name, or a name with more around it, is the same person.
            told = {other for voice in voices if key not in voice for other in voice}
            told = {other for other in told if other not in key and key not in other}
            others[key] |= told
            against[key] += bool(told)
    for key in sorted(named):
        is_house = named[key] >= LEAST_ARTICLES and seen.share(named[key]) >= _HOUSE_SHARE
        is_contradicted = against[key] >= _CONTRADICTED * named[key] and len(others[key]) > 1
        if is_house and is_contradicted:
            yield shown[key], named[key]
