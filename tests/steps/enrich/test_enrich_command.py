"""`dateline enrich`: JSON lines in, one line each out, in the same order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.cli.enrich import enrich
from dateline.errors import ResourceMissing, UsageError

KEYS = [
    "id", "language", "dateline", "mentions", "entities", "attributions", "temporal", "places",
    "cited_sources", "quantities", "keyphrases", "topics", "stats", "flags", "models",
]  # fmt: skip


def run(folder: Path, lines: list[Any]) -> list[dict[str, Any]]:
    source, target = folder / "in.jsonl", folder / "out.jsonl"
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    enrich(source, target)
    return [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]


def test_one_line_each_in_order_with_the_agreed_keys(tmp_path: Path) -> None:
    texts = ["Ada Holm resigned on Friday.", "", "Le port de Marseille restera fermé jusqu'à lundi matin."]
    given = [{"id": f"x{9 - i}", "text": text, "date": "2024-03-25"} for i, text in enumerate(texts)]
    made = run(tmp_path, given)
    assert [line["id"] for line in made] == ["x9", "x8", "x7"]
    assert all(list(line) == KEYS for line in made)
    assert made[0]["temporal"][0]["value"] == "2024-03-22"
    assert [line["language"]["tag"] for line in made] == ["en", "und", "fr"]


def test_odd_values_are_unknown(tmp_path: Path) -> None:
    odd = [
        {"id": 1, "text": "Oslo \ud800 said no.", "date": "2024-02-31", "title": 7, "language": "??"},
        {"id": "b", "text": "Ben left on Friday.", "date": None, "language": "en"},
    ]
    made = run(tmp_path, odd)
    assert [line["id"] for line in made] == [1, "b"]
    assert made[1]["temporal"][0]["value"] == "XXXX-WXX-5"


@pytest.mark.parametrize(
    "line", [{"id": "a"}, {"id": "a", "text": 5}, {"id": None, "text": "a"}, ["a"]], ids=str
)
def test_a_bad_line_is_named(tmp_path: Path, line: Any) -> None:
    with pytest.raises(UsageError, match=r"in\.jsonl"):
        run(tmp_path, [line])


def test_a_model_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceMissing, match="no_model"):
        enrich(tmp_path / "in.jsonl", tmp_path / "out.jsonl", "no_model")
