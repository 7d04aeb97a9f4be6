"""`make ui`, for real: it says when it is ready, its news can be polled and published, it leaves nothing."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import airflow_home
import psutil
import pytest
from airflow_api import Api

pytestmark = [pytest.mark.airflow, pytest.mark.slow]

WAIT = 240.0
"""Seconds for each stage on a machine that is busy; a free one needs a tenth."""

SELDOM = "0 0 29 2 *"
COMMAND = [sys.executable, str(airflow_home.ROOT / "scripts" / "ui.py")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait(what: str, done: Callable[[], Any], told: Path | None = None) -> Any:
    """Ask until it is so."""
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        if found := done():
            return found
        time.sleep(0.3)
    return pytest.fail(f"{what} did not come within {WAIT:.0f} s\n{told.read_text() if told else ''}")


class Ui:
    """The command, with a home, a lake and a port of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.told, self.lake, self.port = folder / "told", folder / "data" / "lake", port
        self.api = Api(port)
        variables = {
            "DATELINE_UI_HOME": str(folder / "home"),
            "DATELINE_UI_PORT": str(port),
            "DATELINE_LAKE": str(self.lake),
            "DATELINE_MODEL": "none",
            "DATELINE_INGEST_CRON": SELDOM,
            "DATELINE_SETTLE_CRON": SELDOM,
        }
        self.environment = {key: value for key, value in os.environ.items() if key != "DATELINE_SOURCES"}
        self.environment |= variables

    def says(self, **other: str) -> tuple[int, str]:
        """Exit code and words of one that can't run."""
        done = subprocess.run(
            COMMAND, env=self.environment | other, capture_output=True, text=True, timeout=WAIT, check=False
        )
        return done.returncode, done.stdout

    @contextmanager
    def running(self) -> Iterator[subprocess.Popen[bytes]]:
        """From "ready" on; the block ends it."""
        with self.told.open("wb") as told:
            command = subprocess.Popen(COMMAND, env=self.environment, stdout=told, stderr=told)
        try:
            wait(
                "ready",
                lambda: command.poll() is not None or "Ctrl-C ends" in self.told.read_text(),
                self.told,
            )
            assert command.poll() is None, self.told.read_text()
            yield command
        finally:
            if command.poll() is None:
                command.terminate()
            command.wait(60)

    def states(self, dag: str) -> list[str]:
        return [run["state"] for run in self.api.runs(dag)]


def words(process: psutil.Process) -> list[str]:
    """Its command line; none of a task's process that has just ended."""
    try:
        return [word.rpartition("/")[2] for word in process.cmdline()]
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return []


def family_of(command: subprocess.Popen[bytes]) -> list[psutil.Process]:
    mine = psutil.Process(command.pid).children(recursive=True)
    assert {"keeper.py", "scheduler", "dag-processor"} <= {word for one in mine for word in words(one)}
    return mine


def nothing_is_left(family: list[psutil.Process], port: int) -> bool:
    """Once they have had the time that they are given."""
    _, alive = psutil.wait_procs(family, timeout=30)
    assert alive == []
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
    return True


@pytest.fixture(scope="module")
def ui(tmp_path_factory: pytest.TempPathFactory) -> Ui:
    return Ui(tmp_path_factory.mktemp("ui"), free_port())


def test_news_can_be_polled_and_published(ui: Ui, tmp_path: Path) -> None:
    with ui.running() as command:
        dags = {dag["dag_id"]: dag["is_paused"] for dag in ui.api.dags()}
        assert {"news_ingest", "news_settle", "news_archive", "example_daily_digest"} <= set(dags)
        assert not any(dags.values())
        assert b'id="root"' in ui.api.get("/dags")

        code, told = ui.says(DATELINE_UI_PORT=str(free_port()))
        assert (code, "runs in" in told, told.count("\n")) == (1, True, 1)
        code, told = ui.says(DATELINE_UI_HOME=str(tmp_path / "other"))
        assert (code, f"port {ui.port}" in told, told.count("\n")) == (1, True, 1)

        ui.api.trigger("news_ingest")
        wait("the poll", lambda: set(ui.states("news_ingest")) & {"success", "failed"})
        assert ui.states("news_ingest") == ["success"]
        ended = {"success", "failed"}
        wait("news_settle", lambda: (runs := ui.states("news_settle")) and set(runs) <= ended)
        days = sorted(path.parent.name for path in ui.lake.glob("articles/*/part.parquet"))
        assert days == [f"date=2026-03-{day}" for day in (22, 23, 24, 25)]
        wait("the digests", lambda: ui.states("example_daily_digest").count("success") == 4)
        wait("the clock", lambda: "it is now 25 March 2026, 12:00 UTC" in ui.told.read_text(), ui.told)

        family = family_of(command)
        command.send_signal(signal.SIGTERM)
        assert command.wait(60) == 0
        assert nothing_is_left(family, ui.port)
    assert ui.told.read_text().endswith("ended; nothing of it runs any more\n")


def test_killed_in_the_middle_of_a_task_it_leaves_nothing(ui: Ui) -> None:
    with ui.running() as command:
        before = len(ui.states("news_ingest"))
        ui.api.trigger("news_ingest")
        wait(
            "a task",
            lambda: [run for run in ui.api.runs("news_ingest")[before:] if run["state"] == "running"],
        )
        scheduler = next(one for one in family_of(command) if "scheduler" in words(one))
        # Idle workers have no child; one that works has the supervised task.
        wait("its process", lambda: any(worker.children() for worker in scheduler.children()))
        family = family_of(command)
        command.kill()
        command.wait(60)
        assert nothing_is_left(family, ui.port)
