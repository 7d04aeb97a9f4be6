"""Files on whole sites, out of what earlier polls captured: no more is read and held than is asked for."""

from __future__ import annotations

import hashlib
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from dateline import recalled
from dateline.contracts.captures import CAPTURES
from dateline.edges.lake import Lake
from dateline.edges.lake.files import GROUP_ROWS
from dateline.edges.lake.receipts import Receipt
from dateline.edges.lake.spool import Spool
from dateline.recalled import SiteFiles
from dateline.text.crawl_past import Capture
from dateline.text.crawl_state import State

NOON = datetime(2026, 3, 24, 12, tzinfo=UTC)
HOSTS = [f"https://gull-{number}.example" for number in range(30)]
BATCH = "b" * 16


def ident(url: str) -> str:
    return hashlib.md5(url.encode()).hexdigest()


class Told(State):
    """A state that knows of each host's robots.txt."""

    def site_file(self, url: str) -> tuple[datetime, Capture | None] | None:
        if "missing" in url:
            return NOON, None
        return (NOON, Capture("paper", url, NOON, BATCH, ident(url))) if "gull" in url else None


def row(url: str, kind: str, body: bytes | None) -> dict[str, Any]:
    return dict.fromkeys(CAPTURES.names) | {
        "capture_id": ident(url), "source": "paper", "input_kind": kind, "url": url, "captured": NOON,
        "status": 200, "body": body, "body_sha256": body and "0" * 64, "signals": [],
    }  # fmt: skip


def robots(host: str) -> bytes:
    return f"User-agent: *\nDisallow: /{host}\n".encode()


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """Robots files among pages, in several groups of rows."""
    lake = Lake.open(str(tmp_path / "lake"))
    pages = [
        row(f"https://gull.example/{n}", "page", b"<p>" * 5_000) for n in range(5 * GROUP_ROWS["captures"])
    ]
    files = [row(f"{host}/robots.txt", "robots", robots(host)) for host in HOSTS]
    spool = Spool(CAPTURES)
    spool.add(CAPTURES.batch(pages + files))
    receipt = Receipt("fetch", BATCH, BATCH, {}, files=tuple(lake.write_batch(spool, CAPTURES, BATCH, {})))
    lake.write_receipt(receipt, None)
    spool.close()
    return lake


@pytest.fixture
def read(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> list[pa.RecordBatch]:
    """What is read of files."""
    seen: list[pa.RecordBatch] = []
    facts = Lake.read_facts

    def watched(lake: Lake, *given: Any, **named: Any) -> Any:
        for rows in facts(lake, *given, **named):
            seen.append(rows)
            yield rows

    monkeypatch.setattr(Lake, "read_facts", watched)
    return seen


def test_each_site_has_its_own_file(lake: Lake) -> None:
    files = SiteFiles(lake, Told())
    for host in HOSTS:
        assert files.get(host) == (robots(host), NOON)
    assert files.get(HOSTS[0]) == (robots(HOSTS[0]), NOON), "asked again, it is read again"
    assert files.get("https://missing.example") == (None, NOON)
    assert files.get("https://tern.example") is None


def test_one_lookup_reads_one_group_of_rows(lake: Lake, read: list[pa.RecordBatch]) -> None:
    files = SiteFiles(lake, Told())
    files[HOSTS[0]]
    assert sum(rows.num_rows for rows in read) <= GROUP_ROWS["captures"]


def test_all_lookups_read_each_group_once(lake: Lake, read: list[pa.RecordBatch]) -> None:
    files = SiteFiles(lake, Told())
    for host in HOSTS:
        files[host]
    assert sum(rows.num_rows for rows in read) <= 5 * GROUP_ROWS["captures"] + len(HOSTS)
    assert not files._held
    assert not files._size


def test_what_is_held_is_bounded(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recalled, "MOST_HELD", 100)
    files = SiteFiles(lake, Told())
    for host in HOSTS:
        assert files[host] == (robots(host), NOON)
        assert files._size == sum(map(len, files._held.values())) <= 100


def test_a_damaged_file_is_told_once_and_its_sites_are_asked_anew(
    lake: Lake, caplog: pytest.LogCaptureFixture
) -> None:
    receipt = lake.receipt("fetch", BATCH)
    assert receipt is not None
    (Path(lake.store.uri) / receipt.files[0].path).write_bytes(b"PAR1 and no more")
    files = SiteFiles(lake, Told())
    with caplog.at_level(logging.WARNING, "dateline"):
        assert [files.get(host) for host in HOSTS] == [None] * len(HOSTS)
    assert len(caplog.records) == 1
