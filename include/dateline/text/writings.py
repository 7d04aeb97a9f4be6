"""Texts of a day with the same words, by how those are written: names are told by capitals and numbers have
signs, words have neither."""

from __future__ import annotations

from dateline.text.texts import Texts


class Writings:
    """Which texts have the same words, names and day, so that one stands for all where words are compared."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._known: dict[int, dict[bytes, list[int]]] = {}

    def of_day(self, first: int) -> list[list[int]]:
        """The texts of a day with the words of its text `first`, each writing by itself, earliest first."""
        if self._texts.contents_of.following[first] < 0:
            return [[first]]
        return list(self._grouped(first).values())

    def first(self, place: int) -> int:
        """The earliest text of the day that is written as this one."""
        first = int(self._texts.contents_of.first[place])
        if self._texts.contents_of.following[first] < 0:
            return first
        return self._grouped(first)[self._key(place)][0]

    def _grouped(self, first: int) -> dict[bytes, list[int]]:
        known = self._known.get(first)
        if known is None:
            known = self._known[first] = {}
            place = first
            while place >= 0:
                known.setdefault(self._key(place), []).append(place)
                place = int(self._texts.contents_of.following[place])
        return known

    def _key(self, place: int) -> bytes:
        texts = self._texts
        return texts.slots[place].tobytes() + b"|" + texts.numbers[place].tobytes()
