"""When it was published and changed: every voice of a page, weighed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import islice

from dateline.text.dates import parse
from dateline.text.html.date_cues import told
from dateline.text.html.date_trust import (
    agrees,
    deciding,
    stands_alone,
    trust,
    with_days_for_midnights,
    without_strays,
)
from dateline.text.html.date_voices import (
    PRECISE,
    UPDATED_META,
    Voice,
    changes,
    clock_of,
    heard,
    last_resorts,
    page_usage,
    voices,
)
from dateline.text.html.evidence import Evidence
from dateline.text.html.fact import Fact
from dateline.text.html.jsonld import texts
from dateline.text.html.page_years import reaches
from dateline.text.html.shown_dates import shown_date
from dateline.text.html.shown_offsets import localised, placed
from dateline.text.when import When

_DAY = timedelta(days=1)
_FIRST_PAGE = datetime(1990, 1, 1, tzinfo=UTC)
_LAST_PAGE = datetime(2100, 1, 1, tzinfo=UTC)
_MOST_VOICES = 60
_UNBACKED = 0.85
"""Most trust in a day that one voice alone tells, on a page of which nothing tells the year."""
_OF_ZONES = 0.02
"""Trust that it costs to put a clock into the zone of the page's country or language: near midnight the day
hangs on it."""

_ZEROS = frozenset({"1999-11-30", "2000-01-01", "2001-01-01"})
"""Days that software writes at midnight for none: MySQL's year 0 in PHP, and the starts of two counts."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a time that a page gives may be.

    Args:
        captured: when the page was seen; a page can't be published later (one day is granted: clocks and
            zones err).
        zone: of times without one; None for that of the page's country or language, else UTC.
    """

    captured: datetime | None = None
    zone: tzinfo | None = None

    def holds(self, when: When) -> bool:
        latest = self.captured + _DAY if self.captured else _LAST_PAGE
        if not _FIRST_PAGE <= when.instant <= latest:
            return False
        clock = clock_of(when)
        return clock.date().isoformat() not in _ZEROS or clock.time() != datetime.min.time()


def published(
    page: Evidence, limits: Limits, lead: str | None, lead_source: str = "feed"
) -> Fact[When | None]:
    """When the page was published.

    The voice that decides on the day is mostly the first with a plausible one; another that agrees within
    a day may give the time of day or the zone that the first lacks.
    """
    voiced = with_days_for_midnights(_plausible(page, limits, lead, lead_source))
    if not voiced:
        return Fact(None)
    first = deciding(voiced)
    agreeing = [voice for voice in voiced if agrees(voice, first)]
    best = max(agreeing, key=lambda voice: (_exactness(voice, first), voice.confidence))
    best = _with_true_zone(best, agreeing)
    sure = trust(first, voiced)
    if limits.captured is None and stands_alone(first, voiced) and not reaches(page, first, voiced):
        # Nobody knows whether that day had come.
        sure = min(sure, _UNBACKED)
    if limits.zone:
        return Fact(best.when, best.source, sure)
    zone = page_usage(page).zone
    if zone and best.when.precision in PRECISE and best.when.offset is None:
        sure = round(sure - _OF_ZONES, 3)
    clocks = [voice for voice in changes(page, limits.captured, None) if agrees(voice, first)]
    return Fact(localised(best, [*agreeing, *clocks], zone), best.source, sure)


def pointed_at(said: Iterable[str], page: Evidence, limits: Limits) -> When | None:
    """The time that the first of some texts of a page tells, read as the page writes dates.

    Args:
        said: where a person says that the time of publication stands; a date may lie among other words.
        page: what it says; its clocks tell the offset of an instant in UTC.
        limits: what the time may be.
    """
    usage = page_usage(page)
    for text in said:
        for part in dict.fromkeys((*_publications(text), text, shown_date(text) or text)):
            when = heard(part, "marked", usage, limits.captured, limits.zone)
            if when is None or not limits.holds(when):
                continue
            told = Voice(when, "html", 1.0, "marked")
            beside = [voice for voice in _plausible(page, limits, None, "feed") if agrees(voice, told)]
            return when if limits.zone else localised(told, beside, usage.zone)
    return None


def _publications(text: str) -> list[str]:
    """The dates of a text with several that may be of a publication, those that are said to be first."""
    dates = sorted(told(text), key=lambda one: one.says != "published")
    return [one.text for one in dates if one.says != "changed"] if len(dates) > 1 else []


def updated(
    page: Evidence, limits: Limits, lead: str | None, since: When | None, lead_source: str = "feed"
) -> Fact[When | None]:
    """When the page was last changed; nothing where that would lie before its publication."""
    linked = texts(page.linked.get("datemodified"))[:1]
    meta = [page.first(name) for name in UPDATED_META]
    usage = page_usage(page)
    tried = (
        ("json-ld", 0.95, linked),
        ("meta", 0.9, meta),
        ("html", 0.85, page.items.get("datemodified", [])[:1]),
        (lead_source, 0.8, [lead or ""]),
    )
    said = [
        Voice(when, source, confidence, "changed")
        for source, confidence, values in tried
        for value in values
        if (when := parse(value, zone=limits.zone, usage=replace(usage, order=None)))
    ]
    for voice in (*said, *changes(page, limits.captured, limits.zone)):
        when = voice.when if limits.zone else placed(voice.when, since, usage.zone)
        if limits.holds(when) and (since is None or _not_before(when, since)):
            return Fact(when, voice.source, voice.confidence)
    return Fact(None)


def _plausible(page: Evidence, limits: Limits, lead: str | None, lead_source: str) -> list[Voice]:
    told = islice(voices(page, limits.captured, limits.zone, lead, lead_source), _MOST_VOICES)
    voiced = [voice for voice in told if voice.source == "archive" or limits.holds(voice.when)]
    if limits.captured is None:
        voiced = without_strays(voiced)
    if all(voice.kind == "changed" for voice in voiced):
        weak = (voice for voice in last_resorts(page, limits.zone) if limits.holds(voice.when))
        voiced = sorted([*voiced, *islice(weak, 20)], key=lambda voice: -voice.confidence)
    return voiced


def _not_before(when: When, since: When) -> bool:
    exact = when.precision in PRECISE and since.precision in PRECISE
    return when.instant >= since.instant if exact else when.instant >= since.instant - _DAY


def _exactness(voice: Voice, first: Voice) -> int:
    """How much a voice knows; a time of day at odds with the first voice's counts for less."""
    when = voice.when
    if when.precision not in PRECISE:
        return 0
    if voice is first:
        return 3 if when.offset is not None else 2
    if first.when.precision in PRECISE:
        # The same clock with a zone beside it, or the same instant: more of the same.
        same = _minute(when) == _minute(first.when) or when.instant == first.when.instant
        return 3 if same and when.offset is not None else 1
    return 2


def _with_true_zone(best: Voice, agreeing: list[Voice]) -> Voice:
    """A clock given as UTC by one voice and with another offset by a second: local time under a false Z."""
    if best.when.offset != 0:
        return best
    for voice in agreeing:
        if (
            voice.when.offset
            and voice.when.precision in PRECISE
            and _minute(voice.when) == _minute(best.when)
            and voice.confidence >= 0.85
        ):
            return voice
    return best


def _minute(when: When) -> str:
    return clock_of(when).strftime("%Y-%m-%d %H:%M")
