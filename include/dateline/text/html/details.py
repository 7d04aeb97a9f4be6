"""The smaller facts of a page: section, tags, description, names of site and publisher, main picture."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from dateline.text.html import jsonld
from dateline.text.html.evidence import Evidence
from dateline.text.html.site_names import plain, site_names
from dateline.text.normalise import clean_line
from dateline.text.urls import absolute, is_home

_MOST_TAGS = 50
_LONGEST_TAG = 100
_MOST_WORDS = 8
"""Words of a tag: what has more is a sentence, put there to be found."""
_LONGEST_SUMMARY = 1000
"""Characters. What is longer is the article itself (2 in 500 pages), and no summary of it."""
_LONGEST_LINE = 300

_TAG = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|a|span|div|[uo]l|li|h[1-6]|img|su[bp])(?:\s[^<>]{0,300})?/?>", re.I
)
"""By name: `<The Sea>` is how some languages quote."""
_FILE_NAME = re.compile(r"[\w.%+-]+", re.ASCII)
_BETWEEN_TAGS = re.compile(r"[,;，、،؛|]")
_LONGEST_LIST = 10_000
_LIST = re.compile(r",(?=\S)|,(?=.*,)")
"""Commas that part several sections: "Local,Sport", "Local, Sport, Rowing", not "Health, Safety"."""

# What systems put where nobody chose a section, and where breadcrumbs begin.
_NO_SECTION = frozenset({
    "", "uncategorized", "uncategorised", "home", "homepage", "frontpage", "startseite", "start",
    "accueil", "inicio", "portada", "alaune", "all", "post", "posts", "article", "articles",
})  # fmt: skip
_EMPTY_PICTURE = re.compile(
    r"(?:^|[-_.])(?:blank|spacer|pixel|placeholder|no-?image|transparent|1x1)(?:[-_.]|$)"
)
_LOGO_PICTURE = re.compile(
    r"(?:^|[-_.])(?:logo|favicon|og-?image|fallback|default[-_]?(?:share|sharing|social|og|image|img|thumb(?:nail)?"
    r"|facebook|twitter|card|picture)?|(?:share|sharing|social|facebook|fb|twitter|og)[-_]?(?:image|img|default|card"
    r"|thumb(?:nail)?|icon|logo))(?:[-_.]|$)"
)
"""What a site shares where a story has no picture."""
_SIGN_OF_SITE = re.compile(r"(?:logo|icon)[^/]*\Z")
_SIZE = re.compile(r"(?:[-_](?:\d{2,4}x\d{2,4}|scaled|large|medium|small))?\.[a-z]{3,4}\Z")
_LEAST_NAME = 8
"""Letters of a picture's file that is known again at another address; many are called `1.jpg`."""


def section_of(page: Evidence, title: str | None) -> str | None:
    """The section as told, else the first step of the breadcrumbs below the front page."""
    said = [
        *jsonld.texts(page.linked.get("articlesection"))[:1],
        page.first("article:section", "og:article:section", "og:section", "parsely-section"),
        page.first("section", "cxenseparse:section", "category"),
        *page.items.get("articlesection", [])[:1],
        *_breadcrumbs(page, title),
    ]
    return _first_section(said) or _first_section(_shown_steps(page, title))


def _first_section(said: Iterable[str]) -> str | None:
    for value in said:
        name = _line(_LIST.split(_of_path(value), maxsplit=1)[0])
        if name and plain(name) not in _NO_SECTION and not plain(name).isdigit():
            return name
    return None


def _of_path(said: str) -> str:
    """The name of a section that is told by its path, `/local-news/harbour`."""
    return said.strip("/").partition("/")[0].replace("-", " ") if said.startswith("/") else said


def _shown_steps(page: Evidence, title: str | None) -> Iterable[str]:
    """Names of the steps that readers see below the front page, then of the categories."""
    shown = page.details
    own = {plain(other) for other in (title or "", *page.headings, *site_names(page))}
    steps = shown.steps
    if len(steps) > 1 and _leads_home(steps[0][1], page.url):
        steps = steps[1:]
    return [name for name in (*(name for name, _ in steps), *shown.categories) if plain(name) not in own]


