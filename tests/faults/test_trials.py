"""The trials under scripts/faults, small: each proves its promise and says so in its last line."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from dateline.settings import ROOT

TRIALS = {
    "order.py": (
        ["--documents", "40", "--batches", "6", "--model", "none", "--workers", "1"],
        "10 lakes are",
    ),
    "kill.py": (["--kills", "6", "--with-models", "0"], "nothing was lost"),
    "full_disk.py": (["--levels", "3"], "nothing was lost"),
}


@pytest.mark.slow
@pytest.mark.parametrize("script", TRIALS)
def test_a_small_trial(script, tmp_path):
    arguments, promise = TRIALS[script]
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts/faults" / script), *arguments, "--seed", "7"],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=1200,
    )
    if done.returncode == 2 and script == "full_disk.py":
        pytest.skip(done.stdout.splitlines()[-1])
    assert done.returncode == 0, done.stdout + done.stderr
    assert promise in done.stdout.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []
