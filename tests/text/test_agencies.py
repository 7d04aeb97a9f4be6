"""Credits of news agencies: told at either end of a text or by its byline, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.agencies import AGENCY_BY_NAME, credit_of, ends_of
from dateline.text.date_words import fold
from dateline.text.dateline_words import AGENCIES, AGENCY_NAMES

STORY = "The harbour council voted on Monday to mend the old crane before the winter storms come."
GERMAN = "Der Rat der Hafenstadt stimmte am Montag dafür, den alten Kran vor dem Winter zu reparieren."
SPANISH = "El consejo del puerto votó el lunes a favor de reparar la vieja grúa antes del invierno."
RUSSIAN = "Совет портового города в понедельник решил починить старый кран до начала зимних штормов."
CHINESE = "港口市议会星期一投票决定在冬季风暴来临之前修理旧起重机，工程将持续三个月，耗资两百万元。"

CREDITS = {
    "an American place line": (f"PORTLAND, Maine (AP) — {STORY}", "Associated Press"),
    "a British one": (f"LONDON (Reuters) - {STORY}", "Reuters"),
    "with a day": (f"Kyiv, 3 March (Reuters) — {STORY}", "Reuters"),
    "an Indian one": (f"New Delhi (PTI) {STORY}", "PTI"),
    "no place": (f"(Bloomberg) -- {STORY}", "Bloomberg"),
    "no place, no brackets": (f"AFP - {STORY}", "AFP"),
    "a German place line": (f"Berlin (dpa/bb) - {GERMAN}", "dpa"),
    "small letters": (f"Wien (apa) - {GERMAN}", "APA"),
    "a Spanish one": (f"Madrid, 3 mar (EFE).- {SPANISH}", "EFE"),
    "a Russian one": (f"МОСКВА, 3 марта. /ТАСС/. {RUSSIAN}", "TASS"),
    "another Russian one": (f"МОСКВА, 3 мар — РИА Новости. {RUSSIAN}", "RIA Novosti"),
    "a Chinese one": (f"新华社北京3月3日电 {CHINESE}", "Xinhua"),
    "a Japanese one": (f"【ロンドン共同】{CHINESE}", "Kyodo"),
    "a Korean one": (f"(서울=연합뉴스) 김민수 기자 = {'항구 도시 의회는 월요일에 투표했다. ' * 3}", "Yonhap"),
    "two agencies: the first": (f"Paris (AFP/dpa) - {GERMAN}", "AFP"),
    "a byline above": (f"By ANN LEE, Associated Press\n\n{STORY}", "Associated Press"),
    "an agency above": (f"Reuters\n\n{STORY}", "Reuters"),
    "staff above": (f"By Reuters Staff\n{STORY}", "Reuters"),
    "a German byline": (f"Von dpa\n\n{GERMAN}", "dpa"),
    "alone below": (f"{STORY}\n\nReuters", "Reuters"),
    "behind a dash below": (f"{STORY}\n\n— AFP", "AFP"),
    "behind the last sentence": (f"{STORY} (AP)", "Associated Press"),
    "behind it and a dash": (f"{GERMAN} – dpa", "dpa"),
    "in Chinese": (f"{CHINESE}。（新华社）", "Xinhua"),
    "as a source": (f"{GERMAN}\n\nQuelle: dpa", "dpa"),
    "as a source, in Russian": (f"{RUSSIAN}\n\nИсточник: ТАСС", "TASS"),
    "as a source, in Chinese": (f"{CHINESE}\n来源：新华社", "Xinhua"),
    "by its rights": (
        f"{STORY}\n\nCopyright 2024 The Associated Press. All rights reserved.", "Associated Press",
    ),
    "by its sign": (f"{GERMAN}\n\n© dpa-infocom, dpa:240303-99-1/2", "dpa"),
    "by a first publication": (
        f"{STORY}\n\nThis report by The Canadian Press was first published March 3, 2024.", "Canadian Press",
    ),
}  # fmt: skip

NO_CREDITS = {
    "nothing": STORY,
    "no text": "",
    "somebody told them": f"{STORY} Nobody was hurt, the mayor told Reuters on Monday.",
    "a name in the first sentence": f"The Associated Press (AP) said that {STORY}",
    "who says so, first": f"Reuters reported on Monday that the crane would be mended. {STORY}",
    "as AP reported, last": f"{STORY} That is what was first reported by the Associated Press (AP).",
    "in the last words": f"{STORY} The mayor spoke to AFP.",
    "rights of a picture's maker": f"{STORY}\n\nCopyright is the Associated Press's affair.",
    "a place line without one": f"LONDON - {STORY}",
    "a mark of debt": f"{STORY}\n\nAA-3.",
    "a party in brackets": f"{GERMAN} (SPD)",
    "a word that looks like one": f"{GERMAN}\n\nMehr",
    "small letters of an English word": f"{STORY}\n\nmap",
    "several": f"Madrid (Agencias) - {SPANISH}",
    "in the middle": f"{STORY}\n\nLONDON (Reuters) - {STORY}\n\n{STORY} {STORY} {STORY}",
}

BYLINES = {
    ("Associated Press",): "Associated Press",
    ("The Associated Press",): "Associated Press",
    ("Ann Lee", "AFP"): "AFP",
    ("Ann Lee, Associated Press",): "Associated Press",
    ("ANN LEE AP Sports Writer",): None,
    ("AP Sports Writer",): "Associated Press",
    ("Reuters Staff",): "Reuters",
    ("Ann Lee and Bo Reed of Reuters",): "Reuters",
    ("Ann Lee (dpa)",): "dpa",
    ("Agencia EFE",): "EFE",
    ("Petra", "Map Reader", "Ann Reuters"): None,
    ("Agencies",): None,
}


@pytest.mark.parametrize(("text", "wanted"), CREDITS.values(), ids=CREDITS)
def test_a_credit(text: str, wanted: str) -> None:
    assert credit_of(text) == wanted


@pytest.mark.parametrize("text", NO_CREDITS.values(), ids=NO_CREDITS)
def test_no_credit(text: str) -> None:
    assert credit_of(text) is None


@pytest.mark.parametrize(("authors", "wanted"), BYLINES.items(), ids=map(str, BYLINES))
def test_a_byline(authors: tuple[str, ...], wanted: str | None) -> None:
    assert credit_of(STORY, authors=authors) == wanted


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("LONDON (Reuters)", "Reuters"),
        ("新华社北京3月3日电", "Xinhua"),
        ("МОСКВА, 3 марта. /ТАСС/", "TASS"),
        ("(AP)", "Associated Press"),
        ("LONDON", None),
        ("MADRID (Agencias)", None),
    ],
)
def test_a_place_line_that_was_split_off(line: str, wanted: str | None) -> None:
    assert credit_of(STORY, line) == wanted


def test_the_place_line_comes_before_the_byline_and_that_before_the_end() -> None:
    text = f"{STORY}\n\nReuters"
    assert credit_of(text, "OSLO (AFP)", ["dpa"]) == "AFP"
    assert credit_of(text, "OSLO", ["dpa"]) == "dpa"
    assert credit_of(text, "OSLO", ["Ann Lee"]) == "Reuters"


def test_the_agencies_of_place_lines_have_a_usual_name() -> None:
    """Those that stand for several, or are written with letters of two scripts, have none."""
    known = {fold(name) for name in AGENCY_BY_NAME}
    none = {name for name in AGENCIES | AGENCY_NAMES if known.isdisjoint({name, *name.split("/")})}
    assert none == {
        "agencies", "news agencies", "agencia", "prensa", "وكالات", "dow", "asca", "beta", "regions.ru",
        "αμπε", "рia новини", "укрiнформ", "унiан",
    }  # fmt: skip


def test_a_usual_name_stands_for_itself() -> None:
    assert all(AGENCY_BY_NAME[name] == name for name in AGENCY_BY_NAME.values())


@given(st.text(max_size=400), st.none() | st.text(max_size=60), st.lists(st.text(max_size=60), max_size=3))
def test_odd_input_is_read_all_the_same(text: str, dateline: str | None, authors: list[str]) -> None:
    assert credit_of(text, dateline, authors) in {None, *AGENCY_BY_NAME.values()}


@given(
    st.sampled_from(["(AP) — ", "HALDEN, March 3 (Reuters) - ", "By Ann Lee, AFP\n", ""]),
    st.integers(0, 9),
    st.sampled_from(["", " (dpa)", "\n\n— AFP", "\nSource: ANSA\nRead more", "\n© 2024 AFP"]),
)
def test_the_ends_of_a_text_credit_whom_it_credits(opening: str, stories: int, end: str) -> None:
    text = opening + " ".join([STORY] * stories) + end
    assert credit_of(ends_of(text)) == credit_of(text)
    assert len(ends_of(text)) <= 401
