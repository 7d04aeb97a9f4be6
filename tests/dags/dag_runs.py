"""Runs of DAGs in this process, and what came of them."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest


def run_of(dag: Any, key: str | None, conf: dict[str, Any] | None = None) -> Any:
    """Run a DAG once, with a partition key as a backfill gives it; `dag.test` itself takes none."""
    from airflow.models import dagrun

    create = dagrun.get_or_create_dagrun

    def keyed(**given: Any) -> Any:
        run = create(**given)
        run.partition_key = key
        given["session"].commit()
        return run

    forms = [dag.params, *(task.params for task in dag.tasks)]
    with pytest.MonkeyPatch.context() as patch:
        for form in forms:
            # What a run in this process is given, its tasks write into the form itself, for good.
            for name in form:
                patch.setattr(form.get_param(name), "value", form.get_param(name).value)
        patch.setattr(dagrun, "get_or_create_dagrun", keyed)
        return dag.test(run_conf=conf)


def runs_of(dag: str, *states: str) -> list[Any]:
    """The runs of a DAG that are in one of some states."""
    from airflow.models.dagrun import DagRun
    from airflow.utils.session import create_session

    with create_session() as session:
        return [run for run in session.query(DagRun).filter_by(dag_id=dag) if run.state in states]


def forget_runs(dag: str) -> None:
    """Remove the runs of a DAG that nobody will start."""
    from airflow.models.dagrun import DagRun
    from airflow.utils.session import create_session

    with create_session() as session:
        session.query(DagRun).filter_by(dag_id=dag).delete()


def states(done: Any) -> dict[str, Counter[str]]:
    """Task → how many of its indexes ended in which state."""
    found: dict[str, Counter[str]] = {}
    for ti in done.get_task_instances():
        found.setdefault(ti.task_id, Counter())[str(ti.state)] += 1
    return found


def keys_of(done: Any) -> list[str | None]:
    """Partition keys of the events that a run emitted."""
    from airflow.models.asset import AssetEvent
    from airflow.utils.session import create_session

    with create_session() as session:
        events = session.query(AssetEvent).filter_by(source_run_id=done.run_id, source_dag_id=done.dag_id)
        return sorted((event.partition_key for event in events), key=str)
