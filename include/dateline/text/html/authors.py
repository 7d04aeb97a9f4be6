"""Who wrote it: names of people, or of a desk or agency; without roles, "By", links or e-mails."""

from __future__ import annotations

import re

from dateline.text.html.evidence import Evidence
from dateline.text.html.fact import Fact
from dateline.text.html.jsonld import Node, texts
from dateline.text.html.titles import plain, site_names
from dateline.text.normalise import clean_line

_MOST = 20

_LEAD_IN = re.compile(
    r"^(?:(?:(?:written|posted|published|reported|story|words|text|report|article|review|analysis|opinion)\s+)?by\b|"
    r"author(?:s)?\b\s*:?|from\b|von\b|par\b|por\b|di\b(?=\s+[A-Z])|door\b|av\b|af\b|yazan\b|autor(?:a|es|in)?\b\s*:?|"
    r"auteur\b\s*:?|texto?\s*:|foto\s*:|автор(?:ы)?\b\s*:?|текст\s*:|του|της|作者\s*[:：]|记者\s*[:：]?|記者\s*[:：]?|文\s*[/:：|])\s*[:：]?\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:;|\||\n|•|·|、|，|/(?!/)|\s&\s|&amp;|\s\+\s|\band\b|\bwith\b|\bund\b|\bet\b|\by\b|\bund\b|\bi\b(?=\s+[A-ZŁŚŻ])|\bи\b|\bog\b|\boch\b|\ben\b(?=\s+[A-Z])|\be\b(?=\s+[A-Z]))\s*",
)
_COMMA = re.compile(r"\s*,\s*")
_EMAIL = re.compile(r"[(\[<]?\b[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}[)\]>]?")
_LINK = re.compile(r"https?://\S+|www\.\S+|\b\S+\.(?:com|org|net|co\.uk|html?|php)\b\S*", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*[(\[（【][^()\[\]（）]{0,80}[)\]）】]")
_HANDLE = re.compile(r"(?<!\w)@\w+")
_ROLE = re.compile(
    r"\b(?:reporters?|correspondents?|editors?|editor-in-chief|writers?|journalists?|columnists?|contributors?|contributing|"
    r"producers?|critics?|analysts?|photographers?|staff|senior|chief|deputy|managing|executive|"
    r"associate|bureau|political|business editor|science|editorial|digital|professor|lecturer|"
    r"redakteur(?:in)?|korrespondent(?:in)?|journaliste|rédact(?:eur|rice)|redactora?|periodista|giornalista|redattore|"
    r"корреспондент|редактор|обозреватель|журналист)\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_HANDLE_NAME = re.compile(r"[^\W\d_][\w.-]{2,29}")
_NO_NAME = re.compile(
    r"\b(?:updated|published|posted|last modified|ago|min read|read more|follow|share|comments?|subscribe|"
    r"newsletter|copyright|sign up|email|view all|more from|about the|all posts|see more|photo|image|"
    r"picture|veröffentlicht|erstellt|geschrieben|kommentar(?:e|ar)?|publié|publicado|pubblicato|"
    r"uncategorized|written|min|uhr)\b",
    re.IGNORECASE,
)
_NOBODY = frozenset({
    "no author", "noauthor", "not set", "author name", "admin", "administrator", "author", "authors",
    "unknown", "anonymous", "guest", "user", "none", "null", "undefined", "editor", "webmaster", "root",
    "na", "n/a", "byline", "test", "by", "name", "wordpress", "default", "super user", "superuser",
    "false", "true", "nan", "redaktion", "facebook", "twitter", "share", "login",
})  # fmt: skip
_SUFFIX = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "md", "m.d.", "phd", "ph.d.", "esq"})
_DESK = re.compile(
    r"\b(?:staff|team|desk|agency|agencies|agence|agentur|press|news|redaktion|redaction|rédaction|newsroom|editorial|"
    r"reuters|afp|dpa|efe|ansa|tass|xinhua|associated press|bloomberg|редакция|web desk|online|service|"
    r"bureau|wire|times|post|tribune|journal|magazine|media|network|tv|radio)\b",
    re.IGNORECASE,
)

_META = (
    "author", "article:author", "article:author_name", "dc.creator", "dcterms.creator", "dc.contributor",
    "parsely-author", "sailthru.author", "byl", "byline", "article.author", "og:author",
    "og:article:author", "citation_author", "authors", "cxenseparse:author", "rbauthors", "author_name",
    "news_authors", "wp:author", "page-author", "twitter:data1:author", "article_author",
)  # fmt: skip


def writers(page: Evidence, lead_authors: list[str], lead_source: str = "feed") -> Fact[list[str]]:
    """The authors of a page: of the first voice, from the most to the least formal, that names people.

    A voice that names only the site itself, or whom it always names, is kept back for the case that none
    names anybody else.
    """
    sites = {plain(name) for name in [*site_names(page), *page.house]}
    fallback: Fact[list[str]] = Fact([])
    for source, confidence, values in _voices(page, lead_authors, lead_source):
        names = people(values)
        others = [name for name in names if plain(name) not in sites]
        if others:
            return Fact(others, source, confidence if all(map(_is_person, others)) else confidence - 0.1)
        if names and not fallback.value:
            fallback = Fact(names, source, 0.4)
    return fallback


