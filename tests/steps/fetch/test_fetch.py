"""Exchanges in, attempts, captures and rejects out: the sums hold, and nothing depends on the batch."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.contracts.exchanges import EXCHANGES, FAILURES
from dateline.errors import ContractBroken
from dateline.sources.exchange import UNANSWERED
from dateline.steps import fetch as step
from dateline.steps.fetch import FetchRules, fetch
from dateline.text.leads import lead_digest, make_lead
from dateline.text.urls import url_key

NOON = datetime(2024, 3, 25, 12, tzinfo=UTC)
RULES = FetchRules(batch="00112233445566aa")
BLANK = (
    dict.fromkeys(EXCHANGES.names) | UNANSWERED | {"source": "paper", "input_kind": "page", "redirects": []}
)
LEAD = make_lead("feed", origin_url="http://paper.example/feed", title="Tide")

LIVE = BLANK | {"url": "http://paper.example/a?utm_source=x", "captured": NOON}
FILE = BLANK | {"archive": "box", "path": "1987/a.txt", "index": 0, "input_kind": "text"}

ROWS: list[dict[str, Any]] = [
    LIVE | {"body": b"<p>Tide.", "status": 200, "lead": LEAD, "etag": '"1"', "content_type": "text/html"},
    LIVE | {"failure": "not_modified", "status": 304, "input_kind": "feed", "etag": '"2"'},
    LIVE | {"failure": "timeout", "detail": "too slow", "seconds": 60.0},
    LIVE | {"failure": "too_many_requests", "status": 429, "retry_after": 30.0},
    LIVE | {"body": b"x", "status": 200, "redirects": ["http://paper.example/a"], "final_url": "http://b.example/"},
    FILE | {"body": b"date 1987-05-01 Tide", "captured": None},
    FILE | {"index": 1, "failure": "bad_encoding", "detail": "no text"},
    FILE | {"index": 2, "failure": "not_modified", "status": 304, "url": "http://paper.example/a"},
    FILE | {"path": None, "index": None, "failure": "missing"},
]  # fmt: skip


def made(rows: list[dict[str, Any]], size: int = 100, rules: FetchRules = RULES) -> dict[str, list[dict]]:
    """What fetch makes of these exchanges, given in batches of `size`."""
    numbered = [{**row, "seq": seq} for seq, row in enumerate(rows)]
    batches = [EXCHANGES.batch(numbered[at : at + size]) for at in range(0, len(numbered), size)]
    out: dict[str, list[dict]] = {"attempts": [], "captures": [], "rejects": []}
    for contract, batch in fetch(iter(batches), rules):
        assert batch.num_rows > 0
        out[contract.name] += contract.check(batch).to_pylist()
    return out


def test_each_exchange_has_its_rows() -> None:
    out = made(ROWS)
    assert [row["outcome"] for row in out["attempts"]] == [row["failure"] or "captured" for row in ROWS]
    assert [row["seq"] for row in out["attempts"]] == list(range(len(ROWS)))
    assert {row["batch"] for row in out["attempts"]} == {RULES.batch}
    assert [row["status"] for row in out["captures"]] == [200, 304, 200, None, 304]
    assert [(row["input_key"], row["reason"]) for row in out["rejects"]] == [
        ("box/1987/a.txt#1", "bad_encoding"), ("box/#0", "missing"),
    ]  # fmt: skip


def test_a_capture_carries_body_and_lead() -> None:
    out = made(ROWS)
    page, attempt = out["captures"][0], out["attempts"][0]
    digests = [row["body_digest"] for row in out["attempts"]]
    assert digests[0] == page["body_sha256"][:16]
    assert digests[1:4] == [None, None, None]
    assert page["body"] == b"<p>Tide."
    assert page["body_sha256"] == hashlib.sha256(b"<p>Tide.").hexdigest()
    assert page["lead"] == LEAD
    assert attempt["capture_id"] == page["capture_id"]
    assert attempt["bytes"] == 8
    assert attempt["lead_digest"] == lead_digest(LEAD)
    assert attempt["url_key"] == url_key("http://paper.example/a")
    unchanged = out["captures"][1]
    assert unchanged["body"] is None
    assert unchanged["body_sha256"] is None
    assert out["attempts"][4]["redirected_to"] == "http://b.example/"
    assert out["attempts"][5]["path"] == "1987/a.txt#0"


def test_identity_is_what_was_asked_when_and_what_came() -> None:
    page = ROWS[0]
    others = [
        page | {"body": b"<p>Ebb."},
        page | {"captured": NOON.replace(microsecond=1)},
        page | {"url": "http://paper.example/b"},
        page | {"input_kind": "feed"},
        page | {"lead": None},
        page | {"content_type": "text/plain"},
        FILE | {"body": b"x"},
        FILE | {"body": b"x", "index": 1},
        FILE | {"body": b"x", "path": "1987/b.txt"},
        FILE | {"body": b"x", "archive": "chest"},
    ]
    ids = [row["capture_id"] for row in made([page, *others])["captures"]]
    assert len(set(ids)) == len(others) + 1
    assert all(len(found) == 32 for found in ids)
    same = [page | {"seconds": 9.0}, page | {"source": "other"}]
    assert {row["capture_id"] for row in made(same)["captures"]} == {ids[0]}
    # Held still: readers keep these.
    assert ids[0] == "5e8d868aa779adf12fe4aff60923db3a"
    assert ids[7] == "df595dd1121daf8d588d23bea37db74f"


@pytest.mark.parametrize("size", [1, 2, 3])
def test_batches_do_not_matter(size: int) -> None:
    other = FetchRules(batch="ffff")
    assert made(ROWS, size) == made(ROWS)
    assert made(ROWS, size, other)["captures"] == made(ROWS)["captures"]
    assert other.digest() != RULES.digest()


ANY = st.builds(
    lambda base, failure, status, body: (
        base | {"failure": failure, "status": status, "body": None if failure else body}
    ),
    st.sampled_from([LIVE, FILE]),
    st.sampled_from([None, *FAILURES]),
    st.sampled_from([None, 200, 304, 404]),
    st.binary(max_size=20),
)


@given(st.lists(ANY, max_size=12), st.integers(1, 5))
def test_the_sums_hold(rows: list[dict[str, Any]], size: int) -> None:
    out = made(rows, size)
    assert len(out["attempts"]) == len(rows)
    kept = [row["capture_id"] for row in out["attempts"] if row["capture_id"]]
    assert kept == [row["capture_id"] for row in out["captures"]]
    lost = [row for row in rows if row["archive"] and row["failure"]]
    unchanged = [row for row in lost if row["failure"] == "not_modified" and row["status"] == 304]
    assert len(out["rejects"]) == len(lost) - len(unchanged)


def test_a_batch_of_captures_ends_before_it_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(step, "MOST_BYTES", 10)
    sizes = [4, 4, 4, 11, 1, 9, 1]
    rows = [LIVE | {"seq": seq, "body": b"x" * size} for seq, size in enumerate(sizes)]
    parts = [
        batch
        for contract, batch in fetch(iter([EXCHANGES.batch(rows)]), RULES)
        if contract.name == "captures"
    ]
    bodies = [[len(body) for body in part.column("body").to_pylist()] for part in parts]
    assert bodies == [[4, 4], [4], [11], [1, 9], [1]]


def test_neither_body_nor_failure_is_the_askers_fault() -> None:
    with pytest.raises(ContractBroken, match="seq=0"):
        made([LIVE])


def test_no_rows_make_no_rows() -> None:
    assert list(fetch(iter([]), RULES)) == []
    empty: list[pa.RecordBatch] = [EXCHANGES.empty()]
    assert list(fetch(iter(empty), RULES)) == []
