"""A real Airflow of one's own: scheduler, DAG processor and API server, and what can be asked of it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import airflow_home
import psutil
import pytest
from airflow_api import Api

WAIT = 240.0
"""Seconds for each stage on a machine that is busy; a free one needs a tenth."""
SELDOM = "0 0 29 2 *"
"""So that no run comes of itself: Airflow catches up with a tick that has just passed."""
OVER = {"success", "failed"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Instance(Api):
    """An Airflow that runs.

    Args:
        port: where it is served on loopback.
        home: its folder.
        variables: what its services and its command line run with.
        started: processes that all the others come of.
    """

    def __init__(self, port: int, home: Path, variables: dict[str, str], started: list[int]) -> None:
        super().__init__(port)
        self.home = home
        self.variables = variables
        self._started = started

    def family(self) -> list[psutil.Process]:
        """All its processes that live."""
        parents = [psutil.Process(pid) for pid in self._started if psutil.pid_exists(pid)]
        return [*parents, *(child for parent in parents for child in parent.children(recursive=True))]

    def kill(self) -> None:
        """End it as a power cut does."""
        for process in self.family():
            with suppress(psutil.NoSuchProcess):
                process.kill()

    def command(self, *words: str) -> str:
        """What `airflow WORDS…` prints."""
        done = subprocess.run(
            [sys.executable, "-m", "airflow", *words],
            env=os.environ | self.variables, capture_output=True, text=True, timeout=WAIT,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def wait(self, what: str, done: Callable[[], Any]) -> None:
        """Ask until it is so."""
        until = time.monotonic() + WAIT
        while time.monotonic() < until:
            try:
                if done():
                    return
            except urllib.error.URLError:
                pass
            time.sleep(1)
        logs = [self.home / f"{service}.log" for service in airflow_home.SERVICES]
        tails = "\n".join(f"--- {log.name}\n{log.read_text()[-2000:]}" for log in logs)
        pytest.fail(f"{what} did not come within {WAIT:.0f} s\n{tails}")

    def states(self, dag: str) -> Counter[str]:
        """State → runs of a DAG."""
        return Counter(run["state"] for run in self.runs(dag))

    def ended(self, dag: str, runs: int) -> bool:
        """Whether a DAG has so many runs, or more, and all are over."""
        found = self.states(dag)
        return found.total() >= runs and found.keys() <= OVER

    def backfilled(self, dag: str, runs: int) -> bool:
        """Whether backfills have made so many runs of a DAG, all are over, and Airflow knows it: it looks
        every half minute, and refuses another backfill until then."""
        found = self.ask(f"/api/v2/backfills?dag_id={dag}")["backfills"]
        return self.ended(dag, runs) and all(backfill["completed_at"] for backfill in found)

    def keys(self, dag: str) -> Counter[str]:
        """Partition key → runs of a DAG."""
        return Counter(str(run["partition_key"]) for run in self.runs(dag))

    def events(self) -> Counter[str]:
        """Partition key → events of the asset `articles`."""
        found = self.ask("/api/v2/assets/events?limit=1000&name_pattern=articles")["asset_events"]
        return Counter(str(event["partition_key"]) for event in found if event["name"] == "articles")


@contextmanager
def airflow(home: Path, lake: Path, **other: str) -> Iterator[Instance]:
    """Airflow's three services, until the block ends; none of their processes is left then."""
    port = free_port()
    home.mkdir(exist_ok=True)
    crons = {"DATELINE_INGEST_CRON": SELDOM, "DATELINE_SETTLE_CRON": SELDOM}
    variables = airflow_home.environment(home, port) | crons | {"DATELINE_LAKE": str(lake)} | other
    prepare = [sys.executable, "-c", "import airflow_home; airflow_home.prepare()"]
    found = {"PYTHONPATH": str(airflow_home.ROOT / "scripts")}
    with (home / "prepare.log").open("wb") as log:
        subprocess.run(
            prepare, env=os.environ | variables | found, stdout=log, stderr=log, check=True, timeout=WAIT
        )
    with airflow_home.running(variables, home) as services:
        instance = Instance(port, home, variables, [one.pid for one in services])
        instance.wait("the API", lambda: instance.is_ready({"news_archive", "example_daily_digest"}))
        assert instance.worth_telling() == []
        family = instance.family()
        yield instance
        family += instance.family()
    assert len(family) > len(services)
    # What has ended and was not yet buried (after a power cut, by a stranger) is no process any more.
    _, left = psutil.wait_procs(family, timeout=5)
    assert [one for one in left if one.is_running() and one.status() != psutil.STATUS_ZOMBIE] == []
