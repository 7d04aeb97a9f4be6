"""When it was published and changed: every voice of a page, weighed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from dateline.text.dates import parse
from dateline.text.html.evidence import Evidence
from dateline.text.html.fact import Fact
from dateline.text.html.jsonld import texts
from dateline.text.when import When

_DAY = timedelta(days=1)
_FIRST_PAGE = datetime(1990, 1, 1, tzinfo=UTC)
_LAST_PAGE = datetime(2100, 1, 1, tzinfo=UTC)

_PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time",
    "parsely-pub-date", "sailthru.date", "datepublished", "date.published", "publish-date",
    "publish_date", "publishdate", "pubdate", "pub_date", "publication_date", "publicationdate",
    "published_time", "published_at", "published", "cxenseparse:recs:publishtime", "bt:pubdate",
    "rnews:datepublished", "article.published", "dc.date.issued", "dcterms.issued", "dcterms.created",
    "dc.date.created", "dcterms.date", "dc.date", "dc:date", "date", "originalpublicationdate",
    "article_date_original", "citation_publication_date", "citation_date", "prism.publicationdate",
    "timestamp", "created", "article:post_date", "ptime", "pdate", "article-published", "article.created",
    "shareaholic:article_published_time", "vr:published_time", "weibo: article:create_at", "_pubtime",
    "publish_time",
)  # fmt: skip
_UPDATED_META = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified",
    "last-modified", "lastmod", "dcterms.modified", "dc.date.modified", "date.updated", "article.updated",
    "modified", "revised", "utime", "moddate", "lastmodified", "article:modified",
)  # fmt: skip

_IN_URL = re.compile(
    r"(?<![\d])((?:19|20)\d\d)[/_-]?(?:(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])|([a-z]{3})/([0-3]?\d))(?![\d])"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_VISIBLE = re.compile(
    r"(?:\b\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?|\b\d{1,2}[./-]\d{1,2}[./-]\d{4}|"
    r"\b\d{1,2}(?:\.|st|nd|rd|th)?(?:\s+(?:de|of))?\s+[^\W\d_]{3,12}\.?,?(?:\s+(?:de|of))?\s+\d{4}|"
    r"\b[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})"
    r"(?:\D{0,6}?\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)?(?:\s?(?:[A-Z]{2,5}|[+-]\d{2}:?\d{2}|Z))?)?"
)
_PRECISE = ("instant", "minute")


@dataclass(frozen=True, slots=True)
class _Voice:
    when: When
    source: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Limits:
    """What a time that a page gives may be.

    Args:
        captured: when the page was seen; a page can't be published later (one day is granted: clocks and
            zones err).
        zone: of times without one; None for UTC.
    """

    captured: datetime | None = None
    zone: tzinfo | None = None

    def holds(self, when: When) -> bool:
        latest = self.captured + _DAY if self.captured else _LAST_PAGE
        return _FIRST_PAGE <= when.instant <= latest


def published(
    page: Evidence, limits: Limits, lead: str | None, lead_source: str = "feed"
) -> Fact[When | None]:
    """When the page was published.

    The first voice that gives a plausible day decides on the day; a later one that agrees within a day
    may give the time of day or the zone that the first lacks.
    """
    voices = [
        voice
        for voice in _publications(page, limits, lead, lead_source)
        if voice.source == "archive" or limits.holds(voice.when)
    ]
    if not voices:
        alone = next(_alone(page, limits), None)
        return Fact(alone, "html", 0.4) if alone else Fact(None)
    first = voices[0]
    agreeing = [voice for voice in voices if abs(voice.when.instant - first.when.instant) <= _DAY]
    best = max(agreeing, key=lambda voice: (_exactness(voice, first), voice.confidence))
    best = _with_true_zone(best, agreeing)
    days = {voice.when.instant.date() for voice in agreeing}
    agreed = sum(voice.source != first.source for voice in agreeing) > 0 and len(days) <= 2
    against = sum(voice.confidence >= 0.8 for voice in voices if voice not in agreeing)
    confidence = first.confidence + (0.04 if agreed else 0.0) - 0.12 * min(against, 2)
    return Fact(best.when, best.source, round(max(0.1, min(0.99, confidence)), 3))


def updated(
    page: Evidence, limits: Limits, lead: str | None, since: When | None, lead_source: str = "feed"
) -> Fact[When | None]:
    """When the page was last changed; nothing where that would lie before its publication."""
    linked = texts(page.linked.get("datemodified"))[:1]
    meta = [page.first(name) for name in _UPDATED_META]
    tried = (
        ("json-ld", 0.95, linked),
        ("meta", 0.9, meta),
        ("html", 0.85, page.items.get("datemodified", [])[:1]),
        (lead_source, 0.8, [lead or ""]),
    )
    for source, confidence, values in tried:
        for value in values:
            when = parse(value, zone=limits.zone)
            if when and limits.holds(when) and (since is None or _not_before(when, since)):
                return Fact(when, source, confidence)
    return Fact(None)


def in_url(url: str | None) -> date | None:
    """The day in the path of a URL: /2024/03/25/, /2024-03-25-…, /20240325/, /2024/mar/25/."""
    path = (url or "").partition("?")[0].lower()[-2000:]
    for found in _IN_URL.finditer(path):
        month = int(found[2]) if found[2] else _MONTHS.index(found[4]) + 1 if found[4] in _MONTHS else 0
        try:
            return date(int(found[1]), month, int(found[3] or found[5]))
        except ValueError:
            continue
    return None


def _alone(page: Evidence, limits: Limits) -> Iterator[When]:
    """Dates that stand for themselves in the visible page, in its order: the first is mostly the story's."""
    for text in page.short_texts():
        found = _VISIBLE.search(text)
        if found and 2 * len(found[0]) > len(text):
            when = parse(found[0], zone=limits.zone)
            if when and when.precision != "month" and limits.holds(when):
                yield when


