"""UTF-8 as it looks when it is read in a charset of one byte a character, and the way back."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property, lru_cache

_NATURAL = frozenset("“”‘’„‚‹›«»…–—•™®\xa0\xad´·¹²³ºª§")
"""Signs that may follow a letter in their own right: the end of a quotation, a footnote."""

_ORDINARY = re.compile(
    "[\x80-\u017f\u0192\u01a0\u01a1\u01af\u01b0\u01cd-\u01dc\u0218-\u021b\u02c6-\u02dd\u0386-\u03ce"
    "\u0401-\u045f\u0490-\u0491\u05d0-\u05ea\u060c-\u064b\u066a-\u06cc\u0900-\u0d7f\u0e01-\u0e5b\u1e00-\u1ef9"
    "\u2010-\u203a\u20ac\u2116\u2122\u2190-\u2193\u25a0-\u25cf\u2605\u2606\u3000-\u30ff\u3400-\u9fff"
    "\uac00-\ud7a3\uff01-\uff5e\ufeff\ufffd\U0001f300-\U0001faff]+"
)
"""Characters that pages hold, and control characters, which are misread themselves."""

_SURE = 2
"""Sequences that are never meant: one could be what a page on charsets shows."""
_ALWAYS = 0.95
_ENOUGH = 4
"""Sequences of a character that stands nowhere else."""
_IN_A_ROW = 3
_SAMPLE = 8_000
_JUDGED = 200_000
"""Characters beyond ASCII; pages of news have fewer."""
_MOST_KEPT = 200
_REMEMBERED = 4096
_MOST_PIECES = 200_000
"""A page with more is none that anybody reads; the rest of it stays as it is."""
_AROUND = 16
_SHORTEST = 4
"""Characters; also the longest run by which one is told."""
_PIECE = re.compile(r"[^<>\"\n]{1,4000}")
"""A text between tags, an attribute: where one sequence of it is misread, all are."""


class Misreading:
    """UTF-8 read in a charset.

    Args:
        charset: of one byte a character.
        hints: of these, every text of that kind has some: quick to look for.
    """

    def __init__(self, charset: str, *hints: str) -> None:
        self._charset = charset
        self._hints = hints
        # Of a language's text most runs are a few, again and again.
        self._decoded = lru_cache(maxsize=_REMEMBERED)(self._decode)
        self._strength = lru_cache(maxsize=_REMEMBERED)(self._count_strong)

    def may_be_in(self, beyond: str) -> bool:
        """Whether a text, of which these are the runs beyond ASCII, is worth a closer look."""
        return any(hint in beyond for hint in self._hints)

    def share(self, beyond: str) -> float:
        """How much of the runs beyond ASCII could be UTF-8 that was misread."""
        sample = beyond[:_SAMPLE]
        return sum(len(run[0]) for run in self._runs.finditer(sample)) / max(1, len(sample.replace(" ", "")))

    def undo(self, text: str, beyond: str) -> tuple[str, set[str]]:
        """(the text with what is surely misread set right, what was put in).

        Args:
            text: the text.
            beyond: its runs beyond ASCII; what is sure is told by them alone.
        """
        beyond = beyond[:_JUDGED]
        found = [run[0] for run in self._runs.finditer(beyond) if self._decoded(run[0])]
        if not found:
            return text, set()
        firsts = Counter(first for run in found for first in self._firsts(run))
        always = {first for first, count in firsts.items() if count >= _ALWAYS * beyond.count(first)}
        sure = sum(map(self._strength, found)) >= _SURE or any(map(self._is_quote, found))
        if not sure and sum(firsts[first] for first in always) < _ENOUGH:
            return text, set()
        put_in: set[str] = set()
        text = _PIECE.sub(lambda piece: self._mended(piece[0], always, put_in), text, _MOST_PIECES)
        return text, {around for around in put_in if len(around) >= _SHORTEST}

    def _mended(self, piece: str, always: set[str], put_in: set[str]) -> str:
        if piece.isascii():
            return piece
        runs = list(self._runs.finditer(piece))
        is_misread = any(self._strength(run[0]) and self._decoded(run[0]) for run in runs)
        out: list[str] = []
        spots: list[int] = []
        at = length = 0
        for run in runs:
            made = self._decoded(run[0])
            if made and (is_misread or self._is_quote(run[0]) or always.issuperset(self._firsts(run[0]))):
                out += (piece[at : run.start()], made)
                length += run.start() - at + len(made)
                spots.append(length)
                at = run.end()
        mended = "".join([*out, piece[at:]])
        if len(mended) >= _SHORTEST:
            put_in.update(_around(mended, spot) for spot in spots[: max(0, _MOST_KEPT - len(put_in))])
        return mended

    @cached_property
    def _byte_of(self) -> dict[str, int]:
        """Character → its byte. Control characters stand for themselves, as in Latin-1."""
        signs = {bytes([number]).decode(self._charset, "ignore"): number for number in range(0x80, 0x100)}
        controls = {chr(number): number for number in range(0x80, 0xA0)}
        return {**controls, **{sign: number for sign, number in signs.items() if sign}}

    @cached_property
    def _runs(self) -> re.Pattern[str]:
        """Sequences of UTF-8 in a row."""
        two, three, four, other = (
            "".join(re.escape(sign) for sign, number in self._byte_of.items() if start <= number < stop)
            for start, stop in ((0xC2, 0xE0), (0xE0, 0xF0), (0xF0, 0xF5), (0x80, 0xC0))
        )
        return re.compile(rf"(?:[{two}][{other}]|[{three}][{other}]{{2}}|[{four}][{other}]{{3}})+")

    def _decode(self, run: str) -> str | None:
        """What a run stands for; None if it is nothing that pages hold."""
        try:
            made = bytes(self._byte_of[sign] for sign in run).decode("utf-8")
        except UnicodeDecodeError:
            return None
        return made if _ORDINARY.fullmatch(made) else None

    def _firsts(self, run: str) -> list[str]:
        """The first characters of a run's sequences."""
        return [sign for sign in run if self._byte_of[sign] >= 0xC0]

    def _count_strong(self, run: str) -> int:
        """How many sequences of a run are nothing that could be meant."""
        firsts = len(self._firsts(run))
        odd = sum(not sign.isalpha() and sign not in _NATURAL for sign in run if self._byte_of[sign] < 0xC0)
        return firsts if firsts >= _IN_A_ROW else min(firsts, odd)

    def _is_quote(self, run: str) -> bool:
        """Whether a run begins with the three signs of a quotation mark or dash: never meant."""
        return len(run) >= 3 and [self._byte_of[sign] for sign in run[:2]] == [0xE2, 0x80]


