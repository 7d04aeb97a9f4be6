"""Annotations: one row for every article and no other, whose numbers point into its text and its lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dateline.contracts.annotations import FINDINGS
from dateline.days import Days
from dateline.edges.lake.partitions import Day

Fault = tuple[tuple[str, ...], str]
"""Datasets of which the first is wrong and any may be the cause: they must be made again; what is wrong."""
_BOTH = ("articles", "annotations")


_ZERO: Any = pa.scalar(0, pa.int32())


def annotation_faults(days: Days, day: Day, articles: pa.Array) -> Iterator[Fault]:
    """What is wrong with the annotations of a day, or with what `articles` repeats of them.

    Args:
        articles: the article ids of the day, in order.
    """
    found = [batch.column(0) for batch in days.lake.read_day("annotations", day, ["article_id"])]
    annotated = pa.concat_arrays(found) if found else pa.array([], pa.string())
    if annotated.to_pylist() != articles.to_pylist():
        yield ("annotations",), _unequal(articles, annotated, "annotation", "article")
        return
    names = [column.name for column in FINDINGS]
    told: set[str] = set()
    pairs = _together(days.lake.read_day("articles", day), days.lake.read_day("annotations", day))
    for article, annotation in pairs:
        for name in names:
            if not article.column(name).equals(annotation.column(name)) and name not in told:
                told.add(name)
                yield _BOTH, f"{name} is not what `annotations` says"
        for fault in _out_of_range(article):
            if fault not in told:
                told.add(fault)
                yield ("annotations",), fault


def _unequal(articles: pa.Array, others: pa.Array, other: str, one: str) -> str:
    lacking = articles.filter(pc.invert(pc.is_in(articles, value_set=others)))
    if len(lacking):
        return f"{len(lacking)} {one}s have no {other} (the first is {lacking[0]})"
    strange = others.filter(pc.invert(pc.is_in(others, value_set=articles)))
    return f"{len(strange)} {other}s have no {one} (the first is {strange[0]})"


def _together(
    left: Iterator[pa.RecordBatch], right: Iterator[pa.RecordBatch]
) -> Iterator[tuple[pa.RecordBatch, pa.RecordBatch]]:
    """Two streams of the same number of rows, in pieces of equal length."""
    ones, others = next(left, None), next(right, None)
    while ones is not None and others is not None:
        count = min(ones.num_rows, others.num_rows)
        if count:
            yield ones.slice(0, count), others.slice(0, count)
        ones, others = ones.slice(count), others.slice(count)
        ones = ones if ones.num_rows else next(left, None)
        others = others if others.num_rows else next(right, None)


def _out_of_range(articles: pa.RecordBatch) -> Iterator[str]:
    """Offsets beyond the text, words that do not stand there, and entities that are not listed."""
    reach = _Reach(articles)
    rows = pa.array(range(articles.num_rows), pa.int64())
    for column in FINDINGS:
        yield from reach.faults(articles.column(column.name), rows, column.name)


class _Reach:
    """How far numbers may reach in each row: the length of its text, and how many entities it has."""

    def __init__(self, articles: pa.RecordBatch) -> None:
        self._ids = articles.column("article_id")
        self._texts = articles.column("text")
        lengths: Any = pc.utf8_length(self._texts)  # type: ignore[call-overload]
        self._lengths: Any = lengths.cast(pa.int64())
        self._entities: Any = pc.list_value_length(articles.column("entities")).cast(pa.int64())

    def faults(self, array: Any, rows: pa.Array, path: str) -> Iterator[str]:
        """The first fault of each kind.

        Args:
            array: a column, or what lies inside one.
            rows: the row of the batch that each value belongs to.
        """
        if pa.types.is_list(array.type) or pa.types.is_large_list(array.type):
            yield from self.faults(array.flatten(), rows.take(pc.list_parent_indices(array)), path)
        elif pa.types.is_struct(array.type):
            parts = {one.name: part for one, part in zip(array.type, array.flatten(), strict=True)}
            for name, part in parts.items():
                if name == "end" or name.endswith("_end"):
                    beyond = pc.greater(part, self._lengths.take(rows))
                    yield from self._told(beyond, rows, f"{path}.{name} lies beyond the text")
                elif name in ("entity", "speaker_entity"):
                    known = self._entities.take(rows)
                    beyond = pc.or_(pc.less(part, _ZERO), pc.greater_equal(part, known))
                    yield from self._told(beyond, rows, f"{path}.{name} is no entity of the article")
                yield from self.faults(part, rows, f"{path}.{name}")
            if parts.keys() >= {"exact", "start", "end"}:
                yield from self._misquoted(parts, rows, path)

    def _told(self, bad: Any, rows: pa.Array, what: str) -> Iterator[str]:
        at = pc.index(bad, True).as_py()
        if at >= 0:
            yield f"{what} ({self._ids[rows[at].as_py()]})"

    def _misquoted(self, parts: dict[str, Any], rows: pa.Array, path: str) -> Iterator[str]:
        texts = self._texts.to_pylist()
        columns = (rows, *(parts[name] for name in ("exact", "start", "end")))
        for row, exact, start, end in zip(*(column.to_pylist() for column in columns), strict=True):
            if start is not None and exact is not None and texts[row][start:end] != exact:
                yield f"{path}.exact is not what stands there in the text ({self._ids[row]})"
                return
