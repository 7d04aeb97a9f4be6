"""What a site is called, and titles without it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from dateline.text.html.evidence import Evidence
from dateline.text.html.jsonld import texts
from dateline.text.normalise import clean_line
from dateline.text.urls import site_of

_SEPARATOR = re.compile(
    r"\s+[|│\-–—·•:»«>›/_~*⋆✩]+\s+|\s*[|│｜»«]\s*|(?<=\w): |(?<=\w)- |_(?=[^\W_])"
    r"|(?<=[\u3000-\u9fff])[-:](?=\S)|\s+-{2}\s+|\s+[-–—|]+$"
)
_SOFT = re.compile(r"\s*:\s*|\s*/\s*")
_NOT_PLAIN = re.compile(r"[\W_]+")
_ARCHIVED = re.compile(
    r"https?://[^/]+/(?:web/)?\d{4,14}[a-z_]*/(?=https?://)|https?://[^/]+/web/(?=https?://)"
)
_LONGEST_NAME = 80
_LEAST_SAID = 8
"""Letters: a shorter text that another voice says may be a section."""


@lru_cache(maxsize=256)
def plain(text: str) -> str:
    """Letters and digits alone, in lower case: equal for titles that read alike.

    The titles of a page are compared with one another many times over.
    """
    folded = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return _NOT_PLAIN.sub("", folded).casefold()


def site_names(page: Evidence) -> list[str]:
    """What the site is called, as far as the page tells: names, the account, the domain's own label."""
    # Some systems give each page's own title for the name of an app.
    headed = {plain(head.text) for head in page.heads if not head.is_frame}
    app = page.first("al:ios:app_name", "application-name", "apple-mobile-web-app-title")
    names = [
        *page.affixes,
        page.first("og:site_name") or ("" if plain(app) in headed else app),
        page.first("dc.publisher", "publisher", "twitter:app:name:iphone", "cre"),
        page.first("twitter:site").lstrip("@"),
        *texts(page.linked.get("publisher")),
    ]
    for node in page.others:
        if str(node.get("@type")).lower() in ("website", "newsmediaorganization"):
            names.extend(texts(node.get("name"))[:1])
    # A copy in an archive lies behind the archive's address.
    own = _ARCHIVED.sub("", page.url) if page.url else None
    site = site_of(own) or site_of(page.canonical)
    names.append(site or "")
    names.append((site or "").partition(".")[0])
    headlines = {plain(text) for text in texts(page.linked.get("headline"))}
    kept = dict.fromkeys(map(clean_line, names))
    return [name for name in kept if name and len(name) < _LONGEST_NAME and plain(name) not in headlines]


def sides(title: str) -> list[tuple[str, str, bool]]:
    """(before, behind, whether softly) of each place where a title may be two things.

    A colon or slash divides softly: it stands within headlines as often as behind names.
    """
    return [
        (title[: found.start()].strip(), title[found.end() :].strip(), bool(_SOFT.fullmatch(found[0])))
        for found in _SEPARATOR.finditer(title)
    ]


def without_site(title: str, sites: list[str], others: list[str]) -> str:
    """A title without the site's name, section and slogan around it.

    A part is cut where it is the site's name, or where what remains is what another voice says. Before a
    headline, or beside a colon, it must be the name exactly: there a word of it may begin the headline.
    """
    known = {plain(site) for site in sites}
    said = {words for other in others if len(words := plain(other)) > _LEAST_SAID}
    while True:
        cuts = [(plain(head), plain(tail), head, tail, is_soft) for head, tail, is_soft in sides(title)]
        for front, back, head, tail, is_soft in [*reversed(cuts), *cuts]:
            if front and (not back or front in said or (back in known if is_soft else _is_site(back, known))):
                title = head
                break
            if back and (not front or back in said or _without_the(front) in {*map(_without_the, known)}):
                title = tail
                break
        else:
            return title


def is_named_like(text: str, sites: list[str]) -> bool:
    """Whether a text is one of a site's names, or such a name with little around it."""
    return _is_site(plain(text), {plain(site) for site in sites})


def _is_site(name: str, known: set[str]) -> bool:
    return name in known or any(_is_named(_without_the(name), _without_the(other)) for other in known)


def _without_the(name: str) -> str:
    return name.removeprefix("the")


def _is_named(words: str, name: str) -> bool:
    """One name in the other: "Harbour News Online" for the site Harbour News, "Harbour" for harbourtimes."""
    if len(name) < 3:
        return False
    return (
        words == name
        or (words.startswith(name) and len(words) <= len(name) + 12)
        or (name.startswith(words) and len(words) >= 4)
    )
