"""Which voice decides on the day of a page, and how far that day is to be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from dateline.text.html.date_voices import PRECISE, Voice, clock_of
from dateline.text.when import When

_DAY = timedelta(days=1)
_YEAR = timedelta(days=366)

MADE = frozenset({"linked", "meta", "item", "time", "url", "lead"})
"""Kinds of voices that a site's software makes for machines."""

_ALONE = {
    "linked": 0.93, "item": 0.93, "meta": 0.92, "url": 0.92, "lead": 0.9, "time": 0.86, "shown": 0.84,
    "marked": 0.8, "cued": 0.7, "state": 0.65, "alone": 0.6, "title": 0.6, "below": 0.6, "changed": 0.45,
    "image": 0.3,
}  # fmt: skip
"""Kind of the deciding voice → about how often its day is right where nothing agrees and nothing is against
it, as measured on pages of many publishers."""


def agrees(one: Voice, other: Voice) -> bool:
    """Whether two voices may mean the same: a day is that of a clock, wherever it hangs."""
    if "day" in (one.when.precision, other.when.precision):
        return abs(clock_of(one.when) - clock_of(other.when)) <= _DAY
    return abs(one.when.instant - other.when.instant) <= _DAY


def with_days_for_midnights(heard: Sequence[Voice]) -> list[Voice]:
    """The voices, but an exact midnight is a day where another that is made for machines tells a later clock
    of that day: fields for days are filled up with zeros, whatever zone is put behind them.

    A story of midnight of which a field tells its first change loses its clock by this.
    """
    clocks = [voice.when for voice in heard if voice.kind in MADE and _is_clock(voice.when)]
    return [_without_midnight(voice, clocks) for voice in heard] if clocks else list(heard)


def _is_clock(when: When) -> bool:
    return when.precision in PRECISE and clock_of(when).time() != datetime.min.time()


def _without_midnight(voice: Voice, clocks: Sequence[When]) -> Voice:
    when = voice.when
    if when.precision not in PRECISE or _is_clock(when):
        return voice
    day, shift = clock_of(when).date(), timedelta(minutes=when.offset or 0)
    for clock in clocks:
        # An instant in UTC is put on the clock of the midnight's zone.
        if shift and clock.offset == 0 and (clock.instant + shift).date() == day:
            return replace(voice, when=replace(clock, offset=when.offset))
    is_day = any(clock_of(clock).date() == day for clock in clocks)
    return replace(voice, when=When.day(day)) if is_day else voice


def deciding(heard: Sequence[Voice]) -> Voice:
    """The first voice, unless nothing agrees with it while another kind of voice and what people see do.

    Then two are against one: templates keep a draft's day, or another story's.
    """
    first = heard[0]
    shown = next((voice for voice in heard if voice.kind == "shown"), None)
    if first.source == "archive" or shown is None or agrees(first, shown):
        return first
    if any(agrees(first, voice) for voice in heard if voice.kind not in (first.kind, "changed")):
        return first
    others = (voice for voice in heard if voice.kind in MADE - {first.kind, "time"})
    return next((voice for voice in others if agrees(voice, shown)), first)


def without_strays(heard: Sequence[Voice]) -> list[Voice]:
    """The voices but those that name a day more than a year after all others, where others agree.

    For pages of which nobody knows when they were seen: a day in a far future is a template's filler.
    """
    kept = list(heard)
    for voice in heard:
        others = [other for other in heard if other is not voice and not agrees(other, voice)]
        kinds = {other.kind for other in others if agrees(other, others[0])}
        lonely = len(others) == len(heard) - 1
        if (
            lonely
            and len(kinds) > 1
            and all(voice.when.instant > other.when.instant + _YEAR for other in others)
        ):
            kept.remove(voice)
    return kept


def stands_alone(decided: Voice, heard: Sequence[Voice]) -> bool:
    """Whether nothing agrees with the decided voice but others of its kind, and changes.

    Archives know their own.
    """
    kinds = {voice.kind for voice in heard if agrees(voice, decided)}
    return decided.source != "archive" and kinds <= {decided.kind, "changed"}


def trust(decided: Voice, heard: Sequence[Voice]) -> float:
    """How far the decided day can be trusted, from 0 to 1: by who agrees and who is against it."""
    if decided.source == "archive":
        return 0.95
    with_it = {voice.kind for voice in heard if voice.kind != decided.kind and agrees(voice, decided)}
    against = {
        voice.kind
        for voice in heard
        if voice.kind in MADE and voice.confidence >= 0.85 and not agrees(voice, decided)
    }
    shown = next((voice for voice in heard if voice.kind in ("shown", "time", "marked")), decided)
    confidence = _ALONE[decided.kind]
    if decided.kind == "shown" and with_it & {*MADE, "marked"}:
        # Next to the headline, and marked as a date or told to machines as well.
        confidence = 0.92
    confidence += 0.025 * min(len(with_it - {"changed"}), 2)
    confidence -= 0.12 * min(len(against), 2)
    if not agrees(shown, decided):
        confidence -= 0.2
    return round(max(0.1, min(0.98, confidence)), 3)
