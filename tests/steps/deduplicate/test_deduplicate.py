"""Each file of `cases/` is one case: texts in, links of the day's texts out."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.contracts.signatures import SIGNATURES
from dateline.errors import ContractBroken
from dateline.steps.deduplicate import COMPARED, DeduplicateRules, deduplicate
from dateline.text import hits
from dateline.text.links import candidates as find_candidates
from dateline.text.links import find_links
from dateline.text.texts import Texts
from dateline.text.window import SKETCHED
from signed_rows import RULES, Row, dated, links, row

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.json"))
DAY = date(2024, 3, 25)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    day = date.fromisoformat(case["day"]) if case["day"] else None
    found = [
        [
            link["article_id"],
            link["relation"],
            link["target_id"],
            link["target_date"].isoformat() if link["target_date"] else None,
            link["duplicate_kind"],
        ]
        for link in links(day, [row(text) for text in case["texts"]])
    ]
    assert found == case["links"], case["says"]


NAMES = ("harbour", "crane", "fish", "school", "roof", "flash", "notice")
TEXT = st.fixed_dictionaries(
    {
        "id": st.sampled_from("abcdefgh"),
        "date": st.sampled_from(["2024-03-20", "2024-03-24", "2024-03-25"]),
        "parts": st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True),
    },
    optional={
        "at": st.sampled_from([f"2024-03-25T{hour:02}:00:00" for hour in range(0, 24, 6)]),
        "title": st.sampled_from(["Crane vote put off", "Roof falls at Saltby"]),
    },
)
TEXTS = st.lists(TEXT, max_size=12, unique_by=lambda text: (text["id"], text["date"]))


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.randoms(use_true_random=False), st.integers(1, 5))
def test_the_order_and_the_batches_of_the_input_do_not_matter(
    texts: list[dict[str, Any]], shuffle: random.Random, size: int
) -> None:
    rows = [row(text) for text in texts]
    before = links(DAY, rows)
    shuffle.shuffle(rows)
    assert links(DAY, rows, size) == before


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_links_point_backwards_and_to_what_was_there(texts: list[dict[str, Any]]) -> None:
    rows = [row(text) for text in texts]
    ranks = {
        (signed["article_id"], day): (day, signed["published"] is None, str(signed["published"]))
        for day, signed in rows
    }
    for link in links(DAY, rows):
        own, target = (link["article_id"], DAY), (link["target_id"], link["target_date"])
        assert (*ranks[target], target[0]) < (*ranks[own], own[0])
        assert 0 < link["similarity"] <= 1 or link["relation"] == "version"


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXT)
def test_a_new_text_takes_no_link_away_from_what_is_earlier(
    texts: list[dict[str, Any]], late: dict[str, Any]
) -> None:
    """A text last in the order changes nobody else's links: the past does not move."""
    late = {key: value for key, value in late.items() if key != "at"} | {"id": "z", "date": "2024-03-25"}
    before = links(DAY, [row(text) for text in texts])
    after = links(DAY, [row(text) for text in (*texts, late)])
    assert [link for link in after if link["article_id"] != "z"] == before


def test_rows_come_sorted_by_key() -> None:
    texts = [
        {"id": name, "date": "2024-03-25", "at": f"2024-03-25T0{hour}:00:00", "parts": ["harbour", "crane"]}
        for hour, name in enumerate(("é", "a", "ß", "B"))
    ]
    earlier = [
        {**text, "date": "2024-03-24", "at": f"2024-03-24T0{hour}:00:00"} for hour, text in enumerate(texts)
    ]
    keys = [
        (link["article_id"].encode(), link["relation"])
        for link in links(DAY, [row(text) for text in texts + earlier])
    ]
    assert keys == sorted(keys)
    assert len(keys) == 8


def test_nothing_gives_nothing() -> None:
    assert links(DAY, []) == []
    assert links(DAY, [row({"id": "a", "date": "2024-03-24", "parts": ["harbour"]})]) == []
    assert links(DAY, [row({"id": "a", "date": "2024-03-25", "parts": ["harbour"], "newest": False})]) == []


@pytest.mark.parametrize("days", [["2024-03-10"], ["2024-03-26"], [None], ["2024-03-25", "2024-03-01"]])
def test_a_day_outside_the_window_breaks_the_contract(days: list[str | None]) -> None:
    rows = [row({"id": "a", "date": day, "parts": ["harbour"]}) for day in days]
    with pytest.raises(ContractBroken, match="outside the window"):
        links(DAY, rows)


def test_the_batches_of_a_day_must_be_together() -> None:
    (first,) = dated([row({"id": "a", "date": "2024-03-25", "parts": ["harbour"]})])
    (other,) = dated([row({"id": "b", "date": "2024-03-24", "parts": ["crane"]})])
    with pytest.raises(ContractBroken, match="not together"):
        list(deduplicate(DAY, iter([first, other, first]), RULES))


def test_the_last_day_of_the_window_counts() -> None:
    rows = [
        row({"id": name, "date": day, "parts": ["harbour"]})
        for name, day in (("a", "2024-03-11"), ("b", "2024-03-25"))
    ]
    assert [link["target_id"] for link in links(DAY, rows)] == ["a"]


