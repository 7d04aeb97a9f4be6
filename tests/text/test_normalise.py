"""The stored form of text, and the words under which two texts are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.normalise import clean_line, clean_text, content_hash, word_count, words

CLEANED = {
    "paragraphs": ("One.\r\n\r\n\r\n\r\nTwo.\n\n \n\nThree.", "One.\n\nTwo.\n\nThree."),
    "single break stays": ("  One,\n two. ", "One,\ntwo."),
    "odd spaces": ("a\u00a0b\u2003c\u3000d\te", "a b c d e"),
    "controls": ("a\x00b\x07c", "a b c"),
    "unseen": ("exam\u00adple\u200b\ufeff", "example"),
    "line separators": ("a\u2028b\u2029c\x85d", "a\nb\nc\nd"),
    "composed": ("cafe\u0301", "café"),
    "lone surrogate": ("a\ud800b", "a\ufffdb"),
    "persian joiner stays": ("می\u200cرود", "می\u200cرود"),
    "nothing": (" \n\n\t ", ""),
}

SAME_WORDS = {
    "case and quotes": ("“The Harbour” — REOPENS", '"the harbour" - reopens'),
    "width": ("ＡＢＣ １２", "abc 12"),
    "soft hyphen": ("exam\u00adple", "example"),
    "sharp s": ("Straße", "STRASSE"),
    "composition": ("cafe\u0301", "café"),
    "joiner": ("می\u200cرود", "میرود"),
}


@pytest.mark.parametrize("case", CLEANED)
def test_clean_text(case: str) -> None:
    given_text, wanted = CLEANED[case]
    assert clean_text(given_text) == wanted


def test_clean_line_has_no_break() -> None:
    assert clean_line(" The\n\n harbour \u2028reopens ") == "The harbour reopens"


@pytest.mark.parametrize("case", SAME_WORDS)
def test_same_content(case: str) -> None:
    one, other = SAME_WORDS[case]
    assert words(one) == words(other)
    assert content_hash(one) == content_hash(other)


def test_other_content() -> None:
    assert content_hash("The harbour opens") != content_hash("The harbour closes")
    assert content_hash("ab c") != content_hash("a bc")


def test_words_of_scripts() -> None:
    assert words("港は再開した。") == ["港", "は", "再", "開", "し", "た"]
    assert words("हिन्दी में।") == ["हिन्दी", "में"]
    assert words("Reopens港now") == ["reopens", "港", "now"]
    assert word_count("The harbour’s quay, 2 piers") == 6


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第１４回　Ａ社", ["第", "14", "回", "a", "社"]),
        ("三月五日", ["三", "月", "五", "日"]),
        ("월요일 낮 14도", ["월요일", "낮", "14도"]),
        ("ฝนตก", ["ฝ", "น", "ต", "ก"]),
        ("يوم ١٤ مارس", ["يوم", "١٤", "مارس"]),
        ("حريقٌ كبير", ["حريقٌ", "كبير"]),
        ("İSTANBUL'da İstanbul", ["i̇stanbul", "da", "i̇stanbul"]),
        ("Ο δήμος ΔΉΜΟΣ", ["ο", "δήμοσ", "δήμοσ"]),
        ("Ёлка ЁЛКА", ["ёлка", "ёлка"]),
    ],
)
def test_words_of_more_scripts(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("one", "other"), [("務", "务"), ("ışık", "IŞIK"), ("λιμάνι", "ΛΙΜΑΝΙ"), ("ёлка", "елка")]
)
def test_what_counts_as_other_words(one: str, other: str) -> None:
    assert words(one) != words(other)


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    once.encode()


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_cleaning_keeps_the_words(text: str) -> None:
    assert words(clean_text(text)) == words(text)


def test_long_hostile_text_is_quick() -> None:
    assert clean_text(" \n" * 200_000 + "a") == "a"
    assert len(words("a\u0301" * 100_000)) == 1
