"""A read article as a row of `documents`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dateline.errors import Refused
from dateline.text.dateline_parts import place_and_day
from dateline.text.datelines import split_dateline
from dateline.text.html.authors import desks
from dateline.text.html.fact import Fact
from dateline.text.html.live_blogs import Entry
from dateline.text.html.page import Page
from dateline.text.languages import UNKNOWN, contradicts, detect, normalise_tag, primary
from dateline.text.normalise import clean_line, content_hash, word_count
from dateline.text.urls import article_id, id_over, url_key, web_url
from dateline.text.when import When

# A detector this sure of a whole article knows better than a template's `lang`.
_SURE = 0.8


@dataclass(slots=True)
class Article:
    """A page, text or record in one shape."""

    page: Page
    dateline: str | None
    text: str
    text_confidence: float
    url: str | None


def document(capture: dict[str, Any], article: Article, publishers: dict[str, str]) -> dict[str, Any]:
    """A row of `documents`, but for what its publisher says of its use.

    Args:
        capture: a row of `captures`.
        article: what was read of it.
        publishers: slug of a source → name of its publisher, for pages that do not tell.

    Raises:
        Refused: no_text.
    """
    page = article.page
    place = (capture["archive"], capture["path"], capture["index"])
    language, language_source = _language(page.language, article.text)
    if not word_count(article.text):
        raise Refused("no_text", "no word of text")
    return {
        "article_id": article_id(article.url, *place),
        "capture_id": capture["capture_id"],
        "entry": 0,
        "parent_id": None,
        **{name: capture[name] for name in ("source", "archive", "path", "index", "captured")},
        "url": _address(capture, article),
        "canonical_url": web_url(page.canonical),
        "canonical_site": page.canonical_site,
        "url_key": url_key(article.url),
        **_published(page.published, capture),
        **_updated(page.updated),
        **_headed(page),
        **_dateline(article, capture),
        "text": article.text,
        "text_confidence": article.text_confidence,
        "characters": page.characters,
        "content_hash": content_hash(article.text),
        "language": language,
        "language_source": language_source,
        "kind": page.kind,
        "section": page.section,
        "tags": page.tags,
        "description": page.description,
        "site_name": page.site_name,
        "publisher": page.publisher or publishers.get(capture["source"]),
        "image_url": page.image_url,
        "image_caption": page.image_caption,
        "is_paywalled": page.is_paywalled,
        "word_count": word_count(article.text),
    }


def entries(parent: dict[str, Any], capture: dict[str, Any], article: Article) -> Iterator[dict[str, Any]]:
    """The rows of a live blog's entries, numbered in the order of the page.

    Args:
        parent: the row of its page, as `document` gives it.
        capture: a row of `captures`.
        article: what was read of it.

    What is the publication's is that of the page; what tells of the story is the entry's own or missing.
    """
    for number, entry in enumerate(article.page.entries, 1):
        dateline, text = split_dateline(entry.text)
        page = _page(article.page, entry, parent["language"])
        row = document(capture, Article(page, dateline, text, entry.confidence, article.url), {})
        named = {
            "article_id": id_over("entry", parent["article_id"], entry.mark),
            "parent_id": parent["article_id"],
        }
        yield {**row, **named, "entry": number, "publisher": parent["publisher"]}


def _page(page: Page, entry: Entry, language: str) -> Page:
    """An entry in the shape of a page."""
    return replace(
        page,
        title=Fact(entry.title, entry.source, entry.confidence) if entry.title else Fact(None),
        authors=entry.authors,
        published=entry.published,
        updated=entry.updated,
        paragraphs=[],
        entries=[],
        kind="live_entry",
        canonical=entry.url,
        # A few words tell little of their language.
        language=page.language or (language if language != UNKNOWN else None),
        tags=[],
        description=None,
        image_url=entry.image_url,
        image_caption=None,
    )


def _headed(page: Page) -> dict[str, Any]:
    return {
        "title": clean_line(page.title.value or "") or None,
        "title_source": page.title.source,
        "title_confidence": page.title.confidence,
        "authors": page.authors.value,
        "authors_source": page.authors.source,
        "authors_confidence": page.authors.confidence,
        "desks": desks(page.authors.value, [page.site_name or "", page.publisher or ""]),
    }


def _dateline(article: Article, capture: dict[str, Any]) -> dict[str, Any]:
    """The place line as printed and its parts; its year is that of publication, or else of the capture."""
    when = article.page.published.value
    since = capture["captured"].date() if capture["captured"] else None
    if when and when.precision != "month":
        since = date.fromisoformat(when.iso[:10])
    place, day = place_and_day(article.dateline, since) if article.dateline else (None, None)
    return {"dateline": article.dateline, "dateline_place": place, "dateline_date": day}


def _address(capture: dict[str, Any], article: Article) -> str | None:
    """The URL that answered or was told; not `javascript:` or `file:`, a trap for whoever follows it."""
    return web_url(capture["final_url"]) or web_url(capture["url"]) or web_url(article.url)


def _language(declared: str | None, text: str) -> tuple[str, str | None]:
    """(tag, how it is known): the declared tag, unless the text is surely in another language or script."""
    tag = normalise_tag(declared)
    found, trust = detect(text)
    is_doubted = trust >= _SURE or contradicts(tag, text)
    if tag != UNKNOWN and (primary(tag) == found or not is_doubted):
        return tag, "declared"
    return (found, "detected") if found != UNKNOWN else (UNKNOWN, None)


def _published(fact: Fact[When | None], capture: dict[str, Any]) -> dict[str, Any]:
    when = fact.value
    if when is None:
        return {
            "published": None,
            "published_offset": None,
            "published_precision": "unknown",
            "published_source": "capture" if capture["captured"] else None,
            "published_confidence": 0.0,
        }
    return {
        "published": when.instant,
        "published_offset": when.offset,
        "published_precision": when.precision,
        "published_source": fact.source,
        "published_confidence": fact.confidence,
    }


def _updated(fact: Fact[When | None]) -> dict[str, Any]:
    when = fact.value
    return {
        "updated": when.instant if when else None,
        "updated_offset": when.offset if when else None,
        "updated_precision": when.precision if when else "unknown",
        "updated_source": fact.source if when else None,
    }
