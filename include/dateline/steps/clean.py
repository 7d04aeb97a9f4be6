"""`clean`: captures → documents, and rejects with their reason.

captures that are pages, texts or records + entries of live blogs = documents + rejects
captures of feeds, sitemaps and robots files, and answers without a body, yield nothing
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cached_property, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from dateline.contracts.documents import DOCUMENTS
from dateline.contracts.rejects import REJECTS
from dateline.errors import Refused
from dateline.sources import jsonl
from dateline.sources import text as text_files
from dateline.step import Made, Rows, Rules, digest
from dateline.text.datelines import split_behind_summary, split_dateline
from dateline.text.dates import parse
from dateline.text.documents import Article, document, entries
from dateline.text.html.authors import people
from dateline.text.html.block_model import installed
from dateline.text.html.fact import Fact
from dateline.text.html.kinds import refuse_unless_article
from dateline.text.html.page import Page, read_page
from dateline.text.html.site import SiteRules
from dateline.text.html.times import Limits
from dateline.text.html.walls import refuse_if_astray
from dateline.text.languages import DETECTOR_VERSION
from dateline.text.mojibake import is_damaged
from dateline.text.normalise import clean_text, word_count
from dateline.text.rights import RIGHTS_VERSION
from dateline.text.rights_policy import Policy, heed
from dateline.text.site_profiles import NOTHING, Profile
from dateline.text.site_selectors import Selectors, valid_on
from dateline.text.urls import URL_KEY_VERSION, known_by, web_url

VERSION = "6"
"""Raised whenever equal captures may give other rows."""

_READ = frozenset({"page", "text", "record"})

# Trust in what an archive says of its own articles.
_ARCHIVE_TRUST = 0.95


@dataclass(frozen=True)
class CleanRules(Rules):
    """What clean needs besides captures.

    Args:
        zones: (slug of a source, IANA name of the zone) for times without a zone.
        publishers: (slug of a source, name of its publisher), for pages that do not tell.
        selectors: (slug of a source, where facts stand on its pages), oldest first and not overlapping.
        profiles: (slug of a source or name of an archive, what was learnt of its pages).
        min_words: fewest words of a page's text that make an article; texts and records are articles
            by the archive's word and need one.
        policy: what is kept of texts whose publishers reserve something.
        whole: whether a live blog stays one document, with the text that its page shows.
    """

    version: str = VERSION
    zones: tuple[tuple[str, str], ...] = ()
    publishers: tuple[tuple[str, str], ...] = ()
    min_words: int = 10
    selectors: tuple[tuple[str, tuple[Selectors, ...]], ...] = ()
    profiles: tuple[tuple[str, Profile], ...] = ()
    policy: Policy = ()
    whole: bool = False

    def declare(self) -> dict[str, Any]:
        """Version, settings, the versions of URL keys, of the language detector and of the model of bodies,
        and of each source that anything is known of a digest of that."""
        return {
            "version": self.version,
            "sources": dict(sorted(self._digests.items())),
            "min_words": self.min_words,
            "live_blogs": "whole" if self.whole else "apart",
            "url_key": URL_KEY_VERSION,
            "language": DETECTOR_VERSION,
            "body": installed().version,
            "rights": f"{RIGHTS_VERSION} {digest(list(map(list, self.policy)))}",
        }

    def declare_for(self, sources: Iterable[str]) -> dict[str, Any]:
        """As `declare`, but for pages of these sources alone: what changes of others leaves theirs as they
        are. A source of which nothing is known is named too, as something may be later."""
        return {**self.declare(), "sources": {one: self._digests.get(one, "") for one in sorted(sources)}}

    def made(self, versions: dict[str, Any]) -> bool:
        """Whether what declares these versions was made by rules as they are for its sources."""
        sources = versions.get("sources")
        return isinstance(sources, dict) and versions == self.declare_for(sources)

    @cached_property
    def _digests(self) -> dict[str, str]:
        """Slug of a source → digest over what is known of it, for all of which anything is."""
        known: dict[str, dict[str, Any]] = {}
        for name, told in (("zone", self.zones), ("publisher", self.publishers)):
            for source, value in told:
                known.setdefault(source, {})[name] = value
        for source, ranges in self.selectors:
            known.setdefault(source, {})["selectors"] = [one.plain() for one in ranges]
        for source, profile in self.profiles:
            known.setdefault(source, {})["profile"] = profile.digest()
        return {source: digest(value) for source, value in known.items()}

    @cached_property
    def _sites(self) -> dict[str, tuple[tuple[Selectors, ...], Profile]]:
        selectors, profiles = dict(self.selectors), dict(self.profiles)
        return {
            source: (selectors.get(source, ()), profiles.get(source, NOTHING))
            for source in {*selectors, *profiles}
        }

    def zone(self, source: str) -> tzinfo | None:
        """The zone of a source's times without one."""
        name = dict(self.zones).get(source)
        return _zone(name) if name else None

    def site(self, source: str, captured: datetime | None) -> SiteRules:
        """What is known of a source's pages as they were at an instant; None for an unknown one."""
        ranges, profile = self._sites.get(source, ((), NOTHING))
        day = captured.astimezone(UTC).date() if captured else None
        return SiteRules(valid_on(ranges, day) or Selectors(), profile)


@lru_cache(maxsize=256)
def _zone(name: str) -> tzinfo:
    return ZoneInfo(name)


