"""What a site is called, and titles without it."""

from __future__ import annotations

import re
import unicodedata

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


def plain(text: str) -> str:
    """Letters and digits alone, in lower case: equal for titles that read alike."""
    return _NOT_PLAIN.sub("", unicodedata.normalize("NFKC", text)).casefold()


def site_names(page: Evidence) -> list[str]:
    """What the site is called, as far as the page tells: names, the account, the domain's own label."""
    names = [
        page.first("og:site_name", "al:ios:app_name", "application-name", "apple-mobile-web-app-title"),
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
    return [name for name in dict.fromkeys(map(clean_line, names)) if name and len(name) < _LONGEST_NAME]


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

    A part is cut where it is the site's name, or where what remains is what another voice says.
    """
    known = {plain(site) for site in sites}
    said = {words for other in others if len(words := plain(other)) > 8}
    while True:
        cuts = [(head, tail) for head, tail, _ in sides(title)]
        for head, tail in [*reversed(cuts), *cuts]:
            if head and (_is_site(tail, known) or plain(head) in said or not plain(tail)):
                title = head
                break
            if tail and (_is_site(head, known) or plain(tail) in said or not plain(head)):
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
