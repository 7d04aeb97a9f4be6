"""An archive gives the same published bytes whichever way it came in: whole, by day, in any order, twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from dateline import news
from dateline.edges.archive import ArchiveBatch, plan
from dateline.edges.archive_days import DayNames
from dateline.edges.lake import Lake
from dateline.pipeline import DERIVED_DATASETS
from dateline.run import import_batch, settle_all
from dateline.settings import ROOT, Settings
from dateline.settle import days_of

ARCHIVE = Path(ROOT) / "seeds" / "archive"
DAYS = [date(2026, 3, 18) + timedelta(days=number) for number in range(7)]
Way = Callable[[], list[list[ArchiveBatch]]]
"""Gives the batches of each import, one after the other."""


def whole() -> list[ArchiveBatch]:
    """As `dateline import` takes it in."""
    return plan(ARCHIVE, "text", None)


def whole_by_day() -> list[ArchiveBatch]:
    """As news_archive takes it in by hand."""
    return plan(ARCHIVE, "text", None, days=DayNames())


def of(day: date) -> list[ArchiveBatch]:
    """As a backfill takes a day in."""
    return plan(ARCHIVE, "text", None, days=DayNames(), only=day)


def take_in(folder: Path, imports: list[list[ArchiveBatch]], *, settled_each: bool) -> Settings:
    settings = Settings(lake=str(folder / "lake"), model="none")
    for batches in imports:
        for batch in batches:
            import_batch(settings, batch, None, {})
        if settled_each:
            list(settle_all(settings))
    list(settle_all(settings))
    return settings


def published(settings: Settings) -> dict[str, str]:
    """Path → SHA-256 of every derived file."""
    root = Path(settings.lake)
    files = (file for dataset in DERIVED_DATASETS for file in (root / dataset).rglob("*.parquet"))
    return {str(file.relative_to(root)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return published(take_in(tmp_path_factory.mktemp("whole"), [whole()], settled_each=False))


@pytest.mark.parametrize(
    ("way", "settled_each"),
    [
        (lambda: [whole_by_day()], False),
        (lambda: [*map(of, reversed(DAYS)), whole_by_day()], False),
        (lambda: [of(DAYS[3]), whole_by_day(), of(DAYS[4])], True),
    ],
    ids=["whole", "days, then whole", "a day, whole, a day, settled each"],
)
def test_published_bytes_do_not_tell_how_the_archive_came_in(
    way: Way, settled_each: bool, expected: dict[str, str], tmp_path: Path
) -> None:
    assert published(take_in(tmp_path, way(), settled_each=settled_each)) == expected


def test_every_day_of_the_sample_archive_has_files() -> None:
    assert [len(of(day)) for day in DAYS] == [1] * 7
    assert of(date(2026, 3, 17)) == of(date(2026, 3, 25)) == []


def test_an_overlap_of_other_batches_counts_once_and_is_no_news(tmp_path: Path) -> None:
    """The command line deals files out in its own way: each is then in two batches."""
    settings = take_in(tmp_path, [whole_by_day()], settled_each=False)
    before = Lake.open(settings.lake).dataset("articles").to_pylist()
    told = news.unannounced(days_of(settings))
    news.mark_announced(Lake.open(settings.lake), told)
    take_in(tmp_path, [whole()], settled_each=False)
    assert Lake.open(settings.lake).dataset("articles").to_pylist() == before
    assert set(told) == {day.isoformat() for day in DAYS}
    assert news.unannounced(days_of(settings)) == {}
    assert list(settle_all(settings))[-1].skipped
