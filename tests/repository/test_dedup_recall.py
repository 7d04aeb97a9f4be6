"""The script that measures recall by edit: its edits, its negatives, and one small run."""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from pathlib import Path

import dedup_recall
import pytest
from dedup_recall import EDITS, NO_COPY, Story, by_dateline, by_simhash, copies, measure, read, simhash

from dateline.text.normalise import words

STORIES = read(None, 8, 1)


@pytest.mark.parametrize("edit", [*EDITS, NO_COPY])
def test_an_edit_is_the_same_for_the_same_seed_and_leaves_something(edit: str) -> None:
    once, twice, other = (copies(edit, STORIES, seed) for seed in (1, 1, 2))
    assert once == twice
    assert len(once) == len(STORIES)
    assert all(len(words(copy.text)) >= 10 for copy in once)
    assert sum(copy.text == story.text for copy, story in zip(once, STORIES, strict=True)) <= 2
    if "cut" not in edit and edit != NO_COPY:
        assert once != other, "another seed, other copies"


def share_of_words(edit: str) -> float:
    """Words of the copies as a share of those before; of words that were changed, those that stayed."""
    pairs = [
        (words(copy.text), words(story.text))
        for copy, story in zip(copies(edit, STORIES, 1), STORIES, strict=True)
    ]
    if "changed" in edit:
        kept = sum((Counter(some) & Counter(others)).total() for some, others in pairs)
        return kept / sum(len(others) for _, others in pairs)
    return sum(len(some) for some, _ in pairs) / sum(len(others) for _, others in pairs)


@pytest.mark.parametrize(
    ("edit", "share"),
    [
        ("5 % of the words changed", 0.95), ("20 % of the words changed", 0.84), ("cut to 30 %", 0.3),
        ("updated, 50 % more", 1.5), ("paragraphs shuffled", 1.0),
    ],
)  # fmt: skip
def test_an_edit_does_what_it_says(edit: str, share: float) -> None:
    assert share_of_words(edit) == pytest.approx(share, abs=0.06)


def test_a_file_gives_each_long_text_once(tmp_path: Path) -> None:
    lines = [{"id": place, "text": story.text} for place, story in enumerate([*STORIES, *STORIES])]
    file = tmp_path / "in.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in [*lines, {"id": "x", "text": "Short."}]))
    assert {story.text for story in read(file, 500, 1)} == {story.text for story in STORIES}
    assert len(read(file, 3, 1)) == 3


def test_simhash_keeps_like_texts_near() -> None:
    text = " ".join(f"word{number % 50}" for number in range(500))
    near, far = simhash(text) ^ simhash(f"{text} word7"), simhash(text) ^ simhash(STORIES[0].text)
    assert near.bit_count() <= 6 < far.bit_count()
    assert by_simhash([Story("", text), Story("", f"{text} word7"), STORIES[0]], 6) == {(1, 0)}


def test_a_small_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dedup_recall, "EDITS", {edit: EDITS[edit] for edit in ("cut to 50 %",)})
    found = list(measure(STORIES, 1, ["dateline"]))
    assert found[0] == ["cut to 50 %", "1.000"]
    assert float(found[1][1]) <= 0.25
    assert found[2] == ["pairs of different stories joined", "0"]


def test_copies_come_after_their_stories() -> None:
    texts = [*STORIES, *random.Random(1).sample(STORIES, len(STORIES))]
    assert all(copy >= len(STORIES) > story for copy, story in by_dateline(texts))
    assert len(by_dateline(texts)) == len(STORIES)


def test_without_datasketch_the_rest_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "datasketch", None)
    monkeypatch.setattr(dedup_recall, "measure", lambda *_: iter([["an edit", "1.000", "0", "0"]]))
    monkeypatch.setattr(sys, "argv", ["dedup_recall.py", "--texts", "4"])
    assert dedup_recall.main() == 0
    told = capsys.readouterr().out
    assert "pip install datasketch" in told
    assert "| edit | dateline | SimHash 3 | SimHash 10 |" in told
