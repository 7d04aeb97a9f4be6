"""Every voice of a page that may tell its day: where it speaks, what it says, how far it is to be trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo

from dateline.text.date_usage import Usage, usage_of
from dateline.text.dates import parse
from dateline.text.html.date_cues import SHORTEST_PROSE, Told, changes_in, near, told
from dateline.text.html.evidence import Evidence
from dateline.text.html.jsonld import texts
from dateline.text.html.relative_times import relative
from dateline.text.html.shown_dates import day_of
from dateline.text.when import When

PRECISE = ("instant", "minute")

_PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time",
    "parsely-pub-date", "sailthru.date", "datepublished", "date.published", "publish-date", "publish_date",
    "publishdate", "published-date", "published_date", "publisheddate", "date_published", "pubdate",
    "pub_date", "publication_date", "publicationdate", "published_time", "published_at", "published",
    "article:published_date", "article:publicationdate", "og:article:published", "og:datepublished",
    "og:pubdate", "og:publish_date", "cxenseparse:recs:publishtime", "bt:pubdate",
    "rnews:datepublished", "article.published", "mediator_published_time",
    "dc.date.publication", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created",
    "dc.created", "dc:created", "dcterms.date", "dc.date", "dc:date", "date", "dateposted", "displaydate",
    "originalpublicationdate", "article_date_original", "citation_publication_date", "citation_date",
    "citation_online_date", "prism.publicationdate", "timestamp", "created", "date_created", "datecreated",
    "article:post_date", "ptime", "pdate", "article-published", "article.created", "og:regdate", "gentime",
    "content_create_date", "shareaholic:article_published_time",
    "vr:published_time", "twt-published-at", "weibo: article:create_at", "_pubtime", "publish_time",
    "doc_date", "og:question:published_time", "video:release_date", "release_date",
)  # fmt: skip
"""Best first: names of vocabularies, of tools that many sites use (`vr:` is a recommender's, `twt-` one for
comments), and plain words; none that only one publisher has."""
UPDATED_META = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "og:modified_time",
    "datemodified", "last-modified", "lastmod", "lastdate", "dcterms.modified", "dc.date.modified",
    "dc.modified", "date.updated", "article.updated", "article:modified", "article:modified_date",
    "article:post_modified", "bt:moddate", "modified", "modified_time", "modificationdate", "revision_date",
    "revised", "updated_time", "utime", "moddate", "lastmodified",
)  # fmt: skip

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_IN_URL = re.compile(
    r"(?<![\d])((?:19|20)\d\d)[/_-]?(?:(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])|([a-z]{3})/([0-3]?\d))(?![\d])"
    r"|/((?:19|20)\d\d)/(1[0-2]|0?[1-9])/(3[01]|[12]\d|0?[1-9])(?=/)"
)
_LAST_IN_URL = re.compile(r"(?<!\d)(\d\d)[-.](\d\d)[-.]((?:19|20)\d\d)(?!\d)")

_SHOWN_KINDS = ("time", "shown", "marked", "title", "url", "below", "cued")


@dataclass(frozen=True, slots=True)
class Voice:
    """One statement.

    Args:
        when: what it says.
        source: a word of `contracts.shared.TIME_SOURCES`.
        confidence: in it alone.
        kind: voices of different kinds are written by different parts of a site's software.
    """

    when: When
    source: str
    confidence: float
    kind: str


def voices(
    page: Evidence, captured: datetime | None, zone: tzinfo | None, lead: str | None, lead_source: str
) -> Iterator[Voice]:
    """All voices but the last resorts, best first.

    Args:
        captured: when the page was seen, None if unknown: what it tells from then is not read.
        zone: of times without one, None if unknown; their offset stays None.
        lead: what led here says of its publication, and `lead_source` which source that is.
    """
    usage = page_usage(page)
    for source, confidence, kind, text in _values(page, lead, lead_source, usage):
        when = heard(text, kind, usage, captured, zone)
        if when is not None:
            yield Voice(when, source, confidence, kind)


def heard(text: str, kind: str, usage: Usage, captured: datetime | None, zone: tzinfo | None) -> When | None:
    """The day or time that a text of a voice's kind tells; None where it tells none.

    Args:
        usage: of the page.
        captured, zone: as in `voices`.
    """
    is_shown = kind in _SHOWN_KINDS
    # What templates write for machines may be in the order of their makers' country.
    when = parse(text, zone=zone, usage=usage if is_shown else replace(usage, order=None))
    if when is None and is_shown and (day := day_of(text)):
        # What stands beside it was no time of day.
        when = parse(day, zone=zone, usage=usage)
    if when is None and captured and is_shown and _may_be_relative(kind, text):
        when = relative(text, captured, zone, usage.zone)
    return _no_false_midnight(when) if when is not None and when.precision != "month" else None


def changes(page: Evidence, captured: datetime | None, zone: tzinfo | None) -> list[Voice]:
    """What readers see, or a `<time>` near the headline is marked with, as the time of a change; those of the
    first one's day with a clock come first.

    Args:
        captured, zone: as in `voices`.
    """
    usage, around = page_usage(page), near(page)
    seen = {one.text for one in around}
    said = [text for text in page.changed if text in seen]
    said += [one.text for one in (*around, *_marked(page)) if one.says == "changed"]
    read = (heard(text, "time", usage, captured, zone) for text in dict.fromkeys(said))
    found = [Voice(when, "html", 0.75, "shown") for when in read if when]
    days = [clock_of(voice.when).date() for voice in found]
    return sorted(
        found,
        key=lambda voice: (clock_of(voice.when).date() != days[0], voice.when.precision not in PRECISE),
    )


def last_resorts(page: Evidence, zone: tzinfo | None) -> Iterator[Voice]:
    """What may tell the day where nothing else does: dates that stand alone, states of scripts, changes."""
    usage = page_usage(page)
    unclear = (
        (0.45, kind, text) for _, _, kind, text in _values(page, None, "feed", usage) if kind == "meta"
    )
    for confidence, kind, text in (*_weak_values(page), *unclear):
        when = parse(text, zone=zone, usage=usage)
        if when is not None and when.precision != "month":
            yield Voice(_no_false_midnight(when), "html", confidence, kind)


def page_usage(page: Evidence) -> Usage:
    """How the page writes dates; where its language leaves the order open, one clear date tells it."""
    usage = usage_of(page.language or page.first("og:locale", "content-language"), page.url)
    if usage.order != "dots":
        return usage
    for line in (*page.dated, *page.before, *page.after, *page.below):
        if found := re.search(r"(?<!\d)(\d{1,2})/(\d{1,2})/\d{4}", line):
            if int(found[1]) > 12 >= int(found[2]):
                return replace(usage, order="dmy")
            if int(found[2]) > 12 >= int(found[1]):
                return replace(usage, order="mdy")
    return usage


def in_url(url: str | None) -> date | None:
    """The day in the path of a URL: /2024/03/25/, /2024-03-25-…, /20240325/, /2024/mar/25/, /2024/3/25/."""
    path = (url or "").partition("?")[0].lower()[-2000:]
    for found in _IN_URL.finditer(path):
        month = found[2] or found[7] or (_MONTHS.index(found[4]) + 1 if found[4] in _MONTHS else 0)
        try:
            return date(int(found[1] or found[6]), int(month), int(found[3] or found[5] or found[8]))
        except ValueError:
            continue
    return None


def _last_in_url(url: str | None) -> Iterator[str]:
    """Days in a URL that are written with the year last."""
    path = (url or "").partition("?")[0][-2000:]
    yield from (f"{found[1]}.{found[2]}.{found[3]}" for found in _LAST_IN_URL.finditer(path))


def _values(
    page: Evidence, lead: str | None, lead_source: str, usage: Usage
) -> Iterator[tuple[str, float, str, str]]:
    """(source, confidence, kind, text) of every date that may be the publication's, best first."""
    if lead_source == "archive" and lead:
        yield lead_source, 0.95, "lead", lead
    yield from (("json-ld", 0.95, "linked", text) for text in texts(page.linked.get("datepublished"))[:1])
    yield from (
        ("meta", 0.93, "meta", text) for name in _PUBLISHED_META[:2] for text in page.meta.get(name, [])[:1]
    )
    yield from (("html", 0.9, "item", text) for text in page.items.get("datepublished", [])[:1])
    yield from (
        ("json-ld", 0.9, "linked", text)
        for node in page.others
        for text in texts(node.get("datepublished"))[:1]
    )
    yield from (
        ("meta", 0.88, "meta", text) for name in _PUBLISHED_META[2:] for text in page.meta.get(name, [])[:1]
    )
    if lead_source != "archive" and lead:
        yield lead_source, 0.88, "lead", lead
    here = _here(page)
    yield from (
        ("html", 0.85, "time", text)
        for text, is_marked in page.times
        if is_marked and (here is None or text in here)
    )
    if day := in_url(page.url) or in_url(page.canonical):
        yield "url", 0.88, "url", day.isoformat()
    yield from _visible(page, usage)
    yield from (("json-ld", 0.5, "changed", text) for text in texts(page.linked.get("datemodified"))[:1])
    yield from (
        ("meta", 0.45, "changed", text) for name in UPDATED_META for text in page.meta.get(name, [])[:1]
    )