def _leads_home(link: str, url: str | None) -> bool:
    address = absolute(link, url)
    return link == "/" or (address is not None and is_home(address))


def _breadcrumbs(page: Evidence, title: str | None) -> list[str]:
    """Names of the steps between the front page and the article, of JSON-LD."""
    for node in page.others:
        steps = node.get("itemlistelement")
        if "breadcrumblist" not in jsonld.types(node) or not isinstance(steps, list):
            continue
        steps = [step for step in steps[:10] if isinstance(step, dict)]
        # The first step is the front page, by whatever name, unless it is the only one.
        first = 1 if len(steps) > 1 and _is_front(steps[0]) else 0
        names = [(jsonld.texts(step) or jsonld.texts(step.get("item")) or [""])[0] for step in steps[first:]]
        own = {plain(other) for other in (title or "", *page.headings, *site_names(page))}
        return [name for name in names if plain(html.unescape(name)) not in own]
    return []


def _is_front(step: Mapping[str, Any]) -> bool:
    links = [*jsonld.links(step.get("item")), *jsonld.links(step)]
    return not links or any(link[:4] == "http" and is_home(link) for link in links)


def tags_of(page: Evidence, lead: Mapping[str, Any], title: str | None, description: str | None) -> list[str]:
    """Tags of the best place that has any; not the title or the summary, which some put there."""
    for said in (
        jsonld.texts(page.linked.get("keywords")),
        page.meta.get("article:tag", []),
        *([page.first(name)] for name in ("news_keywords", "parsely-tags", "sailthru.tags")),
        page.items.get("keywords", []),
        [page.first("keywords", "tags", "og:tags", "dc.subject", "dcterms.subject")],
        list(lead.get("categories") or []),
    ):
        if kept := _tags(said, {plain(title or ""), plain(description or "")}):
            return kept
    return _tags(page.details.tags, {plain(title or ""), plain(description or "")})


def _tags(said: Iterable[str], other: set[str]) -> list[str]:
    parts = (
        clean_line(html.unescape(part))
        for value in said
        for one in _listed(html.unescape(value))
        for part in _BETWEEN_TAGS.split(one)
    )
    kept: dict[str, str] = {}
    for tag in parts:
        key = plain(tag)
        if key and key not in other and len(tag) <= _LONGEST_TAG and len(tag.split()) <= _MOST_WORDS:
            kept.setdefault(key, tag)
    return list(kept.values())[:_MOST_TAGS]


def _listed(value: str) -> list[str]:
    """The texts of a list in JSON, else the value itself."""
    text = value.strip()
    if not (text.startswith("[") and text.endswith("]")) or len(text) > _LONGEST_LIST:
        return [value]
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return [value]
    return [one for one in told if isinstance(one, str)]


def description_of(page: Evidence, title: str | None) -> str | None:
    """The publisher's summary; not the title once more, the site's own slogan, or the whole article."""
    other = {plain(title or ""), plain(page.title), *map(plain, page.headings)}
    for node in page.others:
        if jsonld.types(node) & {"website", "organization", "newsmediaorganization"}:
            other.update(map(plain, jsonld.texts(node.get("description"))))
    for value in (
        page.first("og:description"),
        page.first("description"),
        page.first("twitter:description"),
        *jsonld.texts(page.linked.get("description"))[:1],
        page.first("dc.description", "dcterms.description", "sailthru.description", "abstract"),
        *page.items.get("description", [])[:1],
    ):
        text = clean_line(_TAG.sub(" ", html.unescape(value)) if "&" in value or "<" in value else value)
        if len(text) <= _LONGEST_SUMMARY and plain(text) and plain(text) not in other:
            return text
    return None


