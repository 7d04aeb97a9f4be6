"""The entries of a live blog as JSON-LD tells them (https://schema.org/LiveBlogPosting)."""

from __future__ import annotations

import re
from typing import Any

from dateline.text.html import jsonld
from dateline.text.html.evidence import Evidence
from dateline.text.html.live_blocks import MOST_ENTRIES
from dateline.text.html.live_markup import Update
from dateline.text.normalise import word_count
from dateline.text.plain import plain
from dateline.text.urls import url_key

MARKED = "liveBlogUpdate"
"""Stands in every page that marks its entries as data."""

_BREAK = re.compile(
    r"<(?:/?(?:p|div|li|ul|ol|blockquote|h[1-6]|section|table|tr)|br)\b[^<>]*>|\n", re.IGNORECASE
)
_BODIES = ("articlebody", "text", "description")


def says_live(page: Evidence) -> bool:
    """Whether a page's JSON-LD calls it a live blog."""
    return any("liveblogposting" in jsonld.types(node) for node in page.others)


def told(page: Evidence) -> list[Update]:
    """The entries in the order of the data; those without a word are none."""
    node = page.linked if _has_updates(page.linked) else next(filter(_has_updates, _ours(page)), {})
    given = node.get(MARKED.lower()) or []
    values = given if isinstance(given, list) else [given]
    known = {node["@id"]: node for node in page.others if isinstance(node.get("@id"), str) and len(node) > 1}
    found = []
    for value in values[: MOST_ENTRIES + 1]:
        if isinstance(value, dict):
            entry = {str(name).lower(): inner for name, inner in value.items()}
            name = entry.get("@id")
            other = known.get(name) if isinstance(name, str) and "headline" not in entry else None
            found.append(_update({**(other or {}), **entry}))
    return [each for each in found if word_count(f"{each.title} {each.text}")]


def _has_updates(node: jsonld.Node) -> bool:
    return bool(node.get(MARKED.lower()))


def _ours(page: Evidence) -> list[jsonld.Node]:
    """The objects that are about this page, as far as they say: a front page tells of several blogs."""
    own = url_key(page.url)
    return [
        node
        for node in page.others
        if own is None or not (links := _links(node)) or any(url_key(link) == own for link in links)
    ]


def _links(node: jsonld.Node) -> list[str]:
    return [link for name in ("url", "mainentityofpage") for link in jsonld.links(node.get(name))]


def _update(node: jsonld.Node) -> Update:
    title = next(iter(jsonld.texts(node.get("headline") or node.get("name"))), "")
    bodies = (paragraphs_of(node.get(name)) for name in _BODIES)
    text = next((body for body in bodies if word_count(body)), "")
    return Update(
        title=plain(title),
        text=text,
        whole=text,
        published=_first(node, "datepublished", "datecreated", "uploaddate"),
        modified=next(iter(_first(node, "datemodified")), ""),
        authors=jsonld.texts(node.get("author") or node.get("creator")),
        links=jsonld.links(node.get("url")),
        names=[*_own_id(node), *jsonld.texts(node.get("identifier"))[:1]],
        image=next(iter(jsonld.links(node.get("image"))), None),
        source="json-ld",
    )


def _own_id(node: jsonld.Node) -> list[str]:
    return [node["@id"]] if isinstance(node.get("@id"), str) else []


def _first(node: jsonld.Node, *names: str) -> list[str]:
    return [text for name in names for text in jsonld.texts(node.get(name))[:1]]


def paragraphs_of(value: Any) -> str:
    """A body as it is written, with or without tags, as paragraphs with an empty line between them."""
    parts = (plain(part, len(part)) for part in _BREAK.split("\n".join(jsonld.texts(value))))
    return "\n\n".join(filter(None, parts))
