"""What the lake remembers of earlier polls: the same with and without what was folded before."""

from __future__ import annotations

import logging
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dateline import remembered
from dateline.contracts.attempts import ATTEMPTS
from dateline.edges.lake import Lake
from dateline.edges.lake.crawl_cache import PATH, VERSION
from dateline.edges.lake.files import FileFacts
from dateline.edges.lake.receipts import Receipt, receipt_path
from dateline.edges.lake.spool import Spool
from dateline.errors import Damaged
from dateline.text import crawl_moves
from dateline.text.crawl_state import State
from dateline.text.urls import url_key

DAWN = datetime(2024, 3, 25, tzinfo=UTC)
NOW = DAWN + timedelta(days=40)
URLS = [f"http://paper.example/{name}" for name in range(12)]
NEW = [f"http://paper.example/new-{name}" for name in range(3)]
OUTCOMES = [
    "captured", "captured", "not_modified", "timeout", "deferred", "http_error", "too_many_requests",
    "robots_unreachable",
]  # fmt: skip


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lake:
    monkeypatch.setattr(remembered, "WORTH", 5)
    return Lake.open(str(tmp_path / "lake"))


def row(number: int, chance: random.Random) -> dict[str, Any]:
    url, kind = chance.choice(URLS), chance.choice(["page", "page", "feed", "robots"])
    outcome = chance.choice(OUTCOMES)
    captured = DAWN + timedelta(hours=chance.uniform(0, 24 * 30))
    return dict.fromkeys(ATTEMPTS.names) | {
        "batch": "", "seq": number, "source": chance.choice(["paper", "other"]), "input_kind": kind,
        "url": url, "url_key": url_key(url), "captured": captured, "bytes": 9, "outcome": outcome,
        "status": 429 if outcome == "too_many_requests" else chance.choice([404, 500]), "tries": 1,
        "wire_bytes": 0, "signals": [], "hops": [],
        "retry_after": chance.choice([None, 9e6]), "capture_id": f"{number:032}",
        "lead_digest": chance.choice([None, "a" * 16, "b" * 16]),
        "moved_to": chance.choice([None, *URLS[:3], *NEW]), "known_as": chance.choice([None, *URLS[:2]]),
        "entry_key": chance.choice([None, "e" * 16, "f" * 16, f"{number:016}"]),
        "fresh_for": chance.choice([None, 7200.0]), "quiet": chance.choice([None, 0x3FC00, 1 << 30]),
        "body_digest": chance.choice(["a" * 16, "b" * 16]),
    }  # fmt: skip


def take_in(lake: Lake, batch: str, rows: list[dict[str, Any]]) -> Receipt:
    spool = Spool(ATTEMPTS)
    spool.add(ATTEMPTS.batch([one | {"batch": batch} for one in rows]))
    receipt = Receipt("fetch", batch, batch, {}, files=tuple(lake.write_batch(spool, ATTEMPTS, batch, {})))
    lake.write_receipt(receipt, lake.receipt("fetch", batch))
    spool.close()
    return receipt


def told(state: State, now: datetime = NOW) -> list[Any]:
    """All that a poll asks of a state."""
    found: list[Any] = [state.owed(), state.owed(now), state.revisits(now), state.revisits(DAWN)]
    found += [crawl_moves.entries(state)]
    found += [look(state, url) for url in URLS + NEW for look in (crawl_moves.address, crawl_moves.known_as)]
    for url in URLS:
        found += [state.wants(url, digest, now) for digest in (None, "a" * 16, "c" * 16)]
        found += [state.wants_since(url, now - timedelta(days=20), now), state.past("page", url)]
        for kind in ("page", "feed", "robots"):
            found += [state.due(url, kind, now), state.next_poll(url, kind), state.is_dead(url, kind)]
            found += [
                state.last_try(url, kind),
                state.place(url, kind),
                state.failures(url, kind),
                state.last_success(url, kind),
            ]
            found += [state.conditional(url, DAWN, kind), state.rest(url, DAWN, kind)]
    return found


def anew(lake: Lake) -> list[Any]:
    """The same without anything that was folded before."""
    lake.store.delete(PATH)
    before = remembered.WORTH
    remembered.WORTH = 10**9
    try:
        return told(remembered.crawl_state(lake, NOW))
    finally:
        remembered.WORTH = before


@pytest.mark.parametrize("seed", range(6))
def test_what_was_folded_before_changes_nothing(
    lake: Lake, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered, "MOST_FRESH", 7)
    chance = random.Random(seed)
    for number in range(8):
        take_in(
            lake, f"{chance.getrandbits(64):016x}", [row(seq, chance) for seq in range(chance.randint(1, 9))]
        )
        by_steps = told(remembered.crawl_state(lake, NOW))
        assert by_steps == told(remembered.crawl_state(lake, NOW))
        if number == 4:
            assert lake.store.exists(PATH)
            kept = lake.store.get(PATH)
            assert by_steps == anew(lake)
            lake.store.put(PATH, kept)
    assert told(remembered.crawl_state(lake, NOW)) == anew(lake)


