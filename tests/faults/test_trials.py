"""The trials under scripts/faults, small: each proves its promise and says so in its last line."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from dateline.settings import ROOT

TRIALS = {
    "order": (
        ["order.py", "--documents", "40", "--batches", "6", "--model", "none", "--workers", "1"],
        "10 lakes are",
    ),
    "levels": (
        ["order.py", "--documents", "120", "--days", "6", "--model", "none", "--workers", "1"],
        "5 lakes are",
    ),
    "kill": (["kill.py", "--kills", "6", "--with-models", "0"], "nothing was lost"),
    "full disk": (["full_disk.py", "--levels", "3"], "nothing was lost"),
}


@pytest.mark.slow
@pytest.mark.parametrize("trial", TRIALS)
def test_a_small_trial(trial, tmp_path):
    (script, *arguments), promise = TRIALS[trial]
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
    if trial == "levels":
        found = {line.partition(":")[0]: line for line in done.stdout.splitlines()}
        for kind in ("exact", "near", "contained", "extends", "version"):
            assert f" {kind}" in found["links"], "nothing is proved about an empty set"
        for why in ("credit", "canonical", "earliest"):
            assert f" by {why}" in found["syndicated"]
        assert "at depth 1" in found["clusters"]
        assert ", 0 " not in found["articles"]
