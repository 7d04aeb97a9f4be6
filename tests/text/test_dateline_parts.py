"""Place lines of many agencies and languages: what is split off, and what it says of place and day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text.dateline_parts import place_and_day
from dateline.text.datelines import split_dateline

SINCE = date(2024, 1, 4)
STORY = "Der Fährbetrieb wird am Montag wieder aufgenommen, teilte die Hafenverwaltung am Abend mit."

OPENINGS = [
    # (opening, the line, place, day)
    ("LONDON, Jan 3 (Reuters) — ", "LONDON, Jan 3 (Reuters)", "LONDON", "2024-01-03"),
    ("PARIS (AFP) -", None, None, None),
    ("PARIS (AFP) - ", "PARIS (AFP)", "PARIS", None),
    ("МОСКВА, 3 янв — РИА Новости. ", "МОСКВА, 3 янв — РИА Новости", "МОСКВА", "2024-01-03"),
    ("МОСКВА, 31 декабря. /ТАСС/. ", "МОСКВА, 31 декабря. /ТАСС/", "МОСКВА", "2023-12-31"),
    ("Москва. 4 января. INTERFAX.RU - ", "Москва. 4 января. INTERFAX.RU", "Москва", "2024-01-04"),
    ("Berlin (dpa) – ", "Berlin (dpa)", "Berlin", None),
    ("Berlin/Kiel (dpa/lno) - ", "Berlin/Kiel (dpa/lno)", "Berlin/Kiel", None),
    ("Warszawa (PAP) - ", "Warszawa (PAP)", "Warszawa", None),
    ("NEW YORK, 03 Jan. ", "NEW YORK, 03 Jan", "NEW YORK", "2024-01-03"),
    ("SAN JOSE, Calif. -- ", "SAN JOSE, Calif.", "SAN JOSE, Calif.", None),
    ("(ANSA) - ROMA, 28 DIC - ", "(ANSA) - ROMA, 28 DIC", "ROMA", "2023-12-28"),
    ("Roma, 3 gen. (askanews) – ", "Roma, 3 gen. (askanews)", "Roma", "2024-01-03"),
    ("Madrid, 3 ene (EFE).- ", "Madrid, 3 ene (EFE)", "Madrid", "2024-01-03"),
    ("Lisboa, 03 jan 2024 (Lusa) - ", "Lisboa, 03 jan 2024 (Lusa)", "Lisboa", "2024-01-03"),
    ("İSTANBUL (AA) - ", "İSTANBUL (AA)", "İSTANBUL", None),
    ("London, Jan 15 (ANI): ", "London, Jan 15 (ANI)", "London", "2024-01-15"),
    ("Port Ness (Lewis), Jan 2 (NW) ", "Port Ness (Lewis), Jan 2 (NW)", "Port Ness (Lewis)", "2024-01-02"),
    ("Budapest, 2024. január 3., szerda (MTI) – ", "Budapest, 2024. január 3., szerda (MTI)", "Budapest",
     "2024-01-03"),
    ("دمشق، سوريا (رويترز) - ", "دمشق، سوريا (رويترز)", "دمشق، سوريا", None),
    ("Λονδίνο: ", "Λονδίνο", "Λονδίνο", None),
    ("NEW DELHI: ", "NEW DELHI", "NEW DELHI", None),
    ("Berlin. ", "Berlin", "Berlin", None),
    ("ABUJA, Aug 25, 2004 (dpa) - ", "ABUJA, Aug 25, 2004 (dpa)", "ABUJA", "2004-08-25"),
    ("OSLO, Feb 30 (NTB) - ", "OSLO, Feb 30 (NTB)", "OSLO", None),
    ("新华社北京1月3日电 ", "新华社北京1月3日电", "北京", "2024-01-03"),
    ("新华网上海１月３日电（记者林秋）", "新华网上海１月３日电", "上海", "2024-01-03"),
    ("（中央社記者林秋實台北28日電）", "中央社記者林秋實台北28日電", "台北", "2023-12-28"),
    ("【ロンドン共同】", "【ロンドン共同】", "ロンドン", None),
    ("[東京 3日 ロイター] - ", "[東京 3日 ロイター]", "東京", "2024-01-03"),
    ("(서울=새소식) 김바다 기자 = ", "(서울=새소식)", "서울", None),
]  # fmt: skip


@pytest.mark.parametrize(("opening", "line", "place", "day"), OPENINGS, ids=lambda value: str(value)[:30])
def test_openings(opening: str, line: str | None, place: str | None, day: str | None) -> None:
    found, rest = split_dateline(opening + STORY)
    assert found == line
    assert rest.endswith(STORY)
    if found is not None:
        told = place_and_day(found, SINCE)
        assert (told[0], told[1].isoformat() if told[1] else None) == (place, day)


@pytest.mark.parametrize(
    "opening",
    [
        "CHINESE AGGRESSION: ", "DEAR ANNA: ", "Anna Lux (SPD) - ", "Lux (39) – ",
        "Anna Lux, The Associated Press - ",
        "By ANNA LUX LONDON (AP) - ", "NASA - ", "BREAKING - ", "EN DIRECT - ", "СРОЧНО — ",
        "Борьба с пожарами – ",
        "CA-NEWS (UZ) - ", "London is calling: ", "Tuesday, 17 January, 2012 - ", "Published: ", "Jan 3 — ",
        "Kiel. und ",
        "LONDON FASHION WEEK AUTUMN SHOWS — ", "日本 - ", "记者从北京3月3日获悉，", "THE RESULT — ",
    ],
)  # fmt: skip
def test_what_is_no_place_line_stays(opening: str) -> None:
    assert split_dateline(opening + STORY) == (None, opening + STORY)


@pytest.mark.parametrize(
    ("line", "since", "place", "day"),
    [
        ("NESS, March 25 (NW)", date(2024, 3, 26), "NESS", date(2024, 3, 25)),
        ("NESS, March 25 (NW)", None, "NESS", None),
        ("NESS, March 25, 2024 (NW)", None, "NESS", date(2024, 3, 25)),
        ("Port of Ness, Lewis", None, "Port of Ness, Lewis", None),
        ("東京", None, "東京", None),
        ("LONDON, Tuesday", date(2024, 3, 26), "LONDON", None),
        ("Oslo, 29. Februar", date(2023, 3, 1), "Oslo", date(2024, 2, 29)),
        ("(AP)", date(2024, 3, 26), None, None),
        ("12 of 14", date(2024, 3, 26), None, None),
        ("", date(2024, 3, 26), None, None),
    ],
)
def test_parts(line: str, since: date | None, place: str | None, day: date | None) -> None:
    assert place_and_day(line, since) == (place, day)


SIGNS = st.sampled_from(
    [
        "KIEL",
        "Kiel",
        "Москва",
        "東京",
        "(dpa)",
        "(X)",
        "3",
        "99",
        " ",
        ",",
        ".",
        "-",
        "—",
        ":",
        "/",
        "\n",
        "März",
        "of",
    ]
)


@given(st.lists(SIGNS, max_size=25).map("".join), st.dates() | st.none())
def test_any_line_has_parts_or_none(line: str, since: date | None) -> None:
    place, day = place_and_day(line, since)
    assert place is None or place in line
    assert day is None or any(map(str.isdigit, line))
    found, rest = split_dateline(line + STORY)
    assert (line + STORY).endswith(rest)
    assert rest.endswith(STORY[20:])
    assert found is None or (line + STORY).startswith(found)
