"""Runs of news_archive by day, and of news_reprocess, in one process."""

from __future__ import annotations

import copy
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dag_runs import forget_runs, keys_of, run_of, runs_of, states
from small_lake import digests, take_in

from dateline.edges.lake import Lake
from dateline.errors import UsageError
from dateline.settings import from_environment
from dateline.steps.clean import CleanRules
from dateline.tasks import reprocessing

pytestmark = [pytest.mark.airflow, pytest.mark.filterwarnings("default")]


@pytest.fixture(autouse=True)
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("DATELINE_LAKE", str(tmp_path / "lake"))
    monkeypatch.setenv("DATELINE_MODEL", "none")
    forget_runs("news_settle")
    yield tmp_path / "lake"
    forget_runs("news_settle")


def articles() -> list[dict[str, Any]]:
    return Lake.open(from_environment().lake, create=False).dataset("articles").to_pylist()


def test_a_run_of_a_day_takes_that_day_in_and_asks_for_settling_once(dags: dict[str, Any]) -> None:
    first = run_of(dags["news_archive"], "2026-03-21")
    assert first.state == "success"
    assert states(first)["clean"] == states(first)["settle"] == {"success": 1}
    assert len(runs_of("news_settle", "queued")) == 1

    second = run_of(dags["news_archive"], "2026-03-22")
    assert (states(second)["clean"], states(second)["settle"]) == ({"success": 1}, {"skipped": 1})
    assert len(runs_of("news_settle", "queued")) == 1, "a run that waits already will see what came"

    assert dags["news_settle"].test().state == "success"
    paths = sorted(row["path"] for row in articles())
    assert paths == ["2026-03-21-library-boat.txt", "2026-03-21-olive-frost.txt", "2026-03-22-seed-vault.txt"]


def test_the_same_day_again_brings_nothing_and_asks_for_nothing(dags: dict[str, Any]) -> None:
    run_of(dags["news_archive"], "2026-03-21")
    forget_runs("news_settle")
    again = run_of(dags["news_archive"], "2026-03-21")
    assert again.state == "success"
    assert states(again)["clean"] == states(again)["settle"] == {"skipped": 1}
    assert (keys_of(again), runs_of("news_settle", "queued")) == ([], [])


def test_a_day_without_files_is_a_success_that_says_so(
    dags: dict[str, Any], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.INFO):
        done = run_of(dags["news_archive"], "2026-03-17")
    assert done.state == "success"
    assert {str(state) for found in states(done).values() for state in found} == {"skipped"}
    assert "has no files of 2026-03-17" in caplog.text + "".join(capfd.readouterr())


@pytest.mark.parametrize("key", ["../../etc", "2026-02-30", "20260321", "2026-03-21T00:00:00"])
def test_a_key_that_is_no_day_takes_nothing_in(dags: dict[str, Any], lake: Path, key: str) -> None:
    done = run_of(dags["news_archive"], key)
    assert done.state == "failed"
    assert [ti.try_number for ti in done.get_task_instances() if ti.task_id == "resolve"] == [1]
    assert not (lake / "captures").exists()