def site_name_of(page: Evidence, title: str | None) -> str | None:
    """What the site is called."""
    sites = (node for node in page.others if "website" in jsonld.types(node))
    said = [
        page.first("og:site_name"),
        page.first("application-name"),
        *(name for node in sites for name in jsonld.texts(node.get("name"))[:1]),
        page.first("al:ios:app_name", "apple-mobile-web-app-title"),
    ]
    return _name(said, title)


def publisher_of(page: Evidence, title: str | None) -> str | None:
    """Who publishes the page."""
    said = [
        *jsonld.texts(page.linked.get("publisher"))[:1],
        *page.items.get("publisher", [])[:1],
        page.first("dc.publisher"),
        page.first("dcterms.publisher"),
        page.first("publisher"),
        *jsonld.texts(page.linked.get("sourceorganization"))[:1],
    ]
    return _name(said, title)


def _name(said: Iterable[str], title: str | None) -> str | None:
    """The first that may be a name: no link, no number, not the page's own title."""
    names = (_line(value) for value in said)
    own = plain(title or "")
    return next((name for name in names if name and "://" not in name and plain(name) not in (own, "")), None)


def image_of(page: Evidence) -> str | None:
    """Address of the main picture: not an empty one, and the site's logo only where there is no other."""
    told = page.linked.get("image") or page.linked.get("thumbnailurl")
    said = [
        page.first("og:image", "og:image:url", "og:image:secure_url"),
        page.first("twitter:image", "twitter:image:src"),
        *jsonld.links(told),
        page.first("parsely-image-url", "sailthru.image.full"),
    ]
    if not any(said):
        said = [link for link in page.details.pictures if not _SIGN_OF_SITE.search(link.lower())]
    links = [link for value in said if value and (link := absolute(html.unescape(value), page.url))]
    named = [(link, link.partition("?")[0].rpartition("/")[2].lower()) for link in links]
    shown = [(link, name) for link, name in named if not _EMPTY_PICTURE.search(name)]
    best = next((link for link, name in shown if not _LOGO_PICTURE.search(name)), None)
    return best or (shown[0][0] if shown else None)


def caption_of(page: Evidence, title: str | None, picture: str | None) -> str | None:
    """What the page says of its picture: the caption in JSON-LD, else that under the picture, else the text
    in the picture's place."""
    image = page.linked.get("image") or page.linked.get("thumbnailurl")
    first = image[0] if isinstance(image, list) and image else image
    values = {str(name).lower(): value for name, value in first.items()} if isinstance(first, dict) else {}
    said = [*jsonld.texts(values.get("caption"))[:1], *jsonld.texts(values.get("description"))[:1]]
    own = {"", plain(title or ""), plain(page.title), plain(page.first("og:site_name"))}
    return (
        _first_caption(said, own)
        or _first_caption(_captions(page, picture), own)
        or _first_caption([page.first("og:image:alt", "twitter:image:alt")], own)
    )


def _first_caption(said: Iterable[str], own: set[str]) -> str | None:
    lines = (_line(_TAG.sub(" ", html.unescape(value)), _LONGEST_SUMMARY) for value in said)
    told = (line for line in lines if line and plain(line) not in own)
    return next((line for line in told if not _FILE_NAME.fullmatch(line)), None)


def _captions(page: Evidence, picture: str | None) -> Iterable[str]:
    """Captions of figures that show a picture, at its address or at one of another size."""
    if picture is None:
        return
    own = _file(picture)
    for links, caption in page.details.captions:
        for link in links:
            address = absolute(link, page.url) or ""
            if _without_query(address) == _without_query(picture) or (own and _file(address) == own):
                yield caption
                break


def _without_query(address: str) -> str:
    return address.partition("?")[0]


def _file(address: str) -> str:
    """The name of a picture's file without its size; empty for a short one."""
    name = _SIZE.sub("", _without_query(address).rpartition("/")[2].lower())
    return name if len(name) >= _LEAST_NAME else ""


def _line(text: str, longest: int = _LONGEST_LINE) -> str | None:
    return clean_line(html.unescape(text))[:longest].strip() or None
