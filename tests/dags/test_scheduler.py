"""The real thing: scheduler, DAG processor and API server publish two days; a consumer hears of both."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import airflow_home
import psutil
import pytest
from small_lake import take_in

from dateline.settings import Settings

pytestmark = [pytest.mark.airflow, pytest.mark.slow]

WAIT = 240.0
"""Seconds for each stage on a machine that is busy; a free one needs a tenth."""
SELDOM = "0 0 29 2 *"
"""So that no run comes of itself: Airflow catches up with a tick that has just passed."""
DAYS = ("2024-03-25", "2024-03-26")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Api:
    """Airflow's REST API on loopback, as an admin without a password."""

    def __init__(self, port: int) -> None:
        self._root = f"http://127.0.0.1:{port}"
        self._token = ""

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._token}"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._root + path, data, headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def is_up(self) -> bool:
        try:
            self._token = self.ask("/auth/token")["access_token"]
        except OSError:
            return False
        return True

    def knows(self, *dags: str) -> bool:
        found = self.ask("/api/v2/dags")["dags"]
        return set(dags) <= {dag["dag_id"] for dag in found if not dag["is_paused"]}

    def runs(self, dag: str) -> list[dict[str, Any]]:
        return self.ask(f"/api/v2/dags/{dag}/dagRuns?limit=50")["dag_runs"]


@contextmanager
def airflow(home: Path, lake: Path) -> Iterator[Api]:
    """Airflow's three services, until the block ends; none of their processes is left then."""
    port = free_port()
    crons = {"DATELINE_INGEST_CRON": SELDOM, "DATELINE_SETTLE_CRON": SELDOM}
    variables = airflow_home.environment(home, port) | crons | {"DATELINE_LAKE": str(lake)}
    prepare = [sys.executable, "-c", "import airflow_home; airflow_home.prepare()"]
    found = {"PYTHONPATH": str(airflow_home.ROOT / "scripts")}
    with (home / "prepare.log").open("wb") as log:
        subprocess.run(
            prepare, env=os.environ | variables | found, stdout=log, stderr=log, check=True, timeout=WAIT
        )
    with airflow_home.running(variables, home) as services:
        family = [psutil.Process(one.pid) for one in services]
        yield Api(port)
        family += [child for parent in list(family) for child in parent.children(recursive=True)]
    assert len(family) > len(services)
    assert [process for process in family if process.is_running()] == []


def wait(what: str, done: Callable[[], Any], home: Path) -> None:
    """Ask until it is so."""
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        try:
            if done():
                return
        except urllib.error.URLError:
            pass
        time.sleep(1)
    logs = [home / f"{service}.log" for service in airflow_home.SERVICES]
    tails = "\n".join(f"--- {log.name}\n{log.read_text()[-2000:]}" for log in logs)
    pytest.fail(f"{what} did not come within {WAIT:.0f} s\n{tails}")


def test_two_published_days_reach_the_consumer(tmp_path: Path) -> None:
    lake, home = tmp_path / "lake", tmp_path / "airflow"
    home.mkdir()
    take_in(Settings(lake=str(lake)), tmp_path / "in", [(day, f"Ferry landing, {day}") for day in DAYS])
    with airflow(home, lake) as api:
        wait("the API", api.is_up, home)
        wait("the DAGs", lambda: api.knows("news_settle", "example_daily_digest"), home)
        api.ask("/api/v2/dags/news_settle/dagRuns", {"logical_date": None})

        def ended(dag: str, runs: int) -> bool:
            found = [run["state"] for run in api.runs(dag)]
            return len(found) >= runs and set(found) <= {"success", "failed"}

        wait("news_settle", lambda: ended("news_settle", 1), home)
        assert [run["state"] for run in api.runs("news_settle")] == ["success"]
        wait("the digests", lambda: ended("example_daily_digest", 2), home)
        found = {run["partition_key"]: run["state"] for run in api.runs("example_daily_digest")}
        assert found == dict.fromkeys(DAYS, "success")
        assert len(api.runs("example_daily_digest")) == 2

        # A key that climbs out of its folder gets no further than the API or the task.
        with pytest.raises(urllib.error.HTTPError, match="400"):
            api.ask(
                "/api/v2/dags/example_daily_digest/dagRuns",
                {"logical_date": None, "partition_key": "../../../x"},
            )
    for day in DAYS:
        page = (tmp_path / "digests" / f"{day}.md").read_text()
        assert page.startswith(f"# {day}: 1 articles")
        assert f"Ferry landing, {day}" in page
        assert (lake / f"articles/date={day}/part.parquet").exists()
    assert sorted(path.name for path in (tmp_path / "digests").iterdir()) == [f"{day}.md" for day in DAYS]
    assert not (lake / "lease.json").exists()
