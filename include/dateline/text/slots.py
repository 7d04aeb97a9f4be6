"""What a text begins with, and what stands in the places that a template leaves open."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dateline.text.day_words import DAY_MARK, MONTHS, NUMBER_WORDS, NUMERALS, SCALES, WEEKDAYS
from dateline.text.ragged import Ragged
from dateline.text.shingles import SIZE
from dateline.text.words import Flags, Places, Wide, Words, mix, read_words

Kinds = npt.NDArray[np.uint8]

MOST = 64
"""Slots kept of a text: those of a notice all, of a long article a sample."""
_LONGEST_RUN, _LONGEST_GROUP = 6, 12
"""Words of a slot, and of slots that stand side by side; what is longer is a text in capitals, whose names
can't be told from its other words."""

_DIGITS, _LISTED, _NAME = (np.uint8(1 << bit) for bit in range(3))
_KIND, _WHOLE, _TAIL = 29, 50, 15
_TAIL_BITS = (1 << _TAIL) - 1
_FILTER = np.uint64(0xFFFF)
_EDGE = np.zeros(1, np.uint64)
_HALF = np.uint64(32)
_LOWER = np.uint64(0xFFFFFFFF)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_BEFORE, _AFTER, _NEXT = (np.uint64(pow(0x9E3779B97F4A7C15, power, 1 << 64)) for power in (1, 2, 3))
_POWERS = np.cumprod(np.full(SIZE, _GOLDEN))
_MINUS = np.uint64(0xC2B2AE3D27D4EB4F)
OPENING = 16
"""Shingles of a text's opening: a flash stands there whole, behind a dateline of some words too."""


def openings(words: Words) -> Ragged:
    """Hashes (uint32) of the first 16 shingles of each text, in its order; none for fewer than five words.

    Short texts are found by them: a flash of one sentence has too few shingles for a MinHash.
    """
    counts = np.clip(np.diff(words.starts) - (SIZE - 1), 0, OPENING)
    starts = np.concatenate(([0], np.cumsum(counts)))
    firsts = np.arange(starts[-1]) + np.repeat(words.starts[:-1] - starts[:-1], counts)
    total = np.zeros(len(firsts), np.uint64)
    for place in range(SIZE):
        total += words.hashes[firsts + place] * _POWERS[place]
    return Ragged((mix(total) >> _HALF).astype(np.uint32), starts)


def numbers(words: Words) -> Ragged:
    """The distinct numbers of each text, each with its place among words, sorted.

    A number is a run of words that begin with digits (2.5 and 6-3/16 are two and three words, a row of a
    table is one number), with its minus. The upper 32 bits tell the words before and after it, the lower
    which it is: where two texts agree in the upper half only, one number was put for another.
    """
    filled = words.numeric
    starts, ends = _runs(filled, _starts(words))
    if not len(starts):
        return Ragged(np.empty(0, np.uint64), np.zeros(len(words) + 1, np.int64))
    lengths = ends - starts + 1
    firsts = np.cumsum(lengths) - lengths
    within = np.arange(int(lengths.sum())) - np.repeat(firsts, lengths)
    signs = words.negative[filled] * _MINUS
    parts = mix(words.hashes[filled] + within.astype(np.uint64) * _GOLDEN + signs)
    values = mix(np.asarray(np.add.reduceat(parts, firsts), np.uint64))
    found = (mix(_frames(words, starts, ends)) >> _HALF << _HALF) | (values >> _HALF)
    return distinct(words.texts[starts], found, len(words))


def distinct(texts: Places, values: Wide, count: int) -> Ragged:
    """The distinct values of each of `count` texts, sorted."""
    # Not lexsort, which merges: small whole numbers are sorted stably by radix.
    order = np.argsort(values)
    order = order[np.argsort(texts[order].astype(np.min_scalar_type(count)), kind="stable")]
    texts, values = texts[order], values[order]
    kept = np.ones(len(values), np.bool_)
    kept[1:] = (values[1:] != values[:-1]) | (texts[1:] != texts[:-1])
    return Ragged(values[kept], np.searchsorted(texts[kept], np.arange(count + 1)))


def exchanged(some: Wide, others: Wide) -> int:
    """How many numbers were put for others between two texts."""
    # Sets of Python: of the few numbers that a text has they are made in a tenth of the time.
    mine, theirs = set(some.tolist()), set(others.tolist())
    put = {value >> 32 for value in mine - theirs} & {value >> 32 for value in theirs - mine}
    return len(put - {value >> 32 for value in mine & theirs}) if put else 0