def _not_before(when: When, since: When) -> bool:
    exact = when.precision in _PRECISE and since.precision in _PRECISE
    return when.instant >= since.instant if exact else when.instant >= since.instant - _DAY


def _publications(page: Evidence, limits: Limits, lead: str | None, lead_source: str) -> list[_Voice]:
    return [
        _Voice(_no_false_midnight(when), source, confidence)
        for source, confidence, value in _values(page, lead, lead_source)
        if (when := parse(value, zone=limits.zone)) is not None and when.precision != "month"
    ]


def _values(page: Evidence, lead: str | None, lead_source: str) -> Iterator[tuple[str, float, str]]:
    """(source, confidence, text) of every date that may be the publication's, best first."""
    if lead_source == "archive" and lead:
        yield lead_source, 0.95, lead
    yield from (("json-ld", 0.95, text) for text in texts(page.linked.get("datepublished"))[:1])
    yield from (("meta", 0.93, text) for name in _PUBLISHED_META[:2] for text in page.meta.get(name, [])[:1])
    yield from (("html", 0.9, text) for text in page.items.get("datepublished", [])[:1])
    yield from (
        ("json-ld", 0.9, text) for node in page.others for text in texts(node.get("datepublished"))[:1]
    )
    yield from (("meta", 0.88, text) for name in _PUBLISHED_META[2:] for text in page.meta.get(name, [])[:1])
    if lead_source != "archive" and lead:
        yield lead_source, 0.88, lead
    yield from (("html", 0.85, text) for text, is_marked in page.times if is_marked)
    if day := in_url(page.url) or in_url(page.canonical):
        yield "url", 0.88, day.isoformat()
    yield from (("html", 0.75, text) for text, is_marked in page.times[:3] if not is_marked)
    yield from (
        ("json-ld", 0.7, text)
        for name in ("datecreated", "uploaddate")
        for text in texts(page.linked.get(name))[:1]
    )
    yield from (
        ("html", 0.65, found[0]) for line in [*page.dated, *page.bylines] if (found := _VISIBLE.search(line))
    )
    yield from (("html", 0.5, found[0]) for line in page.near if (found := _VISIBLE.search(line[:120])))
    yield from (("json-ld", 0.5, text) for text in texts(page.linked.get("datemodified"))[:1])
    yield from (("meta", 0.45, text) for name in _UPDATED_META for text in page.meta.get(name, [])[:1])


def _no_false_midnight(when: When) -> When:
    """A midnight without a zone is a day written as a time."""
    instant = when.instant
    if (
        when.precision in _PRECISE
        and when.offset is None
        and instant == datetime(instant.year, instant.month, instant.day, tzinfo=UTC)
    ):
        return When(instant, "day")
    return when


def _exactness(voice: _Voice, first: _Voice) -> int:
    """How much a voice knows; a time of day at odds with the first voice's counts for less."""
    when = voice.when
    if when.precision not in _PRECISE:
        return 0
    if voice is first:
        return 3 if when.offset is not None else 2
    if first.when.precision in _PRECISE:
        # The same clock with a zone beside it, or the same instant: more of the same.
        same = _clock(when) == _clock(first.when) or when.instant == first.when.instant
        return 3 if same and when.offset is not None else 1
    return 2


def _with_true_zone(best: _Voice, agreeing: list[_Voice]) -> _Voice:
    """A clock given as UTC by one voice and with another offset by a second: local time under a false Z."""
    if best.when.offset != 0:
        return best
    for voice in agreeing:
        if (
            voice.when.offset
            and voice.when.precision in _PRECISE
            and _clock(voice.when) == _clock(best.when)
            and voice.confidence >= 0.85
        ):
            return voice
    return best


def _clock(when: When) -> str:
    local = when.instant + timedelta(minutes=when.offset or 0)
    return local.strftime("%Y-%m-%d %H:%M")
