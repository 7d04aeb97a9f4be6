"""What a page says of itself in JSON-LD, read as tolerantly as pages write it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from dateline.text.normalise import words
from dateline.text.urls import is_home, url_key

Node = dict[str, Any]

_MOST_CHARACTERS = 2_000_000
_MOST_NODES = 2_000
_DEEPEST = 40

ARTICLE_TYPES = frozenset({
    "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle",
    "reviewnewsarticle", "backgroundnewsarticle", "askpublicnewsarticle", "satiricalarticle",
    "advertisercontentarticle", "liveblogposting", "blogposting", "report", "scholarlyarticle",
    "techarticle", "socialmediaposting", "discussionforumposting", "criticreview", "webcontent",
})  # fmt: skip
_SECOND_TYPES = frozenset({
    "webpage", "itempage", "videoobject", "audioobject", "podcastepisode", "imagegallery", "mediagallery",
    "newsvideo", "interview", "recipe", "review", "creativework", "episode", "clip",
})  # fmt: skip

# What hangs below these is about other things than the page.
_ELSEWHERE = frozenset({
    "itemlistelement", "haspart", "liveblogupdate", "comment", "review", "mentions", "citation",
    "ispartof", "subjectof", "relatedlink", "breadcrumb", "potentialaction", "about", "isbasedon",
    "video", "associatedmedia",
})  # fmt: skip

_OPENING = re.compile(r"(?://)?\s*(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_SALVAGED = re.compile(
    r'"(headline|datePublished|dateModified|articleSection|@type|isAccessibleForFree)"\s*:\s*'
    r'(?:"((?:[^"\\\n]|\\.){1,500})"|(true|false))'
)
_SALVAGED_AUTHOR = re.compile(
    # Blanks are never given back: a run of them would be tried from every place within.
    r'"author"\s*+:\s*+[^\]}]{0,210}?"name"\s*+:\s*+"((?:[^"\\\n]|\\.){1,120})"'
)


def nodes(scripts: list[str]) -> list[Node]:
    """All objects that are about the page, `@graph` and arrays unfolded, `@id` references resolved.

    Of a script that is no JSON after the usual repairs, what single facts can be told by their names.
    """
    found: list[Node] = []
    left = _MOST_CHARACTERS
    for script in scripts:
        left -= len(script)
        if left < 0:
            break
        try:
            for value in _values(script):
                _unfold(value, found, 0)
        except RecursionError:
            continue
    _resolve(found)
    return found


@dataclass(frozen=True, slots=True)
class Called:
    """What a page is known by.

    Args:
        keys: of its addresses, as it lies and as it says.
        titles: the words of each of its titles.
    """

    keys: frozenset[str]
    titles: tuple[frozenset[str], ...]

    @classmethod
    def by(cls, addresses: Iterable[str | None], titles: Iterable[str]) -> Called:
        """Of addresses and titles as given. A front page is nobody's address: templates tell it of all."""
        keys = (url_key(one) for one in addresses if one and not is_home(one))
        return cls(frozenset(filter(None, keys)), tuple(frozenset(words(title)) for title in titles))

    def names(self, node: Node) -> bool:
        """Whether an object gives an address of the page."""
        return any(url_key(link) in self.keys for link in _links(node))

    def is_other(self, node: Node) -> bool:
        """Whether an object gives addresses, and none of the page; errs on the side of no."""
        told = [link for name in ("url", "mainentityofpage") for link in links(node.get(name))]
        keys = {key for link in told if not is_home(link) and (key := url_key(link))}
        return bool(self.keys and keys) and self.keys.isdisjoint(keys)

    def titles_it(self, node: Node) -> bool | None:
        """Whether most words of an object's headline stand in a title; None where one of both is missing."""
        own = {word for text in texts(node.get("headline"))[:1] for word in words(text)}
        if not own or not any(self.titles):
            return None
        return any(len(own & title) * 2 > len(own) for title in self.titles)


def without_teasers(found: list[Node], page: Called) -> list[Node]:
    """The objects but those that name another page and have another headline: they tell of that."""
    return [node for node in found if not page.is_other(node) or page.titles_it(node) is not False]


def main_node(found: list[Node], page: Called) -> Node:
    """The object that describes the article itself, {} if there is none.

    Articles come before pages and videos, what names the page's own address before all else, then what names
    no other page and has a headline like the page's title, then what knows most.
    """
    best: tuple[tuple[int, bool, int, int], Node] | None = None
    for node in found:
        kinds = types(node)
        tier = 2 if kinds & ARTICLE_TYPES else 1 if kinds & _SECOND_TYPES else 0
        if not tier:
            continue
        fits = 2 * bool(page.titles_it(node)) + (not page.is_other(node))
        known = sum(
            name in node for name in ("headline", "datepublished", "author", "datemodified", "articlebody")
        )
        rank = (tier, page.names(node), fits, known)
        if best is None or rank > best[0]:
            best = rank, node
    return best[1] if best else {}


