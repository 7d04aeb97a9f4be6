"""The trainer of the trees that judge blocks: labels, trees, and one small folder of pages."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import Any

import learn_body
import numpy as np
import pytest
from body_labels import Kind, kind_of, label, shingles
from body_trees import Settings, as_json, grow
from learn_body import main, read_samples

from dateline.text.html.block_features import NAMES
from dateline.text.html.block_model import of_json
from dateline.text.html.blocks import Block

SENTENCE = "The harbour board of Fenholm said on Monday that the ferry would sail again."
FAST = Settings(trees=8, questions=3, rate=0.5, rows=1.0, columns=1.0)


def block(text: str, tag: str = "p", linked: int = 0) -> Block:
    return Block(text, linked, tag, (1, 2), (), "p ", True)


def truth(**told: Any) -> dict[str, Any]:
    return {"id": "a", "source": "somewhere", "body_kind": "gold_full", **told}


# Labels


LABELLED = {
    "the whole of a block": (["Read more of our news here"], [0]),
    "most of a block": ([f"{SENTENCE} Share it now please"], [1]),
    "little of a block": (["The harbour board of all the other towns is of no help at all"], [0]),
    "less than half": (["The harbour board of Fenholm said on Sunday that nobody would ever sail"], [0]),
    "short lines by lines": (["One line", "Head", "One", "both!"], [1, 1, 0, 1]),
}


@pytest.mark.parametrize("case", LABELLED)
def test_blocks_are_of_the_story_by_what_they_say(case: str) -> None:
    texts, wanted = LABELLED[case]
    body = f"Head\n{SENTENCE}\nOne line.\nBoth"
    blocks = [block(SENTENCE), *map(block, texts)]
    found = label(blocks, truth(body=body), [False] * len(blocks))
    assert found is not None
    assert found.is_story.tolist() == [1, *wanted]
    assert (found.weights > 0).all()


def test_languages_without_spaces_are_read_by_characters() -> None:
    blocks = [block("渡船三年后又开航了。"), block("更多新闻请看这里"), block("完")]
    found = label(blocks, truth(body="渡船三年后又开航了。市民说好。\n完", language="zh"), [False] * 3)
    assert found is not None
    assert found.is_story.tolist() == [1, 0, 1]


def test_a_block_counts_by_its_share_and_the_headline_not_at_all() -> None:
    texts = [SENTENCE, "One line.", "Head", " ".join(["menu"] * 500)]
    found = label([block(text) for text in texts], truth(body=SENTENCE), [False, False, True, False])
    assert found is not None
    long, short, headline, menu = found.weights.tolist()
    assert long == menu > short > headline == 0


def test_lines_without_letters_and_pages_of_other_versions_teach_nothing() -> None:
    found = label([block(SENTENCE), block("***")], truth(body=f"{SENTENCE}\n\n***"), [False, False])
    assert found is not None
    assert found.is_story.tolist() == [1, 0]
    assert (found.weights > 0).tolist() == [True, False]
    other = label([block(SENTENCE)], truth(body=f"{SENTENCE} {' '.join(map(str, range(50)))}"), [False])
    assert other is not None
    assert other.weights.tolist() == [0]


def test_references_without_lists_say_nothing_of_items_that_lead_nowhere() -> None:
    texts = [
        block(SENTENCE, "li"),
        block("Four crowns a day", "li"),
        block("To the news", "li", linked=11),
        block("No"),
    ]
    told = truth(source="fundus", body=SENTENCE)
    found, other = (label(texts, each, [False] * 4) for each in (told, truth(body=SENTENCE)))
    assert found is not None
    assert other is not None
    assert (found.weights > 0).tolist() == [True, False, True, True]
    assert (other.weights > 0).all()


def test_sentences_speak_of_the_blocks_that_hold_them() -> None:
    texts = [
        "So it is: the ferry is back, they say.",
        "Terms and conditions of use",
        "Anything",
        "of the sound for years",
    ]
    told = truth(
        body_kind="gold_segments",
        body_with=["the  ferry is\nback", "Old boat of the sound for years"],
        body_without=["Terms"],
    )
    found = label([block(text) for text in texts], told, [False] * 4)
    assert found is not None
    assert found.is_story.tolist() == [1, 0, 0, 1]
    assert (found.weights > 0).tolist() == [True, True, False, True]


@pytest.mark.parametrize(
    "told", [{}, {"body": "", "body_kind": None}, {"body": SENTENCE, "body_kind": "gold_prefix"}]
)
def test_a_page_without_a_reference_says_nothing(told: dict[str, Any]) -> None:
    assert label([block(SENTENCE)], truth(**told), [False]) is None


def test_what_tools_gave_counts_less_than_what_people_marked() -> None:
    assert (
        kind_of(truth(body_kind="silver_output")).weight
        < kind_of(truth()).weight
        < kind_of(truth(source="aeb")).weight
    )
    assert kind_of(truth()) == Kind(1.5)


def test_shingles_of_short_and_empty_texts() -> None:
    assert shingles("", by_character=False) == shingles("…", by_character=True) == {}
    assert shingles("one two", by_character=False) == {("one", "two"): 1}
    assert shingles("a b c d e", by_character=False).total() == 2


# Trees


def drawn(count: int = 400) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Rows of which those are of the story whose `size` is large or that are `picked`, but no links."""
    dice = np.random.default_rng(7)
    rows = np.zeros((count, len(NAMES)))
    size, picked, linked = (NAMES.index(name) for name in ("size", "picked", "linked"))
    rows[:, size] = dice.random(count) * 8
    rows[:, picked] = dice.random(count) < 0.3
    rows[:, linked] = dice.random(count)
    is_story = ((rows[:, size] > 5) | (rows[:, picked] > 0)) & (rows[:, linked] < 0.7)
    return rows, is_story.astype(float), np.full(count, 0.01)


