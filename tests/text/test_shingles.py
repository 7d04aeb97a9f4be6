"""Shingles and sketches: against a plain reference, against locked bytes, and as estimates."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text import shingles as sh
from dateline.text.normalise import words
from dateline.text.ragged import Ragged
from dateline.text.slots import common_places, exchanged, numbers, same_numbers
from dateline.text.words import LONGEST, Wide, read_words

WORDS = st.lists(st.text("abcdeé漢я0123456789", min_size=1, max_size=8), max_size=60).map(
    lambda some: words(" ".join(some))
)
HASHES = st.sets(st.integers(0, 2**32 - 1), max_size=80).map(lambda some: np.array(sorted(some), np.uint32))

LONG = words("the harbour board of Port Ellery met at noon and put off its vote on the new crane")


def shingled(some: list[str]) -> sh.Hashes:
    return sh.shingles(read_words([" ".join(some)]))[0]


def minhash(some: sh.Hashes) -> sh.Hashes:
    return sh.minhashes(Ragged(some, np.array([0, len(some)])))[0]


def _mix(value: int) -> int:
    for _ in range(2):
        value = (value ^ (value >> 32)) * 0xD6E8FEB86659FD93 % 2**64
    return value ^ (value >> 32)


def _reference(some: list[str]) -> list[int]:
    """The definition, in whole numbers of Python."""
    golden = 0x9E3779B97F4A7C15
    tokens = [
        _mix(sum((ord(c) + golden) * 0x100000001B3**place for place, c in enumerate(word)) % 2**64)
        for word in some
    ]
    size = min(5, len(tokens))
    runs = [tokens[i : i + size] for i in range(len(tokens) - size + 1)] if tokens else []
    values = (sum(token * golden ** (place + 1) for place, token in enumerate(run)) for run in runs)
    return sorted({_mix(value % 2**64) >> 32 for value in values})


@given(WORDS)
def test_shingles_are_as_defined(some: list[str]) -> None:
    assert shingled(some).tolist() == _reference(some)


@given(st.lists(WORDS.map(" ".join), max_size=5))
def test_no_shingle_reaches_into_the_next_text(texts: list[str]) -> None:
    found, counted = sh.shingles(read_words(texts)), numbers(read_words(texts))
    for place, text in enumerate(texts):
        assert found[place].tolist() == shingled([text]).tolist()
        assert counted[place].tolist() == numbered(text).tolist()


@given(WORDS, WORDS)
def test_each_run_of_five_words_is_one_shingle_wherever_it_stands(some: list[str], more: list[str]) -> None:
    whole = set(shingled([*some, *more]).tolist())
    if len(more) >= 5:
        assert set(shingled(more).tolist()) <= whole
    assert len(whole) <= max(len(some) + len(more) - 4, 1)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("…!?", 0),
        ("Fire", 1),
        ("Fire at the mill", 1),
        ("Fire at the old mill", 1),
        ("Fire at the old mill tonight", 2),
        ("la la la la la la la la", 1),
        ("港口委员会周三开会", 5),
        ("Совет порта отложил голосование о кране", 2),
    ],
)
def test_how_many_shingles_a_text_has(text: str, count: int) -> None:
    assert len(shingled(words(text))) == count


def test_case_and_punctuation_do_not_count() -> None:
    plain = shingled(words("the board met at noon on wednesday"))
    assert shingled(words("“The Board” met, at noon — on WEDNESDAY.")).tolist() == plain.tolist()


def test_a_text_without_end_is_read_only_so_far() -> None:
    some = [f"word{number}" for number in range(200_000)]
    read = shingled(some)
    assert 90_000 < len(read) < 120_000
    assert len(shingled(["x" * 3_000_000])) == 1
    assert len(shingled(["x" * (LONGEST - 1), "y"])) == 1


def numbered(text: str) -> Wide:
    return numbers(read_words([text]))[0]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("no number", 0),
        ("", 0),
        ("7", 1),
        ("2.5 against 2.3", 2),
        ("6-3/16 pct at 14:30 on 2024-03-25.", 3),
        ("rows 12 13 14", 1),
        ("it rose 3 pct, and it rose 3 pct", 1),
        ("3 of 5; 3 of 5; 3 of 5", 3),
        ("２ коровы и ۵", 2),
    ],
)
def test_how_many_numbers_a_text_has(text: str, count: int) -> None:
    assert len(numbered(text)) == count


@pytest.mark.parametrize("size", [16, 40, 150, 600])
def test_half_alike_texts_meet_in_a_band(size: int) -> None:
    """Of pairs with a Jaccard similarity of .5 32 bands of 4 rows meet 87 %, of those with .7 all."""
    draw = np.random.default_rng(size)
    for similarity, least in ((0.5, 0.83), (0.7, 0.99)):
        common = round(2 * size * similarity / (1 + similarity))
        met = 0
        for _ in range(300):
            some = draw.permutation(np.unique(draw.integers(0, 2**32, 2 * size - common, dtype=np.uint32)))
            pair = np.sort(some[:size]), np.sort(np.concatenate((some[:common], some[size:])))
            keys = sh.band_keys(np.stack([minhash(one) for one in pair]))
            met += bool((keys[0] == keys[1]).any())
        assert met / 300 >= least


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("rose 2.5 per cent to 40 crowns", "rose 2.5 per cent to 40 crowns", (0, 2)),
        ("rose 2.5 per cent to 40 crowns", "ROSE 2.3 per cent, to 40 crowns!", (1, 2)),
        ("rose 2.5 per cent to 40 crowns", "rose 5.2 per cent to 41 crowns", (2, 2)),
        ("rose 12 13 per cent", "rose 13 12 per cent", (1, 1)),
        ("rose 2.5 per cent to 40 crowns", "rose 2.5 per cent", (0, 1)),
        ("rose 2.5 per cent", "fell by half", (0, 0)),
        ("up 3 points, up 4 points", "up 4 points, up 5 points", (0, 1)),
        ("up 3 points, up 4 points", "up 3 points, up 4 points", (0, 1)),
        ("paid 5 crowns", "crowns 7 paid", (0, 0)),
        ("no number", "none here", (0, 0)),
        ("fell to -5 degrees", "fell to 5 degrees", (1, 1)),
        ("fell to -5 degrees", "fell to −5 degrees", (0, 1)),
        ("rose by +5 points", "rose by 5 points", (0, 1)),
        ("ended 2-1 at home", "ended 2 1 at home", (0, 1)),
        ("a row of 3 -4 5 here", "a row of 3 4 -5 here", (1, 1)),
    ],
)
def test_which_numbers_were_put_for_others(one: str, other: str, expected: tuple[int, int]) -> None:
    for some, others in ((numbered(one), numbered(other)), (numbered(other), numbered(one))):
        assert (exchanged(some, others), common_places(some, others)) == expected


def test_same_numbers_wherever_they_stand() -> None:
    assert same_numbers(numbered("3 of them and 5"), numbered("first 5, later 3 times 5"))
    assert not same_numbers(numbered("3 of them and 5"), numbered("3 of them"))


def test_the_bytes_of_mh3_are_locked() -> None:
    """Whoever must change these numbers gives the algorithm a new name."""
    found = shingled(LONG)
    assert sh.ALGORITHM == "mh3"
    assert found[:3].tolist() == LOCKED_SHINGLES
    assert minhash(np.arange(20, dtype=np.uint32))[:4].tolist() == LOCKED_MINHASH
    keys = sh.band_keys(np.arange(128, dtype=np.uint32)[None, :])
    assert keys.shape == (1, 32)
    assert keys[0, :2].tolist() == LOCKED_KEYS


LOCKED_SHINGLES = [723799215, 1336852251, 1544173325]
LOCKED_MINHASH = [1994214019, 72763779, 1898588608, 29964572]
LOCKED_KEYS = [10981791938467090396, 13866560069632283575]


def test_a_short_text_has_no_minhash() -> None:
    assert len(minhash(np.arange(sh.SHORT - 1, dtype=np.uint32))) == 0
    assert len(minhash(np.arange(sh.SHORT, dtype=np.uint32))) == 128


@given(st.lists(st.integers(0, 300), max_size=5), st.randoms(use_true_random=False))
def test_minhashes_are_those_of_each_text_by_itself(sizes: list[int], draw: random.Random) -> None:
    texts = [np.array(sorted(draw.sample(range(2**32), size)), np.uint32) for size in sizes]
    starts = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    values = np.concatenate([sh.shingles(read_words([""])).values.astype(np.uint32), *texts])
    found = sh.minhashes(Ragged(values, starts))
    assert [found[place].tolist() for place in range(len(sizes))] == [
        minhash(text).tolist() for text in texts
    ]


def test_a_bin_holds_the_least_of_its_shingles_and_an_empty_one_that_of_another() -> None:
    draw = np.random.default_rng(5)
    few, many = (np.unique(draw.integers(0, 2**32, size, dtype=np.uint32)) for size in (20, 5_000))
    bins = minhash(many).reshape(32, 4)
    assert (bins >> np.uint32(27) == np.arange(32)[:, None]).all()
    assert (minhash(np.union1d(few, many)).reshape(32, 4) <= bins).all()
    sparse = minhash(few).reshape(32, 4)
    own = sparse >> np.uint32(27) == np.arange(32)[:, None]
    assert 0.2 < own.mean() < 0.8
    for row in range(4):
        assert set(sparse[:, row]) == set(sparse[own[:, row], row])


def test_equal_places_estimate_jaccard() -> None:
    draw = np.random.default_rng(11)
    errors = []
    for _ in range(300):
        common = draw.integers(0, 2**32, draw.integers(0, 300), dtype=np.uint32)
        sets = [
            np.unique(np.concatenate((common, draw.integers(0, 2**32, 150, dtype=np.uint32)))) for _ in "ab"
        ]
        estimate = float(np.mean(minhash(sets[0]) == minhash(sets[1])))
        errors.append(estimate - sh.jaccard(*sets))
    assert abs(np.mean(errors)) < 0.01
    assert np.std(errors) < 0.045


def test_texts_meet_in_a_band_just_where_they_agree() -> None:
    one = np.arange(128, dtype=np.uint32)
    other = one.copy()
    other[[0, 9, 127]] += 1
    equal = sh.band_keys(np.stack((one, other)))
    differing = np.flatnonzero(equal[0] != equal[1]).tolist()
    assert differing == [0, 2, 31]
    assert len(np.unique(sh.band_keys(np.zeros((1, 128), np.uint32)))) == 32


@given(HASHES, HASHES)
def test_likeness_is_that_of_sets(one: sh.Hashes, other: sh.Hashes) -> None:
    some, others = set(one.tolist()), set(other.tolist())
    assert sh.shared(one, other) == len(some & others)
    assert sh.jaccard(one, other) == pytest.approx(len(some & others) / max(len(some | others), 1))
