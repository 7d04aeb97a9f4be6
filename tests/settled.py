"""Lakes that archives were taken into and settled: their files, and what a look at them tells."""

from __future__ import annotations

from pathlib import Path

from dateline.edges.archive import plan
from dateline.health import inspect
from dateline.run import import_batch, settle_all

STORY = "The harbour council met on Sunday and voted for a new pier that will open in May of next year."


def take_in(settings, folder, kind, *, manifest=None, mapping=None, captured=None):
    for batch in plan(folder, kind, None, manifest):
        import_batch(settings, batch, captured, mapping or {})
    list(settle_all(settings))


def told(settings) -> list[tuple[str, str]]:
    return [(finding.level, finding.what) for finding in inspect(settings)]


def day_file(settings, dataset, day="2026-03-22") -> Path:
    return Path(settings.lake) / dataset / f"date={day}" / "part.parquet"


def first_file(settings, dataset) -> Path:
    return min((Path(settings.lake) / dataset).rglob("*.parquet"))
