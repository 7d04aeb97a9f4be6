"""Names out of author strings, as pages write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.html.authors import people, split_names, writers
from dateline.text.html.evidence import Evidence

NAMES = {
    "By Anna Quay": ["Anna Quay"],
    "by Anna Quay and Bo Lindqvist": ["Anna Quay", "Bo Lindqvist"],
    "Anna Quay, Bo Lindqvist & Cy Moor": ["Anna Quay", "Bo Lindqvist", "Cy Moor"],
    "Von Anna Quay und Bo Lindqvist": ["Anna Quay", "Bo Lindqvist"],
    "Par Anna Quay et Bo Lindqvist": ["Anna Quay", "Bo Lindqvist"],
    "Quay, Anna": ["Anna Quay"],
    "Anna Quay, Jr.": ["Anna Quay Jr."],
    "Anna Quay, Harbour Correspondent": ["Anna Quay"],
    "Anna Quay, senior reporter": ["Anna Quay"],
    "ANNA QUAY": ["Anna Quay"],
    "Anna Quay (in Greywater)": ["Anna Quay"],
    "Anna Quay <anna@greywater.example>": ["Anna Quay"],
    "Anna Quay | anna@greywater.example": ["Anna Quay"],
    "Anna Quay @annaquay": ["Anna Quay"],
    "Автор: Анна Причалова": ["Анна Причалова"],
    "记者：王小明": ["王小明"],
    "dpa": ["dpa"],
    "Greywater Courier Staff": ["Greywater Courier Staff"],
    "https://www.greywater.example/staff/anna": [],
    "admin": [],
    "Published 25 March 2024": [],
    "3 comments": [],
    "Updated": [],
    "": [],
}


@pytest.mark.parametrize("text", NAMES)
def test_split_names(text: str) -> None:
    assert split_names(text) == NAMES[text]


def test_each_person_once_and_whole() -> None:
    assert people(["Anna Quay", "anna quay", "Quay", "Bo Lindqvist"]) == ["Anna Quay", "Bo Lindqvist"]


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    for name in split_names(text):
        assert name.strip() == name
        assert 2 <= len(name) <= 64


def test_the_most_formal_voice_that_names_people_wins() -> None:
    page = Evidence(url="https://greywater.example/a", signed=["Bo Lindqvist"])
    page.meta = {"author": ["Anna Quay"]}
    assert writers(page, []).value == ["Anna Quay"]
    page.linked = {"author": {"name": "Cy Moor"}}
    found = writers(page, ["Di Feed"])
    assert (found.value, found.source) == (["Cy Moor"], "json-ld")


def test_the_site_itself_is_only_named_where_nobody_is() -> None:
    page = Evidence(url="https://greywater.example/a", linked={"author": {"name": "Greywater Courier"}})
    page.meta = {"og:site_name": ["Greywater Courier"]}
    assert writers(page, []).value == ["Greywater Courier"]
    assert writers(page, []).confidence < 0.5
    page.signed = ["Anna Quay"]
    assert writers(page, []).value == ["Anna Quay"]