def _around(text: str, spot: int) -> str:
    """What stands around a place, on one line: by it the place is found again in what is read of the text."""
    before, after = text[max(0, spot - _AROUND) : spot], text[spot : spot + _AROUND]
    return " ".join(f"{before.rpartition('&')[2].rpartition(';')[2]}{after.partition('&')[0]}".split())


MISREADINGS = (
    Misreading(
        "cp1252", "Ã", "Â", "â€", "â\x80", "Ð", "Ñ\x81", "Ñ€", "Ñ\x80", "Î", "Ï\x83", "Ïƒ", "×\x99", "×™",
        "Ø§", "Ù„", "Ù\x84", "Å‚", "Å\x82", "Å¡", "Ä™", "Ä\x99", "Ä±", "Ä\x8d", "ã€", "ã\x80", "ã\x81", "ï¼",
        "çš", "ç\x9a", "ä¸", "ì\x9d", "ì—", "ì\x97", "à¸", "â„¢", "â‚¬",
    ),
    Misreading("cp1251", "Рѕ", "Р°", "Рё", "вЂ", "Г©", "Г¶", "Г¼", "Г¤", "в„–", "в‚¬", "В«", "ВЈ", "В°"),
    Misreading("cp1250", "Ă", "Ĺ", "â€", "Ä…", "Ä™"),
    Misreading("cp1253", "Ξ±", "Ξ½", "ΞΏ", "β€"),
    Misreading("mac_roman", "√", "‚Ä"),
)  # fmt: skip
"""Those that are found in pages, the commonest first."""
