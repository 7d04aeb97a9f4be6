"""Pages that stand before the one asked for: checks of the browser, walls of consent, logins.

They come with status 200 and words enough for a small article. What is refused here is asked for again, and
no text of it is kept; so each sign needs another beside it, and a page that calls itself an article in its
data counts as one. It errs on the side of keeping: a wall that is not known is a page of little text, but a
story about walls that was refused would be lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from itertools import islice

from lxml import etree

from dateline.text.article_urls import is_article_url, is_list_url, may_stand_for
from dateline.text.html.interstitial_words import DETAILS, MARKERS, PHRASES, TITLES
from dateline.text.html.tree import Tree, text_of
from dateline.text.urls import same_site

LITTLE = 150
"""Fewer words than these are little text: checks and logins have no more."""

MOST = 400
"""Words. Walls of consent go on for longer than logins, but what has more is a story about such walls."""

SCANT = 50
"""Fewer words than these are no story, or none to be missed, where an address speaks for a wall too."""

_FEW = 15
"""With fewer the title alone tells."""

_FEW_BESIDE_CODE = 40
"""With fewer the code alone tells: it may stand in a page that was let through as well."""

_ABOUT_CONSENT = 1 / 3
"""Share of a wall's words that stand in paragraphs on consent. A notice at the end of a story has less."""

_MOSTLY_CONSENT = 2 / 3
"""The same where no title says what the page is."""

_SEEN = 20_000
LARGEST = 256 * 1024
"""Bytes. Checks have some ten thousand; walls of consent that carry their scripts, logos and languages with
them have up to 200,000. What is larger is a page, or a list of partners that comes after a click."""

_SMALL = 50_000
"""Bytes. Walls that can be told by their code alone are smaller."""
_NEAR = 20_000
_PARTS = re.compile(r"\s+[-–—·•:]+\s+|\s*\|\s*")
_AT_ENDS = " \t.…!?¡¿:。！？"
_SITE_WORDS = 4
"""Words that a site's name beside the title may have."""

_TITLES_BEGIN = (b"<title", b"<TITLE")
_HEADINGS_BEGIN = (b"<h1", b"<H1")
_HEADING = re.compile(rb"[^>]{0,500}>([^<]{1,300})")
_ASKS_PASSWORD = etree.XPath("boolean(/descendant::input[@type='password'])")


@dataclass(frozen=True, slots=True)
class Sight:
    """What a page looks like before its body is read.

    Args:
        kind: what its title or a heading says that it is; None for nothing of the kind.
        called: its title and main headings.
        is_word: whether it says so in a single word, which may be a headline as well.
        text: all text of such a page, in one spelling.
        asks_password: whether it has a field for one.
    """

    kind: str | None = None
    called: tuple[str, ...] = ()
    is_word: bool = False
    text: str = ""
    asks_password: bool = False


def look_at(title: str, headings: Iterable[str], tree: Tree) -> Sight:
    """What a page looks like, from its title, its main headings and its tree."""
    called = tuple(islice([title, *headings], 5))
    named = next(filter(None, map(_named, called)), None)
    if named is None:
        return Sight(called=called)
    kind, name = named
    return Sight(kind, called, " " not in name, folded(text_of(tree)[:_SEEN]), bool(_ASKS_PASSWORD(tree)))


def stands_before(sight: Sight, source: str, paragraphs: list[str], words: int) -> str | None:
    """What a page is that stands before another, for a person; None if it is no such page.

    Args:
        sight: of it.
        source: its markup.
        paragraphs: its text.
        words: how many that has.
    """
    if words < _FEW_BESIDE_CODE and len(source) <= LARGEST and any(map(source.__contains__, MARKERS)):
        return DETAILS["challenge"]
    if sight.kind is None:
        return _untitled(sight, paragraphs, words)
    return DETAILS[sight.kind] if words < _FEW or _tells(sight, paragraphs, words) else None


def _untitled(sight: Sight, paragraphs: list[str], words: int) -> str | None:
    """What a page is that has no title of the kind, by what nearly all of its text says."""
    if words >= MOST:
        return None
    if words < LITTLE and _phrases("challenge", folded(" ".join(paragraphs))) > 1:
        return DETAILS["challenge"]
    # A headline of its own kind is as much of a wall as what stands below it.
    asks = _is_about_consent([*sight.called[1:], *paragraphs], 3 if words < LITTLE else 5, _MOSTLY_CONSENT)
    return DETAILS["consent"] if asks else None


