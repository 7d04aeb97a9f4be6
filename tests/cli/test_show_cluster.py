"""How a cluster looks: wide and narrow, with and without colour, whatever the texts hold."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from rich.console import Console

from dateline.cli.console import json_line
from dateline.cli.show_cluster import SHOWN, as_told, print_cluster
from dateline.cluster import Member, Told

FERRY = "The ferry to Vella sails again on Monday, the harbour master said."
CREW = "Its crew of nine had waited since March for a part from Turin."
FARE = "The fare stays at four euros for those who live on the island."
STORY = (FERRY, CREW, FARE)


NEAR = Told("duplicate", "near", 0.8125, "0" * 32, date(2026, 3, 2), True, None, None)
FLASH = Told("extends", None, 0.96, "fedcba98" * 4, date(2026, 3, 1), False, None, None)


def member(number: int, *paragraphs: str, **facts: Any) -> Member:
    is_root = number == 0
    known = {
        "article_id": f"{number:032x}",
        "day": date(2026, 3, 2),
        "depth": int(not is_root),
        "links": () if is_root else (NEAR,),
        "published": datetime(2026, 3, 2, 8, number, tzinfo=UTC),
        "published_precision": "minute",
        "published_offset": 60,
        "source": f"paper{number}",
        "url": f"https://www.site{number}.test/{number}",
        "title": f"Title {number}",
        "text": "\n\n".join(paragraphs),
    }
    return Member(**(known | facts))


def look(members: list[Member], width: int = 130, *, colour: bool = False, shown: int | None = SHOWN) -> str:
    system = "standard" if colour else None
    file = io.StringIO()
    console = Console(
        file=file, width=width, color_system=system, force_terminal=colour, highlight=False, soft_wrap=True,
        legacy_windows=False, no_color=False, _environ={},
    )  # fmt: skip
    print_cluster(console, members, shown)
    return file.getvalue()


ROOT = member(0, *STORY)
WIDTHS = pytest.mark.parametrize("width", [130, 60])


@WIDTHS
def test_who_they_are(width: int) -> None:
    other = member(1, *STORY, FARE, links=(replace(NEAR, origin="AP", origin_why="credit"), FLASH))
    told = look([ROOT, other], width)
    for fact in (
        "paper0 site0.test", "paper1 site1.test", "first", "near 0 0.81", "extends fedcba98 0.96",
        "AP (by its credit)", "2026-03-02 09:01+01:00", "Title 0", "Title 1",
    ):  # fmt: skip
        assert fact in told
    assert ("2 articles" in told) == (width > 100)


@WIDTHS
def test_words_that_one_side_has_are_marked(width: int) -> None:
    told = look([ROOT, member(1, FERRY.replace("Monday", "Friday"), CREW, f"{FARE} Dogs pay.")], width)
    assert "[-Monday-]" in told
    assert "{+Friday+}" in told
    assert "{+Dogs pay.+}" in told
    assert "[-The" not in told


def test_on_a_narrow_terminal_both_sides_are_one_text() -> None:
    told = look([ROOT, member(1, FERRY.replace("Monday", "Friday"))], 60)
    assert "sails again on [-Monday-] {+Friday+}, the harbour" in told
    assert f"[-{CREW}-]" in told


@WIDTHS
def test_colour_takes_the_place_of_signs(width: int) -> None:
    told = look([ROOT, member(1, FERRY.replace("Monday", "Friday"), CREW, FARE)], width, colour=True)
    assert "[-" not in told
    assert "{+" not in told
    assert "31mMonday\x1b[0m" in told
    assert "32mFriday\x1b[0m" in told


@WIDTHS
def test_equal_stretches_are_folded(width: int) -> None:
    told = look([ROOT, member(1, *STORY, "More.")], width)
    assert "… 3 paragraphs the same …" in told
    assert CREW not in told
    told = look([member(0, FERRY, CREW), member(1, FERRY, CREW, "More.")], width)
    assert "the same" not in told
    long = " ".join(f"word{number}" for number in range(200))
    told = look([member(0, f"{long} end."), member(1, f"{long} stop.")], width)
    assert "the same …" in told
    assert "word90" not in told
    assert "word199 [-end-]" in told or "word199" in told


def test_an_equal_text_is_not_repeated() -> None:
    told = look([ROOT, member(1, *STORY)])
    assert "the same text" in told
    assert FERRY not in told


@pytest.mark.parametrize("empty", [0, 1])
def test_a_text_that_is_not_kept(empty: int) -> None:
    members = [ROOT, member(1, *STORY, "More.")]
    members[empty] = member(empty)
    assert "no text is kept" in look(members)


def test_a_cluster_of_one() -> None:
    assert look([ROOT]).startswith(f"cluster {ROOT.article_id} of 2026-03-02: 1 article\n")


def test_many_texts_are_counted_and_the_first_shown() -> None:
    members = [ROOT, *(member(number, *STORY, f"Only {number}.") for number in range(1, 15))]
    told = look(members)
    assert "{+Only 10.+}" in told
    assert "{+Only 11.+}" not in told
    assert "Title 14" in told
    assert "4 more texts; --all shows them" in told
    assert "{+Only 14.+}" in look(members, shown=None)


ODD = {
    "markup": ("[bold]not bold[/bold] [/red] [link=x]", ["[bold]not bold[/bold] [/red] [link=x]"]),
    "escapes": ("\x1b[31mred\x07 and\r back\x9b1m", ["\ufffd[31mred\ufffd and\ufffd back\ufffd1m"]),
    "directions": ("a\u202egnp.exe", ["a\ufffdgnp.exe"]),
    "Arabic": ("تعود العبارة يوم الجمعة", ["تعود العبارة يوم الجمعة"]),
    "Chinese": ("渡轮周五恢复航行，港务长说。", ["渡轮周五恢复航行，港务长说。"]),
}


@WIDTHS
@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("colour", [False, True])
def test_odd_texts_print_as_they_are(odd: str, width: int, *, colour: bool) -> None:
    text, shown = ODD[odd]
    others = member(1, *STORY, text, title=text, source=text)
    told = look([ROOT, others], width, colour=colour)
    for part in shown:
        assert part in told
    for control in ("\x07", "\r", "\x9b", "\u202e", "\x1b[31mred"):
        assert control not in told


def test_chinese_characters_are_words() -> None:
    told = look([member(0, "渡轮周一恢复航行"), member(1, "渡轮周五恢复航行")], 60)
    assert "渡轮周[-一-]{+五+}恢复航行" in told.replace("-] {+", "-]{+")


def test_as_json() -> None:
    other = member(1, FERRY.replace("Monday", "Friday"), CREW, FARE, "More.")
    told = json.loads(json_line(as_told(ROOT, other)))
    assert told["root_id"] == ROOT.article_id
    assert told["article_id"] == other.article_id
    assert [(link["kind"], link["target_day"]) for link in told["links"]] == [("near", "2026-03-02")]
    assert (told["day"], told["published"]) == ("2026-03-02", "2026-03-02T08:01:00+00:00")
    assert told["differences"] == [
        {"root": FERRY, "member": FERRY.replace("Monday", "Friday")},
        {"root": None, "member": "More."},
    ]
    assert as_told(ROOT, ROOT)["differences"] == []
