"""Templates without a name, a number or a day in them: what comes back on several days tells of no event."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from dateline.cli.dedup import dedup

FRAME = (
    "this is the reading of the cards for all who asked for one by post, and no two readings are the same",
    "the reader has turned the cards over at the kitchen table since the mill closed, and takes no money for "
    "it but eggs",
    "whoever wants to know more about love, money or the sea may leave a note in the box by the ferry steps",
    "a card that lies upside down means little, as the table stands on a slope and the cat walks over it at "
    "night",
    "readings are printed in the order in which the notes were found, and none is printed twice in a month",
)
FILLED = (
    "an old friend brings news that you had stopped waiting for",
    "keep your boots dry and your promises short until the wind turns",
    "somebody near you counts the spoons more often than is good",
    "what was lent in the autumn comes home with a scratch on it",
    "do not sell the boat before you have looked under the boards",
    "a letter without a stamp is the one that you should open first",
    "the neighbour's dog knows something and will tell you at noon",
)


def notice(number: int) -> str:
    """The notice of a day: each has other words, which are made up, in the same three places."""
    more = [" ".join(word + "bcdfghk"[number] for word in some.split()) for some in FILLED[:3]]
    parts = [FRAME[0], more[0], FRAME[1], more[1], FRAME[2], FRAME[3], more[2], FRAME[4]]
    return ". ".join(parts)


def slipped(number: int) -> str:
    """The first notice with a few slips, each time in other places."""
    words = notice(0).split()
    for place in (11 + 7 * number, 40 + 11 * number, 70 + 9 * number):
        words[place % len(words)] += "x"
    return " ".join(words)


def targets(folder: Path, texts: list[tuple[str, str | None]]) -> list[Any]:
    """What each text points to, texts being named by their numbers."""
    app = typer.Typer()
    app.command()(dedup)
    lines = [{"id": number, "text": text, "published": day} for number, (text, day) in enumerate(texts)]
    (folder / "in.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    files = ["--input", str(folder / "in.jsonl"), "--output", str(folder / "out.jsonl")]
    assert CliRunner().invoke(app, files).exit_code == 0
    made = (folder / "out.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(one)["duplicate_of"] for one in made]


def day(number: int) -> str:
    return f"2024-03-{number + 1:02}"


def test_what_comes_back_on_many_days_is_another_notice(tmp_path: Path) -> None:
    """Three days show the template; from then on its notices stay apart."""
    found = targets(tmp_path, [(notice(number), day(number)) for number in range(7)])
    assert found == [None, 0, 0, *[None] * 4]


def test_a_copy_of_a_notice_finds_the_notice_and_not_the_first_of_its_kind(tmp_path: Path) -> None:
    texts = [(notice(number), day(number)) for number in range(6)]
    assert targets(tmp_path, [*texts, (notice(5) + " seen by the printer", day(6))])[-1] == 5


def test_copies_of_a_story_over_many_days_with_slips_of_their_own_are_copies(tmp_path: Path) -> None:
    texts = [(slipped(number), day(number)) for number in range(7)]
    assert targets(tmp_path, texts) == [None, *[0] * 6]


def test_days_that_nobody_knows_show_no_template(tmp_path: Path) -> None:
    assert targets(tmp_path, [(notice(number), None) for number in range(5)]) == [None, 0, 0, 0, 0]
    days = [day(0), day(1), None, None]
    assert targets(tmp_path, [(notice(number), days[number]) for number in range(4)]) == [None, 0, 0, 0]


def test_one_day_shows_no_template(tmp_path: Path) -> None:
    assert targets(tmp_path, [(notice(number), day(1)) for number in range(5)]) == [None, 0, 0, 0, 0]


@pytest.mark.parametrize("count", range(1, 7))
def test_a_later_notice_changes_no_earlier_link(tmp_path: Path, count: int) -> None:
    texts = [(notice(number), day(number)) for number in range(7)]
    assert targets(tmp_path, texts[:count]) == targets(tmp_path, texts)[:count]


def test_an_update_on_many_days_is_told_from_the_first(tmp_path: Path) -> None:
    """Each day's text has all of the day before and a sentence more: nothing was put for anything else."""
    texts = [(". ".join((*FRAME, *FILLED[:number])), day(number)) for number in range(5)]
    assert targets(tmp_path, texts) == [None, 0, 0, 0, 0]
