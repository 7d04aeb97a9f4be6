"""The signatures of texts: what comes from their words alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from dateline.text.ragged import Ragged
from dateline.text.shingles import is_headline, minhashes, shingles
from dateline.text.slots import numbers, openings, slots
from dateline.text.words import read_words, word_hashes

_PIECE = 256
_CHARACTERS = 300_000
"""Texts and characters that are signed at a time: what lies in a processor's cache is quicker than what
doesn't."""
_SCRATCH = 16_000_000
"""Bytes that a piece may need."""


class Signed(NamedTuple):
    """The signatures of some texts, in their order.

    Args:
        texts: 32 hex digits over the words of each: equal hash, equal words.
        titles: likewise of its title, None without one.
        headlines: as `texts`, of a text that may be but a headline, else None.
        minhash: MinHash of each; empty for a short text.
        shingles: hashes of the distinct shingles, sorted.
        numbers: the distinct numbers with their places among words (`text.slots.numbers`).
        slots: places of names, days and numerals (`text.slots.slots`).
        opening: hashes of the first shingles, in the order of the text (`text.slots.openings`).
    """

    texts: list[str]
    titles: list[str | None]
    headlines: list[str | None]
    minhash: Ragged
    shingles: Ragged
    numbers: Ragged
    slots: Ragged
    opening: Ragged


LISTS = ("minhash", "shingles", "numbers", "slots", "opening")
"""The fields that hold a list for each text, by their names in `signatures` too."""


def signed(texts: Sequence[str], titles: Sequence[str | None]) -> Iterator[Signed]:
    """The signatures of texts and their titles, of some at a time, in their order."""
    np.empty(_SCRATCH, np.uint8)  # freed at once: so glibc keeps smaller blocks for the next piece
    first = 0
    while first < len(texts):
        last, characters = first, 0
        while last < len(texts) and last - first < _PIECE and (last == first or characters < _CHARACTERS):
            characters += len(texts[last]) + len(titles[last] or "")
            last += 1
        yield _piece(texts[first:last], titles[first:last])
        first = last


def _piece(texts: Sequence[str], titles: Sequence[str | None]) -> Signed:
    together = read_words([*texts, *(title or "" for title in titles)])
    hashes, words = word_hashes(together), together.first(len(texts))
    of_texts, of_titles = hashes[: len(texts)], hashes[len(texts) :]
    found = shingles(words)
    short = is_headline(found.counts).tolist()
    return Signed(
        texts=of_texts,
        titles=[name if title else None for title, name in zip(titles, of_titles, strict=True)],
        headlines=[name if is_short else None for is_short, name in zip(short, of_texts, strict=True)],
        minhash=minhashes(found),
        shingles=found,
        numbers=numbers(words),
        slots=slots(words),
        opening=openings(words),
    )