def clean(captures: Rows, rules: CleanRules) -> Made:
    """One document or one reject for each capture that is a page, a text or a record.

    A live blog has one more document for each of its entries. All rows of a capture lie in one batch.
    """
    publishers = dict(rules.publishers)
    for batch in captures:
        documents, rejects = [], []
        for capture in _rows(batch):
            if capture["input_kind"] not in _READ or capture["body"] is None:
                continue
            try:
                article = _read(capture, rules)
                said = [*capture["signals"], *article.page.signals]
                parent = document(capture, article, publishers)
                # The policy refuses all of a page or nothing of it, so that no entry is without its parent.
                rows = [parent, *entries(parent, capture, article)]
                documents += [heed(row, said, rules.policy) for row in rows]
            except Refused as refused:
                rejects.append(_reject(capture, refused))
        if documents:
            yield DOCUMENTS, DOCUMENTS.batch(documents)
        if rejects:
            yield REJECTS, REJECTS.batch(rejects)


def _rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any]]:
    """The rows of a batch, one body at a time in memory besides Arrow's own."""
    names = [name for name in batch.schema.names if name != "body"]
    bodies = batch.column("body")
    for number, row in enumerate(batch.select(names).to_pylist()):
        row["body"] = bodies[number].as_py()
        yield row


def _read(capture: dict[str, Any], rules: CleanRules) -> Article:
    """The article in a capture.

    Raises:
        Refused: there is none.
    """
    # A 304 that has a body was asked for live, and means that of before: it is kept anew under another lead.
    is_as_before = capture["status"] == 304 and capture["archive"] is None
    if not is_as_before and not 200 <= (capture["status"] or 200) < 300:
        raise Refused("http_status", f"HTTP status {capture['status']}")
    if capture["input_kind"] == "text":
        return _read_text(capture, rules.zone(capture["source"]))
    if capture["input_kind"] == "record":
        return _read_record(capture, rules)
    return _read_html(capture, capture["body"], capture["lead"], rules)


def _read_html(
    capture: dict[str, Any], body: bytes, lead: dict[str, Any] | None, rules: CleanRules
) -> Article:
    url = capture["final_url"] or capture["url"]
    limits = Limits(capture["captured"], rules.zone(capture["source"]))
    site = rules.site(capture["source"], capture["captured"])
    page = read_page(body, capture["content_type"], url, lead, limits, site)
    refuse_if_astray(page, capture["url"], url)
    text = clean_text("\n\n".join(_whole(page) if rules.whole else page.paragraphs))
    words = word_count(text)
    refuse_unless_article(page, words, rules.min_words)
    if rules.whole:
        page.entries = []
    dateline, text = split_behind_summary(text, page.description)
    # What a paywall cuts is no whole text, however sure it is that what is there belongs to the story.
    trust = min(page.text_confidence, 0.5) if page.is_paywalled else page.text_confidence
    return Article(page, dateline, text, trust, known_by(url, page.canonical, capture["known_as"]))


def _whole(page: Page) -> list[str]:
    """All that a page shows; of a live blog that shows nothing all that it tells."""
    return page.whole or [*page.paragraphs, *(entry.text for entry in page.entries)]


def _read_text(capture: dict[str, Any], zone: tzinfo | None) -> Article:
    found = text_files.parse(capture["body"], zone=zone)
    lead = capture["lead"] or {}
    page = Page(
        title=_told(found.title or lead.get("title")),
        authors=Fact(list(found.authors), "archive", _ARCHIVE_TRUST) if found.authors else Fact([]),
        published=_told(found.published or parse(lead.get("published"), zone=zone)),
        updated=Fact(None),
        paragraphs=[],
        language=found.language,
        characters=_characters(found.title, found.text),
    )
    return Article(page, found.dateline, found.text, _ARCHIVE_TRUST, web_url(found.url) or capture["url"])


def _read_record(capture: dict[str, Any], rules: CleanRules) -> Article:
    """A record's own facts come first; its HTML may add others."""
    zone = rules.zone(capture["source"])
    found = jsonl.parse(capture["body"], capture["content_type"], zone=zone)
    authors = people(list(found.authors), is_told=True)
    page = Page(Fact(None), Fact([]), Fact(None), Fact(None), [])
    if found.html:
        # In one block: a bare fragment is no document for the extractor.
        wrapped = f"<html><body><article>{found.html}</article></body></html>"
        url = web_url(found.url) or capture["url"]
        html = {**capture, "content_type": "text/html; charset=utf-8", "url": url}
        article = _read_html(html, wrapped.encode("utf-8", "replace"), None, rules)
        page, dateline, text, trust = article.page, article.dateline, article.text, article.text_confidence
    else:
        dateline, text = split_dateline(found.text)
        trust = _ARCHIVE_TRUST
        page.characters = _characters(found.title, found.text)
    page.title = _told(found.title) if found.title else page.title
    page.authors = Fact(authors, "archive", _ARCHIVE_TRUST) if authors else page.authors
    page.published = _told(found.published) if found.published else page.published
    since = page.published.value
    if found.updated and (since is None or found.updated.instant >= since.instant):
        page.updated = _told(found.updated)
    page.language = found.language or page.language
    page.section = found.section or page.section
    page.tags = list(found.tags) or page.tags
    page.description = found.description or page.description
    return Article(page, dateline, text, trust, web_url(found.url) or capture["url"])


def _characters(title: str | None, text: str) -> str:
    """The state of characters that are not mended: an archive's text is kept as it came."""
    return "damaged" if is_damaged(f"{title or ''}\n{text}") else "clean"


def _told(value: Any) -> Fact[Any]:
    """A fact by the word of an archive."""
    return Fact(value, "archive", _ARCHIVE_TRUST) if value else Fact(None)


def _reject(capture: dict[str, Any], refused: Refused) -> dict[str, Any]:
    return {
        "step": "clean",
        "input_key": capture["capture_id"],
        "reason": refused.reason,
        "detail": refused.detail or None,
        **{name: capture[name] for name in ("source", "url", "path", "captured")},
    }
