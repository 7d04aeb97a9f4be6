"""Texts of a day (or of a whole file) as columns that are quick to compare, in one total order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dateline.text.origin import Provenance
from dateline.text.ragged import Lists, Ragged
from dateline.text.shingles import PERMUTATIONS, SHORT, Hashes
from dateline.text.signed import LISTS
from dateline.text.sketches import CEILING, LEAST, Sketches, bands_of

UNKNOWN_DAY = np.iinfo(np.int32).max
UNKNOWN_INSTANT = np.iinfo(np.int64).max
_Key = TypeVar("_Key")
_FLAT = ("day", "published", "id", "article", "url_key", "content_hash", "title_hash", "headline_hash")
_PROVENANCE = ("site", "credit", "canonical_site")
_EPOCH = date(1970, 1, 1)
_SOME = 2048
"""Texts whose bands are made at a time: bounds the memory, changes no result."""


@dataclass(frozen=True)
class Texts:
    """Texts sorted by the total order, earliest first; a text is known by its place there.

    Args:
        ids: what a link names; unique.
        articles: the article that each is a text of.
        pages: URL key of the page that has it, None without one; the entries of a live blog have one page.
        contents: hash of its words.
        titles: hash of its title's words, None without a title.
        headlines: hash of its words, comparable with `titles`, of a text that may be but a headline.
        days: days since 1970, UNKNOWN_DAY where there is none.
        instants: microseconds since 1970, UNKNOWN_INSTANT where there is none.
        minhashes: MinHash of each; empty for a short text.
        shingles: hashes of the distinct shingles, sorted.
        numbers: the distinct numbers with their places among words (`text.slots.numbers`).
        slots: places of names, days and numerals (`text.slots.slots`).
        openings: hashes of the first shingles, in the order of the text (`text.slots.openings`).
        provenances: what each says of where it comes from, a column of strings for each field; None where
            nothing is known of any.
    """

    ids: list[str]
    articles: list[str]
    pages: list[str | None]
    contents: list[str]
    titles: list[str | None]
    headlines: list[str | None]
    days: npt.NDArray[np.int32]
    instants: npt.NDArray[np.int64]
    minhashes: Lists
    shingles: Lists
    numbers: Lists
    slots: Lists
    openings: Lists
    provenances: pa.Table | None

    @classmethod
    def of(cls, table: pa.Table) -> Texts:
        """Texts from a table with the columns `id`, `article`, `day` and those of `signatures`.

        It may lack what tells of a text's provenance: nothing is known of it then.
        """
        lists = {name: [Ragged.of(chunk) for chunk in table.column(name).chunks] for name in LISTS}
        return cls.arranged(table, lists)

    @classmethod
    def arranged(cls, table: pa.Table, lists: Mapping[str, Sequence[Ragged]]) -> Texts:
        """As `of`, from a table without those columns that hold lists, and the lists of each in parts."""
        # Nulls sort last: an unknown day or instant comes after the known ones.
        order = pc.sort_indices(table, [(name, "ascending") for name in ("day", "published", "id")])
        places = order.to_numpy().astype(np.int64)
        columns = {name: one(table.column(name).take(order)) for name in _FLAT}
        days = columns["day"].cast(pa.int32()).fill_null(UNKNOWN_DAY)
        instants = columns["published"].cast(pa.int64()).fill_null(UNKNOWN_INSTANT)
        has_provenance = set(_PROVENANCE) <= set(table.column_names)
        return cls(
            ids=columns["id"].to_pylist(),
            articles=columns["article"].to_pylist(),
            pages=columns["url_key"].to_pylist(),
            contents=columns["content_hash"].to_pylist(),
            titles=columns["title_hash"].to_pylist(),
            headlines=columns["headline_hash"].to_pylist(),
            days=days.to_numpy(),
            instants=instants.to_numpy(),
            minhashes=Lists(lists["minhash"], places),
            shingles=Lists(lists["shingles"], places),
            numbers=Lists(lists["numbers"], places),
            slots=Lists(lists["slots"], places),
            openings=Lists(lists["opening"], places),
            provenances=table.select(_PROVENANCE).take(order) if has_provenance else None,
        )

    def __len__(self) -> int:
        return len(self.ids)

    def day(self, index: int) -> date | None:
        """Publication day, None if unknown."""
        days = int(self.days[index])
        return None if days == UNKNOWN_DAY else _EPOCH + timedelta(days=days)

    def provenance(self, index: int) -> Provenance:
        """What the text says of where it comes from."""
        if self.provenances is None:
            return Provenance()
        return Provenance(*(column[index] for column in self._provenance_columns))

    @cached_property
    def _provenance_columns(self) -> list[list[str | None]]:
        return [] if self.provenances is None else [column.to_pylist() for column in self.provenances.columns]

    @cached_property
    def by_content(self) -> dict[str, list[int]]:
        """The texts of each content, earliest first."""
        return _groups(self.contents)

    @cached_property
    def by_titled_content(self) -> dict[tuple[str, str | None], list[int]]:
        """The texts of each content under each title, or none, earliest first."""
        return _groups(zip(self.contents, self.titles, strict=True))

    @cached_property
    def by_title(self) -> dict[str, list[int]]:
        """The texts under each title, earliest first."""
        return _groups(self.titles)

    @cached_property
    def by_headline(self) -> dict[str, list[int]]:
        """The texts that may be but a headline, by that, earliest first."""
        return _groups(self.headlines)

    @cached_property
    def by_article(self) -> dict[str, list[int]]:
        """The texts of each article, earliest first."""
        return _groups(self.articles)

    @cached_property
    def contents_of(self) -> Repeats:
        """Which texts have equal words."""
        return Repeats.of(self.contents, self.days)

    @cached_property
    def articles_of(self) -> Repeats:
        """Which texts are of one article."""
        return Repeats.of(self.articles, self.days)

    @cached_property
    def has_headline(self) -> npt.NDArray[np.bool_]:
        """Whether a text's title is the whole of another text, or the text is the title of another."""
        titles, headlines = pa.array(self.titles, pa.string()), pa.array(self.headlines, pa.string())
        found = pc.or_(
            pc.is_in(titles, headlines, skip_nulls=True), pc.is_in(headlines, titles, skip_nulls=True)
        )
        made: npt.NDArray[np.bool_] = found.to_numpy(zero_copy_only=False)
        return made

    @cached_property
    def sketches(self) -> Sketches:
        """Of the earliest text of each content on each day."""
        counts = self.shingles.counts
        chosen = self.contents_of.is_first & (counts >= LEAST)
        texts, signed = np.flatnonzero(chosen), np.flatnonzero(chosen & (counts >= SHORT))
        bands = [
            bands_of(self.minhashes_of(piece)) for piece in np.array_split(signed, len(signed) // _SOME + 1)
        ]
        sample_counts, opening_counts = self.shingles.below(CEILING)[signed], self.openings.counts[texts]
        return Sketches(
            texts, counts[texts], np.concatenate(bands),
            self.shingles.beginnings(signed, sample_counts, np.uint32), sample_counts,
            self.openings.beginnings(texts, opening_counts, np.uint32), opening_counts,
        )  # fmt: skip

    def since(self, window_days: int | None) -> npt.NDArray[np.int64] | None:
        """The first text of each text's window, None where it has no end; of unknown days there is one."""
        if window_days is None:
            return None
        return np.searchsorted(self.days, self.days.astype(np.int64) - window_days)

    def minhashes_of(self, texts: npt.NDArray[np.int64]) -> Hashes:
        """MinHashes (texts × 128) of texts that have one."""
        minhashes, rows = self._minhash_rows
        return minhashes[rows[texts]]

    @cached_property
    def _minhash_rows(self) -> tuple[Hashes, npt.NDArray[np.int64]]:
        return self.minhashes.rows(PERMUTATIONS, np.uint32)


@dataclass(frozen=True)
class Repeats:
    """Which texts have something in common.

    Args:
        has_earlier: whether an earlier text has the same.
        comes_again: whether another text has the same.
        first: the earliest text of the same day that has the same (perhaps itself).
        following: the next text of the same day that has the same, -1 where there is none.
    """

    has_earlier: npt.NDArray[np.bool_]
    comes_again: npt.NDArray[np.bool_]
    first: npt.NDArray[np.int64]
    following: npt.NDArray[np.int64]

    @classmethod
    def of(cls, names: Any, days: npt.NDArray[np.int32]) -> Repeats:
        """From what may be the same (strings), and the day of each text; texts in the total order."""
        count = len(names)
        column = one(names) if isinstance(names, pa.ChunkedArray) else pa.array(names, pa.string())
        codes = column.dictionary_encode().indices.to_numpy().astype(np.int64)
        found = np.sort((codes << np.int64(32)) | np.arange(count))
        codes, places = found >> np.int64(32), found & np.int64(0xFFFFFFFF)
        again = np.concatenate((np.zeros(min(1, count), np.bool_), codes[1:] == codes[:-1]))
        today = again & (np.diff(days[places], prepend=UNKNOWN_DAY) == 0)
        made = cls(
            np.zeros(count, np.bool_), np.zeros(count, np.bool_),
            np.empty(count, np.int64), np.full(count, -1, np.int64),
        )  # fmt: skip
        made.has_earlier[places] = again
        made.comes_again[places] = again | np.append(again[1:], np.zeros(min(1, count), np.bool_))
        firsts = np.maximum.accumulate(np.where(today, 0, np.arange(count)))
        made.first[places] = places[firsts]
        made.following[places[:-1][today[1:]]] = places[1:][today[1:]]
        return made

    @property
    def is_first(self) -> npt.NDArray[np.bool_]:
        """Whether no earlier text of the same day has the same."""
        return self.first == np.arange(len(self.first))


def one(column: pa.ChunkedArray) -> Any:
    """A column as one array, from its start."""
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def _groups(keys: Iterable[_Key | None]) -> dict[_Key, list[int]]:
    groups: dict[_Key, list[int]] = {}
    for index, key in enumerate(keys):
        if key is not None:
            groups.setdefault(key, []).append(index)
    return groups
