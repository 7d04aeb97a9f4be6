"""Whom a page's voices name together, and how sure that is."""

from __future__ import annotations

import time

import pytest

from dateline.text.html.authors import desks, is_person, writers
from dateline.text.html.evidence import Evidence, gather
from dateline.text.html.tree import parse

HEAD = "<h1>Ferry runs aground off Greywater</h1>"
TEXT = f"<p>{'The ferry ran aground at dawn and nobody was hurt. ' * 8}</p>"
PROSE = (
    "<p>Critics were angered by <a>Harbour Quay</a> and its owners, who had promised to mend the "
    "pier long before the winter came, and to pay for the damage that the storms of last year had "
    "done to the boats, the sheds and the slipway, none of which has been seen to since then, as the"
    " council has pointed out.</p>"
)

SHOWN = {
    "led in by a word of its own": f"{HEAD}<div>By <a href='/x'>Anna Quay</a></div>{TEXT}",
    "in German, with a comma": f"{HEAD}<div><span>Von</span> <b>Anna Quay</b>, Greywater</div>{TEXT}",
    "a label": f"{HEAD}<div>Author: Anna Quay</div>{TEXT}",
    "before its day": f"{HEAD}<div>by Anna Quay on 3 May 2024</div>{TEXT}",
    "after its day": f"{HEAD}<div>03.05.2024 13:30 von Anna Quay</div>{TEXT}",
    "above the headline": f"<div><div>Von <a>Anna Quay</a> in Hafen</div>{HEAD}</div>{TEXT}",
    "a link to her page": f"{HEAD}<div><a href='/people/anna-quay'>Anna Quay</a></div>{TEXT}",
    "a class": f"{HEAD}<div class='article__author-name'>Anna Quay</div>{TEXT}",
    "a class in capitals": f"{HEAD}<div class='c-byline'>ANNA QUAY</div>{TEXT}",
    "a class with day and role": f"{HEAD}<div class=byline><b>Anna Quay</b><i>Reporter</i>3 May</div>{TEXT}",
    "a link of hers": f"{HEAD}{TEXT}<a rel=author href='/a'>Anna Quay</a>",
    "a card": f"{HEAD}{TEXT}<span class='vcard author'><a class=fn>Anna Quay</a></span>",
    "the foot": f"{HEAD}{TEXT}<div>Geschrieben von Anna Quay</div>",
    "beside the photographer": f"{HEAD}<div>Text: Anna Quay</div><div>Fotos: Bo Lindqvist</div>{TEXT}",
    "with the illustrator": f"{HEAD}<div>By <a>Anna Quay</a> Illustration by <a>Bo Lindqvist</a></div>{TEXT}",
    "beside a caption": f"{HEAD}<figcaption class=author>By Bo Moor</figcaption><p>By Anna Quay</p>{TEXT}",
    "beside comments": f"{HEAD}<p>By Anna Quay</p>{TEXT}<ol class=comments><li class=author>Bo</li></ol>",
    "beside teasers": f"{HEAD}<p>By Anna Quay</p>{TEXT}<aside><p class=byline>By Bo Lindqvist</p></aside>",
    "a second heading": "<h1>News</h1><p>By Bo</p><h2>Ferry runs aground off Greywater</h2><p>By Anna Quay",
    "alone beside its day": f"{HEAD}<div><span>Anna Quay</span> <span>3 May 2024</span></div>{TEXT}",
}


# (what the page shows, language, title, authors)
ELSEWHERE = {
    "Korean": ("<p>홍길동 기자</p>", "시의회 낡은 수영장 폐쇄 의결", ["홍길동"]),
    "Japanese beside its day": ("<p>山田太郎</p><p>2024年3月12日</p>", "市議会がプールを閉鎖", ["山田太郎"]),
    "Japanese with what he is": ("<p>山田太郎記者</p>", "市議会がプールを閉鎖", ["山田太郎"]),
    "a prefecture beside a day": ("<p>千葉県</p><p>2024年3月12日</p>", "市議会がプールを閉鎖", []),
    "Chinese": ("<p>作者：王小明</p>", "市议会投票关闭旧泳池", ["王小明"]),
    "Arabic": ("<p>كتب: أحمد علي</p>", "المجلس يصوت على إغلاق المسبح", ["أحمد علي"]),
    "Hindi": ("<p class=author>लेखक: राम कुमार</p>", "परिषद ने पूल बंद किया", ["राम कुमार"]),
    "German interview": ("<p>Interview: Ola Berg</p>", "Der Hafen bleibt zu", ["Ola Berg"]),
    "German role": ("<p>Von unserer Mitarbeiterin Anna Quay</p>", "Der Hafen bleibt zu", ["Anna Quay"]),
    "with an agency": ("<p>Par Anna Quay (avec AFP)</p>", "Le port reste fermé", ["Anna Quay", "AFP"]),
    "a point before": ("<p>3. Mai</p><p>· von</p><p>aquay</p>", "Der Hafen bleibt zu", ["aquay"]),
}  # fmt: skip


