"""Texts of a day (or of a whole file) as columns that are quick to compare, in one total order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dateline.text.origin import Provenance
from dateline.text.ragged import Lists, Ragged
from dateline.text.shingles import BANDS, PERMUTATIONS, SHORT
from dateline.text.signed import LISTS
from dateline.text.sketches import CEILING, LEAST, Sketches

UNKNOWN_DAY = np.iinfo(np.int32).max
UNKNOWN_INSTANT = np.iinfo(np.int64).max
_NAMES = ("id", "article", "url_key", "content_hash", "title_hash", "headline_hash")
_Key = TypeVar("_Key")
_PROVENANCE = ("site", "credit", "canonical_site")
_EPOCH = date(1970, 1, 1)


class Facts(NamedTuple):
    """What is known of some texts, in any order: as the fields of `Texts` of these names."""

    ids: list[str]
    articles: list[str]
    pages: list[str | None]
    contents: list[str]
    titles: list[str | None]
    headlines: list[str | None]
    days: npt.NDArray[np.int32]
    instants: npt.NDArray[np.int64]


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
        prints: the lowest eight bits of each value of its MinHash; empty for a short text. Enough to estimate
            likeness by: two that differ look equal one time in 256.
        bands: keys under which like texts meet, 32 each but of short texts; None where all pairs are known.
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
    prints: Lists
    bands: Lists | None
    shingles: Lists
    numbers: Lists
    slots: Lists
    openings: Lists
    provenances: pa.Table | None

    @classmethod
    def of(cls, table: pa.Table) -> Texts:
        """Texts from a table with the columns `id`, `article`, `day` and those of `signatures`.

        It may lack what tells of a text's provenance: nothing is known of it then. Without `bands` it has no
        sketches.
        """
        listed = [name for name in (*LISTS, "bands") if name in table.column_names]
        lists = {name: [Ragged.of(chunk) for chunk in table.column(name).chunks] for name in listed}
        lists["minhash"] = [printed(some) for some in lists["minhash"]]
        columns: dict[str, Any] = {name: table.column(name) for name in (*_NAMES, "day", "published")}
        days = columns["day"].cast(pa.int32()).fill_null(UNKNOWN_DAY)
        instants = columns["published"].cast(pa.int64()).fill_null(UNKNOWN_INSTANT)
        names = [columns[name].to_pylist() for name in _NAMES]
        facts = Facts._make([*names, days.to_numpy(), instants.to_numpy()])
        told = table.select(_PROVENANCE) if set(_PROVENANCE) <= set(table.column_names) else None
        return cls.arranged(facts, lists, told)

    @classmethod
    def arranged(
        cls, facts: Facts, lists: Mapping[str, Sequence[Ragged]], provenances: pa.Table | None = None
    ) -> Texts:
        """Texts from what is known of each, in any order, and their lists in parts, for MinHashes their
        prints."""
        by_id = pa.table(
            {"day": facts.days, "published": facts.instants, "id": pa.array(facts.ids, pa.string())}
        )
        order = pc.sort_indices(by_id, [(name, "ascending") for name in by_id.column_names])
        places = order.to_numpy().astype(np.int64)
        rows = places.tolist()
        return cls(
            ids=[facts.ids[row] for row in rows],
            articles=[facts.articles[row] for row in rows],
            pages=[facts.pages[row] for row in rows],
            contents=[facts.contents[row] for row in rows],
            titles=[facts.titles[row] for row in rows],
            headlines=[facts.headlines[row] for row in rows],
            days=facts.days[places],
            instants=facts.instants[places],
            prints=Lists(lists["minhash"], places),
            bands=Lists(lists["bands"], places) if "bands" in lists else None,
            shingles=Lists(lists["shingles"], places),
            numbers=Lists(lists["numbers"], places),
            slots=Lists(lists["slots"], places),
            openings=Lists(lists["opening"], places),
            provenances=provenances.take(order) if provenances else None,
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
        """The texts of each content that comes again, earliest first."""
        return _groups(self.contents, self.contents_of.comes_again)

    @cached_property
    def by_titled_content(self) -> dict[tuple[str, str | None], list[int]]:
        """The texts of each content under each title, or none, earliest first."""
        return _groups([*zip(self.contents, self.titles, strict=True)], self.contents_of.comes_again)

    @cached_property
    def by_title(self) -> dict[str, list[int]]:
        """The stories under each title that is the whole of another text, earliest first."""
        return _groups(self.titles, self.has_headline & (self.shingles.counts >= SHORT))

    @cached_property
    def by_headline(self) -> dict[str, list[int]]:
        """The texts that are the title of another, by that, earliest first."""
        return _groups(self.headlines, self.has_headline)

    @cached_property
    def by_article(self) -> dict[str, list[int]]:
        """The texts of each article of which there are several, earliest first."""
        return _groups(self.articles, self.articles_of.comes_again)

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
        bands, rows = (self.bands or Lists([], texts[:0])).rows(BANDS, np.uint32)
        sample_counts, opening_counts = self.shingles.below(CEILING)[signed], self.openings.counts[texts]
        return Sketches(
            texts, counts[texts], bands[rows[signed]],
            self.shingles.beginnings(signed, sample_counts, np.uint32), sample_counts,
            self.openings.beginnings(texts, opening_counts, np.uint32), opening_counts,
        )  # fmt: skip

    def since(self, window_days: int | None) -> npt.NDArray[np.int64] | None:
        """The first text of each text's window, None where it has no end; of unknown days there is one."""
        if window_days is None:
            return None
        return np.searchsorted(self.days, self.days.astype(np.int64) - window_days)

    def prints_of(self, texts: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
        """Prints (texts × 128) of texts that have a MinHash."""
        prints, rows = self._print_rows
        return prints[rows[texts]]

    @cached_property
    def _print_rows(self) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
        return self.prints.rows(PERMUTATIONS, np.uint8)


def printed(minhash: Ragged) -> Ragged:
    """The prints of MinHashes, as Texts has them."""
    return Ragged(minhash.values.astype(np.uint8), minhash.starts)


@dataclass(frozen=True)
class Repeats:
    """Which texts have something in common.

    Args:
        has_earlier: whether an earlier text has the same.
        comes_again: whether another text has the same.
        first: the earliest text of the same day that has the same (perhaps itself).
        following: the next text of the same day that has the same, -1 where there is none.
        codes: a number for each thing that texts have.
    """

    has_earlier: npt.NDArray[np.bool_]
    comes_again: npt.NDArray[np.bool_]
    first: npt.NDArray[np.int64]
    following: npt.NDArray[np.int64]
    codes: npt.NDArray[np.int64]

    @classmethod
    def of(cls, names: Any, days: npt.NDArray[np.int32]) -> Repeats:
        """From what may be the same (strings), and the day of each text; texts in the total order."""
        count = len(names)
        column = one(names) if isinstance(names, pa.ChunkedArray) else pa.array(names, pa.string())
        codes = column.dictionary_encode().indices.to_numpy().astype(np.int64)
        found = np.sort((codes << np.int64(32)) | np.arange(count))
        same, places = found >> np.int64(32), found & np.int64(0xFFFFFFFF)
        again = np.concatenate((np.zeros(min(1, count), np.bool_), same[1:] == same[:-1]))
        today = again & (np.diff(days[places], prepend=UNKNOWN_DAY) == 0)
        made = cls(
            np.zeros(count, np.bool_), np.zeros(count, np.bool_),
            np.empty(count, np.int64), np.full(count, -1, np.int64), codes,
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


def _groups(keys: Sequence[_Key | None], chosen: npt.NDArray[np.bool_]) -> dict[_Key, list[int]]:
    groups: dict[_Key, list[int]] = {}
    for index in np.flatnonzero(chosen).tolist():
        key = keys[index]
        if key is not None:
            groups.setdefault(key, []).append(index)
    return groups
