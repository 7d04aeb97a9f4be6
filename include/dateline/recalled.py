"""Earlier captures and attempts, looked up one by one."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dateline.edges.lake import Lake
from dateline.edges.lake.files import FileFacts
from dateline.edges.lake.receipts import Receipt
from dateline.errors import ContractBroken, LakeError, OtherSchema
from dateline.text.crawl_past import POLLED, Capture, Known, Moment
from dateline.text.crawl_state import State

log = logging.getLogger("dateline")

MOST_HELD = 16 * 1024 * 1024
"""Bytes of files on sites that are held because they lay beside one that was asked for. Real ones are a few
kilobytes; where some are huge, a group of rows is read again."""


def recall(lake: Lake, wanted: Sequence[Capture]) -> dict[str, Known]:
    """What earlier captures of pages hold, by capture id, as far as the lake still has them."""
    ids: dict[str, set[str]] = {}
    for capture in wanted:
        ids.setdefault(capture.batch, set()).add(capture.capture_id)
    found: dict[str, Known] = {}
    for batch, mine in sorted(ids.items()):
        receipt = lake.receipt("fetch", batch)
        for file in receipt.of("captures") if receipt else ():
            found.update(_known(lake, file, mine))
    return found


def _known(lake: Lake, file: FileFacts, ids: set[str]) -> dict[str, Known]:
    found = {}
    for rows in _read(lake, file, ["capture_id", "lead", "body_sha256"]):
        kept = rows.filter(pc.is_in(rows.column(0), value_set=pa.array(sorted(ids), pa.string())))
        for row in kept.to_pylist():
            found[row["capture_id"]] = Known(row["lead"], row["body_sha256"])
    return found


def led(lake: Lake, wanted: Sequence[Moment]) -> dict[Moment, dict[str, Any]]:
    """What led to pages that were asked for in vain, by their rows of `attempts`, as far as those tell."""
    places: dict[str, dict[int, Moment]] = {}
    for moment in wanted:
        places.setdefault(moment[1], {})[moment[2]] = moment
    found: dict[Moment, dict[str, Any]] = {}
    for batch, mine in sorted(places.items()):
        receipt = lake.receipt("fetch", batch)
        for file in receipt.of("attempts") if receipt else ():
            for rows in _read(lake, file, ["seq", "lead"]):
                kept = pc.is_in(rows.column(0), value_set=pa.array(sorted(mine), pa.int64()))
                told = rows.filter(pc.and_(kept, rows.column(1).is_valid())).to_pylist()
                found |= {mine[row["seq"]]: row["lead"] for row in told}
    return found


def index(lake: Lake, capture: Capture) -> dict[str, Any] | None:
    """What a sitemap held when it was captured, as `leading` gives it; None where the lake has it no more."""
    receipt = lake.receipt("fetch", capture.batch)
    found = leading(lake, receipt) if receipt else ()
    return next((row for row in found if row["capture_id"] == capture.capture_id), None)


def leading(lake: Lake, receipt: Receipt) -> Iterator[dict[str, Any]]:
    """The feeds, sitemaps and section pages that a batch captured, as exchanges of a poll have them."""
    names = ["capture_id", "source", "input_kind", "url", "final_url", "captured", "content_type", "body"]
    for file in receipt.of("captures"):
        for rows in _read(lake, file, names):
            kept = pc.is_in(rows.column("input_kind"), value_set=pa.array(POLLED))
            # Emptied where it named what was forgotten since.
            yield from ({**row, "fresh_for": None} for row in rows.filter(kept).to_pylist() if row["body"])


def reread(lake: Lake, wanted: Capture) -> dict[str, Any] | None:
    """One earlier capture of a page, body included; None where the lake has it no more."""
    receipt = lake.receipt("fetch", wanted.batch)
    names = ["capture_id", "url", "final_url", "captured", "content_type", "body", "known_as"]
    for file in receipt.of("captures") if receipt else ():
        for rows in _read(lake, file, names):
            place = pc.index(rows.column(0), pa.scalar(wanted.capture_id)).as_py()
            if place >= 0:
                return dict(rows.slice(place, 1).to_pylist()[0])
    return None


class SiteFiles(Mapping[str, tuple[bytes | None, datetime]]):
    """What sites said of themselves to earlier polls: robots.txt by origin, other files by origin and path.

    Looked up one by one, as hosts are met, by one thread at a time. None is a file that the site does not
    have. What lies beside a wanted file in its group of rows is read with it and held till it is asked for,
    as it mostly is next; each is given once and held no more.

    Args:
        lake: where the files lie.
        state: tells which of them is the last.
    """

    def __init__(self, lake: Lake, state: State) -> None:
        self._lake = lake
        self._state = state
        self._files: dict[str, list[FileFacts]] = {}
        self._held: dict[str, bytes] = {}
        self._size = 0

    def __getitem__(self, name: str) -> tuple[bytes | None, datetime]:
        found = self._state.site_file(name if name.count("/") > 2 else f"{name}/robots.txt")
        if found is None:
            raise KeyError(name)
        at, capture = found
        if capture is None:
            return None, at
        body = self._taken(capture.capture_id) or self._read(capture)
        if body is None:
            raise KeyError(name)
        return body, at

    def __iter__(self) -> Iterator[str]:
        raise TypeError("what sites said is looked up by name")

    def __len__(self) -> int:
        raise TypeError("what sites said is looked up by name")

    def _read(self, capture: Capture) -> bytes | None:
        """The file on a site that was captured so, None if it can't be read; those beside it are held."""
        batch, found = capture.batch, None
        if batch not in self._files:
            receipt = self._lake.receipt("fetch", batch)
            self._files[batch] = receipt.of("captures") if receipt else []
        for file in self._files[batch]:
            for rows in _read(self._lake, file, ["capture_id", "input_kind", "body"], capture.capture_id):
                chosen = rows.filter(pc.equal(rows.column(1), pa.scalar("robots")))
                for name, _, body in zip(*(column.to_pylist() for column in chosen.columns), strict=True):
                    if name == capture.capture_id:
                        found = body
                    elif body is not None:
                        self._hold(name, body)
        if found is None:
            # Its sites are asked anew, and the file is not opened again for each of them.
            self._files[batch] = []
        return found

    def _hold(self, name: str, body: bytes) -> None:
        self._taken(name)
        self._held[name] = body
        self._size += len(body)
        while self._size > MOST_HELD:
            self._taken(next(iter(self._held)))

    def _taken(self, name: str) -> bytes | None:
        body = self._held.pop(name, None)
        self._size -= len(body or b"")
        return body


def _read(
    lake: Lake, file: FileFacts, columns: list[str], key: str | None = None
) -> Iterator[pa.RecordBatch]:
    """The rows of a file as far as it can be read, or those near a key."""
    try:
        yield from lake.read_facts(file, columns, key=key)
    except OtherSchema:
        raise
    except (LakeError, ContractBroken, OSError) as error:
        log.warning("%s can't be read: see `dateline check` (%s)", file.path, " ".join(str(error).split()))
