"""The real thing: scheduler, DAG processor and API server; archives by backfill, consumers, alerts."""

from __future__ import annotations

import hashlib
import json
import threading
import urllib.error
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from instance import Instance, airflow

from dateline.edges.lake import Lake
from dateline.pipeline import DERIVED_DATASETS, NULL_PARTITION

pytestmark = [pytest.mark.airflow, pytest.mark.slow]

DAYS = [f"2026-03-{number}" for number in range(18, 25)]
BACKFILL = ("backfill", "create", "--dag-id", "news_archive", "--from-date", DAYS[0], "--to-date", DAYS[-1])


@pytest.fixture
def alerts() -> Iterator[tuple[str, list[str]]]:
    """An address on loopback, and the texts that were posted to it."""
    told: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["text"])
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/hook", told
        server.shutdown()


def derived(lake: Path) -> dict[str, str]:
    """Path → SHA-256 of every derived file."""
    files = (file for dataset in DERIVED_DATASETS for file in (lake / dataset).rglob("*.parquet"))
    return {str(file.relative_to(lake)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def changes(lake: Path) -> Counter[str]:
    """Day → how often it was published otherwise than before."""
    rows = Lake.open(str(lake)).dataset("changes").to_pylist()
    return Counter(row["date_published"] for row in rows if row["date_published"] != NULL_PARTITION)


def at_rest(instance: Instance, archive: int, settle: int, digest: int) -> bool:
    """Whether the DAGs have so many runs, or more, and all of them are over."""
    return (
        instance.ended("news_archive", archive)
        and instance.ended("news_settle", settle)
        and instance.ended("example_daily_digest", digest)
    )


def all_went_well(instance: Instance) -> None:
    for dag in ("news_archive", "news_settle", "example_daily_digest"):
        assert instance.states(dag).keys() <= {"success"}, f"{dag}: {instance.states(dag)}"


def test_an_archive_by_backfill_and_again(tmp_path: Path, alerts: tuple[str, list[str]]) -> None:
    lake, (address, told) = tmp_path / "lake", alerts
    other = {
        "DATELINE_MODEL": "none", "DATELINE_ALERT_URL": address, "DATELINE_DEADLINES": "1",
        "DATELINE_DEADLINE_REPROCESS": "0.01",
    }  # fmt: skip
    with airflow(tmp_path / "airflow", lake, **other) as instance:
        (archive,) = [dag for dag in instance.dags() if dag["dag_id"] == "news_archive"]
        assert archive["next_dagrun_run_after"] is None, "it must not run by itself"

        instance.command(*BACKFILL)
        instance.wait("the backfill", lambda: instance.backfilled("news_archive", 7))
        instance.wait("what follows it", lambda: at_rest(instance, 7, 1, 7))
        all_went_well(instance)
        assert instance.keys("news_archive") == Counter(DAYS)
        assert set(instance.keys("example_daily_digest")) == set(DAYS)
        # A day that was settled twice, as another came late, changed twice: no run more than that.
        assert instance.keys("example_daily_digest") == instance.events() == changes(lake)
        before, events, settled = derived(lake), instance.events(), instance.states("news_settle").total()
        assert {f"articles/date={day}/part.parquet" for day in DAYS} <= set(before)

        instance.command(*BACKFILL, "--reprocess-behavior", "completed")
        instance.wait("the second backfill", lambda: instance.ended("news_archive", 14))
        instance.trigger("news_settle")
        instance.wait("settling", lambda: at_rest(instance, 14, settled + 1, 7))
        all_went_well(instance)
        assert instance.states("news_settle").total() == settled + 1, (
            "a run in which nothing came asked for it"
        )
        assert instance.keys("news_archive") == Counter(DAYS * 2)
        assert derived(lake) == before
        assert instance.keys("example_daily_digest") == instance.events() == events

        refuses_keys_that_climb(instance)
        tells_of_trouble(instance, told)
    pages = sorted(path.name for path in (tmp_path / "digests").iterdir())
    assert pages == [f"{day}.md" for day in DAYS]
    assert not (lake / "lease.json").exists()


def refuses_keys_that_climb(instance: Instance) -> None:
    for dag in ("example_daily_digest", "news_archive"):
        with pytest.raises(urllib.error.HTTPError, match="400"):
            instance.trigger(dag, partition_key="../../../x")


def tells_of_trouble(instance: Instance, told: list[str]) -> None:
    """A run that is late, and one that fails, reach whoever watches."""
    late = instance.trigger("news_reprocess", conf={"reason": "x"})
    instance.wait("the deadline alert", lambda: any("is late" in text for text in told))
    instance.wait("the dry run", lambda: instance.ended("news_reprocess", 1))
    failing = instance.trigger(
        "news_reprocess", conf={"reason": "x", "from": "2026-03-02", "to": "2026-03-01"}
    )
    instance.wait("the alert of a failure", lambda: any("has failed" in text for text in told))
    states = {run["dag_run_id"]: run["state"] for run in instance.runs("news_reprocess")}
    assert (states[late], states[failing]) == ("success", "failed")
    assert any(f"dateline: news_reprocess is late: its run {late} " in text for text in told)
    assert any(f"dateline: news_reprocess has failed in its run {failing} " in text for text in told)
    logs = "".join(file.read_text(errors="replace") for file in (instance.home / "logs").rglob("*.log"))
    assert "trigger it again" in logs + "".join(
        file.read_text(errors="replace") for file in instance.home.glob("*.log")
    )
