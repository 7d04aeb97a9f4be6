"""The texts of a file of JSON lines, as `dateline dedup` takes them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from dateline.cli.console import chunks, err, progress
from dateline.contracts.shared import DATED
from dateline.edges.json_lines import count_lines, read_json_lines
from dateline.errors import UsageError
from dateline.sources.jsonl import NAMES, date_words, string_of
from dateline.steps.sign import TIMED
from dateline.text.agencies import ends_of
from dateline.text.dates import parse
from dateline.text.ragged import Ragged
from dateline.text.signed import LISTS, Signed, signed
from dateline.text.sketches import banded
from dateline.text.texts import UNKNOWN_DAY, UNKNOWN_INSTANT, Facts, Texts, printed
from dateline.text.urls import url_key

CHUNK = 1000
"""Lines held as Python objects at a time."""
_READ = ("url", "title", "text", "published")

_Time = tuple[int, int]
"""Days and microseconds since 1970."""
_UNKNOWN: _Time = UNKNOWN_DAY, UNKNOWN_INSTANT
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Given:
    """The texts of a file, of which the ids and ends are known by their numbers there.

    Args:
        numbers: id as text → number, from 0, in the order of the file.
        ids: as they stand there.
        ends: of each text what may credit an agency.
        texts: their signatures, in the total order.
        unread: numbers of those with a date that can't be read.
    """

    numbers: dict[str, int]
    ids: list[str | int]
    ends: list[str]
    texts: Texts
    unread: list[int]

    def __init__(self, source: Path) -> None:
        self.numbers, self.ids, self.ends, self.unread = {}, [], [], []
        self._source = source
        total = count_lines(source) if err.is_terminal else None
        facts = Facts([], [], [], [], [], [], np.empty(0, np.int32), np.empty(0, np.int64))
        times: list[_Time] = []
        lists: dict[str, list[Ragged]] = {name: [] for name in (*LISTS, "bands")}
        for records in chunks(progress(read_json_lines(source), "signed", total), CHUNK):
            for piece in self._signed(records, facts, times):
                for name in LISTS:
                    lists[name].append(getattr(piece, name))
                lists["minhash"][-1] = printed(piece.minhash)
                lists["bands"].append(banded(piece.minhash))
                facts.contents.extend(piece.texts)
                facts.titles.extend(piece.titles)
                facts.headlines.extend(piece.headlines)
        days, instants = (np.array([time[part] for time in times], np.int64) for part in (0, 1))
        self.texts = Texts.arranged(facts._replace(days=days.astype(np.int32), instants=instants), lists)

    def _signed(self, records: list[dict[str, Any]], facts: Facts, times: list[_Time]) -> Iterator[Signed]:
        """The signatures of some lines; puts what else is known of them into `facts` and `times`."""
        titles, texts = [], []
        for record in records:
            name = self._name(record)
            url, title, text, published = _values(record)
            text, key = _string(text), url_key(_string(url))
            titles.append(_string(title))
            texts.append(text)
            times.append(_UNKNOWN if published is None else self._time(published))
            facts.ids.append(name)
            facts.articles.append(key or f"id {name}")
            facts.pages.append(key)
            self.numbers[name] = len(self.ids)
            self.ids.append(record["id"])
            self.ends.append(ends_of(text))
        return signed(texts, titles)

    def _name(self, record: dict[str, Any]) -> str:
        """The id as text."""
        value, number = record.get("id"), len(self.ids) + 1
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise UsageError(f"{self._source}: text {number} has no id (a string or a whole number)")
        name = str(value)
        if not name.isascii():
            try:
                name.encode()
            except UnicodeEncodeError as error:
                message = f"{self._source}: the id of text {number} is no valid Unicode"
                raise UsageError(message) from error
        if name in self.numbers:
            raise UsageError(f'{self._source}: the id {name!r} is there twice (1 and "1" count as the same)')
        return name

    def _time(self, value: Any) -> _Time:
        """Day and instant, as far as they are known."""
        when = parse(value if isinstance(value, str) else date_words(value))
        if when is None or when.precision not in DATED:
            self.unread.append(len(self.ids))
            return _UNKNOWN
        since = when.instant - _EPOCH
        instant = (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
        return since.days, instant if when.precision in TIMED else UNKNOWN_INSTANT


def _string(value: Any) -> str:
    return value if isinstance(value, str) else string_of(value)


def _values(record: dict[str, Any]) -> list[Any]:
    """URL, title, text and time of publication; a field is read under the other names by which it commonly
    goes where there is none of its own."""
    made = []
    for first, others in _keys(tuple(record)):
        value = record.get(first)
        if value is None or value == "" or value == []:
            value = next((record[key] for key in others if record[key] not in (None, "", [])), None)
        made.append(value)
    return made


@lru_cache(maxsize=256)
def _keys(keys: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    """Under which of some keys each field may be found: its own name, and others, likeliest first."""
    lowered = {key.lower(): key for key in keys}
    return [(name, [lowered[other] for other in NAMES[name] if other in lowered]) for name in _READ]
