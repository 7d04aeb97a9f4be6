"""`dateline dedup` on files."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from dateline.cli.dedup import dedup
from dateline.errors import UsageError

STORY = (
    "The lighthouse at Cape Morrow will shine again from the first of May, the pilots' guild said. Its lamp "
    "was put out nine years ago when the radio beacon came, and a baker has kept the stairs clean since "
    "then. The guild has bought the lamp back from a museum for the price of a small boat, and the baker's "
    "daughter has learnt how to trim it from a book in which half of the pages are missing."
)
OTHER = (
    "Two trains met on one track near Halden on Friday morning and stopped a stone's throw apart. The "
    "drivers climbed down, shook hands and telephoned. An inquiry will ask why the signal showed green to "
    "both; the maker of the signal has said that it had never met such a winter, and the railway that no "
    "winter had been ordered. Passengers shared breakfast while one of the trains was pulled back."
)
MORE = (
    "Shipowners had asked for the light since a coaster went aground in fog last autumn with a load of "
    "window glass. The county will pay for the oil, as it has found that a law of the last century still "
    "obliges it to. Children of the cape will be let up on Saturdays, six at a time, and the first list of "
    "names was full within an hour. The museum keeps the right to ask for its lamp back."
)


def line(name: Any, text: str = STORY, **facts: Any) -> dict[str, Any]:
    url = f"https://{name}.example/{name}"
    return {"id": name, "url": url, "title": "T", "text": text, "published": None} | facts


def run(folder: Path, lines: list[dict[str, Any]], *arguments: str) -> list[dict[str, Any]]:
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(dedup)
    source, target = folder / "in.jsonl", folder / "out.jsonl"
    source.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    result = CliRunner().invoke(app, ["--input", str(source), "--output", str(target), *arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return [json.loads(one) for one in target.read_text(encoding="utf-8").splitlines()]


def short(lines: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(one["id"], one["duplicate_of"], one["kind"], one["cluster"]) for one in lines]


def test_one_line_for_each_in_the_same_order_with_every_kind(tmp_path: Path) -> None:
    found = run(
        tmp_path,
        [
            line("contained", STORY, published="2024-03-25T12:00:00Z"),
            line("full", f"{STORY}\n\n{MORE}", published="2024-03-25T08:00:00Z"),
            line("story", OTHER),
            line("flash", OTHER[:190], published="2024-03-25"),
            line("near", f"(AP) {STORY} {MORE}", published="2024-03-26"),
            line("exact", f"{STORY} {MORE.upper()}", published="2024-03-26T09:00:00+02:00"),
            line("version", MORE, url="http://www.full.example/full?utm_source=x"),
        ],
    )
    assert short(found) == [
        ("contained", "full", "contained", "full"),
        ("full", None, None, "full"),
        ("story", None, "extends", "flash"),
        ("flash", None, None, "flash"),
        ("near", "full", "near", "full"),
        ("exact", "full", "exact", "full"),
        ("version", "exact", "contained", "full"),
    ]
    assert [one["similarity"] is None for one in found] == [one["kind"] is None for one in found]
    assert set(found[0]) == {
        "id", "duplicate_of", "kind", "similarity", "version_of", "extends", "cluster",
        "origin", "origin_why",
    }  # fmt: skip
    told = {one["id"]: (one["version_of"], one["extends"]) for one in found}
    assert told["story"] == (None, "flash")
    assert told["version"] == ("full", None)


def test_a_copy_of_a_full_story_is_a_copy_though_its_flash_came_first(tmp_path: Path) -> None:
    times = [f"2024-03-25T{hour:02}:00:00Z" for hour in (8, 9, 10)]
    found = run(
        tmp_path,
        [
            line("flash", OTHER[:190], published=times[0]),
            line("full", OTHER, published=times[1]),
            line("copy", OTHER, published=times[2]),
            line("old", MORE, published=times[0]),
            line("other", f"{STORY} {OTHER[::-1]}", published=times[1]),
            line("new", f"{STORY} {OTHER[::-1]}", url="https://old.example/old", published=times[2]),
        ],
    )
    assert short(found)[1:3] == [("full", None, "extends", "flash"), ("copy", "full", "exact", "flash")]
    assert (found[2]["extends"], found[2]["origin"]) == ("flash", "full.example")
    assert short(found)[5] == ("new", "other", "exact", "old")
    assert found[5]["version_of"] == "old"


def test_a_cluster_goes_on_through_links(tmp_path: Path) -> None:
    found = run(
        tmp_path,
        [
            line("c", OTHER, published="2024-03-25T12:00:00Z"),
            line("b", f"{STORY} {MORE} {OTHER}", published="2024-03-25T10:00:00Z"),
            line("a", f"{STORY} {MORE}", published="2024-03-25T08:00:00Z"),
        ],
    )
    assert short(found) == [("c", "b", "contained", "a"), ("b", "a", "near", "a"), ("a", None, None, "a")]


def test_fields_may_go_by_other_common_names(tmp_path: Path) -> None:
    found = run(
        tmp_path,
        [
            {"id": 1, "link": "https://a.example/1", "headline": "T", "body": STORY, "date": "2024-03-26"},
            {"id": 2, "url": "https://b.example/2", "title": "T", "content": STORY, "pubDate": "2024-03-25"},
            {"id": 3, "text": STORY, "body": "cut", "timestamp": 1711440000},
            {"id": 4, "text": STORY, "published": None, "published_at": "2024-03-27"},
        ],
    )
    assert [(one["duplicate_of"], one["kind"]) for one in found] == [
        (2, "exact"), (None, None), (2, "exact"), (2, "exact"),
    ]  # fmt: skip


def test_what_was_found_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [line("a"), line("b", published="2024-03-25"), line("c", ""), line("d", OTHER)]
    source = tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps(one) + "\n" for one in lines))
    dedup(source, tmp_path / "out.jsonl")
    told = capsys.readouterr().err
    for sentence in (
        "4 texts in 3 clusters: 1 exact",
        "texts in the largest cluster: 2",
        "texts without words, which repeat nothing: 1",
        "texts without a day, which count as later than those with one: 3",
    ):
        assert sentence in told
    source.write_text("")
    dedup(source, tmp_path / "out.jsonl")
    assert capsys.readouterr().err.splitlines() == ["signed: 0 done", "0 texts in 0 clusters: no links"]


def test_a_copy_on_another_site_has_a_guessed_origin(tmp_path: Path) -> None:
    found = run(
        tmp_path,
        [
            line("first", STORY, published="2024-03-25"),
            line("copy", STORY, published="2024-03-26"),
            line("same", STORY, url="https://sub.first.example/2", published="2024-03-27"),
            line("placeless", STORY, url=None, published="2024-03-27"),
            line("desk", OTHER, published="2024-03-25"),
            line("wire", f"HALDEN (Reuters) - {OTHER}", published="2024-03-26"),
            line("paper", MORE, published="2024-03-25"),
            line("agency", f"{MORE} (AFP)", published="2024-03-26"),
            line("again", MORE, url="http://paper.example/paper", published="2024-03-27"),
        ],
    )
    assert [(one["id"], one["origin"], one["origin_why"]) for one in found if one["duplicate_of"]] == [
        ("copy", "first.example", "earliest"),
        ("same", None, None),
        ("placeless", None, None),
        ("wire", "Reuters", "credit"),
        ("agency", "AFP", "credit"),
        ("again", None, None),
    ]


def test_texts_without_url_are_articles_of_their_own(tmp_path: Path) -> None:
    found = run(tmp_path, [line("a", STORY, url=None), line("b", OTHER, url=""), line("c", MORE, url=7)])
    assert [one["duplicate_of"] for one in found] == [None, None, None]


def test_the_same_url_with_the_same_words_is_exact(tmp_path: Path) -> None:
    url = "https://cape.example/lamp"
    found = run(tmp_path, [line("b", url=url), line("a", url=url)])
    assert short(found) == [("b", "a", "exact", "a"), ("a", None, None, "a")]


def test_known_instants_come_first_then_days_then_ids(tmp_path: Path) -> None:
    found = run(
        tmp_path,
        [
            line("none"),
            line("float", published=1711497600.0),
            line("day", published="2024-03-25"),
            line("late", published="2024-03-25T23:59:00Z"),
            line("next", published="2024-03-26T00:00:00Z"),
            line("bad", published="2024-02-31"),
        ],
    )
    assert {one["duplicate_of"] for one in found} == {None, "late"}
    found = run(
        tmp_path, [line("none"), line("bad", published="next year"), line("day", published="2024-03-25")]
    )
    assert {one["cluster"] for one in found} == {"day"}


def test_the_window_limits_links(tmp_path: Path) -> None:
    lines = [
        line("a", published="2024-03-01"),
        line("b", published="2024-03-20T10:00:00Z"),
        line("c", published="2024-03-30"),
        line("d"),
        line("e"),
    ]
    assert [one["duplicate_of"] for one in run(tmp_path, lines)] == [None, "a", "a", "a", "a"]
    windowed = run(tmp_path, lines, "--window", "14")
    assert [one["duplicate_of"] for one in windowed] == [None, None, "b", None, "d"]


def test_ids_may_be_numbers_and_come_back_as_they_were(tmp_path: Path) -> None:
    found = run(tmp_path, [line(2), line(10)])
    assert short(found) == [(2, 10, "exact", 10), (10, None, None, 10)]


@pytest.mark.parametrize("text", [None, 7, "", ["x"], "\ud800", "\x00"])
def test_a_text_without_words_stands_alone(tmp_path: Path, text: Any) -> None:
    found = run(tmp_path, [line("a", text=text, url=None), line("b", text=text, title=3, published=5)])
    assert [one["duplicate_of"] for one in found] == [None, None]


def test_an_empty_file_gives_an_empty_file(tmp_path: Path) -> None:
    assert run(tmp_path, []) == []


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["a", "a"], "there twice"),
        ([None], "no id"),
        ([True], "no id"),
        ([1.5], "no id"),
        (["\ud800"], "Unicode"),
    ],
)
def test_a_bad_id_is_one_sentence(tmp_path: Path, names: list[Any], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        run(tmp_path, [line("z") | {"id": name} for name in names])


TEXTS = [STORY, STORY[:190], STORY + MORE, MORE + STORY, OTHER, OTHER + MORE, "Fire", ""]
TIMES = [None, "2024-03-20", "2024-03-25", "2024-03-25T08:00:00Z", "2024-03-25T09:00:00Z", "2024-04-25"]
LINES = st.lists(
    st.fixed_dictionaries(
        {
            "text": st.sampled_from(
                [STORY, STORY[:190], STORY + MORE, MORE + STORY, OTHER, OTHER + MORE, "Fire", ""]
            ),
            "published": st.sampled_from(TIMES),
            "url": st.sampled_from([None, "https://cape.example/lamp", "https://cape.example/track"]),
            "title": st.sampled_from([None, "Lamp", "Track"]),
        }
    ),
    max_size=10,
)


@settings(max_examples=30, deadline=None)
@given(LINES, st.randoms(use_true_random=False), st.sampled_from([(), ("--window", "3")]))
def test_the_order_of_the_lines_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[dict[str, Any]],
    shuffle: random.Random,
    arguments: tuple[str, ...],
) -> None:
    named = [{"id": f"n{number}", **facts} for number, facts in enumerate(lines)]
    folder = tmp_path_factory.mktemp("order")
    before = run(folder, named, *arguments)
    shuffle.shuffle(named)
    after = run(folder, named, *arguments)
    assert [one["id"] for one in after] == [one["id"] for one in named]
    assert sorted(after, key=lambda one: one["id"]) == before
