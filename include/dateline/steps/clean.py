"""`clean`: captures → documents, and rejects with their reason.

captures that are pages, texts or records = captures with documents + rejects
captures of feeds, sitemaps and robots files, and answers without a body, yield nothing
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from dateline.contracts.documents import DOCUMENTS
from dateline.contracts.rejects import REJECTS
from dateline.errors import Refused
from dateline.sources import jsonl
from dateline.sources import text as text_files
from dateline.step import Made, Rows, Rules, digest
from dateline.text.datelines import split_dateline
from dateline.text.dates import parse
from dateline.text.documents import Article, document
from dateline.text.html.authors import people
from dateline.text.html.fact import Fact
from dateline.text.html.kinds import refuse_unless_article
from dateline.text.html.page import Page, read_page
from dateline.text.html.times import Limits
from dateline.text.html.walls import refuse_if_astray
from dateline.text.languages import DETECTOR_VERSION
from dateline.text.normalise import clean_text, word_count
from dateline.text.rights import RIGHTS_VERSION
from dateline.text.rights_policy import Policy, heed
from dateline.text.urls import URL_KEY_VERSION, known_by, web_url

VERSION = "4"
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
        min_words: fewest words of a page's text that make an article; texts and records are articles
            by the archive's word and need one.
        policy: what is kept of texts whose publishers reserve something.
    """

    version: str = VERSION
    zones: tuple[tuple[str, str], ...] = ()
    publishers: tuple[tuple[str, str], ...] = ()
    min_words: int = 10
    policy: Policy = ()

    def declare(self) -> dict[str, Any]:
        """Version, settings, and the versions of URL keys and of the language detector."""
        return {
            "version": self.version,
            "sources": digest([sorted(map(list, self.zones)), sorted(map(list, self.publishers))]),
            "min_words": self.min_words,
            "url_key": URL_KEY_VERSION,
            "language": DETECTOR_VERSION,
            "rights": f"{RIGHTS_VERSION} {digest(list(map(list, self.policy)))}",
        }

    def zone(self, source: str) -> tzinfo | None:
        """The zone of a source's times without one."""
        name = dict(self.zones).get(source)
        return _zone(name) if name else None


@lru_cache(maxsize=256)
def _zone(name: str) -> tzinfo:
    return ZoneInfo(name)


def clean(captures: Rows, rules: CleanRules) -> Made:
    """One document or one reject for each capture that is a page, a text or a record."""
    publishers = dict(rules.publishers)
    for batch in captures:
        documents, rejects = [], []
        for capture in _rows(batch):
            if capture["input_kind"] not in _READ or capture["body"] is None:
                continue
            try:
                article = _read(capture, rules)
                said = [*capture["signals"], *article.page.signals]
                documents.append(heed(document(capture, article, publishers), said, rules.policy))
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
    page = read_page(body, capture["content_type"], url, lead, limits)
    refuse_if_astray(page, capture["url"], url)
    text = clean_text("\n\n".join(page.paragraphs))
    words = word_count(text)
    refuse_unless_article(page, words, rules.min_words)
    dateline, text = split_dateline(text)
    trust = 0.5 if page.is_paywalled or words < 50 else 0.9
    return Article(page, dateline, text, trust, known_by(url, page.canonical, capture["known_as"]))


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
    )
    return Article(page, found.dateline, found.text, _ARCHIVE_TRUST, web_url(found.url) or capture["url"])


def _read_record(capture: dict[str, Any], rules: CleanRules) -> Article:
    """A record's own facts come first; its HTML may add others."""
    zone = rules.zone(capture["source"])
    found = jsonl.parse(capture["body"], capture["content_type"], zone=zone)
    authors = people(list(found.authors))
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
