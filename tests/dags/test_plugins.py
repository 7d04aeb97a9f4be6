"""What Airflow loads of ours: the timetable that never fires, and the alerts."""

from __future__ import annotations

import logging
from types import SimpleNamespace

import pytest
from airflow.timetables.base import TimeRestriction

import dateline_alerts
from dateline.errors import DatelineError
from dateline_timetables import BackfillByDay

pytestmark = [pytest.mark.airflow, pytest.mark.filterwarnings("default")]


def test_the_timetable_of_backfills_has_a_key_a_day_and_never_fires() -> None:
    from pendulum import datetime

    table = BackfillByDay.deserialize(BackfillByDay().serialize())
    infos = list(
        table.iter_partition_dagrun_infos(earliest=datetime(2026, 3, 18), latest=datetime(2026, 3, 24))
    )
    assert [info.partition_key for info in infos] == [f"2026-03-{day}" for day in range(18, 25)]
    anywhen = TimeRestriction(earliest=None, latest=None, catchup=True)
    assert table.next_dagrun_info_v2(last_dagrun_info=None, restriction=anywhen) is None
    assert table.next_dagrun_info_v2(last_dagrun_info=infos[0], restriction=anywhen) is None
    assert not table.can_be_scheduled


def context(dag: str) -> dict[str, object]:
    return {"dag": SimpleNamespace(dag_id=dag), "run_id": "manual__1", "reason": "task_failure"}


def test_a_failure_is_an_error_in_the_log_that_says_what_to_do(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATELINE_ALERT_URL", raising=False)
    dateline_alerts.failed(context("news_settle"))
    dateline_alerts.missed({"dag_run": {"dag_id": "news_ingest", "dag_run_id": "r"}}, 90.0)
    told = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert told == [
        "news_settle has failed in its run manual__1 (task_failure). " + dateline_alerts.TO_DO["news_settle"],
        "news_ingest is late: its run r was queued 90 minutes ago and has not ended. "
        + dateline_alerts.TO_DO["news_ingest"],
    ]


def test_an_alert_that_can_not_be_sent_breaks_nothing(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise DatelineError("the alert was not delivered: the answer was 500")

    monkeypatch.setattr("dateline.edges.alerts.post", fails)
    monkeypatch.setenv("DATELINE_ALERT_URL", "http://127.0.0.1:1/secret")
    dateline_alerts.failed(context("news_settle"))
    assert "the answer was 500" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize(
    ("variables", "minutes"),
    [
        ({}, 90),
        ({"DATELINE_DEADLINE_INGEST": "30"}, 30),
        ({"DATELINE_DEADLINE_INGEST": "0"}, None),
        ({"DATELINE_DEADLINES": "0"}, None),
    ],
)
def test_a_deadline_is_a_setting(
    variables: dict[str, str], minutes: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_DEADLINES", "1")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    deadline = dateline_alerts.watched("news_ingest", 90).get("deadline")
    assert (deadline and deadline.interval.total_seconds() / 60) == minutes


def test_every_dag_has_a_word_on_what_to_do(dags: dict[str, object]) -> None:
    assert set(dateline_alerts.TO_DO) == set(dags)
