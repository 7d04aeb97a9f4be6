"""Runs that meet in one lake lose nothing, and put nothing half-way in place."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline import intake
from dateline import settle as settling
from dateline.edges.archive import plan
from dateline.edges.archive_days import DayNames
from dateline.edges.lake import Lake, lease
from dateline.errors import LakeError, LeaseHeld
from dateline.run import import_batch, ledger, settle_all
from settled import STORY, day_file, take_in, told


def test_two_settles_of_one_lake_exclude_each_other_whoever_they_are(notes):
    first = settle_all(notes)
    next(first)
    with pytest.raises(LeaseHeld, match="is settling this lake until"):
        next(settle_all(notes))
    first.close()
    assert list(settle_all(notes))
    assert not (Path(notes.lake) / "lease.json").exists()


def test_a_batch_file_that_vanished_while_its_batch_was_taken_in_gets_no_receipt(
    notes, tmp_path, monkeypatch
):
    written = Lake.write_batch

    def swept(self, *arguments):
        facts = written(self, *arguments)
        for file in facts:
            self.store.delete(file.path)
        return facts

    (tmp_path / "notes" / "new.txt").write_text(f"date 2026-03-23 A quay\n\nOSLO\n{STORY}\n")
    monkeypatch.setattr(Lake, "write_batch", swept)
    with pytest.raises(LakeError, match="has vanished while its batch was taken in"):
        take_in(notes, tmp_path / "notes", "text")
    monkeypatch.undo()
    assert told(notes) == []
    take_in(notes, tmp_path / "notes", "text")
    assert ledger(notes)["published"] == 3


def test_two_runs_that_take_one_batch_in_at_once_lose_nothing(notes, tmp_path, monkeypatch):
    folder, spooled, others = tmp_path / "days", intake._apply, []
    folder.mkdir()
    (folder / "2026-03-23-one.txt").write_text(f"date 2026-03-23 A quay\n\nOSLO\n{STORY} One.\n")

    def take() -> None:
        (batch,) = plan(folder, "text", None, days=DayNames("{date}"))
        import_batch(notes, batch, None, {})

    def slowly(*arguments):
        made = spooled(*arguments)
        if not others:
            others.append(True)
            second = folder / "2026-03-23-two.txt"
            second.write_text(f"date 2026-03-23 A mole\n\nOSLO\n{STORY} Two.\n")
            take()
            second.unlink()
        return made

    monkeypatch.setattr(intake, "_apply", slowly)
    take()
    list(settle_all(notes))
    assert told(notes) == []
    assert ledger(notes)["published"] == 4


@pytest.mark.parametrize("after", ["sign", "deduplicate", "enrich"])
def test_documents_that_come_meanwhile_wait_for_the_next_run(notes, tmp_path, monkeypatch, after):
    folder, work = tmp_path / "notes", settling.work
    copy = folder / "copy.txt"
    copy.write_text(f"date 2026-03-22 A copy\n\nBERGEN\n{STORY} It was 2026-03-22.\n")

    def beside(days, verb, wanted):
        yield from work(days, verb, wanted)
        if verb == after:
            more = folder / "more.txt"
            if not more.exists():
                more.write_text(f"date 2026-03-22 More\n\nOSLO\n{STORY} It was 2026-03-22. The end.\n")
                for batch in plan(folder, "text", None):
                    import_batch(notes, batch, None, {})

    published = day_file(notes, "articles").read_bytes()
    for batch in plan(folder, "text", None):
        import_batch(notes, batch, None, {})
    monkeypatch.setattr(settling, "work", beside)
    list(settle_all(notes))
    assert day_file(notes, "articles").read_bytes() == published
    monkeypatch.undo()
    list(settle_all(notes))
    assert told(notes) == []
    changes = Lake.open(notes.lake).dataset("changes").to_pylist()
    # Never published with one of the two and without the other.
    assert sorted(row["rows"] for row in changes if row["date_published"] == "2026-03-22") == [1, 3]


def test_a_run_that_has_lost_the_lease_puts_nothing_in_place(notes, tmp_path, monkeypatch):
    (tmp_path / "notes" / "new.txt").write_text(f"date 2026-03-22 A quay\n\nOSLO\n{STORY} New.\n")
    for batch in plan(tmp_path / "notes", "text", None):
        import_batch(notes, batch, None, {})
    published, staged = day_file(notes, "articles").read_bytes(), Lake.stage_day

    def asleep(self, made, *arguments, **named):
        done = staged(self, made, *arguments, **named)
        if made.name == "articles":
            # Another run has taken the lease over, done its work and given it back.
            self.store.delete(lease.PATH)
        return done

    monkeypatch.setattr(Lake, "stage_day", asleep)
    with pytest.raises(LeaseHeld, match="does not hold the lease of this lake any more"):
        list(settle_all(notes))
    assert day_file(notes, "articles").read_bytes() == published
    monkeypatch.undo()
    list(settle_all(notes))
    assert told(notes) == []