def test_the_form_of_an_archive(
    dags: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_ARCHIVES", str(tmp_path))
    folder = tmp_path / "dump" / "2024" / "03"
    folder.mkdir(parents=True)
    line = '{"link": "http://a.test/%s", "body": "The ferry landing is to be repaired, the council said.", '
    for day in ("24", "25"):
        (folder / f"news-202403{day}-a.jsonl").write_text(
            line % day + f'"when": "2024-03-{day}", "head": "Ferry landing"}}\n', encoding="utf-8"
        )
    conf = {
        "path": "dump", "kind": "auto", "settle": False,
        "map": "url=link,text=body,published=when,title=head",
        "days": "{year}/{month}/news-{year}{month}{day}*", "archive": "mine",
    }  # fmt: skip
    done = run_of(dags["news_archive"], "2024-03-25", conf)
    assert (done.state, states(done)["settle"]) == ("success", {"skipped": 1})
    dags["news_settle"].test()
    assert [(row["archive"], row["title"], row["url"]) for row in articles()] == [
        ("mine", "Ferry landing", "http://a.test/25")
    ]


@pytest.fixture
def settled(dags: dict[str, Any], tmp_path: Path) -> dict[tuple[str, str], str]:
    """A lake of three days in three batches, published and announced."""
    for day in ("2024-03-01", "2024-03-02", "2024-03-03"):
        take_in(from_environment(), tmp_path / day, [(day, f"Ferry landing, {day}")], archive=day)
    assert len(keys_of(dags["news_settle"].test())) == 3
    return digests(from_environment())


@pytest.fixture
def other_rules(settled: dict[tuple[str, str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Code that declares another version, and gives other titles."""
    from dateline.steps import clean

    declare, titled = CleanRules.declare, clean.document

    def other(*given: Any, **named: Any) -> Any:
        return {**titled(*given, **named), "title": "Another title"}

    monkeypatch.setattr(CleanRules, "declare", lambda rules: declare(rules) | {"version": "other"})
    monkeypatch.setattr(clean, "document", other)


SPAN = {"from": "2024-03-02", "to": "2024-03-02", "reason": "titles were wrong"}


def test_a_dry_run_changes_nothing(
    dags: dict[str, Any], settled: dict[Any, str], other_rules: None, lake: Path
) -> None:
    before = {file: file.stat().st_mtime_ns for file in lake.rglob("*") if file.is_file()}
    done = run_of(dags["news_reprocess"], None, SPAN)
    assert done.state == "success"
    assert states(done)["clean"] == states(done)["settle"] == {"skipped": 1}
    assert {file: file.stat().st_mtime_ns for file in lake.rglob("*") if file.is_file()} == before
    assert runs_of("news_settle", "queued") == []


def test_what_older_versions_made_of_a_span_is_made_again(
    dags: dict[str, Any], settled: dict[Any, str], other_rules: None
) -> None:
    forget_runs("news_settle")
    done = run_of(dags["news_reprocess"], None, SPAN | {"dry_run": False})
    assert (done.state, states(done)["clean"]) == ("success", {"success": 1})
    (asked,) = runs_of("news_settle", "queued")
    assert asked.conf == {
        "stale": True,
        "from": "2024-03-02",
        "to": "2024-03-02",
        "note": "titles were wrong",
    }
    assert keys_of(run_of(dags["news_settle"], None, asked.conf)) == ["2024-03-02"]
    titles = {str(row["date"]): row["title"] for row in articles()}
    assert titles["2024-03-02"] == "Another title"
    assert "Another title" not in (titles["2024-03-01"], titles["2024-03-03"])
    told = Lake.open(from_environment().lake).dataset("changes").to_pylist()
    mine = {(bool(row["old"]), row["note"]) for row in told if row["date_published"] == "2024-03-02"}
    assert mine == {(False, None), (True, "titles were wrong")}

    forget_runs("news_settle")
    again = run_of(dags["news_reprocess"], None, SPAN | {"dry_run": False})
    assert states(again)["clean"] == states(again)["settle"] == {"skipped": 1}
    assert runs_of("news_settle", "queued") == []


@pytest.mark.parametrize(
    "asked",
    [
        {"from": "2024-03-02", "to": "2024-03-01"},
        {"from": "2024-02-30"},
        {"to": "../../etc"},
        {"reason": " \n"},
    ],
)
def test_reprocessing_that_makes_no_sense_is_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        reprocessing.plan({"from": None, "to": None, "reason": "x", "dry_run": False} | asked)


@pytest.mark.parametrize("conf", [{}, {"reason": " "}, {"reason": "x", "from": "2024"}])
def test_a_form_that_is_not_filled_in_is_refused(dags: dict[str, Any], conf: dict[str, Any]) -> None:
    from airflow.sdk.exceptions import ParamValidationError

    def filled_in(given: dict[str, Any]) -> None:
        form = copy.deepcopy(dags["news_reprocess"].params)
        form.update(given)
        form.validate()

    filled_in({"reason": "x", "from": "2024-03-01"})
    with pytest.raises(ParamValidationError):
        filled_in(conf)
