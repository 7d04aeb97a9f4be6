"""What every DAG file keeps to, seen from a fresh process: it only wires."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import airflow_home
import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "spacy",
    "pyarrow",
    "trafilatura",
    "feedparser",
    "pandas",
    "duckdb",
    "dateline.run",
    "dateline.steps",
)
PARSE = """
import json, sys
from airflow.dag_processing.dagbag import DagBag
bag = DagBag(dag_folder=sys.argv[1])
tasks = [
    {"dag": dag.dag_id, "task": task.task_id, "timeout": bool(task.execution_timeout),
     "retries": task.retries, "pool": task.pool, "past": task.depends_on_past, "doc": bool(task.doc_md),
     "weight": task.priority_weight, "rule": str(task.weight_rule), "policy": bool(task.retry_policy)}
    for dag in bag.dags.values() for task in dag.tasks
]
dags = {
    dag.dag_id: {"catchup": dag.catchup, "active": dag.max_active_runs, "doc": bool(dag.doc_md),
                 "tags": sorted(dag.tags), "only": sorted(dag.allowed_run_types or []),
                 "alert": bool(dag.on_failure_callback), "deadline": bool(dag.deadline),
                 "form": {name: bool(param.schema.get("title")) and bool(param.description or
                          param.schema.get("type") == "boolean" or param.schema.get("enum"))
                          for name, param in dag.params.items()}}
    for dag in bag.dags.values()
}
found = {"errors": bag.import_errors, "dags": dags, "tasks": tasks, "modules": list(sys.modules)}
print("\\n" + json.dumps(found))
"""


@pytest.fixture(scope="module")
def parsed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    made = subprocess.run(
        [sys.executable, "-c", PARSE, str(ROOT / "dags")],
        env=os.environ | {"AIRFLOW_HOME": str(tmp_path_factory.mktemp("home")), "DATELINE_DEADLINES": "1"},
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return json.loads(made.stdout.splitlines()[-1])


def test_all_dags_are_read_without_error(parsed: dict[str, Any]) -> None:
    assert parsed["errors"] == {}
    assert set(parsed["dags"]) == {
        "news_ingest", "news_archive", "news_settle", "news_reprocess", "example_daily_digest",
    }  # fmt: skip


def test_no_dag_is_empty(parsed: dict[str, Any]) -> None:
    """A task that is declared and not called leaves a DAG that always succeeds."""
    assert {task["dag"] for task in parsed["tasks"]} == set(parsed["dags"])


def test_parsing_loads_nothing_heavy(parsed: dict[str, Any]) -> None:
    assert [name for name in HEAVY if name in parsed["modules"]] == []


def test_every_dag_says_what_it_is_and_never_catches_up(parsed: dict[str, Any]) -> None:
    for name, dag in parsed["dags"].items():
        assert dag["doc"], f"{name}: write a docstring at the top of its file"
        assert "dateline" in dag["tags"], f"{name}: tag it"
        assert dag["catchup"] is False, f"{name}: a day is made right by settling, not by catching up"


def test_what_must_not_run_twice_at_once(parsed: dict[str, Any]) -> None:
    assert parsed["dags"]["news_ingest"]["active"] == parsed["dags"]["news_settle"]["active"] == 1
    assert parsed["dags"]["news_ingest"]["only"] == ["manual", "scheduled"]


def test_every_task_ends_and_is_tried_again(parsed: dict[str, Any]) -> None:
    for task in parsed["tasks"]:
        assert task["timeout"], f"{task['dag']}.{task['task']} has no execution_timeout"
        assert task["retries"] >= 2, f"{task['dag']}.{task['task']} has too few retries"
        assert task["policy"], f"{task['dag']}.{task['task']} has no policy of retries"
        assert not task["past"], f"{task['dag']}.{task['task']} depends on the past: cleared runs get stuck"


def test_every_task_and_every_field_of_a_form_says_what_it_is(parsed: dict[str, Any]) -> None:
    assert [f"{task['dag']}.{task['task']}" for task in parsed["tasks"] if not task["doc"]] == []
    fields = {
        f"{name}.{field}": told for name, dag in parsed["dags"].items() for field, told in dag["form"].items()
    }
    assert [field for field, is_told in fields.items() if not is_told] == []
    assert len(fields) >= 16


def test_somebody_is_told_of_what_fails_or_is_late(parsed: dict[str, Any]) -> None:
    dags = parsed["dags"]
    assert all(dag["alert"] for dag in dags.values())
    # A backfill's runs are all queued at once, and wait for each other by design: no deadline for them.
    assert {name for name, dag in dags.items() if dag["deadline"]} == {
        "news_ingest", "news_settle", "news_reprocess",
    }  # fmt: skip


def test_archives_never_hold_up_live_news(parsed: dict[str, Any]) -> None:
    weights = {task["dag"]: task["weight"] for task in parsed["tasks"]}
    assert (
        weights["news_ingest"] > weights["news_settle"] > weights["news_archive"] == weights["news_reprocess"]
    )
    pools = {
        name: pool["slots"] for name, pool in json.loads((ROOT / "dags" / "pools.json").read_text()).items()
    }
    workers = int(airflow_home.environment(Path("/tmp"))["AIRFLOW__CORE__PARALLELISM"])
    assert pools["archive"] + pools["settle"] < workers, "what takes long leaves a worker to live news"
    live = {task["pool"] for task in parsed["tasks"] if task["dag"] == "news_ingest"}
    assert live & {"archive", "settle"} == set()


def test_every_pool_is_one_that_is_made(parsed: dict[str, Any]) -> None:
    """A task whose pool does not exist waits for ever."""
    made = {"default_pool", *json.loads((ROOT / "dags" / "pools.json").read_text())}
    used = {(task["dag"], task["task"]): task["pool"] for task in parsed["tasks"]}
    assert set(used.values()) <= made
    assert used["news_ingest", "fetch"] == "fetch"
    assert {
        used["news_archive", "fetch"],
        used["news_archive", "clean"],
        used["news_reprocess", "clean"],
    } == {"archive"}
    assert {
        used["news_settle", verb] for verb in ("sign", "deduplicate", "cluster", "enrich", "publish")
    } == {"settle"}


def test_the_steps_stand_in_the_graph_by_name(parsed: dict[str, Any]) -> None:
    from dateline.pipeline import INTAKE, SETTLE

    named = {(task["dag"], task["task"]) for task in parsed["tasks"]}
    assert {("news_ingest", step.verb) for step in INTAKE} <= named
    assert {("news_archive", step.verb) for step in INTAKE} <= named
    assert {("news_settle", step.verb) for step in SETTLE} <= named
