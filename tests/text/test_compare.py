"""Texts of the same words, which may still tell of two events."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from dateline.text.compare import Limits, judge_equal
from dateline.text.signed import signed

FORECAST = (
    "Forecast for the upper valley: the sky stays clear and the wind drops, the lowest will be {} degrees "
    "near the river and {} degrees in the villages. Tomorrow will be dry, and the roads are open."
)
LONG = " ".join(f"The gauge at lock {number} stood at {number} feet in the morning." for number in range(40))


def texts_of(*texts: str) -> Any:
    (found,) = signed(texts, [None] * len(texts))
    return SimpleNamespace(shingles=found.shingles, numbers=found.numbers, slots=found.slots)


@pytest.mark.parametrize(
    ("sooner", "later", "expected"),
    [
        (FORECAST.format("-5", "-3"), FORECAST.format("5", "3"), None),
        (FORECAST.format("-5", "-3"), FORECAST.format("−5", "–3").upper(), "exact"),
        (FORECAST.format("+5", "3"), FORECAST.format("5", "3"), "exact"),
        (LONG, LONG.replace("at 7 feet", "at -7 feet"), "near"),
        (LONG, LONG.replace(".", ";"), "exact"),
        ("minus", "minus", "exact"),
    ],
)
def test_signs_tell_texts_of_the_same_words_apart(sooner: str, later: str, expected: str | None) -> None:
    found = judge_equal(texts_of(sooner, later), 1, 0, Limits()).duplicate
    assert found == (expected and (expected, 1.0))


def test_a_single_sign_is_put_right_within_hours_only() -> None:
    words = (
        "The index closed at {}1.2%, with shares of shipowners in demand and banks out of favour, while {}"
    )
    few, many = (
        texts_of(*(words.format(sign, rest) for sign in "+-")) for rest in ("traders waited for news.", LONG)
    )
    assert judge_equal(few, 1, 0, Limits()).is_doubtful
    assert not judge_equal(many, 1, 0, Limits()).is_doubtful
