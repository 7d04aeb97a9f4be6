"""Each file of `cases/` is one case: texts in, links of the day's texts out.

Each pair of `pairs.json` is an earlier text, a later one, and what the later one is to it.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.contracts.duplicates import DUPLICATES
from dateline.contracts.signatures import SIGNATURES
from dateline.errors import ContractBroken
from dateline.steps.deduplicate import DeduplicateRules, deduplicate
from dateline.steps.sign import signatures_of
from dateline.text import hits
from dateline.text.normalise import content_hash
from dateline.text.sketches import columns_of

HERE = Path(__file__).parent
PARAGRAPHS = json.loads((HERE / "paragraphs.json").read_text(encoding="utf-8"))
GIVEN = json.loads((HERE / "pairs.json").read_text(encoding="utf-8"))
START = datetime(2024, 3, 21, 8, tzinfo=UTC)
SENTENCE = re.compile(r"(?<=[.。।])\s*")
CASES = sorted((HERE / "cases").glob("*.json"))
RULES = DeduplicateRules()
DAY = date(2024, 3, 25)

Row = tuple[date | None, dict[str, Any]]


def _text(given: dict[str, Any]) -> str:
    parts = [given.get("before", ""), *(PARAGRAPHS[name] for name in given["parts"]), given.get("after", "")]
    text = given.get("text") or "\n\n".join(part for part in parts if part)
    for old, new in given.get("replace", {}).items():
        assert old in text
        text = text.replace(old, new)
    return text.upper() if given.get("upper") else text


def row(given: dict[str, Any]) -> Row:
    """A text of a case with its day, as a row of `signatures`."""
    text = _text(given)
    at = datetime.fromisoformat(given["at"]).replace(tzinfo=UTC) if "at" in given else None
    (signed,) = signatures_of([text], [given.get("title")])
    signature = signed.to_pylist()[0]
    del signature["text_hash"]
    keys = columns_of(signed.column("minhash"), signed.column("shingles"))
    signature["bands"], signature["sample"] = (column[0].as_py() for column in keys)
    signed = {
        "article_id": given["id"],
        "content_hash": content_hash(text),
        "is_newest": given.get("newest", True),
        "url_key": None,
        "source": "post",
        "published": at,
        "language": "und",
        **{name: given.get(name) for name in ("site", "credit", "canonical_site")},
        **signature,
    }
    return date.fromisoformat(given["date"]) if given["date"] else None, signed


def dated(rows: list[Row], size: int = 1000) -> Iterator[tuple[date | None, pa.RecordBatch]]:
    """The rows as batches of at most `size` rows, day by day in the order in which days appear."""
    days: dict[date | None, list[dict[str, Any]]] = {}
    for day, signed in rows:
        days.setdefault(day, []).append(signed)
    for day, some in days.items():
        for start in range(0, len(some), size):
            yield day, SIGNATURES.batch(some[start : start + size])


def links(day: date | None, rows: list[Row], size: int = 1000) -> list[dict[str, Any]]:
    """What the step makes of the rows, in its order."""
    found = []
    for contract, batch in deduplicate(day, dated(rows, size), RULES):
        assert contract is DUPLICATES
        found += contract.check(batch).to_pylist()
    return found


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


def _changed(text: str, changes: list[list[str]]) -> str:
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def texts_of(pair: dict[str, Any]) -> tuple[str, str]:
    """The earlier text and the later one."""
    text, change = GIVEN["texts"][pair["text"]]["text"], pair.get("change", [])
    if "flash" in pair or "flash_text" in pair:
        sentences = SENTENCE.split(text)[: pair.get("flash", 0)]
        earlier = pair.get("flash_text") or _changed(" ".join(sentences), pair.get("flash_change", []))
        later = _changed(earlier, pair["short_later"]) if "short_later" in pair else text
    elif "against" in pair:
        earlier = _changed(text, change)
        later = _changed(earlier, pair["against"])
    else:
        earlier, later = text, _changed(text, change)
    later = " ".join(part for part in (pair.get("before"), later, pair.get("after")) if part)
    if "frame" in pair:
        more = [GIVEN["texts"][name]["text"] for name in pair["frame"]]
        earlier, later = ("\n\n".join((some, *more)) for some in (earlier, later))
    if "upper" in pair:
        later = pair["upper"]
    return (later, earlier) if pair.get("part_later") else (earlier, later)


def _row_at(name: str, text: str, title: str | None, at: datetime | None) -> Row:
    known = {"at": at.replace(tzinfo=None).isoformat()} if at else {}
    given = {"id": name, "parts": [], "text": text, "title": title, "date": str((at or START).date())}
    return row(given | known)


@pytest.mark.parametrize(
    "pair", GIVEN["pairs"], ids=lambda pair: f"{pair['text']}-{pair['expect']}-{pair['says'][:40]}"
)
def test_pair(pair: dict[str, Any]) -> None:
    """Templates filled with other names, days or numbers stay apart; the same text with a correction, a slip,
    another byline or the style of another paper does not."""
    earlier, later = texts_of(pair)
    hours = pair.get("hours")
    first, second = (None, None) if hours is None else (START, START + timedelta(hours=hours))
    titles = (pair.get("title"), None) if pair.get("part_later") else (None, pair.get("title"))
    rows = [_row_at("a", earlier, titles[0], first), _row_at("b", later, titles[1], second)]
    found = [
        link["duplicate_kind"] or link["relation"]
        for link in links((second or START).date(), rows)
        if link["article_id"] == "b"
    ]
    assert found == ([] if pair["expect"] == "apart" else [pair["expect"]]), pair["says"]


def test_there_are_enough_pairs_of_both_kinds() -> None:
    apart = [pair for pair in GIVEN["pairs"] if pair["expect"] == "apart"]
    languages = {GIVEN["texts"][pair["text"]]["language"] for pair in apart}
    assert len(GIVEN["pairs"]) >= 90
    assert len(apart) >= 30
    assert len(languages) >= 9


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
        {"id": name, "date": "2024-03-25", "parts": ["harbour", "crane"]} for name in ("é", "a", "ß", "B")
    ]
    earlier = [{**text, "date": "2024-03-24"} for text in texts]
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


def test_a_copy_on_another_site_tells_its_origin() -> None:
    """Only of a duplicate: who extends a flash, or renews its own text, takes nothing over."""
    told = [
        {"id": "a", "date": "2024-03-24", "parts": ["harbour", "crane"], "site": "post.example"},
        {"id": "b", "date": "2024-03-25", "parts": ["harbour", "crane"], "site": "echo.example"},
        {"id": "c", "date": "2024-03-25", "parts": ["harbour", "crane"], "site": "post.example"},
        {"id": "d", "date": "2024-03-25", "parts": ["harbour", "crane"]},
        {"id": "e", "date": "2024-03-25", "parts": ["harbour", "crane"], "site": "e.example"}
        | {"credit": "AFP"},
        {"id": "f", "date": "2024-03-24", "parts": ["flash"], "site": "post.example"},
        {
            "id": "g", "date": "2024-03-25", "parts": ["flash", "fish", "school"], "site": "echo.example",
            "credit": "AFP", "canonical_site": "post.example",
        },
    ]  # fmt: skip
    names = ("article_id", "relation", "is_syndicated", "origin", "origin_why")
    assert [tuple(link[name] for name in names) for link in links(DAY, [row(text) for text in told])] == [
        ("b", "duplicate", True, "post.example", "earliest"),
        ("c", "duplicate", False, None, None),
        ("d", "duplicate", False, None, None),
        ("e", "duplicate", True, "AFP", "credit"),
        ("g", "extends", False, None, None),
    ]


def test_clusters_follow_the_link_to_the_earliest_target() -> None:
    told = [
        {"id": "a", "date": "2024-03-23", "parts": ["crane", "fish", "roof"]},
        {"id": "b", "date": "2024-03-22", "parts": ["harbour", "school"]},
        {"id": "b", "date": "2024-03-25", "parts": ["crane", "fish", "roof"]},
        {"id": "c", "date": "2024-03-24", "parts": ["harbour", "school"]},
        {"id": "a", "date": "2024-03-25", "parts": ["harbour", "school"]},
    ]
    found = links(DAY, [row(text) for text in told])
    assert [(link["article_id"], link["relation"], link["is_earliest"]) for link in found] == [
        ("a", "duplicate", True),
        ("a", "version", False),
        ("b", "duplicate", False),
        ("b", "version", True),
    ]


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_each_linked_article_has_just_one_earliest_link(texts: list[dict[str, Any]]) -> None:
    found = links(DAY, [row(text) for text in texts])
    earliest = {link["article_id"]: link for link in found if link["is_earliest"]}
    assert len(earliest) == sum(link["is_earliest"] for link in found)
    assert {link["article_id"] for link in found} == set(earliest)
    for link in found:
        assert earliest[link["article_id"]]["target_date"] <= link["target_date"]


def test_rules_tell_all_that_they_depend_on() -> None:
    told = RULES.declare()
    assert told["window_days"] == 14
    assert told["limits"]["near"] == 0.5
    assert DeduplicateRules(window_days=7).digest() != RULES.digest()
