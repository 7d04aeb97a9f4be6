"""When two texts are alike: what counts as a copy, a part, a full story, and what as another event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from dateline.text.candidates import FLASH
from dateline.text.shingles import SHORT, SIZE
from dateline.text.slots import Exchange, common_places, exchanged, exchanged_slots, same_numbers
from dateline.text.texts import Texts

Counts = Any
"""Numbers of shingles: one, or an array of them."""
_MOSTLY = 0.75
"""From this share on two exchanges are all that differs: slips are in other words too."""
_EDIT = 3
"""Words of an edit; one takes four shingles more than it has words."""
_WHOLE = 0.95
"""From this share on a text lies wholly in another: what differs was added, not exchanged."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Where likeness begins.

    Args:
        near: least Jaccard similarity of word 5-grams of a near copy.
        contained: least share of a text's shingles that lie in another for it to be a part of it.
        part: a text that lies in another is called `contained`, not `near`, if it has at most this share
            of its length.
        other_numbers: share of the numbers that stand among the same words in both texts; where more of
            them were exchanged, it is the same notice about another event. Errs towards keeping apart.
        number_density: numbers a shingle; fewer exchanged numbers than this are a correction.
        several: names, days and numbers of which this many were exchanged are another event …
        other_slots: … if they are at least this share of the places for them that both texts have …
        slot_density: … and more of them than this stand in a shingle …
        explained: … and at least this share of the shingles that differ is due to the exchange.
        notice: most shingles of a short notice.
        recurring_hours: hours apart after which any exchange of numbers, names or days makes a notice
            another one; where either hour is unknown, on another day. Daily notices come at the same
            hour, give or take a few. Errs towards keeping apart: a correction of the next day is one too
            many.
        correction_hours: hours within which the exchange of the only number is a correction: notices come
            daily, and at the same hour.
        extends_hours: most hours between a flash and its full story, where both instants are known.
    """

    near: float = 0.5
    contained: float = 0.8
    part: float = 0.75
    other_numbers: float = 0.34
    number_density: float = 0.01
    several: int = 3
    other_slots: float = 0.1
    slot_density: float = 0.01
    explained: float = 0.45
    notice: int = 100
    recurring_hours: int = 18
    correction_hours: int = 12
    extends_hours: int = 48


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a later text is like an earlier one.

    Args:
        duplicate: kind and similarity if it repeats it, else None.
        extends: share of the earlier text that lies in it, if it is the full story of that flash.
        is_notice: whether they are short and differ in a number, or in little but a name or a day, so that
            time has to tell a correction from the next notice of its kind.
        is_doubtful: whether the only number that both have, or one of two, was exchanged: a correction only
            if it is known to be of the same hours.
    """

    duplicate: tuple[str, float] | None = None
    extends: float | None = None
    is_notice: bool = False
    is_doubtful: bool = False


def may_be_alike(common: Counts, later: Counts, sooner: Counts, limits: Limits) -> Any:
    """Whether texts can be alike, by how many shingles they share and have: a cheap test for many pairs."""
    similar = common >= limits.near * (later + sooner - common)
    inside = (common >= limits.contained * later) | (common >= limits.contained * sooner)
    return (
        similar | inside | _is_edited_flash(common, later, sooner) | _is_edited_flash(common, sooner, later)
    )


def _is_edited_flash(common: Counts, flash: Counts, whole: Counts) -> Any:
    """Whether a flash stands in a longer text but for one edit, of three words at most."""
    return (flash < FLASH) & (flash < whole) & (flash - common < SIZE + _EDIT) & (2 * common >= flash)


def judge(texts: Texts, later: int, sooner: int, common: int, limits: Limits) -> Likeness:
    """How the text at `later` is like that at `sooner`, which `may_be_alike`, by their words alone.

    Args:
        texts: where both lie.
        later: place of the later text.
        sooner: place of the sooner one.
        common: how many shingles they share.
        limits: what counts as like.

    An update adds numbers, or corrects one of many; a recurring notice ("added reserves of 2.5 billion")
    has the same words and other numbers throughout.
    """
    mine, theirs = int(texts.shingles.counts[later]), int(texts.shingles.counts[sooner])
    least = min(mine, theirs)
    change = _change(texts, later, sooner, mine + theirs - 2 * common)
    one_of_few = change.is_of_numbers(least, limits)
    if change.is_of_slots(least, limits) or (one_of_few and change.numbers > 1):
        return Likeness()
    is_notice = least <= limits.notice and (
        change.numbers > 0 or change.is_of_names or _is_replaced(texts, later, sooner, common, change)
    )
    duplicate, extends = _kind(common, mine, theirs, change.any, limits)
    return Likeness(duplicate, extends, is_notice, one_of_few)


