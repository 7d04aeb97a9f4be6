"""A lake that was damaged, misused or told something new: found out, said clearly, repaired."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dateline import intake
from dateline import settle as settling
from dateline.cli.main import main as command_line
from dateline.edges.archive import plan
from dateline.edges.archive_days import DayNames
from dateline.edges.lake import Lake, lease
from dateline.errors import Damaged, LakeError, LeaseHeld, UsageError
from dateline.health import inspect
from dateline.run import fetch_archive, import_batch, ledger, settle_all
from dateline.settings import Settings, from_environment

NOW = datetime(2026, 3, 25, 12, tzinfo=UTC)
STORY = "The harbour council met on Sunday and voted for a new pier that will open in May of next year."


@pytest.fixture
def notes(tmp_path):
    """A settled lake of two days, and its settings."""
    folder = tmp_path / "notes"
    folder.mkdir()
    for day in ("2026-03-22", "2026-03-24"):
        (folder / f"{day}.txt").write_text(f"date {day} A pier\n\nOSLO\n{STORY} It was {day}.\n")
    settings = Settings(lake=str(tmp_path / "lake"))
    take_in(settings, folder, "text")
    return settings


def take_in(settings, folder, kind, *, manifest=None, mapping=None, captured=None):
    for batch in plan(folder, kind, None, manifest):
        import_batch(settings, batch, captured, mapping or {})
    list(settle_all(settings))


def told(settings) -> list[tuple[str, str]]:
    return [(finding.level, finding.what) for finding in inspect(settings)]


def day_file(settings, dataset, day="2026-03-22") -> Path:
    return Path(settings.lake) / dataset / f"date={day}" / "part.parquet"


@pytest.mark.parametrize("dataset", ["signatures", "duplicates", "annotations", "articles"])
def test_a_day_that_vanished_is_found_and_made_again(notes, dataset):
    path = day_file(notes, dataset)
    before = path.read_bytes()
    path.unlink()
    findings = told(notes)
    assert findings[0] == ("dirty", f"2026-03-22 has documents and no {dataset}; run `dateline settle`")
    # Signatures that are gone move the inputs of the days that look back on them as well.
    assert {level for level, _ in findings} == {"dirty"}
    list(settle_all(notes))
    assert path.read_bytes() == before
    assert told(notes) == []


def test_damaged_pages_are_told_and_not_a_traceback(notes):
    path = day_file(notes, "articles")
    data = bytearray(path.read_bytes())
    for at in range(200, 1200):
        data[at] ^= 0xFF
    path.write_bytes(data)
    findings = told(notes)
    assert findings
    assert {level for level, _ in findings} == {"broken"}
    assert "articles" in findings[0][1]


@pytest.mark.parametrize("text", ["null", "5", '"x"', "{", '{"files": [{}]}', ""])
def test_a_damaged_receipt_is_told_by_name(notes, text):
    receipt = next((Path(notes.lake) / "receipts/clean").iterdir())
    receipt.write_text(text)
    findings = told(notes)
    assert [level for level, _ in findings] == ["broken", "broken"]
    assert receipt.name in findings[0][1]
    assert "were not looked at" in findings[1][1]
    with pytest.raises(LakeError, match=receipt.name):
        list(settle_all(notes))


def only_file(settings, dataset) -> Path:
    return next((Path(settings.lake) / dataset).rglob("*.parquet"))


def test_documents_that_vanished_are_told_and_made_again_by_the_next_settle(notes):
    path = only_file(notes, "documents")
    before = path.read_bytes()
    path.unlink()
    findings = told(notes)
    assert [level for level, _ in findings] == ["broken"]
    assert "gone" in findings[0][1]
    assert [summary.step for summary in settle_all(notes)] == ["clean", "settle"]
    assert path.read_bytes() == before
    assert told(notes) == []


def test_a_batch_that_was_fetched_and_not_cleaned_is_cleaned_by_the_next_settle(notes, tmp_path):
    """A live batch is never fetched again: its documents would be lost with the run that died in between."""
    whole = {path: path.read_bytes() for path in Path(notes.lake).rglob("*.parquet")}
    killed = replace(notes, lake=str(tmp_path / "killed"))
    for batch in plan(tmp_path / "notes", "text", None):
        fetch_archive(killed, batch, None, {})
    assert {level for level, _ in told(killed)} == {"dirty"}
    list(settle_all(killed))
    assert told(killed) == []
    files = {Path(killed.lake) / path.relative_to(notes.lake): data for path, data in whole.items()}
    kept = {path: data for path, data in files.items() if "changes" not in path.parts}
    assert all(path.read_bytes() == data for path, data in kept.items() if "attempts" not in path.parts)


def test_captures_that_vanished_are_read_again_from_their_archive(notes, tmp_path):
    files = {path: path.read_bytes() for path in Path(notes.lake).rglob("*.parquet")}
    only_file(notes, "captures").unlink()
    take_in(notes, tmp_path / "notes", "text")
    assert told(notes) == []
    again = {path: path.read_bytes() for path in Path(notes.lake).rglob("*.parquet")}
    moved = {path for path in files.keys() | again.keys() if files.get(path) != again.get(path)}
    # The attempt to read them again is one more; nothing else is other than it was.
    assert {path.relative_to(notes.lake).parts[0] for path in moved} == {"attempts"}
    assert ledger(notes)["captured"] == 2


def test_captures_and_documents_that_vanished_say_what_a_person_must_do(notes):
    for dataset in ("captures", "documents"):
        for path in (Path(notes.lake) / dataset).rglob("*.parquet"):
            path.unlink()
    with pytest.raises(Damaged, match="is listed by a receipt and is gone from"):
        list(settle_all(notes))
    assert any("restore" in what for _, what in told(notes))
    assert day_file(notes, "articles").exists()


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


def test_stray_files_and_folders_are_no_days(notes):
    root = Path(notes.lake)
    (root / "articles/_SUCCESS").touch()
    (root / "articles/date=foo").mkdir()
    (root / "articles/date=foo/part.parquet").touch()
    assert [summary.skipped for summary in settle_all(notes)] == ["every day is as its inputs are"]
    assert [(level, what.split(" is no file")[0]) for level, what in told(notes)] == [
        ("note", "articles/_SUCCESS"),
        ("note", "articles/date=foo/part.parquet"),
    ]


def test_what_no_receipt_lists_is_swept_when_it_is_old(notes):
    root = Path(notes.lake)
    listed = sorted(path for path in root.rglob("*.parquet"))
    old, young = (root / f"documents/date=2026-03-22/{name}.parquet" for name in ("dead-1", "dead-2"))
    for path in (old, young, root / "documents/date=2026-03-22/.x.tmp"):
        path.write_bytes(b"half")
    day_ago = NOW.timestamp() - 86_400
    os.utime(old, (day_ago, day_ago))
    os.utime(root / "documents/date=2026-03-22/.x.tmp", (day_ago, day_ago))
    list(settle_all(notes))
    assert sorted(root.rglob("*.parquet")) == sorted([*listed, young])
    assert not list(root.rglob("*.tmp"))


def test_two_settles_of_one_lake_exclude_each_other_whoever_they_are(notes):
    first = settle_all(notes)
    next(first)
    with pytest.raises(LeaseHeld, match="is settling this lake until"):
        next(settle_all(notes))
    first.close()
    assert list(settle_all(notes))
    assert not (Path(notes.lake) / "lease.json").exists()


@pytest.mark.parametrize("name", ["window_days", "host_gap", "run_seconds", "max_bytes", "shards", "workers"])
@pytest.mark.parametrize("value", ["-5", "999999999999", "nan", "many"])
def test_settings_out_of_range_are_one_sentence(name, value):
    with pytest.raises(UsageError, match=f"DATELINE_{name.upper()}"):
        from_environment({f"DATELINE_{name.upper()}": value})


@pytest.mark.parametrize("lake", ["no-such-lake", ""])
def test_looking_at_a_lake_that_is_not_there_makes_none(tmp_path, monkeypatch, lake):
    monkeypatch.chdir(tmp_path)
    with pytest.raises((LakeError, UsageError), match=r"no lake at|has no name"):
        list(inspect(Settings(lake=lake)))
    assert list(tmp_path.iterdir()) == []


def page(folder: Path) -> Path:
    folder.mkdir()
    body = (
        f"<html><head><title>A pier</title></head><body><article><h1>A pier</h1><p>{STORY * 3}</p></article>"
    )
    (folder / "a.html").write_text(body)
    return folder


def test_what_a_manifest_says_later_counts_in_any_order(tmp_path):
    folder = page(tmp_path / "pages")
    entries = [{"url": "https://a.test/pier", "published": f"2026-03-{day:02}"} for day in (5, 7)]
    files = []
    for order in (entries, entries[::-1]):
        settings = Settings(lake=str(tmp_path / f"lake-{order[0]['published']}"))
        for entry in order:
            take_in(settings, folder, "html", manifest={str(folder / "a.html"): entry})
        assert told(settings) == []
        root = Path(settings.lake)
        files.append(
            {path.relative_to(root): path.read_bytes() for path in sorted(root.glob("articles/*/*"))}
        )
    assert len(files[0]) == 2
    assert files[0] == files[1]


def test_a_corrected_map_is_not_unchanged(tmp_path):
    dump = tmp_path / "dump.jsonl"
    dump.write_text(
        json.dumps({"url": "https://a.test/1", "b": STORY, "date": "2026-03-05", "c": "no"}) + "\n"
    )
    settings = Settings(lake=str(tmp_path / "lake"))
    take_in(settings, dump, "jsonl", mapping={"text": "nothing"})
    assert Lake.open(settings.lake).dataset("articles").num_rows == 0
    take_in(settings, dump, "jsonl", mapping={"text": "b"})
    (row,) = Lake.open(settings.lake).dataset("articles").to_pylist()
    assert row["text"] == STORY
    assert told(settings) == []


def test_a_dump_that_grows_counts_every_record_once(tmp_path):
    dump = tmp_path / "dump.jsonl"
    lines = [
        json.dumps({"url": f"https://a.test/{n}", "text": f"{STORY} {n}", "date": "2026-03-05"})
        for n in range(3)
    ]
    settings = Settings(lake=str(tmp_path / "lake"))
    for count in (2, 3):
        dump.write_text("\n".join([*lines[:count], "{broken"][:: 1 if count == 3 else -1]) + "\n")
        take_in(settings, dump, "jsonl")
    lake = Lake.open(settings.lake)
    ids = lake.dataset("captures", ["capture_id"]).column("capture_id").to_pylist()
    assert len(ids) == len(set(ids))
    keys = [(row["step"], row["input_key"]) for row in lake.dataset("rejects").to_pylist()]
    assert len(keys) == len(set(keys))
    totals = ledger(settings)
    assert totals["documents"] == totals["captured"]
    assert told(settings) == []


def test_other_settings_of_a_source_make_its_documents_again(tmp_path, notes):
    assert told(notes) == []
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "notes.toml").write_text(
        'name = "Notes"\nhome = "https://n.test/"\nfeeds = ["https://n.test/f"]\nlanguage = "en"\n'
        'country = "NO"\ntimezone = "Europe/Oslo"\nenabled = false\n'
    )
    changed = replace(notes, sources=str(folder))
    assert {level for level, _ in told(changed)} == {"stale"}
    take_in(changed, tmp_path / "notes", "text")
    assert told(changed) == []
    assert {row["publisher"] for row in Lake.open(notes.lake).dataset("articles").to_pylist()} == {"Notes"}


@pytest.mark.parametrize("dataset", ["signatures", "duplicates", "annotations", "articles"])
def test_a_derived_file_that_is_damaged_holds_up_no_other_and_is_made_again(notes, tmp_path, dataset):
    path = day_file(notes, dataset)
    before = path.read_bytes()
    path.write_bytes(b"torn")
    (tmp_path / "notes" / "new.txt").write_text(f"date 2026-03-25 A quay\n\nOSLO\n{STORY}\n")
    take_in(notes, tmp_path / "notes", "text")
    assert path.read_bytes() == before
    assert ledger(notes)["published"] == 3
    assert told(notes) == []


def test_a_damaged_file_of_intake_points_to_the_check(notes, capsys):
    next((Path(notes.lake) / "documents/date=2026-03-22").iterdir()).write_bytes(b"torn")
    day_file(notes, "signatures").unlink()
    with pytest.raises(SystemExit) as ended:
        command_line(["settle", "--lake", notes.lake])
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert "can't be read" in said
    assert said.endswith("; `dateline check` says what to do\n")


def test_days_without_receipts_are_not_taken_for_a_lake_that_lost_its_documents(notes):
    shutil.move(Path(notes.lake) / "receipts", Path(notes.lake).parent / "receipts")
    for path in Path(notes.lake).rglob("*"):
        os.utime(path, (0, 0))
    with pytest.raises(LakeError, match="has no receipts: restore its folder receipts/ first"):
        list(settle_all(notes))
    shutil.move(Path(notes.lake).parent / "receipts", Path(notes.lake) / "receipts")
    assert [summary.skipped for summary in settle_all(notes)] == ["every day is as its inputs are"]
    assert told(notes) == []


def test_captures_outlive_their_receipt(notes):
    receipt = next((Path(notes.lake) / "receipts/fetch").iterdir())
    kept = receipt.read_bytes()
    receipt.unlink()
    for path in Path(notes.lake).rglob("*.parquet"):
        os.utime(path, (0, 0))
    list(settle_all(notes))
    receipt.write_bytes(kept)
    list(settle_all(notes))
    assert told(notes) == []
    assert ledger(notes)["published"] == 2


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
