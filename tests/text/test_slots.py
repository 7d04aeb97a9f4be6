"""What texts begin with and where notices differ: flat arrays for many texts at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.ragged import Ragged
from dateline.text.slots import openings
from dateline.text.words import read_words

TEXTS = st.lists(
    st.lists(
        st.sampled_from(
            ["the", "Board", "met", "12", "3", "Ines", "Okafor", "monday", "on", "of", "港", "三", "Совет"]
        ),
        max_size=40,
    ).map(" ".join),
    max_size=6,
)


def lists(found: Ragged) -> list[list[int]]:
    return [
        found.values[first:last].tolist()
        for first, last in zip(found.starts[:-1], found.starts[1:], strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("one two three four", 0), ("1 2 3 4 5", 1), ("a b " * 40, 16)]
)
def test_how_many_shingles_an_opening_has(text: str, count: int) -> None:
    assert [len(some) for some in lists(openings(read_words(["before it", text, "and after it"])))] == [
        0,
        count,
        0,
    ]


def test_openings_keep_the_order_of_the_text() -> None:
    first, second = lists(openings(read_words(["a b c d e f g", "b c d e f g a"])))
    assert first[1:] == second[:2]
    assert first[0] not in second


@pytest.mark.parametrize("of", [openings])
@given(texts=TEXTS)
def test_texts_do_not_know_of_each_other(of, texts: list[str]) -> None:
    assert lists(of(read_words(texts))) == [lists(of(read_words([text])))[0] for text in texts]
