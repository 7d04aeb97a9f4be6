"""What the fuzzer once found stays found; and it does find things."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fuzz import OFTEN, PRINTED, Tally, case, feed, repeated, run, swollen
from fuzz_pages import target as page
from fuzz_targets import Answers, Target, targets

CASES = json.loads((Path(__file__).parent / "cases.json").read_text())
NAMES = (
    "feed",
    "sitemap",
    "section",
    "robots",
    "rights files",
    "headers",
    "URL",
    "decoding",
    "answer",
    "page",
)


@pytest.fixture(scope="module")
def known() -> Iterator[dict[str, Target]]:
    with Answers() as answers:
        yield {**targets(answers), "page": page()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_cases_hold(case: dict[str, Any], known: dict[str, Target]) -> None:
    assert case["target"] in known
    data, began = _data(case), time.process_time()
    known[case["target"]].check(data)
    assert time.process_time() - began < 3 * known[case["target"]].longest


def _data(case: dict[str, Any]) -> bytes:
    """An input; a large one is told as what stands before, a word, how many times, and what stands after."""
    word, after = (base64.b64decode(case.get(name, "")) for name in ("word", "after"))
    return base64.b64decode(case["data"]) + repeated(word, case.get("times", 0)) + after


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


def test_one_word_stands_very_often_in_some() -> None:
    target = Target((b"<quay>",), (b" a%d",), _never)
    made = [swollen(target, number) for number in range(60)]
    assert any(b"<quay" + repeated(b" a%d", OFTEN) + b">" == one for one in made)


def test_a_large_input_is_kept_in_a_file() -> None:
    assert json.loads(case("port", b"quay")) == {"target": "port", "data": "cXVheQ=="}
    told = case("port", b"q" * (PRINTED + 1))
    path = Path(told.rpartition(" ")[2])
    assert path.read_bytes() == b"q" * (PRINTED + 1)
    path.unlink()
