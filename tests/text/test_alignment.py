"""Two texts side by side: what stands beside what, and that nothing is lost on the way."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.alignment import PARAGRAPH, Row, align, align_words

FERRY = "The ferry to Vella sails again on Monday, the harbour master said."
CREW = "Its crew of nine had waited since March for a part from Turin."
FARE = "The fare stays at four euros for those who live on the island."


def told(rows: list[Row]) -> list[str]:
    """= same, ~ other words, < left only, > right only."""
    marks = []
    for row in rows:
        both = row.left is not None and row.right is not None
        marks.append("=" if row.same else "~" if both else "<" if row.right is None else ">")
    return marks


CASES = {
    "the same": ((FERRY, CREW), (FERRY, CREW), "=="),
    "a word": ((FERRY, CREW), (FERRY.replace("Monday", "Friday"), CREW), "~="),
    "one more before": ((FERRY,), (CREW, FERRY), ">="),
    "one less behind": ((FERRY, CREW), (FERRY,), "=<"),
    "one for another": ((FERRY, CREW, FARE), (FERRY, FARE.replace("four", "five"), CREW), "=>=<"),
    "other words and one more": ((FERRY, FARE), (FERRY.replace("Monday", "May"), CREW, FARE + "!"), "~>~"),
    "nothing in common": ((FERRY,), ("Zwei Züge hielten.",), "<>"),
    "in one paragraph": ((FERRY, CREW, FARE), (f"{FERRY} {CREW} {FARE}",), "~"),
    "nothing beside it": ((), (FERRY,), "<>"),
    "Chinese": (("渡轮周一恢复航行，港务长说。",), ("渡轮周五恢复航行，港务长说。", "票价不变。"), "~>"),
    "Arabic": (("تعود العبارة إلى الجزيرة يوم الاثنين",), ("تعود العبارة إلى الجزيرة يوم الجمعة",), "~"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_stands_beside_what(case: str) -> None:
    left, right, marks = CASES[case]
    assert "".join(told(align(PARAGRAPH.join(left), PARAGRAPH.join(right)))) == marks


WORDS = {
    ("on Monday at noon", "on Friday at noon"): ["on ", "[-Monday -]{+Friday +}", "at noon"],
    ("four  euros", "four euros"): ["four  euros"],
    ("four euros", "four euros more"): ["four euros", "[--]{+more+}"],
    ("渡轮周一开", "渡轮周五开"): ["渡轮周", "[-一-]{+五+}", "开"],
    ("said: no", "said, no"): ["said", "[-: -]{+, +}", "no"],
    ("किताब नई", "किताबें नई"): ["[-किताब -]{+किताबें +}", "नई"],
    ("ที่นี่", "ที่นั้น"): ["ที่", "[-นี่-]{+นั้น+}"],
}


@pytest.mark.parametrize("pair", WORDS, ids=lambda pair: pair[0])
def test_which_words_only_one_has(pair: tuple[str, str]) -> None:
    runs = align_words(*pair)
    marked = [run.left if run.same else f"[-{run.left}-]{{+{run.right}+}}" for run in runs]
    assert marked == WORDS[pair]


TEXTS = st.lists(
    st.one_of(
        st.sampled_from([FERRY, CREW, FARE, FERRY.replace("on", "at"), "渡轮周一开", "渡轮", "", " ", "\n"]),
        st.text(max_size=12),
    ),
    max_size=6,
).map(PARAGRAPH.join)


@given(TEXTS, TEXTS)
def test_what_is_joined_is_the_text(left: str, right: str) -> None:
    rows = align(left, right)
    assert PARAGRAPH.join(row.left for row in rows if row.left is not None) == left
    assert PARAGRAPH.join(row.right for row in rows if row.right is not None) == right
    for row in rows:
        assert "".join(run.left for run in row.runs) == (row.left or "")
        assert "".join(run.right for run in row.runs) == (row.right or "")
        assert all(run.left.split() == run.right.split() for run in row.runs if run.same)
    assert all(row.same for row in align(left, left))


def test_long_texts_take_no_time() -> None:
    began = time.process_time()
    words = [f"word{number % 5000}" for number in range(60_000)]
    assert align(" ".join(words), " ".join(words[1:]))
    many = PARAGRAPH.join(words)
    assert align(many, many.replace("word", "Word"))
    assert time.process_time() - began < 20
