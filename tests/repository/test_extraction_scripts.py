"""The scripts that measure how pages are read: what counts as right, and what they find."""

from __future__ import annotations

import json
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import extraction_ablation as ablation
import extraction_calibration as calibration
import extraction_cost as cost
import hostile_pages as hostile
import pytest
from extraction_corpus import BodyScore, Saved, corpus, facts_right
from extraction_stages import STAGES, replaced
from fuzz_pages import URL, fictional

from dateline.text.html import body as html_body
from dateline.text.html.bylines import Bylines
from dateline.text.html.evidence import Evidence, gather
from dateline.text.html.tree import parse

TEXT = (
    "The council voted on Tuesday to reopen the old harbour to fishing boats from next spring. "
    "Work on the locks is to begin in May and to cost 3.2 million crowns."
)
GOLD = {
    "title": "Harbour reopens",
    "authors": ["Ben Lamp", "Anna Quay"],
    "date": "2026-03-24",
    "published": "2026-03-24T23:30:00-05:00",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus of two sets with four of the fictional pages each; one file is no page."""
    (tmp_path / "html").mkdir()
    with (tmp_path / "truth.jsonl").open("w", encoding="utf-8") as truth:
        for number, page in enumerate(fictional()):
            path = f"html/{number}.html"
            (tmp_path / path).write_bytes(page if number else b"{}")
            # A line separator within a value ends no line.
            known = {
                "id": f"p{number}",
                "source": f"s{number % 2}",
                "url": URL,
                "html_path": path,
                "x": "\u2028",
            }
            text = {"body": TEXT, "body_kind": "gold_full"}
            truth.write(json.dumps({**known, **GOLD, **text}, ensure_ascii=False) + "\n")
    return tmp_path


@pytest.mark.parametrize(
    ("told", "right"),
    [
        ({"title": "HARBOUR, reopens!"}, {"title_exact"}),
        ({"title": "Harbour reopens | Post"}, set()),
        ({"authors": ["anna quay", "Ben Lamp"]}, {"author_set"}),
        ({"authors": ["Anna Quay"]}, set()),
        ({"published": "2026-03-24"}, {"day"}),
        ({"published": "2026-03-24T23:30:59-05:00"}, {"day", "instant"}),
        ({"published": "2026-03-25T04:30:00Z"}, {"instant"}),
        ({"published": "2026-03-24T23:30:00"}, {"day"}),
        ({"published": "2026-03-25T04:30:00Z", "date": "2026-03-24"}, {"day", "instant"}),
    ],
)
def test_when_a_fact_is_right(told: dict[str, Any], right: set[str]) -> None:
    judged = facts_right(GOLD, told)
    assert set(judged) == {"title_exact", "author_set", "day", "instant"}
    assert {name for name, is_right in judged.items() if is_right} == right


def test_what_is_not_known_is_not_judged() -> None:
    assert facts_right({"title": None, "date": "NaN", "published": "2026-03-24"}, {}) == {}
    assert facts_right({"byline": "By Anna Quay and Ben Lamp"}, {"authors": ["Anna Quay", "Ben Lamp"]}) == {
        "author_set": True
    }


def test_scores_of_bodies() -> None:
    score = BodyScore()
    score.add({"body": "a b c d e", "body_kind": "gold_full"}, "a b c d x")
    assert [*score.figures()] == [("text", pytest.approx(0.5), 1)]
    score = BodyScore()
    score.add({"body_with": ["old  quay", "new quay"], "body_without": ["menu"]}, "the old quay\nmenu")
    assert [*score.figures()] == [("segments", pytest.approx(0.5), 2)]
    score = BodyScore()
    score.add({"body": "旧港口重新", "body_kind": "gold_full", "language": "zh"}, "旧港口重新")
    assert [*score.figures()] == [("text", 1.0, 1)]


def test_a_sample_is_always_the_same_and_part_of_a_larger_one(folder: Path) -> None:
    whole = [page.id for page in corpus(folder)]
    assert len(whole) == len(set(whole)) == len(fictional())
    assert whole != sorted(whole)
    assert [page.id for page in corpus(folder, 3)] == whole[:3]
    assert {page.source for page in corpus(folder, sources=["s1"])} == {"s1"}


def test_every_kind_of_evidence_can_be_silenced() -> None:
    """A new field of the evidence belongs to a kind, or it would speak in every column "alone"."""
    said = Evidence(**{field.name: f"said {field.name}" for field in fields(Evidence)})
    said.meta = {"og:title": ["Quay"], "author": ["Anna Quay"]}
    said.shown = Bylines(**{field.name: f"said {field.name}" for field in fields(Bylines)})
    for without in ablation.KINDS.values():
        said = without(said)
    silent = Evidence(None)
    left = {each.name for each in fields(said) if getattr(said, each.name) != getattr(silent, each.name)}
    assert left == {"language"}


def test_what_evidence_adds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ablation, "LEAST", 3)
    found = ablation.ablate(corpus(folder))
    assert found.all["all", "title_exact"] == len(fictional()), "a page that is refused counts as wrong"
    assert found.share("", "all", "title_exact") == 2 / 8
    assert found.share("headings and lines", "all", "title_exact") == 1 / 8
    assert found.share("JSON-LD", "s1", "author_set") == 1 / 4
    assert found.share("-JSON-LD", "s1", "day") >= 1 / 4
    tables = [*ablation.facts_tables(found, ["s1"])]
    assert sum(line.startswith("| all evidence | ") for line in tables) == 4
    assert " s1 (4) without | alone | all (8) without |" in tables[0]
    rows = [*ablation.body_table(ablation.read_bodies(corpus(folder)))]
    assert len(rows) == 2 + len(STAGES) - 1
    assert rows[0].count("|") == 8


def test_a_stage_that_is_gone_is_told() -> None:
    with pytest.raises(AttributeError), replaced(html_body, no_such_stage=len):
        raise AssertionError
    tree = parse(fictional()[1].decode())
    headings = gather(tree, URL).headings
    assert STAGES["by blocks"](tree, headings)[0].startswith("The council")


def test_calibration(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [(0.95, True), (0.91, False), (0.9, True), (0.3, False), (1.0, True)]
    assert calibration.sure(given) == (0.75, 0.8, 4)
    assert [row.split(" | ")[1] for row in calibration.buckets(given)] == ["1", "2", "2"]
    assert calibration.sure([]) == (1.0, 0.0, 0)
    command = ["calibration", str(folder), "--sets", "s0", "s1"]
    monkeypatch.setattr(sys, "argv", command)
    assert calibration.main() == 0
    monkeypatch.setattr(sys, "argv", [*command, "--least-right", "0.95"])
    assert calibration.main() == 1
    assert "falls short: s0, title: " in capsys.readouterr().out


def test_cost(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    asked: list[tuple[str, bytes]] = []
    monkeypatch.setattr(cost, "ours", lambda body, _: asked.append(("ours", body)))
    pages = corpus(folder)
    assert cost.compare(pages, lambda body, _: asked.append(("theirs", body)), 3) > 0
    counted = asked[2 * len(pages) :]
    bodies = sorted(page.body() for page in pages)
    for who in ("ours", "theirs"):
        assert sorted(body for name, body in counted if name == who) == sorted(bodies * 3)
    # In turns, with the order changing, and never the same page for both.
    turns = [*zip(counted[::2], counted[1::2], strict=True)]
    assert all({one[0], other[0]} == {"ours", "theirs"} for one, other in turns)
    assert len({name for name, _ in counted[::2]}) == 2
    assert all(one[1] != other[1] for one, other in turns)
    assert capsys.readouterr().out.count("round ") == 3


def test_stages_have_their_own_time_only(folder: Path) -> None:
    lines = [*cost.profile(corpus(folder), 1)]
    stages = {line.split()[0]: line for line in lines}
    assert {"gather", "parse", "decode_and_mend", "read_body", "look_at"} <= set(stages)
    assert cost.html_page.gather is gather, "put back"
    shares = [float(line.partition("%")[0].split()[-1]) for line in lines[:-1]]
    assert sum(shares) == pytest.approx(100, abs=0.5)


def test_hostile_pages(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = next(page for page in corpus(folder) if page.id == "p1")
    found = hostile.read_cut(page, 4)
    assert len({each.size for each in found}) == 5
    assert hostile.sizes(page, 500, 4) == hostile.sizes(page, 500, 4) != hostile.sizes(page, 500, 3)
    assert hostile.sizes(page, 0, 4) == [0]
    assert [each.broken for each in found] == [None] * 5
    assert hostile.report(found, 2.0).__next__().startswith("5 read, ")
    assert [*hostile.report(found, 0.0)][-1] == "0 broken, 5 over 0.0 s"


@pytest.mark.parametrize("what", ["raises", "never ends"])
def test_what_breaks_is_told(what: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_: object) -> dict[str, Any]:
        while what == "never ends":
            pass
        raise RecursionError("deep")

    monkeypatch.setattr(hostile, "extracted", read)
    monkeypatch.setattr(hostile, "GIVEN_UP", 0.05)
    page = Saved("a", "s", folder, None, {})
    told = hostile.read_one(page, b"<p>").broken
    assert told is not None
    assert told.startswith("RecursionError at test_" if what == "raises" else "GivenUpError at test_")