def judge_equal(texts: Texts, later: int, sooner: int, limits: Limits) -> Likeness:
    """How texts of the same words are alike, as `judge`: numbers may still differ in their signs.

    "-5 degrees" and "5 degrees" are the same words, and opposite notices. Where texts differ so, `duplicate`
    is `near`, or None if they tell of two events; else it is `exact`.
    """
    if np.array_equal(texts.numbers[later], texts.numbers[sooner]):
        return Likeness(("exact", 1.0))
    return judge(texts, later, sooner, int(texts.shingles.counts[later]), limits)


def _is_replaced(texts: Texts, later: int, sooner: int, common: int, change: _Change) -> bool:
    """Whether a word may stand for a number (2.5 and two million), or a name for another that no capital
    tells, beside another day: then the texts are equally long, but not equal."""
    mine, theirs = int(texts.shingles.counts[later]), int(texts.shingles.counts[sooner])
    return (
        common < _WHOLE * min(mine, theirs)
        and abs(mine - theirs) <= SIZE
        and (change.slots.listed > 0 or not same_numbers(texts.numbers[later], texts.numbers[sooner]))
    )


def _kind(
    common: int, later: int, sooner: int, is_changed: bool, limits: Limits
) -> tuple[tuple[str, float] | None, float | None]:
    """What the later text is to the earlier one: `duplicate` and `extends` of Likeness."""
    part = common >= limits.contained * later or (not is_changed and _is_edited_flash(common, later, sooner))
    if part and (later <= limits.part * sooner or later < SHORT <= sooner):
        return ("contained", common / later), None
    similarity = common / (later + sooner - common)
    # A sentence is no evidence of likeness; it can only be a part of a longer text.
    if similarity >= limits.near and min(later, sooner) >= SHORT:
        return ("near", similarity), None
    flash = common >= limits.contained * sooner or (
        not is_changed and _is_edited_flash(common, sooner, later)
    )
    return None, common / sooner if flash else None


@dataclass(frozen=True, slots=True)
class _Change:
    """What was put for what between two texts.

    Args:
        numbers: numbers that were put for others; of so many places that both texts have.
        number_places: places of numbers that both have; 0 where nothing was exchanged.
        slots: what was exchanged of names, days and numerals.
        shingles: shingles that only one has.
    """

    numbers: int
    number_places: int
    slots: Exchange
    shingles: int

    @property
    def any(self) -> bool:
        """Whether any number, name or day was exchanged."""
        return bool(self.numbers or self.slots.places)

    def is_of_numbers(self, least: int, limits: Limits) -> bool:
        """Whether so many numbers were exchanged that it is another event."""
        return self.numbers > max(limits.other_numbers * self.number_places, limits.number_density * least)

    def is_of_slots(self, least: int, limits: Limits) -> bool:
        """Whether several things were exchanged, most of what differs is due to that, and much was."""
        contents = self.slots.contents + self.numbers
        common = self.slots.common + self.number_places
        return (
            self.slots.contents > 0
            and contents >= max(limits.several, limits.other_slots * common)
            and self.slots.places + self.numbers > limits.slot_density * least
            and self._explained() >= limits.explained
        )

    @property
    def is_of_names(self) -> bool:
        """Whether names or days were exchanged, and nearly all that differs is due to that."""
        return self.slots.contents > 0 and self._explained() >= _MOSTLY

    def _explained(self) -> float:
        """The share of what differs that exchanges make: each changes five shingles or more of both texts."""
        return 2 * SIZE * (self.slots.places + self.numbers) / max(self.shingles, 1)


def _change(texts: Texts, later: int, sooner: int, shingles: int) -> _Change:
    numbers = texts.numbers[later], texts.numbers[sooner]
    put, slots = exchanged(*numbers), exchanged_slots(texts.slots[later], texts.slots[sooner])
    places = common_places(*numbers) if put or slots.contents else 0
    return _Change(put, places, slots, shingles)
