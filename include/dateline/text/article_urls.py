"""Whether an address is that of an article, or may be another page's: by form alone, for any publisher.

The rules err on the side of leaving out. An article that is missed here is still found by feeds and sitemaps,
but a list page taken for one asks for pages in vain, again and again. And two addresses of one article give
two rows of one text, which is found out later; but a section's address taken for that of its articles gives
one row, and the others are lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from dateline.text.html.date_voices import in_url
from dateline.text.urls import is_home, url_key

_LISTS = frozenset({
    "tag", "tags", "topic", "topics", "thema", "themen", "tema", "temas", "category", "categories",
    "kategorie", "categoria", "categorie", "author", "authors", "autor", "autoren", "autores",
    "auteur", "auteurs", "profile", "profiles", "people", "contributors", "search", "suche",
    "buscar", "busca", "recherche", "ricerca", "page", "archive", "archives", "archiv", "archivo",
    "login", "signin", "sign-in", "signup", "register", "account", "konto", "subscribe",
    "subscription", "subscriptions", "abo", "shop", "store", "cart", "newsletter", "newsletters",
    "rss", "feed", "feeds", "about", "about-us", "contact", "contact-us", "kontakt", "impressum",
    "privacy", "terms", "help", "faq", "cookies", "legal", "advertise", "jobs", "careers",
    "wp-content", "wp-admin", "wp-login.php", "cdn-cgi", "static", "assets", "sitemap", "sitemaps",
    "games", "puzzles", "horoscope", "weather", "wetter", "events", "users", "user", "series",
    "collections", "label", "labels", "share", "print", "comments", "podcasts", "profil", "hilfe",
    "ayuda", "aide", "dossier", "dossiers",
})  # fmt: skip
"""Segments of a path that stand for lists, people and the frame around the news."""

_ARTICLES = frozenset({
    "article", "articles", "artikel", "articolo", "articulo", "articulos", "story", "stories",
    "noticia", "noticias", "nachricht", "notizia", "doc",
})  # fmt: skip
"""Segments that many publishers put before an article's own."""

_FRAME = re.compile(
    r"privacy|cookie|terms|conditions|bedingungen|datenschutz|impressum|about-us|contact-us|sign-?in|log-?in|"
    r"subscri|newsletter|editorial-(?:guidelines|policy|standards)|advertis|accessibility|site-?map|"
    r"\A(?:comment-)?page-?\d+\Z"
)
"""What pages on the publisher itself, and further pages of lists, have in their name."""

_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|css|js|json|xml|rss|atom|rdf|pdf|docx?|xlsx?|pptx?|zip|gz|mp[34]|m4[av]|"
    r"mov|avi|webm|ogg|wav|m3u8|ics|txt|csv|epub|exe|apk)\Z"
)
_PAGE_END = re.compile(r"\.(?:s?html?|php|aspx?|jsp|amp|ece|story|cms|do|article)\Z")
_INDEX = re.compile(r"index\.[a-z]{3,5}")
_WORDS = re.compile(r"[-_+ .,:]+")
_LONG_NUMBER = re.compile(r"(?<!\d)(?!(?:19|20)\d{6}(?!\d))\d{7,}(?!\d)")
_MIDDLE_NUMBER = re.compile(r"(?<!\d)\d{5,6}(?!\d)")
_MONTH = re.compile(r"(?:19|20)\d{4}")
_NUMBER = re.compile(r"\d{3,}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(
    r"(?:19|20)\d{6}|\d{1,2}|(?:19|20)\d\d(?:-\d{1,2}){0,2}|\d{1,2}-\d{1,2}-(?:19|20)\d\d|[a-z]{3}"
)
"""A day, month or year that ends a path: the list of what was published then."""
_CODE = re.compile(r"(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{8,40}")
_ID_NAME = re.compile(r"(?:p|id|.*(?:article|news|story|art|post|node|content|idx).*(?:id|no|nr)?)")
_PAGING = frozenset({"page", "pg", "seite", "pagina", "slide", "part", "start", "offset"})
_ENOUGH = 3
_LONGEST = 2000
_EASTERN = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
"""Signs of scripts that put no space between words."""


def is_article_url(url: str, title: str = "") -> bool:
    """Whether an http(s) address looks like that of an article.

    Args:
        url: absolute.
        title: the words of the link; many of them make up for a short address.
    """
    return _points(url, title) >= _ENOUGH


def is_list_url(url: str) -> bool:
    """Whether an http(s) address is plainly that of a front page, a list or the frame around the news."""
    key = url_key(url)
    if key is None or is_home(url):
        return True
    found = _address(key)
    last = found.path[-1] if found.path else ""
    if not found.path:
        return not _has_id(list(found.names))
    return bool(_LISTS & set(found.path)) or (_FRAME.search(last) is not None and len(_words(last)) < 5)


