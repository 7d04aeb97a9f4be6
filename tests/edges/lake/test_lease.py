"""The lease: one owner at a time, whoever dies and whatever the clocks do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dateline.edges.lake import lease
from dateline.edges.lake.store import LocalStore
from dateline.edges.process import identity, is_gone
from dateline.errors import LakeError, LeaseHeld

NOW = datetime(2026, 3, 25, 12, tzinfo=UTC)
YEAR = timedelta(days=365)


@pytest.fixture
def store(tmp_path):
    return LocalStore(tmp_path)


def dead_process() -> dict[str, str]:
    """Who a process was that has ended."""
    code = "import json; from dateline.edges.process import identity; print(json.dumps(identity()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60)
    return json.loads(done.stdout)


def test_an_expired_lease_is_taken_over_by_one(store):
    lease.take(store, "dead", NOW)
    with pytest.raises(LeaseHeld, match="dead"):
        lease.take(store, "next", NOW + lease.LASTS - timedelta(seconds=1))
    later = NOW + lease.LASTS + timedelta(seconds=1)
    # Somebody else is just taking it over.
    right = {"owner": "", "until": (later + lease.RIGHT_LASTS).isoformat()}
    store.put_new(lease.RIGHT, json.dumps(right).encode())
    with pytest.raises(LeaseHeld, match="try again"):
        lease.take(store, "next", later)
    # That one died as well.
    lease.take(store, "next", later + timedelta(minutes=2))
    assert list(store.list(".")) == [lease.PATH]


def test_it_is_renewed_and_given_back_by_its_owner_alone(store):
    lease.take(store, "one", NOW)
    lease.take(store, "one", NOW + timedelta(minutes=20))
    with pytest.raises(LeaseHeld, match=r"one is settling this lake until 2026-03-25 12:50:00 UTC at most$"):
        lease.take(store, "other", NOW + timedelta(minutes=40))
    lease.free(store, "other")
    assert lease.read(store).owner == "one"
    lease.free(store, "one")
    lease.take(store, "other", NOW)


def test_that_of_a_process_which_has_ended_is_taken_over_at_once(store):
    lease.take(store, "killed", NOW, dead_process())
    # A worker of the killed run that is still at it renews the lease, and does not make it live again.
    lease.take(store, "killed", NOW + timedelta(minutes=1))
    lease.take(store, "next", NOW + timedelta(minutes=1), identity())
    with pytest.raises(LeaseHeld, match="next"):
        lease.take(store, "killed", NOW + timedelta(minutes=1))


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"pid": "x"},
        {"place": "elsewhere", "pid": "1", "started": "1"},
        {"place": "", "pid": str(2**40), "started": "1"},
    ],
)
def test_a_process_that_nothing_is_known_of_may_live(told):
    assert not is_gone(told)


def test_a_process_number_that_is_used_again_is_another_process():
    assert not is_gone(identity())
    assert is_gone({**identity(), "started": "1"})
    assert int(identity()["pid"]) == os.getpid()


def test_a_right_that_its_owner_took_to_the_grave_does_not_block(store):
    lease.take(store, "killed", NOW, dead_process())
    right = {"owner": "", "until": (NOW + timedelta(seconds=30)).isoformat(), "process": dead_process()}
    store.put_new(lease.RIGHT, json.dumps(right).encode())
    lease.take(store, "next", NOW)
    assert lease.read(store).owner == "next"


def test_a_clock_that_jumped_back_is_named_and_what_to_do(store):
    lease.take(store, "future", NOW + YEAR)
    with pytest.raises(LeaseHeld, match=r"a clock has jumped.*2026-03-25 12:00:00.*remove .*lease\.json"):
        lease.take(store, "next", NOW)
    (Path(store.uri) / lease.PATH).unlink()
    lease.take(store, "next", NOW)


def test_a_clock_that_jumped_ahead_costs_the_owner_its_lease_and_nothing_else(store):
    lease.take(store, "slow", NOW)
    lease.take(store, "next", NOW + YEAR)
    with pytest.raises(LeaseHeld, match="next"):
        lease.take(store, "slow", NOW + timedelta(minutes=1))


TORN = (b"", b"{", b"[]", b'{"owner": 1}', b'{"owner": "x", "until": "soon"}', b"\xff",
        b'{"owner": "x", "until": "2026-01-01", "process": 3}')  # fmt: skip


@pytest.mark.parametrize("torn", TORN)
def test_a_torn_lease_names_nobody(store, torn):
    store.put(lease.PATH, torn)
    lease.take(store, "next", NOW)
    assert lease.read(store).owner == "next"


def test_what_a_process_staged_that_has_ended_is_swept_at_once(store, tmp_path):
    code = (
        "import sys; from pathlib import Path; from dateline.edges.lake.store import LocalStore;"
        "LocalStore(Path(sys.argv[1])).stage('articles/date=2026-03-22')"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, timeout=60)
    mine = store.stage("articles/date=2026-03-22")
    assert store.sweep(0.0) == 1
    assert mine.exists()
    # Ours lives: that a clock has jumped is no reason to take its file away.
    assert store.sweep(mine.stat().st_mtime + 1) == 0
    assert mine.exists()


def test_what_a_stranger_staged_is_swept_by_its_age(store):
    mine = store.stage("articles/date=2026-03-22")
    other = mine.rename(mine.with_name(".00000000-1-1-abc.tmp"))
    assert store.sweep(other.stat().st_mtime) == 0
    assert store.sweep(other.stat().st_mtime + 1) == 1
    assert not other.exists()


def test_a_lease_that_can_not_be_read_is_told_in_a_sentence(store):
    (Path(store.uri) / lease.PATH).mkdir(parents=True)
    with pytest.raises(LakeError, match=r"lease\.json can't be read: Is a directory"):
        lease.read(store)
