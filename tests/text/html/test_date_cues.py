"""Publication and change told apart by the words beside their dates."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.html.date_cues import told, told_in_turn
from dateline.text.html.evidence import Evidence, gather
from dateline.text.html.times import Limits, pointed_at, published, updated
from dateline.text.html.tree import parse

SEEN = Limits(datetime(2024, 3, 25, 12, tzinfo=UTC))
LINES = {
    "Aktualisiert am 25.03.2024, 09:00 Uhr – veröffentlicht am 23.03.2024": ["changed", "published"],
    "Mis à jour le 25/03/2024 à 08h10 - Publié le 24/03/2024 à 07h00": ["changed", "published"],
    "Actualizado: 25/03/2024 08:10 | Publicado: 24/03/2024 07:00": ["changed", "published"],
    "수정 2024.03.25 08:00 입력 2024.03.24 23:45": ["changed", "published"],
    "Last Updated : 24 Mar 2024 11:45 PM | First Published : 23 Mar 2024 10:00 AM": ["changed", "published"],
    "Stand: 24.03.2024 | Erstveröffentlichung 23.03.2024 18:00": ["", "published"],
    "24 March 2024 | Updated 25 March 2024": ["", "changed"],
    "2024年3月24日 公開 2024年3月25日 更新": ["published", "changed"],
    "24 March 2024 (published), 25 March 2024 (updated)": ["published", "changed"],
    "24 March 2024 | Updated 13:30": [""],
    "Live updates of 24 March 2024": [""],
    "Updated 2 hours ago": ["changed"],
    "By Anna Quay": [""],
    "Words " * 20: [],
}


@pytest.mark.parametrize("line", LINES)
def test_each_date_has_the_word_beside_it(line: str) -> None:
    assert [one.says for one in told(line)] == LINES[line]


def test_a_word_on_a_line_of_its_own_speaks_of_the_next_date() -> None:
    lines = [
        "Updated",
        "25 March 2024",
        "2024-03-25T09:00:00Z",
        "24 March 2024",
        "Published",
        "Bo",
        "2024-03-24",
    ]
    found = [dates[0].says for dates in told_in_turn(lines)]
    assert found == ["changed", "changed", "changed", "", "published", "", ""]


@given(
    st.lists(st.sampled_from(["Updated ", "published ", "24 March 2024", " 25.03.2024 10:30 ", "x", " | "]))
)
def test_dates_are_parts_of_their_line(parts: list[str]) -> None:
    line = "".join(parts)
    assert all(one.text in line for one in told(line))


MARKUP = {
    "<p>Updated <time datetime='2024-03-25T09:00:00Z'>25 Mar</time> "
    "Published <time datetime='2024-03-23T08:00:00Z'>23 Mar</time></p>": ("2024-03-23T08", "2024-03-25T09"),
    "<ul><li>Last modified on <time datetime='2024-03-25T09:00:00Z'>25 March 2024</time></li>"
    "<li>Published on <time datetime='2024-03-23T08:00:00Z'>23 March 2024</time></li></ul>":
        ("2024-03-23T08", "2024-03-25T09"),
    "<p>Posted 23 March 2024 08:00 UTC. Updated 25 March 2024 09:00 UTC</p>":
        ("2024-03-23T08", "2024-03-25T09"),
    "<p>Updated 25 March 09:00</p><p>Published 23 March 2024</p>": ("2024-03-23", "2024-03-25T09"),
    "<time class='entry-date published' datetime='2024-03-23T08:00:00Z'>23 March 2024</time>"
    "<time class='updated' datetime='2024-03-25T09:00:00Z'>25 March 2024</time>":
        ("2024-03-23T08", "2024-03-25T09"),
    "<time class='dt-updated' datetime='2024-03-25T09:00:00Z'>25 March 2024</time>"
    "<p>Published 23 March 2024</p>": ("2024-03-23", "2024-03-25T09"),
    "<time class='entry-date published updated' datetime='2024-03-23T08:00:00Z'>23 March 2024</time>":
        ("2024-03-23T08", None),
    "<div class='date event'>When: 30 June 2023</div><p>Published: 24 March 2024</p>": ("2024-03-24", None),
    "<h2>24 March 2024</h2><abbr class='published' title='2024-03-24T10:30:00-07:00'>10:30 AM</abbr>":
        ("2024-03-24T10:30:00-07:00", None),
    "<abbr class='published' title='2024-03-24T10:30:00-07:00'>10:30 AM</abbr>":
        ("2024-03-24T10:30:00-07:00", None),
    "<abbr class='updated' title='2024-03-25T09:00:00Z'>9 AM</abbr><p>24 March 2024</p>":
        ("2024-03-24", "2024-03-25T09"),
    "<time class='updated' datetime='2024-03-25T09:00:00Z'>25 March 2024</time><p>24 March 2024</p>":
        ("2024-03-24", "2024-03-25T09"),
    "<abbr title='30 June'>J.</abbr><p>24 March 2024</p>": ("2024-03-24", None),
    "<relative-time datetime='2024-03-24T10:30:00Z'>yesterday</relative-time>": ("2024-03-24T10:30", None),
    "<p>Updated 25 March 2024 09:00 UTC</p>": ("2024-03-25T09", "2024-03-25T09"),
}  # fmt: skip
"""What stands below a headline → publication and change."""


@pytest.mark.parametrize("markup", MARKUP)
def test_a_change_is_no_publication(markup: str) -> None:
    title = "<title>Greywater harbour opens</title>"
    text = f"<html lang='en'><head>{title}</head><body><h1>Greywater harbour opens</h1>{markup}</body></html>"
    page = gather(parse(text), "https://greywater.example/harbour")
    day = published(page, SEEN, None).value
    change = updated(page, SEEN, None, day).value
    wanted = MARKUP[markup]
    assert day is not None
    assert day.iso.startswith(wanted[0])
    assert (change and change.iso[: len(wanted[1] or "")]) == wanted[1]


def test_the_element_that_a_person_points_at_may_hold_a_change() -> None:
    found = pointed_at(["Updated 25 March 2024 09:00 Published 23 March 2024"], Evidence(url=None), SEEN)
    assert found is not None
    assert found.iso == "2024-03-23"


def test_a_line_of_words_takes_no_time() -> None:
    began = time.process_time()
    assert told("updated 1.1.2024 published " * 400)
    assert time.process_time() - began < 1
