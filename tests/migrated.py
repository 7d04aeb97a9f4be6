"""Lakes to be migrated, and the state that they come to."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
from small_lake import take_in

from dateline.edges.lake import Lake
from dateline.migrate import carry, holding, settle_after, survey
from dateline.run import settle_all
from dateline.settings import Settings

STORIES = [("2026-03-22", "A pier"), ("2026-03-24", "A lamp"), ("2026-03-24", "A pier")]


def made_at(folder: Path, stories: list[tuple[str, str]] = STORIES) -> Settings:
    settings = Settings(lake=str(folder / "lake"), model="none")
    take_in(settings, folder / "in", stories)
    list(settle_all(settings))
    return settings


def state(settings: Settings) -> dict[str, bytes]:
    """Path → bytes of all that is listed or derived; orphans of intake aside, and rows of `changes`."""
    root = Path(settings.lake)
    lake = Lake.open(settings.lake)
    listed = {file.path for step in ("fetch", "clean") for one in lake.receipts(step) for file in one.files}
    paths = [path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()]
    intake = ("captures/", "attempts/", "documents/", "rejects/")
    kept = [path for path in paths if not path.startswith(intake) or path in listed]
    return {path: (root / path).read_bytes() for path in sorted(kept) if not path.startswith("changes/")}


def migrate(settings: Settings) -> list[str]:
    """What the command does; the paths that were written anew."""
    with holding(settings) as guard:
        plan = survey(Lake.open(settings.lake, create=False))
        done = [old.path for old in carry(settings, plan, guard)]
    list(settle_after(settings, plan))
    return done


def renamed(old: str, new: str):
    """The last version had a column under another name, and at the end."""

    def upgrade(batch: pa.RecordBatch) -> pa.RecordBatch:
        return batch.rename_columns([new if name == old else name for name in batch.schema.names])

    def downgrade(table: pa.Table) -> pa.Table:
        names = [name for name in table.column_names if name != new]
        return table.select([*names, new]).rename_columns([*names, old])

    return upgrade, downgrade