@pytest.mark.parametrize("case", ELSEWHERE)
def test_bylines_of_other_tongues(case: str) -> None:
    shown, title, wanted = ELSEWHERE[case]
    page = f"<html><title>{title}</title><body><h1>{title}</h1>{shown}{TEXT}</body></html>"
    assert writers(gather(parse(page), "https://courier.example/a"), []).value == wanted


OLD = "<font size=5><b>Ferry runs aground off Greywater</b></font>"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (
            f"<td>{OLD}<br><font>By Anna O'Quay, Staff Writer</font><br>3 May 2004<br>{TEXT}</td>",
            ["Anna O'Quay"],
        ),
        (f"<td>{OLD}<br>By Anna Quay<br>{TEXT}</td>", ["Anna Quay"]),
        # A sentence that begins so is no byline.
        (f"<td>{OLD}<br>By Monday Bo Moor had gone, and with him the boat. {TEXT}</td>", []),
        (f"<li><a>Ferry runs aground off Greywater</a></li><td>{TEXT} <br>By Anna Quay<br></td>", []),
    ],
)
def test_a_byline_below_a_headline_that_is_a_line(body: str, wanted: list[str]) -> None:
    page = (
        "<html><title>Old Paper - Ferry runs aground off Greywater</title>"
        f"<body><table><tr>{body}</tr></table></body></html>"
    )
    assert writers(gather(parse(page), "https://courier.example/a"), []).value == wanted


def test_agencies_beside_people_are_desks() -> None:
    for told in ('["Anna Quay", {"@type": "Organization", "name": "AP"}]', '"Anna Quay with AP"'):
        data = f'<script type="application/ld+json">{{"@type": "NewsArticle", "author": {told}}}</script>'
        names = writers(page_of(HEAD + TEXT, data), []).value
        assert (names, desks(names)) == (["Anna Quay", "AP"], ["AP"])
    names = writers(page_of(f"{HEAD}<p>By ANNA QUAY, Associated Press</p>{TEXT}"), []).value
    assert (names, desks(names)) == (["Anna Quay", "Associated Press"], ["Associated Press"])


def page_of(body: str, head: str = "") -> Evidence:
    title = "<title>Ferry runs aground off Greywater</title>"
    return gather(
        parse(f"<html><head>{title}{head}</head><body>{body}</body></html>"), "https://courier.example/a"
    )


@pytest.mark.parametrize("how", SHOWN)
def test_a_byline_as_readers_see_it(how: str) -> None:
    assert writers(page_of(SHOWN[how]), []).value == ["Anna Quay"]


@pytest.mark.parametrize(
    "body",
    [
        f"{HEAD}{TEXT}",
        f"{HEAD}{PROSE}{TEXT}",
        f"{HEAD}<div>By contrast, one ferry sailed</div>{TEXT}",
        f"{HEAD}<div>By the time it sank</div>{TEXT}",
        f"{HEAD}<p>Foto: Bo Lindqvist</p>{TEXT}",
        f"{HEAD}<div class=author>admin3</div>{TEXT}",
        f"{HEAD}<div>Ferry runs aground</div><div>3 May 2024</div>{TEXT}",
        f"{HEAD}{TEXT}<div id=comments><p>Posted by Bo Lindqvist</p></div>",
        f"{HEAD}{TEXT}<div class=comment-list><b class=author>Bo Lindqvist</b></div>",
        f"{HEAD}{TEXT}<div class=sidebar><b class=byline>Bo Lindqvist</b></div>",
    ],
)
def test_no_byline(body: str) -> None:
    assert writers(page_of(body), []).value == []


def test_several_authors_one_after_the_other() -> None:
    for line in (
        "By <a>Anna Quay</a>, <a>Bo Lindqvist</a> and <a>Cy Moor</a>, Courier staff",
        "By <a>Anna Quay</a> @anna <a>Bo Lindqvist</a> & <a>Cy Moor</a>",
        "<b class=author>Anna Quay</b><b class=author>Bo Lindqvist</b><b class=author>Cy Moor</b>",
    ):
        found = writers(page_of(f"{HEAD}<div>{line}</div>{TEXT}"), [])
        assert found.value == ["Anna Quay", "Bo Lindqvist", "Cy Moor"], line


def test_the_most_formal_voice_wins_where_each_names_another() -> None:
    page = Evidence(url="https://greywater.example/a")
    page.shown.signed = ["Bo Lindqvist"]
    page.meta = {"author": ["Anna Quay"]}
    assert writers(page, []).value in (["Anna Quay"], ["Bo Lindqvist"])
    page.linked = {"author": {"name": "Cy Moor"}}
    found = writers(page, ["Di Feed"])
    assert (found.value, found.source) == (["Cy Moor"], "json-ld")
    assert found.confidence < 0.8


@pytest.mark.parametrize(
    "said", ["admin", "aquay", "Courier", "dpa", "Anna", "The Web Builders GmbH", "a@courier.example"]
)
def test_a_clear_byline_wins_over_what_is_no_name(said: str) -> None:
    page = page_of(f"{HEAD}<div>By <a href='/author/anna-quay'>Anna Quay</a></div>{TEXT}")
    page.linked = {"author": {"name": said}, "publisher": {"name": "Courier"}}
    assert writers(page, []).value == ["Anna Quay"]