def named_by(page: Evidence) -> list[list[str]]:
    """The names that each voice of a page gives, from the most to the least formal; without silent voices."""
    voices = (people(values) for _, _, values in _voices(page, [], "feed"))
    return [names for names in voices if names]


def people(values: list[str]) -> list[str]:
    """Single names out of author strings, in order, each once."""
    found: dict[str, str] = {}
    for value in values[:_MOST]:
        for name in split_names(value):
            found.setdefault(plain(name), name)
    return _without_parts(list(found.values()))[:_MOST]


def split_names(text: str) -> list[str]:
    """The names in one author string; [] where it names nobody."""
    text = _LINK.sub(" ", _EMAIL.sub(" ", clean_line(text)[:500]))
    text = _HANDLE.sub(" ", _BRACKETS.sub(" ", text))
    text = _LEAD_IN.sub("", text.strip(" -–—|,:;·•"))
    names: list[str] = []
    for part in _SPLIT.split(text):
        pieces = [piece for piece in _COMMA.split(part) if piece]
        if _is_last_first(pieces):
            pieces = [f"{pieces[1]} {pieces[0]}"]
        for piece in pieces:
            if piece.casefold() in _SUFFIX and names:
                names[-1] += f" {piece}"
            elif name := _name(piece):
                names.append(name)
    return names


def _is_last_first(pieces: list[str]) -> bool:
    """`Quay, Anna`: two single words around one comma."""
    return (
        len(pieces) == 2
        and all(" " not in piece and piece[:1].isupper() for piece in pieces)
        and not any(_DESK.search(piece) or _ROLE.search(piece) for piece in pieces)
    )


def _name(text: str) -> str | None:
    """A name, if the text is one."""
    name = _LEAD_IN.sub("", text.strip(" -–—|,:;.·•\"'“”*")).strip(" -–—|,:;·•\"'“”*")
    if not 2 <= len(name) <= 60 or len(name.split()) > 7 or name.casefold() in _NOBODY:
        return None
    # Digits are of dates and counts, unless the name is one word: then it is an account's.
    if _NO_NAME.search(name) or (_DIGIT.search(name) and not _HANDLE_NAME.fullmatch(name)):
        return None
    if not any(map(str.isalpha, name)):
        return None
    is_role = _ROLE.search(name) and not _DESK.search(_ROLE.sub("", name))
    if is_role and (
        name[:1].islower() or len(_ROLE.sub("", name).split()) < 2 or " of " in name or " in " in name
    ):
        return None if not re.search(r"\bstaff\b", name, re.IGNORECASE) else name
    if name.isupper() and len(name) > 5:
        name = name.title()
    return name


def _without_parts(names: list[str]) -> list[str]:
    """Drop what is only a piece of another name of the list."""
    keys = [plain(name) for name in names]
    return [
        name
        for name, key in zip(names, keys, strict=True)
        if not any(key != other and key in other and len(key) < len(other) for other in keys)
    ]


def _is_person(name: str) -> bool:
    return 2 <= len(name.split()) <= 5 and _DESK.search(name) is None


def _voices(page: Evidence, lead: list[str], lead_source: str) -> list[tuple[str, float, list[str]]]:
    """(source, confidence, values) from the most to the least formal."""
    linked = _linked_names(page.linked)
    second = [value for name in ("creator", "contributor") for value in texts(page.linked.get(name))]
    meta = [page.meta.get(name, []) for name in _META]
    return [
        ("json-ld", 0.95, linked),
        (lead_source, 0.9, lead),
        *(("meta", 0.88, values) for values in meta if values),
        ("meta", 0.85, _labelled(page)),
        ("microdata", 0.85, page.items.get("author", []) or page.items.get("creator", [])),
        ("json-ld", 0.8, second),
        ("html", 0.75, _only_people(page.signed[:3])),
        ("html", 0.7, _only_people(_shortest_bylines(page.bylines))),
    ]


def _linked_names(node: Node) -> list[str]:
    return texts(node.get("author"))


def _labelled(page: Evidence) -> list[str]:
    """`twitter:data1` beside a `twitter:label1` that says "Written by"."""
    for number in ("1", "2"):
        if re.match(
            r"(?i)written by|author|by\b|von|verfasst|escrito|écrit", page.first(f"twitter:label{number}")
        ):
            return page.meta.get(f"twitter:data{number}", [])
    return []


def _only_people(values: list[str]) -> list[str]:
    """Without the outlet's or agency's name that stands beside people's in a visible byline."""
    names = people(values)
    persons = [name for name in names if _is_person(name)]
    return persons or names


def _shortest_bylines(bylines: list[str]) -> list[str]:
    """The first byline; of nested elements the one that names people with the fewest words around."""
    named = [line for line in bylines if people([line])]
    if not named:
        return []
    inner = [line for line in named if line != named[0] and line in named[0]]
    return inner or named[:1]