def is_like_a_wall(title: str, paragraphs: list[str], words: int) -> bool:
    """Whether a page whose address already speaks for a wall is like one itself: by few words, its title, or
    what it says.

    Args:
        title: of it.
        paragraphs: its text.
        words: how many that has.
    """
    if words < SCANT:
        return True
    if words >= MOST:
        return False
    return (
        _named(title) is not None
        or _is_about_consent(paragraphs, 2)
        or (words < LITTLE and _phrases("challenge", folded(" ".join(paragraphs))) > 0)
    )


def _tells(sight: Sight, paragraphs: list[str], words: int) -> bool:
    """Whether what a page says bears out what its title says that it is."""
    if sight.kind != "consent":
        return words < LITTLE and (sight.asks_password or _phrases(sight.kind or "", sight.text) > 0)
    if words < LITTLE and not sight.is_word:
        return _phrases("consent", sight.text) > 0
    # Of stories under such a headline a banner says as much: what counts is the text itself.
    return words < MOST and _is_about_consent(paragraphs, 1 if words < LITTLE else 2)


def _is_about_consent(paragraphs: list[str], least: int, share: float = _ABOUT_CONSENT) -> bool:
    """Whether such a share of a text stands in paragraphs that ask for consent, in so many phrases."""
    said = [folded(paragraph) for paragraph in paragraphs]
    found = [{phrase for phrase in PHRASES["consent"] if phrase in one} for one in said]
    asking = sum(len(one) for one, phrases in zip(said, found, strict=True) if phrases)
    return len(set().union(*found)) >= least and asking >= share * sum(map(len, said))


def led_astray(asked: str | None, there: str | None) -> tuple[str, str] | None:
    """Why what a redirect led to is no article, as (reason, detail); None if it may be one.

    Off the site, where no article's address is, may stand walls of consent and logins: the page itself has
    to be looked at too. On the site stands the list that an article was taken down for. An address that
    tells nothing is believed, unless an article's own led there from another site.
    """
    if not asked or not there or is_article_url(there) or may_stand_for(there, asked):
        return None
    if same_site(asked, there):
        return ("not_article", "a redirect to a list or front page") if is_list_url(there) else None
    if is_article_url(asked) or is_list_url(there):
        return "interstitial", "a redirect off the site, to no article's address"
    return None


def may_stand_before(body: bytes) -> bool:
    """Whether it is worth reading a page to see what it is: said at once, of ordinary pages no."""
    if len(body) > LARGEST:
        return False
    is_small = len(body) <= _SMALL
    headings = (_after(body, tags) for tags in (_TITLES_BEGIN, _HEADINGS_BEGIN)[: 1 + is_small])
    if any(map(_named, headings)):
        return True
    return is_small and any(marker.encode() in body for marker in MARKERS)


def _after(body: bytes, tags: tuple[bytes, ...]) -> str:
    """The text of the first element that begins with one of these, near the beginning of a page."""
    for tag in tags:
        place = body.find(tag, 0, _NEAR)
        if place >= 0 and (found := _HEADING.match(body, place + len(tag))):
            return unescape(found[1].decode("utf-8", "replace"))
    return ""


def titles_named(title: str) -> list[str]:
    """What a title may name its page by, folded: all of it, or the part before or behind a site's name."""
    parts = [part for part in _PARTS.split(folded(title[:300])) if part]
    if len(parts) > 3:
        return []
    return [
        part.strip(_AT_ENDS)
        for part in (parts[:1] + parts[-1:])
        if all(len(other.split()) <= _SITE_WORDS for other in parts if other is not part)
    ]


def _named(title: str) -> tuple[str, str] | None:
    """(kind of page, its name) where this title names one, alone or beside the name of a site."""
    for named in titles_named(title):
        if named.startswith("before you continue to "):
            return "consent", named
        for kind, titles in TITLES.items():
            if named in titles:
                return kind, named
    return None


def _phrases(kind: str, text: str) -> int:
    return sum(phrase in text for phrase in PHRASES[kind])


def folded(text: str) -> str:
    """One spelling: composed, lower case, plain apostrophes, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).replace("’", "'").lower().split())
