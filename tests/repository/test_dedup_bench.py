"""The bench of the whole command beside datasketch."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "scripts" / "dedup_bench.py"


def test_both_do_the_job_and_the_ratio_is_told() -> None:
    made = subprocess.run(
        [sys.executable, str(SCRIPT), "--texts", "60"],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    lines = made.stdout.splitlines()
    assert re.match(r"dateline .* CPU s .* 12 of 72 linked", lines[0])
    assert re.match(r"datasketch .* CPU s .* 12 of 72 linked", lines[1])
    assert re.fullmatch(r"dateline / datasketch: [0-9.]+", lines[2])
    assert lines[3] == "joined to the first of their group: copy 1.0000 of 12"
