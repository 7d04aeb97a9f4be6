"""Telling `changes`: what a publication did to a day, written before the day is put in place.

A crash between the row and the rename tells of something that did not happen, and never hides what did; the
next run that looks drops such a row. The rows of a day are a chain of digests that leads to the present one.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from dateline.contracts.changes import CHANGES
from dateline.edges.clock import Clock
from dateline.edges.lake import Lake
from dateline.edges.lake.digests import row_hashes
from dateline.edges.lake.files import read_file, write_file
from dateline.edges.lake.partitions import Day, day_name, is_day, parse_day
from dateline.pipeline import NULL_PARTITION

if TYPE_CHECKING:
    from dateline.days import Days

ANNOUNCED = "receipts/announced.json"
"""Day name → row digest of `articles` that Airflow's consumers were last told of."""
_NAME = re.compile(
    rf"changes/date=[0-9-]{{10}}/(\d{{4}}-\d\d-\d\d|{NULL_PARTITION})-([0-9a-f]{{16}}|none)-([0-9a-f]{{16}}|none)"
    r"(?:-\d+)?\.parquet"
)
_NONE = "none"


@dataclass(frozen=True)
class Told:
    """A file of `changes`: one publication of one day, as its name tells it."""

    path: str
    old: str
    new: str


@dataclass
class History:
    """What `changes` tells, by day; read from the names of its files.

    Args:
        lake: read, and written where a history must be repaired.
        clock: for what is written.
        of: day → its files.
    """

    lake: Lake
    clock: Clock
    of: dict[Day, list[Told]] = field(default_factory=dict)

    @classmethod
    def read(cls, lake: Lake, clock: Clock) -> History:
        """The history of a lake as it is now; names that are none of ours are passed over."""
        history = cls(lake, clock)
        for path in lake.store.list("changes"):
            if (match := _NAME.fullmatch(path)) and is_day(match[1]):
                history.of.setdefault(parse_day(match[1]), []).append(Told(path, match[2], match[3]))
        return history

    def leads(self, day: Day, present: str) -> bool:
        """Whether the rows of a day, where some were lost those since, lead to its present digest.

        Args:
            present: row digest of the day's articles; empty if it has none.
        """
        now, told = _short(present), self.of.get(day, [])
        if _leads(told, _NONE, now):
            return True
        told = self._since_found(told)
        return _leads(told, told[0].old if told else _NONE, now)

    def repair(self, day: Day, present: str) -> str:
        """Make the rows of a day lead to its present digest.

        A row whose rename never happened is dropped; a state that no row leads to gets one, of the reason
        `found`.

        Args:
            present: row digest of the day's articles; empty if it has none.

        Returns:
            `rows_dropped`, `rows_added`, or nothing where nothing was wrong.
        """
        if self.leads(day, present):
            return ""
        now, told = _short(present), self._since_found(self.of.get(day, []))
        start = told[0].old if told else _NONE
        for one in reversed(told):
            rest = [other for other in told if other is not one]
            if one.old == now and _leads(rest, start, now):
                self.lake.store.delete(one.path)
                self.of[day] = [other for other in self.of[day] if other is not one]
                return "rows_dropped"
        old = self._last(day)["new"] if self.of.get(day) else ""
        rows = _rows_of(present)
        self.tell(day, {"old": old, "new": present, "rows": rows, "reason": "found"})
        return "rows_added"

    def tell(self, day: Day, row: dict[str, Any]) -> None:
        """Write a row, under a name with day, old and new digest."""
        at = self._at(day)
        row = {"added": None, "changed": None, "removed": None, "note": None, **row}
        row |= {"date_published": day_name(day), "at": at}
        folder = f"changes/date={at.date().isoformat()}"
        batches = [CHANGES.batch([row])]
        staged, _, _ = write_file(self.lake.store, CHANGES, folder, batches, versions={}, inputs={})
        old, new = _short(row["old"]), _short(row["new"])
        known = {told.path for told in self.of.get(day, [])}
        number, path = 1, f"{folder}/{day_name(day)}-{old}-{new}.parquet"
        while path in known:
            # The same step was taken before, and back again in between: both happened.
            number += 1
            path = f"{folder}/{day_name(day)}-{old}-{new}-{number}.parquet"
        try:
            self.lake.store.publish(staged, path)
        finally:
            self.lake.store.discard(staged)
        self.of.setdefault(day, []).append(Told(path, old, new))

    def _at(self, day: Day) -> datetime:
        """Now, or just after the last row of the day: its rows stay in order though a clock jumps back."""
        now = self.clock.now()
        if not self.of.get(day):
            return now
        last: datetime = self._last(day)["at"]
        return max(now, last + timedelta(microseconds=1))

    def _last(self, day: Day) -> dict[str, Any]:
        return max((row for _, row in self._rows(self.of[day])), key=lambda row: row["at"])

    def _since_found(self, told: list[Told]) -> list[Told]:
        """The rows from the last `found` one on: what came before it does not lead anywhere."""
        rows = sorted(self._rows(told), key=lambda pair: pair[1]["at"])
        found = [number for number, (_, row) in enumerate(rows) if row["reason"] == "found"]
        return [one for one, _ in rows[found[-1] if found else 0 :]]

    def _rows(self, told: Iterable[Told]) -> Iterator[tuple[Told, dict[str, Any]]]:
        for one in told:
            for batch in read_file(self.lake.store.local(one.path), CHANGES):
                for row in batch.to_pylist():
                    yield one, row


