"""The crawl state on disk: what was folded out of attempts once need not be folded again.

Nothing is known here that the attempts do not say. The file tells which batches it was made of; where one of
them has changed or gone since, where it can't be read, or where another version wrote it, it counts for
nothing and is made anew. To remove it costs time and no knowledge.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zlib import crc32

import msgspec
import pyarrow as pa

from dateline.edges.lake.store import Store
from dateline.errors import Damaged, LakeError
from dateline.text.crawl_past import Past

PATH = "cache/crawl-state.arrow"
VERSION = "7"
"""Raised whenever equal attempts may give another state."""

ROWS = 16_384
"""Rows of a batch: what is in memory while the file is written anew, beside what is new."""

_FIELDS: list[pa.Field[Any]] = [
    pa.field("name", pa.string()),
    pa.field("active", pa.bool_()),
    pa.field("past", pa.binary()),
    pa.field("sum", pa.uint32()),
]
_SCHEMA = pa.schema(_FIELDS)
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Past).decode

Key = tuple[str, str]
"""Kind of input, URL key."""

Row = tuple[str, bool, bytes]
"""Kind and key in one, whether a poll has to look through it, the past."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a file was made of.

    Args:
        since: earliest day whose attempts count, ISO 8601.
        batches: B → when its receipt was put in place, as the store tells, and the files of attempts that
            it lists.
        hosts: host → until when it rests, ISO 8601.
        newest: when the newest of the attempts was made, ISO 8601; empty without any.
    """

    since: str
    batches: dict[str, tuple[float, tuple[str, ...]]] = field(default_factory=dict)
    hosts: dict[str, str] = field(default_factory=dict)
    newest: str = ""


class CrawlCache:
    """The pasts in one file, looked up one by one: what is not asked for is never read.

    Args:
        made: what it was made of.
        store: where it lies; None for nothing.
        file: the open file.
    """

    def __init__(
        self, made: Made, store: Store | None = None, file: pa.RecordBatchFileReader | None = None
    ) -> None:
        self.made = made
        self._store = store
        self._batches = [file.get_batch(number) for number in range(file.num_record_batches)] if file else []
        self._firsts = [batch.column(0)[0].as_py() for batch in self._batches]

    def get(self, kind: str, key: str) -> Past | None:
        """The past of one URL."""
        name = f"{kind} {key}"
        number = bisect_right(self._firsts, name) - 1
        if number < 0:
            return None
        batch = self._batches[number]
        names = batch.column(0)
        row = bisect_right(range(batch.num_rows), name, key=lambda at: names[at].as_py()) - 1
        if names[row].as_py() != name:
            return None
        return self._past(batch.column(2)[row].as_py(), batch.column(3)[row].as_py())

    def active(self) -> Iterator[tuple[Key, Past]]:
        """The pasts that a poll has to look through, sorted by kind and key."""
        for batch in self._batches:
            chosen = batch.filter(batch.column(1))
            for name, _, past, told in zip(*map(_values, chosen.columns), strict=True):
                kind, _, key = name.partition(" ")
                yield (kind, key), self._past(past, told)

    def rows(self) -> Iterator[list[Row]]:
        """All rows, sorted by name, in batches."""
        for batch in self._batches:
            rows = list(zip(*map(_values, batch.columns), strict=True))
            for _, _, past, told in rows:
                self._past(past, told)
            yield [(name, active, past) for name, active, past, _ in rows]

    def _past(self, past: bytes, told: int) -> Past:
        """One past as it was written.

        Raises:
            Damaged: it is not, and the file is gone: the next run makes it anew.
        """
        if crc32(past) != told:
            if self._store is not None:
                self._store.delete(PATH)
            raise Damaged(f"{PATH} was damaged and has been removed; run it again, and it is made anew")
        return _decode(past)


def read_cache(store: Store, since: str) -> CrawlCache:
    """What lies in the lake; an empty one where that is nothing that counts."""
    try:
        file = pa.ipc.open_file(pa.memory_map(str(store.local(PATH))))
        told = json.loads(file.schema.metadata[b"made"])
        is_ours = told.pop("version") == VERSION and told["since"] == since
        if is_ours and file.schema.remove_metadata() == _SCHEMA:
            return CrawlCache(msgspec.convert(told, Made), store, file)
    except (KeyError, TypeError, ValueError, OSError, pa.ArrowException, msgspec.MsgspecError):
        # Whatever is wrong with it: it holds nothing that the attempts do not.
        pass
    return CrawlCache(Made(since))


def write_cache(
    store: Store,
    old: CrawlCache,
    fresh: dict[Key, Past],
    made: Made,
    is_active: Callable[[Past], bool],
) -> CrawlCache:
    """Put a file in place with the pasts of `old`, those of `fresh` in their stead, and read it.

    Raises:
        LakeError: the disk refuses.
    """
    staged = store.stage("cache")
    told = {"version": VERSION, **msgspec.to_builtins(made)}
    schema = _SCHEMA.with_metadata({b"made": json.dumps(told).encode()})
    try:
        with pa.OSFile(str(staged), "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
            for batch in _merged(old, fresh, is_active):
                writer.write_batch(pa.RecordBatch.from_arrays(batch.columns, schema=schema))
        store.publish(staged, PATH)
    except OSError as error:
        raise LakeError(f"{PATH} can't be written: {error.strerror or error}") from error
    finally:
        store.discard(staged)
    return read_cache(store, made.since)


def _merged(
    old: CrawlCache, fresh: dict[Key, Past], is_active: Callable[[Past], bool]
) -> Iterator[pa.RecordBatch]:
    """The rows of both, sorted by name, in batches."""
    waiting = sorted(((f"{kind} {key}", past) for (kind, key), past in fresh.items()), key=lambda one: one[0])
    taken = 0
    for rows in old.rows():
        end = bisect_right(waiting, rows[-1][0], taken, key=lambda one: one[0])
        mine = dict(waiting[taken:end])
        taken = end
        # What no poll looks through any more grows young by new attempts alone.
        kept = [
            (name, active and is_active(_decode(past)), past)
            for name, active, past in rows
            if name not in mine
        ]
        kept += [(name, is_active(past), _encode(past)) for name, past in mine.items()]
        yield from _batches(sorted(kept, key=lambda row: row[0]))
    for start in range(taken, len(waiting), ROWS):
        yield from _batches(
            [(name, is_active(past), _encode(past)) for name, past in waiting[start : start + ROWS]]
        )


def _batches(rows: list[Row]) -> Iterator[pa.RecordBatch]:
    for start in range(0, len(rows), ROWS):
        summed = [(*row, crc32(row[2])) for row in rows[start : start + ROWS]]
        columns = zip(*summed, strict=True)
        arrays = [pa.array(column, kind.type) for column, kind in zip(columns, _SCHEMA, strict=True)]
        yield pa.RecordBatch.from_arrays(arrays, schema=_SCHEMA)


def _values(column: pa.Array) -> list[Any]:
    return column.to_pylist()


def instant(told: str) -> datetime | None:
    """An instant of a file; None where there is none."""
    return datetime.fromisoformat(told) if told else None
