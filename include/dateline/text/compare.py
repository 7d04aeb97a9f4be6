"""When two texts are alike: what counts as a copy, a part, a full story, and what as another event."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.text.shingles import SIZE, shared
from dateline.text.slots import exchanged, same_numbers
from dateline.text.texts import Texts

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
        notice: most shingles of a short notice.
        recurring_hours: hours apart after which any exchange of numbers makes a notice another one.
        extends_hours: most hours between a flash and its full story, where both instants are known.
    """

    near: float = 0.5
    contained: float = 0.8
    part: float = 0.75
    other_numbers: float = 0.34
    number_density: float = 0.01
    notice: int = 100
    recurring_hours: int = 24
    extends_hours: int = 48


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a later text is like an earlier one.

    Args:
        duplicate: kind and similarity if it repeats it, else None.
        extends: share of the earlier text that lies in it, if it is the full story of that flash.
        is_notice: whether both are short and differ in a number, so that time has to tell a correction
            from the next notice of its kind.
    """

    duplicate: tuple[str, float] | None = None
    extends: float | None = None
    is_notice: bool = False


def compare(own: Texts, place: int, earlier: Texts, target: int, limits: Limits) -> Likeness:
    """How the text at `place` is like the earlier one at `target`, by their words alone.

    An update adds numbers, or corrects one of many; a recurring notice ("added reserves of 2.5 billion")
    has the same words and other numbers throughout.
    """
    later, sooner = own.shingles[place], earlier.shingles[target]
    common = shared(later, sooner)
    similarity = common / (len(later) + len(sooner) - common)
    of_later, of_sooner = common / len(later), common / len(sooner)
    alike = similarity >= limits.near
    if not (alike or of_later >= limits.contained or of_sooner >= limits.contained):
        return Likeness()
    numbers = own.numbers[place], earlier.numbers[target]
    changes, common_places = exchanged(*numbers)
    least = min(len(later), len(sooner))
    if changes > limits.other_numbers * common_places and changes > limits.number_density * least:
        return Likeness()
    # A word may stand for a number (2.5 and two million): then the texts are equally long, but not equal.
    replaced = (
        max(of_later, of_sooner) < _WHOLE
        and abs(len(later) - len(sooner)) <= SIZE
        and not same_numbers(*numbers)
    )
    is_notice = least <= limits.notice and (changes > 0 or replaced)
    if of_later >= limits.contained and len(later) <= limits.part * len(sooner):
        return Likeness(("contained", of_later), None, is_notice)
    if alike:
        return Likeness(("near", similarity), None, is_notice)
    return Likeness(None, of_sooner, is_notice)
