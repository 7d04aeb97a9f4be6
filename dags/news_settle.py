"""### Make the published days right again

Looks for days whose documents moved, signs them, finds the days that this touches (up to 14 later ones), and
deduplicates, enriches and publishes those, in groups of neighbouring days. It trusts the lake and not events,
so what an earlier run missed is found by the next. One run at a time holds the lease of the lake. Where
nothing moved, the steps are skipped and the run is a success.

Emits `articles` once for each published day that is other than before, with the day as partition key, also
where another group of days failed.
"""

from __future__ import annotations

import os
from datetime import timedelta

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, AssetOrTimeSchedule, CronTriggerTimetable, get_current_context, task, task_group
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from dateline_airflow import ARTICLES, DEFAULTS, DOCUMENTS, LEASE_RETRIES, owner, step

CRON = CronTriggerTimetable(os.environ.get("DATELINE_SETTLE_CRON", "15 0 * * *"), timezone="UTC")
FOLLOWS = os.environ.get("DATELINE_SETTLE_FOLLOWS") == "1"

with DAG(
    "news_settle",
    schedule=AssetOrTimeSchedule(timetable=CRON, assets=[DOCUMENTS]) if FOLLOWS else CRON,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    doc_md=__doc__,
    tags=["dateline", "settle"],
):

    @task(retries=LEASE_RETRIES)
    def find_dirty() -> list[list[str]]:
        """Take the lease; give the days to sign in groups."""
        from dateline import tasks

        context = get_current_context()
        groups, before = tasks.find_dirty(owner(context))
        context["ti"].xcom_push("before", before)
        return groups

    @task(trigger_rule="all_done")
    def affected() -> list[list[str]]:
        """Give the days to publish in groups; what a failed group did not sign stays as it was."""
        from dateline import tasks

        context = get_current_context()
        if context["ti"].xcom_pull(task_ids="find_dirty") is None:
            raise AirflowFailException("find_dirty has failed, so this run does not hold the lease")
        groups, before = tasks.find_affected(owner(context))
        context["ti"].xcom_push("before", before)
        return groups

    @task_group(group_id="days", prefix_group_id=False)
    def publish(days: list[str]) -> None:
        deduplicated = step("deduplicate")(days)
        enriched = step("enrich", pool="nlp", execution_timeout=timedelta(hours=12))(days)
        deduplicated >> enriched >> step("publish")(days)

    @task(trigger_rule="all_done", outlets=[ARTICLES])
    def announce() -> None:
        """Tell which published days are other than before this run."""
        from dateline import tasks

        context = get_current_context()
        found = context["ti"].xcom_pull(task_ids=["affected", "find_dirty"], key="before")
        names = tasks.changed({day: digest for before in found if before for day, digest in before.items()})
        if not names:
            # To return without a key would tell plain consumers that everything changed.
            raise AirflowSkipException("every published day is as it was")
        context["outlet_events"][ARTICLES].add_partitions(names)

    @task
    def free_lease() -> None:
        """Give the lease back, whatever became of the run."""
        from dateline import tasks

        tasks.free(owner(get_current_context()))

    dirty = find_dirty()
    signed = step("sign").expand(days=dirty)
    wanted = affected()
    published = publish.expand(days=wanted)
    # The only leaf: it fails where a group failed, though the rest was published and announced.
    settled = EmptyOperator(task_id="settled", trigger_rule="none_failed")
    signed >> wanted
    published >> announce() >> settled >> free_lease().as_teardown(setups=dirty)
    [signed, published] >> settled
