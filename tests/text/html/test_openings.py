"""Lines over a story that tell who wrote it and when."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from body_pages import FIRST, LAST, html, paragraphs, read, whole
from dateline.text.datelines import split_dateline
from dateline.text.html.openings import is_signed, is_time, without_opening

PROSE = "The harbour board of Fenholm voted on Monday evening to buy a second ferry for the sound."

TIMES = [
    "March 12, 2024",
    "Tuesday, March 12, 2024 11:30 p.m. CST",
    "12.03.2024, 23:50 Uhr",
    "Stand: 12. März 2024, 23:50 Uhr",
    "Zuletzt aktualisiert am 12. März 2024",
    "Publié le 12 mars 2024 à 23h45",
    "12 MAR 2024 - 22:30 CET",
    "Publicado: 12/03/2024 23:30",
    "12/03/2024 às 23h45 - Atualizado há 2 horas",
    "12 marzo 2024 alle ore 23:45",
    "12 marca 2024, godz. 00:20",
    "12 марта 2024, 01:15 МСК",
    "Опубликовано 12 марта 2024",
    "Giriş: 12.03.2024 - 23:45 Güncelleme: 13.03.2024 - 08:10",
    "12.3.2024 23.30",
    "2024-03-12 23:10:05",
    "2024年3月12日 22時30分",
    "发布时间：2024-03-12 23:10",
    "입력 2024.03.12. 오후 11:45 수정 2024.03.13. 오전 8:10",
    "2 hours ago",
    "Updated 2 hours ago",
    "vor 3 Stunden",
    "il y a 2 heures",
    "5 min read",
    "Lesezeit: 5 Minuten",
    "Temps de lecture : 3 min",
    "Yesterday",
    "Updated today at 10:30",
]


@pytest.mark.parametrize("line", TIMES)
def test_lines_of_times_are_dropped(line: str) -> None:
    parts = line.split(" - ") if " - " in line else [line]
    assert all(map(is_time, parts))
    assert without_opening([line, PROSE], []) == [PROSE]


NO_TIMES = [
    "",
    "7",
    "2024",
    "March",
    "The march of 2024",
    "On 12 March the boat sank.",
    "Rovers 3-1 United",
    "3 leeks",
    "Page 2",
    "Five minutes with Ida Fen",
    "Boeing 747",
    "12 killed",
    "March 2024",
    "Page 2 of 12",
    "Catch-22",
]


@pytest.mark.parametrize("line", NO_TIMES)
def test_other_lines_with_numbers_stay(line: str) -> None:
    assert not is_time(line)
    assert without_opening([line, PROSE], ["Ida Fen"]) == [line, PROSE]


SIGNED = [
    ("By Ida Fen", ["Ida Fen"]),
    ("By IDA FEN", ["Ida Fen"]),
    ("Ida Fen", ["Ida Fen"]),
    ("Von Jürgen Groß und Anna-Lena Weiß", ["Jürgen Groß", "Anna-Lena Weiß"]),
    ("Par Jean-Pierre Dupont (avec AFP)", ["Jean-Pierre Dupont"]),
    ("di Mario Rossi e Luisa Bianchi", ["Mario Rossi", "Luisa Bianchi"]),
    ("Por Ana Souza e João Lima", ["Ana Souza", "João Lima"]),
    ("EFE | Madrid", ["EFE"]),
    ("By Ida Fen, Staff Writer", ["Ida Fen"]),
    ("Ida Fen, Senior Reporter", ["Ida Fen"]),
    ("By Ida Fen | Political Editor", ["Ida Fen"]),
    ("Sam Carter at Harbour Park", ["Sam Carter"]),
    ("By Ida Fen March 12, 2024", ["Ida Fen"]),
    ("EFE | Madrid", []),
    ("홍길동 기자", ["홍길동"]),
    ("山田太郎 2024年3月12日 22時30分", ["山田太郎"]),
    ("2024-03-12 23:10 来源：新华社 作者：王小明", ["王小明"]),
    ("来源：新华社", []),
    ("By Martin O'Neill, Staff Writer", []),
    ("Von Jürgen Groß", []),
    ("Photos: Kari Moe", []),
]


@pytest.mark.parametrize(("line", "authors"), SIGNED, ids=[line for line, _ in SIGNED])
def test_bylines_are_dropped(line: str, authors: list[str]) -> None:
    assert without_opening([line, PROSE], authors) == [PROSE]
    assert without_opening([f"{line}\nMarch 12, 2024", PROSE], authors) == [PROSE]


UNSIGNED = [
    "Ida Fen has left the board.",
    "Ida Fen: a life at sea",
    "By the sea",
    "By Monday night the boat was gone",
    "Von der See ins Rathaus",
    "Fenholm",
    "The board",
    "Photos show the boat",
]


@pytest.mark.parametrize("line", UNSIGNED)
def test_other_short_lines_stay(line: str) -> None:
    assert without_opening([line, PROSE], ["Ida Fen"]) == [line, PROSE]


def test_the_story_itself_stays() -> None:
    assert without_opening(["By Ida Fen"], ["Ida Fen"]) == ["By Ida Fen"]
    assert without_opening(["March 12, 2024", "By Ida Fen"], ["Ida Fen"]) == ["March 12, 2024", "By Ida Fen"]
    assert without_opening([], ["Ida Fen"]) == []


def test_a_byline_below_the_summary_goes_and_a_date_there_stays() -> None:
    long = PROSE * 2
    assert without_opening([long, "By Ida Fen", PROSE], ["Ida Fen"]) == [long, PROSE]
    assert without_opening([long, "By Sam Carter", PROSE], ["Ida Fen"]) == [long, "By Sam Carter", PROSE]
    assert without_opening([long, "12 March 2024", PROSE], ["Ida Fen"]) == [long, "12 March 2024", PROSE]


def test_a_chronicle_keeps_its_dates_but_not_its_byline() -> None:
    told = ["1 May 2021", "It sails.", "2 June 2022", "It stops.", "3 July 2023", "It sinks."]
    assert without_opening(["By Ida Fen", *told], ["Ida Fen"]) == told


PROGRAMMES = [
    [
        "The fair's programme:",
        "Friday, 3 May",
        "It opens at 6 p.m.",
        "Saturday, 4 May",
        "Horse race at noon.",
    ],
    ["Friday, 3 May", "The fair opens at 6 p.m.", "Saturday, 4 May", "Horse race at noon."],
    ["The fair's programme:", "Friday, 3 May", "It opens at 6 p.m.", "There are fireworks at ten."],
    ["1 May 2021", "It sails.", "2 June 2022", "It sinks."],
    ["10:00", "The board meets.", "11:30", "It has voted."],
]


@pytest.mark.parametrize("told", PROGRAMMES, ids=[" ".join(told[:2]) for told in PROGRAMMES])
def test_a_programme_keeps_the_headings_of_its_days(told: list[str]) -> None:
    assert without_opening(told, ["Ida Fen"]) == told
    assert without_opening(["By Ida Fen", *told], ["Ida Fen"]) == told


@pytest.mark.parametrize("line", ["12 March 2024", "Updated 10:30", "2 hours ago", "5 min read", "12.03.24"])
def test_times_below_a_short_summary_are_dropped(line: str) -> None:
    assert without_opening(["A boat for the sound", line, PROSE], []) == ["A boat for the sound", PROSE]
    dated = ["12 March 2024", "A boat for the sound", line, PROSE]
    assert line[0] == "1" or without_opening(dated, []) == ["A boat for the sound", PROSE]


def test_a_table_on_top_stays() -> None:
    table = "Gull | 9:40 | 10:05\nTern | 11:20 | 11:45"
    assert without_opening([table, PROSE], ["Gull"]) == [table, PROSE]


# On pages


LINES = [
    ("en", ["By Ida Fen, Staff Writer", "March 12, 2024", "5 min read"], "FENHOLM, March 12 (AP)", " - "),
    ("de", ["Von Jürgen Groß und Anna-Lena Weiß", "12.03.2024, 23:50 Uhr"], "Hafenstadt (dpa/lno)", " - "),
    ("es", ["EFE | Madrid", "12 MAR 2024 - 22:30 CET"], "Madrid, 12 mar (EFE)", ".- "),
    ("en", ["2 hours ago"], "SAN JOSE, Calif., April 25, 2024 /PRNewswire/", " -- "),
]


@pytest.mark.parametrize(("language", "lines", "place", "dash"), LINES, ids=[place for *_, place, _ in LINES])
def test_the_place_line_behind_them_is_split_off(
    language: str, lines: list[str], place: str, dash: str
) -> None:
    story = [f"{place}{dash}{FIRST[0]}", *FIRST[1:], *LAST]
    page = whole(paragraphs([*lines, *story]), language=language)
    read_story = read(page).paragraphs
    assert read_story == story
    assert split_dateline("\n\n".join(read_story)) == (place, "\n\n".join([*FIRST, *LAST]))


def test_lines_in_one_paragraph_with_breaks() -> None:
    page = whole(f"<p>By Ida Fen<br>March 12, 2024</p>{paragraphs([*FIRST, *LAST])}")
    assert read(page).paragraphs == [*FIRST, *LAST]


def test_a_page_without_them_is_read_whole() -> None:
    assert read(html()).paragraphs == [*FIRST, *LAST]


# Anything


TEXT = st.text(st.sampled_from("By von 12. März 2024 |：作者(/) ago min\n"), max_size=60)


@given(st.lists(TEXT, max_size=5), st.lists(st.text(max_size=8), max_size=3))
def test_lines_are_left_out_and_never_changed(texts: list[str], authors: list[str]) -> None:
    left = without_opening(texts, authors)
    lines = iter("\n".join(texts).split("\n"))
    assert all(line in lines for line in "\n".join(left).split("\n") if left)
    assert bool(left) == bool(texts)


@pytest.mark.parametrize("text", ["By " * 50, "1. " * 50, "(" * 160, "| " * 80, "来源：" * 50, "2024-" * 30])
def test_hostile_lines_take_no_time(text: str) -> None:
    started = time.process_time()
    without_opening([text] * 3_000, [text[:40], "Ida Fen"])
    assert time.process_time() - started < 1
    is_signed(text, ["a" * 500])