def _visible(page: Evidence, usage: Usage) -> Iterator[tuple[str, float, str, str]]:
    """What stands around the headline, then what is marked as a date, then what a title or URL bears."""
    around, marked = near(page), _marked(page)
    later = changes_in((*around, *marked))
    yield from (("html", 0.75, "shown", one.text) for one in around if one.text not in later)
    yield from (("url", 0.7, "url", text) for text in _last_in_url(page.url) if usage.order != "mdy")
    here = _here(page)
    times = [text for text, _ in page.times if text not in later]
    yield from (("html", 0.7, "time", text) for text in times[:3] if here is None or text in here)
    yield from (
        ("json-ld", 0.7, "linked", text)
        for name in ("datecreated", "uploaddate")
        for text in texts(page.linked.get(name))[:1]
    )
    # An update comes last: many elements have both.
    dated = sorted((one for one in marked if one.text not in later), key=lambda one: one.says == "changed")
    yield from (("html", 0.6, "marked", one.text) for one in dated if here is None or one.text in here)
    yield from (("html", 0.5, "title", one.text) for one in told(page.title[:200])[:1])
    if here is not None:
        yield from _below(page, [*times[:3], *(one.text for one in dated)], here)


def _here(page: Evidence) -> str | None:
    """What stands around the headline; None where there is none."""
    return "\n".join((*page.after, *page.before)) if page.has_headline else None


