"""### An example of a consumer: a page a day

Runs once for each published day that changed, and reads that day as any team downstream would: with DuckDB,
from the Parquet file, knowing nothing of how it was made. Writes `digests/DAY.md` beside the lake; the same
day again gives the same page. Copy it to begin a consumer of your own.

A consumer must have `PartitionedAssetTimetable`: a plain `schedule=[asset]` never fires on events with a key.
"""

from __future__ import annotations

import os
from datetime import timedelta

from airflow.sdk import DAG, PartitionedAssetTimetable, StartOfDayMapper, get_current_context, task

from dateline_airflow import ARTICLES, DEFAULTS, partition_day
from dateline_alerts import watched

PAGE = r"""
SELECT CASE WHEN published_precision IN ('instant', 'minute')
            THEN strftime(published AT TIME ZONE 'UTC', '%H:%M') ELSE '--:--' END AS at,
       coalesce(regexp_replace(title, '\s+', ' ', 'g'), 'untitled'), source, language, word_count
FROM read_parquet(?) WHERE duplicate_of IS NULL ORDER BY published, article_id
"""

with DAG(
    "example_daily_digest",
    schedule=PartitionedAssetTimetable(
        assets=ARTICLES, default_partition_mapper=StartOfDayMapper(input_format="%Y-%m-%d")
    ),
    catchup=False,
    max_active_runs=2,
    default_args=DEFAULTS,
    doc_md=__doc__,
    tags=["dateline", "example"],
    **watched("example_daily_digest", None),
):

    @task(execution_timeout=timedelta(minutes=10))
    def write_digest() -> str:
        """Write the page of this run's day; take it away if the day has gone."""
        from pathlib import Path

        import duckdb

        day = partition_day(get_current_context())
        lake = Path(os.environ.get("DATELINE_LAKE", "data/lake").removeprefix("file://")).absolute()
        articles, page = lake / f"articles/date={day}/part.parquet", lake.parent / f"digests/{day}.md"
        if not articles.exists():
            page.unlink(missing_ok=True)
            return f"{day} has no articles any more"
        with duckdb.connect() as connection:
            rows = connection.execute(PAGE, [str(articles)]).fetchall()
        lines = [f"- {at} {title} ({source}, {language}, {words} words)"
                 for at, title, source, language, words in rows]  # fmt: skip
        page.parent.mkdir(parents=True, exist_ok=True)
        staged = page.with_name(f".{page.name}.{get_current_context()['ti'].id}")
        staged.write_text("\n".join([f"# {day}: {len(rows)} articles", "", *lines, ""]), encoding="utf-8")
        staged.replace(page)
        return str(page)

    write_digest()