@pytest.mark.parametrize("said", ["dpa", "harbourfan"])
def test_data_of_a_desk_or_an_account_lose_even_against_a_lone_mark(said: str) -> None:
    page = page_of(f"{HEAD}<div class=author>Anna Quay</div>{TEXT}")
    page.linked, page.meta = {"author": said}, {"parsely-author": [said]}
    assert writers(page, []).value == ["Anna Quay"]


def test_a_byline_of_two_wins_over_data_of_one() -> None:
    page = page_of(f"{HEAD}<div class=byline>By <a>Anna Quay</a> and <a>Bo Lindqvist</a></div>{TEXT}")
    page.linked = {"author": {"name": "Anna Quay"}}
    assert writers(page, []).value == ["Anna Quay", "Bo Lindqvist"]


def test_an_agency_stays_beside_people_where_the_data_name_it() -> None:
    page = page_of(f"{HEAD}<div>By <a>Anna Quay</a>, Reuters</div>{TEXT}")
    assert writers(page, []).value == ["Anna Quay"]
    page.linked = {"author": [{"name": "Anna Quay"}, {"name": "Reuters"}]}
    assert writers(page, []).value == ["Anna Quay", "Reuters"]


def test_only_the_own_articles_microdata() -> None:
    item = "<div itemscope><span itemprop=author>{}</span></div>"
    page = page_of(HEAD + item.format("Anna Quay") + TEXT + item.format("Bo Lindqvist"))
    assert writers(page, []).value == ["Anna Quay"]


def test_names_out_of_the_addresses_of_authors() -> None:
    links = "https://courier.example/profile/anna-quay,https://courier.example/profile/bo-lindqvist"
    page = page_of(HEAD + TEXT, f'<meta property="article:author" content="{links}">')
    assert writers(page, []).value == ["Anna Quay", "Bo Lindqvist"]
    page = page_of(
        HEAD + TEXT, '<meta property="article:author" content="https://courier.example/author/no-author">'
    )
    assert writers(page, []).value == []


def test_the_site_itself_is_only_named_where_nobody_is() -> None:
    page = Evidence(url="https://greywater.example/a", linked={"author": {"name": "Greywater Courier"}})
    page.meta = {"og:site_name": ["Greywater Courier"]}
    assert writers(page, []).value == ["Greywater Courier"]
    assert writers(page, []).confidence < 0.5
    page.shown.signed = ["Anna Quay"]
    assert writers(page, []).value == ["Anna Quay"]


def test_voices_that_agree_are_surer_than_one() -> None:
    page = page_of(f"{HEAD}<div>By <a>Anna Quay</a></div>{TEXT}")
    alone = writers(page, []).confidence
    page.linked = {"author": "Anna Quay"}
    agreed = writers(page, []).confidence
    page.linked = {"author": "Bo Lindqvist"}
    assert writers(page, []).confidence < 0.9 < alone < agreed


BODIES = [
    "dpa", "AFP", "dpa/lno", "Reuters Staff", "Redaktion", "Greywater Times", "NDR", "The Associated Press",
    "Агентство Причал", "新华社", "Agence France-Presse", "Harbour Institute", "www.greywater.example", "",
]  # fmt: skip
PEOPLE = [
    "Anna Quay", "Sid Ferry", "Ursula von der Pier", "王小明", "Анна Причалова", "aquay", "Νίκος Λιμανίδης",
    "A. B. Quay", "Mohammed bin Hafen", "Seán O'Quay",
]  # fmt: skip


@pytest.mark.parametrize("name", [*BODIES, *PEOPLE])
def test_people_and_bodies(name: str) -> None:
    assert is_person(name) == (name in PEOPLE)


def test_desks_are_told_among_authors() -> None:
    assert desks(["Anna Quay", "dpa", "Harbour Lamp"]) == ["dpa"]
    assert desks(
        ["Anna Quay", "Harbour Lamp", "Der Hafenblick"], ["The Harbour Lamp", "hafenblick.example"]
    ) == [
        "Harbour Lamp",
        "Der Hafenblick",
    ]


@pytest.mark.parametrize(
    "body",
    [
        HEAD + "<div class=author>" * 180 + "By Anna Quay" + "</div>" * 180,
        HEAD + "<p class=byline>By Anna Quay</p>" * 20_000,
        HEAD + f"<div class='{'author-' * 50_000}'>By Anna Quay</div>",
        HEAD + f"<div class=byline>{'By ' * 50_000}</div><a href='/author/{'a-' * 50_000}'>Anna</a>",
        HEAD + "<div>Posted by </div>" * 20_000,
        HEAD + f"<div>By {'A. ' * 30_000}</div>",
        "<h1>" + "<h2>Ferry " * 150 + "</h2>" * 150,
    ],
)
def test_hostile_pages_take_no_time(body: str) -> None:
    tree = parse(f"<html><body>{body}</body></html>")
    start = time.perf_counter()
    writers(gather(tree, None), [])
    assert time.perf_counter() - start < 1.5