def _leads(told: list[Told], start: str, end: str) -> bool:
    """Whether all steps are one walk from `start` to `end`, by what goes in and out of each state."""
    balance = Counter({start: 1})
    balance[end] -= 1
    for one in told:
        balance[one.new] += 1
        balance[one.old] -= 1
    return not any(balance.values())


def _short(digest: str) -> str:
    return digest.rpartition(":")[2][:16] or _NONE


def _rows_of(digest: str) -> int:
    return int(digest.partition(":")[0]) if digest else 0


def announce(
    history: History, day: Day, new: str, hashes: dict[str, bytes], *, stale: bool, note: str | None = None
) -> None:
    """Write the row that tells of a publication that is about to be put in place.

    Args:
        new: row digest of the day as it will be; empty if it goes away.
        hashes: article_id → hash of its new row.
        stale: whether the day is made again because of versions, not of inputs.
        note: what the person said who asked for it.
    """
    lake = history.lake
    footer = lake.footer("articles", day)
    old = footer.row_digest if footer else ""
    # A try of ours that died before its rename has left a row, and this is the second try.
    history.repair(day, old)
    before = _hashes(lake.read_upgraded("articles", day))
    row = {
        "old": old,
        "new": new,
        "rows": len(hashes),
        "added": len(hashes.keys() - before.keys()),
        "changed": sum(before[key] != hashes[key] for key in hashes.keys() & before.keys()),
        "removed": len(before.keys() - hashes.keys()),
        "reason": "removed" if not new else "new" if not old else "stale" if stale else "inputs",
        "note": note,
    }
    history.tell(day, row)


def _hashes(batches: Iterable[pa.RecordBatch]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for batch in batches:
        articles: list[Any] = batch.column("article_id").to_pylist()
        found.update(zip(articles, row_hashes(batch), strict=True))
    return found


# Announcing to Airflow's consumers


def unannounced(days: Days) -> dict[str, str]:
    """Day name → row digest (empty: the day has gone) of every published day that was not announced yet.

    The lake is trusted, not a run's memory: what another run or the command line published is here too. The
    null partition is no day, and is never announced.
    """
    told = _announced(days.lake)
    present = {day_name(day): days.digest("articles", day) or "" for day in days.lake.days("articles")}
    names = sorted({*told, *present} - {NULL_PARTITION})
    return {name: present.get(name, "") for name in names if present.get(name, "") != told.get(name, "")}


def mark_announced(lake: Lake, told: dict[str, str]) -> None:
    """Remember what was announced; the caller holds the lease, so nobody else writes this."""
    known = {**_announced(lake), **told}
    kept = {name: digest for name, digest in sorted(known.items()) if digest}
    lake.store.put(ANNOUNCED, json.dumps(kept, indent=0).encode())


def _announced(lake: Lake) -> dict[str, str]:
    """What was announced; nothing where the file is gone or torn: told twice is better than never."""
    try:
        values = json.loads(lake.store.get(ANNOUNCED))
        return {str(name): str(digest) for name, digest in values.items()}
    except (FileNotFoundError, ValueError, AttributeError):
        return {}
