"""Who is told when a run fails or is late: the log, as an error, and DATELINE_ALERT_URL if it is set.

Every Airflow process loads this file, so it imports nothing heavy.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from airflow.sdk import DeadlineAlert, DeadlineReference, SyncCallback

log = logging.getLogger("dateline.alerts")

TO_DO = {
    "news_ingest": "The next run polls again; if that fails too, see the log of its task `fetch`.",
    "news_archive": "Nothing that was taken in is lost: mend what the log names, then clear the failed task.",
    "news_settle": "Published days stay right: mend what the log names; the next run finds what is left.",
    "news_reprocess": "What was made again stays: mend what the log names and trigger it again; it goes on.",
    "example_daily_digest": "The page of that day is as it was: clear the failed task.",
}
"""What a person does about a run that failed or is late; docs/runbook.md says more."""


def watched(dag: str, minutes: int | None) -> dict[str, Any]:
    """Arguments of a DAG that tells when a run of it fails and, if `minutes` are given, when one is late.

    Args:
        dag: its id; DATELINE_DEADLINE_<the last word of it, in capitals> overrides `minutes`, 0 leaves the
            deadline out.
        minutes: after a run was queued, in which it should have ended.
    """
    found: dict[str, Any] = {"on_failure_callback": failed}
    name = f"DATELINE_DEADLINE_{dag.rpartition('_')[2].upper()}"
    within = float(os.environ.get(name, minutes or 0))
    # `airflow dags test` of a DAG with a deadline ends with a traceback (apache/airflow#73428): it can be
    # switched off for that.
    if within > 0 and os.environ.get("DATELINE_DEADLINES") != "0":
        # Not AsyncCallback: that one fires only where a triggerer runs, and nothing else here needs one.
        found["deadline"] = DeadlineAlert(
            reference=DeadlineReference.DAGRUN_QUEUED_AT,
            interval=timedelta(minutes=within),
            callback=SyncCallback("dateline_alerts.missed", kwargs={"minutes": within}),
        )
    return found


def failed(context: Mapping[str, Any]) -> None:
    """Tell that a run has failed."""
    run = context.get("dag_run")
    dag, name = context["dag"].dag_id, run.run_id if run is not None else context["run_id"]
    tell(dag, f"{dag} has failed in its run {name} ({context.get('reason') or 'no reason given'}).")


def missed(context: Mapping[str, Any], minutes: float) -> None:
    """Tell that a run is late; called by Airflow's scheduler through an executor."""
    run = context["dag_run"]
    dag, name = run["dag_id"], run["dag_run_id"]
    tell(dag, f"{dag} is late: its run {name} was queued {minutes:g} minutes ago and has not ended.")


def tell(dag: str, what: str) -> None:
    """Log an error, and send it on where a team wants that; that sending failed is logged, and no more."""
    text = f"{what} {TO_DO.get(dag, 'See its log.')}"
    log.error(text)
    url = os.environ.get("DATELINE_ALERT_URL")
    if not url:
        return
    from dateline.edges import alerts
    from dateline.errors import DatelineError

    try:
        alerts.post(url, f"dateline: {text}")
    except DatelineError as error:
        log.warning(str(error))
