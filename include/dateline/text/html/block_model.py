"""Which blocks of a page are its story: boosted trees over what is known of each.

All trees are oblivious: each asks the same few questions of every block, so that a page is judged with a
handful of array operations. `scripts/learn_body.py` grows them from pages whose text is known.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from dateline.text.html.block_features import NAMES
from dateline.text.html.block_numbers import Numbers

FILE = "data/body_model.json"


@dataclass(frozen=True, slots=True)
class Model:
    """Trees.

    Args:
        version: names what was learnt.
        base: log odds before any tree.
        numbers: trees × questions, which of `NAMES` each question is about.
        cuts: trees × questions; the answer is whether the number is greater.
        leaves: trees × 2^questions, log odds by the answers, the first as the highest bit.
    """

    version: str
    base: float
    numbers: np.ndarray[Any, np.dtype[np.int64]]
    cuts: Numbers
    leaves: Numbers

    def judge(self, rows: Numbers) -> Numbers:
        """How likely each block is of the story, 0 to 1.

        Args:
            rows: blocks × `NAMES`.
        """
        trees, questions = self.numbers.shape
        answers = rows[:, self.numbers.reshape(-1)] > self.cuts.reshape(-1)
        powers = np.int64(1) << np.arange(questions - 1, -1, -1, dtype=np.int64)
        leaf = answers.reshape(len(rows), trees, questions) @ powers
        odds = self.base + self.leaves[np.arange(trees), leaf].sum(axis=1)
        # Rounded, so that the last bits of another machine's sums decide nothing.
        return np.round(1 / (1 + np.exp(-odds)), 6)


def of_json(text: str) -> Model:
    """A model as `scripts/learn_body.py` writes it.

    Raises:
        ValueError: it was learnt over other numbers than `NAMES`.
    """
    told = json.loads(text)
    if tuple(told["names"]) != NAMES:
        raise ValueError("the model was learnt over other numbers: learn it anew")
    trees = told["trees"]
    return Model(
        told["version"],
        told["base"],
        np.array([[NAMES.index(name) for name, _ in tree["questions"]] for tree in trees], np.int64),
        np.array([[cut for _, cut in tree["questions"]] for tree in trees], float),
        np.array([tree["leaves"] for tree in trees], float),
    )


@lru_cache(maxsize=1)
def installed() -> Model:
    """The model that comes with dateline."""
    return of_json(files("dateline").joinpath(FILE).read_text("utf-8"))
