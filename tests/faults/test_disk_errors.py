"""A disk that refuses: every call that writes to the lake fails once, and nothing but the run suffers."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from broken_disk import Disk, failing
from dateline.edges.archive import plan
from dateline.errors import LakeError
from dateline.health import inspect
from dateline.run import import_batch, settle_all
from dateline.settings import Settings

DERIVED = ("signatures", "duplicates", "clusters", "annotations", "articles")
STORY = "The harbour council of {} met on Sunday and voted for a new pier that will open in May of next year."
CALLS = {
    "ENOSPC": ("open", "mkdir", "link", "replace", "write_table", "close", "write_bytes"),
    # Nobody runs out of space by these, but a disk may be broken; the others fail alike with any error.
    "EIO": ("fsync", "chmod"),
}
"""What is made to fail, with which error."""


def derived(lake: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(lake)): path.read_bytes()
        for name in DERIVED
        for path in sorted((lake / name).rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def note(folder: Path, day: str, place: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{place}.txt").write_text(f"date {day} A pier\n\n{place.upper()}\n{STORY.format(place)}\n")


def take_in(settings: Settings, folder: Path) -> None:
    for batch in plan(folder, "text", None):
        import_batch(settings, batch, None, {})


def settle(settings: Settings, _: Path) -> None:
    list(settle_all(settings))


@pytest.fixture(scope="module")
def lakes(tmp_path_factory) -> dict[str, Path]:
    """Lakes before an import, after it, and settled again; the import brings a day."""
    root = tmp_path_factory.mktemp("disk")
    note(root / "first", "2026-03-22", "Oslo")
    note(root / "second", "2026-03-24", "Lima")
    settings = Settings(lake=str(root / "lake"), model="none")
    take_in(settings, root / "first")
    settle(settings, root)
    found = {"in": root / "second"}
    for name, work in (("before", None), ("taken in", take_in), ("settled", settle)):
        if work is not None:
            work(settings, root / "second")
        found[name] = root / name
        shutil.copytree(root / "lake", root / name)
    return found


def refusal(work: Callable[[Settings, Path], None], settings: Settings, folder: Path) -> str:
    """What a run says that fails as it should; nothing where it does not fail."""
    try:
        work(settings, folder)
    except LakeError as error:
        return str(error)
    return ""


@pytest.mark.slow
@pytest.mark.parametrize("error", list(CALLS))
@pytest.mark.parametrize(("work", "start"), [(take_in, "before"), (settle, "taken in")])
def test_every_call_that_writes_may_fail_once(lakes, tmp_path, error, work, start):
    count = Disk(tmp_path, error, 0)
    shutil.copytree(lakes[start], tmp_path / "lake")
    with failing(count, CALLS[error]):
        work(Settings(lake=str(tmp_path / "lake"), model="none"), lakes["in"])
    assert set(count.calls) >= set(CALLS[error]) - ({"link"} if work is take_in else set())
    old, new = derived(lakes[start]), derived(lakes["settled"])
    assert derived(tmp_path / "lake") == (old if work is take_in else new)
    for number in range(1, len(count.calls) + 1):
        lake = tmp_path / str(number)
        shutil.copytree(lakes[start], lake)
        settings = Settings(lake=str(lake), model="none")
        told = f"call {number}, {count.calls[number - 1]}"
        with failing(Disk(lake, error, number), CALLS[error]):
            said = refusal(work, settings, lakes["in"])
        assert os.strerror(getattr(errno, error)) in said, told
        assert str(lake) in said, told
        for path, data in derived(lake).items():
            assert data in (old.get(path), new.get(path)), f"{told}: {path} is half a file"
        assert old.keys() <= derived(lake).keys(), told
        take_in(settings, lakes["in"])
        settle(settings, lakes["in"])
        assert derived(lake) == new, told
        assert list(inspect(settings)) == [], told
        assert not list(lake.rglob(".*.tmp")), told
        shutil.rmtree(lake)
