"""The words of many texts at once: against the words of each text by itself, and against plain arithmetic."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.text.normalise import words
from dateline.text.words import LONGEST, Words, read_words, word_hashes

ODD_CHARACTERS = (
    "aZé \nßİı1２½²…漢字かがｶﾞ한글ᄀ้ก ,.'’_ǅŉ\u0301\u200d\u00ad\u0660\u0967\u3099\ufb01\U00020000\U0001d7d8"
)
FAR = st.lists(
    st.sampled_from(["ß", "ß\u0301", "so\u00adft", "\u0301\n", "½", "№ 7", "a" * 70, "plain " * 12])
)
TEXT = st.text(max_size=40) | st.text(ODD_CHARACTERS, max_size=30) | FAR.map(" ".join)
EVERY_CHARACTER = [chr(code) for code in range(0x110000)]


def _mix(value: int) -> int:
    for _ in range(2):
        value = (value ^ (value >> 32)) * 0xD6E8FEB86659FD93 % 2**64
    return value ^ (value >> 32)


def defined(word: str) -> int:
    """The hash of a word by its definition, in whole numbers of Python."""
    golden = 0x9E3779B97F4A7C15
    return _mix(sum((ord(c) + golden) * 0x100000001B3**place for place, c in enumerate(word)) % 2**64)


def of(found: Words, text: int) -> list[int]:
    return found.hashes[found.starts[text] : found.starts[text + 1]].tolist()


@settings(max_examples=400, deadline=None)
@given(st.lists(TEXT, max_size=4))
def test_words_are_those_of_each_text_by_itself(texts: list[str]) -> None:
    found = read_words(texts)
    assert len(found) == len(texts)
    for place, text in enumerate(texts):
        assert of(found, place) == [defined(word) for word in words(text)], text
        alone = read_words([text])
        own = slice(found.starts[place], found.starts[place + 1])
        assert found.opens[own].tolist() == alone.opens.tolist(), text
        assert found.negative[own].tolist() == alone.negative.tolist(), text


def test_every_character_is_read_as_by_itself() -> None:
    """In, before and behind a word, and alone: a table must not know another alphabet than the pattern."""
    draw = random.Random(4)
    some = (
        EVERY_CHARACTER[:0x3400]
        + EVERY_CHARACTER[0xF900:0x10000]
        + EVERY_CHARACTER[0x1F000:0x1FC00]
        + draw.sample(EVERY_CHARACTER, 9000)
    )
    known = {word: defined(word) for word in ("a", "b", "1", "ab")}
    for start in range(0, len(some), 500):
        texts = [f"a{char}b {char}1 {char}" for char in some[start : start + 500]]
        found = read_words(texts)
        for place, text in enumerate(texts):
            expected = [known.get(word) or defined(word) for word in words(text)]
            assert of(found, place) == expected, ascii(text)


@pytest.mark.parametrize(
    ("text", "numeric", "capital"),
    [
        ("Fire at 3 Mills", "0010", "1001"),
        ("ÉTÉ été 2nd", "001", "100"),
        ("Москва 7 мая", "010", "100"),
        ("２ коровы и ۵", "1001", "0000"),
        ("STRASSE Straße Fuß", "000", "111"),
        ("ﬁne Ǆ ｆｕｌｌ Ｆｕｌｌ", "0000", "0101"),
        ("漢字 3", "001", "000"),
        ("soft\u00adhyphen Soft\u00adhyphen 3\u200d4", "001", "010"),
        ("i̇stanbul İstanbul", "00", "01"),
        ("", "", ""),
    ],
)
def test_what_a_word_begins_with(text: str, numeric: str, capital: str) -> None:
    found = read_words(["The first", text, "Last"])
    own = slice(found.starts[1], found.starts[2])
    assert "".join(map(str, found.numeric[own].astype(int))) == numeric
    assert "".join(map(str, found.capital[own].astype(int))) == capital


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("Fire at Lund. The roof fell! Why? Nobody", "10010011"),
        ("it rose 2.5 at 14:30 in example.com a.m. today", "1000000000000"),
        ("by J. Smith of St. Paul and Mr. Lee. Then", "1000000001"),
        ("of the U.S. Senate", "10000"),
        ("Eva Holm\nThe vote: Jan; Ida | Tom", "1010111"),
        ("said “Holm.” The «vote»", "1010"),
        ("火。水", "11"),
        ("Straße. Eis fällt", "110"),
        ("the soft\u00adhyphen. So\u00adme St. Ann e.g. it", "10100000"),
        ("रात में। कल", "101"),
    ],
)
def test_where_sentences_begin(text: str, opens: str) -> None:
    found = read_words(["The first", text, "Last"])
    own = slice(found.starts[1], found.starts[2])
    assert "".join(map(str, found.opens[own].astype(int))) == opens
    assert found.opens[found.starts[:-1]].all()


@pytest.mark.parametrize(
    ("text", "negative"),
    [
        ("-5 and −5 and –5", "10101"),
        ("+1.2% against -1.2% (-3)", "000101"),
        ("2-1 in 2024-03-25, covid-19, 3 - 5", "0000000000"),
        ("so\u00adft −5, so\u00ad-5 −５", "01001"),
        ("۵ -۵", "01"),
        ("-", ""),
    ],
)
def test_which_numbers_are_less_than_nothing(text: str, negative: str) -> None:
    found = read_words([text])
    assert "".join(map(str, found.negative.astype(int))) == negative


def test_no_text_changes_its_neighbours() -> None:
    texts = ["", "7", "half a", "Zwei Straßen", "", "か゛", "漢", "a" * 5000, "…"]
    alone = [of(read_words([text]), 0) for text in texts]
    for order in ([*range(9)], [8, 7, 6, 5, 4, 3, 2, 1, 0], [5, 5, 0, 3, 3]):
        found = read_words([texts[place] for place in order])
        assert [of(found, place) for place in range(len(order))] == [alone[place] for place in order]


def test_no_text_no_words() -> None:
    for texts in ([], [""], ["", "…"]):
        found = read_words(texts)
        assert (len(found), len(found.hashes)) == (len(texts), 0)
        assert found.texts.tolist() == []
        assert word_hashes(found) == [word_hashes(read_words([""]))[0]] * len(texts)


def test_a_text_without_end_is_read_only_so_far() -> None:
    whole = "x" * (LONGEST - 1)
    assert of(read_words([f"{whole} y", "z"]), 0) == of(read_words([whole]), 0)
    assert len(of(read_words(["ß " * LONGEST]), 0)) == LONGEST // 2


def test_equal_words_have_equal_hashes_and_others_others() -> None:
    texts = [
        "The board met.",
        "“THE BOARD” met",
        "The boardmet",
        "Board the met",
        "Theb oard met",
        "The board",
    ]
    hashes = word_hashes(read_words(texts))
    assert hashes[0] == hashes[1]
    assert len(set(hashes)) == 5
    assert all(len(one) == 32 and int(one, 16) >= 0 for one in hashes)


def test_arrays_are_as_long_as_each_other() -> None:
    found = read_words(["one two", "", "Three 4"])
    assert found.starts.tolist() == [0, 2, 2, 4]
    assert found.texts.tolist() == [0, 0, 2, 2]
    assert len(found.hashes) == len(found.numeric) == len(found.capital) == 4
    assert found.hashes.dtype == np.uint64
