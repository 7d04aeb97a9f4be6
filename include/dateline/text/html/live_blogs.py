"""A live blog taken apart: its dated entries, and what its page says besides them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from dateline.text.dates import parse
from dateline.text.html.authors import people
from dateline.text.html.evidence import Evidence
from dateline.text.html.fact import Fact
from dateline.text.html.live_blocks import MOST_ENTRIES
from dateline.text.html.live_data import MARKED, says_live, told
from dateline.text.html.live_marks import marks_of, names_of, own_keys
from dateline.text.html.live_markup import Update, shown
from dateline.text.html.live_rows import untimed
from dateline.text.html.live_text import LEAST, complete, count, is_most, outside, stand_in, without_frames
from dateline.text.html.live_times import age_of, changed, times_of
from dateline.text.html.times import Limits
from dateline.text.html.titles import plain as key_of
from dateline.text.html.tree import Tree
from dateline.text.normalise import clean_line, clean_text, word_count, words
from dateline.text.urls import absolute, url_key
from dateline.text.when import When

_SAYS_LIVE = re.compile(
    r"\blive\b|live-?(?:blog|ticker|updates?)|\bticker\b|as it happened|minute by minute|minuto a minuto|"
    r"\ben (?:direct|vivo)\b|\bao vivo\b|\bdiretta\b|\bna żywo\b|\bdirekt\b|онлайн|прямая трансляция|"
    r"хроника|ζωντανά|λεπτό προς λεπτό|直播|即時|速報|실시간",
    re.IGNORECASE,
)
_OPENING = 5
"""Words by which an entry that is told is found among those that are shown."""
_TRUST = {"json-ld": 0.9, "microdata": 0.9, "html": 0.8}


@dataclass(slots=True)
class Entry:
    """One entry of a live blog.

    Args:
        mark: names it among the entries of its blog, whatever comes above it later.
        title: None without one.
        text: its paragraphs, or its headline if that is all; never without a word.
        authors: of this entry.
        published: its own time, or the day of the blog with little trust where none can be read.
        updated: when it was changed.
        source: where it was read (`contracts.shared.FACT_SOURCES`).
        url: its place in the page, the page's URL with a fragment; None where it tells none.
        image_url: its picture.
    """

    mark: str
    title: str | None
    text: str
    authors: Fact[list[str]]
    published: Fact[When | None]
    updated: Fact[When | None]
    source: str
    url: str | None = None
    image_url: str | None = None

    @property
    def confidence(self) -> float:
        """Trust in title and text."""
        return _TRUST[self.source]


@dataclass(frozen=True, slots=True)
class About:
    """What is known of the blog as a whole."""

    published: Fact[When | None]
    updated: When | None
    title: str | None
    description: str | None


@dataclass(frozen=True, slots=True)
class Blog:
    """What stands outside the entries, the entries as the page orders them, and all text of the page."""

    paragraphs: list[str]
    entries: list[Entry]
    whole: list[str]


def updates(tree: Tree, text: str, page: Evidence) -> list[Update]:
    """What a page gives as entries of a live blog, as data and as it shows them; the tree is not changed.

    Args:
        tree: of the page.
        text: of which the tree is.
        page: what it says.

    [] for a page that nowhere calls itself live, and for one with more entries than any real one: such a page
    stays whole.
    """
    said = told(page)
    if not said and MARKED not in text and not _calls_itself_live(page):
        return []
    seen = shown(tree, is_said=None if said else says_live(page))
    found = _together(said, [each for each in seen if word_count(f"{each.title} {each.text}")])
    return found if len(found) <= MOST_ENTRIES else []


def _calls_itself_live(page: Evidence) -> bool:
    address = (page.url or page.canonical or "").replace("-", " ").replace("/", " ")
    return says_live(page) or any(map(_SAYS_LIVE.search, (page.title, address, *page.headings)))


def _together(said: list[Update], seen: list[Update]) -> list[Update]:
    """Each entry once: what the data tell of it, and its paragraphs as they are shown.

    Blocks of which most of the data know nothing are something else.
    """
    known = [_keys(each) for each in (*said, *seen)]
    often = [
        Counter(key for keys in part for key in keys) for part in (known[: len(said)], known[len(said) :])
    ]
    places = {key: at for at, keys in enumerate(known[len(said) :]) for key in keys if often[1][key] == 1}
    matched: dict[int, Update] = {}
    alone: list[Update] = []
    for each, keys in zip(said, known, strict=False):
        at = next((places[key] for key in keys if key in places and often[0][key] == 1), None)
        if at is None or at in matched:
            alone.append(each)
        else:
            matched[at] = each
    if said and 2 * len(matched) < min(len(said), len(seen)):
        return said
    shown_too = [_both(matched[at], each) if at in matched else each for at, each in enumerate(seen)]
    return [*shown_too, *alone]


def _keys(update: Update) -> list[str]:
    """By what an entry may be known in two places, the surest first."""
    names = [f"id {name}" for name in names_of(update, set())]
    opening = words(update.text)[:_OPENING]
    title = key_of(untimed(update.title))
    when = parse(update.published[0]) if update.published else None
    said = [
        f"title {title}" if title else "",
        f"text {' '.join(opening)}" if len(opening) == _OPENING else "",
        f"at {when.instant.isoformat()}" if when and when.precision == "instant" else "",
    ]
    return list(dict.fromkeys(filter(None, [*names, *said])))


def _both(said: Update, seen: Update) -> Update:
    is_shown_whole = word_count(seen.text) >= 0.8 * word_count(said.text)
    return Update(
        title=said.title or seen.title,
        text=seen.text if is_shown_whole else said.text,
        whole=f"{said.whole}\n{seen.whole}",
        published=[*said.published, *seen.published],
        clock=seen.clock,
        modified=said.modified or seen.modified,
        authors=said.authors or seen.authors,
        links=said.links or seen.links,
        names=[*said.names, *seen.names],
        image=said.image or seen.image,
        source=said.source,
    )


def take_apart(
    found: list[Update], paragraphs: list[str], page: Evidence, about: About, limits: Limits
) -> Blog | None:
    """A live blog's page as lead-in and entries; None where it is better left whole.

    Args:
        found: of `updates`.
        paragraphs: of the whole page.
        page: what it says.
        about: what is known of the blog.
        limits: what times may be.

    What the markup alone shows as entries counts only if it is most of the page's text, and has times of its
    own: else it is a list of other stories, or what readers say.
    """
    if not found:
        return None
    complete(found, paragraphs)
    left = outside(found, paragraphs)
    times = times_of(found, about.published, about.updated, limits, page)
    is_shown = is_most(found, left, paragraphs) and _has_times(found, times)
    if not is_shown and all(each.source == "html" for each in found):
        return None
    if count(left) < LEAST:
        left = stand_in(found, about.title, about.description)
    if not left:
        return None
    marks = marks_of(found, times, page)
    own, made = own_keys(page), zip(found, marks, times, strict=True)
    entries = [_entry(each, mark, when, about, limits) for each, mark, when in made]
    for entry, each in zip(entries, found, strict=True):
        entry.url = _place(each, own, page.url)
        entry.image_url = absolute(each.image, page.url) if each.image else None
    return Blog(left, entries, without_frames(found, paragraphs))


def _has_times(found: list[Update], times: list[Fact[When | None]]) -> bool:
    """Whether most entries have a time that no other has. Ages on one day differ too."""
    both = zip(found, times, strict=True)
    own = {(time.value, age_of(each)) for each, time in both if time.value and time.confidence > 0.5}
    return 2 * len(own) > len(times)


def _entry(update: Update, mark: str, posted: Fact[When | None], about: About, limits: Limits) -> Entry:
    title = untimed(clean_line(update.title))
    text = clean_text(update.text)
    if not word_count(text):
        text = title
    names = list(_people(tuple(update.authors)))
    trust = {"json-ld": 0.95, "microdata": 0.85, "html": 0.7}[update.source]
    later = changed(update, posted.value, limits)
    voice = "json-ld" if update.source == "json-ld" else "html"
    return Entry(
        mark=mark,
        title=title if key_of(title) not in ("", key_of(about.title or "")) else None,
        text=text,
        authors=Fact(names, update.source, trust) if names else Fact([]),
        published=posted,
        updated=Fact(later, voice, 0.9) if later else Fact(None),
        source=update.source,
    )


@lru_cache(maxsize=256)
def _people(authors: tuple[str, ...]) -> tuple[str, ...]:
    """Names out of author strings: most entries of a blog have the same."""
    return tuple(people(list(authors)))


def _place(update: Update, own: set[str | None], base: str | None) -> str | None:
    """The URL of an entry within its page. Another page's is no name of it: that may be any story's."""
    links = (absolute(link, base) for link in update.links if "#" in link)
    return next((link for link in links if link and url_key(link) in own), None)
