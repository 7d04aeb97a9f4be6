"""Headlines, without what sites put around them."""

from __future__ import annotations

import pytest

from dateline.text.html.evidence import Evidence
from dateline.text.html.titles import headline, plain, without_site

SITES = ["Greywater Courier", "greywater.example", "greywater"]

CUT = {
    "Harbour reopens | Greywater Courier": "Harbour reopens",
    "Harbour reopens - Greywater Courier": "Harbour reopens",
    "Greywater Courier: Harbour reopens": "Harbour reopens",
    "Harbour reopens – The Greywater Courier": "Harbour reopens",
    "Harbour reopens | Local | Greywater Courier": "Harbour reopens | Local",
    "Harbour - a history": "Harbour - a history",
    "Re-opening the harbour": "Re-opening the harbour",
    "Greywater Courier": "Greywater Courier",
}


@pytest.mark.parametrize("title", CUT)
def test_without_site(title: str) -> None:
    assert without_site(title, SITES, []) == CUT[title]


def test_what_another_voice_says_is_the_title() -> None:
    assert without_site("Harbour reopens | Some slogan", [], ["Harbour reopens"]) == "Harbour reopens"


def test_voices_that_agree_outvote_one() -> None:
    page = Evidence(url=None, title="Harbour reopens", headings=["Harbour reopens"])
    page.meta = {"og:title": ["You will never guess what reopened"]}
    found = headline(page)
    assert found.value == "Harbour reopens"
    page.meta = {"og:title": ["Harbour reopens"]}
    assert headline(page).confidence > found.confidence


def test_a_site_name_is_no_headline() -> None:
    page = Evidence(url="https://greywater.example/a", title="Greywater", headings=["Greywater"])
    assert headline(page).value is None


def test_plain() -> None:
    assert plain("“Ｈarbour” – reopens!") == "harbourreopens"
