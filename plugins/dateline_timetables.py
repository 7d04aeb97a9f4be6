"""When a DAG may run that never schedules itself."""

from __future__ import annotations

from typing import Any

from airflow.plugins_manager import AirflowPlugin
from airflow.timetables.base import DagRunInfo, TimeRestriction
from airflow.timetables.trigger import CronPartitionTimetable


class BackfillByDay(CronPartitionTimetable):
    """One partition a day (UTC, key YYYY-MM-DD), by `airflow backfill create` or by hand and not otherwise.

    Ticks are midnights: a backfill's bounds are, and a later tick of the last day would be left out.
    """

    can_be_scheduled = False
    description = "By backfill or by hand only"

    def __init__(self) -> None:
        super().__init__("0 0 * * *", timezone="UTC", key_format="%Y-%m-%d")

    @property
    def summary(self) -> str:
        """What the pages show as its schedule."""
        return "by backfill, a day each"

    def next_dagrun_info_v2(
        self,
        *,
        last_dagrun_info: DagRunInfo | None,  # noqa: ARG002
        restriction: TimeRestriction,  # noqa: ARG002
    ) -> DagRunInfo | None:
        """Never: the scheduler asks this, backfills don't."""
        return None

    def serialize(self) -> dict[str, Any]:
        """Nothing: it has no settings."""
        return {}

    @classmethod
    def deserialize(cls, data: dict[str, Any]) -> BackfillByDay:  # noqa: ARG003
        """The same timetable again."""
        return cls()


class DatelineTimetables(AirflowPlugin):
    """Makes the timetable known to Airflow, which reads it back by name."""

    name = "dateline_timetables"
    timetables = [BackfillByDay]  # noqa: RUF012 - as Airflow declares it
