"""Grows the trees that judge the blocks of a page: gradient boosting of oblivious trees.

Friedman, Greedy Function Approximation: A Gradient Boosting Machine (2001), with the second derivative in the
leaves as in XGBoost (Chen and Guestrin, 2016), and with trees that ask one question a level, as in CatBoost
(Prokhorenkova and others, 2018): a tree of six questions is a table of 64 numbers, so that little can be
learnt by heart.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import numpy as np

from dateline.text.html.block_features import NAMES
from dateline.text.html.block_model import Model
from dateline.text.html.block_numbers import Numbers

Whole = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Settings:
    """How trees are grown.

    Args:
        trees: how many.
        questions: of each.
        rate: how much of what a tree says is believed.
        calm: added to the weight in a leaf, so that leaves with little in them say little.
        rows: share of the blocks that a tree is grown on.
        columns: share of the numbers that a tree may ask about.
        bins: how finely numbers are told apart.
        seed: of all choices by lot.
    """

    trees: int = 200
    questions: int = 6
    rate: float = 0.08
    calm: float = 2.0
    rows: float = 0.4
    columns: float = 0.5
    bins: int = 24
    seed: int = 0


_LIGHT, _THINNED = 0.003, 3
"""Blocks of little weight that are not of the story are the most by far: one in three, at three times the
weight, says the same."""
_LOOKED_AT = 60_000
"""Rows that are enough to see how numbers are spread."""


def grow(rows: Numbers, is_story: Numbers, weights: Numbers, settings: Settings) -> Model:
    """Learn which blocks are of a story.

    Args:
        rows: blocks × `NAMES`.
        is_story: for each block 0 or 1.
        weights: for each block; those of weight 0 are left out.
        settings: how.

    Raises:
        ValueError: all blocks that have a weight are of one sort.
    """
    dice = np.random.default_rng(settings.seed)
    taken, weights = _thinned(is_story, weights, dice)
    rows, is_story = rows[taken], is_story[taken]
    if len({*is_story.tolist()}) < 2:
        raise ValueError("nothing to tell apart: all blocks are of one sort")
    weights = weights / weights.mean()
    cuts = _cuts(rows[dice.permutation(len(rows))[:_LOOKED_AT]], settings.bins)
    if not any(map(len, cuts)):
        raise ValueError("nothing to tell by: all blocks look the same")
    bins = np.stack([np.searchsorted(cuts[at], rows[:, at], side="left") for at in range(rows.shape[1])])
    base = round(float(np.log((weights * is_story).sum() / (weights * (1 - is_story)).sum())), 4)
    odds = np.full(len(rows), base)
    trees = []
    for _ in range(settings.trees):
        chances = 1 / (1 + np.exp(-odds))
        slopes, bends = weights * (is_story - chances), weights * chances * (1 - chances)
        tree = _tree(bins, cuts, slopes, bends, settings, dice)
        odds += _told(tree, bins)
        trees.append(tree)
    return _model(base, trees, cuts)


def _thinned(is_story: Numbers, weights: Numbers, dice: np.random.Generator) -> tuple[Whole, Numbers]:
    """Numbers of the rows to learn from, and their weights."""
    is_light = (weights < _LIGHT) & (is_story == 0)
    is_taken = (weights > 0) & (~is_light | (dice.random(len(weights)) < 1 / _THINNED))
    taken = np.flatnonzero(is_taken)
    return taken, np.where(is_light, weights * _THINNED, weights)[taken]


def _cuts(rows: Numbers, bins: int) -> list[Numbers]:
    """For each number where to part it: at most one less than bins, so that each part holds as many.

    They are rounded here, so that what is learnt is what is written.
    """
    shares = np.linspace(0, 1, bins + 1)[1:-1]
    found = []
    for column in rows.T:
        parts = np.unique([float(f"{cut:.4g}") for cut in np.quantile(column, shares)])
        found.append(parts[(parts >= column.min()) & (parts < column.max())])
    return found


@dataclass(frozen=True, slots=True)
class _Tree:
    """Which number each question is about, by which of its cuts, and what the leaves say."""

    numbers: list[int]
    cuts: list[int]
    leaves: Numbers


def _tree(
    bins: Whole,
    cuts: list[Numbers],
    slopes: Numbers,
    bends: Numbers,
    settings: Settings,
    dice: np.random.Generator,
) -> _Tree:
    """One tree over a share of rows and numbers drawn by lot."""
    count, width = bins.shape[1], settings.bins
    drawn = dice.permutation(count)[: max(1, int(settings.rows * count))]
    varied = np.array([at for at, parts in enumerate(cuts) if len(parts)])
    asked = np.sort(dice.permutation(varied)[: max(1, int(settings.columns * len(varied)))])
    slopes, bends = slopes[drawn], bends[drawn]
    columns = {at: bins[at, drawn] for at in asked.tolist()}
    leaf = np.zeros(len(drawn), np.int64)
    numbers: list[int] = []
    chosen: list[int] = []
    for level in range(settings.questions):
        best = (-1.0, 0, 0)
        for at, column in columns.items():
            gains = _gains(leaf * width + column, slopes, bends, (1 << level, width), settings.calm)
            cut = int(gains[: len(cuts[at])].argmax())
            best = max(best, (float(gains[cut]), -at, -cut))
        at, cut = -best[1], -best[2]
        numbers.append(at)
        chosen.append(cut)
        leaf = leaf * 2 + (bins[at, drawn] > cut)
    leaves = 1 << settings.questions
    steps = np.bincount(leaf, slopes, leaves) / (np.bincount(leaf, bends, leaves) + settings.calm)
    return _Tree(numbers, chosen, np.round(settings.rate * steps, 4))


def _gains(cells: Whole, slopes: Numbers, bends: Numbers, shape: tuple[int, int], calm: float) -> Numbers:
    """What is won by parting all leaves behind each bin of a number.

    Args:
        cells: for each row its leaf and bin as one number.
        slopes: first derivatives of the loss.
        bends: second derivatives.
        shape: leaves × bins.
        calm: as in `Settings`.
    """
    size = shape[0] * shape[1]
    low = np.bincount(cells, slopes, size).reshape(shape).cumsum(axis=1)
    low_bends = np.bincount(cells, bends, size).reshape(shape).cumsum(axis=1)
    high, high_bends = low[:, -1:] - low, low_bends[:, -1:] - low_bends
    gains: Numbers = (low**2 / (low_bends + calm) + high**2 / (high_bends + calm)).sum(axis=0)
    return gains


def _told(tree: _Tree, bins: Whole) -> Numbers:
    """What a tree says of each row."""
    leaf = np.zeros(bins.shape[1], np.int64)
    for at, cut in zip(tree.numbers, tree.cuts, strict=True):
        leaf = leaf * 2 + (bins[at] > cut)
    return tree.leaves[leaf]


def _model(base: float, trees: list[_Tree], cuts: list[Numbers]) -> Model:
    numbers = np.array([tree.numbers for tree in trees], np.int64)
    values = [
        [float(cuts[at][cut]) for at, cut in zip(tree.numbers, tree.cuts, strict=True)] for tree in trees
    ]
    leaves = np.array([tree.leaves for tree in trees])
    model = Model("", base, numbers, np.array(values), leaves)
    return Model(_version(model), base, numbers, model.cuts, leaves)


def _version(model: Model) -> str:
    """How many numbers a model knows of a block, and a digest of what it has learnt of them."""
    told = json.dumps(_content(model), sort_keys=True)
    return f"{len(NAMES)}.{hashlib.sha256(told.encode()).hexdigest()[:10]}"


def _content(model: Model) -> dict[str, Any]:
    trees = [
        {
            "questions": [[NAMES[at], _short(cut)] for at, cut in zip(asked, cuts, strict=True)],
            "leaves": [_short(leaf) for leaf in leaves],
        }
        for asked, cuts, leaves in zip(
            model.numbers.tolist(), model.cuts.tolist(), model.leaves.tolist(), strict=True
        )
    ]
    return {"names": list(NAMES), "base": model.base, "trees": trees}


def _short(number: float) -> float | int:
    """`0` for `0.0` and for `-0.0`."""
    return int(number) if number == int(number) else number


def as_json(model: Model) -> str:
    """A model as `block_model.of_json` reads it, a tree on a line."""
    told = _content(model)
    trees = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in told["trees"])
    lines = [
        f'{{"version": "{model.version}", "base": {told["base"]},',
        f'"names": {json.dumps(told["names"])},',
        f'"trees": [\n{trees}\n]}}\n',
    ]
    return "\n".join(lines)
