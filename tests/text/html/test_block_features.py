"""What is known of the blocks of a page, in numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.html.block_features import NAMES, Sight, look_at, picked_by
from dateline.text.html.block_numbers import key
from dateline.text.html.blocks import MOST_BLOCKS, Block, read_blocks
from dateline.text.html.tree import parse

SENTENCE = "The harbour board of Fenholm said on Monday that the ferry would sail again within three weeks."
OTHER = (
    "Nobody in the town of Ostmont, which lies across the sound, had asked for the old ferry to come back."
)


def block(text: str, **told: Any) -> Block:
    known: dict[str, Any] = {
        "linked": 0,
        "tag": "p",
        "path": (1, 2),
        "frames": (),
        "look": "p ",
        "is_new": True,
    }
    return Block(text, **{**known, **told})


def see(body: str, picked: list[str] | None = None, headlines: list[str] | None = None, **told: Any) -> Sight:
    blocks = read_blocks(parse(f"<html><body>{body}</body></html>"))
    return look_at(blocks, picked or [], headlines or [], told.get("summary"))


def column(sight: Sight, name: str) -> list[float]:
    return [round(value, 3) for value in sight.numbers[:, NAMES.index(name)].tolist()]


def test_names_are_told_once() -> None:
    assert len(set(NAMES)) == len(NAMES)


# One number each: name, body, what it is for each block

NUMBERS = [
    ("is_prose", f"<p>{SENTENCE}</p><p>Short.</p><p><a href=/x>{SENTENCE}</a></p>", [1, 0, 0]),
    ("is_prose", f"<p>{SENTENCE[:-1]}</p><p>{'船' * 40}。</p>", [0, 1]),
    ("linked", "<p>ab<a href=/x>cd</a></p><p>ab</p><p><a href=/x>ab</a></p>", [0.5, 0, 1]),
    ("ends", "<p>One.</p><p>Two</p><p>“Three”</p><p>四。</p><p>Five:</p>", [1, 0, 1, 1, 0]),
    ("is_label", "<p>One.</p><p>Two:</p><p>三：</p>", [0, 1, 1]),
    ("is_lower", "<p>one</p><p>Two</p><p>3</p>", [1, 0, 0]),
    ("is_upper", "<p>ONE</p><p>Two</p><p>3</p>", [1, 0, 0]),
    ("digits", "<p>12ab</p><p>ab</p><p>12</p>", [0.5, 0, 1]),
    ("repeated", "<p>One!</p><p>Two</p><p>one</p>", [1, 0, 1]),
    ("tag_li", "<ul><li>One</li></ul><p>Two</p>", [1, 0]),
    ("tag_cell", "<table><tr><td>One</td><th>Two</th></tr></table>", [1, 1]),
    ("tag_heading", "<h2>One</h2><p>Two</p>", [1, 0]),
    ("tag_quote", "<blockquote>One</blockquote><p>Two</p>", [1, 0]),
    ("place", "<p>One</p><p>Two</p><p>3</p><p>4</p>", [0, 0.25, 0.5, 0.75]),
    ("size_after_1", f"<p>One</p><p>{'a' * 9}</p>", [round(float(np.log1p(9)), 3), 0]),
    ("size_before_2", "<p>One</p><p>Two</p><p>3</p>", [0, 0, round(float(np.log1p(3)), 3)]),
    ("prose_after", f"<p>One</p><p>{SENTENCE}</p><p>Two</p>", [1, 0, 0]),
    ("prose_before", f"<p>One</p><p>{SENTENCE}</p><p>Two</p>", [0, 0, 1]),
    ("prose_near", f"<p>{SENTENCE}</p><p>{OTHER}</p><p>Two</p>", [1, 1, 2]),
    ("look", f"<p class=a>{SENTENCE}</p><p class=a>Two</p><p>Three</p>", [1, 1, 0]),
    ("own_linked", "<div>ab<p><a href=/x>cd</a></p></div><p>ef</p>", [0.5, 1, 0]),
    (
        "best",
        f"<p><a href=/>Menu</a></p><p>{SENTENCE}</p><p>So.</p><p>{OTHER}</p><p>End</p>",
        [0, 1, 1, 1, 0],
    ),
]


@pytest.mark.parametrize(("name", "body", "wanted"), NUMBERS)
def test_numbers(name: str, body: str, wanted: list[float]) -> None:
    assert column(see(body), name) == wanted


def test_a_headline_and_what_stands_by_it() -> None:
    body = f"<p>Menu</p><h1>Ferry is back!</h1><p>By Ida Fen</p><p>{SENTENCE}</p><p>{OTHER}</p>"
    sight = see(body, headlines=["", "Ferry is back"])
    assert sight.is_headline == [False, True, False, False, False]
    assert column(sight, "has_headline") == [1] * 5
    assert column(sight, "above_headline") == [1, 0, 0, 0, 0]
    assert column(sight, "below_headline") == [0, 0, 1, 2, 3]


def test_a_page_without_its_headline() -> None:
    sight = see(f"<p>Menu</p><p>{SENTENCE}</p>", headlines=["Ferry is back"])
    assert column(sight, "has_headline") == column(sight, "above_headline") == [0, 0]
    assert column(sight, "below_headline") == [12, 12]


@pytest.mark.parametrize("summary", [None, "", "…", "Too short."])
def test_a_scrap_is_no_summary(summary: str | None) -> None:
    assert column(see(f"<p>Too short.</p><p>{SENTENCE}</p>", summary=summary), "is_summary") == [0, 0]


def test_the_summary_is_met_where_it_is_cut_or_goes_on() -> None:
    assert column(see(f"<p>{OTHER}</p><p>{SENTENCE}</p>", summary=f"{SENTENCE} {OTHER}"), "is_summary") == [
        0,
        1,
    ]


def test_where_blocks_stand_to_what_the_extractor_took() -> None:
    sight = see(f"<p>A</p><p>{SENTENCE}</p><p>B</p><p>{OTHER}</p><p>C</p>", picked=[SENTENCE, OTHER])
    assert column(sight, "picked") == [0, 1, 0, 1, 0]
    assert column(sight, "within_picked") == [0, 1, 1, 1, 0]
    assert column(sight, "before_picked") == [1, 0, 0, 0, 0]
    assert column(sight, "after_picked") == [0, 0, 0, 0, 1]
    assert column(sight, "picked_before_1") == [0, 0, 1, 0, 1]
    assert column(sight, "picked_after_1") == [1, 0, 1, 0, 0]


# Frames


def framed(share: int) -> str:
    inside, outside = f"<p>{SENTENCE}</p>" * share, f"<p>{OTHER}</p>" * (10 - share)
    return f"<div class=related>{inside}</div><div>{outside}</div>"


@pytest.mark.parametrize(("share", "is_frame"), [(1, True), (3, True), (4, False), (9, False)])
def test_a_frame_that_holds_the_story_is_none(share: int, is_frame: bool) -> None:
    sight = see(framed(share))
    assert column(sight, "in_related")[:share] == [float(is_frame)] * share
    assert column(sight, "framed")[:share] == [float(is_frame)] * share
    assert sum(column(sight, "framed")[share:]) == 0


def test_a_story_is_a_frame_however_much_it_holds() -> None:
    sight = see(f"<article><div class=article-body><p>{SENTENCE}</p></div></article><p>More</p>")
    assert column(sight, "in_story") == column(sight, "in_article") == [1, 0]
    assert column(sight, "framed") == [0, 0]


# What the extractor took

PICKED = {
    "a line": (["One two"], ["One two!"], [True]),
    "none": ([], ["One"], [False]),
    "no letters": (["…"], ["…", ""], [False, False]),
    "a line of a paragraph": (["One\nTwo"], ["One", "Two", "Three"], [True, True, False]),
    "a cell": (["One | Two"], ["One", "Two"], [True, True]),
    "a short part is none": ([SENTENCE], ["The harbour board"], [False]),
    "a long part": ([f"{SENTENCE} {OTHER}"], [OTHER], [True]),
    "a footnote in its middle": ([SENTENCE.replace("the ferry would", "would")], [SENTENCE], [True]),
    "accents composed in another way": (["caf\u00e9"], ["cafe\u0301"], [True]),
}


@pytest.mark.parametrize("case", PICKED)
def test_what_the_extractor_took(case: str) -> None:
    paragraphs, texts, wanted = PICKED[case]
    assert picked_by(paragraphs, [key(text) for text in texts]) == wanted


# Odd pages


ODD = {
    "one block": [block("x")],
    "no letters": [block("…"), block("—"), block(".")],
    "outside of all elements": [block("x", path=(), tag="body"), block("y", path=(), tag="body")],
    "all links": [block("Read more", linked=9)] * 5,
    "one long line": [block("word " * 40_000)],
    "no prose": [block(str(number), tag="td") for number in range(50)],
    "all blocks there may be": [block(f"{SENTENCE} {at}", path=(1, at + 2)) for at in range(MOST_BLOCKS)],
    "surrogates": [block("\ud800 one"), block("\udfff" * 100)],
}


@pytest.mark.parametrize("case", ODD)
@pytest.mark.parametrize("paragraphs", [[], [SENTENCE], ["x"], [""]], ids=["nothing", "other", "x", "empty"])
def test_odd_pages_have_numbers(case: str, paragraphs: list[str]) -> None:
    blocks = ODD[case]
    for summary in (None, "", SENTENCE):
        sight = look_at(blocks, paragraphs, ["", "x"], summary)
        assert sight.numbers.shape == (len(blocks), len(NAMES))
        assert len(sight.is_headline) == len(blocks)
        assert np.isfinite(sight.numbers).all()


BLOCKS = st.builds(
    lambda text, share, tag, path, frame: block(
        text.strip() or "x",
        linked=int(share * len(text.strip() or "x")),
        tag=tag,
        path=tuple(sorted(path)),
        frames=tuple((number, frame) for number in sorted(path)[:1]),
    ),
    st.one_of(st.text(max_size=30), st.sampled_from([SENTENCE, OTHER, "Read more", "12:30"])),
    st.floats(0, 1),
    st.sampled_from(["p", "li", "td", "h2", "div"]),
    st.sets(st.integers(1, 6), max_size=4),
    st.sampled_from(["nav", "story", "article", "related", "hidden"]),
)


@given(
    st.lists(BLOCKS, min_size=1, max_size=12), st.lists(st.sampled_from([SENTENCE, OTHER, "x"]), max_size=3)
)
def test_any_page_has_the_same_numbers_each_time(blocks: list[Block], paragraphs: list[str]) -> None:
    one, two = (look_at(blocks, paragraphs, ["Read more"], SENTENCE) for _ in range(2))
    assert np.isfinite(one.numbers).all()
    assert one.numbers.tobytes() == two.numbers.tobytes()
    assert one.is_headline == [key(each.text) == "readmore" for each in blocks]
    for name in ("linked", "picked", "best", "framed", "place", "prose_before", "prose_after", "own_linked"):
        values = one.numbers[:, NAMES.index(name)]
        assert values.min() >= -1e-9
        assert values.max() <= 1 + 1e-9
