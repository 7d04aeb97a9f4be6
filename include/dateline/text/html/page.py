"""A page as an article: all facts judged, the body read, and what is no article refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from dateline.text.article_urls import may_stand_for
from dateline.text.html import jsonld
from dateline.text.html.authors import writers
from dateline.text.html.charset import decode_and_mend
from dateline.text.html.details import (
    caption_of,
    description_of,
    image_of,
    publisher_of,
    section_of,
    site_name_of,
    tags_of,
)
from dateline.text.html.endings import without_ending
from dateline.text.html.evidence import Evidence, gather
from dateline.text.html.fact import Fact
from dateline.text.html.interruptions import without_interruptions
from dateline.text.html.interstitials import look_at, stands_before
from dateline.text.html.kinds import kind_of, list_signs, says_article
from dateline.text.html.live_blogs import About, Entry, take_apart, updates
from dateline.text.html.missing import says_missing
from dateline.text.html.openings import without_opening
from dateline.text.html.other_pages import other_than_news
from dateline.text.html.paywalls import cut_at_box, or_summary, says_paid, stands_behind, without_offer
from dateline.text.html.site import NO_SITE, SiteRules, body_of, introduce, selected
from dateline.text.html.times import Limits, published, updated
from dateline.text.html.titles import headline
from dateline.text.html.told_body import with_data
from dateline.text.html.tree import parse, refuse_other_than_text
from dateline.text.mojibake import Mended, is_damaged
from dateline.text.normalise import word_count
from dateline.text.origin import publishing_site
from dateline.text.rights import Signal, from_page
from dateline.text.urls import absolute, is_home, same_site
from dateline.text.when import When

LEAD_SOURCES = {"feed": "feed", "sitemap": "sitemap", "manifest": "archive", "record": "archive"}
"""Origin of a lead → source of the facts that it gives."""
_SUMMARY_TRUST = 0.2
"""Of a text: it tells of the story, and is none of it."""
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(slots=True)
class Page:
    """An article as its page gives it: `language` as declared, `kind` as in the contract.

    Of a live blog `paragraphs` are what stands outside its entries, and `whole` what the page shows.
    """

    title: Fact[str | None]
    authors: Fact[list[str]]
    published: Fact[When | None]
    updated: Fact[When | None]
    paragraphs: list[str]
    language: str | None = None
    kind: str = "article"
    canonical: str | None = None
    canonical_site: str | None = None
    section: str | None = None
    tags: list[str] = field(default_factory=list)
    description: str | None = None
    site_name: str | None = None
    publisher: str | None = None
    image_url: str | None = None
    image_caption: str | None = None
    is_paywalled: bool | None = None
    list_signs: int = 0
    says_article: bool = False
    text_confidence: float = 0.0
    link_share: float = 0.0
    stands_before: str | None = None
    is_missing: bool = False
    other_than_news: str | None = None
    characters: str = "clean"
    signals: list[Signal] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)


def read_page(
    body: bytes,
    content_type: str | None,
    url: str | None,
    lead: Mapping[str, Any] | None,
    limits: Limits,
    site: SiteRules = NO_SITE,
) -> Page:
    """Read a page.

    Args:
        body: as it came.
        content_type: header as sent, None if unknown.
        url: of the page, None if unknown.
        lead: what led to it (`contracts.shared.LEAD_TYPE`), None if nothing.
        limits: what its times may be.
        site: what is known of its site.

    Raises:
        Refused: no_body, not_html, wrong_type, too_deep, too_large or parse_failure.
    """
    refuse_other_than_text(body)
    mended = decode_and_mend(body, content_type)
    text = mended.text
    tree = parse(text)
    page = introduce(gather(tree, url), site)
    found = judge(page, lead or {}, limits, selected(tree, page, site.selectors, limits))
    found.signals = from_page(tree)
    sight = look_at(page.title, page.headings, tree)
    live = updates(tree, text, page)
    # Last, as the extractor takes the tree apart.
    headlines = [found.title.value or "", *page.headings]
    read = body_of(tree, lambda: parse(text), headlines, found.description, site)
    read = with_data(read, page, text, headlines)
    found.paragraphs = _bare(read.paragraphs, found.authors.value)
    found.text_confidence, found.link_share = read.confidence, read.linked
    words = word_count(" ".join(found.paragraphs))
    found.is_missing = says_missing(
        page.title, page.headings, found.paragraphs, words, says_article=found.says_article
    )
    if not found.says_article:
        found.stands_before = stands_before(sight, text, found.paragraphs, words)
    _look_behind(text, found)
    found.characters = _characters(mended, found)
    about = About(found.published, found.updated.value, found.title.value, found.description)
    if blog := take_apart(live, found.paragraphs, page, about, limits):
        found.whole = blog.whole
        found.kind, found.paragraphs, found.entries = "live_blog", blog.paragraphs, blog.entries
    return found


def _bare(paragraphs: list[str], authors: list[str]) -> list[str]:
    """A story without what stands over, within and below it."""
    return without_ending(without_opening(without_interruptions(paragraphs), authors), authors)


def _look_behind(text: str, found: Page) -> None:
    """Tell whether a paywall cuts the text, and leave out what is the paywall's."""
    box = None if found.is_paywalled is False else cut_at_box(text, found.paragraphs)
    if found.is_paywalled is None and (box is not None or stands_behind(text, found.paragraphs)):
        found.is_paywalled = True
    if not found.is_paywalled:
        return
    found.paragraphs = without_offer(found.paragraphs[:box])
    if found.says_article:
        found.paragraphs, is_summary = or_summary(found.paragraphs, found.description)
        found.text_confidence = _SUMMARY_TRUST if is_summary else found.text_confidence


