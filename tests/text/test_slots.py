"""What texts begin with and where notices differ: flat arrays for many texts at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.ragged import Ragged
from dateline.text.slots import MOST, exchanged_slots, numbers, openings, slots
from dateline.text.words import read_words

WORDS = [
    "曜",
    "the",
    "Board",
    "met",
    "12",
    "3",
    "Ines",
    "Okafor",
    "monday",
    "million",
    "on",
    "of",
    "港",
    "三",
    "Совет",
]
TEXTS = st.lists(
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
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


@pytest.mark.parametrize("of", [openings, slots, numbers])
@given(texts=TEXTS)
def test_texts_do_not_know_of_each_other(of, texts: list[str]) -> None:
    assert lists(of(read_words(texts))) == [lists(of(read_words([text])))[0] for text in texts]


HOLDS = [
    ("on Monday we saw Ines Okafor at noon", 2),
    ("we met on 12 June in Vantaa Vale today", 2),
    ("we met. Nobody came. Why", 0),
    ("we saw Ines Okafor. The board met", 1),
    ("we saw Ines Okafor. Ruth Lind met us", 2),
    ("we saw Mr. Okafor of St. Paul and J. Lind", 3),
    ("it ended Vale 61, Lind 55. The end", 4),
    ("he has 61. The end", 0),
    ("we met 12 of 15 people", 0),
    ("el martes subió", 1),
    ("во вторник", 1),
    ("el 3 de enero", 1),
    ("星期二公布", 1),
    ("火曜日", 1),
    ("火事", 0),
    ("六点一四二克朗", 1),
    ("THE ROOF OF THE COVERED MARKET FELL", 0),
    ("THE ROOF OF THE MARKET FELL ON MONDAY, 3 JUNE. IT IS 90 YEARS OLD AND WILL BE MENDED", 1),
    ("الثلاثاء مشمس", 1),
]


@pytest.mark.parametrize(("text", "count"), HOLDS)
def test_how_many_slots_a_text_has(text: str, count: int) -> None:
    assert len(slots(read_words([text])).values) == count


EXCHANGES = [
    ("we saw Ines Okafor today", "we saw Ruth Lind today", (1, 1, 1)),
    ("we saw Ines Okafor today", "we saw Ms Okafor today", (0, 0, 0)),
    ("we saw Ines Okafor today", "we saw a boat today", (0, 0, 0)),
    ("come on Tuesday at noon", "come on Friday at noon", (1, 1, 1)),
    ("come on Tuesday at noon", "come on 12 March at noon", (0, 0, 0)),
    ("by Ann for Ann and Ann", "by Eve for Eve and Eve", (3, 1, 3)),
    ("the euro is 二十四 crowns", "the euro is 三十四 crowns", (1, 1, 1)),
    ("the euro is 六 crowns", "the euro is 七 crowns", (1, 1, 1)),
    ("we saw seventeen whales", "we saw thirty whales", (1, 1, 1)),
    ("we saw twenty-five whales", "we saw three hundred and six whales", (0, 0, 0)),
    ("it cost 2.5 million crowns", "it cost 2.5 billion crowns", (0, 0, 0)),
    ("it cost two million crowns", "it cost two billion crowns", (1, 1, 1)),
    ("from Ann to me from Eve to me", "from Kit to me from Jon to me", (2, 2, 1)),
    ("from Ann to me from Eve to me", "from Ann to me from Jon to me", (1, 1, 1)),
    ("we saw Ines Okafor. The bay froze", "we saw Ruth Lind. The bay froze", (1, 1, 1)),
    ("we saw Ines Okafor\nThe bay froze", "we saw Ruth Lind\nThe bay froze", (1, 1, 1)),
    ("we saw J. Okafor today", "we saw Ines Okafor today", (0, 0, 0)),
    ("we saw Mrs. Okafor today", "we saw Okafor today", (0, 0, 0)),
    ("we ate. The bay froze", "we ate. A bay froze", (0, 0, 0)),
    ("at Vale 61, Lind 55. The end", "at Holm 70, Berg 66. The end", (4, 4, 4)),
    ("at Vale 61, Lind 55. The end", "at Vale 61, Lind 54. The end", (1, 1, 4)),
    ("THE ROOF OF THE MARKET FELL ON MONDAY", "THE ROOF OF THE MARKET FELL ON FRIDAY", (1, 1, 1)),
]


@pytest.mark.parametrize(("text", "other", "expected"), EXCHANGES)
def test_what_was_exchanged(text: str, other: str, expected: tuple[int, int, int]) -> None:
    one, two = (slots(read_words([some])).values for some in (text, other))
    assert exchanged_slots(one, two)[:3] == exchanged_slots(two, one)[:3] == expected


def test_no_more_than_so_many_slots_are_kept_and_two_texts_keep_the_same() -> None:
    long = " ".join(f"w{number} Name{number} v{number}" for number in range(200))
    one = slots(read_words([long])).values
    two = slots(read_words([long.replace("Name", "Other")])).values
    assert len(one) == len(two) == MOST
    assert exchanged_slots(one, two) == (MOST, MOST, MOST, 0)


@given(texts=st.lists(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join), min_size=2, max_size=2))
def test_an_exchange_is_the_same_both_ways_and_never_more_than_what_differs(texts: list[str]) -> None:
    one, two = (found.values for found in (slots(read_words([text])) for text in texts))
    found = exchanged_slots(one, two)
    assert found == exchanged_slots(two, one)
    both = {value >> 32 for value in one.tolist()} & {value >> 32 for value in two.tolist()}
    assert found.common == (len(both) if found.places else 0)
    assert found.contents <= found.places <= min(len(set(one) - set(two)), len(set(two) - set(one)))
    assert exchanged_slots(one, one)[:2] == (0, 0)