def may_stand_for(said: str, url: str) -> bool:
    """Whether an address that is told for a page (as its canonical one, or by a redirect) may be its own.

    Sections, lists and front pages are told for articles by templates that know no better. What is taken
    is another dress of the URL, an address that ends in the same name or has the same long number, and one
    that looks no less like an article's; never the beginning of the URL's own path.

    Args:
        said: the address that is told, absolute.
        url: of the page.
    """
    keys = url_key(said), url_key(url)
    if None in keys or keys[0] == keys[1]:
        return keys[0] == keys[1] and keys[0] is not None
    theirs, own = _address(keys[0] or ""), _address(keys[1] or "")
    if is_home(said) or (_LISTS & set(theirs.path)) - set(own.path):
        return False
    if theirs.path == own.path:
        # Parameters that nobody knows may go, as long as none of them names or numbers a page.
        lost = {name.lower()[:40] for name, _ in own.names - theirs.names}
        return is_article_url(said) and not any(_ID_NAME.fullmatch(name) or name in _PAGING for name in lost)
    if theirs.path == own.path[: len(theirs.path)] and not theirs.names:
        return False
    return bool(theirs.identities & own.identities) or _points(said) >= max(_ENOUGH, _points(url))


@dataclass(frozen=True, slots=True)
class _Address:
    """A URL key: the segments of its path in lower case, its parameters, and what in it names one article."""

    path: list[str]
    names: set[tuple[str, str]]
    identities: set[str]


def _address(key: str) -> _Address:
    path, _, query = key.partition("#")[0].partition("?")
    segments = [unquote(segment).lower() for segment in path.split("/")[1:]]
    last = _PAGE_END.sub("", segments[-1]) if segments else ""
    found = set(_LONG_NUMBER.findall("/".join(segments[-2:]) + "?" + query))
    found |= {number for number in _MIDDLE_NUMBER.findall(last) if not _MONTH.fullmatch(number)}
    if _slug_points(last) or _id_points(segments, last, []):
        found.add(last)
    return _Address(segments, set(parse_qsl(query, keep_blank_values=True)), found)


def _points(url: str, title: str = "") -> int:
    """How much an address looks like an article's: `_ENOUGH` or more is yes."""
    if len(url) > _LONGEST or is_home(url):
        return 0
    try:
        parts = urlsplit(url)
        segments = [unquote(part).lower() for part in parts.path.split("/") if part]
        names = parse_qsl(parts.query, max_num_fields=20)
    except ValueError:
        return 0
    if any(segment in _LISTS for segment in segments) or (segments and _FILE.search(segments[-1])):
        return 0
    if len(segments) > 1 and _INDEX.fullmatch(segments[-1]):
        del segments[-1]
    if not segments:
        return _ENOUGH if _has_id(names) else 0
    last = _PAGE_END.sub("", segments[-1])
    if _FRAME.search(last) and len(_words(last)) < 5:
        return 0
    # Where an identity ends the path (`/a-headline/a-48213`), the headline stands before it.
    slug = segments[-2] if len(segments) > 1 and sum(map(str.isalpha, last)) < 3 else last
    points = _slug_points(slug) + _place_points(url, segments, last, names)
    return points + (1 if len(title.split()) >= 5 else 0)


def _words(slug: str) -> list[str]:
    """Its words of letters."""
    return [word for word in _WORDS.split(slug) if word and not word.isdecimal()]


def _slug_points(slug: str) -> int:
    """How much a segment looks like a headline: 0 to 3."""
    words = _words(slug)
    letters = sum(char.isalpha() for char in slug)
    if (len(words) >= 4 and letters >= 15) or len(_EASTERN.findall(slug)) >= 8:
        return 3
    if len(words) == 3 and letters >= 12:
        return 2
    return 1 if len(words) == 2 and letters >= 10 else 0


def _place_points(url: str, segments: list[str], last: str, names: list[tuple[str, str]]) -> int:
    """How much the rest of the address says so: a day in it, a number of the article, a page's ending."""
    points = 0
    # A day alone is the list of that day.
    if in_url(url) and not _DAY.fullmatch(last):
        points += 3
    points += _id_points(segments, last, names)
    if last != segments[-1]:
        points += 1
    if any(segment in _ARTICLES for segment in segments[:-1]):
        points += 1
    return points


def _id_points(segments: list[str], last: str, names: list[tuple[str, str]]) -> int:
    """How much looks like an identity: a number, or a mixed code, as publishers make them up for articles."""
    if _DAY.fullmatch(last):
        return 0
    if _LONG_NUMBER.search(last) or (last.isdecimal() and len(last) >= 5 and len(segments) > 1):
        return 3
    if any(map(_is_id, segments[-2:])) or _has_id(names):
        return 2
    return 1 if any(not _YEAR.fullmatch(number) for number in _NUMBER.findall(last)) else 0


def _is_id(segment: str) -> bool:
    last = _PAGE_END.sub("", segment)
    return bool(_MIDDLE_NUMBER.search(last)) or bool(_CODE.fullmatch(_WORDS.split(last)[-1]))


def _has_id(names: list[tuple[str, str]]) -> bool:
    return any(_ID_NAME.fullmatch(name.lower()[:40]) and _NUMBER.search(value) for name, value in names)
