"""The words of many texts at once, as flat arrays of hashes: what signatures are made of.

The words are those of `text.normalise.words`, character for character; here they are found by looking up
each character in a table, for all texts together, as a loop over texts or words would cost more than all
else that is done to sign a text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import blake2b
from itertools import chain, pairwise, zip_longest

import numpy as np
import numpy.typing as npt

from dateline.text.characters import (
    ALONE,
    BRACKETS,
    CAPITAL,
    DIGIT,
    GOLDEN,
    HARD,
    IN_WORD,
    MINUS,
    MINUSES,
    STOP,
    STOPS,
    Kinds,
    flags,
    folds,
)
from dateline.text.normalise import between_words, cased_words, words

Wide = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.uint32]

LONGEST = 1_000_000
"""Characters that are read of a text: its start stands for what is longer than any article."""

_MIX = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)
_ODD = 0x100000001B3
_SPACE, _BREAK = 32, 10
_NEAR = 64
"""Characters between two stretches of a text that are read as one."""

_POINT, _ASCII = 46, 128
_OPENS = np.array([ord(char) for char in f" \t\n\r\xa0{BRACKETS}"], np.uint32)
"""What stands before the sign of a number; behind a word or a figure a minus is a hyphen, or of a range."""
_UNTOLD = re.compile(f"[^{re.escape(STOPS + MINUSES + BRACKETS)}]")
_TOLD = re.compile(f"[{re.escape(STOPS + MINUSES)}]")
"""What tells nothing of the words around it, and what does."""
_TITLES = "mr mrs ms mx dr st mt ft lt gen rep sen gov col sgt cpl maj rev hon capt cmdr adm prof fr sr sra"
"""Short forms that stand before a name, and whose point ends no sentence."""


@dataclass(frozen=True)
class Words:
    """The words of some texts.

    Args:
        hashes: one for each word, in the order of the texts and within them.
        numeric: whether the word begins with a decimal digit.
        capital: whether it began with a letter in upper case; False where that can't be told.
        opens: whether a sentence or a line begins with it.
        negative: whether a minus stands directly before its digits.
        starts: word i of text t is at `starts[t] + i`; one more than there are texts.
    """

    hashes: Wide
    numeric: Flags
    capital: Flags
    opens: Flags
    negative: Flags
    starts: Places

    def __len__(self) -> int:
        return len(self.starts) - 1

    def first(self, count: int) -> Words:
        """The words of the first texts."""
        end = int(self.starts[count])
        hashes, numeric, capital = self.hashes[:end], self.numeric[:end], self.capital[:end]
        return Words(
            hashes, numeric, capital, self.opens[:end], self.negative[:end], self.starts[: count + 1]
        )

    @cached_property
    def texts(self) -> Places:
        """The text of each word."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))


def mix(values: Wide) -> Wide:
    """A bijection of 64 bits in which every input bit moves every output bit."""
    values = (values ^ (values >> _HALF)) * _MIX
    values = (values ^ (values >> _HALF)) * _MIX
    return values ^ (values >> _HALF)


def read_words(texts: Sequence[str]) -> Words:
    """The words of each text; memory is some 40 bytes for each character of them all."""
    # The one letter of several that is common: whole languages would have to go the slow way.
    given = [text if len(text) <= LONGEST else text[:LONGEST] for text in texts]
    if any("ß" in text for text in given if not text.isascii()):
        given = [text.replace("ß", "ss") for text in given]
    codes, offsets = _codes(given), _offsets(given)
    kinds, hard = _flagged(codes)
    if not len(hard):
        return _words(codes, kinds, np.take(folds(), codes, mode="clip"), offsets)
    of_both = [text for text in set(_texts(hard, offsets).tolist()) if "ß" in texts[text]]
    if of_both:
        # An accent may stand behind it, which belongs to it, not to an s.
        for text in of_both:
            given[text] = texts[text][:LONGEST]
        codes, offsets = _codes(given), _offsets(given)
        kinds, hard = _flagged(codes)
    return _partly_slow(codes, kinds, offsets, *_stretches(codes, offsets, hard))