def _characters(mended: Mended, page: Page) -> str:
    """The state of the article's own characters; menus and styles around it don't count."""
    own = "\n".join([page.title.value or "", page.description or "", *page.paragraphs])
    if is_damaged(own):
        return "damaged"
    return "repaired" if mended.touches(own) else "clean"


def judge(
    page: Evidence, lead: Mapping[str, Any], limits: Limits, known: Mapping[str, Any] = _NOTHING
) -> Page:
    """Everything but the body, from what was gathered.

    Args:
        page: what was gathered.
        lead: what led to it, {} if nothing.
        limits: what its times may be.
        known: title, authors and time of publication (`Fact`) where a person's selectors found them: they
            stand, and what hangs on them is judged by them.
    """
    origin = LEAD_SOURCES.get(lead.get("origin") or "", "feed")
    day = known.get("published") or published(page, limits, lead.get("published"), origin)
    title = known.get("title") or headline(page, lead.get("title"), origin)
    description, picture = description_of(page, title.value), image_of(page)
    authors = known.get("authors") or writers(page, list(lead.get("authors") or []), origin)
    return Page(
        title=title,
        authors=authors,
        published=day,
        updated=updated(page, limits, lead.get("updated"), day.value, origin),
        paragraphs=[],
        language=_language(page, lead),
        kind=kind_of(page),
        canonical=_canonical(page),
        canonical_site=_canonical_site(page),
        section=section_of(page, title.value),
        tags=tags_of(page, lead, title.value, description),
        description=description,
        site_name=site_name_of(page, title.value),
        publisher=publisher_of(page, title.value),
        image_url=picture,
        image_caption=caption_of(page, title.value, picture),
        is_paywalled=says_paid(page),
        list_signs=list_signs(page),
        says_article=says_article(page),
        other_than_news=other_than_news(page, title.value, authors, day),
    )


def _language(page: Evidence, lead: Mapping[str, Any]) -> str | None:
    """The declared language: the article's own word before the template's."""
    said = [
        *jsonld.texts(page.linked.get("inlanguage")),
        *page.items.get("inlanguage", []),
        page.first("og:locale:current", "language", "content-language", "dc.language", "dcterms.language"),
        page.language or "",
        page.first("og:locale"),
        lead.get("language") or "",
    ]
    return next((tag for tag in said if tag), None)


def _canonical(page: Evidence) -> str | None:
    """The page's own word for its URL, if it lies on the same site and may be the page's own.

    Without a URL of its own to compare, a page's word is taken as it is, but for a front page.
    """
    for said in (page.canonical, page.first("og:url"), *jsonld.links(page.linked.get("mainentityofpage"))):
        link = absolute(said, page.url) if said else None
        if link is None or is_home(link):
            continue
        if page.url is None or (same_site(link, page.url) and may_stand_for(link, page.url)):
            return link
    return None


def _canonical_site(page: Evidence) -> str | None:
    """The site of another publisher that the page calls the place of its text; never its identity."""
    link = absolute(page.canonical, page.url) if page.canonical and page.url else None
    if link is None or is_home(link):
        return None
    own, other = publishing_site(page.url), publishing_site(link)
    return other if own and other != own else None
