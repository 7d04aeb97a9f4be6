"""The place line of a story: split off where it is unmistakable, left alone elsewhere."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.datelines import is_place_line, split_behind_summary, split_dateline

REST = "The ferry left the harbour at dawn."


@pytest.mark.parametrize(
    "line",
    [
        "TOKYO", "TOKYO (AP)", "PORT NESS, Scotland", "SACRAMENTO, Calif. (AP)", "LONDON, March 3",
        "KÖLN", "ST. JOHN'S, Antigua", "Paris (AFP)", "Kyiv, 3 March (Reuters)",
        "MADRID, 25 Mar. (EUROPA PRESS)",
        "Port Ness, Lewis (NW)", "ПАРИЖ",
    ],
)  # fmt: skip
@pytest.mark.parametrize("dash", [" — ", " - ", " -- ", "—", " – "])
def test_a_place_line_is_split_off(line: str, dash: str) -> None:
    assert split_dateline(f"{line}{dash}{REST}") == (line, REST)


@pytest.mark.parametrize(
    "text",
    [
        "", REST, "UPDATE - " + REST, "EXCLUSIVE — " + REST, "NASA — the agency that flies, said on Monday.",
        "Ferries - The Board Said So On Monday", "(Reuters) - " + REST, "TOKYO - short",
        "TOKYO-based Mori said so.",
        "Москва — " + REST, "東京都 — " + REST, "Anna Lux — " + REST,
        "THE BOARD SAID ON MONDAY THAT ALL — " + REST,
    ],
)  # fmt: skip
def test_anything_else_stays(text: str) -> None:
    assert split_dateline(text) == (None, text)


IN_CAPITALS = [
    # (what opens the story, what it goes on with, whether that is a place line)
    ("GREYWATER", "The quay is shut. Nobody in Greywater knew why.", True),
    ("HAFENSTADT", "Der Kai ist gesperrt. Niemand in Hafenstadt wusste warum.", True),
    ("ЗАРЕЧЬЕ", "Причал закрыт. Никто в Заречье не знал, почему.", True),
    ("PORT NESS", "The quay is shut, and nobody knew why.", True),
    ("OAK SPRINGS", "The quay is shut, and nobody knew why.", True),
    ("GREYWATER, Neb.", "The quay is shut, and nobody knew why.", True),
    ("CORONA, Calif.", "The quay is shut, and nobody knew why.", True),
    ("MALTO", "Beer is malted here. Nobody in Malto knew why.", True),
    ("CHICAGO", "The quay is shut, and nobody knew why.", True),
    ("CLIMATE CHANGE", "The city has to build higher quays, it said in Greywater.", False),
    ("TRADE WAR", "The city has to build higher quays, it said in Greywater.", False),
    ("RECIPE", "The harbour cook fries his fish in butter alone.", False),
    ("CRISE CLIMATIQUE", "La ville doit élever ses quais dans l’année.", False),
    ("WAHLKAMPF", "Der Wahlkampf hat begonnen, in Wahlkampfzeiten wird viel gesagt.", False),
    ("BEHIND BARS", "The harbour master spent a night behind bars in Greywater.", False),
    ("HOLMQUIST", "The vote is on Monday. Voters have trust in Holmquist, and Ida Holmquist knows.", False),
    ("HOLMQUIST", "The vote is on Monday, Holmquist said in Greywater.", False),
    ("HOLMQUIST", "The vote is on Monday, the town said.", False),
]


@pytest.mark.parametrize(("line", "rest", "is_place"), IN_CAPITALS)
def test_capitals_alone_are_a_place_where_the_story_names_it_again(
    line: str, rest: str, is_place: bool
) -> None:
    text = f"{line} — {rest}"
    assert split_dateline(text) == ((line, rest) if is_place else (None, text))


STORY = "VIGO (Meridian Wire) - The ferry is back, the harbour office said on Monday."
REST = "The ferry is back, the harbour office said on Monday."
SUMMARY = "The ferry that sank in 1987 is back."


@pytest.mark.parametrize(
    ("text", "summary", "found"),
    [
        (f"{SUMMARY}\n\n{STORY}", SUMMARY, ("VIGO (Meridian Wire)", f"{SUMMARY}\n\n{REST}")),
        (f"{SUMMARY}\n\n{STORY}", SUMMARY.strip("."), ("VIGO (Meridian Wire)", f"{SUMMARY}\n\n{REST}")),
        (f"{SUMMARY}\n\n{STORY}", None, (None, f"{SUMMARY}\n\n{STORY}")),
        (f"{SUMMARY}\n\n{STORY}", "Another.", (None, f"{SUMMARY}\n\n{STORY}")),
        (f"{SUMMARY}\n\n{REST}", SUMMARY, (None, f"{SUMMARY}\n\n{REST}")),
        (f"{STORY}\n\n{STORY}", STORY, ("VIGO (Meridian Wire)", f"{REST}\n\n{STORY}")),
        (SUMMARY, SUMMARY, (None, SUMMARY)),
    ],
)
def test_a_summary_may_stand_above_the_place(
    text: str, summary: str | None, found: tuple[str | None, str]
) -> None:
    assert split_behind_summary(text, summary) == found


@given(st.text(alphabet=st.sampled_from("ABZ abz.,'—–-()19É"), max_size=300))
def test_nothing_but_the_dash_is_lost(text: str) -> None:
    line, rest = split_dateline(text)
    assert text.endswith(rest)
    assert text.startswith(line or "")
    assert text[len(line or "") : len(text) - len(rest)].strip(" —–-") == ""


@pytest.mark.parametrize("piece", ["A", "A.", "A ", "AB ", "Ab ", "(A", "A, ", "AAAA A", "A'-"])
def test_long_texts_take_no_time(piece: str) -> None:
    began = time.process_time()
    split_dateline(piece * 50_000)
    split_dateline(f"GREYWATER — The {piece * 50_000}")
    split_dateline("GREYWATER — The quay. " + "Greywater " * 50_000)
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    ("line", "wanted", "in_capitals"),
    [
        ("TOKYO", True, True), ("NEW YORK", True, True), ("RIO DE JANEIRO", True, True),
        ("Tokyo", True, False),
        ("Port of Ness, Lewis", True, False), ("東京", True, False), ("Ferry returns", False, False),
        ("TOKYO.", False, False), ("EXCLUSIVE", False, False), ("By Ana Lux", False, False),
        ("2024", False, False),
        ("", False, False), ("A" * 61, False, False), ("A B C D E F G", False, False),
    ],
)  # fmt: skip
def test_lines_of_their_own(line: str, wanted: bool, in_capitals: bool) -> None:
    assert is_place_line(line) is wanted
    assert is_place_line(line, capitals_only=True) is in_capitals