def common_places(some: Wide, others: Wide) -> int:
    """How many places of numbers two texts share."""
    return len({value >> 32 for value in some.tolist()} & {value >> 32 for value in others.tolist()})


def same_numbers(some: Wide, others: Wide) -> bool:
    """Whether two texts have the same numbers, wherever those stand."""
    return set((some & _LOWER).tolist()) == set((others & _LOWER).tolist())


def slots(words: Words) -> Ragged:
    """The places of each text that hold a name, a day or a numeral, as 64 bits each, sorted, at most 64.

    A slot is a run of up to six words with a capital, in digits, of weekdays, months or numerals; it ends
    with its sentence, and between names and figures. Runs of digits are left to `numbers` but where they
    stand beside a name that may be exchanged with them. The upper 32 bits tell the words around it, the lower
    what stands in it (`exchanged_slots`). Of more than 64 those with the least upper half count, so that two
    texts keep the same ones.
    """
    kinds, starts = _kinds(words), _starts(words)
    splits = _splits(words, kinds, starts)
    firsts, lasts = _runs(kinds > 0, splits)
    if not len(firsts):
        return Ragged(np.empty(0, np.uint64), np.zeros(len(words) + 1, np.int64))
    offsets = np.concatenate(([0], np.cumsum(lasts - firsts + 1)[:-1]))
    kind = np.bitwise_or.reduceat(kinds[kinds > 0], offsets)
    groups = _runs(kinds > 0, starts)
    of_group = np.searchsorted(firsts, groups[0])
    counts = np.diff(of_group, append=len(firsts))
    has_name = np.repeat(np.bitwise_or.reduceat(kind, of_group) & _NAME, counts) != 0
    within = (np.arange(len(firsts)) - np.repeat(of_group, counts)).astype(np.uint64)
    frames = mix(np.repeat(_frames(words, *groups), counts) + within * _NEXT)
    kept = ((kind != _DIGITS) | has_name) & (lasts - firsts < _LONGEST_RUN)
    firsts, lasts, kind = firsts[kept], lasts[kept], kind[kept]
    values = (frames[kept] >> _HALF << _HALF) | _contents(words, firsts, lasts, kind)
    return _least(distinct(words.texts[firsts], values, len(words)))


def _splits(words: Words, kinds: Kinds, starts: Flags) -> Flags:
    """Where a slot ends though the next word belongs to one too; what is no name is taken out of `kinds`.

    The first word of a sentence has its capital from that and tells nothing where it stands alone: a name
    there is passed over, as in texts in capitals, while the words around it stay comparable.
    """
    opens = words.opens
    alone = np.ones(len(kinds), np.bool_)
    alone[:-1] = (kinds[1:] == 0) | opens[1:]
    kinds[alone & opens & (kinds == _NAME)] = 0
    _drop_names(kinds, starts, _LONGEST_GROUP)
    splits = opens.copy()
    splits[1:] |= (kinds[1:] | kinds[:-1]) == (_NAME | _DIGITS)
    _drop_names(kinds, splits, _LONGEST_RUN)
    return splits


def _starts(words: Words) -> Flags:
    """Whether a text begins with a word."""
    found = np.zeros(len(words.hashes), np.bool_)
    found[words.starts[:-1][np.diff(words.starts) > 0]] = True
    return found


def _drop_names(kinds: Kinds, splits: Flags, longest: int) -> None:
    """Take words out of `kinds` that have a capital in a run that is too long."""
    chosen = kinds > 0
    firsts, lasts = _runs(chosen, splits)
    lengths = lasts - firsts + 1
    if (lengths > longest).any():
        places = np.flatnonzero(chosen)[np.repeat(lengths > longest, lengths)]
        kinds[places] &= ~_NAME


def _least(lists: Ragged) -> Ragged:
    """The first MOST of each list."""
    kept = np.arange(len(lists.values)) - np.repeat(lists.starts[:-1], lists.counts) < MOST
    counts = np.minimum(lists.counts, MOST)
    return Ragged(lists.values[kept], np.concatenate(([0], np.cumsum(counts))))


def _kinds(words: Words) -> Kinds:
    """What each word is, as a bit; 0 for any other word."""
    known = np.flatnonzero(_filter()[words.hashes & _FILTER])
    listed = np.zeros(len(words.hashes), np.bool_)
    listed[known] = np.isin(words.hashes[known], _listed())
    marks = known[words.hashes[known] == _day_mark()]
    listed[marks] = False
    listed[marks[~_starts(words)[marks]] - 1] = True
    behind = known[words.numeric[known - 1] & ~words.opens[known]]
    scales = behind[np.isin(words.hashes[behind], _scales())]
    listed[scales] = False
    kinds = (words.capital & ~listed) * _NAME
    kinds[scales] = 0
    kinds |= words.numeric * _DIGITS
    kinds |= listed * _LISTED
    return kinds


