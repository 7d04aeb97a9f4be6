"""The scripts that measure: the same documents always, each process by itself, work told apart."""

from __future__ import annotations

import random
import sys
import textwrap
import time
from datetime import datetime
from pathlib import Path

import pytest
from cost import Profile, is_work
from memory import documents, fictional, out_of, watch, write

MEGABYTES = 60


def test_documents_are_always_the_same_and_lie_on_the_days_asked_for() -> None:
    some = list(documents(60, 3, fictional))
    assert some == list(documents(60, 3, fictional))
    assert {datetime.fromisoformat(row["published"]).date().day for row in some} == {1, 2, 3}
    assert {row["published"][:10] for row in documents(60, 1, fictional)} == {"2025-01-01"}
    sizes = [len(row["body"]) for row in some]
    assert 1500 < sum(sizes) / len(sizes) < 5000
    assert len({row["url"] for row in some}) == 60
    assert 30 < len({row["body"] for row in some}) < 60


def test_documents_are_made_out_of_a_file(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"title": "Tide", "body": "One.\\n\\nTwo."}\n{"text": "Three."}\n{"body": ""}\n')
    title, paragraphs = out_of(rows)(random.Random(1))
    assert title in ("Tide", "")
    assert set(paragraphs) <= {"One.", "Two.", "Three."}


def test_files_hold_so_many_documents(tmp_path: Path) -> None:
    size = write(tmp_path, documents(5, 1, fictional), 2)
    files = sorted(tmp_path.iterdir())
    assert [len(file.read_bytes().splitlines()) for file in files] == [2, 2, 1]
    assert sum(file.stat().st_size for file in files) == size


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peaks are read from /proc")
def test_each_process_counts_by_itself() -> None:
    child = f"import time; held = bytearray({MEGABYTES}_000_000); time.sleep(0.5)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], check=True)"
    seen, seconds = watch([sys.executable, "-c", parent], {})
    assert len(seen) == 2
    assert seen[1].peak > MEGABYTES * 1_000_000 > seen[0].peak > 0
    assert seconds >= 0.5


def test_cpu_belongs_to_the_innermost_frame_of_the_package() -> None:
    names = ("dateline.text.made_up", "dateline.run")
    inner, outer = ({"__name__": name} for name in names)
    loop = """
        def inner():
            return sum(range(2_000_000))
        """
    exec(textwrap.dedent(loop), inner)
    exec("def outer(function):\n    function()\n    return sum(range(1_000_000))", outer)
    profile, began = Profile(), time.process_time()
    with profile.running():
        for _ in range(10):
            outer["outer"](inner["inner"])
    spent = time.process_time() - began
    assert set(profile.modules()) <= {"text.made_up", "run", "(this script)"}
    assert profile.total() == pytest.approx(spent, rel=0.1)
    assert 0.2 < profile.share() < 0.5


def test_what_is_work() -> None:
    assert all(map(is_work, ("steps.clean", "text.urls", "edges.http.client", "edges.models")))
    assert not any(map(is_work, ("step", "run", "edges.lake.files", "contract", "edges", "contracts.texts")))
