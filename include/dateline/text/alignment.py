"""Two texts side by side: which paragraphs stand beside which, and which words only one of them has."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

PARAGRAPH = "\n\n"
"""What stands between two paragraphs."""

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_HANGING = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd"
_POINTS = (
    "!-/:-@\\[-`{-~\u00a1\u00ab\u00bb\u00bf\u060c\u061b\u061f\u2010-\u205e\u3001-\u3004\u3008-\u3011"
    "\uff01-\uff0f"
)
_PIECE = re.compile(
    rf"(?:[{_UNSPACED}\U00020000-\U0003ffff][{_HANGING}]*|[{_POINTS}]|[^\s{_UNSPACED}{_POINTS}\U00020000-\U0003ffff]+)\s*"
    r"|\s+"
)
"""A word, a sign, or a character of a script without spaces, with the space after it. Words keep whatever is
no space and no sign: vowel signs and joiners are parts of them."""

_PAIRS = 40_000
"""Pairs of paragraphs that are compared at most; of longer stretches the first stands beside the first."""
_ALIKE = 0.3
"""Share of the shorter paragraph's words that another must have to stand beside it."""
_MANY = 2_000
"""From so many pieces on, those that come again and again are no longer looked at: time stays bounded."""


@dataclass(frozen=True, slots=True)
class Run:
    """Some words: those of both sides, or of one of them.

    Args:
        left: as they stand in the left text, with the space after them; empty where it has none.
        right: as they stand in the right text.
        same: whether both have them; spaces may differ all the same.
    """

    left: str
    right: str
    same: bool


@dataclass(frozen=True, slots=True)
class Row:
    """Paragraphs that stand beside each other.

    Args:
        left: of the left text, None where nothing of it stands here; several where the right side has them
            in one.
        right: of the right text, likewise.
        runs: the words of both; joined they are `left` and `right`.
    """

    left: str | None
    right: str | None
    runs: tuple[Run, ...]

    @property
    def same(self) -> bool:
        """Whether both sides are equal."""
        return self.left == self.right


def align(left: str, right: str) -> list[Row]:
    """Two texts, paragraph by paragraph.

    All left sides joined by `PARAGRAPH` are the left text, and all right sides the right one: nothing is
    left out, nothing moved.
    """
    ours, theirs = left.split(PARAGRAPH), right.split(PARAGRAPH)
    rows: list[Row] = []
    for tag, first, last, start, stop in _matcher(ours, theirs).get_opcodes():
        if tag == "equal":
            rows += [_row(paragraph, paragraph) for paragraph in ours[first:last]]
        else:
            rows += _beside(ours[first:last], theirs[start:stop])
    return rows


def align_words(left: str, right: str) -> tuple[Run, ...]:
    """The words of two paragraphs; runs that both have and runs that one has, in order."""
    ours, theirs = _PIECE.findall(left), _PIECE.findall(right)
    keys = [[piece.strip() for piece in side] for side in (ours, theirs)]
    return tuple(
        Run("".join(ours[first:last]), "".join(theirs[start:stop]), tag == "equal")
        for tag, first, last, start, stop in _matcher(*keys).get_opcodes()
    )


def _matcher(left: list[str], right: list[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, left, right, autojunk=max(len(left), len(right)) > _MANY)


def _row(left: str | None, right: str | None) -> Row:
    runs: tuple[Run, ...]
    if left == right:
        runs = (Run(left or "", right or "", True),) if left else ()
    elif left is None or right is None:
        runs = (Run(left or "", right or "", False),)
    else:
        runs = align_words(left, right)
    return Row(left, right, runs)


def _beside(left: list[str], right: list[str]) -> list[Row]:
    """Rows of two stretches that have no paragraph in common."""
    if not left or not right:
        return [_row(one, other) for one, other in zip_longest(left, right)]
    if len(left) * len(right) > _PAIRS:
        return [_row(one, other) for one, other in zip_longest(left, right)]
    words = [[Counter(_words(paragraph)) for paragraph in side] for side in (left, right)]
    gains = [[_gain(one, other) for other in words[1]] for one in words[0]]
    pairs = _best(gains)
    if min(len(left), len(right)) == 1 and _is_in_one(words, gains):
        return [_row(PARAGRAPH.join(left), PARAGRAPH.join(right))]
    rows: list[Row] = []
    done, seen = 0, 0
    for one, other in [*pairs, (len(left), len(right))]:
        rows += [_row(paragraph, None) for paragraph in left[done:one]]
        rows += [_row(None, paragraph) for paragraph in right[seen:other]]
        if one < len(left):
            rows.append(_row(left[one], right[other]))
        done, seen = one + 1, other + 1
    return rows


def _words(paragraph: str) -> list[str]:
    return [piece.strip().casefold() for piece in _PIECE.findall(paragraph)]


def _gain(left: Counter[str], right: Counter[str]) -> int:
    """Words in common; none where they are too few to stand beside each other."""
    common = (left & right).total()
    return common if common > _ALIKE * min(left.total(), right.total()) else 0


def _is_in_one(words: list[list[Counter[str]]], gains: list[list[int]]) -> bool:
    """Whether one side has in a single paragraph what the other has in several."""
    sums = [sum(side, Counter()) for side in words]
    best = max(gain for row in gains for gain in row)
    return len(words[0]) != len(words[1]) and _gain(*sums) > 1.5 * max(best, 1)


def _best(gains: list[list[int]]) -> list[tuple[int, int]]:
    """Pairs in rising order on both sides that have the most words in common."""
    height, width = len(gains), len(gains[0])
    sums = [[0] * (width + 1) for _ in range(height + 1)]
    for one in reversed(range(height)):
        for other in reversed(range(width)):
            paired = gains[one][other] + sums[one + 1][other + 1]
            sums[one][other] = max(paired, sums[one + 1][other], sums[one][other + 1])
    pairs, one, other = [], 0, 0
    while one < height and other < width:
        if gains[one][other] and sums[one][other] == gains[one][other] + sums[one + 1][other + 1]:
            pairs.append((one, other))
            one, other = one + 1, other + 1
        elif sums[one][other] == sums[one + 1][other]:
            one += 1
        else:
            other += 1
    return pairs
