"""The demonstration, as a person runs it: twice, and then the query that it proposes."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import airflow_home
import pytest

pytestmark = [pytest.mark.airflow, pytest.mark.slow]


def demo(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "scripts/demo.py",
        "--lake",
        str(folder / "lake"),
        "--var",
        str(folder / "var"),
    ]
    return subprocess.run(command, cwd=airflow_home.ROOT, capture_output=True, text=True, timeout=300)


def in_order(stdout: str, *tasks: str) -> bool:
    """Whether the tasks of a settle run are told one after the other; others may stand between."""
    (told,) = re.findall(r"^ +(find_dirty .*|\(find_dirty\) .*)$", stdout, re.MULTILINE)
    return bool(re.search(" → (?:.+ → )?".join(map(re.escape, tasks)), told))


def test_the_demonstration_runs_twice(tmp_path: Path) -> None:
    first, second = demo(tmp_path), demo(tmp_path)
    assert (first.returncode, second.returncode) == (0, 0), first.stdout + first.stderr + second.stdout
    assert first.stderr == second.stderr == ""
    assert first.stdout.count("success") == 4
    assert in_order(first.stdout, "deduplicate", "enrich", "publish", "announce")
    assert in_order(first.stdout, "deduplicate", "cluster", "announce")
    for day in ("2026-03-20", "2026-03-24", "2026-03-25"):
        assert f"published {day}:" in first.stdout
    assert "Two found safe after dinghy capsizes" in " ".join(first.stdout.split())

    assert in_order(second.stdout, "(deduplicate)", "(enrich)", "(publish)", "(announce)")
    assert second.stdout.count("the newsroom was asked 0 times") == 2
    assert (
        second.stdout.partition("ledger")[2].partition("done in")[0]
        == (first.stdout.partition("ledger")[2].partition("done in")[0])
    )

    (query,) = re.findall(r"^  (\.venv/bin/python -c .*)$", second.stdout, re.MULTILINE)
    asked = subprocess.run(
        [sys.executable, *shlex.split(query)[1:]], cwd=airflow_home.ROOT, capture_output=True, text=True,
        timeout=60, check=True,
    )  # fmt: skip
    assert "harbour-courier" in asked.stdout
