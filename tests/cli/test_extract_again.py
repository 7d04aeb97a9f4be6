"""`dateline extract` gives the same bytes again: more processes, lines in another order, other hashes."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from fuzz_pages import WAYS, fictional

from dateline.cli.extract import extract

COPIES = 6
"""Of each page, all but the first spoilt: enough lines for several processes to have something to do."""


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A manifest of fictional pages, among them some that are refused and some that are no file."""
    lines = []
    for number, body in enumerate(fictional()):
        for copy in range(COPIES):
            chance = random.Random(COPIES * number + copy)
            name = f"{number}-{copy}"
            spoilt = chance.choice(WAYS)(body, chance)[:20_000] if copy else body
            (tmp_path / f"{name}.html").write_bytes(spoilt)
            url = f"https://www.greywater.example/2026/03/24/{name}"
            lines.append(json.dumps({"id": name, "url": url, "html_path": f"{name}.html"}))
    lines.insert(7, json.dumps({"id": "gone", "url": None, "html_path": "gone.html"}))
    manifest = tmp_path / "pages.jsonl"
    manifest.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return manifest


def extracted(manifest: Path, workers: int = 1) -> bytes:
    target = manifest.with_name("out.jsonl")
    extract(manifest, target, workers)
    return target.read_bytes()


def test_processes_do_not_matter(pages: Path) -> None:
    made = extracted(pages)
    assert made.count(b"\n") == len(fictional()) * COPIES + 1
    assert made.count(b'"reject"') < made.count(b"\n") // 2
    assert extracted(pages, workers=3) == made


def test_the_order_of_lines_does_not_matter(pages: Path) -> None:
    made = extracted(pages)
    lines = pages.read_text(encoding="utf-8").splitlines()
    pages.write_text("\n".join(reversed(lines)) + "\n", encoding="utf-8")
    again = extracted(pages)
    assert again != made
    assert sorted(again.splitlines()) == sorted(made.splitlines())


def test_the_seed_of_hashes_does_not_matter(pages: Path) -> None:
    made = {_with_hash_seed(pages, seed) for seed in ("1", "20260324")}
    assert made == {extracted(pages)}


def _with_hash_seed(manifest: Path, seed: str) -> bytes:
    """What another interpreter gives, in which sets of texts have another order."""
    target = manifest.with_name(f"out-{seed}.jsonl")
    code = "import sys; from dateline.cli.main import main; sys.exit(main())"
    subprocess.run(
        [sys.executable, "-c", code, "extract", "--input", str(manifest), "--output", str(target)],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=True,
        capture_output=True,
    )
    return target.read_bytes()
