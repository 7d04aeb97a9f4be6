"""### Make the published days right again

Looks for days whose documents moved, signs them, finds the days that this touches (up to 14 later ones), and
deduplicates, enriches and publishes those, in groups of neighbouring days; beside that it follows the links
to their roots, day by day. It trusts the lake and not events, so what an earlier run missed is found by the
next. One run at a time holds the lease of the lake. Where
nothing moved, the steps are skipped and the run is a success.

Emits `articles` once for each published day that nobody was told of as it is now, with the day as partition
key, also where another group of days failed. A kill between telling and remembering tells twice.

Triggered by hand (or by `news_reprocess`), it may also make days again that older versions made.
"""

from __future__ import annotations

import os
from typing import Any

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import (
    DAG,
    AssetOrTimeSchedule,
    CronTriggerTimetable,
    Param,
    get_current_context,
    task,
    task_group,
)
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from dateline_airflow import ARTICLES, DEFAULTS, DOCUMENTS, LEASE_RETRIES, LONG, MINUTES, owner, step
from dateline_alerts import watched

CRON = CronTriggerTimetable(os.environ.get("DATELINE_SETTLE_CRON", "15 0 * * *"), timezone="UTC")
FOLLOWS = os.environ.get("DATELINE_SETTLE_FOLLOWS") == "1"
DAY = {"type": ["null", "string"], "format": "date", "section": "Which days may be touched"}
WHY = "Days that older versions made"


def asked() -> dict[str, Any]:
    """What the form says; its defaults in a run by schedule."""
    return dict(get_current_context()["params"])


with DAG(
    "news_settle",
    schedule=AssetOrTimeSchedule(timetable=CRON, assets=[DOCUMENTS]) if FOLLOWS else CRON,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULTS,
    params={
        "stale": Param(False, type="boolean", title="Make them again", section=WHY,
                       description="Days that older code, models or rules made, also where nothing moved."),
        "note": Param(None, type=["null", "string"], maxLength=500, title="Why", section=WHY,
                      description="Stands in `changes`, for readers."),
        "from": Param(None, title="First day", description="Of publication; open if empty.", **DAY),
        "to": Param(None, title="Last day", description="What moved elsewhere waits.", **DAY),
    },
    doc_md=__doc__,
    tags=["dateline", "settle"],
    **watched("news_settle", 240),
):  # fmt: skip

    @task(retries=LEASE_RETRIES)
    def find_dirty() -> list[list[str]]:
        """Take the lease; give the days to sign in groups."""
        from dateline.tasks import settling

        return settling.find_dirty(owner(get_current_context()), asked())

    @task(trigger_rule="all_done")
    def affected() -> list[list[str]]:
        """Give the days to publish in groups; what a failed group did not sign stays as it was."""
        from dateline.tasks import settling

        context = get_current_context()
        if context["ti"].xcom_pull(task_ids="find_dirty") is None:
            raise AirflowFailException("find_dirty has failed, so this run does not hold the lease")
        return settling.find_affected(owner(context), asked())

    @task_group(group_id="days", prefix_group_id=False)
    def publish(days: list[str]) -> None:
        deduplicated = step("deduplicate", "Find what tells the same.", pool="settle")(days)
        enriched = step("enrich", "Find names and more.", pool="settle", execution_timeout=LONG)(days)
        deduplicated >> enriched >> step("publish", "Put the articles in place.", pool="settle")(days)

    @task(trigger_rule="all_done", pool="settle")
    def cluster() -> None:
        """Follow the links to their roots, day by day: a day is made from those before it."""
        from dateline.tasks import settling

        context = get_current_context()
        if context["ti"].xcom_pull(task_ids="find_dirty") is None:
            raise AirflowSkipException("this run does not hold the lease")
        settling.cluster(owner(context), asked())

    @task(trigger_rule="all_done", outlets=[ARTICLES], execution_timeout=MINUTES)
    def announce() -> dict[str, str]:
        """Tell which published days are other than when they were last told of."""
        from dateline.tasks import settling

        context = get_current_context()
        if context["ti"].xcom_pull(task_ids="find_dirty") is None:
            raise AirflowSkipException("this run does not hold the lease; the one that does will tell")
        news = settling.unannounced(owner(context))
        if not news:
            # To return without a key would tell plain consumers that everything changed.
            raise AirflowSkipException("everybody knows every published day as it is")
        context["outlet_events"][ARTICLES].add_partitions(sorted(news))
        return news

    @task(execution_timeout=MINUTES)
    def remember(told: dict[str, str]) -> None:
        """Remember what was told; before this, a kill makes the next run tell it again."""
        from dateline.tasks import settling

        settling.mark_announced(owner(get_current_context()), told)

    @task(execution_timeout=MINUTES)
    def free_lease() -> None:
        """Give the lease back, whatever became of the run."""
        from dateline.tasks import settling

        settling.free(owner(get_current_context()))

    dirty = find_dirty()
    signed = step("sign", "Sum up each text, for comparison.", pool="settle").expand(days=dirty)
    wanted = affected()
    published = publish.expand(days=wanted)
    # The only leaf: it fails where a group failed, though the rest was published and announced.
    settled = EmptyOperator(
        task_id="settled",
        trigger_rule="none_failed",
        execution_timeout=MINUTES,
        doc_md="Whether all of it went well.",
    )
    signed >> wanted
    clustered, news = cluster(), announce()
    published.children["deduplicate"] >> clustered
    [published, clustered] >> news
    remember(news) >> settled >> free_lease().as_teardown(setups=dirty)
    [signed, clustered, published] >> settled
