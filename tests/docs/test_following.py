"""The followers of the page on reading end with what a full read gives, whatever happens meanwhile."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from dateline.contracts.changes import CHANGES
from dateline.edges.archive import ArchiveBatch, plan
from dateline.edges.clock import Clock
from dateline.edges.lake import Lake
from dateline.edges.lake.files import write_file
from dateline.edges.lake.receipts import Receipt
from dateline.run import import_batch, settle_all
from dateline.settings import Settings
from pages import ROOT, functions

PLACES = ("Oslo", "Lima", "Perth", "Quito", "Accra", "Turin")
COMPARED = ("article_id", "content_hash", "version_count", "sighting_count", "duplicate_of", "title")


class Killed(Exception):
    """The run died here."""


PAGE = functions(ROOT / "docs/reading-the-data.md")


def batches(folder: Path, seed: int) -> list[ArchiveBatch]:
    """Eight dumps over four days and none: versions, refetches, copies, undated stories."""
    rng = random.Random(seed)
    folder.mkdir()
    for n in range(8):
        lines = []
        for k in range(3):
            subject = rng.randrange(7)
            words = " ".join(f"{place} council item{subject}x{j} votes" for j, place in enumerate(PLACES * 4))
            record = {"url": f"https://paper{n % 2}.test/story-{subject}", "title": f"Council {subject}"}
            record["text"] = words + rng.choice(["", " Corrected later.", " Corrected again."])
            if rng.random() < 0.9:
                record["published"] = f"2026-03-2{rng.randrange(4)}T0{k}:00:00Z"
            lines.append(json.dumps(record))
        (folder / f"dump-{n}.jsonl").write_text("\n".join(lines) + "\n")
    return plan(folder, "jsonl", None)


class Followers:
    """The page's two followers, each with its copy; their state is kept as they say, between rounds."""

    def __init__(self, lake: Path) -> None:
        self.lake = lake
        self.copy: dict[str, Any] = {}
        self.state = "{}"
        self.db = duckdb.connect()

    def round(self) -> None:
        state = json.loads(self.state)
        PAGE["follow"](self.lake, state, put=self.copy.__setitem__, drop=self.copy.pop)
        self.state = json.dumps(state)
        PAGE["follow_into"](self.db, self.lake)

    def held(self) -> tuple[list[Any], list[Any]]:
        """What both copies hold, as sorted rows."""
        mine = [
            (day.replace("__HIVE_DEFAULT_PARTITION__", "None"), *row.values())
            for day, rows in self.copy.items()
            for row in rows.select(COMPARED).to_pylist()
        ]
        if not self.db.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'articles'").fetchall():
            return sorted(mine, key=repr), []
        theirs = self.db.execute(f"SELECT date, {', '.join(COMPARED)} FROM articles").fetchall()
        return sorted(mine, key=repr), sorted([(str(row[0]), *row[1:]) for row in theirs], key=repr)


def full(lake: str) -> list[Any]:
    rows = Lake.open(lake).dataset("articles", list(COMPARED)).to_pylist()
    return sorted([(str(row["date"]), *(row[name] for name in COMPARED)) for row in rows], key=repr)


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Any]:
    return lambda seed: Stage(tmp_path, monkeypatch, seed)


