"""Small lakes to run DAGs over, and what lies in them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from dateline import run
from dateline.edges.archive import plan
from dateline.edges.lake import Lake
from dateline.edges.lake.digests import RowDigest
from dateline.edges.lake.partitions import day_name
from dateline.pipeline import DERIVED_DATASETS
from dateline.settings import Settings

PARAGRAPH = (
    "The council of the island met in the old school on Monday and agreed to repair the ferry landing "
    "before the autumn storms, said the harbour master, who has asked for the work for nine years."
)


def story(day: str, title: str, more: str = "") -> str:
    """A plain-text article of a day."""
    return (
        f" date {day} {title}\nSKAGEN\n\n{PARAGRAPH} {title}, people here say.\n\n{more or PARAGRAPH[::-1]}\n"
    )


def take_in(
    settings: Settings, folder: Path, stories: Iterable[tuple[str, str]], archive: str = "seed"
) -> None:
    """Write stories of some days to a folder and make documents of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (day, title) in enumerate(stories):
        (folder / f"{number:03d}.txt").write_text(story(day, title), encoding="utf-8")
    for batch in plan(folder, "text", archive):
        run.import_batch(settings, batch, None, {})


def digests(settings: Settings) -> dict[tuple[str, str], str]:
    """(dataset, day) → row digest, of documents and all that is made of them."""
    lake, found = Lake.open(settings.lake, create=False), {}
    for dataset in DERIVED_DATASETS:
        for day in lake.days(dataset):
            footer = lake.footer(dataset, day)
            assert footer is not None
            found[dataset, day_name(day)] = footer.row_digest
    for day, files in lake.day_files("documents").items():
        parts = (RowDigest.parse(file.row_digest) for file in files)
        found["documents", day_name(day)] = str(sum(parts, RowDigest()))
    return found