def _flagged(codes: Codes) -> tuple[Kinds, Places]:
    """What each character is, and where hard ones are."""
    kinds = np.take(flags(), codes, mode="clip")
    return kinds, np.flatnonzero((kinds & HARD) != 0)


def _texts(places: Places, offsets: Places) -> Places:
    """The text that each place lies in."""
    return np.searchsorted(offsets, places, "right") - 1


def _stretches(codes: Codes, offsets: Places, hard: Places) -> tuple[Places, Places]:
    """First place of each stretch between spaces that holds a hard character, and the place behind it.

    No rule of Unicode reaches over a space, so all else can be read the quick way.
    """
    texts = _texts(hard, offsets)
    own = np.concatenate([np.arange(offsets[text], offsets[text + 1]) for text in np.unique(texts).tolist()])
    spaces = own[(codes[own] == _SPACE) | (codes[own] == _BREAK)]
    behind = np.searchsorted(spaces, hard)
    # Behind each text a space stands.
    firsts = np.maximum(np.where(behind > 0, spaces[behind - 1] + 1, 0), offsets[texts])
    ends = spaces[behind]
    apart = np.flatnonzero((firsts[1:] > ends[:-1] + _NEAR) | (texts[1:] > texts[:-1]))
    return firsts[np.append(0, apart + 1)], ends[np.append(apart, len(ends) - 1)]


def _partly_slow(codes: Codes, kinds: Kinds, offsets: Places, firsts: Places, ends: Places) -> Words:
    """The words where some stretches need the slow way: they are put in as the words that it gives, with
    what tells of them between them."""
    parts: list[Codes] = []
    read, slow, kept = 0, [], []
    for first, end in zip(firsts.tolist(), ends.tolist(), strict=True):
        found, is_capital = _slowly(codes[first:end].tobytes().decode("utf-32-le", "surrogatepass"))
        made = np.frombuffer(found.encode("utf-32-le", "surrogatepass"), codes.dtype)
        parts += [codes[read:first], made]
        kept += [kinds[read:first], np.take(flags(), made, mode="clip")]
        slow.append(is_capital)
        read = end
    lengths = np.array([len(part) for part in parts])
    moved = np.concatenate(([0], np.cumsum(lengths[1::2] - (ends - firsts))))
    offsets = offsets + moved[np.searchsorted(ends, offsets, "right")]
    codes, kinds = np.concatenate((*parts, codes[read:])), np.concatenate((*kept, kinds[read:]))
    forms = np.take(folds(), codes, mode="clip")
    for end, length, is_capital in zip(np.cumsum(lengths)[1::2], lengths[1::2], slow, strict=True):
        _put_words(codes, kinds, forms, slice(end - length, end), is_capital)
    return _words(codes, kinds, forms, offsets)


def _put_words(codes: Codes, kinds: Kinds, forms: Wide, part: slice, is_capital: list[bool]) -> None:
    """Take what stands in a part, but for spaces and signs, for words in their comparable form."""
    is_word = (kinds[part] & (IN_WORD | HARD)) != 0
    kinds[part] = np.where(is_word, IN_WORD | (kinds[part] & DIGIT), kinds[part])
    forms[part] = np.where(is_word, codes[part] + GOLDEN, 0)
    begins = np.flatnonzero(is_word & ~np.concatenate(([False], is_word[:-1])))
    kinds[part][begins[is_capital]] |= CAPITAL


def word_hashes(words: Words) -> list[str]:
    """32 hex digits over the words of each text: equal hash, equal words."""
    hashes, ends = words.hashes.tobytes(), (words.starts * 8).tolist()
    texts = (hashes[start:end] for start, end in pairwise(ends))
    return [blake2b(text, digest_size=16).hexdigest() for text in texts]


def _codes(texts: list[str]) -> Codes:
    """The characters of the texts, a space behind each text."""
    joined = " ".join((*texts, ""))
    return np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))


def _offsets(texts: list[str]) -> Places:
    """Where each text begins among the characters of them all, and where the next one would."""
    return np.cumsum([0, *(len(text) + 1 for text in texts)])


