"""Which day a file of an archive belongs to, and that a day's batches are the whole's."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.edges.archive import plan
from dateline.edges.archive_days import DayNames
from dateline.errors import UsageError

CC = "{year}/{month}/CC-NEWS-{year}{month}{day}*"


@pytest.mark.parametrize(
    ("pattern", "path", "day"),
    [
        ("{date}", "2026-03-20/a.txt", "2026-03-20"),
        ("{date}", "2026-03-20-tidal-clock.txt", "2026-03-20"),
        ("{date}", "2026-03-20", "2026-03-20"),
        ("{date}", "2026-03-201.txt", None),
        ("{date}", "x/2026-03-20.txt", None),
        ("{date}", "2026-02-30.txt", None),
        ("{date}", "0000-01-01.txt", None),
        ("{date}", "２０２６-03-20.txt", None),
        ("{date}", "notes.txt", None),
        ("box/{date}", "box/2026-03-20.txt", "2026-03-20"),
        ("*/{date}", "any/2026-03-20.txt", "2026-03-20"),
        ("*/{date}", "any/more/2026-03-20.txt", None),
        ("{year}/{month}/{day}/", "2026/03/20/a.txt", "2026-03-20"),
        ("{year}/{month}/{day}/", "2026/03/20.txt", None),
        (CC, "2026/03/CC-NEWS-20260320054512-00012.warc.gz", "2026-03-20"),
        (CC, "2026/04/CC-NEWS-20260320054512-00012.warc.gz", None),
        ("{year}/{date}", "2026/2026-03-20.txt", "2026-03-20"),
        ("{year}/{date}", "2025/2026-03-20.txt", None),
        ("a.b/{date}", "aXb/2026-03-20.txt", None),
    ],
)
def test_the_day_that_a_path_names(pattern: str, path: str, day: str | None) -> None:
    found = DayNames(pattern).day_of(path)
    assert (found and found.isoformat()) == day


@pytest.mark.parametrize(
    "pattern",
    [
        "", "box", "{year}/{month}", "{day}", "{date", "date}", "{}", "{Date}", "{date.year}", "{date!r}",
        "{0}", "/{date}", "../{date}", "a/../{date}", "{date}\0", "*" * 4 + "{date}", "{date}" + "x" * 300,
    ],
)  # fmt: skip
def test_no_pattern_of_days(pattern: str) -> None:
    with pytest.raises(UsageError):
        DayNames(pattern)


def test_a_long_path_with_stars_is_soon_told() -> None:
    assert DayNames("*a*a*a{date}").day_of("a" * 250 + "/") is None


PATTERNS = ("{date}", "{date}/", "{year}/{month}/{day}", CC, "*/{date}", "x{year}*{date}")


@given(
    pattern=st.sampled_from(PATTERNS),
    day=st.dates(),
    other=st.dates(),
    star=st.text("abc", max_size=3),
    rest=st.sampled_from(["", "/a/b.txt", "-c.txt"]),
)
def test_folders_that_are_not_listed_hold_nothing_of_the_day(
    pattern: str, day: date, other: date, star: str, rest: str
) -> None:
    names, numbers = DayNames(pattern), {"year": f"{day.year:04d}", "month": f"{day.month:02d}"}
    path = pattern.replace("*", star).format(date=day, **numbers, day=f"{day.day:02d}") + rest
    if names.day_of(path) is None:
        return
    assert names.day_of(path) == day
    folders = [path[:at] for at, letter in enumerate(path) if letter == "/"]
    assert all(names.may_hold(folder, day) for folder in folders)
    if day != other and folders and pattern in ("{date}/", "*/{date}"):
        assert not names.may_hold(f"{path.split('/')[0]}/{other}", day) or pattern == "{date}/"


@pytest.fixture
def box(tmp_path: Path) -> Path:
    for name in ("2026-03-20/a.txt", "2026-03-20/b/c.txt", "2026-03-20-d.txt", "2026-03-21.txt", "note.txt"):
        file = tmp_path / "box" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    return tmp_path / "box"


@pytest.mark.parametrize("kind", ["text", "jsonl"])
def test_the_batches_of_a_day_are_those_of_the_whole(box: Path, kind: str) -> None:
    whole = {batch.id: batch for batch in plan(box, kind, None, days=DayNames())}
    days = [date(2026, 3, 19) + timedelta(days=number) for number in range(4)]
    apart = [batch for day in days for batch in plan(box, kind, None, days=DayNames(), only=day)]
    assert [len(batch.paths) for batch in whole.values()] != [0]
    assert {batch.id: batch for batch in apart}.items() <= whole.items()
    assert len(apart) == len({batch.id for batch in apart})
    left = [
        path for name, batch in whole.items() if name not in {one.id for one in apart} for path in batch.paths
    ]
    assert left == ["note.txt"]


def test_files_of_a_day_are_one_batch_that_names_it(box: Path) -> None:
    (batch,) = plan(box, "text", "mine", days=DayNames(), only=date(2026, 3, 20))
    assert batch.id == "archive/mine/day-2026-03-20/all"
    assert batch.paths == ("2026-03-20-d.txt", "2026-03-20/a.txt", "2026-03-20/b/c.txt")


def test_a_day_without_files_has_no_batches(box: Path) -> None:
    assert plan(box, "text", None, days=DayNames(), only=date(2026, 3, 22)) == []


def test_only_folders_of_the_day_are_listed(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    listed, scandir = [], os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: listed.append(Path(path).name) or scandir(path))
    (box / "2026-03-25").mkdir()
    plan(box, "text", None, days=DayNames(), only=date(2026, 3, 20))
    assert listed == ["box", "2026-03-20", "b"]


def test_a_manifest_s_files_have_days_too(box: Path) -> None:
    manifest = {
        str(box / name): {"url": "http://a.test/"} for name in ("2026-03-20/gone.html", "2026-03-21.txt")
    }
    (batch,) = plan(box, "html", None, manifest, days=DayNames(), only=date(2026, 3, 20))
    assert "2026-03-20/gone.html" in batch.entries
    assert len(batch.paths) == 4
