"""What the fuzzer once found stays found; and it does find things."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fuzz import Tally, feed, run
from fuzz_targets import Answers, Target, targets

CASES = json.loads((Path(__file__).parent / "cases.json").read_text())
NAMES = ("feed", "sitemap", "section", "robots", "rights files", "headers", "URL", "decoding", "answer")


@pytest.fixture(scope="module")
def known() -> Iterator[dict[str, Target]]:
    with Answers() as answers:
        yield targets(answers)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_cases_hold(case: dict[str, str], known: dict[str, Target]) -> None:
    assert case["target"] in known
    known[case["target"]].check(base64.b64decode(case["data"]))


@pytest.mark.parametrize("name", NAMES)
def test_proper_inputs_and_a_few_spoilt_ones(name: str, known: dict[str, Target]) -> None:
    assert set(known) == set(NAMES)
    target, tally = known[name], Tally()
    for data in target.seeds:
        target.check(data)
    feed(target, tally, number=1, count=30)
    assert tally.found == {}
    assert tally.inputs >= 30


def _never(data: bytes) -> None:
    if b"quay" in data and len(data) > 5:
        raise RecursionError("too deep")


def test_what_breaks_is_cut_down_and_told_once() -> None:
    target = Target((b"a quay by the sea",), (b"quay", b"sea"), _never)
    tallies = run({"port": target}, 0.2, number=1)
    [(where, data)] = tallies["port"].found.items()
    assert where.startswith("RecursionError")
    assert b"quay" in data
    assert len(data) == 6