def types(node: Node) -> set[str]:
    """The types of an object, in lower case, without their namespace."""
    return {kind.rpartition("/")[2].rpartition(":")[2].lower() for kind in texts(node.get("@type"))}


def texts(value: Any, depth: int = 0) -> list[str]:
    """The strings of a value: itself, of a list, or the `name` (else `@value`) of objects."""
    if isinstance(value, str):
        text = html.unescape(value).strip() if "&" in value else value.strip()
        return [text] if text else []
    if isinstance(value, bool | int):
        # A number of more digits than any date or flag has is not even turned into text: Python refuses to.
        return [str(value)] if abs(value) < 10**18 else []
    if depth > 3:
        return []
    if isinstance(value, list):
        return [text for item in value[:100] for text in texts(item, depth + 1)]
    if isinstance(value, dict):
        return texts(value.get("name") or value.get("@value") or value.get("headline"), depth + 1)
    return []


def links(value: Any) -> list[str]:
    """The URLs of a value: strings, or the `url` or `@id` of objects."""
    if isinstance(value, str):
        return [value.strip()]
    if isinstance(value, list):
        return [link for item in value[:50] if not isinstance(item, list) for link in links(item)]
    if isinstance(value, dict):
        for name in ("url", "contenturl", "@id"):
            if isinstance(value.get(name), str):
                return [value[name].strip()]
    return []


def _links(node: Node) -> list[str]:
    return [link for name in ("url", "mainentityofpage", "@id") for link in links(node.get(name))]


def _values(script: str) -> Iterator[Any]:
    """The JSON values of a script, repaired; else one object of what could be salvaged."""
    text = _unwrapped(script).rstrip(";")
    if not text:
        return
    for repaired in (lambda: text, lambda: _repair(text)):
        try:
            yield json.loads(repaired(), strict=False)
        except ValueError:
            continue
        return
    values = list(_one_after_another(text))
    if values:
        yield from values
        return
    salvaged: Node = {}
    for name, quoted, plain in _SALVAGED.findall(text):
        salvaged.setdefault(name, _unquote(quoted) or plain)
    if author := _SALVAGED_AUTHOR.search(text):
        salvaged["author"] = _unquote(author[1])
    if salvaged:
        yield salvaged


def _unwrapped(script: str) -> str:
    """A script without the comment or CDATA section around it."""
    text = script.strip()
    if found := _OPENING.match(text):
        text = text[found.end() :]
    if text.endswith(("-->", "]]>")):
        text = text[:-3].rstrip().removesuffix("//")
    return text.strip()


def _repair(text: str) -> str:
    if "&quot;" in text and '"' not in text:
        text = html.unescape(text)
    return _TRAILING_COMMA.sub(r"\1", text)


def _unquote(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text


def _one_after_another(text: str) -> Iterator[Any]:
    """Objects written one after another without a list around them."""
    decoder = json.JSONDecoder(strict=False)
    at = 0
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except ValueError:
            return
        yield value
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1


def _unfold(value: Any, found: list[Node], depth: int) -> None:
    if depth > _DEEPEST or len(found) >= _MOST_NODES:
        return
    if isinstance(value, list):
        for item in value:
            _unfold(item, found, depth + 1)
    elif isinstance(value, dict):
        # Names differ in case between publishers (`datepublished`).
        node = {str(name).lower(): inner for name, inner in value.items()}
        if "@type" in node or "@id" in node or "headline" in node:
            found.append(node)
        for name, inner in node.items():
            if name not in _ELSEWHERE and isinstance(inner, dict | list):
                _unfold(inner, found, depth + 1)


def _resolve(found: list[Node]) -> None:
    """Replace `{"@id": …}` of authors and publishers by the object of that id."""
    named: dict[str, Node] = {}
    for node in found:
        if isinstance(node.get("@id"), str) and len(node) > 1:
            named.setdefault(node["@id"], node)
    for node in found:
        for name in ("author", "creator", "publisher", "image", "contributor"):
            if name in node:
                node[name] = _resolved(node[name], named)


def _resolved(value: Any, named: dict[str, Node]) -> Any:
    if isinstance(value, list):
        return [_resolved(item, named) if isinstance(item, dict) else item for item in value[:100]]
    if isinstance(value, dict):
        own = {str(name).lower(): inner for name, inner in value.items()}
        known = own.get("@id")
        other = named.get(known) if isinstance(known, str) else None
        return {**other, **own} if other and "name" not in own else own
    return value
