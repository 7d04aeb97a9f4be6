"""Numbers in English prose, in figures and in words."""

from __future__ import annotations

import re

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}

WORDS: dict[str, float] = {
    **{word: float(value) for value, word in enumerate(_UNITS)},
    **{word: 10.0 * value for value, word in enumerate(_TENS, 2)},
}
ORDINALS: dict[str, int] = {
    word: value
    for value, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
        ],
        1,
    )
}

_WORD = "|".join(sorted((*WORDS, "hundred", "thousand"), key=len, reverse=True))
SPELLED = rf"(?:{_WORD})(?:(?:[ -]| and )(?:{_WORD})\b){{0,6}}"
"""Number words: `two`, `twenty-five`, `three hundred and ten`."""

FIGURES = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?"
"""Figures, with commas between thousands, a dot before decimals."""


def read(text: str) -> float | None:
    """The value of figures or number words, None if it is no number.

    >>> read("54,000"), read("twenty-five"), read("three hundred and ten"), read("2.5 million")
    (54000.0, 25.0, 310.0, 2500000.0)
    """
    words = [word for word in re.split(r"[\s-]+", text.strip().casefold()) if word and word != "and"]
    if not words or len(words) > 12:
        return None
    total, current = 0.0, None
    for word in words:
        value = WORDS.get(word)
        if value is None and word[0].isdigit():
            try:
                value = float(word.replace(",", ""))
            except ValueError:
                return None
        if value is not None:
            current = (current or 0.0) + value
        elif word in SCALES:
            current = (1.0 if current is None else current) * SCALES[word]
            if SCALES[word] >= 1000:
                total, current = total + current, 0.0
        else:
            return None
    result = total + (current or 0.0)
    return result if result < 1e18 else None
