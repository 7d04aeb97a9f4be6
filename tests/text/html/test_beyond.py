"""Stories of more blocks than are looked at."""

from __future__ import annotations

import pytest

from body_pages import FIRST, LAST, paragraphs, read, whole
from dateline.text.html.beyond import is_cut, with_rest
from dateline.text.html.blocks import MOST_BLOCKS, Block

MANY = [
    f"{FIRST[number % 3]} This was reading number {number} of the log of the old ferry."
    for number in range(4000)
]
RESULTS = [f"Boat number {number} sailed the sound in {number % 60} minutes." for number in range(4000)]

LONG = {
    "paragraphs": (paragraphs(MANY), MANY),
    "breaks": (f"<p>{'<br>'.join(MANY)}</p>", ["\n".join(MANY)]),
    "items": (
        f"{paragraphs([*FIRST, *LAST])}<ul>{''.join(f'<li>{text}</li>' for text in RESULTS)}</ul>",
        [*FIRST, *LAST, "\n".join(RESULTS)],
    ),
}


@pytest.mark.parametrize("name", LONG)
def test_a_long_story_is_read_to_its_end(name: str) -> None:
    markup, story = LONG[name]
    found = read(whole(markup))
    assert found.paragraphs == story
    assert 0.6 <= found.text_confidence < 0.99


def test_what_follows_a_story_that_has_ended_is_left_out() -> None:
    comments = "".join(f"<div class=comment><p>{text}</p></div>" for text in RESULTS)
    page = whole(paragraphs([*FIRST, *LAST])).replace("</main>", f"<div id=comments>{comments}</div></main>")
    assert read(page).paragraphs == [*FIRST, *LAST]


# By hand


def block(text: str) -> Block:
    return Block(text, 0, "p", (1,), (), "p ", True)


BLOCKS = [block(text) for text in ("One is here.", "Yes.", "Two is here.", "Yes.")]
RESTS = [
    (["One is here.", "Yes.", "Two is here.", "Yes.", "Three is here."], ["Three is here."]),
    (["One is here.", "Yes.", "Two is here.", "Three is here.", "Yes."], ["Three is here.", "Yes."]),
    (["Two is here."], []),
    (["One is here.", "Yes."], []),
    (["Yes.", "Yes.", "Yes."], []),
    ([], []),
]


@pytest.mark.parametrize(("picked", "rest"), RESTS)
def test_the_rest_begins_behind_the_last_line_that_is_known(picked: list[str], rest: list[str]) -> None:
    known = [one.text for one in BLOCKS]
    assert with_rest(known, BLOCKS, [0, 1, 2, 3], picked) == [*known, *rest]


def test_a_paragraph_cut_in_two_goes_on() -> None:
    picked = ["One is here.\nTwo is here.\nThree is here.", "Four."]
    known = ["One is here.\nTwo is here."]
    assert with_rest(known, BLOCKS, [0, 2], picked) == [picked[0], "Four."]


def test_only_a_story_that_reaches_the_limit_is_cut() -> None:
    blocks = [block("x")] * MOST_BLOCKS
    assert is_cut(blocks, [3, MOST_BLOCKS - 1])
    assert not is_cut(blocks, [3, MOST_BLOCKS - 500])
    assert not is_cut(blocks, [])
    assert not is_cut(blocks[:-1], [MOST_BLOCKS - 2])