def test_a_flood_of_one_notice_links_to_its_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the cap only the earliest of a key are compared, and that is enough for a flood."""
    monkeypatch.setattr(hits, "HOT", 10)
    monkeypatch.setattr(hits, "HOT_TARGETS", 2)
    texts = [
        {"id": f"n{number:03}", "date": "2024-03-25", "parts": ["harbour", "crane", "fish"], "after": name}
        for number, name in enumerate(f"Seen by reader {number}x of the paper" for number in range(40))
    ]
    found = links(DAY, [row(text) for text in reversed(texts)])
    assert {link["target_id"] for link in found} == {"n000"}
    assert len(found) == 39


def test_rules_tell_all_that_they_depend_on() -> None:
    told = RULES.declare()
    assert told["window_days"] == 14
    assert told["limits"]["near"] == 0.5
    assert DeduplicateRules(window_days=7).digest() != RULES.digest()


@settings(max_examples=40, deadline=None)
@given(TEXTS, st.booleans())
def test_the_step_links_as_one_search_over_the_whole_window(texts: list[dict[str, Any]], few: bool) -> None:
    """`dateline dedup` looks through all texts as one; also where keys are hot both say the same."""
    rows = [row(text) for text in texts]
    with pytest.MonkeyPatch.context() as patch:
        if few:
            patch.setattr(hits, "HOT", 1)
            patch.setattr(hits, "HOT_TARGETS", 1)
        found = {(link["article_id"], link["relation"], link["target_id"]) for link in links(DAY, rows)}
        whole = one_search(rows)
    assert found == whole


RUBRIC = "Letters from the coast this week"
TITLED = st.fixed_dictionaries(
    {
        "id": st.sampled_from("abcdefgh"),
        "date": st.sampled_from(["2024-03-23", "2024-03-24", "2024-03-25"]),
        "parts": st.lists(st.sampled_from(NAMES[:4]), min_size=1, max_size=2, unique=True),
        "title": st.sampled_from([RUBRIC, "Roof falls in at Saltby covered market"]),
    },
    optional={"text": st.just(RUBRIC)},
)


@settings(max_examples=100, deadline=None)
@given(st.lists(TITLED, max_size=8, unique_by=lambda text: text["id"]))
def test_the_step_knows_the_stories_of_the_window_under_a_title(texts: list[dict[str, Any]]) -> None:
    """Other stories under a title tell that it is a rubric, also those that nothing could be linked to."""
    rows = [row(text) for text in texts]
    found = {(link["article_id"], link["relation"], link["target_id"]) for link in links(DAY, rows)}
    assert found == one_search(rows)


def one_search(rows: list[Row]) -> set[tuple[str, str, str]]:
    """The links of the day's texts, of all texts searched as one set."""
    if not rows:
        return set()
    table = SIGNATURES.batch([signed for _, signed in rows])
    days = pa.array([day for day, _ in rows], pa.date32())
    ids = table.column("article_id")
    columns = dict(zip(table.schema.names, table.columns, strict=True)) | {
        "day": days,
        "id": ids,
        "article": ids,
    }
    texts = Texts.of(pa.table(columns))
    pairs, _ = find_candidates(texts, RULES.window_days)
    found = find_links(texts, pairs.later, pairs.sooner, RULES.limits, RULES.window_days)
    return {
        (texts.ids[place], relation, texts.ids[link.target])
        for place, by_relation in found
        for relation, link in by_relation.items()
        if texts.day(place) == DAY
    }


def test_whole_rows_are_asked_for_only_of_what_may_be_linked() -> None:
    rows = [
        row({"id": f"a{number}", "date": "2024-03-24", "parts": [name]}) for number, name in enumerate(NAMES)
    ]
    rows.append(row({"id": "b", "date": "2024-03-25", "parts": ["crane"]}))
    days = {day: SIGNATURES.batch([signed for of, signed in rows if of == day]) for day, _ in rows}
    asked = {}

    def whole(day: date | None, wanted: Any) -> pa.Table:
        asked[day] = wanted.tolist()
        return pa.Table.from_batches([days[day].select(COMPARED).take(pa.array(wanted))])

    sketches = ((day, days[day].select(SKETCHED)) for day in (DAY, date(2024, 3, 24)))
    (made,) = deduplicate(DAY, sketches, RULES, whole)
    assert made[1].column("target_id").to_pylist() == ["a1"]
    assert asked == {date(2024, 3, 24): [1], DAY: [0]}


def test_hot_keys_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hits, "HOT", 3)
    texts = [
        row({"id": f"n{n}", "date": "2024-03-25", "parts": ["harbour", "crane"], "after": f"Seen by {n}x"})
        for n in range(9)
    ]
    told: dict[str, int] = {}
    assert len(list(deduplicate(DAY, dated(texts), RULES, tell=told.update))) == 1
    assert told["texts_with_hot_keys"] == 5
    assert told["hot_keys"] > 10
    told.clear()
    list(deduplicate(DAY, dated(texts[:3]), RULES, tell=told.update))
    assert told == {}
