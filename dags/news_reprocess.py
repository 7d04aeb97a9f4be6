"""### Make documents again from what was captured

By hand, after code, a model, a rule or a setting has changed. Never asks the network: captures are kept.
Finds the batches whose documents older versions made and that touch publication days of the span, makes their
documents again, and asks `news_settle` to publish the span anew, with your reason in `changes`.

A dry run (the default) tells in the log of `plan` how much that is, and changes nothing. A run that was
stopped goes on when it is triggered again.
"""

from __future__ import annotations

from typing import Any

from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sdk import DAG, Param, get_current_context, task
from airflow.sdk.exceptions import AirflowSkipException

from dateline_airflow import BEHIND, DEFAULTS, DOCUMENTS, LONG, MINUTES
from dateline_alerts import watched

DAY = {"type": ["null", "string"], "format": "date", "section": "Which days"}

with DAG(
    "news_reprocess",
    schedule=None,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS | BEHIND,
    params={
        "from": Param(None, title="First day", description="Of publication; open if empty.", **DAY),
        "to": Param(None, title="Last day", description="Both open: also what has no known day.", **DAY),
        "reason": Param(type="string", minLength=1, maxLength=500, pattern=r"\S", title="Reason",
                        description="Stands in `changes`, for readers."),
        "dry_run": Param(True, type="boolean", title="Dry run", description="Tell how much it is, no more."),
    },
    doc_md=__doc__,
    tags=["dateline", "intake", "settle"],
    **watched("news_reprocess", 1440),
):  # fmt: skip

    @task(execution_timeout=MINUTES * 3)
    def plan() -> list[dict[str, Any]]:
        """Find what older versions made; deal it out over shards, unless this is a dry run."""
        from dateline.tasks import reprocessing

        return reprocessing.plan(dict(get_current_context()["params"]))

    @task(
        pool="archive",
        outlets=[DOCUMENTS],
        execution_timeout=LONG,
        doc_md="Make the documents of a shard's captures again.",
    )
    def clean(part: dict[str, Any]) -> None:
        from dateline.tasks import reprocessing

        if not reprocessing.clean_shard(part) and get_current_context()["ti"].try_number == 1:
            raise AirflowSkipException("another run has made them")

    @task(trigger_rule="none_failed", execution_timeout=MINUTES)
    def ask() -> dict[str, Any]:
        """What `news_settle` is asked for, unless this is a dry run or there is nothing to settle."""
        from dateline.tasks import reprocessing

        conf = reprocessing.to_settle(dict(get_current_context()["params"]))
        if conf is None:
            raise AirflowSkipException("a dry run, or every day of the span is as it should be")
        return conf

    asked = ask()
    clean.expand(part=plan()) >> asked
    TriggerDagRunOperator(
        task_id="settle",
        trigger_dag_id="news_settle",
        logical_date=None,
        conf=asked,
        execution_timeout=MINUTES,
        doc_md="Ask `news_settle` to make the span's days again.",
    )
