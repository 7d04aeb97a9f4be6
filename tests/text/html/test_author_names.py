"""Names out of author strings, as pages write them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.html.author_names import people, split_names
from dateline.text.html.bylines import BOUNDARY
from dateline.text.html.shown_names import shown_names

NAMES = {
    "By Anna Quay": ["Anna Quay"],
    "by Anna Quay and Bo Lindqvist": ["Anna Quay", "Bo Lindqvist"],
    "By Anna Quay And Bo Lindqvist For The Greywater Courier": ["Anna Quay", "Bo Lindqvist"],
    "Anna Quay, Bo Lindqvist & Cy Moor": ["Anna Quay", "Bo Lindqvist", "Cy Moor"],
    "Von Anna Quay und Bo Lindqvist": ["Anna Quay", "Bo Lindqvist"],
    "Ein Gastbeitrag von Anna Quay": ["Anna Quay"],
    "Zeige alle Beiträge von Anna Quay": ["Anna Quay"],
    "Par Anna Quay et Bo Lindqvist": ["Anna Quay", "Bo Lindqvist"],
    "Por Ana Muelle y Bo Lindqvist": ["Ana Muelle", "Bo Lindqvist"],
    "Text und Interview: Anna Quay": ["Anna Quay"],
    "Autor/in: Anna Quay": ["Anna Quay"],
    "Quay, Anna": ["Anna Quay"],
    "Anna Quay, Jr.": ["Anna Quay Jr."],
    "Anna Quay, PhD": ["Anna Quay"],
    "Dr. Anna Quay": ["Anna Quay"],
    "Anna Quay, Greywater, Bo Lindqvist": ["Anna Quay", "Bo Lindqvist"],
    "Anna Quay, Harbour Correspondent": ["Anna Quay"],
    "Anna Quay, senior reporter": ["Anna Quay"],
    "Anna QuaySenior Reporter": ["Anna Quay"],
    "Hafen-Redakteurin Anna Quay": ["Anna Quay"],
    "Anna Quay is a reporter at the Courier": ["Anna Quay"],
    "ANNA QUAY": ["Anna Quay"],
    "JOHN MCQUAY": ["John McQuay"],
    "Anna Quay Anna Quay": ["Anna Quay"],
    "Anna Quay (in Greywater)": ["Anna Quay"],
    "Anna Quay <anna@greywater.example>": ["Anna Quay"],
    "Anna Quay | anna@greywater.example": ["Anna Quay"],
    "Anna Quay @annaquay": ["Anna Quay"],
    "Anna Quay - Bo Lindqvist": ["Anna Quay", "Bo Lindqvist"],
    "Ursula von der Pier": ["Ursula von der Pier"],
    "Posted by aquay on August 3, 2019": ["aquay"],
    "Автор: Анна Причалова": ["Анна Причалова"],
    "Анна Причалова, корреспондент": ["Анна Причалова"],
    "Γράφει ο Νίκος Λιμανίδης": ["Νίκος Λιμανίδης"],
    "记者：王小明": ["王小明"],
    "本报记者 王小明": ["王小明"],
    "Mohammed bin Hafen": ["Mohammed bin Hafen"],
    "June Quay, Min-ji Hafen": ["June Quay", "Min-ji Hafen"],
    "Von der Pier, Ursula": ["Ursula von der Pier"],
    "de la Muelle, Ana": ["Ana de la Muelle"],
    "Di Molo, Anna": ["Anna Di Molo"],
    "Dr. med. Anna-Lena Quay": ["Anna-Lena Quay"],
    "Prof. Dr. Dr. h.c. Anna Quay": ["Anna Quay"],
    "Guest column by Anna Quay": ["Anna Quay"],
    "Special to the Courier by Anna Quay": ["Anna Quay"],
    "Von unserem Redaktionsmitglied Bo Moor": ["Bo Moor"],
    "Von unserer Korrespondentin Anna Quay in Athen": ["Anna Quay"],
    "Interview: Anna Quay": ["Anna Quay"],
    "Anna Quay - Roma": ["Anna Quay"],
    "Anna Quay – Reuters": ["Anna Quay", "Reuters"],
    "Anna Quay avec AFP": ["Anna Quay", "AFP"],
    "Anna Quay (avec AFP)": ["Anna Quay", "AFP"],
    "Anna Quay (AP)": ["Anna Quay", "AP"],
    "Anna Quay con EFE": ["Anna Quay", "EFE"],
    "Von Anna Quay mit Material der dpa": ["Anna Quay", "dpa"],
    "Anna Quay, AP": ["Anna Quay", "AP"],
    "Anna Quay, Associated Press": ["Anna Quay", "Associated Press"],
    "By ANNA QUAY Associated Press": ["Anna Quay", "Associated Press"],
    "The Associated Press": ["The Associated Press"],
    "Anna Quay and Bo Moor for the Associated Press": ["Anna Quay", "Bo Moor", "Associated Press"],
    "Anna Quay for the Greywater Courier": ["Anna Quay"],
    "Anna Quay (CNN)": ["Anna Quay"],
    "Anna Quay of Sta": ["Anna Quay of Sta"],
    "By Staff and wire reports": ["Staff and wire reports"],
    "Staff, wire reports": ["Staff, wire reports"],
    "by user0 » Tue Mar 12, 2024 9:15 pm": [],
    "Mar Muelle": ["Mar Muelle"],
    "كتب: أحمد علي": ["أحمد علي"],
    "بقلم سارة علي": ["سارة علي"],
    "लेखक: राम कुमार": ["राम कुमार"],
    "dpa": ["dpa"],
    "Reuters, Anna Quay": ["Reuters", "Anna Quay"],
    "Harbour Institute for Peace": ["Harbour Institute for Peace"],
    "Greywater Courier Staff": ["Greywater Courier Staff"],
    "https://www.greywater.example/staff/anna": [],
    "Photo: Anna Quay": [],
    "Senior Reporter": [],
    "admin": [],
    "Published 25 March 2024": [],
    "Nov 11, 2020": [],
    "3 comments": [],
    "Updated": [],
    "": [],
}

LINES = {
    "By|Anna Quay|,|Bo Lindqvist|3 May 2024": ["Anna Quay", "Bo Lindqvist"],
    "By|Anna Quay|Harbour Reporter|Bo Lindqvist|Senior Editor|Updated 3 May": ["Anna Quay", "Bo Lindqvist"],
    "Anna Quay|Greywater Times|Dec 13, 2016 at 3:45 pm": ["Anna Quay"],
    "Written by|Anna Quay|in|Ports|on 1 June 2019": ["Anna Quay"],
    "Von|: Anna Quay|Übersetzt von|: |Bo Lindqvist": ["Anna Quay"],
    "By|Anna Quay|Illustration by|Bo Lindqvist": ["Anna Quay"],
    "15.05.2020, 07:11|Lesedauer: 8 Minuten|Anna Quay": ["Anna Quay"],
    "By|Greywater Courier Staff": ["Greywater Courier Staff"],
    "von|aquay|am 26/10/13, 03:48 pm": ["aquay"],
    "aquay": ["aquay"],
    "by|user0|» Tue Mar 12, 2024 9:15 pm": [],
    "Par Anna Quay avec AFP": ["Anna Quay", "AFP"],
    "By Anna Quay|Associated Press": ["Anna Quay", "Associated Press"],
    "By Anna Quay|Greywater Gazette": ["Anna Quay"],
    "Van der Pier, Ursula": ["Ursula van der Pier"],
    "By Anna Quay, Associated Press": ["Anna Quay", "Associated Press"],
    "Von Anna Quay und dpa": ["Anna Quay", "dpa"],
    "Von Anna Quay, Greywater Zeitung": ["Anna Quay"],
    "作者：|王小明 稿源： 《港口报》": ["王小明"],
    "记者在港口看到许多船": [],
    "Share|Print|Comments": [],
}


@pytest.mark.parametrize("text", NAMES)
def test_split_names(text: str) -> None:
    assert split_names(text) == NAMES[text]


@pytest.mark.parametrize("line", LINES)
def test_shown_names(line: str) -> None:
    assert shown_names(line.replace("|", BOUNDARY)) == LINES[line]


def test_what_follows_an_unmarked_name_is_no_name_without_a_joint() -> None:
    line = BOUNDARY.join(["By Anna Quay", "Harbour Lamp Opens", "Ferry Sails"])
    assert shown_names(line, is_marked=False) == ["Anna Quay"]
    assert shown_names(BOUNDARY.join(["By", "and", "it sank"]), is_marked=False) == []


def test_each_person_once_and_whole() -> None:
    assert people(["Anna Quay", "anna quay", "Quay", "Bo Lindqvist"]) == ["Anna Quay", "Bo Lindqvist"]


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    for name in [*split_names(text), *shown_names(text)]:
        assert name.strip() == name
        assert 2 <= len(name) <= 64


@pytest.mark.parametrize(
    "part",
    [
        "By ",
        "a ",
        "A. ",
        "a@",
        "a.com",
        "(",
        "- ",
        ", ",
        "von ",
        "and ",
        "Senior",
        "\u200d",
        "1 ",
        "王",
        "¦ ",
        "de ",
        "mit Material der ",
        "(AFP",
        "Associated Press ",
        "staff and ",
        "A - ",
    ],
)
def test_long_strings_take_no_time(part: str) -> None:
    start = time.perf_counter()
    split_names(part * 100_000)
    shown_names(part * 300)
    assert time.perf_counter() - start < 0.5


CAPITALS = {
    "JOHN E SMITH": "John E Smith",
    "MARY I JONES": "Mary I Jones",
    "NICUŞOR DAN": "Nicuşor Dan",
    "AYŞE ŞİMŞEK": "Ayşe Şimşek",
    "İBRAHİM YILDIZ": "İbrahim Yıldız",
    "AYŞE YILDIZ": "Ayşe Yıldız",
    "IŞIL ÇAĞRI": "Işıl Çağrı",
    "ŞTEFAN IONESCU": "Ştefan Ionescu",
    "MARIŞA ŢIRIAC": "Marişa Ţiriac",
    "JAN VAN DER PIER": "Jan van der Pier",
    "VAN DER PIER": "Van der Pier",
    "ANA DE LA MUELLE": "Ana de la Muelle",
    "JOSÉ MUELLE Y PUERTO": "José Muelle y Puerto",
    "ANNA QUAY DEN": "Anna Quay Den",
    "ANNA O'QUAY": "Anna O'Quay",
    "ΝΙΚΟΣ ΛΙΜΑΝΙΔΗΣ": "Νικος Λιμανιδης",
}


@pytest.mark.parametrize("name", CAPITALS)
def test_names_in_capitals(name: str) -> None:
    assert split_names(name) == [CAPITALS[name]]
