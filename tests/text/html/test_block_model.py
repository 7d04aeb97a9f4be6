"""The trees that judge the blocks of a page."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dateline.text.html.block_features import NAMES, look_at
from dateline.text.html.block_model import Model, installed, of_json
from dateline.text.html.blocks import read_blocks
from dateline.text.html.tree import parse


def told(**changed: Any) -> str:
    """Two trees of two questions: leaves by the answers no-no, no-yes, yes-no, yes-yes."""
    content = {
        "version": "by hand",
        "names": list(NAMES),
        "base": 0.5,
        "trees": [
            {"questions": [["linked", 0.3], ["size", 4]], "leaves": [0, 1.5, -2, -1]},
            {"questions": [["picked", 0], ["picked", 0]], "leaves": [-0.25, 9, 9, 0.75]},
        ],
    }
    return json.dumps({**content, **changed})


def row(**known: float) -> list[float]:
    return [known.get(name, 0.0) for name in NAMES]


JUDGED = [
    (row(), 0.5 + 0 - 0.25),
    (row(size=5), 0.5 + 1.5 - 0.25),
    (row(size=4, linked=0.3), 0.5 + 0 - 0.25),
    (row(linked=0.31), 0.5 - 2 - 0.25),
    (row(linked=1, size=5, picked=1), 0.5 - 1 + 0.75),
]


@pytest.mark.parametrize("at", range(len(JUDGED)))
def test_trees_judge_as_by_hand(at: int) -> None:
    numbers, odds = JUDGED[at]
    (chance,) = of_json(told()).judge(np.array([numbers]))
    assert chance == round(1 / (1 + math.exp(-odds)), 6)


def test_a_block_is_judged_by_its_own_numbers_alone() -> None:
    model, rows = of_json(told()), np.array([numbers for numbers, _ in JUDGED])
    together = model.judge(rows)
    assert together.tolist() == [model.judge(rows[at : at + 1])[0] for at in range(len(rows))]
    assert model.judge(rows[::-1]).tolist() == together[::-1].tolist()


@pytest.mark.parametrize(
    "names", [[], list(NAMES[:-1]), [*NAMES, "more"], list(NAMES[::-1]), ["x", *NAMES[1:]]]
)
def test_a_model_of_other_numbers_is_refused(names: list[str]) -> None:
    with pytest.raises(ValueError, match="learn it anew"):
        of_json(told(names=names))


def test_the_installed_model_fits() -> None:
    model = installed()
    trees, questions = model.numbers.shape
    assert model.version
    assert model.cuts.shape == (trees, questions)
    assert model.leaves.shape == (trees, 2**questions)
    assert 0 <= model.numbers.min() <= model.numbers.max() < len(NAMES)
    assert np.isfinite(model.cuts).all()
    assert np.isfinite(model.leaves).all()
    assert installed() is model


FINITE = st.floats(-1e6, 1e6)


@given(arrays(np.float64, st.tuples(st.integers(0, 5), st.just(len(NAMES))), elements=FINITE))
def test_chances_lie_between_0_and_1(rows: np.ndarray[Any, Any]) -> None:
    model: Model = installed()
    chances = model.judge(rows)
    assert chances.shape == (len(rows),)
    assert ((chances >= 0) & (chances <= 1)).all()
    assert chances.tobytes() == model.judge(rows).tobytes()


PAGE = """<html><body><nav><ul><li><a href=/>Home</a></li><li><a href=/news>News</a></li></ul></nav>
<article><h1>Ferry is back</h1><div class="article-body">
<p>The ferry between Fenholm and Ostmont sailed again on Monday, three years after a storm had sunk it.</p>
<p>“We have waited for this long enough,” said Ida Fen, who speaks for the harbour board of Fenholm.</p>
<p>The boat takes forty cars, twice as many as the old one, and needs eleven minutes for the sound.</p>
<p>A crossing costs four crowns. Children and bicycles travel free until the end of the summer.</p>
</div></article><div class="related"><a href=/1>Tram line is closed for a month</a></div>
<footer><p>© Greywater Courier. All rights reserved.</p></footer></body></html>"""


def test_the_installed_model_tells_a_story_from_what_stands_around_it() -> None:
    blocks = read_blocks(parse(PAGE))
    story = [block.text for block in blocks if len(block.text) > 80]
    chances = installed().judge(look_at(blocks, story, ["Ferry is back"], None).numbers)
    for block, chance in zip(blocks, chances.tolist(), strict=True):
        if block.text != "Ferry is back":
            assert (chance > 0.5) == (block.text in story), (block.text, chance)
