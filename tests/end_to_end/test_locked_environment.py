"""What is only there for tests and readers' recipes is not needed by the pipeline."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUN = """
import sys
from importlib.abc import MetaPathFinder

blocked = set(sys.argv.pop(1).split(","))

class Blocked(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in blocked:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None

sys.meta_path.insert(0, Blocked())
from dateline.cli.main import main

main(sys.argv[1:])
"""


def names(file: str) -> set[str]:
    """Import names, about, of the packages that a requirements file pins."""
    pins = re.findall(r"^([A-Za-z0-9._-]+)==", (ROOT / file).read_text(), re.MULTILINE)
    return {pin.lower().replace("-", "_") for pin in pins}


@pytest.mark.slow
def test_the_pipeline_runs_without_what_only_tests_have(tmp_path: Path) -> None:
    blocked = names("requirements-dev.txt") - names("requirements.txt")
    assert {"pandas", "polars", "pytest"} <= blocked
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "DATELINE_MODEL": "none"}
    for words in ("import seeds/archive --kind text", "check", "show 2026-03-22"):
        command = [sys.executable, "-c", RUN, ",".join(sorted(blocked)), *words.split()]
        done = subprocess.run(
            [*command, "--lake", str(tmp_path / "lake")],
            cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
