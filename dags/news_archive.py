"""### Take in an archive, whole or day by day

By hand: choose a folder or a file inside the folder of archives (`DATELINE_ARCHIVES`) and say how its files
are written. They go through the same steps as live news, in at most 16 shards, and each file becomes
documents or a reject with its reason. A second run takes in only what is new or has changed.

By day, where paths name days (the field *How paths name days*), a run for each day of a span: press Trigger
and choose Backfill, or say

    airflow backfill create --dag-id news_archive --from-date 2026-03-18 --to-date 2026-03-24

with `--dag-run-conf '{"path": "archive"}'` for values other than the form's, and
`--reprocess-behavior completed` for days that have run before.

An article is the same one whichever way it came in. This DAG never runs by itself; a backfill of a paused DAG
waits, and holds up the next.

Emits `documents` for each shard that brought any, and asks `news_settle` to publish them, once.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sdk import DAG, Context, Param, get_current_context, task, task_group
from airflow.sdk.exceptions import AirflowSkipException

from dateline_airflow import BEHIND, DEFAULTS, DOCUMENTS, LONG, MINUTES, key_of, name, span
from dateline_alerts import watched
from dateline_timetables import BackfillByDay

WHICH, HOW, THEN = "Which files", "How they are written", "Afterwards"


def _unless_needless(context: Context) -> None:
    if not context["params"]["settle"]:
        raise AirflowSkipException("settling was left for later")
    # What a run finds is decided when it begins: one that has not begun will see our documents.
    if context["ti"].get_dr_count(dag_id="news_settle", states=["queued"]):
        raise AirflowSkipException("a run of news_settle waits already, and will see what came")


with DAG(
    "news_archive",
    schedule=BackfillByDay(),
    catchup=False,
    max_active_runs=2,
    allowed_run_types=["backfill", "manual"],
    default_args=DEFAULTS | BEHIND,
    params={
        "path": Param("archive", type="string", minLength=1, maxLength=1000, title="Folder or file",
                      description="Inside the folder of archives.", section=WHICH),
        "days": Param("{date}", type="string", minLength=1, maxLength=300, title="How paths name days",
                      description="What a path inside the archive begins with: {date} (2026-03-20), {year}, "
                                  "{month}, {day}, * for anything. Other files come in whole runs only.",
                      examples=["{date}", "{year}/{month}/{day}/",
                                "{year}/{month}/CC-NEWS-{year}{month}{day}*"], section=WHICH),
        "archive": Param(None, type=["null", "string"], pattern=r"^[\w.-]{1,100}$", title="Its name",
                         description="Part of what identifies its articles; the folder's own if empty.",
                         section=WHICH),
        "kind": Param("text", enum=["text", "html", "jsonl", "warc", "auto"], title="Kind", section=HOW),
        "manifest": Param(None, type=["null", "string"], maxLength=1000, title="Manifest", section=HOW,
                          description="Inside the folder of archives: JSON lines on saved pages, "
                                      '{"url", "html_path", …}, paths from its own folder.'),
        "map": Param(None, type=["null", "string"], maxLength=1000, title="Fields of JSON lines", section=HOW,
                     description="Ours and theirs: text=body,title=headline"),
        "captured_at": Param(None, type=["null", "string"], maxLength=40, title="Captured at", section=HOW,
                             description="Day or instant (ISO 8601), where the files don't say so."),
        "settle": Param(True, type="boolean", title="Publish", section=THEN),
    },
    doc_md=__doc__,
    tags=["dateline", "intake"],
    **watched("news_archive", None),
):  # fmt: skip

    @task(execution_timeout=MINUTES)
    def resolve() -> list[dict[str, Any]]:
        """Check what was asked for, and deal the files of the run's day (or all) out over shards."""
        from dateline.tasks import archive

        context = get_current_context()
        asked = archive.resolve(dict(context["params"]), key_of(context))
        shards = archive.shards_of(asked)
        if not shards:
            raise AirflowSkipException(f"{asked['path']} has no files of {asked['day'] or 'any day'}")
        return shards

    @task(pool="archive", map_index_template="{{ batches }}", execution_timeout=LONG)
    def fetch(part: dict[str, Any]) -> None:
        """Read the files of a shard."""
        from dateline.tasks import archive

        name(batches=span(part["first"], part["last"]))
        archive.fetch_shard(part)

    @task(pool="archive", outlets=[DOCUMENTS], map_index_template="{{ batches }}", execution_timeout=LONG)
    def clean(part: dict[str, Any]) -> None:
        """Make documents of what was read."""
        from dateline.tasks import archive

        name(batches=span(part["first"], part["last"]))
        if not archive.clean_shard(part) and get_current_context()["ti"].try_number == 1:
            raise AirflowSkipException("no documents came")

    @task_group(group_id="shard", prefix_group_id=False)
    def shard(part: dict[str, Any]) -> None:
        fetch(part) >> clean(part)

    settle = TriggerDagRunOperator(
        task_id="settle",
        trigger_dag_id="news_settle",
        logical_date=None,
        trigger_rule="none_failed_min_one_success",
        pre_execute=_unless_needless,
        execution_timeout=timedelta(minutes=10),
        doc_md="Ask `news_settle` to publish what came, unless a run of it waits already.",
    )
    shard.expand(part=resolve()) >> settle
