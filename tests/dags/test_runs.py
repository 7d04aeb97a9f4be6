"""Whole DAG runs in one process: the newsroom, settling, failures, consumers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import airflow_home
import pytest
from airflow.sdk.exceptions import AirflowTaskTimeout
from dag_runs import keys_of, run_of, states
from serve import Newsroom
from small_lake import digests, take_in

from dateline import live_runs
from dateline import run as operations
from dateline.days import Days
from dateline.edges.archive import plan
from dateline.errors import UsageError
from dateline.settings import from_environment

# Airflow's own warnings are not ours to mend.
pytestmark = [pytest.mark.airflow, pytest.mark.filterwarnings("default")]

POLLS = ("2026-03-25T06:00:00Z", "2026-03-25T18:00:00Z")
SEEDS = airflow_home.ROOT / "seeds"


@pytest.fixture(autouse=True)
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATELINE_LAKE", str(tmp_path / "lake"))
    monkeypatch.setenv("DATELINE_SOURCES", str(SEEDS / "newsroom" / "sources"))
    monkeypatch.setenv("DATELINE_HOST_GAP", "0.02")
    return tmp_path / "lake"


def polls(monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    """The newsroom at both instants, and the settings pointed at it."""
    for now in POLLS:
        with Newsroom(now) as room:
            monkeypatch.setenv("DATELINE_NOW", now)
            monkeypatch.setenv("DATELINE_CONNECT_TO", room.connect_to)
            yield room


def test_airflow_and_the_command_line_make_the_same_lake(
    dags: dict[str, Any], lake: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for _ in polls(monkeypatch):
        done = dags["news_ingest"].test()
        assert done.state == "success"
        assert None in keys_of(done), "documents came, and nobody was told"
    done = run_of(dags["news_archive"], None, {"path": "archive", "settle": False})
    assert (done.state, states(done)["settle"]["skipped"]) == ("success", 1)
    done = dags["news_settle"].test()
    assert done.state == "success"
    by_airflow = digests(from_environment())
    published = [day for dataset, day in by_airflow if dataset == "articles"]
    assert keys_of(done) == sorted(day for day in published if not day.startswith("__"))

    monkeypatch.setenv("DATELINE_LAKE", str(tmp_path / "other"))
    settings = from_environment()
    for _ in polls(monkeypatch):
        settings = from_environment()
        for batch in live_runs.resolve_live(settings):
            live_runs.fetch_live(settings, batch)
            live_runs.clean_live(settings, batch.id)
        list(operations.settle_all(settings))
    for batch in plan(SEEDS / "archive", "text", None):
        operations.import_batch(settings, batch, None, {})
    list(operations.settle_all(settings))
    assert len(published) >= 6
    assert digests(settings) == by_airflow


def test_polling_again_takes_nothing_in(dags: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    for room in polls(monkeypatch):
        dags["news_ingest"].test()
        before = len(room.requests)
        done = dags["news_ingest"].test()
        assert len(room.requests) == before
        assert set(states(done)["clean"]) == {"skipped"}
        assert (done.state, keys_of(done)) == ("success", [])


def test_no_source_that_is_on_fails_at_once(
    dags: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "none").mkdir()
    monkeypatch.setenv("DATELINE_SOURCES", str(tmp_path / "none"))
    done = dags["news_ingest"].test()
    assert done.state == "failed"
    assert [ti.try_number for ti in done.get_task_instances() if ti.task_id == "resolve"] == [1]


def test_nothing_dirty_is_a_success_that_tells_nobody(dags: dict[str, Any], lake: Path) -> None:
    done = dags["news_settle"].test()
    seen = states(done)
    for task in ("sign", "deduplicate", "enrich", "publish", "announce"):
        assert seen[task] == {"skipped": 1}
    assert (done.state, keys_of(done)) == ("success", [])
    assert not (lake / "lease.json").exists()


def test_a_day_that_fails_holds_up_no_other(
    dags: dict[str, Any], lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = from_environment()
    days = ("2024-03-01", "2024-03-02", "2024-03-03")
    take_in(settings, tmp_path / "in", [(day, f"Ferry landing, part {day[-1]}") for day in days])
    monkeypatch.setattr("dateline.settle.GROUP_DOCUMENTS", 1)
    enrich = Days.enrich

    def breaks(self: Days, day: Any) -> Any:
        if str(day) == days[1]:
            raise UsageError("on purpose")
        return enrich(self, day)

    with monkeypatch.context() as patch:
        patch.setattr(Days, "enrich", breaks)
        done = dags["news_settle"].test()
    seen = states(done)
    assert done.state == "failed"
    assert seen["enrich"] == {"success": 2, "failed": 1}
    assert seen["publish"] == {"success": 2, "upstream_failed": 1}
    assert keys_of(done) == [days[0], days[2]]
    assert not (lake / "lease.json").exists()

    done = dags["news_settle"].test()
    assert (done.state, keys_of(done)) == ("success", [days[1]])
    assert states(done)["publish"] == {"success": 1}


def test_a_day_whose_documents_went_is_announced(dags: dict[str, Any], lake: Path, tmp_path: Path) -> None:
    settings = from_environment()
    take_in(settings, tmp_path / "in", [("2024-03-01", "Ferry landing"), ("2024-03-02", "Library boat")])
    take_in(settings, tmp_path / "more", [("2024-03-05", "Swift towers")], archive="more")
    list(operations.settle_all(settings))
    # What the command line published, Airflow's consumers hear of in the next run.
    assert keys_of(dags["news_settle"].test()) == ["2024-03-01", "2024-03-02", "2024-03-05"]
    for step in ("fetch", "clean"):
        for receipt in (lake / "receipts" / step).iterdir():
            if '"archive/more/' in receipt.read_text():
                receipt.unlink()
    done = dags["news_settle"].test()
    assert (done.state, keys_of(done)) == ("success", ["2024-03-05"])
    assert not (lake / "articles" / "date=2024-03-05").exists()


BAD = (
    {"path": "../tests"},
    {"path": "/etc"},
    {"path": "nowhere"},
    {"days": "{year}"},
    {"manifest": "../README.md"},
)


@pytest.mark.parametrize("conf", BAD)
def test_an_archive_elsewhere_is_refused_at_once(
    dags: dict[str, Any], lake: Path, conf: dict[str, str]
) -> None:
    done = run_of(dags["news_archive"], None, conf)
    assert done.state == "failed"
    assert [ti.try_number for ti in done.get_task_instances() if ti.task_id == "resolve"] == [1]
    assert not (lake / "captures").exists()


def test_a_consumer_run_without_a_key_fails_at_once(dags: dict[str, Any], tmp_path: Path) -> None:
    done = dags["example_daily_digest"].test()
    assert done.state == "failed"
    assert not (tmp_path / "digests").exists()


def test_settling_can_follow_every_intake(monkeypatch: pytest.MonkeyPatch) -> None:
    from airflow.dag_processing.dagbag import DagBag
    from airflow.sdk import AssetOrTimeSchedule

    monkeypatch.setenv("DATELINE_SETTLE_FOLLOWS", "1")
    bag = DagBag(dag_folder=str(airflow_home.ROOT / "dags" / "news_settle.py"))
    assert not bag.import_errors
    assert isinstance(bag.dags["news_settle"].schedule, AssetOrTimeSchedule)


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        ("UsageError", "fail"),
        ("ContractBroken", "fail"),
        ("SumsDoNotAdd", "fail"),
        ("ResourceMissing", "fail"),
        ("LeaseHeld", "retry"),
        ("LakeError", "retry"),
        ("OtherSchema", "fail"),
        ("DatelineError", "default"),
        (ConnectionResetError, "retry"),
        (TimeoutError, "retry"),
        (ModuleNotFoundError, "fail"),
        (AirflowTaskTimeout, "retry"),
        (ValueError, "default"),
    ],
)
def test_what_an_error_does_to_a_task(error: str | type[BaseException], fate: str) -> None:
    from dateline import errors
    from dateline_airflow import DEFAULTS

    kind = getattr(errors, error) if isinstance(error, str) else error
    decision = DEFAULTS["retry_policy"].evaluate(kind("on purpose"), 1, 2)
    assert decision.action.value == fate


@pytest.mark.parametrize(
    "key",
    [
        None,
        "",
        "../../etc",
        "2024-02-31",
        "2024-3-1",
        "20240325",
        "2024-03-25/..",
        "２０２４-03-25",
        "2024-03-25\n",
    ],
)
def test_a_key_that_is_no_day_never_becomes_a_path(key: str | None) -> None:
    from types import SimpleNamespace

    from airflow.sdk.exceptions import AirflowFailException

    from dateline_airflow import partition_day

    with pytest.raises(AirflowFailException):
        partition_day({"dag_run": SimpleNamespace(partition_key=key)})  # type: ignore[typeddict-item]
