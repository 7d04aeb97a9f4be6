"""### Take in an archive

By hand only: choose a folder or a file inside the folder of archives (`DATELINE_ARCHIVES`) and say how its
files are written. They go through the same steps as live news, in at most 16 shards, and each file becomes
documents or a reject with its reason. A second run takes in only what is new or has changed.

Emits `documents` for each shard that brought any, and asks `news_settle` to publish them, once.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sdk import DAG, Context, Param, get_current_context, task, task_group
from airflow.sdk.exceptions import AirflowSkipException

from dateline_airflow import DEFAULTS, DOCUMENTS


def _unless_declined(context: Context) -> None:
    if not context["params"]["settle"]:
        raise AirflowSkipException("settling was left for later")


with DAG(
    "news_archive",
    schedule=None,
    catchup=False,
    max_active_runs=2,
    default_args=DEFAULTS,
    params={
        "path": Param("archive", type="string", minLength=1, maxLength=1000, title="Folder or file",
                      description="Inside the folder of archives."),
        "kind": Param("text", enum=["text", "html", "jsonl", "warc"], title="How its files are written"),
        "archive": Param(None, type=["null", "string"], pattern=r"^[\w.-]{1,100}$", title="Its name",
                         description="Part of what identifies its articles; the folder's own if empty."),
        "captured_at": Param(None, type=["null", "string"], maxLength=40, title="Captured at",
                             description="Day or instant (ISO 8601), where the files don't say so."),
        "settle": Param(True, type="boolean", title="Publish afterwards"),
    },
    doc_md=__doc__,
    tags=["dateline", "intake"],
):  # fmt: skip

    @task
    def resolve() -> dict[str, Any]:
        """Check what was asked for."""
        from dateline import tasks

        asked = get_current_context()["params"]
        return tasks.check_archive(asked["path"], asked["kind"], asked["archive"], asked["captured_at"])

    @task
    def index(archive: dict[str, Any]) -> list[dict[str, Any]]:
        """Deal the files out over shards."""
        from dateline import tasks

        return tasks.shards_of(archive)

    @task(pool="fetch", execution_timeout=timedelta(hours=12))
    def fetch(part: dict[str, Any]) -> None:
        """Read the files of a shard."""
        from dateline import tasks

        tasks.fetch_shard(part)

    @task(outlets=[DOCUMENTS], execution_timeout=timedelta(hours=12))
    def clean(part: dict[str, Any]) -> None:
        """Make documents of what was read."""
        from dateline import tasks

        if not tasks.clean_shard(part) and get_current_context()["ti"].try_number == 1:
            raise AirflowSkipException("no documents came")

    @task_group(group_id="shard", prefix_group_id=False)
    def shard(part: dict[str, Any]) -> None:
        fetch(part) >> clean(part)

    settle = TriggerDagRunOperator(
        task_id="settle",
        trigger_dag_id="news_settle",
        trigger_rule="none_failed_min_one_success",
        pre_execute=_unless_declined,
    )
    shard.expand(part=index(resolve())) >> settle