def _below(page: Evidence, others: list[str], here: str) -> Iterator[tuple[str, float, str, str]]:
    """What stands where another story, a comment or the page's foot may tell it, and nowhere around the
    headline."""
    below = [one for line in page.below for one in told(line)]
    far = {one.text: "cued" for one in below if one.says == "published"}
    far |= {text: "below" for text in (*(one.text for one in below), *others) if text not in far}
    yield from (("html", 0.5, kind, text) for text, kind in far.items() if text not in here)


def _marked(page: Evidence) -> list[Told]:
    return [one for line in (*page.dated, *page.bylines) for one in told(line)]


def _may_be_relative(kind: str, text: str) -> bool:
    """Whether a text may tell a time from now: "Today" alone is a menu's unless it is marked as a date."""
    return len(text) <= SHORTEST_PROSE and (kind in ("time", "marked") or any(map(str.isdecimal, text)))


def _weak_values(page: Evidence) -> Iterator[tuple[float, str, str]]:
    # A line without a date tells nothing here.
    found = [(line, one) for line in page.short_texts() if day_of(line) for one in told(line)]
    yield from ((0.5, "cued", one.text) for _, one in found if one.says == "published")
    yield from (
        (0.4, "alone", one.text)
        for line, one in found
        if 2 * len(one.text) > len(line) and one.says != "changed"
    )
    yield from ((0.4, "state", text) for text in page.stated())
    yield from ((0.35, "changed", one.text) for _, one in found if one.says == "changed")
    image = in_url(page.first("og:image", "twitter:image"))
    if image:
        yield 0.2, "image", image.isoformat()


def _no_false_midnight(when: When) -> When:
    """A midnight without a zone is a day written as a time."""
    instant = when.instant
    is_midnight = instant == datetime(instant.year, instant.month, instant.day, tzinfo=UTC)
    if when.precision in PRECISE and when.offset is None and is_midnight:
        return When(instant, "day")
    return when


def clock_of(when: When) -> datetime:
    """What a clock showed at a time, as if it were in UTC."""
    return when.instant + timedelta(minutes=when.offset or 0)
