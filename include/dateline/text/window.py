"""The texts of a day against those of the days before it, of which only sketches are held.

What is held in memory: the day's own texts whole; of each earlier day, while it is looked through, its
sketches (under 1 KB a text), after that 30 bytes a text and what it has in common with the day, and at the
end the whole of those texts alone that may be linked to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dateline.text.candidates import Search
from dateline.text.meeting import Hot
from dateline.text.shingles import BANDS, SHORT, Hashes
from dateline.text.sketches import LEAST, Places, Sketches, flat
from dateline.text.texts import Repeats, Texts, one

SKETCHED = (
    "article_id", "is_newest", "published", "content_hash", "title_hash", "headline_hash", "shingle_count",
    "bands", "sample", "opening",
)  # fmt: skip
"""Columns of `signatures` by which texts are found."""
_NAMES = ["article_id", "content_hash", "title_hash", "headline_hash"]

Whole = Callable[[date | None, Places], pa.Table]
"""The rows of a day with the given numbers, which rise, with all columns by which texts are compared."""


@dataclass(frozen=True)
class DayOfTexts:
    """The newest texts of the articles of a day, in the total order.

    Args:
        rows: row of each in the day's partition.
        first: place of the earliest text of the day with the same words.
        sketches: of these earliest texts.
        names: columns of hashes and ids.
    """

    rows: Places
    first: Places
    sketches: Sketches
    names: pa.Table

    @classmethod
    def of(cls, table: pa.Table) -> DayOfTexts:
        """From the rows of a partition with the columns SKETCHED.

        Only the newest text of an article is linked and linked to, so that none is ever hidden.
        """
        newest = np.flatnonzero(table.column("is_newest").to_numpy())
        plain = table.select([*_NAMES, "published", "shingle_count"]).take(newest)
        order = pc.sort_indices(plain, [("published", "ascending"), ("article_id", "ascending")])
        plain, rows = plain.take(order), newest[order.to_numpy().astype(np.int64)]
        names = plain.select(_NAMES)
        first = Repeats.of(names.column("content_hash"), np.zeros(len(names), np.int32)).first
        lengths = plain.column("shingle_count").to_numpy().astype(np.int64)
        chosen = np.flatnonzero((first == np.arange(len(first))) & (lengths >= LEAST))
        signed = chosen[lengths[chosen] >= SHORT]
        sketches = Sketches(
            chosen, lengths[chosen], _bands(table.column("bands"), rows[signed]),
            *_lists(table.column("sample"), rows[signed]), *_lists(table.column("opening"), rows[chosen]),
        )  # fmt: skip
        return cls(rows, first, sketches, names)


@dataclass(frozen=True)
class _Earlier:
    """What is kept of an earlier day.

    Args:
        rows: row of each text.
        first: first text of the day with its words.
        equal: whether it is equal to an own text in something.
        headlines: what of its texts is but the title of an own one.
        titled: places of the texts that have the title of an own one.
        titles: those titles.
    """

    rows: Places
    first: Places
    equal: npt.NDArray[np.bool_]
    headlines: pa.Array
    titled: Places
    titles: pa.Array

    def named(self, headlines: pa.Array) -> Places:
        """Places of the texts under one of some headlines: several stories under one make it a rubric."""
        return self.titled[pc.is_in(self.titles, headlines).to_numpy(zero_copy_only=False)]


class Window:
    """Looks for what the texts of a day may be like in the days before it, whatever order those come in.

    Args:
        day: the day; None for the null partition, which has no days before it.
        own: its texts.
        days: how many days back there may be.
    """

    def __init__(self, day: date | None, own: DayOfTexts, days: int) -> None:
        self._day, self._own, self._days = day, own, days
        self._search = Search(own.sketches, earlier=days)
        self._earlier: dict[int, tuple[date, _Earlier]] = {}
        self._known = {
            "content_hash": own.names.column("content_hash"),
            "article_id": own.names.column("article_id"),
            "headline_hash": own.names.column("title_hash").drop_null(),
            "title_hash": own.names.column("headline_hash").drop_null(),
        }

    def add(self, day: date, texts: DayOfTexts) -> None:
        """Look through a day before."""
        number = self._days - (self._day - day).days if self._day else 0
        self._search.add(number, texts.sketches)
        equal = np.zeros(len(texts.rows), np.bool_)
        for name, known in self._known.items():
            equal |= pc.is_in(texts.names.column(name), known).to_numpy()
        own_titles = self._known["headline_hash"]
        headlines, titles = (one(texts.names.column(name)) for name in ("headline_hash", "title_hash"))
        titled = np.flatnonzero(pc.is_in(titles, own_titles).to_numpy(zero_copy_only=False))
        self._earlier[number] = day, _Earlier(
            texts.rows, texts.first, equal, headlines.filter(pc.is_in(headlines, own_titles)),
            titled, titles.take(pa.array(titled)),
        )  # fmt: skip

    def texts(self, whole: Whole) -> tuple[Texts, int, Places, Places, Hot]:
        """All texts that take part, the first of the day's own, the places of pairs, and what was hot."""
        pairs, hot = self._search.pairs()
        later, sooner = np.zeros_like(pairs.later), np.zeros_like(pairs.sooner)
        tables, count = [], 0
        earlier = [one(self._known["title_hash"]), *(texts.headlines for _, texts in self._earlier.values())]
        headlines = pa.concat_arrays(earlier)
        for number in sorted(self._earlier):
            day, texts = self._earlier[number]
            here = pairs.sets == number
            wanted = texts.equal | np.isin(texts.first, pairs.sooner[here])
            wanted[texts.named(headlines)] = True
            places = np.flatnonzero(wanted)
            sooner[here] = count + np.searchsorted(places, pairs.sooner[here])
            if len(places):
                tables.append(_dated(whole(day, np.sort(texts.rows[places])), day))
            count += len(places)
        here = pairs.sets == self._days
        sooner[here] = count + pairs.sooner[here]
        later = count + pairs.later
        tables.append(_dated(whole(self._day, np.sort(self._own.rows)), self._day))
        return Texts.of(pa.concat_tables(tables)), count, later, sooner, hot


def _bands(column: Any, rows: Places) -> Hashes:
    """The band keys (rows × 32) of some rows that have any: lists of one length, much quicker to take."""
    chunks = column.chunks
    counts = [np.diff(chunk.offsets.to_numpy()) > 0 for chunk in chunks]
    ranks = np.cumsum(np.concatenate([np.zeros(0, np.bool_), *counts])) - 1
    values = np.concatenate([np.empty(0, np.uint32), *(flat(chunk) for chunk in chunks)])
    made: Hashes = values.reshape(-1, BANDS)[ranks[rows]]
    return made


def _lists(column: Any, rows: Places) -> tuple[npt.NDArray[Any], Places]:
    """The values of some lists of a column without nulls, and how many each has."""
    found = pa.concat_arrays([pa.array([], column.type), *column.chunks]).take(pa.array(rows))
    return flat(found), np.diff(found.offsets.to_numpy()).astype(np.int64)


def _dated(table: pa.Table, day: date | None) -> pa.Table:
    ids = table.column("article_id")
    days = pa.repeat(pa.scalar(day, pa.date32()), len(table))
    return table.append_column("day", days).append_column("id", ids).append_column("article", ids)
