"""One form for text: what is stored, and the words under which two texts count as the same."""

from __future__ import annotations

import hashlib
import re
import unicodedata

# Characters that are never seen and only keep equal texts from being equal: soft hyphen, zero-width
# space, word joiner, byte order mark, direction marks and overrides, interlinear marks, noncharacters.
# The joiners U+200C and U+200D stay: Persian, Indic scripts and emoji need them.
_UNSEEN = dict.fromkeys(
    [0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x2070),
     0xFEFF, *range(0xFFF9, 0xFFFC), 0xFFFE, 0xFFFF],
)  # fmt: skip
_BREAKS = dict.fromkeys([0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029], "\n")
_SPACES = dict.fromkeys([0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_CONTROLS = {
    code: " " for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) != "\n" and code not in _BREAKS
}
_CLEAN = str.maketrans({**_CONTROLS, **_UNSEEN, **_BREAKS, **_SPACES})

_SURROGATE = re.compile("[\ud800-\udfff]")
_RUN_OF_SPACES = re.compile(r"  +")
_SPACE_AT_BREAK = re.compile(r" ?\n ?")
_RUN_OF_BREAKS = re.compile(r"\n{3,}")

# Scripts written without spaces between words: a word is one character there.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
# Vowel signs and accents are no letters for `\w`, but they are parts of words (Hindi, Tamil, Hebrew).
_MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a51"
    "\u0a70\u0a71\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0b82\u0bbe-\u0bcd\u0c00-\u0c04"
    "\u0c3c-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d\u0d81-\u0d83\u0dca-\u0ddf"
)
WORD = re.compile(rf"[^\W{_UNSPACED}]+(?:[{_MARKS}]+[^\W{_UNSPACED}]*)*|[{_UNSPACED}]")
"""A word in its comparable form."""
MARK = re.compile(f"[{_MARKS}]")
"""A sign that belongs to the letter before it."""
_ASCII_WORD = re.compile(r"\w+", re.ASCII)
_JOINERS = str.maketrans({**_UNSEEN, 0x200C: None, 0x200D: None})


def clean_text(text: str) -> str:
    """The form in which text is stored.

    NFC; unseen characters out; control characters and odd spaces as a space, runs of them as one; lone
    surrogates as U+FFFD; every kind of line break as `\\n`; lines stripped; paragraphs separated by
    exactly one empty line. A single line break inside a paragraph stays.
    """
    if text.isprintable():
        # Most texts: nothing unseen, no control character, no break, no space but the plain one.
        return _RUN_OF_SPACES.sub(" ", _composed(text)).strip(" ")
    if not text.isascii():
        text = _SURROGATE.sub("\ufffd", text)
    text = _composed(text.replace("\r\n", "\n").translate(_CLEAN))
    text = _SPACE_AT_BREAK.sub("\n", _RUN_OF_SPACES.sub(" ", text))
    return _RUN_OF_BREAKS.sub("\n\n", text).strip(" \n")


def clean_line(text: str) -> str:
    """`clean_text` on one line: every break is a space."""
    line = " ".join(text.split())
    # All that is to be a space is one for `split` too, or it can't be printed.
    return _composed(line) if line.isprintable() else " ".join(clean_text(text).split())


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def words(text: str) -> list[str]:
    """The words of a text in their comparable form.

    NFKC, casefolded, letters and digits only; one character each in scripts without spaces between
    words (Chinese, Japanese, Thai, …). Letters are paired as Unicode pairs them, whatever the language:
    ı is another letter than i (a Turkish text in capitals has other words), traditional characters are
    others than simplified ones, and a Greek word without its accents is another.
    """
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    return WORD.findall(unicodedata.normalize("NFKC", text.translate(_JOINERS)).casefold())


def cased_words(text: str) -> list[str]:
    """As `words`, in the case in which they stand; rarely another number of words than there."""
    return WORD.findall(unicodedata.normalize("NFKC", text.translate(_JOINERS)))


def between_words(text: str) -> list[str]:
    """What stands before, between and behind the words of `cased_words`."""
    return WORD.split(unicodedata.normalize("NFKC", text.translate(_JOINERS)))


def is_dropped(char: str) -> bool:
    """Whether `words` reads on as if the character were not there."""
    return ord(char) in _JOINERS


def word_count(text: str) -> int:
    """How many words a text has, counted as in `words`."""
    return len(words(text))


def content_hash(text: str) -> str:
    """32 hex digits over the words: equal hash, equal content, whatever case, spacing or punctuation."""
    return hashlib.sha256(" ".join(words(text)).encode()).hexdigest()[:32]
