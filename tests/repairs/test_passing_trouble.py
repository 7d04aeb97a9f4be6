"""Trouble that passes is not taken for damage, loses nothing unseen, and is told in a sentence."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from dateline.contracts.documents import DOCUMENTS
from dateline.edges.lake import Lake
from dateline.edges.lake.partitions import parse_day
from dateline.edges.lake.spool import Spool
from dateline.errors import LakeError, SumsDoNotAdd, WorkerKilled
from dateline.run import settle_all, spread
from dateline.settings import Settings
from dateline.settle import Span
from dateline.steps import enrich, publish
from dateline.tasks import settling
from rows import document
from settled import STORY, day_file, first_file, take_in, told


def test_a_new_article_that_a_step_loses_fails_the_run(notes, tmp_path, monkeypatch):
    known = {row["article_id"] for row in Lake.open(notes.lake).dataset("articles").to_pylist()}
    whole = publish.publish

    def losing(*given: Any) -> Iterator[tuple[Any, pa.RecordBatch]]:
        for made, rows in whole(*given):
            yield made, rows.filter(pc.is_in(rows.column("article_id"), value_set=pa.array(sorted(known))))

    (tmp_path / "notes" / "new.txt").write_text("date 2026-03-22 An owl\n\nOSLO\n" + "An owl reads. " * 30)
    before = day_file(notes, "articles").read_bytes()
    monkeypatch.setattr(publish, "publish", losing)
    with pytest.raises(SumsDoNotAdd, match="documents"):
        take_in(notes, tmp_path / "notes", "text")
    assert day_file(notes, "articles").read_bytes() == before
    monkeypatch.undo()
    list(settle_all(notes))
    assert len(Lake.open(notes.lake).dataset("articles").to_pylist()) == 3


@pytest.mark.parametrize("trouble", [OSError(errno.EMFILE, "Too many open files"), pa.ArrowMemoryError("no")])
@pytest.mark.parametrize("dataset", ["signatures", "articles"])
def test_a_file_that_can_not_be_read_just_now_is_left_alone(notes, monkeypatch, trouble, dataset):
    def files() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in sorted(Path(notes.lake).rglob("*.parquet"))}

    before, read = files(), pq.read_metadata

    def failing(path: Path) -> Any:
        if f"{dataset}/date=2026-03-24" in str(path):
            raise trouble
        return read(path)

    path = day_file(notes, dataset, "2026-03-24")
    os.utime(path)  # so that its footer is not remembered
    monkeypatch.setattr(pq, "read_metadata", failing)
    with pytest.raises(LakeError, match=r"can't be read just now: .*; it may be whole"):
        list(settle_all(notes))
    assert files() == before
    monkeypatch.undo()
    list(settle_all(notes))
    assert files() == before


def test_damage_on_a_day_that_may_not_be_touched_is_told_and_stays(notes):
    path = day_file(notes, "articles")
    before = path.read_bytes()
    path.write_bytes(b"torn")
    with pytest.raises(LakeError, match=r"date=2026-03-22.*a settle of all days makes it again"):
        list(settle_all(notes, Span(parse_day("2026-03-23"), None)))
    assert path.read_bytes() == b"torn"
    list(settle_all(notes))
    assert path.read_bytes() == before
    assert told(notes) == []


def test_no_room_to_sort_is_told_in_a_sentence(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "file"))
    spool = Spool(DOCUMENTS, held_bytes=1)
    with pytest.raises(LakeError, match=r"where rows are sorted, can't be written: .*make room there"):
        spool.add(DOCUMENTS.batch([document("https://a.test/", STORY)]))


def test_a_worker_that_is_killed_is_told_in_a_sentence():
    with pytest.raises(WorkerKilled, match="a worker process was killed"):
        list(spread(signal.raise_signal, [(signal.SIGKILL,)] * 2, 2))


def by_tasks(asked: dict[str, Any]) -> None:
    """What news_settle does, task by task."""
    for group in settling.find_dirty("run", asked):
        settling.work("sign", group, "run", asked)
    for group in settling.find_affected("run", asked):
        for verb in ("deduplicate", "enrich", "publish"):
            settling.work(verb, group, "run", asked)
    settling.free("run")


def reasons(settings: Settings, settle: Callable[[Settings], Any]) -> list[tuple[str, str]]:
    """What `changes` says of the publications that a settle brings."""
    had = set(Path(settings.lake).rglob("changes/*/*.parquet"))
    settle(settings)
    files = sorted(set(Path(settings.lake).rglob("changes/*/*.parquet")) - had)
    rows = [row for path in files for row in pq.ParquetFile(path).read().to_pylist()]
    return sorted((row["date_published"], row["reason"]) for row in rows)


def test_days_that_other_rules_made_are_told_as_stale_whoever_settles(notes, tmp_path, monkeypatch):
    declare, whole = enrich.EnrichResources.declare, enrich.enrich
    monkeypatch.setattr(enrich.EnrichResources, "declare", lambda self: {**declare(self), "other": 1})

    def other(documents: Any, _: Any, resources: Any) -> Iterator[tuple[Any, pa.RecordBatch]]:
        for made, rows in whole(documents, iter(()), resources):
            at = rows.schema.names.index("keyphrases")
            empty = pa.array([[]] * rows.num_rows, rows.schema.field(at).type)
            yield made, rows.set_column(at, rows.schema.field(at), empty)

    monkeypatch.setattr(enrich, "enrich", other)
    found = []
    for name in ("line", "tasks"):
        again = replace(notes, lake=str(tmp_path / name))
        shutil.copytree(notes.lake, again.lake)
        monkeypatch.setenv("DATELINE_LAKE", again.lake)
        monkeypatch.setenv("DATELINE_MODEL", again.model)
        asked = {"stale": True, "from": None, "to": None, "note": None}
        if name == "line":
            found.append(reasons(again, lambda settings: list(settle_all(settings, versions=True))))
        else:
            found.append(reasons(again, lambda _, asked=asked: by_tasks(asked)))
    assert found == [[("2026-03-22", "stale"), ("2026-03-24", "stale")]] * 2


def test_captures_whose_receipt_is_gone_are_told_of(notes):
    captures = first_file(notes, "captures")
    os.utime(captures, (1, 1))
    (Path(notes.lake) / "receipts/fetch" / f"{captures.name.partition('-')[0]}.json").unlink()
    lines = [done.line for done in settle_all(notes)]
    assert any("prepare see `dateline check`: 1 files that no receipt knows" in line for line in lines), lines