def filled(lake: Lake, batches: int = 3) -> random.Random:
    chance = random.Random(1)
    for number in range(batches):
        take_in(lake, f"{number:016}", [row(seq, chance) for seq in range(8)])
    remembered.crawl_state(lake, NOW)
    assert lake.store.exists(PATH)
    return chance


def test_what_was_folded_is_not_read_again(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = filled(lake)
    read: list[str] = []
    facts, receipt = Lake.read_facts, Lake.receipt

    def seen_facts(lake: Lake, file: FileFacts, *more: Any) -> Any:
        read.append(file.path.rpartition("/")[2][:16])
        return facts(lake, file, *more)

    def seen_receipt(lake: Lake, step: str, batch: str) -> Receipt | None:
        read.append(batch)
        return receipt(lake, step, batch)

    monkeypatch.setattr(Lake, "read_facts", seen_facts)
    monkeypatch.setattr(Lake, "receipt", seen_receipt)
    remembered.crawl_state(lake, NOW)
    assert read == []
    take_in(lake, "f" * 16, [row(0, chance)])
    read.clear()
    remembered.crawl_state(lake, NOW)
    assert set(read) == {"f" * 16}


def test_a_batch_that_is_gone_or_another_one_is_forgotten(lake: Lake) -> None:
    chance = filled(lake)
    lake.store.delete(receipt_path("fetch", f"{0:016}"))
    assert told(remembered.crawl_state(lake, NOW)) == anew(lake)
    remembered.crawl_state(lake, NOW)
    take_in(lake, f"{1:016}", [row(seq, chance) for seq in range(3)])
    assert told(remembered.crawl_state(lake, NOW)) == anew(lake)


def test_a_batch_that_has_grown_is_folded_on(lake: Lake) -> None:
    chance = filled(lake)
    before = lake.receipt("fetch", f"{2:016}")
    assert before is not None
    grown = take_in(lake, f"{2:016}", [row(seq, chance) for seq in range(20, 25)])
    both = Receipt("fetch", grown.batch, grown.id, {}, files=(*before.files, *grown.files))
    lake.write_receipt(both, grown)
    assert told(remembered.crawl_state(lake, NOW)) == anew(lake)


def test_a_clock_that_was_set_back_folds_anew(lake: Lake) -> None:
    filled(lake)
    early = DAWN + timedelta(days=1)
    found = told(remembered.crawl_state(lake, early), early)
    lake.store.delete(PATH)
    assert found == told(remembered.crawl_state(lake, early), early)


DAMAGE = {
    "empty": lambda data: b"",
    "cut": lambda data: data[: len(data) // 2],
    "other": lambda data: b"{}",
    "another version": lambda data: data.replace(f'"version": "{VERSION}"'.encode(), b'"version": "0"'),
    "no facts": lambda data: data.replace(b'"batches"', b'"botches"'),
}


@pytest.mark.parametrize("how", DAMAGE)
def test_a_file_that_can_not_be_read_counts_for_nothing(lake: Lake, how: str) -> None:
    filled(lake)
    lake.store.put(PATH, DAMAGE[how](lake.store.get(PATH)))
    assert told(remembered.crawl_state(lake, NOW)) == anew(lake)


def test_a_past_that_is_not_as_written_is_found_and_the_file_goes(lake: Lake) -> None:
    filled(lake)
    data = lake.store.get(PATH)
    lake.store.put(PATH, data.replace(b"captured", b"capturEd"))
    with pytest.raises(Damaged, match="made anew"):
        told(remembered.crawl_state(lake, NOW))
    assert not lake.store.exists(PATH)
    assert told(remembered.crawl_state(lake, NOW)) == anew(lake)


def test_a_disk_that_can_not_be_written_costs_time_and_nothing_else(
    lake: Lake, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered, "MOST_FRESH", 2)
    filled(lake)
    wanted = anew(lake)
    lake.store.delete(PATH)
    (Path(lake.store.uri) / "cache").write_text("in the way")
    with caplog.at_level(logging.WARNING, "dateline"):
        assert told(remembered.crawl_state(lake, NOW)) == wanted
    assert "read anew each time" in caplog.text


def test_a_damaged_file_of_attempts_is_told_each_time(lake: Lake, caplog: pytest.LogCaptureFixture) -> None:
    filled(lake)
    batch = f"{1:016}"
    receipt = lake.receipt("fetch", batch)
    assert receipt is not None
    lake.store.delete(PATH)
    (Path(lake.store.uri) / receipt.files[0].path).write_bytes(b"PAR1 and no more")
    for _ in range(2):
        caplog.clear()
        with caplog.at_level(logging.WARNING, "dateline"):
            remembered.crawl_state(lake, NOW)
        assert receipt.files[0].path in caplog.text


def test_quarters() -> None:
    assert remembered._since(datetime(2024, 3, 25, tzinfo=UTC)).isoformat() == "2023-01-01"
    assert remembered._since(datetime(2025, 3, 25, tzinfo=UTC)).isoformat() == "2024-01-01"
    assert remembered._since(datetime(1, 3, 25, tzinfo=UTC)).isoformat() == "0001-01-01"