class Stage:
    """A lake to which things happen at random."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, seed: int) -> None:
        self.rng = random.Random(seed)
        self.settings = Settings(lake=str(folder / "lake"), model="none")
        self.waiting = batches(folder / "in", seed)
        self.lake = Lake.open(self.settings.lake)
        # Without documents, and never taken back: a lake that has lost all receipts is another story.
        (folder / "none").mkdir()
        (folder / "none" / "none.jsonl").write_text("{}\n")
        for batch in plan(folder / "none", "jsonl", None):
            import_batch(self.settings, batch, None, {})
        self.followers = Followers(Path(self.settings.lake))
        self.patch = patch
        self.told: set[str] = set()

    def arrive(self) -> None:
        if self.waiting:
            import_batch(self.settings, self.waiting.pop(), None, {})

    def settle(self) -> None:
        list(settle_all(self.settings))

    def settle_watched(self) -> None:
        """The followers look just before each day is put in place: its row is there, the day is not."""
        self._settle_with(lambda: None)

    def settle_killed(self) -> None:
        """Killed between the row and the rename."""

        def die() -> None:
            if self.rng.random() < 0.5:
                raise Killed

        self._settle_with(die)

    def _settle_with(self, then: Callable[[], None]) -> None:
        publish = Lake.publish

        def watched(lake: Lake, staged: Any) -> None:
            if staged.path.startswith("articles/"):
                self.followers.round()
                then()
            publish(lake, staged)

        with self.patch.context() as patch:
            patch.setattr(Lake, "publish", watched)
            try:
                list(settle_all(self.settings))
            except Killed:
                self.told.add("killed")

    def lose_a_batch(self) -> None:
        """A batch is taken back; its days may go."""
        receipts = self._with_documents()
        if receipts:
            self._take_back(self.rng.choice(receipts).batch)

    def lose_everything(self) -> None:
        for receipt in self._with_documents():
            self._take_back(receipt.batch)

    def _with_documents(self) -> list[Receipt]:
        return [receipt for receipt in self.lake.receipts("clean") if receipt.of("documents")]

    def _take_back(self, batch: str) -> None:
        for step in ("clean", "fetch"):
            self.lake.store.delete(f"receipts/{step}/{batch}.json")

    def repeat_a_row(self) -> None:
        """At least once: the same row under another name."""
        files = sorted(Path(self.settings.lake).glob("changes/*/*.parquet"))
        if files:
            one = self.rng.choice(files)
            shutil.copy(one, one.with_name(f"again-{one.name}"))

    def find_a_day(self) -> None:
        """A row of the reason `found`, without counts, and no history before it."""
        for path in sorted(Path(self.settings.lake).glob("articles/*/part.parquet"))[:1]:
            day = path.parent.name.removeprefix("date=")
            _tell(self.lake, day, "", PAGE["read_day"](self.settings.lake, day)[1], "found")


@pytest.mark.parametrize("seed", range(4))
def test_a_follower_ends_with_what_a_full_read_gives(stage: Callable[[int], Stage], seed: int) -> None:
    here = stage(seed)
    follow = here.followers.round
    happenings = [
        here.arrive, here.arrive, here.settle, here.settle_watched, here.settle_killed, here.lose_a_batch,
        here.repeat_a_row, here.find_a_day, follow, follow,
    ]  # fmt: skip
    for _ in range(25):
        here.rng.choice(happenings)()
    if seed == 3:
        here.lose_everything()
    here.settle()
    follow()
    wanted = full(here.settings.lake)
    assert here.followers.held() == (wanted, wanted)
    assert bool(wanted) == (seed != 3)
    # And a further round finds nothing to do.
    before = here.followers.state
    follow()
    assert here.followers.state == before


def test_comparing_all_days_needs_no_history(
    stage: Callable[[int], Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = stage(9)
    for _ in range(4):
        here.arrive()
    here.settle()
    shutil.rmtree(Path(here.settings.lake) / "changes")
    # What the page means by: follow it to be sure.
    monkeypatch.setitem(PAGE, "told", PAGE["everything"])
    here.followers.round()
    wanted = full(here.settings.lake)
    assert here.followers.held() == (wanted, wanted)
    assert wanted


def test_a_round_with_nothing_new_reads_no_rows(
    stage: Callable[[int], Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where days were published more than once: what came before the present state is history."""
    here = stage(11)
    for _ in range(6):
        here.arrive()
        here.settle()
    here.followers.round()
    folder = Path(here.settings.lake)
    per_day = [row[0] for row in PAGE["told"](folder)]
    assert len(per_day) > len(set(per_day)), "no day was published twice"
    looked: list[str] = []
    read_day = PAGE["read_day"]

    def watched(lake: Path, day: str, held: str | None = None) -> Any:
        looked.append(day)
        return read_day(lake, day, held)

    monkeypatch.setitem(PAGE, "read_day", watched)
    here.followers.round()
    assert looked == []
    # One day is told of and not in place yet: its footer is looked at by both, and no row of it is read.
    read = _rows_read(monkeypatch)
    day = sorted(set(per_day))[0]
    _tell(here.lake, day, old=read_day(folder, day)[1], new=f"1:{1:064x}")
    read.clear()
    here.followers.round()
    assert (looked, read) == ([day, day], [])


def _rows_read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Fills with the number of rows of each read of articles."""
    found: list[int] = []
    read = pq.ParquetFile.read

    def counted(file: pq.ParquetFile, *args: Any, **kwargs: Any) -> Any:
        table = read(file, *args, **kwargs)
        if "article_id" in table.column_names:
            found.append(table.num_rows)
        return table

    monkeypatch.setattr(pq.ParquetFile, "read", counted)
    return found


def _tell(lake: Lake, day: str, old: str, new: str, reason: str = "inputs") -> None:
    """A row without counts that no publication wrote."""
    row = dict.fromkeys(CHANGES.names) | {
        "date_published": day,
        "old": old,
        "new": new,
        "at": Clock().now(),
        "rows": 1,
        "reason": reason,
    }
    folder = "changes/date=2026-03-26"
    staged = write_file(lake.store, CHANGES, folder, [CHANGES.batch([row])], versions={}, inputs={})[0]
    lake.store.publish(staged, f"{folder}/{reason}-{day}.parquet")