def _runs(chosen: Flags, splits: Flags) -> tuple[Places, Places]:
    """First and last place of each run of chosen words; a new one begins at each split."""
    places = np.flatnonzero(chosen)
    begins = np.ones(len(places) + 1, np.bool_)
    begins[1:-1] = (places[1:] - places[:-1] > 1) | splits[places[1:]]
    return places[begins[:-1]], places[begins[1:]]


def _frames(words: Words, firsts: Places, lasts: Places) -> Wide:
    """The words before and after each run, 0 for the edge of the text, in one sum."""
    is_start = np.zeros(len(words.hashes) + 1, np.bool_)
    is_start[words.starts] = True
    before = np.where(is_start[firsts], _EDGE, words.hashes[firsts - 1])
    after = np.where(is_start[lasts + 1], _EDGE, words.hashes[np.minimum(lasts + 1, len(words.hashes) - 1)])
    return np.asarray(before * _BEFORE + after * _AFTER, np.uint64)


def _contents(words: Words, firsts: Places, lasts: Places, kind: Kinds) -> Wide:
    """3 bits for the kinds of words, 14 for all the words of a run, 15 for its last (a surname) or, of days
    and figures, again for all."""
    sums: Wide = np.concatenate((_EDGE, np.cumsum(words.hashes, dtype=np.uint64)))
    whole = mix(sums[lasts + 1] - sums[firsts])
    last = np.where(kind == _NAME, words.hashes[lasts], whole)
    ends = whole >> np.uint64(_WHOLE) << np.uint64(_TAIL)
    return (kind.astype(np.uint64) << np.uint64(_KIND)) | ends | (last & np.uint64(_TAIL_BITS))


class Exchange(NamedTuple):
    """What stands in the slots that two texts share.

    Args:
        places: slots in which something else stands.
        contents: how many different things were exchanged; one for a name that was put right throughout.
        common: slots that both texts have; 0 where nothing was exchanged.
        listed: of `places` those of days, months or numerals.
    """

    places: int
    contents: int
    common: int
    listed: int


def exchanged_slots(some: Wide, others: Wide) -> Exchange:
    """How many slots of one text hold something else in the other, of the same kind.

    A surname with another first name or title counts as the same, and a weekday is not exchanged for a date.
    """
    mine, theirs = some.tolist(), others.tolist()
    only_mine, only_theirs = set(mine).difference(theirs), set(theirs).difference(mine)
    if not only_mine or not only_theirs:
        return Exchange(0, 0, 0, 0)
    # A place may hold several things ("one euro is … crowns"): the first is put for the first, and so on.
    held, put = _by_place(only_mine), _by_place(only_theirs)
    exchanged = [(held[place], other) for place, other in put.items() if place in held]
    pairs = [
        (one, other)
        for one, other in exchanged
        if one >> _KIND == other >> _KIND and (one ^ other) & _TAIL_BITS
    ]
    if not pairs:
        return Exchange(0, 0, 0, 0)
    common = {value >> 32 for value in mine} & {value >> 32 for value in theirs}
    listed = sum(bool(one >> _KIND & int(_LISTED)) for one, _ in pairs)
    contents = {(one & _TAIL_BITS, other & _TAIL_BITS) for one, other in pairs}
    return Exchange(len(pairs), len(contents), len(common), listed)


def _by_place(values: set[int]) -> dict[tuple[int, int], int]:
    """The lower halves of values by the upper, those that share it numbered."""
    found: dict[tuple[int, int], int] = {}
    before, number = -1, 0
    for value in sorted(values):
        place = value >> 32
        number = number + 1 if place == before else 0
        found[place, number] = value & 0xFFFFFFFF
        before = place
    return found


@cache
def _listed() -> Wide:
    """Hashes of the listed words, sorted."""
    listed = f"{WEEKDAYS} {MONTHS} {NUMBER_WORDS} {SCALES} {' '.join(NUMERALS)} {DAY_MARK}"
    return np.unique(read_words([listed]).hashes)


@cache
def _scales() -> Wide:
    return read_words([SCALES]).hashes


@cache
def _day_mark() -> np.uint64:
    return np.uint64(read_words([DAY_MARK]).hashes[0])


@cache
def _filter() -> Flags:
    """Which lower 16 bits a listed word has: a look-up that rules out nearly all words."""
    found = np.zeros(int(_FILTER) + 1, np.bool_)
    found[_listed() & _FILTER] = True
    return found