def test_trees_learn_a_rule_and_are_written_as_they_are() -> None:
    rows, is_story, weights = drawn()
    model = grow(rows, is_story, weights, FAST)
    chances = model.judge(rows)
    assert ((chances > 0.5) == (is_story > 0)).mean() > 0.97
    written = of_json(as_json(model))
    assert written.judge(rows).tobytes() == chances.tobytes()
    assert written.version == model.version
    assert as_json(written) == as_json(model)
    assert all(float(f"{cut:.4g}") == cut for cut in written.cuts.flat)
    assert all(round(leaf, 4) == leaf for leaf in written.leaves.flat)


def test_trees_are_the_same_each_time_and_others_by_other_lots() -> None:
    told = drawn()
    some = Settings(trees=4, questions=2)
    assert as_json(grow(*told, some)) == as_json(grow(*told, some))
    assert as_json(grow(*told, some)) != as_json(grow(*told, Settings(trees=4, questions=2, seed=1)))


def test_blocks_of_no_weight_teach_nothing() -> None:
    rows, is_story, weights = drawn()
    weights[::2] = 0
    wrong = is_story.copy()
    wrong[::2] = 1 - wrong[::2]
    assert as_json(grow(rows, is_story, weights, FAST)) == as_json(grow(rows, wrong, weights, FAST))


def test_the_trees_that_judge_a_publisher_know_none_of_its_pages(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples, known = read_samples(folder, workers=1), []
    grown = learn_body.learn(samples, FAST)
    monkeypatch.setattr(learn_body, "learn", lambda some: known.append(some) or grown)
    judged = learn_body.judge_part((samples[0].fold, samples))
    publishers = {samples[at].truth["brand"] for at in judged}
    assert publishers
    assert not publishers & {sample.truth["brand"] for sample in known[0]}
    assert len(judged) + len(known[0]) == len(samples)


def test_nothing_to_tell_apart_is_refused() -> None:
    rows, is_story, weights = drawn()
    with pytest.raises(ValueError, match="one sort"):
        grow(rows, np.ones(len(rows)), weights, FAST)
    with pytest.raises(ValueError, match="look the same"):
        grow(np.zeros_like(rows), is_story, weights, FAST)
    with pytest.raises(ValueError, match="one sort"):
        grow(rows, is_story, weights * 0, FAST)


# A folder of pages


TOWNS, THINGS = (
    ("Fenholm", "Ostmont", "Delport", "Cordale"),
    ("ferry", "tram line", "night market", "theatre"),
)


def page(number: int) -> tuple[str, str]:
    """A page and its text."""
    dice = random.Random(number)
    story = [
        f"The {dice.choice(THINGS)} of {dice.choice(TOWNS)} will open after {dice.randint(2, 90)} weeks, "
        f"said Ida Fen, who speaks for {dice.choice(TOWNS)} and for {dice.randint(2, 90)} of its neighbours."
        for _ in range(6)
    ]
    menu = "".join(f"<li><a href=/{thing}>News of the {thing}</a></li>" for thing in THINGS)
    text = "".join(f"<p>{line}</p>" for line in story)
    around = f"<nav><ul>{menu}</ul></nav>", "<p>© Courier</p>"
    html = f"<html><body>{around[0]}<h1>Number {number}</h1><div>{text}</div>{around[1]}</body></html>"
    return html, "\n".join(story)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows: list[dict[str, Any]] = []
    for number in range(16):
        html, body = page(number)
        (tmp_path / f"{number}.gz").write_bytes(gzip.compress(html.encode()))
        rows.append(
            {
                **truth(body=body, language=None, url=None),
                "html_path": f"{number}.gz",
                "brand": f"paper{number % 5}",
            }
        )
    (tmp_path / "none.gz").write_bytes(gzip.compress(b"{}"))
    rows += [{**rows[0], "html_path": "none.gz"}, {**rows[0], "body": None}]
    rows[3]["body"] += "\n\u2028"
    told = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (tmp_path / "truth.jsonl").write_text(told, "utf-8")
    return tmp_path


def test_a_folder_is_learnt_to_the_same_bytes_twice(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("one.json", "two.json"):
        assert main([str(folder), "--output", str(folder / name)]) == 0
    assert "16 pages" in capsys.readouterr().out
    assert (folder / "one.json").read_bytes() == (folder / "two.json").read_bytes()
    model = of_json((folder / "one.json").read_text("utf-8"))
    for sample in read_samples(folder, workers=1):
        for text, chance in zip(sample.texts, model.judge(sample.numbers).tolist(), strict=True):
            assert (chance > 0.5) == (text in sample.truth["body"]) or text.startswith("Number"), (
                text,
                chance,
            )


def test_checking_writes_nothing_and_prints_scores(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(folder.iterdir())
    assert main([str(folder), "--check", "--output", str(folder / "no.json")]) == 0
    assert sorted(folder.iterdir()) == before
    lines = capsys.readouterr().out.splitlines()[1:]
    assert [line.split(" somewhere ")[0].strip() for line in lines] == [
        "extractor", "above 0.35", "above 0.45", "above 0.55",
    ]  # fmt: skip
    for line in lines:
        precision, recall, f1 = map(float, line.split()[-1].split("/"))
        assert precision > 0.9
        assert recall > 0.9
        assert f1 == pytest.approx(2 * precision * recall / (precision + recall), abs=0.001)
