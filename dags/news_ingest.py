"""### Take in what the enabled sources have published

Polls feeds and the pages that they name, one mapped task for each shard of hosts, and makes documents of what
came. Nothing is published here: `news_settle` does that. A retried fetch repeats the segment that `resolve`
fixed; what has a receipt is not fetched again.

Emits `documents` for each shard that brought any.
"""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

from airflow.sdk import DAG, get_current_context, task, task_group
from airflow.sdk.exceptions import AirflowSkipException

from dateline_airflow import AHEAD, DEFAULTS, DOCUMENTS, MINUTES, label, name
from dateline_alerts import watched

with DAG(
    "news_ingest",
    schedule=os.environ.get("DATELINE_INGEST_CRON", "0 * * * *"),
    catchup=False,
    max_active_runs=1,
    # What a feed held last week can't be fetched again, so there is no backfill; that is news_archive's.
    allowed_run_types=["scheduled", "manual"],
    default_args=DEFAULTS | AHEAD,
    doc_md=__doc__,
    tags=["dateline", "intake"],
    **watched("news_ingest", 90),
):

    @task(execution_timeout=MINUTES)
    def resolve() -> list[dict[str, Any]]:
        """Fix the instant of this run and deal the sources out over shards."""
        from dateline.tasks import live

        return live.resolve()

    @task(pool="fetch", map_index_template="{{ sources }}", execution_timeout=timedelta(minutes=30))
    def fetch(segment: dict[str, Any]) -> str:
        """Poll the sources of a shard."""
        from dateline.tasks import live

        name(sources=label(segment["slugs"]))
        return live.fetch(segment)

    @task(outlets=[DOCUMENTS], map_index_template="{{ sources }}")
    def clean(segment: dict[str, Any], batch: str) -> None:
        """Make documents of what was fetched."""
        from dateline.tasks import live

        name(sources=label(segment["slugs"]))
        # A first try that died after its work was done has told nobody: the second one tells.
        if not live.clean(batch) and get_current_context()["ti"].try_number == 1:
            raise AirflowSkipException("no documents came")

    @task_group(group_id="shard", prefix_group_id=False)
    def shard(segment: dict[str, Any]) -> None:
        clean(segment, fetch(segment))

    shard.expand(segment=resolve())
