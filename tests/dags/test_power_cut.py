"""Airflow is killed in the middle of settling, scheduler, workers and all, and started again."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from instance import WAIT, airflow
from small_lake import take_in

from dateline.health import inspect
from dateline.settings import Settings

pytestmark = [pytest.mark.airflow, pytest.mark.slow]

DAYS = [f"2024-03-{number:02d}" for number in range(1, 7)]
SOON = {
    "DATELINE_MODEL": "none",
    # After how long a task that nobody hears of is taken for dead, and how often that is looked at.
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "20",
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "5",
    # Its tasks belong to the scheduler that died; the new one takes them over when it next looks for such.
    "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "10",
}


def test_every_changed_day_reaches_the_consumer_at_least_once(tmp_path: Path) -> None:
    lake, settings = tmp_path / "lake", Settings(lake=str(tmp_path / "lake"), model="none")
    take_in(settings, tmp_path / "in", [(day, f"Ferry landing, {day}") for day in DAYS])
    with airflow(tmp_path / "airflow", lake, **SOON) as instance:
        run = instance.trigger("news_settle")
        until = time.monotonic() + WAIT
        while not list(lake.glob("annotations/*/part.parquet")) and time.monotonic() < until:
            time.sleep(0.02)
        instance.kill()
    assert len(list(lake.glob("articles/*/part.parquet"))) < len(DAYS), (
        "it was killed too late to show anything"
    )

    with airflow(tmp_path / "airflow", lake, **SOON) as instance:
        instance.wait("settling", lambda: instance.ended("news_settle", 1))
        states = {one["dag_run_id"]: one["state"] for one in instance.runs("news_settle")}
        if states[run] != "success":
            instance.trigger("news_settle")
            instance.wait("settling again", lambda: instance.ended("news_settle", 2))
        instance.wait("the digests", lambda: set(instance.keys("example_daily_digest")) == set(DAYS))
        instance.wait("their end", lambda: instance.ended("example_daily_digest", len(DAYS)))
        assert instance.states("example_daily_digest").keys() == {"success"}
    assert sorted(path.name for path in (tmp_path / "digests").iterdir()) == [f"{day}.md" for day in DAYS]
    assert list(inspect(settings)) == []
