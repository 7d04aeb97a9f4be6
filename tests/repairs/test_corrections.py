"""A lake that is told something new: a manifest, a map, more lines, other settings of a source."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from dateline.edges.lake import Lake
from dateline.run import ledger
from dateline.settings import Settings
from settled import STORY, take_in, told


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
