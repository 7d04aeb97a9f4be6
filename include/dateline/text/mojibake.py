"""Text that was decoded with the wrong charset and encoded again, set right where it surely was.

`cafÃ©` is UTF-8 read as Windows-1252, `вЂњ` the same as Windows-1251, `Ïðèâåò` Windows-1251 read as
Latin-1. Errs on the side of leaving text as it is: letters of real languages make such pairs, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from dateline.text.charsets import likeliest
from dateline.text.likeness import is_nonsense, likeness
from dateline.text.misreadings import MISREADINGS

_ROUNDS = 4
"""Text is found that was encoded twice too often, and parts that were misread in different charsets."""

_LOST = ("\ufffd", "ï¿½", "锟斤拷")
"""U+FFFD, and what becomes of it when it is itself read wrongly."""

_ASCII_TO_SPACE = bytes(32 if number < 0x80 else number for number in range(0x100))

_LATIN = re.compile("[ \x80-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*")
_LONG = 4
_MOST_FOREIGN = 50
"""One in so many signs may be none that Latin charsets have: menus hold arrows and the like."""
_FEWEST_LONG = 60
"""Characters."""
_LEAST_LONG = 5
_MOST_UTF_8 = 0.6
"""More is UTF-8 that was misread, and is set right run by run."""
_SHOWN = re.compile(r">([^<>]{0,400}[^\x00-\x7f<>][^<>]{0,400})<")
_PIECES = 200
_LEAST_LIKE = 0.35
_LEAST_GAIN = 0.5
_JUDGED = 8_000


@dataclass(frozen=True, slots=True)
class Mended:
    """A text set right.

    Args:
        text: the text.
        made: what was put in, with some characters around it, on one line.
        is_whole: whether all of it was read anew.
    """

    text: str
    made: frozenset[str] = frozenset()
    is_whole: bool = False

    def touches(self, part: str) -> bool:
        """Whether a part of the text is likely to have been mended."""
        return self.is_whole or (bool(self.made) and any(map(" ".join(part.split()).__contains__, self.made)))


def is_damaged(text: str) -> bool:
    """Whether signs of a text are lost, or its letters are those of no language."""
    return not text.isascii() and (any(sign in text for sign in _LOST) or is_nonsense(text))


def mend(text: str, language: str | None = None) -> Mended:
    """A text with what was decoded wrongly set right; the same text where nothing surely was.

    Args:
        text: a page, markup included.
        language: primary subtag that it declares, None if it declares none.
    """
    made: set[str] = set()
    is_whole = False
    for _ in range(_ROUNDS):
        beyond = beyond_ascii(text)
        if not beyond:
            break
        if anew := _read_anew(text, beyond, language):
            text, is_whole = anew, True
            continue
        before = text
        for misreading in MISREADINGS:
            if text == before and misreading.may_be_in(beyond):
                text, put_in = misreading.undo(text, beyond)
                made |= put_in
        if text == before:
            break
    return Mended(text, frozenset(made), is_whole)


def beyond_ascii(text: str) -> str:
    """The runs of characters beyond ASCII, with spaces between; made without looking at each character."""
    if text.isascii():
        return ""
    data = text.encode("utf-8", "ignore").translate(_ASCII_TO_SPACE)
    return b" ".join(data.split()).decode("utf-8")


def _read_anew(text: str, beyond: str, language: str | None) -> str | None:
    """A text whose every letter is one of Latin-1 that means a byte of another charset; None if it is none.

    Words of Latin languages have no four accented letters in a row; those of other scripts, read so, have
    nothing else.
    """
    in_long = sum(len(run) for run in beyond.split(" ") if len(run) >= _LONG)
    if in_long < _FEWEST_LONG or in_long * _LEAST_LONG < len(beyond):
        return None
    if (
        len(_LATIN.sub("", beyond)) * _MOST_FOREIGN > len(beyond)
        or MISREADINGS[0].share(beyond) > _MOST_UTF_8
    ):
        return None
    shown = "\n".join(islice((found[1] for found in _SHOWN.finditer(text)), _PIECES))[:_JUDGED]
    best, liked = ("", ""), max(_LEAST_LIKE, likeness(shown, language) + _LEAST_GAIN)
    for latin in _BYTES:
        sample = _bytes(shown, latin)
        charset = likeliest(sample, [], language)
        found = likeness(sample.decode(charset, "replace"), language)
        if found > liked:
            best, liked = (latin, charset), found
    return _bytes(text, best[0]).decode(best[1], "replace") if best[0] else None


def _bytes(text: str, latin: str) -> bytes:
    """The bytes for which Latin letters stand; signs that have none as references, which HTML reads."""
    return text.translate(_BYTES[latin]).encode("latin-1", "xmlcharrefreplace")


_BYTES = {
    charset: {
        ord(bytes([number]).decode(charset, "replace")): number
        for number in range(0x80, 0x100)
        if bytes([number]).decode(charset, "replace") != "\ufffd"
    }
    for charset in ("cp1252", "iso8859_15")
}
"""Charset → its characters as the numbers of their bytes; what it lacks stands for itself, as in browsers."""