def _slowly(text: str) -> tuple[str, list[bool]]:
    """The words of a text divided by spaces or stops, and whether each began with a capital."""
    folded = words(text)
    cased = cased_words(text)
    if len(cased) != len(folded):
        return " ".join(folded), [False] * len(folded)
    is_capital = [word[0].isupper() for word in cased]
    if not _TOLD.search(text):
        return " ".join(folded), is_capital
    between = [_UNTOLD.sub(" ", gap) for gap in between_words(text)]
    between[1:-1] = (gap or " " for gap in between[1:-1])
    return "".join(chain(*zip_longest(between, folded, fillvalue=""))), is_capital


def _words(codes: Codes, kinds: Kinds, forms: Wide, offsets: Places) -> Words:
    """A polynomial over the characters of each word, mixed."""
    in_word, alone = (kinds & IN_WORD).view(np.bool_), (kinds & ALONE) != 0
    begins = in_word.copy()
    begins[1:] &= ~in_word[:-1]
    if alone.any():
        begins |= alone
        begins[1:] |= in_word[1:] & alone[:-1]
    firsts = np.flatnonzero(begins)
    starts = np.searchsorted(firsts, offsets)
    if not len(firsts):
        none = np.empty(0, np.bool_)
        return Words(np.empty(0, np.uint64), none, none, none, none, starts)
    powers, inverses = _powers(len(codes).bit_length())
    # Powers by place among all characters, divided by that at the word's start, and summed from the first
    # character on, as only differences count: no loop over words.
    forms *= powers[: len(codes)]
    sums = np.cumsum(forms)
    totals = np.diff(sums[np.append(firsts[1:], len(codes)) - 1], prepend=np.uint64(0))
    hashes = mix(totals * inverses[firsts])
    first = kinds[firsts]
    numeric = (first & DIGIT) != 0
    opens = _opens(codes, kinds, begins, hashes)
    opens[starts[:-1][starts[:-1] < len(firsts)]] = True
    negative = _negative(codes, kinds, firsts, numeric)
    return Words(hashes, numeric, (first & CAPITAL) != 0, opens, negative, starts)


def _opens(codes: Codes, kinds: Kinds, begins: Flags, hashes: Wide) -> Flags:
    """Whether a stop lies between a word and the one before it.

    The point of an initial or a title is none, nor is what a word follows at once (2.5, 14:30, a.m.). Behind
    any other short form a sentence is taken to begin, which at worst makes two names of one.
    """
    in_word = (kinds & IN_WORD).view(np.bool_)
    stops = np.flatnonzero((kinds & STOP) != 0)
    # Behind the last character a space stands, so that places before the first are in no word.
    joins = (codes[stops] > _SPACE) & (codes[stops] < _ASCII)
    stops = stops[~(joins & in_word[np.minimum(stops + 1, len(codes) - 1)])]
    following = np.cumsum(begins, dtype=np.int32)[stops]
    points = np.flatnonzero((codes[stops] == _POINT) & in_word[stops - 1])
    is_short = ~in_word[stops[points] - 2]
    if len(points):
        is_short |= np.isin(hashes[following[points] - 1], _titles())
    found = np.zeros(len(hashes) + 1, np.bool_)
    found[np.delete(following, points[is_short])] = True
    return found[:-1]


@cache
def _titles() -> Wide:
    return read_words([_TITLES]).hashes


def _negative(codes: Codes, kinds: Kinds, firsts: Places, numeric: Flags) -> Flags:
    """Whether a minus stands before each number, and nothing that it would join to it."""
    found = np.zeros(len(firsts), np.bool_)
    places = np.flatnonzero(numeric)
    places = places[(kinds[firsts[places] - 1] & MINUS) != 0]
    found[places] = np.isin(codes[firsts[places] - 2], _OPENS)
    return found


@cache
def _powers(bits: int) -> tuple[Wide, Wide]:
    """The powers of an odd number and of its inverse, from the 0th on."""
    made = []
    for base in (_ODD, pow(_ODD, -1, 1 << 64)):
        powers = np.full(1 << bits, np.uint64(base))
        powers[0] = 1
        made.append(np.cumprod(powers))
    return made[0], made[1]
